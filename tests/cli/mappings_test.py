#!/usr/bin/env python3
"""`proviso mappings`, and logs of other programs by the name of a shipped mapping file."""

import json
import pathlib

from program import ProgramTest, main

ROOT = pathlib.Path(__file__).resolve().parents[2]

POLICY = """policy p version "1"
tool ping { }
tool pay { args { amount : money in USD } }
role lead { }
allow all on ping, pay
gate large on pay when args.amount > 500 USD by lead
"""
NAMES = ["claude-code-hooks", "mcp-jsonrpc", "opa-decisions", "openai-chat", "otel-genai"]


def completion(*calls):
    return json.dumps({"choices": [{"message": {"tool_calls": [
        {"id": f"c{i}", "function": {"name": name, "arguments": json.dumps(args)}}
        for i, (name, args) in enumerate(calls)]}}]})


class Mappings(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("p.proviso", POLICY)

    def test_lists_them_by_name(self):
        lines = self.check("mappings").stdout.splitlines()
        self.assertEqual([line.split()[0] for line in lines], NAMES)

    def test_prints_one_as_it_is(self):
        for name in NAMES:
            text = (ROOT / "mappings" / f"{name}.map.yaml").read_text(encoding="utf-8")
            self.assertEqual(self.check("mappings", name).stdout, text)
        self.refused("mappings", "otel", said="there is no mapping file `otel`")

    def test_a_history_by_name(self):
        self.write("log.jsonl", completion(("ping", {}), ("pay", {"amount": 812})) + "\n"
                   + completion() + "\n{\n")
        done = self.check("simulate", "-p", "p.proviso", "--history", "log.jsonl",
                          "--map", "openai-chat", "--format", "json", "--decisions", "d.jsonl")
        report = json.loads(done.stdout)
        self.assertEqual((report["outcomes"]["allow"], report["outcomes"]["gate"]), (1, 1))
        self.assertEqual(report["run"]["lines"], 3)
        self.assertEqual(report["run"]["skipped"], 1)
        self.assertEqual(report["bad_lines"][0]["line"], 3)
        self.assertEqual(report["samples"]["gate"][0]["call"], 2)
        places = [json.loads(line) for line in
                  (self.folder / "d.jsonl").read_text(encoding="utf-8").splitlines()]
        self.assertEqual([(one["line"], one["call"]) for one in places], [(1, 1), (1, 2)])
        text = self.check("simulate", "-p", "p.proviso", "--history", "log.jsonl",
                          "--map", "openai-chat").stdout
        self.assertIn("log.jsonl:1#2, c1", text)

    def test_explain_takes_the_one_call_of_a_line(self):
        self.write("one", completion(("pay", {"amount": 812})))
        text = self.check("explain", "-p", "p.proviso", "--receipt", "one",
                          "--map", "openai-chat").stdout
        self.assertIn("large", text)
        self.write("two", completion(("ping", {}), ("ping", {})))
        self.refused("explain", "-p", "p.proviso", "--receipt", "two", "--map", "openai-chat",
                     said="the line holds 2 calls, and one is wanted")
        self.write("none", completion())
        self.refused("explain", "-p", "p.proviso", "--receipt", "none", "--map", "openai-chat",
                     said="the line holds no call")


if __name__ == "__main__":
    main()
