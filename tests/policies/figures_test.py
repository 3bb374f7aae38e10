#!/usr/bin/env python3
"""Computes the figures of each ready-made pack's history again, slowly, from the history's lines and
the decision lines, and holds the report of `proviso simulate` against it.

    PROVISO=build/release/cli/proviso tests/policies/figures_test.py
"""

import collections
import datetime
import decimal
import functools
import gzip
import json
import math
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROVISO = os.environ.get("PROVISO", "proviso")
OUTCOMES = ("allow", "notify", "gate", "block")
VERDICTS = ("approved", "edited", "rejected")
# What rules are not what decides it.
NO_RULE = {"no_grant", "invalid_args", "invalid_stage", "unknown_tool", "id_reuse", "rejected",
           "unsupported_obligation", "halted"}
LEAST_VERDICTS = 20


def packs():
    return sorted(path.parent for path in ROOT.glob("policies/*/demo"))


def history_of(pack):
    return next(iter(sorted((pack / "demo").glob("history.jsonl*"))))


def lines_of(history):
    data = history.read_bytes()
    text = gzip.decompress(data) if history.suffix == ".gz" else data
    return text.decode("utf-8").splitlines()


def duties_of(pack):
    readme = (pack / "README.md").read_text(encoding="utf-8")
    return [word for name in re.findall(r"--duty (\w+)", readme) for word in ("--duty", name)]


@functools.lru_cache(maxsize=None)
def replay(pack):
    """The report against itself as the baseline, and each call with its decision."""
    history = history_of(pack)
    with tempfile.TemporaryDirectory(prefix="proviso-figures-") as folder:
        decisions = pathlib.Path(folder) / "decisions.jsonl"
        run = subprocess.run(
            [PROVISO, "simulate", "-p", pack, "--baseline", pack, "--history", history,
             *duties_of(pack), "--format", "json", "--decisions", decisions],
            stdout=subprocess.PIPE, check=True)
        decided = [json.loads(line) for line in decisions.read_text().splitlines()]
    lines = lines_of(history)
    return json.loads(run.stdout), [(json.loads(lines[one["line"] - 1]), one) for one in decided]


def count(calls):
    """Outcomes as the report tells them."""
    counts = {word: 0 for word in OUTCOMES}
    unknown = {word: 0 for word in OUTCOMES}
    for _, decision in calls:
        counts[decision["outcome"]] += 1
        if OUTCOMES.index(decision["best_case"]) < OUTCOMES.index(decision["outcome"]):
            unknown[decision["outcome"]] += 1
    counts["unknown"] = unknown | {"all": sum(unknown.values())}
    return counts


def verdict_of(call):
    return call.get("recorded", {}).get("verdict")


def count_verdicts(calls):
    found = collections.Counter(verdict_of(call) for call, _ in calls)
    return {word: found[word] for word in VERDICTS}


def deciding(decision):
    if decision["reason"] in NO_RULE:
        return []
    return [rule["name"] for rule in decision["rules"] if rule["effect"] == decision["outcome"]]


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def seconds_taken(call):
    """From the first request to the last answer; none where that is not told."""
    approvals = call.get("recorded", {}).get("approvals", [])
    if not approvals:
        return None
    asked = min(instant(one["requested_at"]) for one in approvals)
    answered = max(instant(one["at"]) for one in approvals)
    return math.ceil((answered - asked).total_seconds())


def score_bounds(hits, n):
    """The shares that a two-sided score test at 5 % does not rule out, by halving."""
    z = 1.959963984540054

    def rejected(p):
        return abs(hits / n - p) > z * math.sqrt(p * (1 - p) / n)

    def border(inside, outside):
        for _ in range(200):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if rejected(middle) else (middle, outside)
        return inside
    share = hits / n
    return (0.0 if hits == 0 else border(share, 0.0)), (1.0 if hits == n else border(share, 1.0))


def amount_of(call, argument):
    value = call.get("args", {}).get(argument)
    if isinstance(value, dict):
        value = value.get("amount")
    try:
        return None if value is None else decimal.Decimal(str(value))
    except decimal.InvalidOperation:
        return None


