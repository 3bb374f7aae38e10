"""The table in README.md: a row a fault, between two markers. Rows of faults that are not run
keep what they say. Above it, how many there are in which part."""

import collections
import html
import pathlib

import faultlist

README = faultlist.FOLDER / "README.md"
BEGIN = "<!-- table -->\n"
END = "<!-- end of table -->\n"
COUNT_BEGIN = "<!-- count -->\n"
COUNT_END = "<!-- end of count -->\n"
HEAD = "| fault | what it does | noticed by | laws alone |\n|---|---|---|---|\n"
SURVIVES = "**none**"
NOT_ASKED = "?"


def rows(text):
    """name -> [why, noticed by, laws]"""
    inside = text.partition(BEGIN)[2].partition(END)[0]
    lines = inside.removeprefix(HEAD).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return {one[0].strip("`"): one[1:] for one in cells}


def print_rows(table):
    lines = [f"| `{name}` | " + " | ".join(cells) + " |\n" for name, cells in sorted(table.items())]
    return HEAD + "".join(lines)


def shown(text):
    return html.unescape(text).replace("|", "/")


def part_of(path):
    """engine/vm/machine.cpp is of engine/vm, simulator/replay/lanes.cpp of simulator."""
    folders = pathlib.PurePosixPath(path).parts[:-1]
    return "/".join(folders[:2] if folders[0] == "engine" else folders[:1])


def counted(faults):
    parts = collections.Counter(part_of(fault.path) for fault in faults)
    rows = "".join(f"| `{part}` | {count} |\n" for part, count in sorted(parts.items()))
    return f"| part | faults |\n|---|---|\n{rows}| all | {sum(parts.values())} |\n"


def replaced(text, begin, end, inside):
    head, _, rest = text.partition(begin)
    return head + begin + inside + end + rest.partition(end)[2]


def record(fault, caught_by, laws):
    text = README.read_text()
    table = rows(text)
    before = table.get(fault.name, ["", "", NOT_ASKED])
    if laws == NOT_ASKED:
        said = before[2]
    else:
        said = shown(laws) if laws else "no"
    table[fault.name] = [shown(fault.why), shown(caught_by) or SURVIVES, said]
    faults = faultlist.all_faults()
    known = {one.name for one in faults}
    table = {name: cells for name, cells in table.items() if name in known}
    text = replaced(text, COUNT_BEGIN, COUNT_END, counted(faults))
    README.write_text(replaced(text, BEGIN, END, print_rows(table)))
