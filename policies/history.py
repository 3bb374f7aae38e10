"""What the generators of the packs' demo histories share: dice, people and Proviso receipts.

Used by policies/*/demo/generate.py. The same seed gives the same bytes in every Python: draws come
from random() alone. tests/policies/pack_test.py makes each history again and compares.
"""

import datetime
import json
import random
import sys

# What the people of a history said of a call that waited, and how often.
VERDICTS = (("approved", "approve", 70), ("rejected", "reject", 20), ("edited", "edit", 10))


class Dice:
    """Numbers that depend on the seed and on nothing else."""

    def __init__(self, seed):
        self._random = random.Random(seed).random

    def chance(self, share):
        return self._random() < share

    def below(self, end):
        return int(self._random() * end)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def one_of(self, things):
        return things[self.below(len(things))]

    def weighted(self, choices):
        """The first member of one of `choices`, whose last members are weights."""
        mark = self._random() * sum(choice[-1] for choice in choices)
        for choice in choices:
            mark -= choice[-1]
            if mark < 0:
                return choice[0]
        return choices[-1][0]

    def amount(self, low, high):
        return round(low + self._random() * (high - low), 2)


def stamp(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def recorded(dice, outcome, role, people, time, verdict=None):
    """What was decided at the time; a call that waited nearly always has somebody's verdict."""
    told = {"outcome": outcome, "policy": {"name": "habits", "version": "2026"}}
    if outcome == "gate" and (verdict or dice.chance(0.9)):
        verdict = verdict or dice.weighted([(name, share) for name, _, share in VERDICTS])
        word = next(word for name, word, _ in VERDICTS if name == verdict)
        answered = time + datetime.timedelta(minutes=dice.between(3, 200))
        told["verdict"] = verdict
        told["approvals"] = [{"by": dice.one_of(people), "roles": [role],
                              "requested_at": stamp(time), "at": stamp(answered),
                              "verdict": word}]
    return told


def was_done(told):
    """Whether a recorded call was carried out."""
    if told["outcome"] == "gate":
        return told.get("verdict") in ("approved", "edited")
    return told["outcome"] != "block"


def receipt(told, **members):
    """One receipt, whose members come in the order in which they are given."""
    line = {"format": "proviso-receipt-1"}
    line.update((name, value) for name, value in members.items() if value is not None)
    line["recorded"] = told
    line["result"] = {"status": "ok" if was_done(told) else "not_executed"}
    return line


def write(lines, count):
    """The first `count` receipts, one a line, to stdout."""
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    for _, line in zip(range(count), lines):
        sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
