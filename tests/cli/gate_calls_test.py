#!/usr/bin/env python3
"""A broken gate names its calls: by file and line, by the call of a line that holds several, and by
the id of its receipt where it has one; the first ones of the history, whatever the threads."""

import json
from xml.etree import ElementTree

from program import CHECK_FAILED, ProgramTest, main

OLD = """policy p version "1"
attributes { plan : standard | premium }
tool pay { args { amount : money in USD } }
role lead { }
allow pays on pay when args.amount > 0 USD
gate large on pay when args.amount > 100 USD by lead
"""
NEW = OLD.replace("> 100 USD", "> 200 USD") + """block premium_plans on pay when plan == premium
"""


def call(number, amount, outcome, **more):
    given = {"tool": "pay", "time": f"2026-03-02T10:{number % 60:02}:00Z",
             "args": {"amount": amount}, "attributes": {"plan": "standard"},
             "recorded": {"outcome": outcome}}
    if number % 2 == 0:
        given["id"] = f"c-{number}"
    given.update(more)
    return given


class GateCalls(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("old.proviso", OLD)
        self.write("new.proviso", NEW)

    def gate(self, bounds, calls, *more, baseline=True, code=CHECK_FAILED):
        self.write("gate.yaml", bounds)
        self.write("h.jsonl", "".join(json.dumps(one) + "\n" for one in calls))
        against = ["--baseline", "old.proviso"] if baseline else []
        return self.check("simulate", "-p", "new.proviso", *against, "--history", "h.jsonl",
                          "--gate", "gate.yaml", *more, code=code).stdout

    def broken(self, bounds, calls, *more, baseline=True):
        """The calls of the one bound that is broken."""
        report = json.loads(self.gate(bounds, calls, "--format", "json", *more, baseline=baseline))
        (check,) = [one for one in report["gate"]["checks"] if one["state"] == "broken"]
        return check["calls"]

    def test_each_bound_on_changes(self):
        calls = [call(1, 20, "allow"), call(2, 150, "gate"), call(3, 150, "gate"),
                 call(4, 20, "allow", attributes={"plan": "premium"})]
        opened = ["h.jsonl:2, c-2", "h.jsonl:3"]
        for baseline in [True, False]:
            for bound, wanted in [("max_newly_allowed: 0", opened), ("max_looser: 1", opened),
                                  ("max_newly_blocked: 0", ["h.jsonl:4, c-4"]),
                                  ("max_tighter: 0", ["h.jsonl:4, c-4"])]:
                bounds = bound + ("\n" if "newly_allowed" in bound else
                                  "\nmax_newly_allowed: 9\n")
                self.assertEqual(self.broken(bounds, calls, baseline=baseline), wanted)

    def test_missing_data(self):
        calls = [call(1, 20, "allow"), call(2, 20, "allow", attributes={}),
                 call(3, 20, "allow", attributes={})]
        self.assertEqual(self.broken("max_unknown: 50%\n", calls), ["h.jsonl:2, c-2", "h.jsonl:3"])
        self.assertEqual(self.broken("max_decisive_unknown: 50%\n", calls),
                         ["plan: 66.7 % of 3 calls; h.jsonl:2, c-2; h.jsonl:3"])

    def test_fidelity(self):
        calls = [call(1, 20, "allow"), call(2, 20, "gate"), call(3, 150, "allow")]
        self.assertEqual(self.broken("min_fidelity: 90%\nmax_newly_allowed: 9\n", calls),
                         ["h.jsonl:2, c-2", "h.jsonl:3"])

    def test_approvals(self):
        calls = [call(n, 500, "gate") for n in range(1, 4)]
        self.assertEqual(self.broken("max_approvals_per_week: 2\n", calls),
                         ["h.jsonl:1", "h.jsonl:2, c-2", "h.jsonl:3"])
        # One person, an hour a request, and a gate that waits for a day.
        late = self.broken("max_late_share: 1%\n", calls * 20, "--approvers", "lead=1",
                           "--handling", "1h")
        self.assertEqual(len(late), 20)
        for place, given in [(one.split(", ")[0], one.split(", ")[1:]) for one in late]:
            line = int(place.removeprefix("h.jsonl:"))
            self.assertEqual(given, ["c-2"] if line % 3 == 2 else [])

    def test_many_are_the_first_ones_whatever_the_threads(self):
        calls = [call(n, 150, "gate") for n in range(1, 3001)]
        told = [self.broken("max_newly_allowed: 0\n", calls, "--threads", str(threads))
                for threads in [1, 4]]
        self.assertEqual(told[0], told[1])
        self.assertEqual(told[0][0], "h.jsonl:1")
        self.assertEqual(told[0][19:], ["h.jsonl:20, c-20",
                                        "and 2,980 more: --changes FILE has them all"])

    def test_the_call_of_a_line_that_holds_several(self):
        self.write("map.yaml", "each: /calls/*\ncall: {tool: /t, args: /a, id: /id, time: line:/w}\n")
        self.write("gate.yaml", "max_unknown: 0%\n")
        part = {"t": "pay", "a": {"amount": 20}}
        line = {"w": "2026-03-02T10:00:00Z", "calls": [part, {**part, "id": "second"}]}
        self.write("h.jsonl", json.dumps(line) + "\n")
        done = self.check("simulate", "-p", "new.proviso", "--history", "h.jsonl", "--map",
                          "map.yaml", "--gate", "gate.yaml", code=CHECK_FAILED).stdout
        self.assertIn("max_unknown: h.jsonl:1#1\n", done)
        self.assertIn("max_unknown: h.jsonl:1#2, second\n", done)

    def test_the_first_of_blocked_intents_is_told_by_its_call_too(self):
        self.write("map.yaml", "each: /calls/*\ncall: {tool: /t, args: /a}\nkeys: {intent: line:/w}\n")
        part = {"t": "drop", "a": {}}
        line = {"w": "refund", "calls": [{"t": "pay", "a": {"amount": 20}}, part, part]}
        self.write("h.jsonl", json.dumps(line) + "\n")
        done = self.check("simulate", "-p", "old.proviso", "--history", "h.jsonl", "--map",
                          "map.yaml", "--format", "json", "--report", "page.html")
        rows = json.loads(done.stdout)["figures"]["often_blocked"]["rows"]
        self.assertEqual([[row["calls"], row["line"], row["call"]] for row in rows], [[2, 1, 2]])
        self.assertIn(">h.jsonl:1#2<", (self.folder / "page.html").read_text())

    def test_other_forms_name_them_too(self):
        calls = [call(1, 20, "allow"), call(2, 150, "gate")]
        root = ElementTree.fromstring(self.gate("max_newly_allowed: 0\n", calls, "--format",
                                                "junit"))
        (failure,) = root.iter("failure")
        self.assertIn("h.jsonl:2, c-2", failure.text)
        report = json.loads(self.gate("max_newly_allowed: 0\n", calls, "--format", "sarif"))
        (broken,) = [one for one in report["runs"][0]["results"]
                     if one["ruleId"] == "gate-broken"]
        self.assertIn("h.jsonl:2, c-2", broken["message"]["text"])


if __name__ == "__main__":
    main()
