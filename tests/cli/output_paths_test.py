#!/usr/bin/env python3
"""What a subcommand writes never takes the place of what it reads, or of what people write."""

import os

from program import ProgramTest, main

SUITE = """policy: support.proviso
cases:
    - case: none is such
      call: { tool: drop_database, args: {} }
      expect: { outcome: block, reason: unknown_tool }
"""
GATE = "max_newly_allowed: 0\n"
CALL = '{"tool": "drop_database", "args": {}}\n'
MAP = "fields: { tool: /tool, args: /args }\n"


class OutputPaths(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("support.test.yaml", SUITE)
        self.write("gate.yaml", GATE)
        self.write("calls.jsonl", CALL)
        self.write("m.map.yaml", MAP)

    def refused_and_kept(self, *arguments, said):
        before = {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}
        self.refused(*arguments, said=said)
        after = {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}
        self.assertEqual(before, after)

    def test_a_replay(self):
        run = ["simulate", "-p", "support.proviso", "--baseline", "support.proviso",
               "--history", "calls.jsonl"]
        for option in "--report", "--changes", "--decisions", "--checkpoint":
            for path, read_by in (("calls.jsonl", "--history"), ("./calls.jsonl", "--history"),
                                  ("support.proviso", "--policy")):
                self.refused_and_kept(*run, option, path,
                                      said=f"{option} would write over `{path}`, which {read_by} reads")
        self.refused_and_kept(*run, "--gate", "gate.yaml", "--report", "gate.yaml",
                              said="which --gate reads")
        self.refused_and_kept(*run, "--report", "support.test.yaml", said="which is no report")
        self.refused(*run, "--report", "page.PDF", said="it writes a page, in HTML")
        self.refused_and_kept(*run, "--report", "o.html", "--changes", "./o.html",
                              said="--changes would write over `./o.html`, which --report writes")
        os.link(self.folder / "calls.jsonl", self.folder / "linked.jsonl")
        self.refused_and_kept(*run, "--decisions", "linked.jsonl", said="which --history reads")

    def test_folders_and_patterns_of_histories(self):
        run = ["simulate", "-p", "support.proviso", "--history", "*.jsonl"]
        self.refused_and_kept(*run, "--changes", "calls.jsonl", said="which --history reads")

    def test_pages_reports_and_packed_histories(self):
        self.refused_and_kept("docs", "support.proviso", "--output", "support.proviso",
                              said="which PATH reads")
        self.refused_and_kept("test", ".", "--format", "json", "--output", "support.test.yaml",
                              said="which is no report")
        self.refused_and_kept("test", ".", "--coverage-html", "support.proviso",
                              said="which is no report")
        self.refused_and_kept("history", "pack", "calls.jsonl", "-o", "support.proviso",
                              said="which is no report")

    def test_reports_take_the_place_of_older_ones_and_devices_are_written_to(self):
        run = ["simulate", "-p", "support.proviso", "--history", "calls.jsonl"]
        for _ in range(2):
            self.check(*run, "--report", "o.html", "--decisions", "d.jsonl")
        self.check(*run, "--decisions", "/dev/null", "--report", "/dev/null")


if __name__ == "__main__":
    main()
