#!/usr/bin/env python3
"""The pages that `proviso docs` writes of the ready-made packs leave nothing out."""

import os
import pathlib
import re
import subprocess
import unittest
from html.parser import HTMLParser

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROVISO = os.environ.get("PROVISO", "proviso")
PACKS = sorted({path.parent for path in ROOT.glob("policies/*/*.proviso")})
STATEMENT = re.compile(
    r"(?m)^(?:trial until \S+ )?(?:default (?=matrix))?"
    r"(param|type|facts|data|tool|role|approval|window|let|table|raise|allow|notify|gate|"
    r"block|matrix|counter|limit|obligation|example)\s+([\w.]+)")
RULES = ("allow", "notify", "gate", "block")
WITH_HEADING = {"rule", "duty", "tool", "role", "approval", "raise", "matrix", "counter", "limit",
                "table", "facts"}
TEXT = re.compile(r'(?m)^ +(?:because|fix) "((?:[^"\\])*)"$')
CONDITION = re.compile(r"(?m)^    (?:when|unless) (.*)$")


class Text(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.text, self.ids, self.links = "", [], set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        self.links |= {value for name, value in attrs if name == "href"}

    def handle_data(self, data):
        self.text += data


def docs_of(rules):
    """The documentation of statements, in one line each paragraph."""
    found = []
    for block in re.findall(r"(?m)(?:^## .*\n|^##\n)+", rules):
        paragraphs = re.sub(r"(?m)^## ?", "", block).split("\n\n")
        found += [" ".join(paragraph.split()) for paragraph in paragraphs]
    return [one for one in found if one]


def page_of(pack, form):
    return subprocess.run([PROVISO, "docs", str(pack), "--format", form], check=True,
                          stdout=subprocess.PIPE, encoding="utf-8").stdout


class Pages(unittest.TestCase):
    maxDiff = None

    def each_pack(self, check):
        self.assertGreaterEqual(len(PACKS), 10)
        for pack in PACKS:
            with self.subTest(pack.name):
                rules = [path.read_text(encoding="utf-8") for path in pack.glob("*.proviso")]
                check("\n".join(rules), page_of(pack, "html"), page_of(pack, "md"))

    def has(self, part, whole):
        if part not in whole:
            self.fail(f"not on the page: {part}")

    def place(self, kind, name, page, markdown):
        anchor = "rule" if kind in RULES else "duty" if kind == "obligation" else kind
        if anchor in WITH_HEADING:
            self.has(f'<h3 id="{anchor}-{name}">', page)
            self.has(f'### <a id="{anchor}-{name}"></a>', markdown)
        elif kind == "example":
            self.has(f'<th scope="row">{name}', page)
            self.has(f"\n| {name}", markdown)
        else:
            self.has(f'<th scope="row"><code>{name}</code></th>', page)
            self.has(f"\n| `{name}` |", markdown)

    def test_every_statement_has_its_place(self):
        def check(rules, page, markdown):
            found = STATEMENT.findall(rules)
            self.assertGreater(len(found), 20)
            for kind, name in found:
                self.place(kind, name, page, markdown)
        self.each_pack(check)

    def test_every_word_of_documentation_reason_advice_and_condition_is_there(self):
        def check(rules, page, _):
            text = Text(page).text
            written = docs_of(rules) + TEXT.findall(rules) + CONDITION.findall(rules)
            self.assertGreater(len(written), 20)
            for words in written:
                self.has(re.sub(r" # .*", "", words.strip()), text)
        self.each_pack(check)

    def test_links_lead_somewhere(self):
        def check(_, page, markdown):
            read = Text(page)
            self.assertEqual(len(read.ids), len(set(read.ids)))
            self.assertLessEqual(read.links, {f"#{name}" for name in read.ids})
            self.assertLessEqual(set(re.findall(r"\]\((#[^)]*)\)", markdown)), read.links)
        self.each_pack(check)

    def test_two_runs_write_the_same(self):
        for pack in PACKS:
            for form in "html", "md":
                self.assertTrue(page_of(pack, form) == page_of(pack, form), pack)


if __name__ == "__main__":
    unittest.main()
