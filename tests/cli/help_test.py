#!/usr/bin/env python3
"""--help and --version, and what wrong use gives."""

import re

from program import BAD_INPUT, ProgramTest, main

SUBCOMMANDS = ["new", "check", "fmt", "compile", "import-tools", "decide", "explain", "disasm",
               "docs", "keygen", "approve", "simulate", "mappings", "history", "test", "halt", "resume",
               "status", "confirm", "cancel", "completion", "man"]


class Help(ProgramTest):
    def test_version(self):
        self.assertRegex(self.check("--version").stdout, r"^proviso \d+\.\d+\.\d+\n$")

    def test_help_lists_the_subcommands_and_the_exit_codes(self):
        text = self.check("--help").stdout
        for name in SUBCOMMANDS:
            self.assertRegex(text, rf"(?m)^  {name} ")
        codes = [int(code) for code in re.findall(r"(?m)^ +(\d+)  ", text)]
        self.assertEqual(codes, [0, 1, 2, 3, 4, 10, 11, 12, 70, 130, 141])

    def test_help_of_each_subcommand_has_examples_of_it(self):
        for name in SUBCOMMANDS:
            with self.subTest(name):
                text = self.check(name, "--help").stdout
                self.assertIn("Examples:\n", text)
                self.assertIn(f"\n  proviso {name} ", text)
                self.assertIn("--color", text)

    def test_help_fits_a_terminal(self):
        for arguments in [["--help"]] + [[name, "--help"] for name in SUBCOMMANDS]:
            for line in self.check(*arguments).stdout.splitlines():
                self.assertLessEqual(len(line), 80, line)

    def test_the_examples_of_help_are_understood(self):
        """They name files that are not there: that, and no option, is what is wrong with them."""
        for path in self.folder.iterdir():
            path.unlink()
        # Those read no file that their examples name, but for a key; their own tests have them.
        for name in set(SUBCOMMANDS) - {"keygen", "approve", "new", "mappings", "completion", "man"}:
            examples = re.findall(r"(?m)^  (?:zcat .* \| )?proviso (.*)$",
                                  self.check(name, "--help").stdout)
            self.assertTrue(examples)
            for example in examples:
                words = [word.strip("'") for word in re.findall(r"'[^']*'|[^' ]+", example)]
                for mark in "<>":
                    words = words[: words.index(mark)] if mark in words else words
                done = self.check(*words, code=BAD_INPUT)
                self.assertIn("cannot read", done.stderr, example)


class WrongUse(ProgramTest):
    def test_no_subcommand(self):
        self.refused(said="a subcommand is required")

    def test_no_such_subcommand(self):
        done = self.refused("chekc", said="there is no subcommand `chekc`")
        self.assertIn("help: did you mean `check`? see proviso --help; the subcommands are new, ",
                      done.stderr)

    def test_subcommands_of_other_programs(self):
        for word, said in [("validate", "proviso check"), ("run", "proviso simulate"),
                           ("init", "proviso new"), ("help", "proviso --help"),
                           ("frobnicate", "see proviso --help; the subcommands are")]:
            done = self.refused(word, "x", said=f"there is no subcommand `{word}`")
            self.assertIn(said, done.stderr)
        done = self.refused("help", "check", said="there is no subcommand `help`")
        self.assertIn("help: write proviso check --help", done.stderr)

    def test_paths_without_their_options(self):
        self.write("calls.jsonl", "")
        done = self.refused("simulate", "support.proviso", "calls.jsonl",
                            said="were not expected: support.proviso calls.jsonl")
        self.assertIn("write --policy support.proviso --history calls.jsonl;", done.stderr)
        done = self.refused("decide", "-p", "support.proviso", "calls.jsonl", said="not expected")
        self.assertIn("write --call calls.jsonl;", done.stderr)

    def test_options_of_other_programs(self):
        for words, said in [
                (["simulate", "--json"], "write --format json;"),
                (["simulate", "--html", "x.html"], "write --report FILE.html;"),
                (["check", "--json", "x"], "write --format json;"),
                (["check", "--strict", "x"], "proviso lint ends with 1"),
                (["keygen", "-o", "y"], "write --out;"),
                (["decide", "--polcy", "x"], "did you mean `--policy`?"),
                (["test", "--param", "cap=5", "x"], "a suite has its own: `params: { NAME: VALUE }`"),
                (["check", "-p", "x"], "write its path alone, without an option;"),
                (["-p", "x", "check"], "write its path alone, without an option;"),
                (["-p", "x", "decide"],
                 "options stand behind the subcommand: proviso decide -p x;"),
                (["--threads=2", "simulate"],
                 "options stand behind the subcommand: proviso simulate --threads=2;"),
                (["keygen", "--json"], "help: see proviso keygen --help")]:
            with self.subTest(words):
                self.assertIn(said, self.refused(*words, said="not expected").stderr)

    def test_a_path_that_is_nearly_there(self):
        done = self.refused("check", "suport.proviso", said="cannot read `suport.proviso`: No such")
        self.assertIn("did you mean `support.proviso`?", done.stderr)

    def test_rules_and_suites_for_each_other(self):
        self.write("a.test.yaml", "cases: []\n")
        done = self.refused("check", "a.test.yaml", said="`a.test.yaml` is a suite, no rules")
        self.assertIn("help: proviso test runs it", done.stderr)
        done = self.refused("test", "support.proviso", said="`support.proviso` holds rules, and is")
        self.assertIn("help: name a suite, or the folder that it lies in;", done.stderr)

    def test_a_set_where_an_option_is_wanted(self):
        for name in ("decide", "explain", "simulate"):
            done = self.refused(name, "support.proviso", said="not expected")
            self.assertIn(f"help: write --policy support.proviso; see proviso {name} --help",
                          done.stderr)
        for words in (["decide", "absent.proviso"], ["approve", "support.proviso"],
                      ["decide", "-p", "support.proviso", "support.proviso"]):
            self.assertNotIn("--policy", self.refused(*words, said="not expected").stderr)

    def test_no_such_option(self):
        done = self.refused("decide", "--polcy", "x", said="not expected")
        self.assertIn("--polcy", done.stderr)
        self.assertIn("see proviso decide --help", done.stderr)

    def test_a_required_option_is_missing(self):
        self.refused("decide", said="--policy is required")
        self.refused("explain", said="--policy is required")
        self.refused("check", said="PATH... is required")
        self.refused("fmt", said="PATH... is required")
        self.refused("test", said="DIR... is required")
        self.refused("disasm", said="POLICY is required")
        self.refused("compile", "support.proviso", said="--output is required")
        self.refused("simulate", "--policy", "support.proviso", said="--history is required")

    def test_a_value_that_is_none_of_the_words(self):
        self.refused("check", "support.proviso", "--format", "xml", said="xml not in {json,text}")
        self.refused("check", "support.proviso", "--color", "red", said="red not in")

    def test_a_number_that_is_none(self):
        self.refused("simulate", "-p", "support.proviso", "--history", "h", "--threads", "two",
                     said="--threads")


main()
