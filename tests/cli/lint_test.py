#!/usr/bin/env python3
"""`proviso lint`: its exit codes, its forms, what is silenced, what is past."""

import json
import xml.etree.ElementTree as xml

from program import BAD_INPUT, CHECK_FAILED, INVALID_POLICY, ProgramTest, main

HEAD = 'policy p version "1"\n\nattributes { environment : dev | production }\n'
CLEAN = HEAD + "tool x { }\nallow a on x when environment == dev\n"
OPEN = 'policy p version "1"\n\ntool x { }\nallow a on x\n'
SILENT = OPEN.replace("allow", "# lint: off P1507: it is \"public\" & <free>\nallow")
FAILS = CLEAN + "example e call x gives allow\n"


class Lint(ProgramTest):
    def linted(self, *texts, code, form=None):
        names = [f"{chr(97 + i)} b.proviso" for i in range(len(texts))]
        for name, text in zip(names, texts):
            self.write(name, text)
        asked = ["--format", form] if form else []
        return self.check("lint", *asked, *names, code=code).stdout

    def test_a_clean_set(self):
        self.assertEqual(self.linted(CLEAN, code=0), "a b.proviso: no findings\n")

    def test_a_finding(self):
        told = self.linted(OPEN, code=CHECK_FAILED)
        self.assertIn("warning[P1507]", told)
        self.assertTrue(told.endswith("\na b.proviso: 1 finding\n"), told)

    def test_a_finding_that_is_silenced(self):
        self.assertEqual(self.linted(SILENT, code=0), "a b.proviso: no findings, 1 silenced\n")

    def test_errors_are_told_alone(self):
        told = self.linted(OPEN + "block b on y\n", code=INVALID_POLICY)
        self.assertIn("error[P1008]", told)
        self.assertIn("a b.proviso: 1 error, and no finding is looked for before they are mended\n",
                      told)

    def test_an_example_that_fails_is_an_error(self):
        self.assertIn("error[P1610]", self.linted(FAILS, code=INVALID_POLICY))

    def test_the_worst_of_several_sets_is_the_exit_code(self):
        self.linted(CLEAN, OPEN, code=CHECK_FAILED)
        told = self.linted(OPEN, FAILS, CLEAN, code=INVALID_POLICY)
        self.assertIn("c b.proviso: no findings\n", told)
        self.check("lint", "a b.proviso", "absent", code=BAD_INPUT)

    def test_what_is_no_text(self):
        self.refused("lint", "x.pvc", said="is compiled, and no text")
        self.refused("lint", "absent", said="cannot read `absent`")
        self.refused("lint", said="PATH is required")

    def test_json(self):
        told = json.loads(self.linted(OPEN, SILENT, code=CHECK_FAILED, form="json"))
        self.assertEqual([(one["code"], one["file"], one["silenced"]) for one in told],
                         [("P1507", "a b.proviso", None),
                          ("P1507", "b b.proviso", 'it is "public" & <free>')])
        self.assertEqual((told[0]["line"], told[0]["column"], told[0]["end"]),
                         (4, 7, {"line": 4, "column": 8}))
        self.assertEqual(json.loads(self.linted(CLEAN, code=0, form="json")), [])

    def test_sarif(self):
        told = json.loads(self.linted(OPEN, SILENT, code=CHECK_FAILED, form="sarif"))
        self.assertEqual(told["version"], "2.1.0")
        [run] = told["runs"]
        rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        self.assertIn("P1710", rules)
        open_one, silent = run["results"]
        self.assertIn(open_one["ruleId"], rules)
        self.assertEqual(open_one["level"], "warning")
        place = open_one["locations"][0]["physicalLocation"]
        self.assertEqual(place["artifactLocation"]["uri"], "a%20b.proviso")
        self.assertEqual(place["region"], {"startLine": 4, "startColumn": 7, "endLine": 4,
                                           "endColumn": 8})
        self.assertNotIn("suppressions", open_one)
        self.assertEqual(silent["suppressions"], [{"kind": "inSource",
                                                   "justification": 'it is "public" & <free>'}])

    def test_junit(self):
        suites = xml.fromstring(self.linted(OPEN, CLEAN, code=CHECK_FAILED, form="junit"))
        self.assertEqual((suites.get("tests"), suites.get("failures")), ("2", "1"))
        self.assertEqual([suite.get("name") for suite in suites], ["a b.proviso", "b b.proviso"])
        failed = suites[0][0]
        self.assertEqual(failed.get("name"), "P1507 a b.proviso:4:7")
        self.assertIn("opens without a condition", failed[0].get("message"))
        self.assertEqual(len(suites[1][0]), 0)

    def test_nothing_is_past_until_the_day_is_said(self):
        past = HEAD + ("tool x { }\nallow a on x when environment == dev\n"
                       "trial until 2020-01-01 block b on x when environment == production\n")
        self.linted(past, code=0)
        told = self.check("lint", "--now", "2020-01-01", "a b.proviso", code=CHECK_FAILED).stdout
        self.assertIn("P1760", told)
        self.check("lint", "--now", "2019-12-31", "a b.proviso")
        for wrong in ("tomorrow", "2020-02-30", "2020-1-1", "2020-01-01T00:00Z"):
            self.refused("lint", "--now", wrong, "a b.proviso", said="is no date")

    def test_what_a_finding_means(self):
        told = self.check("lint", "--explain", "P1702").stdout
        self.assertTrue(told.startswith("P1702: a silencing without a reason\n"))
        self.assertEqual(self.check("lint", "--explain", "p1702").stdout, told)
        told = self.check("lint", "--explain", "P1518").stdout
        self.assertIn("`# lint: off P1518: the reason` on the line above", told)
        told = self.check("lint", "--explain", "P1704").stdout
        self.assertTrue(told.endswith("\n\nIt cannot be silenced.\n"))
        self.refused("lint", "--explain", "P0001", said="there is no finding P0001")
        self.assertIn("P1710  ", self.check("lint", "--list").stdout)

    def test_params(self):
        self.write("p.proviso", HEAD + "param n : int = 1 in 0 .. 9\ntool x { }\n"
                                       "allow a on x when environment == dev and n > 0\n")
        self.check("lint", "p.proviso", "--param", "n=2")
        self.check("lint", "p.proviso", "--param", "n=20", code=INVALID_POLICY)


main()
