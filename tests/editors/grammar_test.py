#!/usr/bin/env python3
"""The TextMate grammar of editors/vscode: its words are the parser's, and it reads all packs.

Its patterns are such that Python's `re` reads them as Oniguruma does, and each stands for itself
within a line, so tokenising is: the pattern that matches first, of these the earlier one.
"""

import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "editors" / "vscode"
GRAMMAR = json.loads((FOLDER / "syntaxes" / "proviso.tmLanguage.json").read_text())
REPOSITORY = GRAMMAR["repository"]
WORD_LISTS = ["effects", "logic", "constants", "stages", "weekdays", "statements", "clauses"]
ORDER = [entry["include"][1:] for entry in GRAMMAR["patterns"]]
PATTERNS = [(name, re.compile(REPOSITORY[name]["match"])) for name in ORDER]
FILES = sorted(ROOT.glob("policies/*/*.proviso")) + sorted(ROOT.glob("stdlib/*.proviso"))


def words_of_parser():
    """Reserved words, those that start statements and clauses, stages, and what the rules spell."""
    text = (ROOT / "grammar" / "words.cpp").read_text()
    found = set()
    for begin in ["reserved[] = {", "clause_table() {", "statement_words() {", "stage_words() {"]:
        at = text.index(begin)
        part = text[at:text.index("};", at)]
        found |= {word for group in re.findall(r'"([a-z_ ]+)"', part) for word in group.split()}
    for path in (ROOT / "grammar").glob("rules_*.h"):
        found |= set(re.findall(r'(?:keyword|spelled)<"([a-z_]+)">', path.read_text()))
    return found


def words_of(name):
    return re.search(r"\(\?:([a-z_|]+)\)", REPOSITORY[name]["match"])[1].split("|")


def tokens(line):
    """Triples of a pattern's name, or none, where it begins, and its text."""
    at = 0
    while at < len(line):
        found = [(match.start(), order, name, match)
                 for order, (name, pattern) in enumerate(PATTERNS)
                 if (match := pattern.search(line, at)) and match.end() > match.start()]
        if not found:
            yield None, at, line[at:]
            return
        start, _, name, match = min(found, key=lambda one: one[:2])
        if start > at:
            yield None, at, line[at:start]
        yield name, start, match[0]
        at = match.end()


class Grammar(unittest.TestCase):
    def test_its_words_are_those_of_the_parser(self):
        listed = [word for name in WORD_LISTS for word in words_of(name)]
        self.assertEqual(len(listed), len(set(listed)))
        self.assertEqual(set(listed), words_of_parser())

    def test_every_pattern_is_used_and_has_a_scope(self):
        self.assertEqual(sorted(ORDER), sorted(REPOSITORY))
        for name, entry in REPOSITORY.items():
            self.assertTrue("name" in entry or "captures" in entry, name)

    def test_all_rule_files_are_read_to_the_last_sign(self):
        self.assertGreater(len(FILES), 50)
        for path in FILES:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                for name, _, text in tokens(line):
                    self.assertTrue(name or text.isspace(), f"{path}:{number}: {text!r}")

    def test_no_word_of_the_language_is_taken_for_a_name(self):
        words = words_of_parser()
        for path in FILES:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                for name, _, text in tokens(line):
                    self.assertFalse(name == "name" and text in words, f"{path}:{number}: {text}")

    def test_tokens_of_a_line(self):
        def read(line):
            return [(name, text) for name, _, text in tokens(line) if name]
        self.assertEqual(read("## doc"), [("documentation", "## doc")])
        self.assertEqual(read('    fix "a # b" # c'),
                         [("clauses", "fix"), ("string", '"a # b"'), ("comment", "# c")])
        self.assertEqual(read("gate large on pay"),
                         [("statement", "gate large"), ("clauses", "on"), ("name", "pay")])
        self.assertEqual(read("trial until 2027-01-01 block x on a.*"),
                         [("statement", "trial until 2027-01-01 block x"), ("clauses", "on"),
                          ("path", "a.*")])
        self.assertEqual(read("  when args.block > 1_000.50 USD and 1d12h in [true]"),
                         [("clauses", "when"), ("path", "args.block"), ("operators", ">"),
                          ("money", "1_000.50 USD"), ("logic", "and"), ("duration", "1d12h"),
                          ("logic", "in"), ("punctuation", "["), ("constants", "true"),
                          ("punctuation", "]")])
        self.assertEqual(read("  2026-11-20T15:00Z | mon..fri 09:00"),
                         [("date", "2026-11-20T15:00Z"), ("matrix", "|"), ("weekdays", "mon"),
                          ("operators", ".."), ("weekdays", "fri"), ("date", "09:00")])
        self.assertEqual(read(r'  matches r"\d" "a\"b"'),
                         [("logic", "matches"), ("string", r'r"\d"'), ("string", r'"a\"b"')])

    def test_the_extension_names_what_is_there(self):
        package = json.loads((FOLDER / "package.json").read_text())["contributes"]
        for path in [package["languages"][0]["configuration"], package["grammars"][0]["path"]]:
            json.loads((FOLDER / path).read_text())
        self.assertEqual(package["grammars"][0]["scopeName"], GRAMMAR["scopeName"])


if __name__ == "__main__":
    unittest.main()
