#!/usr/bin/env python3
"""Puts the faults of faults/*.txt into a copy of the tree, one by one, and sees which test notices.

The copy and its build are build/mutants/tree and the build in it; the checkout is only read,
but for the table in README.md. A fault has to compile, warnings included. The tests that can see
its layer (ASKED) run in this order up to the first that fails: golden files, unit tests, tests of
the program, then the laws with a fixed seed and few pairs. A test that takes twenty times the
processor time that it takes without the fault is a hang, and counts as noticing. Exits with 0 where
every fault was noticed, with 1 where one was not, with 2 where the list or the tree is not in order.
"""

import argparse
import dataclasses
import os
import pathlib
import re
import resource
import subprocess
import sys
import time

import faultlist
import table

SEED = "20261125"
# The first law is the one that notices most; fewer pairs than these do not reach what the others
# count.
LAWS = [("the reference", "12000", ["the reference decides*"]),
        ("laws", "4000", ["~the reference decides*", "~the golden files*",
                          "~the histories of the packs*", "~the digest*"])]


@dataclasses.dataclass(frozen=True)
class Asked:
    """The tests that can see a layer."""
    stages: tuple
    units: tuple
    scripts: tuple = ()  # of tests/cli
    laws: bool = False


RULES = Asked(("decide", "check", "grammar", "compile"),
              ("engine_model", "engine_vm", "engine_decide", "engine_decide_threads",
               "engine_check", "engine_schema", "engine_bytecode", "engine", "stdlib", "grammar"),
              laws=True)
ASKED = {
    "engine": RULES,
    "engine_schema": dataclasses.replace(RULES, scripts=("import_tools",)),
    "stdlib": RULES,
    "grammar": dataclasses.replace(RULES, stages=(*RULES.stages, "format"), scripts=("fmt",)),
    "lint": Asked(("lint",), ("lint",), ("lint",)),
    "suites": Asked((), ("suites", "suites_threads"), ("test", "test_reports", "coverage")),
    "simulator": Asked(("adapters", "compare"),
                       ("simulator_text", "simulator_packed", "simulator_history",
                        "simulator_mapping", "simulator_figures", "simulator_replay",
                        "simulator_render", "simulator", "simulator_threads"),
                       ("simulate", "simulate_outputs", "figures", "sweep", "checkpoint",
                        "gate_calls", "mappings")),
    "mappings": Asked(("adapters",), ("simulator",), ("mappings",)),
    "cli": Asked((), ("cli",), ("check", "fmt", "decide", "explain", "store", "approve", "simulate",
                                "gate_calls", "test", "lint", "help")),
}
SLOWER_IS_A_HANG = 20
LEAST_HANG_SECONDS = 60
STUCK_SECONDS = 1800  # waiting, not computing: no verdict

WORK = faultlist.ROOT / "build" / "mutants"
TREE = WORK / "tree"
# Flags and relative paths are those of the checkout's own release build, so that a compiler cache
# has what no fault touches.
BUILD = TREE / "build" / "release"


@dataclasses.dataclass(frozen=True)
class Test:
    name: str
    target: str
    command: tuple
    kind: str  # how to read what it prints
    pairs: str = "0"  # of a law


class Broken(Exception):
    """Nothing can be said about the faults: the list, the tree or the machine is not in order."""


# ---------------------------------------------------------------- the copy


def tree_files():
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"],
                            cwd=faultlist.ROOT, check=True, capture_output=True).stdout
    names = [name.decode() for name in listed.split(b"\0") if name]
    return [name for name in names if (faultlist.ROOT / name).is_file()]


def write_if_new(path, content):
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def copy_tree():
    """Files that have not changed keep their time, so that little is built again."""
    names = set(tree_files())
    for name in names:
        target = TREE / name
        write_if_new(target, (faultlist.ROOT / name).read_bytes())
        target.chmod((faultlist.ROOT / name).stat().st_mode)
    for path in TREE.rglob("*"):
        name = path.relative_to(TREE)
        if path.is_file() and name.parts[0] != "build" and str(name) not in names:
            path.unlink()


