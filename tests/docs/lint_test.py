#!/usr/bin/env python3
"""Holds docs/lint.md to the program and to the table of messages.

```proviso-finding CODES  a whole set; `proviso lint` finds these, as often as they are named
```proviso-clean          a whole set in its form, of which nothing is found
<!-- file: NAME -->       lies beside them
Each warning of grammar/diagnostics.def has a section, an example and a golden file.
"""

import json
import os
import pathlib
import re
import tempfile
import unittest

from pages import PROVISO, ROOT, blocks, run

PAGE = ROOT / "docs" / "lint.md"
FILE = re.compile(r"<!-- file: (\S+) -->\n```\w*\n(.*?)^```$", re.S | re.M)
ROW = re.compile(r'^DIAGNOSTIC\((\w+), "(P\d{4})", (\w+),', re.M)
HEADING = re.compile(r"^### (P\d{4}): (.+)$", re.M)
# What a day has to be named for, or a set that is too large for a page.
WITHOUT_EXAMPLE = {"P1517", "P1519", "P1705", "P1760", "P1761"}


def rows():
    return ROW.findall((ROOT / "grammar" / "diagnostics.def").read_text())


def findings():
    """Codes of all that `lint` may tell, but for the errors of `check`."""
    return sorted(code for _, code, severity in rows()
                  if severity == "warning" or code.startswith("P17"))


class Page(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="proviso-lint-page-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        for name, content in FILE.findall(PAGE.read_text()):
            (self.folder / name).write_text(content)

    def found(self, text):
        (self.folder / "page.proviso").write_text(text)
        done = run(PROVISO, "lint", "--format", "json", "page.proviso", folder=self.folder)
        told = [one for one in json.loads(done.stdout) if one["silenced"] is None]
        self.assertEqual(done.returncode, 1 if told else 0, done.stdout + done.stderr)
        return sorted(one["code"] for one in told), done.stdout

    def each(self, kind, check):
        all_of_kind = blocks(PAGE, kind)
        self.assertGreater(len(all_of_kind), 40)
        for line, words, text in all_of_kind:
            with self.subTest(f"lint.md:{line}"):
                check(words, text)

    def test_what_is_said_to_be_found_is(self):
        def check(words, text):
            codes, said = self.found(text)
            self.assertEqual(codes, words, said)

        self.each("proviso-finding", check)

    def test_of_what_is_said_to_be_clean_nothing_is(self):
        def check(_, text):
            codes, said = self.found(text)
            self.assertEqual(codes, [], said)
            done = run(PROVISO, "fmt", "--diff", "page.proviso", folder=self.folder)
            self.assertEqual(done.stdout, "")

        self.each("proviso-clean", check)

    def test_each_finding_has_a_section(self):
        self.assertEqual(sorted(code for code, _ in HEADING.findall(PAGE.read_text())), findings())

    def test_each_finding_has_an_example(self):
        shown = {code for _, words, _ in blocks(PAGE, "proviso-finding") for code in words}
        self.assertEqual(sorted(set(findings()) - WITHOUT_EXAMPLE), sorted(shown))

    def test_each_finding_of_lint_has_a_golden_file(self):
        golden = "".join(file.read_text() for file in
                         (ROOT / "tests" / "golden" / "lint").rglob("*.txt"))
        own = [code for code in findings() if code.startswith("P17")]
        self.assertEqual([code for code in own if f"[{code}]" not in golden], [])

    def test_explain_tells_the_section_and_list_all_titles(self):
        listed = run(PROVISO, "lint", "--list", folder=self.folder).stdout
        told = [tuple(line.split("  ", 1)) for line in listed.splitlines()]
        self.assertEqual(told, HEADING.findall(PAGE.read_text()))
        explained = run(PROVISO, "lint", "--explain", "P1710", folder=self.folder).stdout
        section = PAGE.read_text().split("### P1710: ", 1)[1].split("\n### ", 1)[0]
        title, text = section.split("\n\n", 1)
        silence = ("Where it is meant so, `# lint: off P1710: the reason` on the line above the\n"
                   "statement or the line silences it. `check` reads no such comments.\n")
        self.assertEqual(explained, f"P1710: {title}\n\n{text.rstrip()}\n\n{silence}")


if __name__ == "__main__":
    os.chdir(ROOT)
    unittest.main(verbosity=1)
