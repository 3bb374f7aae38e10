#!/usr/bin/env python3
"""Holds the tree to its layers and its style laws.

usage: check_layers.py [ROOT]

Layers: every #include of a layer, and every proviso_layer(DEPENDS ...), against layers.txt beside
this file. Style: no C++ file over 600 lines, no line over 100 columns (rows of .def tables
excepted), no folder called src, common, utils or helpers, no note in a comment of work left to do. Prints each breach as
file:line: what is wrong, and exits with 1 where there is one. check_layers_test.py tests it.
"""

import pathlib
import re
import sys

MAX_LINES = 600
MAX_COLUMNS = 100
REFUSED_FOLDERS = {"src", "common", "utils", "helpers"}
CODE_FOLDERS = ["include", "grammar", "engine", "stdlib", "simulator", "report_page", "suites",
                "handbook", "lint", "cli", "tests", "bench"]
CODE_SUFFIXES = {".h", ".cpp", ".def"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
DEPENDS = re.compile(r"proviso_layer\([^)]*?DEPENDS\s+([^)A-Z]*)")
LEFT_TO_DO = re.compile(r"(//|/\*).*\b(TODO|FIXME|XXX|HACK)\b")


class Layer:
    def __init__(self, name, uses, outside):
        self.name, self.uses, self.outside = name, uses, outside


def read_table(path):
    """The layers by folder, in the order of the table, of which each row uses only earlier ones."""
    layers = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, outside, uses = (cell.split() for cell in line.split("|"))
        later = [use for use in uses if use not in layers]
        if later:
            raise SystemExit(f"{path}:{number}: `{later[0]}` is no row above `{name[0]}`")
        layers[name[0]] = Layer(name[0], uses, outside)
    return layers


def layer_of(layers, path):
    """The innermost layer whose folder holds `path`, written from the root; None outside of all."""
    for folder in [str(parent) for parent in pathlib.PurePosixPath(path).parents]:
        if folder in layers:
            return folder
    return None


def include_breach(root, layers, layer, mark, header):
    """What is wrong with one #include of a layer; None where it is allowed."""
    path = f"include/{header}" if header.startswith("proviso/") else header
    target = layer_of(layers, path)
    if mark == '"' or target is not None:
        if target is None or not (root / path).is_file():
            return f'"{header}" is no file of a layer, written from the root of the tree'
        if target != layer.name and target not in layer.uses:
            return f"{layer.name} may not use {target}"
        return None
    standard = "/" not in header and "." not in header
    if standard or any(header == known or (known.endswith("/") and header.startswith(known))
                       for known in layer.outside):
        return None
    return f"{layer.name} may not use the outside header <{header}>"


def style_breaches(lines, suffix):
    if len(lines) > MAX_LINES:
        yield MAX_LINES + 1, f"the file has {len(lines)} lines, {MAX_LINES} at most"
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS and suffix != ".def":
            yield number, f"the line has {len(line)} columns, {MAX_COLUMNS} at most"
        if LEFT_TO_DO.search(line):
            yield number, "a comment speaks of work left to do"


def code_breaches(root, layers, path):
    lines = path.read_text(encoding="utf-8").splitlines()
    relative = path.relative_to(root).as_posix()
    yield from style_breaches(lines, path.suffix)
    layer = layers.get(layer_of(layers, relative))
    if layer is None:
        return
    for number, line in enumerate(lines, 1):
        if found := INCLUDE.match(line):
            breach = include_breach(root, layers, layer, *found.groups())
            if breach:
                yield number, breach


def depends_breaches(layers, name, path):
    """Layers that a folder's CMakeLists.txt links although the table does not allow it."""
    text = path.read_text()
    if found := DEPENDS.search(text):
        for used in found.group(1).split():
            if used not in layers[name].uses:
                number = text[: found.start(1)].count("\n") + 1
                yield number, f"{name} may not link {used}"


def all_breaches(root, layers):
    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_dir() and path.name in REFUSED_FOLDERS:
                yield path, 1, f"no folder is called {path.name}"
            if path.suffix in CODE_SUFFIXES and path.is_file():
                for number, text in code_breaches(root, layers, path):
                    yield path, number, text
    for folder in REFUSED_FOLDERS:
        if (root / folder).is_dir():
            yield root / folder, 1, f"no folder is called {folder}"
    for name in layers:
        path = root / name / "CMakeLists.txt"
        if path.is_file():
            for number, text in depends_breaches(layers, name, path):
                yield path, number, text


def main(arguments):
    here = pathlib.Path(__file__).resolve().parent
    root = pathlib.Path(arguments[1]).resolve() if len(arguments) > 1 else here.parent.parent
    count = 0
    for path, number, text in all_breaches(root, read_table(here / "layers.txt")):
        print(f"{path.relative_to(root)}:{number}: {text}")
        count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