# ---------------------------------------------------------------- building and running


def log(text):
    print(text, flush=True)


def configure():
    # As in a release, assertions are off: a fault has to be noticed by a test.
    command = ["cmake", "-S", TREE, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
               "-DPROVISO_BENCH=OFF"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise Broken("cmake fails:\n" + done.stdout)


def build(targets, jobs):
    """Empty, or what the compiler says."""
    done = subprocess.run(["ninja", "-C", BUILD, "-j", str(jobs), *targets],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return "" if done.returncode == 0 else done.stdout


def asked(layer):
    return ASKED.get(layer) or ASKED[layer.split("_")[0]]


def tests_of(layer):
    of = asked(layer)
    tests = [Test(f"golden {stage}", "golden", (BUILD / "tests/golden/golden", "--stage", stage),
                  "golden") for stage in of.stages]
    for unit in sorted(of.units, key=lambda unit: unit != layer):
        name = f"unit_{unit}"
        program = BUILD / ("tests/cli" if unit == "cli" else "tests/unit") / name
        tests.append(Test(name, name, (program, "-a", "-r", "xml"), "catch"))
    for script in of.scripts:
        path = TREE / "tests/cli" / f"{script}_test.py"
        tests.append(Test(f"cli.{script}", "proviso_cli", (sys.executable, path), "script"))
    return tests


def all_laws():
    """The golden files' calls are left out: the laws stand alone."""
    laws = BUILD / "tests/laws/laws"
    return [Test(name, "laws", (laws, "-a", "-r", "xml", *cases), "catch", pairs)
            for name, pairs, cases in LAWS]


def run(test, cpu_seconds):
    """Whether it passes, what it prints, whether it hangs, and its processor time."""
    environment = {**os.environ, "PROVISO_LAW_SEED": SEED, "PROVISO_LAW_PAIRS": test.pairs,
                   "PROVISO": BUILD / "cli/proviso"}
    limit = (int(cpu_seconds), int(cpu_seconds) + 5)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    try:
        done = subprocess.run(test.command, env=environment, timeout=STUCK_SECONDS,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, limit))
    except subprocess.TimeoutExpired:
        raise Broken(f"{test.name} is stuck without computing")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    hangs = done.returncode in (-24, -9) and used >= cpu_seconds * 0.9  # SIGXCPU, SIGKILL
    return done.returncode == 0, done.stdout.decode(errors="replace"), hangs, used


def first_failure(test, output):
    if test.kind == "golden":
        found = re.search(r"^FAILED (\S+)", output, re.MULTILINE)
        return found.group(1).removesuffix(".txt") if found else f"{test.name}: it crashes"
    if test.kind == "script":
        found = re.search(r"^(?:FAIL|ERROR): (\w+)", output, re.MULTILINE)
        return f"{test.name}: {found.group(1) if found else 'it crashes'}"
    last = None
    for found in re.finditer(r'<TestCase name="([^"]*)"|<OverallResult success="(\w+)"', output):
        if found.group(1) is not None:
            last = found.group(1)
        elif found.group(2) == "false":
            return last if test.pairs != "0" else f"{test.name}: {last}"
    return f"{test.name}: {last or 'it'} crashes"


@dataclasses.dataclass
class Verdict:
    caught_by: str = ""
    laws: str = "?"  # not asked


class Session:
    def __init__(self, jobs, laws, quick):
        self.jobs, self.laws, self.quick = jobs, laws, quick
        self.usual = {}  # processor seconds of each test without a fault

    def prepare(self, faults):
        """Builds the copy as it is; without a fault every test passes."""
        copy_tree()
        configure()
        layers = sorted({fault.layer for fault in faults})
        tests = list(dict.fromkeys(test for layer in layers for test in tests_of(layer)))
        if not self.quick and any(asked(layer).laws for layer in layers):
            tests += all_laws()
        errors = build(sorted({test.target for test in tests}), self.jobs)
        if errors:
            raise Broken("the tree does not compile:\n" + errors)
        for test in tests:
            passed, output, _, used = run(test, 3600)
            if not passed:
                raise Broken(f"without a fault {first_failure(test, output)} fails\n{output[-3000:]}")
            self.usual[test.name] = used
        log("usual seconds: " + ", ".join(f"{name} {used:.1f}"
                                          for name, used in self.usual.items()))

    def ask(self, test):
        """What the test notices; empty where it does not."""
        errors = build([test.target], self.jobs)
        if errors:
            raise Broken("it does not compile:\n" + errors[-3000:])
        limit = max(LEAST_HANG_SECONDS, SLOWER_IS_A_HANG * self.usual[test.name])
        passed, output, hangs, _ = run(test, limit)
        if hangs:
            return f"{test.name}: hang"
        return "" if passed else first_failure(test, output)

    def first_to_notice(self, tests):
        for test in tests:
            found = self.ask(test)
            if found:
                return found
        return ""

    def judge(self, fault):
        verdict = Verdict(self.first_to_notice(tests_of(fault.layer)))
        if not asked(fault.layer).laws:
            verdict.laws = "-"
        elif self.laws or not (verdict.caught_by or self.quick):
            verdict.laws = self.first_to_notice(all_laws())
            verdict.caught_by = verdict.caught_by or verdict.laws
        return verdict

    def try_fault(self, fault):
        path = TREE / fault.path
        right = path.read_text()
        path.write_text(faultlist.applied(fault, right))
        try:
            return self.judge(fault)
        finally:
            path.write_text(right)


# ---------------------------------------------------------------- the command


def options():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="NAME", action="append", default=[],
                        help="only the faults whose name contains NAME; may be given again")
    parser.add_argument("--jobs", metavar="N", type=int, default=1,
                        help="compile N files at once (1)")
    parser.add_argument("--laws", action="store_true",
                        help="also tell whether the laws alone notice, which takes longer")
    parser.add_argument("--quick", action="store_true",
                        help="leave the laws out; faults that only they notice keep their row")
    parser.add_argument("--list", action="store_true", help="names the faults and runs nothing")
    return parser.parse_args()


