#!/usr/bin/env python3
"""`proviso simulate`: what it writes for other programs, read back by their own parsers."""

import csv
import json
import xml.etree.ElementTree as ElementTree

from program import BAD_INPUT, CHECK_FAILED, OK, ProgramTest, main

LINE = ('{{"id": "{id}", "tool": "issue_refund", "args": {{"order_id": "A-1", "amount": 300}}, '
        '"recorded": {{"outcome": "gate"}}}}\n')
OLD = """policy demo version "1.0.0"
tool issue_refund { args { order_id : string
                           amount   : money in USD } }
role lead { }
allow refunds on issue_refund
gate large on issue_refund when args.amount > 100 USD by lead
"""
GATE = """max_newly_allowed: 1
max_looser: 0
expect:
    - {call: absent, outcome: allow}
    - {rule: strict, min_hits: 9}
"""


class Outputs(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("old.proviso", OLD)
        self.write("new.proviso", OLD.replace("> 100 USD", "> 500 USD").replace("1.0.0", "1.1.0") +
                   "block strict on issue_refund when args.order_id == \"none\"\n")
        self.write("h.jsonl", "".join(LINE.format(id=name) for name in
                                      ["plain", "=cmd|x", "a,\\\"b\\\"", "<b>&amp;"]))

    def simulate(self, *arguments, code=OK):
        return self.check("simulate", "-p", "new.proviso", "--baseline", "old.proviso",
                          "--history", "h.jsonl", *arguments, code=code).stdout

    def test_junit(self):
        self.write("gate.yaml", GATE)
        root = ElementTree.fromstring(self.simulate("--format", "junit", "--gate", "gate.yaml",
                                                    code=CHECK_FAILED))
        self.assertEqual(root.tag, "testsuites")
        suite = root.find("testsuite")
        cases = {case.get("name"): case for case in suite.findall("testcase")}
        self.assertEqual(int(suite.get("tests")), len(cases))
        self.assertEqual([suite.get("failures"), suite.get("errors")], ["3", "1"])
        self.assertIsNotNone(cases["max_looser"].find("failure"))
        self.assertIn("h.jsonl:2, =cmd|x", cases["max_looser"].find("failure").text)
        self.assertIsNotNone(cases["call absent"].find("error"))
        self.assertEqual(len(cases["min_calls"]), 0)
        alone = ElementTree.fromstring(self.simulate("--format", "junit"))
        self.assertEqual(alone.get("tests"), "1")

    def test_sarif(self):
        self.write("gate.yaml", GATE)
        report = json.loads(self.simulate("--format", "sarif", "--gate", "gate.yaml",
                                          code=CHECK_FAILED))
        self.assertEqual(report["version"], "2.1.0")
        (run,) = report["runs"]
        known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        self.assertTrue(run["tool"]["driver"]["name"])
        for result in run["results"]:
            self.assertIn(result["ruleId"], known)
            self.assertIn(result["level"], ["note", "warning", "error"])
            self.assertTrue(result["message"]["text"])
        (looser,) = [result for result in run["results"] if result["ruleId"] == "looser"]
        place = looser["locations"][0]["physicalLocation"]
        self.assertEqual(place["artifactLocation"]["uri"], "old.proviso")
        self.assertEqual(place["region"]["startLine"], 6)
        (pinned,) = [result for result in run["results"] if "rule strict" in
                     result["message"]["text"]]
        place = pinned["locations"][0]["physicalLocation"]
        self.assertEqual([place["artifactLocation"]["uri"], place["region"]["startLine"]],
                         ["new.proviso", 7])

    def test_csv(self):
        self.simulate("--changes", "changes.jsonl")
        self.simulate("--changes", "changes.csv")
        lines = [json.loads(line) for line in
                 (self.folder / "changes.jsonl").read_text().splitlines()]
        with open(self.folder / "changes.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, strict=True))
        self.assertEqual(len(rows), len(lines))
        for line, row in zip(lines, rows):
            name = line["id"]
            self.assertEqual(row["id"], "'" + name if name.startswith("=") else name)
            self.assertEqual([row["line"], row["tool"], row["change"]],
                             [str(line["line"]), line["tool"], line["change"]])
            self.assertEqual([row["before_outcome"], row["after_outcome"]], ["gate", "allow"])
            self.assertEqual(row["before_rules"], "refunds; large")
            self.assertEqual(row["recorded_outcome"], "gate")
            self.assertNotIn(None, row)

    def test_markdown(self):
        self.write("gate.yaml", GATE)
        text = self.simulate("--format", "md", "--gate", "gate.yaml", code=CHECK_FAILED)
        self.assertTrue(text.startswith("### "), text)
        self.assertIn("Gate: broken", text)
        tables = [line for line in text.splitlines() if line.startswith("|")]
        self.assertIn("| gate to allow | 4 | 4 | 1,200 |", tables)
        self.assertNotIn("<b>", text)

    def test_an_identity_run_shows_no_change_in_any_form(self):
        for form in ["md", "junit", "sarif"]:
            text = self.check("simulate", "-p", "new.proviso", "--baseline", "new.proviso",
                              "--history", "h.jsonl", "--format", form).stdout
            self.assertNotIn("what moves", text)
            if form == "sarif":
                self.assertEqual(json.loads(text)["runs"][0]["results"], [])

    def test_folders_and_patterns(self):
        (self.folder / "logs").mkdir()
        for day in ["01", "02"]:
            self.write(f"logs/2026-11-{day}.jsonl", LINE.format(id=day))
        for named in ["logs", "logs/2026-11-*.jsonl", "logs/2026-11-0[12].jsonl"]:
            report = json.loads(self.check("simulate", "-p", "new.proviso", "--history", named,
                                           "--format", "json").stdout)
            self.assertEqual([row["path"] for row in report["inputs"]],
                             ["logs/2026-11-01.jsonl", "logs/2026-11-02.jsonl"])
        self.refused("simulate", "-p", "new.proviso", "--history", "logs/2025*",
                     said="no file is named so")

    def test_calls_out_of_order_where_a_limit_counts(self):
        self.write("limit.proviso", OLD + "limit many on issue_refund count over 1d > 1 : block\n")
        call = ('{{"tool": "issue_refund", "time": "2026-11-20T{}:00:00Z", '
                '"args": {{"order_id": "A", "amount": 1}}}}\n')
        self.write("late.jsonl", call.format("10") + call.format("09"))
        done = self.check("simulate", "-p", "limit.proviso", "--history", "late.jsonl",
                          code=BAD_INPUT)
        self.assertIn("late.jsonl:2: the call is of 2026-11-20T09:00:00Z", done.stderr)
        self.assertIn("help: --sort brings the calls in the order of time first, and the report then tells "
                      "calls that come twice where exports overlap", done.stderr)
        self.assertIn("PARTIAL: the history is not in the order of time", done.stdout)


if __name__ == "__main__":
    main()
