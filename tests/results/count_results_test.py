#!/usr/bin/env python3
"""Shows that count_results.py counts, and that nothing that failed can get lost."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

COUNT = pathlib.Path(__file__).resolve().parent / "count_results.py"


def case(name, status="run", output=""):
    return f'<testcase name="{name}" status="{status}"><system-out>{output}</system-out></testcase>'


def count(files):
    """(exit status, lines) for a folder of these files; a list is that of a build's cases."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            if isinstance(content, list):
                content = f"<testsuite>{''.join(content)}</testsuite>"
            (pathlib.Path(folder) / name).write_text(content)
        done = subprocess.run([sys.executable, COUNT, folder], capture_output=True, text=True)
        return done.returncode, done.stdout.splitlines()


class CountResults(unittest.TestCase):
    def test_a_test_of_two_builds_counts_once(self):
        self.assertEqual(count({"release.xml": [case("a"), case("b")], "asan.xml": [case("a")]}),
                         (0, ["2 passed, 0 failed"]))

    def test_it_must_pass_in_each(self):
        self.assertEqual(count({"release.xml": [case("a")], "asan.xml": [case("a", "fail")]}),
                         (1, ["FAILED a (asan)", "0 passed, 1 failed"]))

    def test_what_did_not_run_failed(self):
        self.assertEqual(count({"asan.xml": [case("a"), case("b", "notrun")]}),
                         (1, ["FAILED b (asan)", "1 passed, 1 failed"]))

    def test_own_count(self):
        self.assertEqual(count({"asan.xml": [case("golden", output="x\n7 passed, 0 failed\n")]}),
                         (0, ["7 passed, 0 failed"]))
        self.assertEqual(
            count({"asan.xml": [case("golden", "fail", "x\n7 passed, 2 failed\n")]}),
            (1, ["FAILED golden (asan)", "7 passed, 2 failed"]))

    def test_own_count_cannot_hide_a_crash(self):
        self.assertEqual(count({"asan.xml": [case("golden", "fail", "7 passed, 0 failed\n")]}),
                         (1, ["FAILED golden (asan)", "0 passed, 1 failed"]))

    def test_steps(self):
        self.assertEqual(count({"asan.xml": [case("a")], "steps.txt": "passed x\nfailed y z\n"}),
                         (1, ["FAILED y z ", "2 passed, 1 failed"]))

    def test_a_build_without_tests(self):
        self.assertEqual(count({"asan.xml": [case("a")], "tsan.xml": []}),
                         (1, ["FAILED tsan ran no test (tsan)", "1 passed, 1 failed"]))
        self.assertEqual(count({}), (1, ["0 passed, 0 failed"]))


if __name__ == "__main__":
    unittest.main()