def chosen(only):
    found = [fault for fault in faultlist.all_faults()
             if not only or any(part in fault.name for part in only)]
    for fault in found:
        faultlist.applied(fault, (faultlist.ROOT / fault.path).read_text())
    if not found:
        raise Broken("there is no such fault")
    return found


def told(verdict):
    text = verdict.caught_by or "NOTICED BY NO TEST"
    if verdict.laws == "?":
        return text
    return text + ("; laws alone: " + (verdict.laws or "no"))


def run_all(session, chosen_faults):
    started = time.monotonic()
    survivors, errors = [], []
    for number, fault in enumerate(chosen_faults, 1):
        begun = time.monotonic()
        try:
            verdict = session.try_fault(fault)
        except Broken as why:
            errors.append(fault.name)
            log(f"[{number}/{len(chosen_faults)}] {fault.name}: ERROR: {why}")
            continue
        if not verdict.caught_by:
            survivors.append(fault.name)
        if verdict.caught_by or not session.quick:
            table.record(fault, verdict.caught_by, verdict.laws)
        now = time.monotonic()
        minutes, seconds = divmod(int(now - started), 60)
        log(f"[{number}/{len(chosen_faults)} {minutes}:{seconds:02} +{now - begun:.0f}s] "
            f"{fault.name}: {told(verdict)}")
    return survivors, errors


def main():
    given = options()
    os.nice(10)
    try:
        picked = chosen(given.only)
        if given.list:
            log("\n".join(f"{fault.name}: {fault.why}" for fault in picked))
            return 0
        session = Session(given.jobs, given.laws, given.quick)
        session.prepare(picked)
    except (Broken, faultlist.Stale) as why:
        log(str(why))
        return 2
    survivors, errors = run_all(session, picked)
    log(f"{len(picked)} faults: {len(picked) - len(survivors) - len(errors)} noticed, "
        f"{len(survivors)} not, {len(errors)} in error")
    if survivors:
        log("noticed by no test: " + ", ".join(survivors))
    return 2 if errors else 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
