#!/usr/bin/env python3
"""`proviso simulate --sweep`: each candidate as `--param` alone has it, and what wrong use gives."""

import csv
import decimal
import gzip
import io
import itertools
import json
import pathlib

from program import INVALID_POLICY, OK, ProgramTest, main

PACKS = pathlib.Path(__file__).resolve().parents[2] / "policies"
RULES = """policy sweep.demo version "1.0.0"
param cap     : money = 100 USD in 0 USD .. 1_000 USD
param tries   : int = 3
param cooling : duration = 4h
attributes { customer.tier : free | gold }
tool pay { args { amount : money with currency
                  units  : int? } }
role lead { }
allow pays on pay
notify euros on pay when args.amount > 50 EUR tell lead within 24h
gate large on pay when args.amount.currency == "USD" and args.amount > cap by lead
block many on pay when (args.units ?? 0) > tries and customer.tier == free
"""


def history():
    lines = []
    for number in range(300):
        call = {"id": f"c-{number}", "tool": "pay",
                "time": f"2026-11-{1 + number // 12:02}T{number % 24:02}:00:00Z",
                "args": {"amount": number * 7919 % 400 + 0.25,
                         "currency": "EUR" if number % 5 == 0 else "USD", "units": number % 6}}
        if number % 3:
            call["attributes"] = {"customer.tier": "free" if number % 2 else "gold"}
        if number % 4 == 1:
            call["recorded"] = {"outcome": "gate",
                                "verdict": "rejected" if number % 8 == 1 else "approved"}
        lines.append(json.dumps(call))
    return "\n".join(lines) + "\n"


