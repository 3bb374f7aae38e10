#!/usr/bin/env python3
"""`proviso test`: suites that would be green for the wrong reason are mistakes, with their place."""

import re

from program import BAD_INPUT, ProgramTest, main

RULES = """policy books version "1"
attributes {
    environment : dev | production
    revenue     : money
    vendor.id   : string
    vendor.hold : bool
}
facts invoice for args.invoice { status : open | paid, note : string? }
tool read_invoice { stages read, execute }
tool pay_invoice {
    tier operational
    args { invoice : string, amount : money in 0.01 EUR .. 50_000 EUR, text : string? }
}
role clerk { can read: read_invoice can pay_invoice }
role lead { }
authority of principal
allow reads on read_invoice
allow pays on pay_invoice
    when environment == production and invoice.status == open and vendor.hold == false
block early on pay_invoice when time < 2026-01-01T00:00Z
gate large on pay_invoice
    when args.amount > 10_000 EUR or revenue < 5_000 EUR
    by lead
"""
DEFAULTS = """defaults:
    time: 2026-11-20T15:00:00Z
    tool: pay_invoice
    principal: { id: ann, roles: [clerk] }
    agent: { id: bot }
    environment: production
    attributes: { vendor.id: V-1, vendor.hold: false, revenue: { amount: 9_000, currency: EUR } }
    facts: { invoice: { key: I-1, values: { status: open } } }
    args: { invoice: I-1, amount: 20 }
""".replace("9_000", "9000")


