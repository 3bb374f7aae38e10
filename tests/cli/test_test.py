#!/usr/bin/env python3
"""`proviso test`: what passes, what fails and how it says so, and suites that are none."""

import re

from program import BAD_INPUT, CHECK_FAILED, INVALID_POLICY, ProgramTest, main

HEAD = """policy: support.proviso
defaults:
    principal: { id: ann, roles: [support_agent] }
    environment: production
    attributes: { customer: { tier: gold } }
    args: { order_id: A-1 }
"""
REFUND = "tool: issue_refund, args: { amount: { amount: %s, currency: USD } }"


def suite(cases, head=HEAD):
    return head + "cases:\n" + cases


def case(name, amount, expect, more=""):
    return f"    - {{ name: {name}, call: {{ {REFUND % amount} }}, expect: {expect}{more} }}\n"


GOOD = suite(case("small", 20, "allow") + case("medium", 101, "notify") +
             case("large", 600, "{ outcome: gate, rules: { has: [large_refund] } }"))

TWO_GATES = """policy two version "1"
tool pay { args { amount : int } }
role lead { }
approval pair { needs 2 of lead }
default allow
gate some on pay
    by lead
gate more on pay
    by pair
"""
TWO_GATES_SUITE = """defaults:
    tool: pay
    time: 2026-11-20T15:00:00Z
    principal: { id: ann, roles: [] }
    agent: { id: bot }
    args: { amount: 5 }
cases:
    - name: one after the other
      steps:
          - call: { id: c-1 }
            expect: gate
          - call: { id: c-1, time: 2026-11-20T15:20:00Z }
            approvals: [{ by: lea, roles: [lead], at: 2026-11-20T15:10:00Z }]
            expect: { outcome: gate, open: [some] }
          - call: { id: c-1, time: 2026-11-20T15:30:00Z }
            approvals:
                - { by: lea, roles: [lead], at: 2026-11-20T15:10:00Z }
                - { by: leo, roles: [lead], at: 2026-11-20T15:20:00Z }
            expect: allow
"""


