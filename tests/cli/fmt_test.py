#!/usr/bin/env python3
"""`proviso fmt`: in place, --check, --diff, stdin, folders, links, and what is left alone."""

import os
import pathlib
import re
import stat
import threading

from program import BAD_INPUT, CHECK_FAILED, INVALID_POLICY, ProgramTest, main

UNTIDY = 'policy p version "1"\ntool x {tier operational}   # why\n\n\nblock b on x when  a==b\n'
TIDY = ('policy p version "1"\ntool x { tier operational }  # why\n\n'
        'block b on x\n    when a == b\n')
BROKEN = 'policy p version "1"\nblock b on\n'
POLICIES = pathlib.Path(__file__).resolve().parents[2] / "policies"


def patched(before, diff):
    """What `patch` makes of a text by a unified diff of one file."""
    lines, result, at, mark = before.splitlines(keepends=True), [], 0, ""
    for line in diff.splitlines(keepends=True)[2:]:
        hunk = re.match(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@", line)
        if hunk:
            begin = int(hunk[1]) - (1 if int(hunk[2]) else 0)
            result += lines[at:begin]
            at = begin
            assert int(hunk[3]) - (1 if int(hunk[4]) else 0) == len(result), line
        elif line.startswith("\\"):
            result[-1] = result[-1].rstrip("\n") if mark != "-" else result[-1]
        elif line[0] in " -":
            assert lines[at].rstrip("\n") == line[1:].rstrip("\n"), (lines[at], line)
            at += 1
            if line[0] == " ":
                result.append(line[1:])
        else:
            result.append(line[1:])
        mark = line[0]
    return "".join(result + lines[at:])


class InPlace(ProgramTest):
    def test_a_file(self):
        path = self.write("a.proviso", UNTIDY)
        self.assertEqual(self.check("fmt", "a.proviso").stdout, "a.proviso\n")
        self.assertEqual(path.read_text(), TIDY)

    def test_a_file_in_its_form_is_not_written(self):
        path = self.write("a.proviso", TIDY)
        os.utime(path, (1, 1))
        self.assertEqual(self.check("fmt", "a.proviso").stdout, "")
        self.assertEqual(path.stat().st_mtime, 1)

    def test_folders_with_all_below_them(self):
        for name in ["set/a.proviso", "set/deep/er/b.proviso", "set/.git/c.proviso",
                     "set/.d.proviso", "set/e.txt"]:
            self.write(name, UNTIDY)
        (self.folder / "other").mkdir()
        self.write("other/f.proviso", UNTIDY)
        (self.folder / "set/link").symlink_to(self.folder / "other")
        self.assertEqual(self.check("fmt", "set").stdout,
                         "set/a.proviso\nset/deep/er/b.proviso\n")
        self.assertEqual((self.folder / "other/f.proviso").read_text(), UNTIDY)

    def test_a_file_that_is_named_twice(self):
        self.write("set/a.proviso", UNTIDY)
        done = self.check("fmt", "set", "set/a.proviso", "set/../set")
        self.assertEqual(done.stdout, "set/a.proviso\n")

    def test_permissions_stay(self):
        path = self.write("a.proviso", UNTIDY)
        for mode in [0o640, 0o755, 0o600]:
            path.write_text(UNTIDY)
            path.chmod(mode)
            self.check("fmt", "a.proviso")
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), mode)
            self.assertEqual(path.read_text(), TIDY)

    def test_a_link_to_a_file_is_followed(self):
        path = self.write("set/a.proviso", UNTIDY)
        link = self.folder / "link.proviso"
        link.symlink_to("set/a.proviso")
        self.check("fmt", "link.proviso")
        self.assertTrue(link.is_symlink())
        self.assertEqual(path.read_text(), TIDY)

    def test_nothing_is_left_beside_it(self):
        self.write("set/a.proviso", UNTIDY)
        self.check("fmt", "set")
        self.assertEqual(os.listdir(self.folder / "set"), ["a.proviso"])

    def test_line_ends_and_byte_order_mark(self):
        path = self.write("a.proviso", b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode())
        self.check("fmt", "a.proviso")
        self.assertEqual(path.read_bytes(), TIDY.encode())

    def test_a_file_that_may_not_be_written(self):
        if os.geteuid() == 0:
            self.skipTest("root may write anything")
        path = self.write("a.proviso", UNTIDY)
        path.chmod(0o444)
        self.refused("fmt", "a.proviso", said="cannot write `a.proviso`: Permission denied")
        self.assertEqual(path.read_text(), UNTIDY)

    def test_a_folder_that_takes_no_new_file(self):
        if os.geteuid() == 0:
            self.skipTest("root may write anywhere")
        path = self.write("set/a.proviso", UNTIDY)
        path.parent.chmod(0o555)
        self.addCleanup(path.parent.chmod, 0o755)
        self.refused("fmt", "set/a.proviso", said="cannot write")
        self.assertEqual(path.read_text(), UNTIDY)


