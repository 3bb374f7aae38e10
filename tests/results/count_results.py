#!/usr/bin/env python3
"""Sums up a folder of test results and prints `N passed, N failed` as its last line.

usage: count_results.py FOLDER

FOLDER holds CTest's JUnit files, one a build, and steps.txt with lines `passed NAME` and
`failed NAME`. A test that is in several files counts once and passed if it did so in each. A
runner that closes with a line `N passed, N failed` of its own counts as that many. A build that
ran no test at all counts as failed. Names what failed; exits with 1 where something did.
"""

import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

OWN_COUNT = re.compile(r"^(\d+) passed, (\d+) failed$", re.MULTILINE)


def count_of(case):
    """(passed, failed) of one test of a JUnit file."""
    passed = case.get("status") == "run"
    own = OWN_COUNT.findall(case.findtext("system-out") or "")
    if own:
        count = tuple(int(number) for number in own[-1])
        if passed == (count[1] == 0):
            return count
    return (1, 0) if passed else (0, 1)


def read_results(folder):
    """The counts by name, of each build that ran it."""
    counts = collections.defaultdict(list)
    for path in sorted(folder.glob("*.xml")):
        cases = ElementTree.parse(path).getroot().findall("testcase")
        for case in cases:
            counts[case.get("name")].append((path.stem, *count_of(case)))
        if not cases:
            counts[f"{path.stem} ran no test"].append((path.stem, 0, 1))
    steps = folder / "steps.txt"
    for line in steps.read_text().splitlines() if steps.exists() else []:
        outcome, name = line.split(" ", 1)
        counts[name].append(("", *((1, 0) if outcome == "passed" else (0, 1))))
    return counts


def main(arguments):
    passed = failed = 0
    for name, builds in sorted(read_results(pathlib.Path(arguments[1])).items()):
        total = max(ok + bad for _, ok, bad in builds)
        worst = max(bad for _, _, bad in builds)
        passed += total - worst
        failed += worst
        for build, _, bad in builds:
            if bad:
                print("FAILED", name, f"({build})" if build else "")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