class Passing(ProgramTest):
    def test_a_folder(self):
        self.write("a/one.test.yaml", GOOD.replace("support.proviso", "../support.proviso"))
        self.write("a/b/two.test.yaml", GOOD.replace("support.proviso", "../../support.proviso"))
        self.write("a/.hidden/three.test.yaml", "nonsense")
        self.write("a/four.yaml", "nonsense")
        text = self.check("test", "a").stdout
        self.assertEqual(text, "a/b/two.test.yaml  3 cases, passed\n"
                               "a/one.test.yaml    3 cases, passed\n\n"
                               "6 cases, passed in 2 suites\n")

    def test_a_file_that_two_paths_lead_to_is_one_suite(self):
        self.write("a/one.test.yaml", GOOD.replace("support.proviso", "../support.proviso"))
        text = self.check("test", "a", "a/one.test.yaml", "./a").stdout
        self.assertIn("3 cases, passed in 1 suite\n", text)

    def test_the_set_is_the_nearest_folder_with_rule_files(self):
        rules = (self.folder / "support.proviso").read_text()
        self.write("pack/rules.proviso", rules)
        self.write("pack/tests/deep/a.test.yaml", GOOD.replace("policy: support.proviso\n", ""))
        for path in ["pack", "pack/tests/deep", "pack/tests/deep/a.test.yaml"]:
            self.check("test", path)

    def test_params_duties_layouts(self):
        head = HEAD + "params: { refund_cap: 700 USD }\nlayout: proviso\n"
        receipts = suite(case("under a higher cap", 600, "notify"), head)
        self.write("p.test.yaml", receipts)
        self.check("test", "p.test.yaml")
        self.write("m.yaml", "call:\n  tool: /f\n  args: /a\n  environment: {value: production}\n"
                             "  principal.id: {value: ann}\n"
                             "  principal.roles: {value: [support_agent]}\n"
                             "attributes: /context\n")
        self.write("m.test.yaml", "policy: support.proviso\nlayout: m.yaml\ncases:\n"
                   "    - name: mapped\n"
                   "      call: { f: issue_refund, context: { customer.tier: gold },\n"
                   "              a: { order_id: A-1, amount: { amount: 20, currency: USD } } }\n"
                   "      expect: allow\n")
        self.check("test", "m.test.yaml")

    def test_a_block_for_want_of_a_grant_alone_is_noted(self):
        self.write("granted.proviso", """policy granted version "1"
authority of principal
tool pay { args { amount : int } }
role clerk { can pay }
default allow
block large on pay
    when args.amount > 5
""")
        head = """policy: granted.proviso
defaults: { tool: pay, principal: { id: ann, roles: [] }, agent: { id: bot }, args: { amount: 9 } }
cases:
"""
        case = "    - { name: %s, call: { principal: { roles: [%s] } }, expect: %s }\n"
        self.write("a.test.yaml", head + case % ("by nobody", "", "block") +
                   case % ("by a clerk", "clerk", "block") +
                   case % ("said", "", "{ outcome: block, reason: no_grant }"))
        self.assertEqual(self.check("test", "a.test.yaml").stdout, """a.test.yaml  3 cases, passed

note: 1 case expects a block that comes of `no_grant` and shows nothing of the rules:
  a.test.yaml: by nobody
  Give them a principal who may call the tool, or write `reason: no_grant`.

3 cases, passed in 1 suite
""")
        self.write("a.test.yaml", head + "".join(case % (f"n{i}", "", "block") for i in range(5)))
        text = self.check("test", "a.test.yaml").stdout
        self.assertIn("note: 5 cases expect a block", text)
        self.assertIn("  a.test.yaml: n2\n  and 2 more\n", text)

    def test_filters(self):
        self.write("one.test.yaml", GOOD)
        self.write("two.test.yaml", GOOD)
        text = self.check("test", ".", "--filter", "two.test.yaml: l", "--filter", "small").stdout
        self.assertIn("one.test.yaml  1 case, passed", text)
        self.assertIn("two.test.yaml  2 cases, passed", text)

    def test_the_steps_of_the_host(self):
        rules = (self.folder / "support.proviso").read_text()
        self.write("l/rules.proviso", rules + "\nlimit often on issue_refund\n"
                   "    count over 24h > 2 : block\n")
        steps = """    - name: halts, repeats, cancels
      steps:
          - call: { %(refund)s, id: a }
            expect: { outcome: allow, repeat: false, totals: { often: 1 } }
          - call: { %(refund)s, id: a }
            expect: { outcome: allow, repeat: true }
          - halt: { tool: "issue_*", reason: incident 12 }
          - call: { %(refund)s, id: b }
            expect: { outcome: block, reason: halted }
          - resume: { tool: "issue_*" }
          - halt: everything
          - call: { %(refund)s, id: b }
            expect: { reason: halted }
          - resume: everything
          - call: { %(refund)s, id: c }
            times: 1
          - cancel: c
          - confirm: a
          - call: { %(refund)s, id: d }
            times: 1
            expect: { outcome: allow, totals: { often: 2 } }
          - call: { %(refund)s, id: e }
            expect: { outcome: block, rules: { has: [often] } }
""" % {"refund": "time: 2026-11-20T15:00:00Z, " + REFUND % 20}
        self.write("l/a.test.yaml", suite(steps, HEAD.replace("policy: support.proviso\n", "")))
        self.check("test", "l")


