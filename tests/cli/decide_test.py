#!/usr/bin/env python3
"""`proviso decide`: each way to hand over a call, each outcome, and what a script gets."""

import json
import os
import select
import subprocess

from calls import CALL, receipt
from program import (BAD_INPUT, BLOCK, CLOSED_PIPE, GATE, INTERNAL, INVALID_POLICY, OK, PROVISO,
                     SANITIZED, ProgramTest, Running, environment, main)


MAPPING = """\
call:
  tool: /fn
  args: /input
  principal.id: /who
  principal.roles: /group
  environment: {value: production}
attributes:
  customer.tier: {value: gold}
"""


class Outcomes(ProgramTest):
    def outcome(self, text, code):
        done = self.check("decide", "-p", "support.proviso", "--format", "json", stdin=text,
                          code=code)
        return json.loads(done.stdout)["outcome"]

    def test_allow_and_notify_may_go_ahead(self):
        self.assertEqual(self.outcome(receipt("20.00"), OK), "allow")
        self.assertEqual(self.outcome(receipt("200.00"), OK), "notify")

    def test_gate(self):
        self.assertEqual(self.outcome(receipt("600.00"), GATE), "gate")

    def test_block(self):
        self.assertEqual(self.outcome(receipt("20.00", principal={"id": "eve", "roles": []}),
                                      BLOCK), "block")
        self.assertEqual(self.outcome(json.dumps({"tool": "rm"}), BLOCK), "block")
        self.assertEqual(self.outcome("{}", BLOCK), "block")

    def test_a_param_changes_it(self):
        done = self.check("decide", "-p", "support.proviso", "--param", "refund_cap=100 USD",
                          stdin=receipt("200.00"), code=GATE)
        self.assertIn("over the cap of 100", done.stdout)


