#!/usr/bin/env python3
"""Stores: ids, repeats, previews, halts and reports, over several runs of the program."""

import json
import pathlib
import subprocess
import time

from program import BLOCK, GATE, PROVISO, REPEAT, ProgramTest, environment, main

RULES = """policy p version "1.0.0"
tool pay { args { amount : money in USD } }
tool pay.back { }
role lead { }
allow all on *
gate large on pay when args.amount > 100 USD by lead
"""


def call(number, **more):
    return json.dumps({"tool": "pay", "args": {"amount": number}, **more})


class Stores(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("p.proviso", RULES)

    def decide(self, text, *options, code=0):
        done = self.check("decide", "-p", "p.proviso", "--store", "s.db", "--format", "json",
                          *options, stdin=text, code=code)
        return json.loads(done.stdout)

    def halts(self):
        return json.loads(self.check("status", "--store", "s.db", "--format", "json").stdout)

    def test_an_id_is_known_to_the_next_run(self):
        self.assertNotIn("repeat", self.decide(call(5, id="c-1")))
        again = self.decide(call(5, id="c-1"), code=REPEAT)
        self.assertEqual((again["outcome"], again["repeat"]), ("allow", True))
        other = self.decide(call(6, id="c-1"), code=BLOCK)
        self.assertEqual(other["reason"], "id_reuse")
        text = self.check("decide", "-p", "p.proviso", "--store", "s.db", stdin=call(5, id="c-1"),
                          code=REPEAT).stdout
        self.assertIn("Do not do it again.", text)

    def test_a_preview_binds_nothing(self):
        self.decide(call(5, id="c-1"), "--preview")
        self.decide(call(6, id="c-1"))
        self.decide(call(600, id="c-2"), code=GATE)

    def explained(self, lines, *options):
        done = self.check("explain", "-p", "p.proviso", "--format", "json", *options, stdin=lines)
        return [json.loads(line)["decision"]["outcome"] for line in done.stdout.splitlines()]

    def test_explain_binds_nothing_in_a_store(self):
        lines = call(5, id="c-1") + "\n" + call(6, id="c-1") + "\n"
        self.decide(call(5, id="other"))
        for _ in range(2):
            self.assertEqual(self.explained(lines, "--store", "s.db"), ["allow", "allow"])
        self.assertEqual(self.explained(lines), ["allow", "block"])  # as `decide` of both

    def test_a_halt_of_a_tool_is_held_against_the_rules(self):
        self.decide(call(5))
        halt = ["halt", "--store", "s.db"]
        done = self.refused(*halt, "-p", "p.proviso", "--tool", "pay.bakc",
                            said="p has no tool `pay.bakc`: nothing is halted")
        self.assertIn("did you mean `pay.back`?", done.stderr)
        self.refused(*halt, "-p", "p.proviso", "--tool", "refund*", said="no tool of p fits")
        self.assertEqual(self.halts()["halts"], [])
        self.write("open.proviso", 'policy p version "1"\ncatalogue open\nallow all on *\n')
        for rules, name in [("p", "pay"), ("p", "p*.b*k"), ("open", "refund"), ("open", "re*")]:
            done = self.check(*halt, "-p", rules + ".proviso", "--tool", name)
            self.assertEqual(done.stdout, f"halted tool {name}\n")
        self.assertIn("--policy PATH checks it", self.check(*halt, "--tool", "pay").stdout)
        self.assertIn("not checked that there is such an agent",
                      self.check(*halt, "--agent", "bot").stdout)
        self.assertIn("`*` is a part of this name",
                      self.check(*halt, "--principal", "bot*").stdout)

    def test_a_halt_holds_until_it_is_lifted(self):
        self.decide(call(5))
        self.check("halt", "--store", "s.db", "--tool", "pay*", "--because", "ticket 12")
        halted = self.decide(call(5), code=BLOCK)
        self.assertEqual((halted["reason"], halted["halt_epoch"]), ("halted", 1))
        self.assertIn("ticket 12", halted["detail"])
        self.assertEqual(self.halts(), {"halt_epoch": 1, "halts": [
            {"scope": "tool", "name": "pay*", "reason": "ticket 12", "epoch": 1}]})
        self.assertIn("halted  tool pay*: ticket 12",
                      self.check("status", "--store", "s.db").stdout)
        done = self.refused("resume", "--store", "s.db", "--tool", "pya*",
                            said="tool pya* is not halted")
        self.assertIn("help: did you mean `pay*`? proviso status tells what is", done.stderr)
        self.refused("resume", "--store", "s.db", "--tool", "pay", said="tool pay is not halted")
        self.check("resume", "--store", "s.db", "--tool", "pay*")
        self.assertEqual(self.decide(call(5))["halt_epoch"], 2)
        self.assertEqual(self.check("status", "--store", "s.db").stdout,
                         "nothing is halted, epoch 2\n")

    def test_a_running_program_follows_a_halt_within_a_second(self):
        self.decide(call(5))
        command = [PROVISO, "decide", "-p", "p.proviso", "--store", "s.db", "--format", "json"]
        with subprocess.Popen(command, cwd=self.folder, env=environment(), stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as program:
            def ask():
                program.stdin.write((call(5) + "\n").encode())
                program.stdin.flush()
                return json.loads(program.stdout.readline())["reason"]
            self.assertEqual(ask(), "allowed")
            self.check("halt", "--store", "s.db", "--everything")
            begin = time.monotonic()
            self.assertEqual(ask(), "halted")
            self.assertLess(time.monotonic() - begin, 1)
            self.check("resume", "--store", "s.db", "--everything")
            self.assertEqual(ask(), "allowed")
            program.stdin.close()
            program.wait(60)

    def test_reports(self):
        self.decide(call(5, id="c-1"))
        self.assertEqual(self.check("confirm", "--store", "s.db", "--id", "c-1").stdout,
                         "confirmed c-1\n")
        self.refused("cancel", "--store", "s.db", "--id", "c-1", said="confirmed before")
        self.refused("cancel", "--store", "s.db", "--id", "c-2", said="no call with this id")

    def test_a_store_that_is_not_there_is_not_halted(self):
        for command in [["halt", "--everything"], ["status"], ["confirm", "--id", "c"]]:
            self.refused(*command, "--store", "no.db", said="cannot read")
        self.assertFalse(pathlib.Path(self.folder, "no.db").exists())

    def test_a_scope_is_one(self):
        self.decide(call(5))
        self.refused("halt", "--store", "s.db", said="say one of")
        self.refused("halt", "--store", "s.db", "--everything", "--tool", "x", said="say one of")

    def test_a_file_that_is_no_store(self):
        self.write("s.db", "not a database, but long enough to be looked at as one" * 20)
        self.refused("status", "--store", "s.db", said="not a store of Proviso")
        self.refused("decide", "-p", "p.proviso", "--store", "s.db", stdin=call(5),
                     said="not a store of Proviso")


main()