class Failing(ProgramTest):
    def test_what_was_expected_the_call_and_why(self):
        self.write("a.test.yaml", suite(case(
            "too large", 600, "{ outcome: allow, best: gate, missing: [args.note], roles: [], "
            "reason: rule, because: Nothing, rules: { not: [large_refund] } }")))
        text = self.check("test", "a.test.yaml", code=CHECK_FAILED).stdout
        self.assertRegex(text, r"(?m)^FAILED  too large\n {8}a\.test\.yaml:8$")
        self.assertRegex(text, r"(?m)^  outcome +expected  allow\n +got +gate$")
        self.assertRegex(text, r"(?m)^  missing +expected  args\.note\n +got +none$")
        self.assertRegex(text, r"(?m)^  roles +expected  none\n +got +support_lead$")
        self.assertRegex(text, r"(?m)^  rules +expected  not large_refund\n +got +large_refund, ")
        self.assertRegex(text, r"(?m)^  because +expected  Nothing\n +got +A refund of 600 USD")
        self.assertNotIn("reason  ", text)
        self.assertNotIn("best  ", text)
        self.assertIn('\n  call  {"principal": {"id": "ann"', text)
        self.assertRegex(text, r"(?m)^    gate large_refund  matched  support\.proviso:\d+$")
        self.assertTrue(text.endswith("\n1 case, 1 failed in 1 suite\n"))

    def test_the_step_that_failed(self):
        self.write("a.test.yaml", suite(
            "    - name: steps\n      steps:\n"
            f"          - call: {{ {REFUND % 20} }}\n"
            f"          - call: {{ {REFUND % 600} }}\n            times: 3\n"
            "            expect: allow\n"
            f"          - call: {{ {REFUND % 20} }}\n            expect: block\n"))
        text = self.check("test", "a.test.yaml", code=CHECK_FAILED).stdout
        self.assertRegex(text, r"(?m)^ {8}a\.test\.yaml:11, step 2 of 3, time 1$")
        self.assertEqual(text.count("expected"), 1)

    def test_approvals_that_do_not_count_are_told_with_the_reason(self):
        call = "id: c-1, agent: { id: bot }, time: '2026-11-20T15:00:00Z'"
        self.write("a.test.yaml", suite(
            f"    - name: nobody\n      call: {{ {call}, {REFUND % 600} }}\n"
            "      approvals: [{ by: zed, roles: [support_agent], at: '2026-11-20T15:00:00Z' }]\n"
            "      expect: allow\n"))
        text = self.check("test", "a.test.yaml", code=CHECK_FAILED).stdout
        self.assertIn("counts not approve by zed: the person holds no role that is asked\n", text)

    def test_an_approval_that_comes_again_answers_what_it_answered(self):
        self.write("two/p.proviso", TWO_GATES)
        self.write("two/a.test.yaml", TWO_GATES_SUITE)
        self.assertIn("passed", self.check("test", "two").stdout)

    def test_people_with_keys_sign(self):
        self.write("two/p.proviso", TWO_GATES)
        head, rest = TWO_GATES_SUITE.split("cases:\n")
        keyed = head + "keys: [lea, leo]\ncases:\n" + rest
        self.write("two/a.test.yaml", keyed)
        self.assertIn("passed", self.check("test", "two").stdout)
        other = "ab" * 64
        for keys, signature, why in (
                ("lea", "", "it is not signed"),
                ("lea", f"signature: {other}, ", "there is no key of the person"),
                ("lea, leo", 'signature: "", ', "it is not signed"),
                ("lea, leo", f"signature: {other}, ",
                 "the signature is not of this approval and person")):
            said = keyed.replace("[lea, leo]", f"[{keys}]").replace("{ by: leo", "{ " + signature +
                                                                    "by: leo")
            self.write("two/a.test.yaml", said)
            text = self.check("test", "two", code=CHECK_FAILED).stdout
            self.assertIn(f"counts not approve by leo: {why}\n", text)

    def test_a_row_has_its_own_place(self):
        self.write("a.test.yaml", suite(
            f"    - name: table\n      call: {{ {REFUND % 1} }}\n"
            "      columns: [args.amount.amount, expect]\n      rows:\n"
            "          - [20, allow]\n          - [600, { outcome: notify }]\n"))
        text = self.check("test", "a.test.yaml", code=CHECK_FAILED).stdout
        self.assertRegex(text, r"(?m)^FAILED  table \[2\]\n {8}a\.test\.yaml:13$")

    def test_what_cannot_be_done(self):
        self.write("a.test.yaml", suite(
            "    - name: nothing to confirm\n      steps:\n          - confirm: x\n"
            f"          - call: {{ {REFUND % 20} }}\n            expect: allow\n"
            "    - name: nothing to approve\n"
            f"      call: {{ {REFUND % 20} }}\n"
            "      approvals: [{ by: lea, roles: [support_lead], at: 2026-11-20T15:00:00Z }]\n"
            "      expect: allow\n"))
        text = self.check("test", "a.test.yaml", code=CHECK_FAILED).stdout
        self.assertIn("no call with this id was let through", text)
        self.assertIn("nothing to approve", text)
        self.assertIn("2 cases, 2 failed in 1 suite", text)

    def test_a_call_cannot_draw(self):
        self.write("a.test.yaml", suite(
            '    - { name: "d\\e[2Jraw", call: { tool: "x\\e[2J" }, expect: %s }\n'
            % "{ outcome: allow, reason: unknown_tool }"))
        done = self.check("test", "a.test.yaml", "--color", "never", code=CHECK_FAILED)
        self.assertNotIn("\x1b", done.stdout)
        self.write("a.test.yaml", suite(
            '    - { name: raw, call: { tool: "x\\e[2J" }, expect: allow }\n'))
        done = self.check("test", "a.test.yaml", "--color", "never", code=BAD_INPUT)
        self.assertNotIn("\x1b", done.stderr)

    def test_threads_change_nothing(self):
        cases = "".join(case(f"c {i}", i * 7 + 1, "allow" if i % 3 else "notify")
                        for i in range(60))
        self.write("a.test.yaml", suite(cases))
        one = self.check("test", ".", "--threads", 1, code=CHECK_FAILED).stdout
        for threads in (2, 5, 0):
            many = self.check("test", ".", "--threads", threads, code=CHECK_FAILED).stdout
            self.assertEqual(one, many)


