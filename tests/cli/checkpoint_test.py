#!/usr/bin/env python3
"""`proviso simulate --checkpoint`: killed at any moment, a run goes on where it was."""

import json
import random
import signal
import subprocess
import time

from calls import receipt
from program import BAD_INPUT, INTERRUPTED, OK, PROVISO, ProgramTest, environment, main

LIMIT = "\nlimit few on issue_refund count over 1d > 5_000 : gate by support_lead\n"
LINES = 60_000
TIMEOUT = 120


class Checkpoints(ProgramTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(7)
        self.write("limited.proviso", (self.folder / "support.proviso").read_text() + LIMIT)

    def history(self, lines):
        amounts = ["20.00", "200.00", "600.00", "99999.00"]
        kinds = [receipt(amount) + "\n" for amount in amounts] + ["no call\n", "\n"]
        self.write("calls.jsonl", "".join(self.random.choices(kinds, [30, 20, 5, 5, 1, 1], k=lines)))

    def arguments(self, policy, *more):
        return ["simulate", "-p", policy, "--baseline", "support.proviso", "--history",
                "calls.jsonl", "--format", "json", "--decisions", "decisions.jsonl", *more]

    def finished(self, policy, *more):
        report = json.loads(self.check(*self.arguments(policy, *more)).stdout)
        for name in ["seconds", "threads"]:
            report["run"].pop(name)
        return report, (self.folder / "decisions.jsonl").read_text()

    def kill_once(self, policy, seconds):
        """Whether the run was still under way then."""
        command = [PROVISO, *self.arguments(policy, "--checkpoint", "run", "--checkpoint-every", "0")]
        with subprocess.Popen(command, cwd=self.folder, env=environment(),
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                child.kill()
            return child.wait(TIMEOUT) == -signal.SIGKILL

    def kill_until_done(self, policy):
        started = time.monotonic()
        expected = self.finished(policy)
        whole = time.monotonic() - started
        kills = taken_up = 0
        while self.kill_once(policy, self.random.uniform(0, whole / 3) + 0.02):
            kills += 1
            taken_up += (self.folder / "run").exists()
            if kills == 12:
                break
        self.assertGreater(taken_up, 0, f"killed {kills} times")
        self.assertEqual(self.finished(policy, "--checkpoint", "run"), expected)
        self.assertFalse((self.folder / "run").exists(), "a run that is done leaves none")

    def test_killed_at_random(self):
        self.history(LINES)
        self.kill_until_done("support.proviso")

    def test_killed_at_random_with_limits(self):
        self.history(LINES // 2)
        self.kill_until_done("limited.proviso")

    def test_interrupted(self):
        self.history(LINES)
        expected = self.finished("support.proviso")
        command = [PROVISO, *self.arguments("support.proviso", "--checkpoint", "run")]
        with subprocess.Popen(command, cwd=self.folder, env=environment(), stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as child:
            time.sleep(0.05)
            child.send_signal(signal.SIGINT)
            child.communicate(timeout=TIMEOUT)
        self.assertIn(child.returncode, [INTERRUPTED, OK, -signal.SIGINT])
        done = self.check(*self.arguments("support.proviso", "--checkpoint", "run"))
        report = json.loads(done.stdout)
        self.assertEqual(report["run"]["digest"], expected[0]["run"]["digest"])

    def test_another_run(self):
        self.history(100)
        self.write("run", "nothing of the kind")
        done = self.check(*self.arguments("support.proviso", "--checkpoint", "run"), code=BAD_INPUT)
        self.assertIn("no checkpoint", done.stderr)
        self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    main()
