#!/usr/bin/env python3
"""The folder editors/vscode as an extension: what it names is there, and what is packed is that."""

import json
import pathlib
import shutil
import subprocess
import unittest

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "editors" / "vscode"
PACKAGE = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))


def named():
    """Files that the package's own description names."""
    [language] = PACKAGE["contributes"]["languages"]
    [grammar] = PACKAGE["contributes"]["grammars"]
    return [path.removeprefix("./") for path in (language["configuration"], grammar["path"])]


class Package(unittest.TestCase):
    def test_what_it_names_is_there_and_can_be_read(self):
        for path in named():
            self.assertIsInstance(json.loads((FOLDER / path).read_text(encoding="utf-8")), dict)

    def test_what_an_editor_asks_for_is_said(self):
        for member in ("name", "publisher", "version", "engines", "contributes"):
            self.assertIn(member, PACKAGE)
        self.assertRegex(PACKAGE["engines"]["vscode"], r"^\^\d+\.\d+\.\d+$")

    @unittest.skipIf(shutil.which("npm") is None, "npm is not installed")
    def test_npm_packs_it(self):
        done = subprocess.run(["npm", "pack", "--dry-run", "--json", "--offline"], cwd=FOLDER,
                              stdout=subprocess.PIPE, check=True, timeout=100)
        [packed] = json.loads(done.stdout)
        self.assertEqual(sorted(file["path"] for file in packed["files"]),
                         sorted(["README.md", "package.json", *named()]))


unittest.main(verbosity=1)
