#!/usr/bin/env python3
"""`proviso test` for programs: JSON, JUnit's XML, the page with the coverage."""

import html.parser
import json
import re
import xml.etree.ElementTree

from program import BAD_INPUT, CHECK_FAILED, ProgramTest, main

RULES = """policy p version "1"
attributes { note : string }
tool pay { args { amount : int } }
role lead { }
allow pays on pay
    when args.amount > 0
        and (note == "<a & b>"
            or args.amount < 1_000)
gate large on pay when args.amount > 50 by lead
"""
SUITE = """
defaults: { tool: pay, attributes: { note: "x" } }
cases:
    - { name: small & "good", call: { args: { amount: 1.0 } }, expect: allow }
    - name: <large>
      steps:
          - { call: { args: { amount: 2 } } }
          - { call: { args: { amount: 60 } }, times: 2, expect: { outcome: allow, rules: [pays] } }
    - { name: not there, steps: [{ cancel: x }, { call: { args: { amount: 0 } }, expect: block }] }
"""


class Balance(html.parser.HTMLParser):
    """That what opens is closed, in order; and what is linked to is there."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.faults = [], set(), set(), []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.add(attrs["id"])
        if "href" in attrs:
            self.links.add(attrs["href"].removeprefix("#"))
        self.faults += [name for name in attrs if name in ("src", "onclick", "onload")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


class Reports(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("p/p.proviso", RULES)
        self.write("p/a.test.yaml", SUITE)

    def report(self, *arguments):
        return self.check("test", "p", *arguments, code=CHECK_FAILED).stdout

    def test_json(self):
        report = json.loads(self.report("--format", "json", "--coverage"))
        self.assertEqual((report["format"], report["passed"], report["failed"]),
                         ("proviso-test-1", 1, 2))
        good, large, missing = report["cases"]
        self.assertEqual((good["name"], good["passed"], good["line"]), ('small & "good"', True, 4))
        self.assertNotIn("failure", good)
        failure = large["failure"]
        self.assertEqual((failure["step"], failure["time"], failure["line"]), (2, 1, 8))
        self.assertEqual(failure["differences"][0],
                         {"asked": "outcome", "expected": ["allow"], "got": ["gate"]})
        self.assertEqual(json.loads(failure["call"])["args"], {"amount": 60})
        self.assertEqual(failure["explanation"]["decision"]["outcome"], "gate")
        self.assertIn("no call with this id", missing["failure"]["error"])
        coverage = report["coverage"][0]
        self.assertEqual(coverage["shares"]["rule"], {"covered": 2, "total": 2, "percent": 100.0})
        found = {one["expression"]: (one["true"], one["false"]) for one in coverage["conditions"]}
        self.assertEqual(found["args.amount > 50"], (1, 2))
        self.assertEqual(found["args.amount < 1_000"], (3, 0))
        self.assertEqual([one["name"] for one in coverage["parts"]], ["pays", "large"])

    def test_junit(self):
        text = self.report("--format", "junit")
        root = xml.etree.ElementTree.fromstring(text)
        self.assertEqual(root.attrib, {"name": "proviso test", "tests": "3", "failures": "2"})
        suite = root.find("testsuite")
        self.assertEqual(suite.attrib, {"name": "p/a.test.yaml", "tests": "3", "failures": "2",
                                        "errors": "0"})
        good, large, _ = suite.findall("testcase")
        self.assertEqual(good.attrib["name"], 'small & "good"')
        self.assertIsNone(good.find("failure"))
        self.assertEqual(large.attrib, {"classname": "p/a.test.yaml", "name": "<large>",
                                        "file": "p/a.test.yaml", "line": "5"})
        failure = large.find("failure")
        self.assertEqual(failure.attrib["message"],
                         "outcome: expected allow, got gate; rules: expected pays, got large, pays")
        self.assertIn("true     args.amount > 50", failure.text)

    def test_what_xml_does_not_have(self):
        self.write("p/a.test.yaml", 'cases:\n    - { name: "a\\x01\\e]b", call: { tool: "\\0" },'
                   " expect: { outcome: allow, reason: unknown_tool } }\n")
        root = xml.etree.ElementTree.fromstring(self.report("--format", "junit"))
        self.assertEqual(root.find(".//testcase").attrib["name"], "a\ufffd\ufffd]b")

    def test_a_file_beside_the_text(self):
        plain = self.report()
        for form in ("json", "junit", "text"):
            direct = self.report("--format", form)
            beside = self.report("--format", form, "--output", "report")
            self.assertEqual(beside, plain)
            self.assertEqual((self.folder / "report").read_text(), direct)
        self.check("test", "p", "--output", "no/such/folder", code=BAD_INPUT)

    def test_the_page(self):
        self.report("--coverage-html", "page.html")
        page = (self.folder / "page.html").read_text()
        balance = Balance()
        balance.feed(page)
        self.assertEqual((balance.faults, balance.open), ([], []))
        self.assertTrue(balance.links)
        self.assertLessEqual(balance.links, balance.ids)
        for address in ("http:", "https:", "url(", "<script", "@import"):
            self.assertNotIn(address, page)
        self.assertIn("prefers-color-scheme: dark", page)
        # The text of the rules is whole, with the marks taken out.
        code = re.findall(r"<code>(.*)</code></div>\n", page)
        text = "\n".join(re.sub(r"<[^>]*>", "", line) for line in code) + "\n"
        self.assertEqual(html.unescape(text), RULES)
        self.assertRegex(page, r'<div class="row half" id="s0-0-8"><b>8</b><code>.*'
                               r'<span class="half" title="true 3 times, false 0 times, '
                               r'unknown 0 times">args.amount &lt; 1_000</span>')
        self.assertRegex(page, r'<a href="#s0-0-8">p/p.proviso:8</a> never false: args.amount &lt;')

    def test_threads_change_nothing(self):
        for form in ("json", "junit"):
            one = self.report("--format", form, "--coverage", "--threads", 1)
            self.assertEqual(one, self.report("--format", form, "--coverage", "--threads", 3))


main()
