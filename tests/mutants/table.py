"""The table in README.md: a row a fault, between two markers. Rows of faults that are not run
keep what they say."""

import html

import faultlist

README = faultlist.FOLDER / "README.md"
BEGIN = "<!-- table -->\n"
END = "<!-- end of table -->\n"
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


def record(fault, caught_by, laws):
    text = README.read_text()
    table = rows(text)
    before = table.get(fault.name, ["", "", NOT_ASKED])
    if laws == NOT_ASKED:
        said = before[2]
    else:
        said = shown(laws) if laws else "no"
    table[fault.name] = [shown(fault.why), shown(caught_by) or SURVIVES, said]
    known = {one.name for one in faultlist.all_faults()}
    table = {name: cells for name, cells in table.items() if name in known}
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    README.write_text(head + BEGIN + print_rows(table) + END + tail)
