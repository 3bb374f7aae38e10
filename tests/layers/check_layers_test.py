#!/usr/bin/env python3
"""Shows that check_layers.py finds each kind of breach, in trees that are written for it."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).resolve().parent / "check_layers.py"


def check(files):
    """The lines that the check prints for a tree of these files."""
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = pathlib.Path(root) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        done = subprocess.run([sys.executable, CHECK, root], capture_output=True, text=True)
        lines = done.stdout.splitlines()
        if done.stderr or done.returncode != (1 if lines else 0):
            raise AssertionError(f"exit {done.returncode}: {done.stderr}")
        return lines


class CheckLayers(unittest.TestCase):
    def test_allowed(self):
        self.assertEqual(check({
            "include/proviso/limits.h": "#include <cstdint>\n",
            "engine/model/value.h": "#include <proviso/limits.h>\n#include <openssl/evp.h>\n",
            "engine/vm/run.h": '#include "engine/model/value.h"\n#include <re2/re2.h>\n',
            "engine/vm/run.cpp": '#include "engine/vm/run.h"\n',
            "engine/engine.cpp": '#include "engine/vm/run.h"\n',
            "simulator/history/bytes.cpp": "#include <zlib.h>\n",
            "engine/vm/CMakeLists.txt": "proviso_layer(DEPENDS engine/model LIBS RE2::RE2)\n",
        }), [])

    def test_wrong_direction(self):
        self.assertEqual(check({
            "engine/vm/run.h": "",
            "engine/model/value.h": '#pragma once\n#include "engine/vm/run.h"\n',
        }), ["engine/model/value.h:2: engine/model may not use engine/vm"])

    def test_inner_layer_is_not_its_folder(self):
        self.assertEqual(check({
            "engine/decide/store.h": "",
            "simulator/replay.cpp": '#include "engine/decide/store.h"\n',
        }), ["simulator/replay.cpp:1: simulator may not use engine/decide"])

    def test_angle_brackets_hide_nothing(self):
        self.assertEqual(check({
            "grammar/ast.h": "",
            "engine/vm/run.h": "#include <grammar/ast.h>\n",
        }), ["engine/vm/run.h:1: engine/vm may not use grammar"])

    def test_outside_header(self):
        self.assertEqual(check({"engine/vm/run.h": "#include <fmt/core.h>\n"}),
                         ["engine/vm/run.h:1: engine/vm may not use the outside header"
                          " <fmt/core.h>"])
        self.assertEqual(check({"engine/vm/run.h": "#include <unistd.h>\n"}),
                         ["engine/vm/run.h:1: engine/vm may not use the outside header"
                          " <unistd.h>"])

    def test_path_not_from_the_root(self):
        for header in ["value.h", "../model/value.h", "tests/golden/diff.h"]:
            self.assertEqual(check({
                "engine/model/value.h": "",
                "tests/golden/diff.h": "",
                "engine/model/value.cpp": f'#include "{header}"\n',
            }), [f'engine/model/value.cpp:1: "{header}" is no file of a layer, written from the'
                 " root of the tree"])

    def test_link(self):
        self.assertEqual(
            check({"engine/vm/CMakeLists.txt": "proviso_layer(\n  DEPENDS engine/model grammar)\n"}),
            ["engine/vm/CMakeLists.txt:2: engine/vm may not link grammar"])

    def test_style(self):
        long_line = "// " + "x" * 98
        self.assertEqual(check({"cli/main.cpp": f"//\n{long_line}\n"}),
                         ["cli/main.cpp:2: the line has 101 columns, 100 at most"])
        self.assertEqual(check({"cli/main.cpp": "// ü" + "é" * 96 + "\n" * 600}), [])
        self.assertEqual(check({"tests/unit/a_test.cpp": "\n" * 601}),
                         ["tests/unit/a_test.cpp:601: the file has 601 lines, 600 at most"])
        self.assertEqual(check({"bench/vm.cpp": "int x;  // FIX" "ME later\n"}),
                         ["bench/vm.cpp:1: a comment speaks of work left to do"])
        self.assertEqual(check({"bench/vm.cpp": 'auto code = "XXX";\n'}), [])

    def test_folder(self):
        self.assertEqual(check({"engine/utils/a.h": "", "src/a.h": ""}),
                         ["engine/utils:1: no folder is called utils",
                          "src:1: no folder is called src"])


if __name__ == "__main__":
    unittest.main()
