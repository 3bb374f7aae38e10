#!/usr/bin/env python3
"""`proviso explain`: the tree of values, near misses, what would have to be known."""

import json

from calls import CALL, receipt
from program import BAD_INPUT, ProgramTest, main


class Explain(ProgramTest):
    def explain(self, stdin, *arguments):
        return self.check("explain", "-p", "support.proviso", *arguments, stdin=stdin).stdout

    def test_the_values_of_a_rule_that_matched(self):
        text = self.explain(receipt("600.00"))
        self.assertRegex(text, r"(?m)^GATE +issue_refund at execute")
        self.assertRegex(text, r"(?m)^  gate large_refund  matched  support\.proviso:\d+$")
        self.assertRegex(text, r"(?m)^    true     args\.amount > refund_cap$")
        self.assertRegex(text, r"(?m)^ +args\.amount = 600")
        self.assertRegex(text, r"(?m)^ +refund_cap = 500 USD$")

    def test_the_condition_that_kept_an_allow_from_matching(self):
        text = self.explain(receipt("80.00", attributes={"customer": {"tier": "free"}}))
        self.assertIn("What came near", text)
        self.assertRegex(text, r"(?m)^  allow refunds  did not match")
        self.assertRegex(text, r"(?m)^    false +customer\.tier >= silver  <- kept it from")
        self.assertRegex(text, r"(?m)^    false +args\.amount <= 50 USD  <- kept it from")

    def test_a_grant_that_came_near(self):
        text = self.explain(receipt("20.00", attributes={}))
        self.assertRegex(text, r"(?m)^  grant .*support_agent.*  (may|did not) match")
        self.assertIn("What would have to be known:", text)
        self.assertRegex(text, r"not known +customer\.tier \(")

    LIMITED = """policy p version "1"
tool pay { args { amount : money in USD } }
allow pays on pay when principal.id == "u"
limit a_day on pay sum args.amount per principal.id over 24h > 200 USD : block
"""
    def payments(self):
        return [json.dumps({"tool": "pay", "id": f"c-{i}", "time": f"2026-11-20T09:0{i}:00Z",
                            "principal": {"id": "u"},
                            "args": {"amount": {"amount": "90", "currency": "USD"}}}) + "\n"
                for i in range(3)]

    def test_earlier_lines_count(self):
        self.write("limited.proviso", self.LIMITED)
        text = self.check("explain", "-p", "limited.proviso", stdin="".join(self.payments())).stdout
        self.assertEqual([line.split()[0] for line in text.splitlines()
                          if " at execute" in line], ["ALLOW", "ALLOW", "BLOCK"])
        self.assertRegex(text, r"(?m)^  block a_day\[> 200 USD\]  matched .*\n"
                               r"    total: 270 USD, 180 USD before$")

    def test_a_store_is_read_and_not_changed(self):
        self.write("limited.proviso", self.LIMITED)
        lines = self.payments()
        self.check("decide", "-p", "limited.proviso", "--store", "s.db", stdin=lines[0] + lines[1])
        for _ in range(2):
            text = self.check("explain", "-p", "limited.proviso", "--store", "s.db",
                              stdin=lines[2]).stdout
            self.assertRegex(text, r"(?m)^BLOCK +pay at execute")
        self.refused("explain", "-p", "limited.proviso", "--store", "none.db", stdin=lines[2],
                     said="none.db")

    def test_who_opens_a_gate_and_what_they_said(self):
        call = json.dumps({"id": "c-1", **json.loads(receipt("600.00"))})
        text = self.explain(call)
        self.assertRegex(text, r"(?m)^What people are asked, and have said:\n\n"
                               r"  to open    large_refund: 0 of 1 given")
        self.assertRegex(text, r"(?m)^  plan       [0-9a-f]{64}$")
        self.write("said.jsonl", '{"plan": "' + "0" * 64 + '", "by": "lena", '
                                 '"roles": ["support_lead"], "verdict": "approve", '
                                 '"at": "2026-11-20T14:00:00Z"}\n')
        text = self.explain(call, "--approvals", "said.jsonl")
        self.assertRegex(text, r"(?m)^  counts not approve by lena: ")
        self.assertNotIn("What people", self.explain(receipt("5.00")))

    def test_a_rule_without_a_condition(self):
        call = json.dumps({**CALL, "tool": "lookup_order", "args": {"order_id": "A-1"}})
        self.assertIn("no condition", self.explain(call))

    def test_a_condition_of_many_lines_is_on_one(self):
        self.write("lines.proviso", """policy lines version "1"
tool run { args { a : string } }
block b on run
    when args.a == "x  y"
        or (args.a
            == "z")
""")
        call = json.dumps({"tool": "run", "args": {"a": "x  y"}})
        text = self.check("explain", "-p", "lines.proviso", stdin=call).stdout
        self.assertIn('true     args.a == "x  y" or (args.a == "z")\n', text)

    def test_json(self):
        why = json.loads(self.explain(receipt("600.00"), "--format", "json"))
        self.assertEqual(why["decision"]["outcome"], "gate")
        self.assertTrue(why["took_part"])
        self.assertIn("near_misses", why)

    def test_json_lines(self):
        lines = receipt("20.00") + "\n" + receipt("600.00") + "\n"
        whys = self.explain(lines, "--format", "json").splitlines()
        self.assertEqual([json.loads(why)["decision"]["outcome"] for why in whys],
                         ["allow", "gate"])

    def test_the_exit_code_says_that_it_was_explained(self):
        self.check("explain", "-p", "support.proviso", stdin='{"tool": "rm"}')
        self.check("explain", "-p", "support.proviso", stdin='{"tool": ', code=BAD_INPUT)
        self.check("explain", "-p", "support.proviso", stdin="{}\n{]\n", code=BAD_INPUT)

    def test_a_call_cannot_draw_in_its_explanation(self):
        args = {"order_id": "\x1b[2Jx", "amount": {"amount": "600", "currency": "USD"}}
        text = self.explain(json.dumps({**CALL, "args": args}), "--color", "never")
        self.assertNotIn("\x1b", text)


main()