class Mistakes(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("books/rules.proviso", RULES)

    def suite(self, step, expect="block"):
        self.write("books/a.test.yaml", DEFAULTS +
                   f"cases:\n  - name: one\n{step}    expect: {expect}\n")

    def refused(self, step, *lines, expect="block"):
        """At line 12 of the suite, where a case's second line stands, or wherever is said."""
        self.suite(step, expect)
        done = self.check("test", "books", code=BAD_INPUT)
        for line in lines:
            self.assertIn(line, done.stderr)
        self.assertEqual(done.stdout, "")

    def call(self, call, *lines, expect="block", meant=""):
        """Refused with these lines; and taken where the case expects what is `meant`."""
        step = f"    call: {call}\n"
        self.refused(step, *lines, expect=expect)
        if not meant:
            return
        self.suite(step, "{ outcome: block, %s }" % meant)
        self.check("test", "books")

    def test_a_word_that_its_enum_does_not_have(self):
        self.call("{ environment: prod }",
                  "books/a.test.yaml:12:26: `prod` is no word of `environment`",
                  "  help: its words are `dev`, `production`",
                  "  help: a case that means it expects `missing: [environment]`",
                  meant="missing: [environment]")
        self.call("{ environment: producton }", "  help: did you mean `production`?")

    def test_facts_without_their_form(self):
        self.call("{ facts: { invoice: { status: open } } }",
                  "books/a.test.yaml:12:33: facts are sent with the key of what they are about",
                  "  help: write `invoice: { key: ID, values: { … } }`")
        self.call("{ facts: { invoice: paid } }", "facts are sent with the key")
        self.call("{ facts: { invoice: { key: null } } }",
                  "12:31: the facts `invoice` have no `key`: they are of nothing",
                  meant="missing: [invoice.status]")
        self.call("{ facts: { invoice: { values: { status: paiid } } } }",
                  "12:51: `paiid` is no word of `invoice.status`", "did you mean `paid`?",
                  meant="missing: [invoice.status]")

    def test_facts_of_another_thing(self):
        self.call("{ facts: { invoice: { key: I-2 } } }",
                  "12:38: the facts `invoice` are of another thing than the call names",
                  "send them with the key that the call has",
                  meant="missing: [invoice.status]")
        self.suite("    call: { tool: read_invoice, stage: read, args: { invoice: null, amount: null },\n"
                   "            facts: { invoice: { key: I-2 } } }\n", "allow")
        self.check("test", "books")  # nothing asks for them

    def test_duties(self):
        self.write("books/a.test.yaml", "duties: [log_too]\n" + DEFAULTS +
                   "cases:\n  - name: one\n    call: {}\n    expect: allow\n")
        text = self.check("test", "books", code=BAD_INPUT).stderr
        self.assertIn("books/a.test.yaml:1:10: the set has no obligation `log_too`", text)

    def test_roles(self):
        self.call("{ principal: { roles: clerk } }",
                  "12:33: `principal.roles` are no list of roles", "write `[a, b]`, or `[]`",
                  meant="missing: [principal.roles]")
        self.call("{ principal: { roles: [clrek] } }",
                  "12:34: the set has no role `clrek`", "did you mean `clerk`?",
                  meant="undeclared_roles: [clrek]")
        self.call("{ agent: { id: bot, roles: [helper] }, principal: { roles: [] } }",
                  "12:39: the set has no role `helper`",
                  meant="undeclared_roles: { has: [helper] }")

    def test_roles_that_are_declared_after_all(self):
        self.refused("    call: { environment: dev }\n", "the set declares the role `clerk`",
                     expect="{ undeclared_roles: { not: [lead], has: [clerk] } }")

    def test_tools_and_stages(self):
        self.call("{ tool: read_invoce }", "12:19: the set has no tool `read_invoce`",
                  "did you mean `read_invoice`?", "expects `reason: unknown_tool`",
                  meant="reason: unknown_tool")
        self.call("{ tool: null }", "the call names no tool", meant="reason: unknown_tool")
        self.call("{ stage: exceute }", "12:20: `exceute` is no such stage",
                  "did you mean `execute`?", meant="reason: invalid_stage")
        self.call("{ stage: read }", "`read` is not a stage of this tool",
                  meant="reason: invalid_stage")

    def test_arguments(self):
        self.call("{ args: { amuont: 3 } }", "12:29: `args.amuont` is refused: not declared",
                  "did you mean `args.amount`?", meant="reason: invalid_args")
        self.call('{ args: { amount: "5.000 EUR" } }', "12:29: `args.amount` is refused",
                  "its type is `money`", "help: write it as `12.50`", meant="reason: invalid_args")
        self.call('{ args: { amount: "1000.50" } }', "help: write it as `12.50`",
                  meant="reason: invalid_args")
        self.call("{ args: { invoice: null } }", "`args.invoice` is refused: missing",
                  meant="reason: invalid_args")
        self.call("{ args: { amount: 50001 } }", "`args.amount` is refused: outside its range",
                  meant='detail: "args.amount: outside its range: 0.01 EUR .. 50000 EUR"')

    def test_nulls_that_nothing_declares(self):
        self.call("{ args: { amuont: null } }",
                  "12:21: the tool `pay_invoice` has no argument `amuont`",
                  "did you mean `amount`?")
        self.call("{ args: { amount: 1.500,50 } }",
                  "12:35: the tool `pay_invoice` has no argument `50`",
                  "  help: a comma ends a value: write `1500.50`")
        self.call("{ attributes: { revenue: { amount: 9000,50, currency: EUR } } }",
                  "12:51: the set has no attribute or fact `revenue.50`",
                  "  help: a comma ends a value: write `9000.50`")
        self.refused("    call: {}\n    columns: [args.amout, outcome]\n    rows:\n"
                     "      - [null, block]\n",
                     "15:10: the tool `pay_invoice` has no argument `amout`",
                     "did you mean `amount`?", expect="{}")

    def test_amounts_that_look_like_thousands(self):
        self.call("{ args: { amount: 10.000 } }",
                  "12:29: `10.000` is less than a thousand: a point begins a fraction",
                  "  help: write `10000` for thousands, `10.0000` for a fraction")
        self.call("{ attributes: { revenue: { amount: 25.000, currency: EUR } } }",
                  "12:46: `25.000` is less than a thousand")
        self.call('{ attributes: { revenue: { amount: "25.000", currency: EUR } } }',
                  "12:46: `25.000` is less than a thousand")
        for amount in ["{ amount: 25.000, currency: KWD }", "{ amount: 25.0000, currency: EUR }",
                       "{ amount: 25000, currency: EUR }"]:
            self.suite("    call: { attributes: { revenue: %s } }\n" % amount,
                       "{ rules: { has: [pays] } }")
            self.check("test", "books")
        self.refused("    call: {}\n    columns: [args.amount, outcome]\n    rows:\n"
                     "      - [5.000, allow]\n", "15:10: `5.000` is less", expect="{}")

    def test_nulls_that_take_something_away(self):
        self.suite("    call: { tool: read_invoice, args: { amount: null, invoice: null },\n"
                   "            principal: { roles: null } }\n",
                   "{ outcome: block, reason: no_grant }")
        self.check("test", "books")
        self.suite("    call: { args: null }\n"
                   "    columns: [tool, args.amount, args.invoice, expect]\n    rows:\n"
                   "      - [read_invoice, null, null, block]\n"
                   "      - [pay_invoice, 20, I-1, allow]\n", "{}")
        self.check("test", "books")

    def test_values_of_the_host(self):
        self.call('{ time: "2026-11-18 10:00" }',
                  "12:19: `time` cannot be read: wrong type, its type is `time`",
                  "write it as `2026-11-20T15:00:00Z`",
                  expect="{ outcome: block, reason: missing_data }", meant="missing: [time]")
        self.call('{ attributes: { revenue: "5.000 EUR" } }',
                  "12:36: `revenue` cannot be read: wrong type, its type is `money`",
                  "write it as `{ amount: 12.50, currency: USD }`", expect="gate")
        self.call("{ attributes: { vendor.hold: maybe } }",
                  "12:40: `vendor.hold` cannot be read: wrong type, its type is `bool`",
                  meant="missing: [vendor.hold]")

    def test_an_attribute_that_is_given_twice(self):
        self.call("{ vendor.hold: true }", "`vendor.hold` is given twice",
                  "once below `attributes`, once beside it: leave one of them",
                  meant="missing: [vendor.hold]")

    def test_paths_that_the_host_does_not_know(self):
        self.call("{ unknown: [vendor.hodl] }",
                  "12:23: the set has no attribute or fact `vendor.hodl`",
                  "did you mean `vendor.hold`?")
        self.suite("    call: { unknown: [vendor, invoice, facts.invoice, principal.roles] }\n")
        self.check("test", "books")

    def test_names_that_are_not_to_be_missing(self):
        self.refused("    call: {}\n", "nothing that the set reads is called `vendor.hodl`",
                     "did you mean `vendor.hold`?",
                     expect="{ outcome: allow, missing: { not: [vendor.hodl] } }")

    def test_rows_are_told_each(self):
        self.refused("    call: {}\n    columns: [environment, outcome, missing]\n    rows:\n"
                     "      - [prod, block, null]\n      - [dev, block, null]\n"
                     "      - [devel, block, [environment]]\n      - [prd, block, []]\n",
                     "books/a.test.yaml:15:10: `prod` is no word", "18:10: `prd` is no word",
                     expect="{}")
        self.assertNotIn("`devel`", self.check("test", "books", code=BAD_INPUT).stderr)

    def test_steps_without_an_expectation_are_read_too(self):
        self.write("books/a.test.yaml", DEFAULTS + """cases:
  - name: one
    steps:
      - call: { id: a, args: { amount: 10001 }, environment: prodution }
      - halt: { tool: pay_invoce }
      - call: { id: b }
        expect: block
""")
        text = self.check("test", "books", code=BAD_INPUT).stderr
        self.assertIn("13:62: `prodution` is no word of `environment`", text)
        self.assertIn("books/a.test.yaml:14:9: the set has no tool `pay_invoce`", text)

    def approvals(self, approval, expect="gate"):
        self.suite("    call: { id: a, args: { amount: 10001 } }\n"
                   f"    approvals: [{approval}]\n", expect)

    def test_approvals(self):
        at = "at: 2026-11-20T14:59:00Z, requested_at: 2026-11-20T14:50:00Z"
        self.approvals("{ by: lea, roles: [lead], %s }" % at, "allow")
        self.check("test", "books")
        for approval, line in [
                ("{ by: lea, role: [lead], roles: [], %s }" % at,
                 "`role` is no part of an approval"),
                ("{ by: lea, roles: [laed], %s }" % at, "the set has no role `laed`"),
                ("{ by: lea, roles: lead, %s }" % at, "`roles` of an approval is a list"),
                ("{ by: lea, roles: [lead], gates: [lagre], plan: x, %s }" % at,
                 "the set has no rule `lagre`"),
                ("{ by: lea, roles: [lead], at: today }", "`today` is no time"),
                ("{ by: lea, roles: [lead] }", "the approval has no `at`"),
        ]:
            self.approvals(approval)
            self.assertIn(line, self.check("test", "books", code=BAD_INPUT).stderr)
        self.approvals("{ by: lea, roles: [clerc], %s }" % at,
                       "{ outcome: gate, uncounted: [lea] }")
        self.check("test", "books")

    def test_receipts_are_told_by_their_call(self):
        self.write("books/a.test.yaml", """layout: proviso
cases:
  - name: one
    call:
      tool: pay_invoice
      environment: prod
    expect: block
""")
        text = self.check("test", "books", code=BAD_INPUT).stderr
        self.assertTrue(re.search(r"a\.test\.yaml:\d+:\d+: `environment` cannot be read", text), text)

    def test_files_that_are_called_nearly_so(self):
        self.suite("    call: { environment: dev }\n")
        good = (self.folder / "books/a.test.yaml").read_text()
        for name in ["b.test.yml", "c_test.yaml", "D.Test.YAML", "tests.yaml"]:
            self.write(f"books/{name}", good)
            text = self.check("test", "books", code=BAD_INPUT).stderr
            self.assertIn(f"books/{name}:1:1: it holds cases and is not called `NAME.test.yaml`",
                          text)
            (self.folder / "books" / name).unlink()
        self.write("books/tests.yaml", "nodes: [a]\n")
        self.write("books/history.yaml", good)
        self.check("test", "books")
        self.write("books/b.test.yml", good)
        self.check("test", "books/b.test.yml")  # named, it is taken as one


main()
