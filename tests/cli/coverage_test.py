#!/usr/bin/env python3
"""`proviso test --coverage`: what the cases do not show of a set, and the threshold."""

from program import BAD_INPUT, CHECK_FAILED, ProgramTest, main

RULES = """policy p version "1"
param cap : int = 50 in 0 .. 100
tool pay { args { amount : int } }
role lead { }
allow pays on pay when args.amount > 0
gate large on pay
    when args.amount > cap
    by lead
example one_passes
    call  pay { amount: 1 }
    gives allow
"""
ROW = "    - {{ name: c {0}, call: {{ tool: pay, args: {{ amount: {0} }} }}, expect: {1} }}\n"


class Coverage(ProgramTest):
    def cover(self, rows, *arguments, head="", code=0):
        self.write("p/p.proviso", RULES)
        self.write("p/a.test.yaml", head + "cases:\n" + "".join(ROW.format(*row) for row in rows))
        return self.check("test", "p", *arguments, code=code).stdout

    def test_the_table_and_what_is_not_covered(self):
        text = self.cover([(2, "allow")], "--coverage")
        self.assertTrue(text.endswith("""
Coverage of p, p 1: 1 call of 1 case, and 1 example of it

  rules        1 of 2   50.00 %   1 decided
  conditions   2 of 4   50.00 %   2 conditions, each true and false
  all          3 of 6   50.00 %

  not covered
    p/p.proviso:5:24  never false: args.amount > 0
    p/p.proviso:6:6   gate large never took part
    p/p.proviso:7:10  never true: args.amount > cap
"""), text)

    def test_all_of_it(self):
        text = self.cover([(60, "gate"), (0, "block")], "--coverage")
        self.assertIn("\n  all          6 of 6  100.00 %\n", text)
        self.assertNotIn("not covered", text)

    def test_the_threshold(self):
        rows = [(2, "allow")]
        self.assertNotIn("Coverage", self.cover(rows, "--min-coverage", "50"))
        text = self.cover(rows, "--min-coverage", "50.01", code=CHECK_FAILED)
        self.assertIn("never true: args.amount > cap", text)
        self.assertTrue(text.endswith("\nCoverage of p is 50.00 %, below 50.01 %\n"), text)
        done = self.check("test", "p", "--min-coverage", "99", "--format", "junit",
                          code=CHECK_FAILED)
        self.assertEqual(done.stderr, "\nCoverage of p is 50.00 %, below 99.00 %\n")
        for wrong in ["101", "x", "", ".5", "5.", "-1", "1e1", "99.999"]:
            self.refused("test", "p", f"--min-coverage={wrong}", said="", code=BAD_INPUT)

    def test_suites_of_one_set_count_together_whatever_their_params(self):
        self.write("p/b.test.yaml", "policy: ../p\nparams: { cap: 1 }\ncases:\n"
                   + ROW.format(2, "gate"))
        text = self.cover([(0, "block")], "--coverage")
        self.assertEqual(text.count("Coverage of"), 1)
        self.assertIn("\n  all          6 of 6  100.00 %\n", text)

    def test_each_set_has_its_own(self):
        self.write("p/q/q.proviso", RULES)
        self.write("p/q/b.test.yaml", "cases:\n" + ROW.format(60, "gate"))
        text = self.cover([(2, "allow")], "--coverage")
        self.assertIn("Coverage of p, p 1:", text)
        self.assertIn("Coverage of p/q, p 1:", text)
        self.check("test", "p", "--min-coverage", "60", code=CHECK_FAILED)

    def test_threads_change_nothing(self):
        rows = [(i, "allow") for i in range(1, 40)]
        one = self.cover(rows, "--coverage", "--threads", 1)
        self.assertEqual(one, self.cover(rows, "--coverage", "--threads", 7))


main()
