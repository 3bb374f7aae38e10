"""The faults of faults/*.txt: what they change, and making the change.

A file is a line "# why", a line with the path of a file of the product, and two blocks:

    # Why it matters, in one sentence.
    engine/vm/machine.cpp
    --- old
        the exact text, whole lines
    --- new
        the faulty text

The old text has to stand in the file exactly once; where in the file does not matter.
"""

import dataclasses
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent


class Stale(Exception):
    """A fault that is no fault of this tree any more."""


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str
    why: str
    path: str
    old: str
    new: str

    @property
    def layer(self):
        """engine/vm/machine.cpp is of engine_vm."""
        return "_".join(self.path.split("/")[:-1])


def parse(name, text):
    head, _, rest = text.partition("\n--- old\n")
    old, middle, new = rest.partition("\n--- new\n")
    lines = head.splitlines()
    if len(lines) != 2 or not lines[0].startswith("# ") or not old or not middle:
        raise Stale(f"{name}: not a line of why, a path, `--- old` and `--- new`")
    if not name.startswith(lines[1].split("/")[-2] + "_"):
        raise Stale(f"{name}: its name does not begin with the folder of {lines[1]}")
    return Fault(name, lines[0][2:], lines[1], old + "\n", new)


def applied(fault, text):
    """The text of the fault's file with the fault in it."""
    found = [one.start() for one in re.finditer("(?m)^" + re.escape(fault.old), text)]
    if len(found) != 1:
        raise Stale(f"{fault.name}: its old text stands {len(found)} times in {fault.path}")
    if fault.old == fault.new:
        raise Stale(f"{fault.name}: it changes nothing")
    return text[:found[0]] + fault.new + text[found[0] + len(fault.old):]


def all_faults():
    return [parse(path.stem, path.read_text()) for path in sorted(FOLDER.glob("faults/*.txt"))]