class Inputs(ProgramTest):
    def decide(self, *arguments, code=OK, stdin=""):
        done = self.check("decide", "-p", "support.proviso", "--format", "json", *arguments,
                          code=code, stdin=stdin)
        return json.loads(done.stdout)

    def test_the_same_call_in_every_way(self):
        host, args = (self.folder / "small.call.json", self.folder / "small.args.json")
        whole = json.dumps({**json.loads(host.read_text()), "args": json.loads(args.read_text())})
        self.write("whole.json", whole)
        expected = self.decide("--call", host, "--args", args)
        self.assertEqual(self.decide("--receipt", "whole.json"), expected)
        self.assertEqual(self.decide("--call", "whole.json"), expected)
        self.assertEqual(self.decide("--call", "-", stdin=whole), expected)
        self.assertEqual(self.decide(stdin=whole), expected)
        self.assertEqual(self.decide(stdin=json.dumps(json.loads(whole), indent=2)), expected)
        self.assertEqual(self.decide("--args", args, stdin=host.read_text()), expected)
        self.assertEqual(self.decide("--call", host, "--args", "-", stdin=args.read_text()),
                         expected)

    def test_an_argument_is_never_the_hosts_word(self):
        args = {"order_id": "A-1", "amount": {"amount": "20.00", "currency": "USD"},
                "principal": {"id": "ann", "roles": ["support_lead"]}, "tool": "lookup_order"}
        self.write("args.json", json.dumps(args))
        decision = self.decide("--call", "small.call.json", "--args", "args.json", code=BLOCK)
        self.assertEqual(decision["reason"], "invalid_args")

    def test_broken_args_are_the_agents_doing_and_blocked(self):
        for text in ["", "{", "[]", '{"order_id": "A-1", "order_id": "A-2"}']:
            with self.subTest(text):
                self.write("args.json", text)
                decision = self.decide("--call", "small.call.json", "--args", "args.json",
                                       code=BLOCK)
                self.assertEqual(decision["reason"], "invalid_args")

    def test_a_number_that_no_parser_holds_is_the_engines_to_judge(self):
        text = receipt("20.00").replace('"20.00"', "1e999")
        for document in [text, text.replace("}", "}\n"), text.replace('"A-1"', "9" * 400)]:
            self.assertEqual(self.decide(stdin=document, code=BLOCK)["reason"], "invalid_args")
        self.refused("decide", "-p", "support.proviso", stdin="[1e999]", said="not an object")
        self.refused("decide", "-p", "support.proviso", stdin='{"a": 1e999', said="no JSON")

    def test_a_broken_call_is_an_input_error_that_repeats_none_of_it(self):
        for text, said in [("", "there is no call"), ("  \n\n", "there is no call"),
                           ('{"tool": secret-token}', "no JSON at line 1, column"),
                           ('\n{\n  "tool": secret-token}', "no JSON at line 3, column"),
                           ('["secret-token"]', "not an object"), ("\x00", "no JSON at line 1")]:
            with self.subTest(text):
                done = self.refused("decide", "-p", "support.proviso", stdin=text, said=said)
                self.assertNotIn("secret", done.stderr)

    def test_a_mapping(self):
        self.write("log.map.yaml", MAPPING)
        line = json.dumps({"fn": "issue_refund", "who": "ann", "group": ["support_agent"],
                           "input": {"order_id": "A-1",
                                     "amount": {"amount": "600", "currency": "USD"}}})
        done = self.decide("--map", "log.map.yaml", stdin=line, code=GATE)
        self.assertEqual(done["tool"], "issue_refund")

    def test_a_broken_mapping(self):
        self.write("log.map.yaml", "call: [\n")
        self.refused("decide", "-p", "support.proviso", "--map", "log.map.yaml", stdin="{}",
                     said="log.map.yaml")
        self.refused("decide", "-p", "support.proviso", "--map", "absent.yaml", stdin="{}",
                     said="absent.yaml")

    def test_options_that_contradict_each_other(self):
        decide = ["decide", "-p", "support.proviso"]
        self.refused(*decide, "--receipt", "a", "--call", "b", said="neither --call nor --args")
        self.refused(*decide, "--receipt", "a", "--args", "b", said="neither --call nor --args")
        self.refused(*decide, "--args", "-", said="both come from standard input")
        self.write("m", "call:\n    tool: /tool\n    args: /args\n")
        self.refused(*decide, "--map", "m", "--args", "a", said="--args")
        self.write("whole.json", receipt("20.00"))
        self.refused(*decide, "--call", "whole.json", "--args", "small.args.json",
                     said="args of its own")

    def test_files_that_cannot_be_read(self):
        decide = ["decide", "-p", "support.proviso"]
        self.refused(*decide, "--call", "absent.json", said="cannot read `absent.json`: No such")
        self.refused(*decide, "--receipt", ".", said="cannot read `.`: Is a directory")
        self.refused(*decide, "--call", "small.call.json", "--args", "absent.json",
                     said="cannot read `absent.json`")
        self.refused("decide", "-p", "absent", stdin="{}", said="cannot read `absent`")
        locked = self.write("locked.json", "{}")
        locked.chmod(0)
        if not os.access(locked, os.R_OK):
            self.refused(*decide, "--call", "locked.json", said="Permission denied")

    def test_a_policy_with_errors(self):
        done = self.refused("decide", "-p", "broken.proviso", stdin="{}", code=INVALID_POLICY,
                            said="the policy `broken.proviso` has")
        self.assertIn("broken.proviso:9:", done.stderr)
        self.write("both.proviso", "policy p version \"1\"\n\nparam c : money = 10.000 EUR\n"
                                   "block b on y\n")
        self.assertIn("warning[P1524]", self.check("check", "both.proviso",
                                                   code=INVALID_POLICY).stdout)
        done = self.refused("decide", "-p", "both.proviso", stdin="{}", code=INVALID_POLICY,
                            said="error[P1008]")
        self.assertNotIn("warning", done.stderr)
        self.assertIn("4 | block b on y", done.stderr)


class Lines(ProgramTest):
    LINES = "\n".join([receipt("20.00"), "", receipt("600.00"), "{]", receipt("200.00")]) + "\n"

    def test_one_decision_a_line(self):
        lines = self.LINES.replace("{]\n", "")
        done = self.check("decide", "-p", "support.proviso", "--format", "json", stdin=lines,
                          code=GATE)
        outcomes = [json.loads(line)["outcome"] for line in done.stdout.splitlines()]
        self.assertEqual(outcomes, ["allow", "gate", "notify"])

    def test_a_broken_line_has_its_line_of_output(self):
        done = self.check("decide", "-p", "support.proviso", "--format", "json", stdin=self.LINES,
                          code=BAD_INPUT)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([answer.get("outcome") for answer in answers],
                         ["allow", "gate", None, "notify"])
        self.assertEqual(answers[2]["line"], 4)
        self.assertIn("error", answers[2])

    def test_as_text(self):
        done = self.check("decide", "-p", "support.proviso", stdin=self.LINES, code=BAD_INPUT)
        lines = done.stdout.splitlines()
        self.assertEqual([line.split()[:2] for line in lines],
                         [["1", "allow"], ["3", "gate"], ["4", "no"], ["5", "notify"]])
        self.assertIn("large_refund", lines[1])

    def test_the_exit_code_is_the_tightest(self):
        lines = "\n".join([receipt("20.00"), '{"tool": "rm"}', receipt("600.00")])
        self.check("decide", "-p", "support.proviso", stdin=lines, code=BLOCK)

    def test_each_answer_comes_before_the_next_call(self):
        command = [PROVISO, "decide", "-p", "support.proviso", "--format", "json"]
        with Running(command, self.folder) as process:
            for amount, outcome in [("20.00", "allow"), ("600.00", "gate")]:
                process.feed(receipt(amount).encode() + b"\n")
                ready, _, _ = select.select([process.stdout], [], [], 60)
                self.assertTrue(ready, "no answer while stdin is open")
                self.assertEqual(json.loads(process.stdout.readline())["outcome"], outcome)
            process.stdin.close()
            self.assertEqual(process.wait(60), GATE)