class Wrong(ProgramTest):
    def wrong(self, text, *said, path="a.test.yaml"):
        self.write(path, text)
        done = self.refused("test", path, said="a suite")
        for one in said:
            self.assertIn(one, done.stderr)
        return done.stderr

    def test_nothing_there(self):
        self.refused("test", "nowhere", said="cannot read `nowhere`")
        self.refused("test", ".", said="there is no suite")
        self.write("a.test.yaml", GOOD)
        self.refused("test", ".", "--filter", "huge", said="no case is called so")

    def test_no_set(self):
        self.write("x/a.test.yaml", GOOD.replace("support.proviso", "other"))
        self.refused("test", "x", said="cannot read `x/other`")
        self.write("x/a.test.yaml", GOOD.replace("policy: support.proviso\n", ""))
        for name in ("support.proviso", "broken.proviso"):
            (self.folder / name).unlink()
        self.refused("test", "x", said="x/a.test.yaml:1:1: no folder at or above this file")

    def test_a_set_with_errors(self):
        self.write("a.test.yaml", GOOD.replace("support", "broken"))
        done = self.check("test", "a.test.yaml", code=INVALID_POLICY)
        self.assertEqual(done.stdout, "")
        self.assertIn("it is the set of a.test.yaml", done.stderr)
        self.write("a.test.yaml", GOOD + "params: { refund_cup: 5 USD }\n")
        self.check("test", "a.test.yaml", code=INVALID_POLICY)

    def test_all_mistakes_of_all_files(self):
        self.write("b.test.yaml", "casess: []\n")
        self.write("a.test.yaml", "cases: []\ndutys: x\n")
        done = self.refused("test", ".", said="a suite is wrong")
        self.assertRegex(done.stderr, r"(?m)^a\.test\.yaml:2:1: `dutys` is no part of a suite\n"
                                      r"  help: did you mean `duties`\?$")
        self.assertRegex(done.stderr, r"(?m)^b\.test\.yaml:1:1: `casess` is no part of a suite$")

    def test_words_that_are_none(self):
        self.wrong(suite(case("a", 1, "alow")), ":8:", "`alow` is no outcome",
                   "did you mean `allow`?")
        self.wrong(suite(case("a", 1, "{ rule: [] }")), "`rule` is no part of what can be expected")
        self.wrong(suite(case("a", 1, "{ reason: rules }")), "`rules` is no reason")
        self.wrong(suite(case("a", 1, "{ rules: { hass: [] } }")), "`hass` is no part of a list")
        self.wrong(suite(case("a", 1, "allow", ", time: 3")), "`time` is no part of a case")
        self.wrong(suite(case("a", 1, "allow", ", times: 0")), "`times` is a number from 1")
        self.wrong(HEAD + "layout: nativ\ncases: []\n", "`native`, `proviso`, or a mapping file")

    def test_names_that_the_set_does_not_have(self):
        text = suite(case("a", 1, "{ rules: { not: [large_refnud] }, roles: [lead] }") +
                     "    - { name: b, call: { enviroment: x, attributes: { customer.tire: free } },"
                     " expect: block }\n")
        said = self.wrong(text, "the set has no rule `large_refnud`", "the set has no role `lead`",
                          "`enviroment` is neither a member of a call nor an attribute",
                          "did you mean `environment`?", "no attribute `customer.tire`")
        lines = [int(line) for line in re.findall(r"(?m)^a\.test\.yaml:(\d+):", said)]
        self.assertEqual(lines, sorted(lines))

    def test_a_case_that_asks_nothing(self):
        self.wrong(suite(f"    - {{ name: a, call: {{ {REFUND % 1} }} }}\n"),
                   "the case expects nothing")
        self.wrong(suite(case("a", 1, "{ outcome: null }")), "the case expects nothing")
        self.wrong(suite(case("a", 1, "{ rules: {} }")), "this asks nothing")

    def test_tables(self):
        table = "    - name: t\n      call: { tool: x }\n"
        self.wrong(suite(table + "      columns: [a]\n"), "a table has both")
        self.wrong(suite(table + "      columns: [a, outcome]\n      rows: [[1]]\n"),
                   "the row has 1 values, and the table 2 columns")
        self.wrong(suite(table + "      columns: [a]\n      rows: []\n"), "the table has no row")
        self.wrong(suite(table + "      columns: [a]\n      rows: [[1]]\n"), "expects nothing")
        self.wrong(suite(table + "      columns: [expect.outcom]\n      rows: [[allow]]\n"),
                   "`outcom` is no part of what can be expected")

    def test_steps_that_contradict_themselves(self):
        self.wrong(suite("    - { name: a, steps: [], expect: allow }\n"),
                   "`expect` stands beside `steps`")
        self.wrong(suite("    - { name: a, steps: [{ confirm: x, cancel: y }] }\n"),
                   "`cancel` stands beside `confirm`")
        self.wrong(suite("    - { name: a, steps: [{ confirm: x, expect: allow }] }\n"),
                   "`expect` stands beside `confirm`")
        self.wrong(suite("    - { name: a, steps: [{ halt: { tool: x, agent: y } }] }\n"),
                   "a halt is of one thing")
        self.wrong(suite(case("a", 1, "allow") + case("a", 2, "allow")), "`a` names two cases")
        self.wrong(suite("    - { call: { tool: x }, expect: allow }\n"), "has no name")

    def test_what_is_no_yaml(self):
        self.wrong("cases: [\n", "a.test.yaml:")
        self.wrong("", "the suite is empty")
        self.wrong("- a\n", "a suite is a map")
        self.wrong(b"cases: \xff\n", "not valid UTF-8")
        self.wrong(suite("    - { name: a, call: { tool: x, tool: y }, expect: allow }\n"),
                   "`tool` stands here twice")
        deep = "[" * 40 + "]" * 40
        self.wrong(suite(f"    - {{ name: a, call: {{ args: {deep} }}, expect: allow }}\n"),
                   "nested too deep")
        laughs = "x1: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        for i, name in enumerate("bcdefg"):
            laughs += f"x{i + 2}: &{name} [{', '.join(['*' + chr(ord(name) - 1)] * 10)}]\n"
        self.wrong("defaults:\n" + re.sub("(?m)^", "    ", laughs) + "\ncases: []\n",
                   "this is too much")


main()
