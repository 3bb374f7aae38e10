#!/usr/bin/env python3
"""What a person at a terminal sees: colours, wrapped lines, a progress bar. Runs the program in a
pseudo-terminal."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios

from calls import receipt
from program import PROVISO, ProgramTest, environment, main

COLUMNS = 60


class Terminal(ProgramTest):
    def show(self, *arguments, stdin=b"", only_stderr=False, **variables):
        """What the program sends to a terminal of COLUMNS columns."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
        out = subprocess.DEVNULL if only_stderr else slave
        process = subprocess.Popen([PROVISO, *arguments], cwd=self.folder,
                                   env=environment(**variables), stdin=subprocess.PIPE,
                                   stdout=out, stderr=slave)
        os.close(slave)
        process.stdin.write(stdin)
        process.stdin.close()
        shown = b""
        while select.select([master], [], [], 60)[0]:
            try:
                block = os.read(master, 65536)
            except OSError:  # Linux's way to say that nobody writes any more
                break
            if not block:
                break
            shown += block
        os.close(master)
        process.wait(60)
        return shown.decode().replace("\r\n", "\n")

    def decide(self, *arguments, **variables):
        return self.show("decide", "-p", "support.proviso", *arguments,
                         stdin=receipt("600.00").encode(), **variables)

    def test_colour(self):
        self.assertIn("\x1b[1;33mGATE\x1b[0m", self.decide())

    def test_no_color(self):
        self.assertNotIn("\x1b[", self.decide(NO_COLOR="1"))
        self.assertIn("\x1b[", self.decide(NO_COLOR=""))
        self.assertIn("\x1b[", self.decide("--color", "always", NO_COLOR="1"))

    def test_a_dumb_terminal(self):
        self.assertNotIn("\x1b[", self.decide(TERM="dumb"))

    def test_never(self):
        self.assertNotIn("\x1b[", self.decide("--color", "never"))

    def test_lines_wrap_at_the_terminals_width(self):
        call = receipt("600.00", attributes={"customer": {"tier": "silver"}})
        for command in ["decide", "explain"]:
            shown = self.show(command, "-p", "support.proviso", "--color", "never",
                              stdin=call.encode())
            self.assertIn("large_refund", shown)
            for line in shown.splitlines():
                self.assertLessEqual(len(line), COLUMNS, line)

    def test_json_never_wraps(self):
        self.assertEqual(self.decide("--format", "json").count("\n"), 1)

    def test_diagnostics_have_colour(self):
        shown = self.show("check", "broken.proviso")
        self.assertIn("\x1b[", shown)
        self.assertNotIn("\x1b[", self.show("check", "broken.proviso", NO_COLOR="1"))

    def test_a_progress_bar_that_goes_away(self):
        self.write("calls.jsonl", (receipt("20.00") + "\n") * 60000)
        shown = self.show("simulate", "-p", "support.proviso", "--history", "calls.jsonl",
                          "--threads", "1", only_stderr=True, NO_COLOR="1")
        self.assertRegex(shown, r"\r\[#+-*\] +\d+%  [\d,]+ lines")
        self.assertRegex(shown, r"[\d,]+/s")
        for line in re.split(r"[\r\n]", shown.replace("\x1b[K", "")):
            self.assertLess(len(line), COLUMNS)
        self.assertTrue(shown.endswith("\r\x1b[K"), "the line is taken away at the end")


main()