class Views(ProgramTest):
    def text(self, stdin, code, *arguments):
        return self.check("decide", "-p", "support.proviso", *arguments, stdin=stdin,
                          code=code).stdout

    def test_text_says_what_to_do_and_why(self):
        text = self.text(receipt("600.00"), GATE)
        self.assertRegex(text, r"^GATE +issue_refund at execute: ")
        self.assertIn("Hold it until support_lead approves.", text)
        self.assertRegex(text, r"tightened +gate +large_refund +support\.proviso:\d+")
        self.assertIn("A refund of 600", text)
        self.assertRegex(text, r"policy +demo\.support 1\.2\.0, hash [0-9a-f]{12}\n$")

    def test_text_names_what_is_not_known(self):
        text = self.text(receipt("20.00", attributes={}), BLOCK)
        self.assertRegex(text, r"not known +customer\.tier \(")

    def test_the_agent_is_told_no_rule(self):
        text = self.text(receipt("600.00"), GATE, "--agent-view")
        self.assertNotIn("large_refund", text)
        self.assertNotIn("500", text)
        view = json.loads(self.text(receipt("600.00"), GATE, "--agent-view", "--format", "json"))
        self.assertEqual(view["outcome"], "gate")
        self.assertNotIn("large_refund", json.dumps(view))

    def test_the_agent_is_told_no_rule_of_many_calls_either(self):
        text = self.text(receipt("600.00") + "\n" + receipt("200.00"), GATE, "--agent-view")
        self.assertEqual([line.split() for line in text.splitlines()],
                         [["1", "gate", "rule"], ["2", "notify", "rule"]])

    def test_the_agent_is_told_the_fix(self):
        lead = {"id": "lea", "roles": ["support_lead"]}
        call = json.dumps({**CALL, "tool": "delete_account", "principal": lead,
                           "args": {"customer_id": "c-1"}})
        text = self.text(call, BLOCK, "--agent-view")
        self.assertIn("fix: Ask the customer to write to privacy@example.com", text)

    def test_a_call_cannot_draw_its_own_decision(self):
        call = json.dumps({"tool": "\x1b[2J\x1b[1;32mALLOW\n\u202egreen"})
        text = self.text(call, BLOCK, "--color", "never")
        self.assertNotIn("\x1b", text)
        self.assertNotIn("\u202e", text)
        self.assertFalse(any(line.startswith("ALLOW") for line in text.splitlines()))


class Endings(ProgramTest):
    def test_a_closed_pipe_ends_quietly(self):
        command = [PROVISO, "decide", "-p", "support.proviso", "--format", "json"]
        with Running(command, self.folder) as process:
            process.stdout.close()
            while process.feed((receipt("20.00") + "\n").encode()):
                pass
            self.assertEqual((process.wait(60), process.stderr.read()), (CLOSED_PIPE, b""))

    def test_a_full_disk_is_said(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROVISO, "decide", "-p", "support.proviso"], cwd=self.folder,
                                  env=environment(), input=receipt("20.00").encode(), stdout=full,
                                  stderr=subprocess.PIPE, timeout=60, check=False)
        self.assertEqual(done.returncode, BAD_INPUT)
        self.assertIn(b"cannot write the output: No space left", done.stderr)

    def test_no_memory_left_is_one_line(self):
        if SANITIZED:
            self.skipTest("a sanitizer has its own way with memory")
        import resource

        with open(self.folder / "huge.pvc", "wb") as huge:
            huge.truncate(900 << 20)
        bound = 400 << 20
        done = subprocess.run(
            [PROVISO, "decide", "-p", "huge.pvc"], cwd=self.folder, env=environment(), input=b"{}",
            capture_output=True, timeout=60, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (bound, bound)))
        self.assertEqual((done.returncode, done.stdout), (INTERNAL, b""))
        self.assertEqual(done.stderr, b"proviso: out of memory\n")


main()
