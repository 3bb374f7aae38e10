#!/usr/bin/env python3
"""`proviso compile` and `proviso disasm`; compiled sets in place of rule text."""

import json
import re

from calls import receipt
from program import BLOCK, INVALID_POLICY, ProgramTest, main


class Compile(ProgramTest):
    def compiled(self, *arguments):
        return self.check("compile", "support.proviso", "-o", "support.pvc", *arguments).stdout

    def decide(self, policy):
        done = self.check("decide", "-p", policy, "--call", "small.call.json", "--args",
                          "small.args.json", "--format", "json")
        return json.loads(done.stdout)

    def test_tells_the_hash(self):
        self.assertRegex(self.compiled(), r"^support\.pvc: demo\.support 1\.2\.0, [\d,]+ bytes, "
                                          r"hash [0-9a-f]{64}\n$")
        self.assertEqual([path.name for path in self.folder.glob("*.part")], [])

    def test_decides_as_its_text_does(self):
        self.compiled()
        self.assertEqual(self.decide("support.pvc"), self.decide("support.proviso"))

    def test_check_takes_it(self):
        self.compiled()
        self.assertIn("support.pvc: ok, demo.support", self.check("check", "support.pvc").stdout)

    def test_params_are_part_of_it(self):
        self.assertNotEqual(re.search("hash (.*)", self.compiled()).group(1),
                            re.search("hash (.*)", self.compiled("--param",
                                                                 "refund_cap=300 USD")).group(1))

    def test_a_point_as_thousands_in_a_param_is_told_by_all(self):
        self.write("history.jsonl", json.dumps(receipt("600.00")) + "\n")
        for command in [["compile", "support.proviso", "-o", "low.pvc"],
                        ["decide", "-p", "support.proviso", "--call", "history.jsonl"],
                        ["explain", "-p", "support.proviso", "--call", "history.jsonl"],
                        ["simulate", "-p", "support.proviso", "--history", "history.jsonl"],
                        ["docs", "support.proviso"]]:
            with self.subTest(command[0]):
                done = self.run_program(*command, "--param", "refund_cap=1.500 USD")
                told = done.stderr.decode()
                self.assertIn("warning[P1524]: --param refund_cap=1.500 USD: `1.500 USD` is less "
                              "than a thousand: a point begins a fraction\n"
                              "help: write `1_500 USD` for thousands", told)
                self.assertNotIn("P1524", done.stdout.decode())
                done = self.run_program(*command, "--param", "refund_cap=300 USD")
                self.assertNotIn("P1524", done.stderr.decode())

    def test_params_come_too_late_for_it(self):
        self.compiled()
        self.refused("decide", "-p", "support.pvc", "--param", "refund_cap=300 USD",
                     said="are fixed")

    def test_a_damaged_one_is_refused(self):
        self.compiled()
        path = self.folder / "support.pvc"
        whole = path.read_bytes()
        for damaged in [b"", b"PVC", whole[:-1], whole[:40] + b"\x00\xff" + whole[42:],
                        whole + b"x"]:
            path.write_bytes(damaged)
            done = self.check("check", "support.pvc", code=INVALID_POLICY)
            self.assertIn("error: support.pvc:", done.stdout)
            self.refused("decide", "-p", "support.pvc", stdin="{}", code=INVALID_POLICY,
                         said="support.pvc")
            entries = json.loads(self.check("check", "support.pvc", "--format", "json",
                                            code=INVALID_POLICY).stdout)
            self.assertEqual(entries[0]["file"], "support.pvc")

    def test_a_policy_with_errors_writes_nothing(self):
        self.refused("compile", "broken.proviso", "-o", "broken.pvc", code=INVALID_POLICY,
                     said="`broken.proviso` has")
        self.assertFalse((self.folder / "broken.pvc").exists())

    def test_a_failed_run_leaves_the_old_one(self):
        self.write("broken.pvc", "old")
        self.check("compile", "broken.proviso", "-o", "broken.pvc", code=INVALID_POLICY)
        self.assertEqual((self.folder / "broken.pvc").read_text(), "old")

    def test_where_it_cannot_be_written(self):
        self.refused("compile", "support.proviso", "-o", "absent/support.pvc",
                     said="cannot write `absent/support.pvc`: No such file")
        (self.folder / "folder.pvc").mkdir()
        self.refused("compile", "support.proviso", "-o", "folder.pvc", said="Is a directory")

    def test_another_ending(self):
        self.refused("compile", "support.proviso", "-o", "support.bin", said=".pvc")

    def test_what_is_compiled_already(self):
        self.compiled()
        self.refused("compile", "support.pvc", "-o", "b.pvc", said="compiled already")


class Disasm(ProgramTest):
    def test_names_rules_and_lines(self):
        text = self.check("disasm", "support.proviso").stdout
        for name in ["large_refund", "look_up", "deletions"]:
            self.assertIn(name, text)
        self.assertIn("support.proviso:", text)

    def test_one_tool(self):
        text = self.check("disasm", "support.proviso", "--tool", "issue_refund").stdout
        self.assertIn("large_refund", text)
        self.assertNotIn("deletions", text)

    def test_no_such_tool(self):
        done = self.refused("disasm", "support.proviso", "--tool", "refund", said="`refund`")
        self.assertIn("`issue_refund`", done.stderr)

    def test_a_policy_with_errors(self):
        self.refused("disasm", "broken.proviso", code=INVALID_POLICY, said="broken.proviso:9:")


class OutcomeOfACompiledSet(ProgramTest):
    def test_block(self):
        self.check("compile", "support.proviso", "-o", "support.pvc")
        self.check("decide", "-p", "support.pvc", stdin='{"tool": "nothing"}', code=BLOCK)


main()
