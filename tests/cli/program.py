"""Runs the `proviso` program for the tests beside this file.

Each test gets an empty folder of its own with the files of data/ in it, and an environment that
says nothing of colours, terminals or languages.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

DATA = pathlib.Path(__file__).resolve().parent / "data"
PROVISO = os.environ.get("PROVISO", "proviso")
SANITIZED = bool(os.environ.get("PROVISO_SANITIZE"))

# The exit codes of docs/cli.md.
OK, CHECK_FAILED, INVALID_POLICY, BAD_INPUT, BAD_LINES = 0, 1, 2, 3, 4
GATE, BLOCK, REPEAT = 10, 11, 12
INTERNAL, INTERRUPTED, CLOSED_PIPE = 70, 130, 141


def environment(**variables):
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm"}
    plain.update({name: value for name, value in os.environ.items() if name.endswith("_OPTIONS")})
    plain.update(variables)
    return plain


class Running(subprocess.Popen):
    """A program with pipes at all ends, closed when the `with` ends."""

    def __init__(self, command, folder):
        super().__init__(command, cwd=folder, env=environment(), stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def feed(self, block):
        """Whether the program still reads."""
        try:
            self.stdin.write(block)
            self.stdin.flush()
        except BrokenPipeError:
            return False
        return True

    def __exit__(self, *error):
        try:
            self.stdin.close()
        except BrokenPipeError:  # what was still buffered
            pass
        self.stdout.close()
        self.stderr.close()
        self.wait(60)


class ProgramTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="proviso-cli-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        shutil.copytree(DATA, self.folder, dirs_exist_ok=True)

    def run_program(self, *arguments, stdin="", **variables):
        """Runs it to its end; has .returncode, .stdout and .stderr as text."""
        return subprocess.run([PROVISO, *map(str, arguments)], input=stdin.encode(),
                              cwd=self.folder, env=environment(**variables), timeout=120,
                              capture_output=True, check=False)

    def check(self, *arguments, code=OK, stdin="", **variables):
        """As run_program, but with its exit code held to `code`, and texts decoded."""
        done = self.run_program(*arguments, stdin=stdin, **variables)
        done.stdout = done.stdout.decode()
        done.stderr = done.stderr.decode()
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def refused(self, *arguments, said, code=BAD_INPUT, stdin=""):
        """Ends with `code`, nothing on stdout, and a message on stderr that holds `said`."""
        done = self.check(*arguments, code=code, stdin=stdin)
        self.assertEqual(done.stdout, "")
        self.assertIn(said, done.stderr)
        self.assertNotIn("terminate called", done.stderr)
        return done


def main():
    unittest.main(verbosity=1)