class Check(ProgramTest):
    def test_names_what_differs_and_changes_nothing(self):
        path = self.write("set/a.proviso", UNTIDY)
        self.write("set/b.proviso", TIDY)
        done = self.check("fmt", "--check", "set", code=CHECK_FAILED)
        self.assertEqual((done.stdout, done.stderr), ("set/a.proviso\n", ""))
        self.assertEqual(path.read_text(), UNTIDY)
        self.assertEqual(self.check("fmt", "--check", "set/b.proviso").stdout, "")

    def test_stdin(self):
        done = self.check("fmt", "--check", "-", stdin=UNTIDY, code=CHECK_FAILED)
        self.assertEqual(done.stdout, "standard input\n")
        self.check("fmt", "--check", "-", stdin=TIDY)

    def test_the_packs_are_in_their_form(self):
        self.assertEqual(self.check("fmt", "--check", POLICIES).stdout, "")


class Diff(ProgramTest):
    def test_it_can_be_applied(self):
        long = "".join(f"param p{i} : int = {i}\n\n{'  ' if i % 7 else ''}# {i}\n\n" * (1 + i % 3)
                       for i in range(200))
        for text in [UNTIDY, UNTIDY.rstrip(), TIDY.rstrip(), "\n\n" + TIDY,
                     'policy p version "1"\n' + long.replace(" = ", "=", 40)]:
            with self.subTest(text[:40]):
                path = self.write("a.proviso", text)
                diff = self.check("fmt", "--diff", "a.proviso").stdout
                self.assertTrue(diff.startswith("--- a.proviso\n+++ a.proviso\n@@ "))
                self.assertEqual(path.read_text(), text)
                self.check("fmt", "a.proviso")
                self.assertEqual(patched(text, diff), path.read_text())

    def test_it_shows_what_differs_alone(self):
        filler = "".join(f"param p{i} : int = {i}\n\n" for i in range(20))
        self.write("a.proviso", 'policy p version "1"\n' + filler + "param q:int = 1\n\n"
                   + filler.rstrip("\n") + "\n")
        diff = self.check("fmt", "--diff", "a.proviso").stdout.splitlines()
        self.assertEqual(len(diff), 3 + 3 + 2 + 3)
        self.assertEqual([line for line in diff[2:] if line[0] in "+-"],
                         ["-param q:int = 1", "+param q : int = 1"])

    def test_with_check(self):
        self.write("a.proviso", UNTIDY)
        self.assertIn("+++", self.check("fmt", "--diff", "--check", "a.proviso",
                                        code=CHECK_FAILED).stdout)

    def test_nothing_differs(self):
        self.assertEqual(self.check("fmt", "--diff", "-", stdin=TIDY).stdout, "")

    def test_colour(self):
        done = self.check("fmt", "--diff", "-", "--color", "always", stdin=UNTIDY)
        self.assertIn("\x1b[", done.stdout)
        self.assertNotIn("\x1b[", self.check("fmt", "--diff", "-", stdin=UNTIDY).stdout)


class Stdin(ProgramTest):
    def test_to_stdout(self):
        self.assertEqual(self.check("fmt", "-", stdin=UNTIDY).stdout, TIDY)
        self.assertEqual(self.check("fmt", "-", stdin=TIDY).stdout, TIDY)
        self.assertEqual(self.check("fmt", "-").stdout, "")

    def test_mistakes_give_no_text(self):
        done = self.refused("fmt", "-", stdin=BROKEN, code=INVALID_POLICY,
                            said="--> standard input:2:11")
        self.assertIn("error[P", done.stderr)

    def test_it_stands_alone(self):
        self.refused("fmt", "-", "support.proviso", said="stands alone")


class LeftAlone(ProgramTest):
    def test_a_file_with_mistakes(self):
        path = self.write("a.proviso", BROKEN)
        self.refused("fmt", "a.proviso", said="--> a.proviso:2:11", code=INVALID_POLICY)
        self.assertEqual(path.read_text(), BROKEN)

    def test_the_others_are_formatted_all_the_same(self):
        self.write("set/a.proviso", BROKEN)
        path = self.write("set/b.proviso", UNTIDY)
        done = self.check("fmt", "absent", "set", code=BAD_INPUT)
        self.assertEqual(done.stdout, "set/b.proviso\n")
        self.assertIn("cannot read `absent`: No such file", done.stderr)
        self.assertIn("a.proviso:2:11", done.stderr)
        self.assertEqual(path.read_text(), TIDY)

    def test_what_only_the_checker_refuses_is_formatted(self):
        self.write("a.proviso", 'policy p version "1"\nblock b on nothing when no==one\n')
        self.check("fmt", "a.proviso")

    def test_a_pipe_with_a_name(self):
        os.mkfifo(self.folder / "pipe")
        writer = threading.Thread(target=(self.folder / "pipe").write_text, args=[UNTIDY])
        writer.start()
        self.refused("fmt", "pipe", said="no regular file")
        writer.join()
        self.assertTrue((self.folder / "pipe").is_fifo())

    def test_noise(self):
        path = self.write("a.proviso", bytes(range(256)) * 8)
        self.check("fmt", "a.proviso", code=INVALID_POLICY)
        self.assertEqual(path.read_bytes(), bytes(range(256)) * 8)

    def test_a_compiled_set(self):
        self.check("compile", "support.proviso", "-o", "s.pvc")
        self.refused("fmt", "s.pvc", said="is compiled")

    def test_a_folder_without_rule_files(self):
        (self.folder / "empty").mkdir()
        self.refused("fmt", "empty", said="has no *.proviso files")

    def test_a_file_that_is_too_large(self):
        self.write("a.proviso", "#" * (17 << 20))
        self.refused("fmt", "a.proviso", said="bytes")


main()