class Figures(unittest.TestCase):
    maxDiff = None

    def each(self):
        for pack in packs():
            print(pack.name, end=" ")  # shown where a test fails
            yield replay(pack)

    def assert_durations(self, found, seconds):
        seconds = sorted(seconds)
        self.assertEqual(found["count"], len(seconds))
        if not seconds:
            return
        self.assertEqual(found["longest"], seconds[-1])
        for name, share in (("p50", 50), ("p95", 95)):
            exact = seconds[-(-len(seconds) * share // 100) - 1]
            self.assertLessEqual(exact, found[name])
            self.assertLessEqual(found[name], exact * 33 / 32)

    def test_days(self):
        for report, calls in self.each():
            by_day = collections.defaultdict(list)
            for call, decision in calls:
                by_day[instant(call["time"]).date().isoformat()].append((call, decision))
            days = report["figures"]["days"]
            self.assertEqual([row["day"] for row in days["rows"]], sorted(by_day))
            for row in days["rows"]:
                self.assertEqual(row["policy"], count(by_day[row["day"]]))
                self.assertEqual(row["baseline"], row["policy"])
            self.assertEqual((days["later"], days["untimed"]), (0, 0))

    def test_workflows(self):
        for report, calls in self.each():
            groups = collections.defaultdict(list)
            for call, decision in calls:
                groups[call.get("workflow", {}).get("name", "")].append((call, decision))
            arguments = {row["tool"]: row["argument"]
                         for row in report["comparison"]["money"]["amounts"]}
            rows = report["figures"]["workflows"]["rows"]
            self.assertEqual({row["name"] for row in rows}, set(groups))
            for row in rows:
                group = groups[row["name"]]
                self.assertEqual(row["policy"], count(group))
                self.assertEqual(row["verdicts"], count_verdicts(group))
                taken = [seconds_taken(call) for call, _ in group]
                self.assert_durations(row["cycle_seconds"],
                                      [one for one in taken if one is not None])
                self.assert_money(row, group, arguments)

    def assert_money(self, row, group, arguments):
        """Of calls whose form is right; all currencies together."""
        sums = collections.Counter()
        for call, decision in group:
            amount = amount_of(call, arguments.get(call["tool"]))
            if amount is not None and decision["reason"] != "invalid_args":
                sums[decision["outcome"]] += amount
        for word in OUTCOMES:
            found = sum(decimal.Decimal(one["sums"][word]) for one in row["money"])
            self.assertEqual(found, sums[word], (row["name"], word))

    def test_rules(self):
        for report, calls in self.each():
            alone, verdicts = collections.Counter(), collections.defaultdict(list)
            for call, decision in calls:
                rules = deciding(decision)
                if len(rules) == 1:
                    alone[rules[0]] += 1
                for rule in rules:
                    verdicts[rule].append((call, decision))
            names = collections.Counter(rule["name"] for rule in report["rules"])
            for rule in report["rules"]:
                if names[rule["name"]] > 1:
                    continue
                self.assertEqual(rule["sole"], alone[rule["name"]], rule["name"])
                said = count_verdicts(verdicts[rule["name"]])
                self.assertEqual(rule["verdicts"], said, rule["name"])
                # An allow cell of a plain matrix restricts nothing: no decision lists it.
                restricts = (rule["kind"], rule["effect"]) != ("matrix_cell", "allow")
                # Nobody wrote what a limit comes to that cannot count, nor a default without a line.
                written = (rule["name"].endswith("]") if rule["kind"] == "limit_step"
                           else rule["kind"] != "default" or rule["file"] != "")
                self.assertEqual(rule["dead"], restricts and written
                                 and rule["hits"] + rule["trial_hits"] == 0, rule["name"])
                n = sum(said.values())
                self.assertEqual("precision" in rule, n > 0 and rule["effect"] in OUTCOMES[2:])
                if "precision" in rule:
                    low, high = score_bounds(said["rejected"], n)
                    self.assertAlmostEqual(rule["precision"]["low"], low, 6)
                    self.assertAlmostEqual(rule["precision"]["high"], high, 6)

    def test_always_approved(self):
        for report, calls in self.each():
            gates = collections.defaultdict(list)
            for call, decision in calls:
                if decision["outcome"] == "gate":
                    for rule in deciding(decision):
                        gates[rule, call["tool"]].append((call, decision))
            expected = {}
            for key, group in gates.items():
                said = count_verdicts(group)
                if said["approved"] >= LEAST_VERDICTS and sum(said.values()) == said["approved"]:
                    expected[key] = (len(group), said["approved"])
            found = {(row["rule"], row["tool"]): (row["calls"], row["approved"])
                     for row in report["figures"]["always_approved"]}
            self.assertEqual(found, expected)
            for row in report["figures"]["always_approved"]:
                low, _ = score_bounds(row["approved"], row["approved"])
                self.assertAlmostEqual(row["approval"]["low"], low, 6)
                taken = [seconds_taken(call) for call, _ in gates[row["rule"], row["tool"]]
                         if verdict_of(call)]
                taken = [one for one in taken if one is not None]
                self.assert_durations(row["turnaround_seconds"], taken)
                self.assertEqual(row["rubber_stamp"],
                                 bool(taken) and row["turnaround_seconds"]["p50"] < 10)

    def test_often_blocked(self):
        for report, calls in self.each():
            blocked = collections.Counter(
                (call.get("intent", ""), call["tool"])
                for call, decision in calls
                if decision["outcome"] == "block" and call.get("intent"))
            rows = report["figures"]["often_blocked"]["rows"]
            most = sorted((-number, *key) for key, number in blocked.items() if number > 1)
            self.assertEqual([(-row["calls"], row["intent"], row["tool"]) for row in rows],
                             most[:20])

    def test_handling(self):
        for report, calls in self.each():
            handling = report["figures"]["workload"]["handling"]
            answered = [call for call, _ in calls if verdict_of(call)]
            taken = [seconds_taken(call) for call in answered]
            taken = [one for one in taken if one is not None]
            self.assertEqual(handling["answered"], len(answered))
            self.assertEqual(handling["timed"], len(taken))
            self.assert_durations(handling["turnaround_seconds"], taken)
            self.assertEqual(report["figures"]["workload"]["gated"],
                             sum(decision["outcome"] == "gate" for _, decision in calls))


if __name__ == "__main__":
    unittest.main()
