#!/usr/bin/env python3
"""What speaks against a history or a mapping file, and is no error, is told in every form."""

import json
from xml.etree import ElementTree

from program import BAD_LINES, ProgramTest, main

POLICY = '''policy demo.refunds version "1.0.0"

attributes { customer.tier : standard | gold
    customer.id : string }
tool issue_refund {
    args { amount : money in USD
        order : string? }
}
role support_lead { }
allow refunds on issue_refund when customer.tier == gold
gate large on issue_refund when args.amount > 100 USD by support_lead
'''
MAPPING = '''call:
    id: /req
    tool: /name
    args: /in
    time: {pointer: /ts, time: unix_s}
attributes:
    customer.tier: /ctx/tier
    customer.id: /ctx/id
'''


def receipt(name, day=1, **more):
    return {"id": name, "time": f"2026-03-{day:02}T10:00:00Z", "tool": "issue_refund",
            "attributes": {"customer.tier": "gold"}, "args": {"amount": 20}, **more}


def entry(request, time, **more):
    return {"req": request, "ts": time, "name": "issue_refund", "in": {"amount": 20},
            "ctx": {"tier": "gold", "id": 4711}, **more}


def plain(text):
    return " ".join(text.split())


class Doubts(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("p.proviso", POLICY)
        self.write("m.yaml", MAPPING)

    def lines(self, name, *records):
        self.write(name, "".join(json.dumps(one) + "\n" for one in records))

    def simulate(self, *options, code=0):
        return self.check("simulate", "-p", "p.proviso", *options, code=code).stdout

    def doubts(self, *options):
        return json.loads(self.simulate(*options, "--format", "json"))["doubts"]

    # ------------------------------------------------------------------ ids

    def test_calls_that_two_files_hold(self):
        self.lines("a.jsonl", receipt("c-1"), receipt("c-2"))
        self.lines("b.jsonl", receipt("c-2"), receipt("c-3"), receipt("c-1"))
        files = ["--history", "a.jsonl", "b.jsonl"]
        told = "2 calls have the id of an earlier call and its tool, stage and time: they are " \
               "told again, and count twice; for example c-2, at a.jsonl:2 and b.jsonl:1"
        text = self.simulate(*files)
        self.assertIn("\nDoubts about what was read\n", text)
        self.assertIn(told, plain(text))
        self.assertIn("- ⚠ " + told.split(";")[0],
                      self.simulate(*files, "--format", "md").replace("\\", ""))
        suite = ElementTree.fromstring(self.simulate(*files, "--format", "junit"))
        self.assertIn(told, suite.find("testsuite").find("system-out").text)
        (run,) = json.loads(self.simulate(*files, "--format", "sarif"))["runs"]
        (doubt,) = run["results"]
        self.assertEqual((doubt["ruleId"], doubt["level"], doubt["message"]["text"]),
                         ("history-doubt", "warning", told))
        self.simulate(*files, "--report", "page.html")
        page = (self.folder / "page.html").read_text()
        self.assertIn(told, page)
        self.assertEqual(self.doubts(*files)["repeated_ids"], {
            "ids": 2, "calls": 2, "same": 2, "one_in": 1,
            "example": {"id": "c-2", "first": {"file": "a.jsonl", "line": 2},
                        "again": {"file": "b.jsonl", "line": 1}}})

    def test_a_call_that_is_told_again_is_no_evidence_for_a_gate(self):
        calls = [receipt(f"c-{i}", recorded={"outcome": "allow"}) for i in range(3)]
        self.lines("a.jsonl", *calls)
        self.lines("b.jsonl", *calls)
        for least, code in ((3, 0), (4, 4)):
            self.write("gate.yaml", f"min_calls: {least}\n")
            text = self.simulate("--history", "a.jsonl", "b.jsonl", "--gate", "gate.yaml",
                                 code=code)
            self.assertRegex(text, rf"min_calls +at least {least} +3 ")

    def test_ids_that_are_used_again(self):
        self.lines("a.jsonl", receipt("c-1"), receipt("c-1", 2), receipt("c-1", 3))
        told = "2 calls have the id of an earlier call of another tool, stage or time: they were " \
               "tried again, or ids are not unique; for example c-1, at a.jsonl:1 and a.jsonl:2"
        self.assertIn(told, plain(self.simulate("--history", "a.jsonl")))
        self.lines("b.jsonl", receipt("c-1", 3), receipt("c-1", 1))
        both = self.doubts("--history", "a.jsonl", "b.jsonl")["repeated_ids"]
        self.assertEqual((both["ids"], both["calls"], both["same"]), (1, 4, 1))
        self.assertEqual(both["example"]["again"], {"file": "b.jsonl", "line": 2})

    def test_retries_of_an_intent_are_no_part_of_it(self):
        self.lines("a.jsonl", receipt("c-1", intent="i"), receipt("c-2", intent="i"),
                   receipt(""), receipt(""))
        self.assertNotIn("Doubts", self.simulate("--history", "a.jsonl"))
        self.assertEqual(self.doubts("--history", "a.jsonl")["repeated_ids"],
                         {"ids": 0, "calls": 0, "same": 0, "one_in": 1})

    def test_a_packed_history_and_one_that_is_sorted(self):
        self.lines("a.jsonl", *(receipt(f"c-{i}") for i in range(200)))
        self.lines("b.jsonl", *(receipt(f"c-{i}") for i in range(150, 250)))
        self.check("history", "pack", "b.jsonl", "-o", "b.pvh")
        for files in (["a.jsonl", "b.jsonl"], ["a.jsonl", "b.pvh"], ["a.jsonl", "b.pvh", "--sort"]):
            found = self.doubts("--history", *files)["repeated_ids"]
            self.assertEqual((found["ids"], found["calls"], found["same"]), (50, 50, 50), files)
            self.assertEqual(found["example"]["again"]["line"], 1)

    # ------------------------------------------------------------------ numbers as texts

    def test_ids_that_are_numbers(self):
        self.lines("log.jsonl", entry(901, 1772409600), entry(901.50, 1772409601),
                   entry(10**30, 1772409602))
        text = self.simulate("--history", "log.jsonl", "--map", "m.yaml", "--decisions", "d.jsonl")
        self.assertRegex(text, r"allow +3 ")
        self.assertNotIn("Doubts", text)
        self.assertNotIn("wrong type", text)
        done = self.check("explain", "-p", "p.proviso", "--call", "-", "--map", "m.yaml",
                          stdin=json.dumps(entry(901, 1772409600)))
        self.assertIn("ALLOW", done.stdout)

    def test_texts_of_numbers_as_they_are_written(self):
        policy = POLICY.replace("customer.tier == gold\n",
                                'customer.tier == gold and customer.id == "4711.0"\n')
        self.write("p.proviso", policy)
        line = json.dumps(entry(1, 1772409600))
        self.write("log.jsonl", "\n".join([line, line.replace("4711", "4711.0")] * 20))
        options = ["--map", "m.yaml", "--format", "json", "--history"]
        plain_run = json.loads(self.simulate(*options, "log.jsonl"))
        self.assertEqual(plain_run["outcomes"]["allow"], 20)
        self.check("history", "pack", "log.jsonl", "-o", "log.pvh")
        packed = json.loads(self.simulate(*options, "log.pvh"))
        self.assertEqual(packed["outcomes"], plain_run["outcomes"])
        self.assertEqual(packed["run"]["digest"], plain_run["run"]["digest"])

    def test_numbers_in_objects_that_are_taken_whole(self):
        self.write("p.proviso", POLICY.replace(
            "customer.tier == gold\n",
            'customer.tier == gold and customer.id == "4711" and principal.id == "12"\n'))
        for taken in ("attributes: {customer: /ctx}\n", "attributes: /all\n"):
            mapping = MAPPING[:MAPPING.index("attributes:")] + "    principal: /who\n" + taken
            self.write("m.yaml", mapping)
            context = {"tier": "gold", "id": 4711}
            self.lines("log.jsonl", *[entry(1, 1772409600, who={"id": 12}, ctx=context,
                                            all={"customer": context})] * 3)
            text = self.simulate("--history", "log.jsonl", "--map", "m.yaml")
            self.assertRegex(text, r"allow +3 ")
            self.assertNotIn("declares nothing", text)

    def test_arguments_stay_as_they_are(self):
        mapping = MAPPING.replace("    args: /in\n", "    args.amount: /in/amount\n"
                                                     "    args.order: /in/order\n")
        self.write("m.yaml", mapping)
        self.lines("log.jsonl", entry(1, 1772409600, **{"in": {"amount": 20, "order": 5}}))
        text = self.simulate("--history", "log.jsonl", "--map", "m.yaml")
        self.assertIn("invalid_args: args.order: not a string", text)

    # ------------------------------------------------------------------ times

    def test_seconds_that_are_read_as_something_else(self):
        self.lines("log.jsonl", entry(1, 1772409600), entry(2, 1772409601))
        for form, read in (("unix_ms", "1970-01-21T"), ("unix_us", "1970-01-01T"),
                           ("unix_ns", "1970-01-01T")):
            self.write("m.yaml", MAPPING.replace("unix_s", form))
            text = plain(self.simulate("--history", "log.jsonl", "--map", "m.yaml"))
            self.assertRegex(text, "2 calls have a time before 2000; the first is 1772409(600|…) "
                                   f"of `/ts` at log.jsonl:1, read as {read}", form)
            self.assertIn("such numbers are `time: unix_s` in a mapping file", text)

    def test_milliseconds_that_are_read_as_seconds(self):
        self.lines("log.jsonl", entry(1, 1772409600000), entry(2, "1772409601000"))
        text = plain(self.simulate("--history", "log.jsonl", "--map", "m.yaml"))
        self.assertIn("2 calls have a time that cannot be read; the first is 1772409600000 of "
                      "`/ts` at log.jsonl:1; such numbers are `time: unix_ms`", text)
        times = self.doubts("--history", "log.jsonl", "--map", "m.yaml")["times"]
        self.assertEqual((times["early"], times["late"], times["unreadable"]), (0, 0, 2))

    def test_numbers_that_are_read_as_texts_and_back(self):
        self.write("m.yaml", MAPPING.replace("{pointer: /ts, time: unix_s}", "/ts"))
        self.lines("log.jsonl", entry(1, 1772409600))
        text = plain(self.simulate("--history", "log.jsonl", "--map", "m.yaml"))
        self.assertIn("such numbers are `time: unix_s`", text)
        self.write("m.yaml", MAPPING)
        self.lines("log.jsonl", entry(1, "2026-03-02T00:00:00Z"))
        text = plain(self.simulate("--history", "log.jsonl", "--map", "m.yaml"))
        self.assertIn("such a text is `time: rfc3339`", text)

    def test_a_time_without_its_zone(self):
        self.lines("a.jsonl", dict(receipt("c-1"), time="2026-03-01 10:00:00"),
                   dict(receipt("c-2"), time="1969-03-01T10:00:00Z"),
                   dict(receipt("c-3"), time="2226-03-01T10:00:00Z"))
        text = plain(self.simulate("--history", "a.jsonl"))
        self.assertIn("1 call has a time before 2000, 1 call has a time after 2099, 1 call has a "
                      "time that cannot be read; the first is 2026-03-01 10:00:00 of `/time` at "
                      "a.jsonl:1; a time has a date, a time of day and a zone", text)

    def test_digits_in_quotes(self):
        self.lines("log.jsonl", entry(1, "1772409600"))
        report = json.loads(self.simulate("--history", "log.jsonl", "--map", "m.yaml",
                                          "--format", "json"))
        self.assertEqual(report["doubts"]["times"], {"early": 0, "late": 0, "unreadable": 0})
        self.assertIn("\n  2026-03-02 ", self.simulate("--history", "log.jsonl", "--map",
                                                       "m.yaml", "--figures"))

    # ------------------------------------------------------------------ mapping files

    def test_places_where_nothing_stands(self):
        self.write("m.yaml", MAPPING.replace("/ctx/tier", "/ctx/teir") + "labels: {desk: /dsk}\n")
        self.lines("log.jsonl", entry(1, 1772409600), entry(2, 1772409601))
        told = "nothing stands in any of 2 calls where the mapping looks for " \
               "`attributes.customer.tier` (/ctx/teir), `labels.desk` (/dsk)"
        options = ["--history", "log.jsonl", "--map", "m.yaml"]
        self.assertIn(told, plain(self.simulate(*options)))
        self.assertEqual(self.doubts(*options)["mapping"], {
            "looked_at": 2, "unknown": [],
            "nowhere": [{"field": "attributes.customer.tier", "place": "/ctx/teir"},
                        {"field": "labels.desk", "place": "/dsk"}]})
        self.lines("log.jsonl", entry(1, 1772409600), entry(2, 1772409601, dsk=None))
        self.assertNotIn("labels.desk", self.simulate(*options))

    def test_places_of_lines_that_are_taken_apart(self):
        self.write("m.yaml", "each: /calls/*\n" + MAPPING.replace("/ctx/tier", "[/ctx/t, /tier]")
                   + "labels: {desk: [line:/dsk, {value: none}], run: line:/run}\n")
        self.lines("log.jsonl", {"run": 1, "calls": [entry(1, 1772409600), entry(2, 1772409601)]})
        text = plain(self.simulate("--history", "log.jsonl", "--map", "m.yaml"))
        self.assertIn("nothing stands in any of 2 calls where the mapping looks for "
                      "`attributes.customer.tier` (/ctx/t, /tier), `labels.desk` (line:/dsk)", text)

    def test_a_filter_that_lets_nothing_through(self):
        self.lines("log.jsonl", entry(1, 1772409600, kind="tool"))
        for each in ("", "each: /x/*\n"):
            self.write("m.yaml", each + MAPPING + "only: {pointer: /knd, equals: tool}\n")
            text = plain(self.simulate("--history", "log.jsonl", "--map", "m.yaml",
                                       code=BAD_LINES))
            self.assertIn("nothing stands in any line where the mapping looks for `only` (/knd)",
                          text)

    def test_names_that_no_policy_declares(self):
        self.write("m.yaml", MAPPING.replace("customer.tier:", "customer.teir:")
                   .replace("    args: /in\n", "    args.amuont: /in/amount\n"
                                               "    agent.model: /name\n")
                   + "facts: {order.key: /req}\n")
        self.lines("log.jsonl", entry(1, 1772409600))
        options = ["--history", "log.jsonl", "--map", "m.yaml"]
        self.assertIn("the policy declares nothing that the mapping calls `call.args.amuont` (did "
                      "you mean `call.args.amount`?), `attributes.customer.teir` (did you mean "
                      "`attributes.customer.tier`?), `facts.order.key`",
                      plain(self.simulate(*options)))
        self.write("other.proviso", POLICY.replace("customer.tier", "customer.teir"))
        unknown = self.doubts(*options, "--baseline", "other.proviso")["mapping"]["unknown"]
        self.assertEqual([one["field"] for one in unknown], ["call.args.amuont", "facts.order.key"])

    # ------------------------------------------------------------------ all of it

    def test_whatever_the_number_of_threads_and_a_run_that_is_taken_up(self):
        records = [entry(i % 700, 1772409600 + i % 700) for i in range(1000)]
        self.write("m.yaml", MAPPING.replace("unix_s", "unix_ms") + "labels: {desk: /dsk}\n")
        self.lines("log.jsonl", *records)
        options = ["--history", "log.jsonl", "--map", "m.yaml"]
        alone = self.doubts(*options, "--threads", "1")
        self.assertEqual(alone["repeated_ids"]["same"], 300)
        self.assertEqual(alone["times"]["early"], 1000)
        self.assertEqual(alone, self.doubts(*options, "--threads", "3"))
        self.assertEqual(alone, self.doubts(*options, "--checkpoint", "c", "--checkpoint-every",
                                            "0"))


main()
