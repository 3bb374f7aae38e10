#!/usr/bin/env python3
"""Members of a call that no declaration knows are told, and nothing else changes."""

import json

from program import BLOCK, ProgramTest, main

CALL = {"tool": "issue_refund", "enviroment": "production",
        "principal": {"id": "ann", "roles": ["support_agent"]},
        "attributes": {"customer": {"teir": "gold"}, "vendor.hodl": True},
        "args": {"order_id": "A-1", "amount": {"amount": 20, "currency": "USD"}}}
NOTES = ["the policy does not know `enviroment`: did you mean `environment`?",
         "the policy does not know `customer.teir`: did you mean `customer.tier`?",
         "the policy does not know `vendor.hodl`"]


class Unread(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("call.json", json.dumps(CALL))

    def test_decide_and_explain(self):
        for command, code in (("decide", BLOCK), ("explain", 0)):
            text = self.check(command, "-p", "support.proviso", "--call", "call.json",
                              code=code).stdout
            for note in NOTES:
                self.assertIn(f"  note       {note}\n", text)

    def test_whatever_form_the_call_has(self):
        whole = dict(CALL)
        args = whole.pop("args")
        self.write("host.json", json.dumps(whole))
        self.write("args.json", json.dumps(args))
        for options in (["--receipt", "call.json"], ["--call", "host.json", "--args", "args.json"]):
            text = self.check("decide", "-p", "support.proviso", *options, code=BLOCK).stdout
            self.assertIn(NOTES[0], text)

    def test_a_program_reads_the_decision_alone(self):
        lines = (json.dumps(CALL) + "\n") * 3
        for form in ("text", "json"):
            done = self.check("decide", "-p", "support.proviso", "--format", form, stdin=lines,
                              code=BLOCK)
            self.assertNotIn("does not know", done.stdout)
            self.assertEqual(done.stderr, "".join(f"note: {note}\n" for note in NOTES))

    def test_the_agent_is_told_nothing(self):
        done = self.check("decide", "-p", "support.proviso", "--call", "call.json", "--agent-view",
                          code=BLOCK)
        self.assertNotIn("does not know", done.stdout + done.stderr)

    def test_gates_of_approvals_and_duties(self):
        call = dict(CALL, approvals=[{"by": "lea", "gates": ["large_refnud", "large_refund"]}])
        self.write("call.json", json.dumps(call))
        note = "an approval names the gate `large_refnud`, which the policy does not have: " \
               "did you mean `large_refund`?"
        for command, code in (("decide", BLOCK), ("explain", 0)):
            done = self.check(command, "-p", "support.proviso", "--call", "call.json",
                              "--duty", "log_to", code=code)
            self.assertEqual(done.stdout.count("names the gate"), 1)
            self.assertIn(f"  note       {note}\n", done.stdout)
            self.assertEqual(done.stderr, "note: the policy has no obligation `log_to`\n")
        self.write("h.jsonl", json.dumps(CALL) + "\n")
        done = self.check("simulate", "-p", "support.proviso", "--history", "h.jsonl",
                          "--duty", "log_to")
        self.assertIn("note: the policy has no obligation `log_to`\n", done.stderr)

    def test_amounts_that_look_like_thousands(self):
        note = "`20.000` of `args.amount.amount` is less than a thousand: a point begins a " \
               "fraction; write `20000` for thousands, `20.0000` for a fraction"
        text = json.dumps(CALL).replace('"amount": 20,', '"amount": 20.000,')
        self.write("call.json", text)
        for command, code in (("decide", BLOCK), ("explain", 0)):
            done = self.check(command, "-p", "support.proviso", "--call", "call.json", code=code)
            self.assertIn(note, " ".join(done.stdout.split()))
        host = {name: value for name, value in CALL.items() if name != "args"}
        self.write("host.json", json.dumps(host))
        self.write("args.json",
                   '{"order_id": "A-1", "amount": {"amount": "20.000", "currency": "USD"}}')
        done = self.check("decide", "-p", "support.proviso", "--call", "host.json", "--args",
                          "args.json", code=BLOCK)
        self.assertIn(note, " ".join(done.stdout.split()))
        for written in ("20.00", "20.0000", "2000.000", "0.500"):
            self.write("call.json", text.replace("20.000", written))
            done = self.check("decide", "-p", "support.proviso", "--call", "call.json", code=BLOCK)
            self.assertNotIn("thousand", done.stdout)

    def test_what_was_recorded(self):
        call = dict(CALL, recorded={"outcom": "gate", "verdict": "approved", "ours": 1},
                    result={"stattus": "ok", "rows": 5})
        self.write("h.jsonl", json.dumps(call) + "\n")
        text = self.check("simulate", "--policy", "support.proviso", "--history", "h.jsonl").stdout
        self.assertRegex(text, r"(?m)^  recorded\.outcom +1  recorded\.outcome +issue_refund$")
        self.assertRegex(text, r"(?m)^  result\.stattus +1  result\.status +issue_refund$")
        self.assertNotIn("recorded.ours", text)
        self.assertNotIn("result.rows", text)

    def test_a_replay(self):
        self.write("h.jsonl", (json.dumps(CALL) + "\n") * 3)
        command = ["simulate", "--policy", "support.proviso", "--history", "h.jsonl"]
        text = self.check(*command).stdout
        self.assertIn("What calls say and the policy does not know\n", text)
        self.assertRegex(text, r"(?m)^  customer\.teir +3  customer\.tier +issue_refund$")
        unread = json.loads(self.check(*command, "--format", "json").stdout)["unread"]
        self.assertEqual((unread["looked_at"], unread["beyond"]), (3, 0))
        self.assertEqual(unread["members"][0], {
            "name": "customer.teir", "near": "customer.tier", "calls": 3,
            "tools": [{"tool": "issue_refund", "calls": 3}]})


main()
