#!/usr/bin/env python3
"""Runs every example of docs/cli.md, docs/simulate.md and docs/testing.md; holds what it prints to the page.

A page gives files in blocks that follow a comment <!-- file: NAME -->, and sessions in blocks of
the kind ```console: a line `$ COMMAND`, which may go on after a backslash, then what it prints.
`...` alone on a line stands for any lines, and within a line for any text. One shell, one folder,
from the top of the page to its end, so `echo $?` tells the exit code of the line before.
"""

import os
import pathlib
import re
import subprocess

from program import PROVISO, ProgramTest, environment, main

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "cli.md"
SESSIONS = {PAGE: 10, DOCS / "simulate.md": 2, DOCS / "testing.md": 5}  # and how many examples each has at least
FILE = re.compile(r"<!-- file: (\S+) -->\n```\w*\n(.*?)^```$", re.S | re.M)
SESSION = re.compile(r"^```console\n(.*?)^```$", re.S | re.M)
END = "end of example"


def examples(session):
    """Pairs of a command and the text it is said to print."""
    found = []
    continued = False
    for line in session.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append([line[2:], ""])
        elif continued:
            found[-1][0] += line
        else:
            found[-1][1] += line
        continued = (line.startswith("$ ") or continued) and line.endswith("\\\n")
    return found


def pattern(expected):
    parts = re.split(r"(?m)(^\.\.\.\n|\.\.\.)", expected)
    kinds = {"...\n": r"(?:.*\n)*", "...": r".*"}
    return "".join(kinds.get(part, re.escape(part)) for part in parts)


class Examples(ProgramTest):
    def run_all(self, commands):
        """What each prints, in one shell that keeps $? from one to the next."""
        script = "code=0\n"
        for command in commands:
            script += f"(exit $code)\n{command}code=$?\necho '{END}'\n"
        path = f"{pathlib.Path(PROVISO).resolve().parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, env=environment(PATH=path),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=240,
                              check=False)
        return done.stdout.decode().split(END + "\n")[:-1]

    def test_every_example_prints_what_the_page_says(self):
        for page, least in SESSIONS.items():
            with self.subTest(page.name):
                self.check_page(page.read_text(), least)

    def check_page(self, text, least):
        files = FILE.findall(text)
        self.assertTrue(files)
        for name, content in files:
            self.write(name, content)
        pairs = [pair for session in SESSION.findall(text) for pair in examples(session)]
        self.assertGreater(len(pairs), least)
        printed = self.run_all([command for command, _ in pairs])
        self.assertEqual(len(printed), len(pairs))
        for (command, expected), actual in zip(pairs, printed):
            with self.subTest(command.strip()):
                self.assertRegex(actual, re.compile(rf"\A{pattern(expected)}\Z"),
                                 f"$ {command}\n--- printed ---\n{actual}")

    def test_every_subcommand_and_exit_code_is_on_the_page(self):
        text = PAGE.read_text()
        usage = self.check("--help").stdout
        for name in re.findall(r"(?m)^  ([a-z]+)   ", usage):
            self.assertRegex(text, rf"(?m)^## `proviso {name}")
            for option in re.findall(r"--[a-z-]+", self.check(name, "--help").stdout):
                self.assertIn(f"`{option}", text, f"{option} of {name}")
        for code in re.findall(r"(?m)^ +(\d+)  ", usage):
            self.assertRegex(text, rf"(?m)^\| {code} \|")


main()
