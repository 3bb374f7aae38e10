#!/usr/bin/env python3
"""`proviso new`: what it writes holds, and where it refuses it writes nothing."""

import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess

from program import BAD_INPUT, GATE, PROVISO, ProgramTest, environment, main

ROOT = pathlib.Path(__file__).resolve().parents[2]
POLICIES = ROOT / "policies"
PACKS = sorted(path.name for path in POLICIES.iterdir() if path.is_dir())
# Holidays that are over: what passes with the years and not with an edit.
OF_THE_CALENDAR = "P1517"


def tree(folder):
    """Each file and folder below, hidden ones included, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
            for path in folder.rglob("*")}


class NewTest(ProgramTest):
    def setUp(self):
        super().setUp()
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def holds(self, folder, name):
        """Checks without a warning, is in form, passes its suites."""
        checked = self.check("check", folder)
        warnings = set(re.findall(r"(?m)^warning\[(P\d+)\]", checked.stdout)) - {OF_THE_CALENDAR}
        self.assertEqual(warnings, set(), checked.stdout)
        self.assertIn(f"{folder}: ok, {name} ", checked.stdout)
        self.check("fmt", "--check", folder)
        self.assertRegex(self.check("test", folder).stdout, r"\d+ cases, passed in \d+ suite")

    def nothing_written(self, *arguments, said):
        before = tree(self.folder)
        done = self.refused("new", *arguments, said=said)
        self.assertEqual(tree(self.folder), before)
        return done


class New(NewTest):
    def test_the_first_set_holds(self):
        self.check("new", "my-desk")
        self.holds("my-desk", "my_desk")
        files = tree(self.folder / "my-desk")
        self.assertIn("tests/first.test.yaml", files)
        rules = b"".join(text for name, text in files.items() if name.endswith(".proviso"))
        for word in (b"policy", b"tool", b"role", b"authority", b"default matrix", b"allow",
                     b"gate", b"approval", b"window", b"limit", b"example", b"##"):
            self.assertRegex(rules, rb"(?m)^" + word + rb" ")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["my-desk"])

    def test_each_step_that_it_names_is_one(self):
        printed = self.check("new", "it's a desk", "--name", "acme.desk").stdout
        steps = re.findall(r"(?m)^  proviso (.*)$", printed)
        self.assertEqual([step.split()[0] for step in steps], ["check", "test", "decide"])
        codes = [subprocess.run(["bash", "-c", f'"$0" {step}', PROVISO], cwd=self.folder,
                                env=environment(), capture_output=True, check=False).returncode
                 for step in steps]
        self.assertEqual(codes, [0, 0, GATE])

    def test_each_pack_is_a_copy_that_holds(self):
        for pack in PACKS:
            with self.subTest(pack):
                folder = f"sets/{pack}-copy"
                printed = self.check("new", folder, "--pack", pack).stdout
                name = re.match(r"policy (\S+) ", next(
                    (POLICIES / pack).glob("*.proviso")).read_text())[1]
                self.holds(folder, name)
                self.is_copy(self.folder / folder, pack, folder)
                steps = re.findall(r"(?m)^  proviso (\S+)", printed)
                self.assertEqual(steps, ["check", "test", "simulate"])

    def is_copy(self, folder, pack, shown):
        original = {name: text for name, text in tree(POLICIES / pack).items()
                    if not name.endswith((".py", ".pyc", "__pycache__"))}
        readme = original["README.md"].decode().replace(f"policies/{pack}", shown)
        original["README.md"] = readme.encode()
        self.assertEqual(tree(folder), original)
        self.assertIn(f"proviso check {shown}\n", readme)

    def test_each_pack_holds_under_another_name(self):
        for pack in PACKS:
            with self.subTest(pack):
                self.check("new", pack, "--pack", pack, "--name", "acme.desk-2")
                self.holds(pack, "acme.desk-2")

    def test_a_replay_of_a_pack_runs(self):
        printed = self.check("new", "desk", "--pack", "support").stdout
        step = re.search(r"(?m)^  proviso (simulate .*)$", printed)[1]
        self.assertIn("2,500 calls", self.check(*step.split()).stdout)

    def test_the_list_has_each_pack_with_what_it_is(self):
        lines = self.check("new", "--list").stdout.splitlines()
        self.assertEqual([line.split()[0] for line in lines], PACKS)
        self.assertIn("  support         an assistant at a customer desk", lines)
        self.assertEqual(tree(self.folder), {})

    def test_an_empty_folder_is_filled_and_stays_the_same_one(self):
        desk = self.folder / "desk"
        desk.mkdir(mode=0o750)
        before = desk.stat()
        self.check("new", "desk/")
        self.holds("desk", "desk")
        self.assertEqual((desk.stat().st_ino, desk.stat().st_mode), (before.st_ino, before.st_mode))
        self.assertFalse([name for name in tree(desk) if name.startswith(".")])

    def test_the_folder_that_one_is_in(self):
        self.check("new", ".", "--name", "here")
        self.holds(".", "here")

    def test_new_folders_are_as_others(self):
        (self.folder / "plain").mkdir()
        self.check("new", "a/b")
        for name in ("a", "a/b", "a/b/tests"):
            self.assertEqual((self.folder / name).stat().st_mode,
                             (self.folder / "plain").stat().st_mode)

    def test_names_that_folders_give(self):
        for folder, name in (("9 lives", "policy_9_lives"), ("when", "when"), ("Ü", "__")):
            with self.subTest(folder):
                self.check("new", folder)
                self.holds(folder, name)


class Refused(NewTest):
    def test_a_folder_that_is_not_empty(self):
        self.write("desk/.hidden", "x")
        self.nothing_written("desk", said="the folder `desk` is not empty")

    def test_a_file(self):
        self.write("desk", "x")
        self.nothing_written("desk", said="`desk` is there, and is no folder")
        self.nothing_written("desk/below", said="cannot write")

    def test_a_link_to_nowhere(self):
        os.symlink("nowhere", self.folder / "desk")
        self.nothing_written("desk", said="`desk` is there, and is no folder")

    def test_a_pack_that_is_none(self):
        done = self.nothing_written("desk", "--pack", "suport", said="did you mean `support`?")
        for pack in PACKS:
            self.assertRegex(done.stderr, rf"(?m)^  {pack}  +\S")
        self.nothing_written("desk", "--pack", "starter", said="no pack `starter`")
        self.nothing_written("desk", "--pack", "", said="no pack ``")

    def test_a_name_that_is_none(self):
        for name in ("", "a\nb", 'a version "1"\n#', "\x1b[31m", "a\tb"):
            with self.subTest(name):
                self.nothing_written("desk", "--name", name, said="is no name of a policy")

    def test_no_folder_named(self):
        self.nothing_written(said="DIR is required")
        self.nothing_written("", said="DIR is required")

    def test_a_disk_that_takes_no_more(self):
        """The rules fit and the history does not: neither is there in the end."""
        def little_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

        (self.folder / "empty").mkdir()
        for folder in ("a/b/desk", "empty"):
            done = subprocess.run([PROVISO, "new", folder, "--pack", "banking"], cwd=self.folder,
                                  env=environment(), preexec_fn=little_room, timeout=120,
                                  capture_output=True, check=False)
            self.assertEqual(done.returncode, BAD_INPUT, done.stderr)
            self.assertIn(f"cannot write `{folder}/demo/history.jsonl`: File too large",
                          done.stderr.decode())
            self.assertEqual(tree(self.folder), {"empty": None})


main()
