#!/usr/bin/env python3
"""Checks the rule text and the sessions of the README and of docs/.

```proviso          a whole set; it compiles without an error, and is in its form
```proviso-error C  a whole set with the mistakes C, which are codes: these, and no others
```console          README only: `$ COMMAND`, then what it prints; `...` stands for any text.
                    It runs where the files of the blocks after <!-- file: NAME --> lie.
<!-- file: NAME --> of language.md lies beside its rule text.
"""

import json
import os
import pathlib
import re
import tempfile
import unittest

from pages import PROVISO, ROOT, blocks, pages, run

FILE = re.compile(r"<!-- file: (\S+) -->\n```\w*\n(.*?)^```$", re.S | re.M)


class Examples(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="proviso-docs-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        for name, content in FILE.findall((ROOT / "docs" / "language.md").read_text()):
            (self.folder / name).write_text(content)

    def codes(self, text):
        """Codes of the errors, and all that was said."""
        (self.folder / "page.proviso").write_text(text)
        done = run(PROVISO, "check", "page.proviso", "--format", "json", folder=self.folder)
        said = json.loads(done.stdout)
        return sorted({one["code"] for one in said if one["severity"] == "error"}), done.stdout

    def each(self, kind, check):
        count = 0
        for page in pages():
            for line, words, text in blocks(page, kind):
                count += 1
                with self.subTest(f"{page.relative_to(ROOT)}:{line}"):
                    check(words, text)
        return count

    def test_rule_text_compiles(self):
        def check(_, text):
            codes, said = self.codes(text)
            self.assertEqual(codes, [], said)

        self.assertGreater(self.each("proviso", check), 10)

    def test_rule_text_is_in_its_form(self):
        def check(_, text):
            (self.folder / "page.proviso").write_text(text)
            done = run(PROVISO, "fmt", "--diff", "page.proviso", folder=self.folder)
            self.assertEqual(done.stdout, "")

        self.assertGreater(self.each("proviso", check), 10)

    def test_mistakes_are_told(self):
        def check(words, text):
            codes, said = self.codes(text)
            self.assertEqual(codes, sorted(words), said)

        self.assertGreater(self.each("proviso-error", check), 3)

    def test_readme_sessions(self):
        text = (ROOT / "README.md").read_text()
        (self.folder / "policies").symlink_to(ROOT / "policies")
        for name, content in FILE.findall(text):
            (self.folder / name).write_text(content)
        bin_folder = self.folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "proviso").symlink_to(pathlib.Path(PROVISO).resolve())
        sessions = blocks(ROOT / "README.md", "console")
        self.assertTrue(sessions)
        for line, _, session in sessions:
            for command, expected in re.findall(r"^\$ (.*\n)((?:(?!\$ ).*\n)*)", session, re.M):
                with self.subTest(f"README.md:{line}: {command.strip()}"):
                    script = f'PATH="{bin_folder}{os.pathsep}$PATH"\n{command}'
                    printed = run("bash", "-c", script, folder=self.folder).stdout
                    pieces = re.split(r"(?m)(^\.\.\.\n|\.\.\.)", expected)
                    kinds = {"...\n": r"(?:.*\n)*", "...": ".*"}
                    pattern = "".join(kinds.get(one, re.escape(one)) for one in pieces)
                    self.assertRegex(printed, re.compile(rf"\A{pattern}\Z"), printed)


unittest.main(verbosity=1)
