#!/usr/bin/env python3
"""`proviso completion` and `proviso man`: all that --help tells is in each of them, and bash's runs."""

import re
import shutil
import subprocess
import unittest

from program import PROVISO, ProgramTest, environment, main

SHELLS = ("bash", "zsh", "fish")


class Made(ProgramTest):
    def commands(self):
        return re.findall(r"(?m)^  ([a-z][a-z-]*)   ", self.check("--help").stdout)

    def options_of(self, command):
        """As the list of --help has them, examples left out."""
        text = self.check(*([command] if command else []), "--help").stdout
        listed = re.findall(r"(?m)^  (-\S+)", text.split("\nExamples:")[0])
        return [name for names in listed for name in names.split(",")]

    def script(self, shell):
        return self.check("completion", shell).stdout


class Completion(Made):
    def in_bash(self, script):
        done = subprocess.run(["bash", "--norc", "-c", script], cwd=self.folder, timeout=60,
                              env=environment(), capture_output=True, encoding="utf-8", check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def offered(self, *words):
        """What bash offers for the last of the words."""
        quoted = " ".join(f"'{word}'" for word in ("proviso", *words))
        return self.in_bash(f"{self.script('bash')}\nCOMP_WORDS=({quoted})\n"
                            f"COMP_CWORD={len(words)}\n_proviso\n"
                            'printf "%s\\n" "${COMPREPLY[@]}"').split()

    def test_bash_knows_it(self):
        told = self.in_bash(f"source <('{PROVISO}' completion bash)\ncomplete -p proviso")
        self.assertEqual(told, "complete -o default -F _proviso proviso\n")

    def test_bash_offers_each_subcommand(self):
        commands = self.commands()
        self.assertGreater(len(commands), 15)
        self.assertEqual(self.offered(""), commands + self.options_of(None))
        self.assertEqual(self.offered("sim"), ["simulate"])
        self.assertEqual(self.offered("--v"), ["--version"])

    def test_bash_offers_each_option(self):
        for command in self.commands():
            with self.subTest(command):
                options = self.options_of(command)
                self.assertIn("--color", options)
                self.assertEqual(self.offered(command, "-"), options)
        self.assertEqual(self.offered("decide", "--policy", "x", "--rec"), ["--receipt"])

    def test_bash_offers_the_words_that_an_option_takes(self):
        self.assertEqual(self.offered("lint", "--format", ""), ["json", "junit", "sarif", "text"])
        self.assertEqual(self.offered("simulate", "--format", "j"), ["json", "junit"])
        self.assertEqual(sorted(self.offered("check", "x", "--color", "a")), ["always", "auto"])
        self.assertEqual(self.offered("completion", ""), ["bash", "zsh", "fish"])
        self.assertEqual(self.offered("lint", "--now", ""), [])

    def test_all_shells_have_the_words(self):
        zsh, fish = self.script("zsh"), self.script("fish")
        self.assertIn(":FORMAT:(json junit sarif text)'", zsh)
        self.assertRegex(fish, r"from lint' -l format -r -f -a 'json junit sarif text' ")

    def test_bash_leaves_files_to_itself(self):
        self.assertEqual(self.offered("check", "sup"), [])

    def test_zsh_and_fish_have_each_subcommand_and_option(self):
        zsh, fish = self.script("zsh"), self.script("fish")
        for command in self.commands():
            of_zsh = re.search(rf"(?ms)^        {command}\)\n(.*?);;", zsh)[1]
            self.assertRegex(zsh, rf"(?m)^        '{command}:\w")
            self.assertRegex(fish, rf"(?m)^complete -c proviso -n __fish_use_subcommand -f "
                                   rf"-a {command} -d '\w")
            of_fish = "".join(line for line in fish.splitlines(keepends=True)
                              if f"'__fish_seen_subcommand_from {command}'" in line)
            for option in self.options_of(command):
                self.assertIn(f"*{option}[", of_zsh)
                word = f" -l {option[2:]} " if option.startswith("--") else f" -s {option[1:]} "
                self.assertIn(word, of_fish)

    def test_they_are_scripts_that_their_shells_read(self):
        for shell in SHELLS:
            if shutil.which(shell) is None:
                continue
            path = self.write(f"script.{shell}", self.script(shell))
            done = subprocess.run([shell, "-n", path], capture_output=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, b""), shell)

    def test_another_shell(self):
        self.refused("completion", "csh", said="csh not in {bash,zsh,fish}")
        self.refused("completion", said="SHELL is required")


class Man(Made):
    def test_it_has_each_subcommand_and_option(self):
        page = self.check("man").stdout
        sections = re.findall(r"(?ms)^\.SS (\S+)\n(.*?)(?=^\.S[SH] )", page)
        self.assertEqual([name.replace("\\-", "-") for name, _ in sections], self.commands())
        for name, text in sections:
            command = name.replace("\\-", "-")
            for option in self.options_of(command):
                self.assertIn("\\fB" + option.replace("-", "\\-") + "\\fR", text)

    @unittest.skipIf(shutil.which("groff") is None, "groff is not installed")
    def test_groff_sets_it_without_a_warning(self):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], timeout=60, check=False,
                              input=self.check("man").stdout.encode(), capture_output=True)
        self.assertEqual((done.returncode, done.stderr.decode()), (0, ""))

    def test_no_line_is_a_request_by_chance(self):
        known = {".TH", ".SH", ".SS", ".TP", ".PP", ".nf", ".fi"}
        page = self.check("man").stdout
        self.assertEqual({line.split()[0] for line in page.splitlines() if line[:1] in (".", "'")},
                         known)


main()
