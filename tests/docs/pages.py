"""The pages of docs/ and the README, and the `proviso` program, for the tests beside this file."""

import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROVISO = os.environ.get("PROVISO", "proviso")
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.S | re.M)


def pages():
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page, kind):
    """Fenced blocks of one kind: (line of the first line, words behind the kind, text)."""
    text = page.read_text()
    found = []
    for match in BLOCK.finditer(text):
        words = match.group(1).split()
        if words[:1] == [kind]:
            line = text.count("\n", 0, match.start()) + 2
            found.append((line, words[1:], match.group(2)))
    return found


def run(*arguments, folder, stdin=""):
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    plain.update({name: value for name, value in os.environ.items() if name.endswith("_OPTIONS")})
    return subprocess.run([str(argument) for argument in arguments], input=stdin, cwd=folder,
                          env=plain, timeout=120, capture_output=True, text=True, check=False)
