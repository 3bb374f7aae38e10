#!/usr/bin/env python3
"""The banking pack's demo history: made by its generator, and decided as banking_demo.json says."""

import json
import os
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PACK = HERE.parents[1] / "policies" / "banking"
HISTORY = PACK / "demo" / "history.jsonl"
OUTCOMES = ("allow", "notify", "gate", "block")
PROVISO = os.environ.get("PROVISO", "proviso")


class Demo(unittest.TestCase):
    maxDiff = None

    def test_the_generator_makes_the_history_byte_for_byte(self):
        made = subprocess.run([sys.executable, str(PACK / "demo" / "generate.py")],
                              stdout=subprocess.PIPE, check=True)
        self.assertEqual(made.stdout, HISTORY.read_bytes())

    def test_the_report_counts_what_it_should(self):
        run = subprocess.run(
            [PROVISO, "simulate", "--policy", str(PACK), "--history", str(HISTORY),
             "--format", "json"],
            stdout=subprocess.PIPE, check=True)
        report = json.loads(run.stdout)
        told = {name: report[name] for name in ("outcomes", "reasons", "recorded", "verdicts")}
        told["lines"] = {name: report["run"][name]
                         for name in ("lines", "calls", "blank", "skipped", "bad")}
        told["tools"] = {tool["name"]: [tool[outcome] for outcome in OUTCOMES]
                         for tool in report["tools"]}
        self.assertEqual(told, json.loads((HERE / "banking_demo.json").read_text(encoding="utf-8")))

    def test_the_history_shows_all_outcomes_and_unknown(self):
        outcomes = json.loads((HERE / "banking_demo.json").read_text(encoding="utf-8"))["outcomes"]
        for word in OUTCOMES:
            self.assertGreater(outcomes[word], 0, word)
        self.assertGreater(outcomes["unknown"]["all"], 0)


if __name__ == "__main__":
    unittest.main()
