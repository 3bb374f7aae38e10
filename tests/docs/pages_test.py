#!/usr/bin/env python3
"""Holds the pages to what they describe: the grammar, the limits, the schema, their links.

PROVISO_UPDATE=1 writes the grammar of docs/language.md anew.
"""

import json
import os
import pathlib
import re
import tempfile
import unittest

from grammar_page import grammar_text
from pages import PROVISO, ROOT, pages, run

LANGUAGE = ROOT / "docs" / "language.md"
MARKS = re.compile(r"(<!-- grammar -->\n\n).*?(\n*<!-- end of grammar -->)", re.S)

POLICY = """policy demo version "1"

authority of principal
attributes { environment : dev | production }
obligation log(what : string)
tool pay { args { amount : money in USD, note : string? } }
role agent { can pay }
role lead { }
allow some on pay when environment == dev
    oblige log("paid")
notify medium on pay when args.amount > 5 USD tell lead within 4h
gate large on pay when args.amount > 50 USD by lead
    because "{args.amount} is a lot"
    fix "ask for less"
trial until 2027-01-01 block tried on pay
"""
CALL = """{"tool":"pay","principal":{"id":"a","roles":["agent","other"]},%s"args":{"amount":%s}}"""
CALLS = [CALL % ('"time":"2026-01-01T00:00Z","environment":"dev",', 1),
         CALL % ('"time":"2026-01-01T00:00Z","environment":"dev",', 10),
         CALL % ('"environment":"dev",', 100), CALL % ("", 100), CALL % ("", '"x"'),
         '{"tool":"pay","args":{"amount":1}}', '{"tool":"other","args":{}}', '{"args":{}}']


def faults(schema, value, whole, at="$"):
    """Where `value` breaks the schema: the words of JSON Schema that the page uses."""
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool,
             "number": (int, float), "null": type(None)}
    kind = schema.get("type")
    if isinstance(kind, list):
        return [] if any(isinstance(value, kinds[one]) for one in kind) else [f"{at}: no {kind}"]
    if kind and (not isinstance(value, kinds[kind]) or kind == "integer" and value is True):
        return [f"{at}: no {kind}"]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is not in the enum")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{at}: {value!r} does not match")
    if kind == "array":
        for index, item in enumerate(value):
            found += faults(schema["items"], item, whole, f"{at}[{index}]")
    if kind == "object":
        known = schema.get("properties", {})
        found += [f"{at}: no {name}" for name in schema.get("required", []) if name not in value]
        for name, item in value.items():
            rest = schema.get("additionalProperties", True)
            if name in known:
                found += faults(known[name], item, whole, f"{at}.{name}")
            elif rest is False:
                found.append(f"{at}: {name} is not in the schema")
            elif isinstance(rest, dict):
                found += faults(rest, item, whole, f"{at}.{name}")
    return found


class Pages(unittest.TestCase):
    maxDiff = None

    def test_the_grammar_is_that_of_the_parser(self):
        text = LANGUAGE.read_text()
        self.assertRegex(text, MARKS)
        new = MARKS.sub(lambda match: match[1] + grammar_text().strip() + match[2], text)
        if os.environ.get("PROVISO_UPDATE"):
            LANGUAGE.write_text(new)
        else:
            self.assertEqual(text, new, "run this with PROVISO_UPDATE=1 and read the difference")

    def test_each_limit_is_told_with_its_value(self):
        header = (ROOT / "include" / "proviso" / "limits.h").read_text()
        page = (ROOT / "docs" / "limits.md").read_text()
        fields = re.findall(r"size_t (\w+) = ([^;]+);", header)
        self.assertTrue(fields)
        for name, written in fields:
            value = written.replace("'", "").replace("u", "")
            number = eval(value)  # a number, or a number shifted: nothing else compiles there
            with self.subTest(name):
                self.assertRegex(page, rf"(?m)^\| `{name}` \| {number:_} \|")
        told = re.findall(r"(?m)^\| `(\w+)` \| [\d_]+ \|", page)
        self.assertEqual(sorted(told), sorted(name for name, _ in fields))

    def test_decisions_are_as_their_schema_says(self):
        schema = json.loads((ROOT / "docs" / "decision.schema.json").read_text())
        with tempfile.TemporaryDirectory(prefix="proviso-docs-") as folder:
            path = f"{folder}/demo.proviso"
            with open(path, "w", encoding="utf-8") as file:
                file.write(POLICY)
            for duties in ([], ["--duty", "log"]):
                for call in CALLS:
                    done = run(PROVISO, "decide", "-p", path, "--format", "json", *duties,
                               folder=folder, stdin=call)
                    with self.subTest(call):
                        decision = json.loads(done.stdout)
                        self.assertEqual(faults(schema, decision, schema), [])

    def test_reports_are_as_their_schema_says(self):
        schema = json.loads((ROOT / "docs" / "simulate.schema.json").read_text())
        recorded = [json.loads(call) | {"id": f"c-{i}", "recorded": {"outcome": "gate"}}
                    for i, call in enumerate(CALLS)]
        with tempfile.TemporaryDirectory(prefix="proviso-docs-") as folder:
            for name, text in [("old.proviso", POLICY.replace("50 USD", "5 USD")),
                               ("new.proviso", POLICY), ("gate.yaml", "min_fidelity: 99 %\n"),
                               ("h", "".join(json.dumps(one) + "\n" for one in recorded) + "{\n")]:
                pathlib.Path(folder, name).write_text(text, encoding="utf-8")
            for more in ([], ["--baseline", "old.proviso", "--gate", "gate.yaml"]):
                done = run(PROVISO, "simulate", "-p", "new.proviso", "--history", "h", "--format",
                           "json", *more, folder=folder)
                with self.subTest(more):
                    report = json.loads(done.stdout)
                    self.assertEqual(faults(schema, report, schema), [])
                    self.assertEqual("comparison" in report, bool(more))

    def test_what_came_of_suites_is_as_its_schema_says(self):
        schema = json.loads((ROOT / "docs" / "test.schema.json").read_text())
        suite = "defaults: {principal: {id: a, roles: [agent]}, environment: dev}\ncases:\n" + "".join(
            f"  - {{name: c {i}, call: {{tool: pay, args: {{amount: {i}}}}}, times: {1 + i % 2},"
            f" expect: allow}}\n" for i in (1, 10, 100)) + "  - {name: d, steps: [{confirm: x}," \
            " {call: {tool: pay, args: {amount: 1}}, expect: block}]}\n"
        with tempfile.TemporaryDirectory(prefix="proviso-docs-") as folder:
            pathlib.Path(folder, "demo.proviso").write_text(POLICY, encoding="utf-8")
            pathlib.Path(folder, "a.test.yaml").write_text(suite, encoding="utf-8")
            for more in ([], ["--coverage"]):
                done = run(PROVISO, "test", ".", "--format", "json", *more, folder=folder)
                with self.subTest(more):
                    report = json.loads(done.stdout)
                    self.assertEqual(faults(schema, report, schema), [])
                    self.assertEqual("coverage" in report, bool(more))
                    self.assertGreater(report["failed"], 0)

    def test_links_lead_somewhere(self):
        for page in pages():
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
                if not target.startswith("http"):
                    with self.subTest(f"{page.relative_to(ROOT)}: {target}"):
                        self.assertTrue((page.parent / target).exists())


unittest.main(verbosity=1)
