#!/usr/bin/env python3
"""Holds one ready-made pack to what a pack is: no finding, one form, a history that its generator
makes byte for byte, and decisions over it as PACK_demo.json has them.

    PROVISO=build/release/cli/proviso tests/policies/pack_test.py policies/support

With PROVISO_UPDATE=1 it writes PACK_demo.json and the measured part of the pack's README anew.
"""

import collections
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUTCOMES = ("allow", "notify", "gate", "block")
PROVISO = os.environ.get("PROVISO", "proviso")
UPDATE = os.environ.get("PROVISO_UPDATE") == "1"
MEASURED = re.compile(r"(?s)(<!-- measured -->\n).*?(<!-- end of measured -->)")
# What passes with the years and not with an edit: holidays that are over.
OF_THE_CALENDAR = ("P1517",)


def program(*arguments):
    return subprocess.run([PROVISO, *map(str, arguments)], stdout=subprocess.PIPE, cwd=ROOT,
                          encoding="utf-8")


def histories(pack):
    demo = pack / "demo"
    return sorted(file for pattern in ("*.jsonl", "*.jsonl.gz") for file in demo.glob(pattern))


def text_of(history):
    data = history.read_bytes()
    return gzip.decompress(data) if history.suffix == ".gz" else data


def duties_of(pack):
    """What the README's own command says that the host can do."""
    readme = (pack / "README.md").read_text(encoding="utf-8")
    return [word for name in re.findall(r"--duty (\w+)", readme) for word in ("--duty", name)]


def replay(pack):
    """The report, and the decisions one by one."""
    with tempfile.TemporaryDirectory(prefix="proviso-pack-") as folder:
        decisions = pathlib.Path(folder) / "decisions.jsonl"
        run = program("simulate", "--policy", pack, "--history", *histories(pack),
                      *duties_of(pack), "--format", "json", "--decisions", decisions)
        if run.returncode != 0:
            raise AssertionError(f"simulate ended with {run.returncode}")
        lines = decisions.read_text(encoding="utf-8").splitlines()
    return json.loads(run.stdout), [json.loads(line) for line in lines]


def told_of(report):
    told = {name: report[name] for name in ("outcomes", "reasons", "recorded", "verdicts")}
    told["lines"] = {name: report["run"][name]
                     for name in ("lines", "calls", "blank", "skipped", "bad")}
    told["tools"] = {tool["name"]: [tool[outcome] for outcome in OUTCOMES]
                     for tool in report["tools"]}
    return told


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def of_all(report):
    outcomes, calls = report["outcomes"], report["run"]["calls"]
    yield row("calls", *OUTCOMES, "of these, missing data decided")
    yield row(*["---:"] * 6)
    shares = (f"{outcomes[word]:,} ({100 * outcomes[word] / calls:.1f} %)" for word in OUTCOMES)
    yield row(f"{calls:,}", *shares, f"{outcomes['unknown']['all']:,}")


def of_people(report):
    yield row("what people said then", *OUTCOMES)
    yield row("---", *["---:"] * 4)
    for verdict, now in report["verdicts"]["verdict_to_now"].items():
        yield row(verdict, *(f"{now[word]:,}" for word in OUTCOMES))


def of_attacks(decisions):
    attacks = collections.defaultdict(collections.Counter)
    for decision in decisions:
        kind, _, name = decision.get("intent", "").partition(": ")
        if kind == "attack":
            attacks[name][decision["outcome"]] += 1
    yield row("planted attack: its calls", *OUTCOMES)
    yield row("---", *["---:"] * 4)
    for name, counts in sorted(attacks.items()):
        yield row(name, *(f"{counts[word]:,}" for word in OUTCOMES))


def measured(report, decisions):
    tables = (of_all(report), of_people(report), of_attacks(decisions))
    return "\n\n".join("\n".join(table) for table in tables) + "\n"


class Pack(unittest.TestCase):
    maxDiff = None

    def test_no_finding(self):
        run = program("check", PACK, "--format", "json")
        self.assertEqual(run.returncode, 0, run.stdout)
        found = [finding for finding in json.loads(run.stdout)
                 if finding["code"] not in OF_THE_CALENDAR]
        self.assertEqual(found, [])

    def test_lint_finds_nothing(self):
        run = program("lint", PACK)
        self.assertEqual(run.returncode, 0, run.stdout)

    def test_the_form(self):
        run = program("fmt", "--check", PACK)
        self.assertEqual((run.returncode, run.stdout), (0, ""))

    def test_has_a_readme(self):
        self.assertTrue((PACK / "README.md").is_file())


class Demo(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.report, cls.decisions = replay(PACK)

    def test_the_generator_makes_the_history_byte_for_byte(self):
        made = subprocess.run([sys.executable, str(PACK / "demo" / "generate.py")],
                              stdout=subprocess.PIPE, check=True)
        kept = b"".join(text_of(history) for history in histories(PACK))
        self.assertTrue(made.stdout == kept, "demo/generate.py makes another history")

    def test_against_itself_nothing_changes(self):
        run = program("simulate", "--policy", PACK, "--baseline", PACK, "--history",
                      *histories(PACK), *duties_of(PACK), "--format", "json")
        self.assertEqual(run.returncode, 0)
        report = json.loads(run.stdout)
        compared = report["comparison"]
        self.assertEqual((compared["same"], compared["tighter"], compared["looser"]),
                         (report["run"]["calls"], 0, 0))
        self.assertEqual(report["outcomes"], self.report["outcomes"])

    def test_the_report_counts_what_it_should(self):
        expected = HERE / f"{PACK.name.replace('-', '_')}_demo.json"
        told = told_of(self.report)
        if UPDATE:
            expected.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
        self.assertEqual(told, json.loads(expected.read_text(encoding="utf-8")))

    def test_the_readme_says_what_was_measured(self):
        readme = PACK / "README.md"
        text = readme.read_text(encoding="utf-8")
        if not MEASURED.search(text):
            self.skipTest("the README has no measured part")
        part = measured(self.report, self.decisions)
        anew = MEASURED.sub(lambda found: found[1] + part + found[2], text)
        if UPDATE:
            readme.write_text(anew, encoding="utf-8")
        else:
            self.assertEqual(text, anew)

    def test_the_history_shows_all_outcomes_and_unknown(self):
        for word in OUTCOMES:
            self.assertGreater(self.report["outcomes"][word], 0, word)
        self.assertGreater(self.report["outcomes"]["unknown"]["all"], 0)


if __name__ == "__main__":
    PACK = pathlib.Path(sys.argv.pop(1)).resolve()
    if not histories(PACK):
        del Demo
    PACK = PACK.relative_to(ROOT) if PACK.is_relative_to(ROOT) else PACK
    os.chdir(ROOT)
    unittest.main()