class Sweeps(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("rules.proviso", RULES)
        self.write("h.jsonl", history())

    def report(self, *arguments, policy="rules.proviso", past="h.jsonl", code=OK):
        return json.loads(self.check("simulate", "-p", policy, "--history", past, "--format",
                                     "json", "--samples", "0", *arguments, code=code).stdout)

    def alone(self, values, policy="rules.proviso", past="h.jsonl"):
        """A candidate by itself, against the policy as it is, and its decisions."""
        params = itertools.chain(*(["--param", f"{name}={value}"] for name, value in values))
        report = self.report("--baseline", policy, "--decisions", "d.jsonl", *params,
                             policy=policy, past=past)
        decisions = [json.loads(line) for line in (self.folder / "d.jsonl").read_text().split("\n")
                     if line]
        return report, decisions

    def compare(self, row, names, **where):
        report, decisions = self.alone(zip(names, row["values"]), **where)
        self.assertEqual(row["hash"], report["policy"]["hash"])
        self.assertEqual(row["outcomes"], report["outcomes"])
        rejected = report["verdicts"]["verdict_to_now"]["rejected"]
        self.assertEqual(row["rejected"]["caught"],
                         rejected["gate"] + rejected["block"])
        self.assertEqual(row["rejected"]["missed"],
                         rejected["allow"] + rejected["notify"])
        for key in ["tighter", "looser", "newly_allowed", "newly_blocked"]:
            self.assertEqual(row[key], report["comparison"][key], key)
        for way in ["closed_approved", "closed_rejected"]:
            self.assertEqual(way in row, "memory" in report)
            if "memory" in report:
                self.assertEqual(row[way]["outcomes"],
                                 report["memory"]["modes"][way]["outcomes"])
        return decisions

    def test_each_row_is_a_run_with_that_param(self):
        calls = [json.loads(line) for line in history().splitlines()]
        sweep = self.report("--sweep", "cap=0..400:100")["sweep"]
        self.assertEqual([row["values"] for row in sweep["rows"]],
                         [["0 USD"], ["100 USD"], ["200 USD"], ["300 USD"], ["400 USD"]])
        self.assertEqual([row["in_force"] for row in sweep["rows"]],
                         [False, True, False, False, False])
        for row in sweep["rows"]:
            decisions = self.compare(row, ["cap"])
            self.assertEqual(len(decisions), len(calls))
            for money in row["alone"]:
                alone = [decimal.Decimal(str(call["args"]["amount"]))
                         for call, one in zip(calls, decisions)
                         if one["outcome"] in ("allow", "notify") and
                         call["args"]["currency"] == money["currency"]]
                self.assertEqual(money["calls"], len(alone))
                self.assertEqual(decimal.Decimal(money["sum"]), sum(alone))
            self.assertAlmostEqual(row["approvals_per_week"],
                                   row["outcomes"]["gate"] * 7 * 86400 / sweep["seconds"], 6)
        self.assertGreater(sweep["rows"][0]["rejected"]["caught"],
                           sweep["rows"][4]["rejected"]["caught"])

    def test_a_long_name_comes_before_the_bars(self):
        name = "most_that_goes_out_alone"
        self.write("long.proviso", RULES.replace("cap", name))
        text = self.check("simulate", "-p", "long.proviso", "--history", "h.jsonl",
                          "--sweep", f"{name}=0..400:100").stdout
        self.assertRegex(text, rf"(?m)^  {name} +approvals/week +USD alone")
        self.assertRegex(text, r"(?m)^  100 USD \* +[\d,.]+ +\d")
        self.assertLessEqual(max(map(len, text.splitlines())), 100)
        short = self.check("simulate", "-p", "rules.proviso", "--history", "h.jsonl",
                           "--sweep", "cap=0..400:100").stdout
        self.assertRegex(short, r"(?m)^  100 USD \* +[\d,.]+ +█")

    def test_two_knobs_are_a_grid(self):
        sweep = self.report("--sweep", "cap=50,150", "--sweep", "tries=1..5:2")["sweep"]
        self.assertEqual([row["values"] for row in sweep["rows"]],
                         [["50 USD", "1"], ["50 USD", "3"], ["50 USD", "5"],
                          ["150 USD", "1"], ["150 USD", "3"], ["150 USD", "5"]])
        for row in sweep["rows"]:
            self.compare(row, ["cap", "tries"])
        text = self.check("simulate", "-p", "rules.proviso", "--history", "h.jsonl", "--sweep",
                          "cap=50,150", "--sweep", "tries=1..5:2").stdout
        self.assertRegex(text, r"cap \\ tries +1 +3 +5\n")

    def test_a_pack_with_limits(self):
        packs = {"agent-safety": ("run_budget=1..9:4", "run_budget")}
        packs["banking"] = ("auto_cap=50..450:200", "auto_cap")
        for name, (knob, param) in packs.items():
            with self.subTest(name):
                past = next((PACKS / name / "demo").glob("history.jsonl*"))
                where = {"policy": str(PACKS / name), "past": str(past)}
                sweep = self.report("--sweep", knob, **where)["sweep"]
                for row in sweep["rows"]:
                    self.compare(row, [param], **where)

    def test_against_a_baseline(self):
        self.write("old.proviso", RULES.replace("= 100 USD", "= 300 USD"))
        sweep = self.report("--sweep", "cap=200,300", "--baseline", "old.proviso")["sweep"]
        self.assertEqual(sweep["against"], "baseline")
        self.assertGreater(sweep["rows"][0]["tighter"], 0)
        self.assertEqual(sweep["rows"][1]["tighter"] + sweep["rows"][1]["looser"], 0)

    def test_threads_and_pieces_do_not_show(self):
        reports = []
        with gzip.open(self.folder / "h.jsonl.gz", "wt") as file:
            file.write(history())
        for past, threads in [("h.jsonl", "1"), ("h.jsonl", "3"), ("h.jsonl.gz", "2")]:
            report = self.report("--sweep", "cap=0..300:50", "--threads", threads, past=past)
            reports.append((report["run"]["digest"], report["sweep"]))
        self.assertEqual(reports[0], reports[1])
        self.assertEqual(reports[0], reports[2])

    def test_forms(self):
        sweep = ["simulate", "-p", "rules.proviso", "--history", "h.jsonl", "--sweep",
                 "cap=0..400:100"]
        text = self.check(*sweep).stdout
        self.assertIn("Sweep of cap (now 100 USD), 5 candidates", text)
        self.assertIn("100 USD *", text)
        self.assertLessEqual(len(text.splitlines()), 24)
        rows = list(csv.DictReader(io.StringIO(self.check(*sweep, "--format", "csv").stdout)))
        expected = self.report("--sweep", "cap=0..400:100")["sweep"]["rows"]
        self.assertEqual([row["cap"] for row in rows], [row["values"][0] for row in expected])
        self.assertEqual([int(row["gate"]) for row in rows],
                         [row["outcomes"]["gate"] for row in expected])
        self.assertEqual([row["alone_USD"] for row in rows],
                         [{one["currency"]: one["sum"] for one in row["alone"]}.get("USD", "0")
                          for row in expected])
        self.assertIn("| cap |", self.check(*sweep, "--format", "md").stdout)

    def test_wrong_use(self):
        sweep = ["simulate", "-p", "rules.proviso", "--history", "h.jsonl", "--sweep"]
        for text, said in [("cup=1", "did you mean `cap`?"),
                           ("cap", "is no NAME=VALUES"),
                           ("cap=1..9", "has no step"),
                           ("cap=100-500:100", "a range has two points: cap=100..1000:50"),
                           ("cap=100:500:100", "is no list of values"),
                           ("cap=100 to 500", "is no list of values"),
                           ("cap=1..9:0", "not above 0"),
                           ("cap=9..1:1", "is empty"),
                           ("cap=0..1000:1", "more than 400 values"),
                           ("cap=1.000..9.000:1.000", "write `1_000` for thousands, `1.0000`"),
                           ("cap=5.000 USD, 7", "`5.000 USD` is less than a thousand"),
                           ("cap=1,500", "write `1_500 USD` for one number, `1 USD, 500 USD`"),
                           ("cooling=1..9:1", "of type `duration`")]:
            with self.subTest(text):
                self.refused(*sweep, text, said=said)
        self.refused(*sweep, "cap=1", "--sweep", "cap=2", said="swept twice")
        self.refused(*sweep, "cap=1..30:1", "--sweep", "tries=1..30:1", said="900 candidates")
        done = self.check(*sweep, "cap=900..1100:100", code=INVALID_POLICY)
        self.assertIn("does not compile with cap = 1100 USD", done.stderr)
        self.refused("simulate", "-p", "rules.proviso", "--history", "h.jsonl", "--format", "csv",
                     said="csv is a form of sweeps alone")
        self.check("compile", "rules.proviso", "-o", "rules.pvc")
        self.refused("simulate", "-p", "rules.pvc", "--history", "h.jsonl", "--sweep", "cap=1",
                     said="are fixed")


main()
