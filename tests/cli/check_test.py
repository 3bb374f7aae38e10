#!/usr/bin/env python3
"""`proviso check`: diagnostics as text and as JSON, folders, params, compiled sets."""

import json

from program import BAD_INPUT, INVALID_POLICY, ProgramTest, main


class Check(ProgramTest):
    def test_a_good_file(self):
        done = self.check("check", "support.proviso")
        self.assertRegex(done.stdout, r"support\.proviso: ok, demo\.support 1\.2\.0 with \d+ rules"
                                      r".* and 3 tools, (no|\d+) warnings?\n$")
        self.assertEqual(done.stderr, "")

    def test_parts_are_counted_as_coverage_counts_them(self):
        self.write("parts.proviso", """policy p version "1"
attributes { environment : dev | production }
tool t { args { n : int } }
role lead { }
allow a on t
    when environment == dev
default matrix m by environment {
    dev        | allow        |
    production | gate by lead |
}
limit l on t
    count over 1h
        > 3 : gate by lead
        > 5 : block
""")
        self.assertIn("with 1 rule, 2 matrix cells, 2 limit steps and 1 tool, ",
                      self.check("check", "parts.proviso").stdout)

    def test_all_errors_in_one_run(self):
        done = self.check("check", "broken.proviso", code=INVALID_POLICY)
        for place in ["broken.proviso:9:", "broken.proviso:11:", "broken.proviso:14:"]:
            self.assertIn(place, done.stdout)
        self.assertRegex(done.stdout, r"\nbroken\.proviso: \d+ errors")
        self.assertEqual(done.stderr, "")

    def test_a_folder_is_one_set(self):
        self.write("set/a.proviso", 'policy a version "1"\ntool t {\n    tier reversible\n}\n')
        self.write("set/b.proviso", 'policy a version "1"\nblock no_t on t\n')
        self.assertIn("set: ok, a 1 with", self.check("check", "set").stdout)

    def test_files_that_look_like_a_part_of_the_set_and_are_none(self):
        head = 'policy a version "1"\n'
        self.write("set/a.proviso", head + 'import "in/b.proviso"\ntool t { tier reversible }\n')
        for name in ["in/b.proviso", "in/c.proviso", "d.provisio", "e.proviso.txt", "F.PROVISO",
                     "notes.txt", ".old/g.proviso"]:
            self.write(f"set/{name}", head + "block no_t on t\n")
        self.write("set/other/h.proviso", 'policy other version "1"\n')
        for command in ["check", "lint"]:
            told = self.run_program(command, "set").stderr.decode()
            for path, help in [("F.PROVISO", "rename it"), ("d.provisio", "rename it"),
                               ("e.proviso.txt", "rename it"), ("in/c.proviso", "import it")]:
                self.assertRegex(told, f"warning: `set/{path}` has the policy line of `set`, and "
                                       f"takes no part in it\n.*{help}")
            self.assertEqual(told.count("warning:"), 4, told)

    def test_several_paths_are_several_sets(self):
        done = self.check("check", "support.proviso", "broken.proviso", code=INVALID_POLICY)
        self.assertIn("support.proviso: ok", done.stdout)
        self.assertRegex(done.stdout, r"broken\.proviso: \d+ errors")

    def test_json(self):
        done = self.check("check", "broken.proviso", "--format", "json", code=INVALID_POLICY)
        entries = json.loads(done.stdout)
        self.assertGreaterEqual(len(entries), 3)
        for entry in entries:
            self.assertEqual(list(entry), ["code", "severity", "file", "line", "column", "end",
                                           "message", "help"])
            self.assertEqual(list(entry["end"]), ["line", "column"])
            self.assertIn(entry["severity"], ["error", "warning"])
            self.assertEqual(entry["file"], "broken.proviso")
            place, end = (entry["line"], entry["column"]), tuple(entry["end"].values())
            self.assertLessEqual(place, end)

    def test_json_of_a_good_file_is_an_array_of_warnings(self):
        entries = json.loads(self.check("check", "support.proviso", "--format", "json").stdout)
        self.assertTrue(all(entry["severity"] == "warning" for entry in entries))

    def test_a_path_that_cannot_be_read(self):
        self.refused("check", "absent.proviso", said="cannot read `absent.proviso`: No such file")
        broken = self.check("check", "/proc/self/mem", code=INVALID_POLICY).stdout
        self.assertIn("cannot read `/proc/self/mem`: Input/output error", broken)

    def test_the_others_are_checked_all_the_same(self):
        done = self.check("check", "absent", "broken.proviso", "support.proviso", code=BAD_INPUT)
        self.assertIn("cannot read `absent`", done.stderr)
        self.assertIn("support.proviso: ok", done.stdout)

    def test_an_empty_folder(self):
        (self.folder / "empty").mkdir()
        self.check("check", "empty", code=INVALID_POLICY)

    def test_a_file_that_is_no_text(self):
        self.write("noise.proviso", bytes(range(256)) * 8)
        self.check("check", "noise.proviso", code=INVALID_POLICY)
        done = self.check("check", "noise.proviso", "--format", "json", code=INVALID_POLICY)
        self.assertTrue(json.loads(done.stdout))

    def test_params(self):
        self.check("check", "support.proviso", "--param", "refund_cap=300 USD")
        for wrong in ["refund_cap=3000 USD", "refund_cap=lots", "refund_kap=300 USD"]:
            with self.subTest(wrong):
                self.check("check", "support.proviso", "--param", wrong, code=INVALID_POLICY)

    def test_a_param_without_a_value(self):
        self.refused("check", "support.proviso", "--param", "refund_cap", said="NAME=VALUE")

    def test_a_param_takes_one_value_and_leaves_the_paths(self):
        done = self.check("check", "--param", "refund_cap=300 USD", "support.proviso")
        self.assertIn("support.proviso: ok", done.stdout)


class Windows(ProgramTest):
    def test_a_window_that_is_past_is_so_by_the_clock(self):
        policy = ('policy p version "1"\ntool x { }\n'
                  'window w = %s in "UTC"\nallow a on x when time in w\n')
        self.write("past.proviso", policy % "2020-01-01")
        self.assertIn("P1517", self.check("check", "past.proviso").stdout)
        self.write("later.proviso", policy % "2099-12-31")
        self.assertNotIn("P1517", self.check("check", "later.proviso").stdout)


class Colour(ProgramTest):
    def coloured(self, *arguments, **variables):
        done = self.check("check", "broken.proviso", *arguments, code=INVALID_POLICY, **variables)
        return "\x1b[" in done.stdout

    def test_none_into_a_pipe(self):
        self.assertFalse(self.coloured())
        self.assertFalse(self.coloured("--color", "auto"))

    def test_always_and_never(self):
        self.assertTrue(self.coloured("--color", "always"))
        self.assertFalse(self.coloured("--color", "never"))

    def test_who_asks_for_colour_gets_it_in_spite_of_the_environment(self):
        self.assertTrue(self.coloured("--color", "always", NO_COLOR="1"))


main()
