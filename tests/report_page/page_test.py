#!/usr/bin/env python3
"""`proviso simulate --report`, as its readers see it: in a browser, by mouse and by keyboard, by day
and by night, on a phone and on paper, without a script, and with a history that means harm."""

import json
import pathlib
import re
import shutil
import sys

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

from browser import CONTRASTS, Browser  # noqa: E402
from program import BAD_INPUT, ProgramTest, main  # noqa: E402

BANKING = HERE.parents[1] / "policies" / "banking"
CLASSES = ["allow", "notify", "gate", "block", "unknown"]

HOSTILE = """policy hostile version "{version}"
catalogue open
tool read {{ args open {{ note : string, amount : int }} }}
role lead {{ }}
allow reading on read*
gate by_note on read when args.amount > {cap} by lead
    because "The note says {{args.note}}"
"""
ATTACKS = [
    "</script><script>window.broken = 1</script>",
    "<!--<script>",
    "]]><img src=x onerror='window.broken = 1'>",
    "\u2028window.broken = 1\u2029",
    "\u202egnp.exe\u202c",
    "&lt;b&gt;\"'`${window.broken = 1}",
    "javascript:window.broken=1//https://example.invalid/",
]


def number(text):
    """Of a cell: "1,234", "12.50", or a dot for none."""
    plain = text.replace(",", "").strip()
    return 0 if plain in ["", "·"] else float(plain)


class Page(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def setUp(self):
        super().setUp()
        self.browser.look()

    def find(self, css):
        return self.browser.driver.find_elements(By.CSS_SELECTOR, css)

    def the(self, css):
        found = self.find(css)
        self.assertEqual(len(found), 1, css)
        return found[0]

    def report(self, *arguments, page="page.html"):
        """Opens the page, and gives the JSON report of the same run."""
        done = self.check("simulate", *arguments, "--format", "json", "--report", page)
        self.browser.open(self.folder / page)
        return json.loads(done.stdout)

    def banking(self, *more, baseline=True):
        for name in ["old", "new"]:
            shutil.copytree(BANKING, self.folder / name, dirs_exist_ok=True)
        for path in (self.folder / "new").glob("*.proviso"):
            text = path.read_text()
            text = text.replace('version "1.0.0"', 'version "1.1.0"')
            text = re.sub(r"(param auto_cap +: money = )\d+", r"\g<1>60", text)
            path.write_text(re.sub(r"(param review_cap +: money = )\d+", r"\g<1>4000", text))
        against = ["--baseline", "old"] if baseline else []
        return self.report("-p", "new", *against, "--history", "old/demo/history.jsonl", *more)

    def hostile(self, *more):
        self.write("old.proviso", HOSTILE.format(version="1", cap=500))
        self.write("new.proviso", HOSTILE.format(version="2", cap=50))
        calls = []
        for index, attack in enumerate(ATTACKS * 40):
            tool = ["read", "read" + "y" * 196, "drop" + attack][index % 3]
            calls.append({"id": attack, "tool": tool,
                          "time": f"2026-03-{index % 28 + 1:02}T{index % 24:02}:00:00Z",
                          "workflow": {"name": attack, "run": attack}, "intent": attack,
                          "args": {"note": attack, "amount": index, attack: attack}})
        self.write("h.jsonl", "".join(json.dumps(call) + "\n" for call in calls))
        return self.report("-p", "new.proviso", "--baseline", "old.proviso", "--history", "h.jsonl",
                           "--show-args", *more)

    def quiet(self):
        self.assertEqual(self.browser.complaints(), [])
        for url in self.browser.requests():
            self.assertTrue(url.startswith("file:///"), url)
        self.assertIsNone(self.browser.run("return window.broken"))

    def rows(self, section):
        """The texts of the cells of the first table there, heads left out."""
        return self.browser.run(
            "return [...document.querySelector(`#${arguments[0]} .scroll table`).tBodies[0].rows]"
            ".map(row => [...row.cells].map(cell => cell.textContent))", section)

    def heat(self):
        return self.browser.run(
            "return [...document.querySelector('.heat').tBodies[0].rows].map(row =>"
            " [...row.cells].slice(1).map(cell => cell.textContent))")

    def cell(self, before, now):
        return self.the(f".heat button[data-before={before}][data-now={now}]")

    def is_open(self):
        return self.browser.run("return document.getElementById('calls').open")

    def shown_calls(self):
        return [item.text for item in self.find("#calls-list > li")]

    # ---------------------------------------------------------------- figures

    def test_the_figures_are_those_of_the_json_report(self):
        report = self.banking()
        made = report["comparison"]
        table = made["baseline_to_policy"]
        self.assertEqual(self.the("h1").text, "Tightens and loosens")
        self.assertEqual([[number(text) for text in row] for row in self.heat()],
                         [[table[i][j] for j in CLASSES] for i in CLASSES])
        for row, name in zip(self.rows("outcomes"), CLASSES):
            self.assertEqual(row[0], name)
            self.assertEqual([number(row[1]), number(row[3])],
                             [sum(table[name].values()), sum(table[i][name] for i in CLASSES)])
        self.assertEqual([[row[0], row[1], number(row[2]), number(row[3]), number(row[5])]
                          for row in self.rows("rules")],
                         [[rule["name"], rule["effect"], rule["hits"], rule["decisive"],
                           rule["unsure"]] for rule in report["rules"]])
        lacking = [fact for fact in report["facts"] if fact["absent"] + fact["decisive"] > 0]
        self.assertEqual([[row[0], *map(number, (row[1], row[2], row[4]))]
                          for row in self.rows("facts")],
                         [[fact["name"], fact["reads"], fact["absent"], fact["decisive"]]
                          for fact in lacking])
        (usd,) = made["money"]["currencies"]
        for row in self.rows("moves"):
            before, now = row[0].split(" to ")
            self.assertEqual(list(map(number, row[1:])),
                             [table[before][now],
                              made["intents"]["baseline_to_policy"][before][now],
                              float(usd["baseline_to_policy"][before][now])])
        text = self.the("header").text
        self.assertIn(f"newly allowed\n{made['newly_allowed']}", text)
        share = 100 * made["fidelity"]["as_recorded"] / made["fidelity"]["recorded"]
        self.assertIn(f"baseline fidelity\n{share:.1f} %", text)
        self.assertIn(report["run"]["digest"], self.the("#origin").text)
        self.quiet()

    def test_the_table_counts_calls_intents_and_money(self):
        made = self.banking()["comparison"]
        for name, table in [("intents", made["intents"]["baseline_to_policy"]),
                            ("USD", made["money"]["currencies"][0]["baseline_to_policy"]),
                            ("calls", made["baseline_to_policy"])]:
            (choice,) = [label for label in self.find(".measures label") if label.text == name]
            choice.click()
            self.assertEqual([[number(text) for text in row] for row in self.heat()],
                             [[float(table[i][j] or 0) for j in CLASSES] for i in CLASSES])

    def test_a_chart_shows_what_its_table_says(self):
        table = self.banking()["comparison"]["baseline_to_policy"]
        sums = [[sum(table[name].values()) for name in CLASSES],
                [sum(table[i][name] for i in CLASSES) for name in CLASSES]]
        widths = self.browser.run(
            "return [...document.querySelectorAll('[data-chart=outcomes] svg.screen > g')]"
            ".map(row => [...row.querySelectorAll('rect')]"
            ".map(bar => Number(bar.getAttribute('width'))))")
        for row, counts in zip(widths, sums):
            counts = [count for count in counts if count > 0]
            self.assertEqual(len(row), len(counts))
            for width, count in zip(row, counts):
                self.assertAlmostEqual(width / sum(row), count / sum(counts), places=2)

    def test_days_add_up(self):
        report = self.banking()
        rows = self.rows("days")
        for column, outcome in enumerate(CLASSES[:4], start=5):
            self.assertEqual(sum(number(row[column]) for row in rows),
                             report["outcomes"][outcome])
        for row in rows:
            self.assertEqual(sum(map(number, row[1:5])), sum(map(number, row[5:9])))
            self.assertRegex(row[0], r"^\d{1,2} Mar 2026$")
        bars = self.browser.run(
            "return [...document.querySelectorAll('[data-chart=days] svg.screen rect')]"
            ".map(bar => Number(bar.getAttribute('height')))")
        counts = [number(text) for row in rows for text in row[1:] if number(text) > 0]
        self.assertEqual(len(bars), len(counts))
        self.assertAlmostEqual(max(bars) / sum(bars), max(counts) / sum(counts), places=4)

    def test_without_a_baseline_against_what_was_recorded(self):
        report = self.banking(baseline=False)
        table = report["recorded"]["recorded_to_now"]
        outcomes = CLASSES[:4]
        self.assertEqual([[number(text) for text in row] for row in self.heat()],
                         [[table[i][j] for j in outcomes] for i in outcomes])
        self.assertIn("against what was recorded", self.the("header").text)
        self.cell("gate", "notify").click()
        self.assertEqual(len(self.shown_calls()), table["gate"]["notify"])
        self.quiet()

    def test_without_anything_to_compare_with(self):
        self.write("h.jsonl", '{"tool": "issue_refund", "args": {"order_id": "A-1"}}\n' * 1234)
        report = self.report("-p", "support.proviso", "--history", "h.jsonl")
        self.assertEqual(self.the("h1").text, "Nothing to compare with")
        self.assertEqual(sum(number(text) for row in self.heat() for text in row),
                         report["run"]["calls"])
        (button,) = self.find(".heat button")
        self.assertEqual(button.text, "1,234")
        button.click()
        self.assertIn("the first 200 of 1,234 calls", self.the("#calls-count").text)
        self.quiet()

    # ---------------------------------------------------------------- calls behind a cell

    def test_a_cell_opens_its_calls_by_mouse_and_by_keyboard(self):
        made = self.banking()["comparison"]
        (sample,) = [call for call in made["samples"]["looser"] if call["chosen"] == "largest"][:1]
        for open_it in [lambda cell: cell.click(), lambda cell: cell.send_keys(Keys.ENTER),
                        lambda cell: cell.send_keys(Keys.SPACE)]:
            cell = self.cell("gate", "notify")
            open_it(cell)
            self.browser.wait(self.is_open)
            calls = self.shown_calls()
            self.assertEqual(len(calls), made["baseline_to_policy"]["gate"]["notify"])
            (shown,) = [text for text in calls if sample["after"]["id"] in text]
            for rule in sample["before"]["rules"] + sample["after"]["rules"]:
                self.assertIn(rule["name"], shown)
            self.assertIn(sample["after"]["args"], shown)
            self.assertRegex(shown, r"was\s+gate[\s\S]*now\s+notify")
            self.assertEqual(self.the("#calls-head").text, "gate to notify")
            self.browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
            self.browser.wait(lambda: not self.is_open())
            self.assertEqual(self.browser.driver.switch_to.active_element, cell)
        self.quiet()

    def test_calls_are_searched_and_come_in_portions(self):
        self.banking()
        self.cell("allow", "notify").click()
        self.assertEqual(len(self.shown_calls()), 25)
        self.the("#calls-more").click()
        self.assertEqual(len(self.shown_calls()), 27)
        self.assertFalse(self.the("#calls-more").is_displayed())
        self.the("#calls-search").send_keys("call-0")
        self.browser.wait(lambda: "match" in self.the("#calls-count").text)
        for text in self.shown_calls():
            self.assertIn("call-0", text)

    def test_every_control_is_reached_by_keyboard(self):
        self.banking()
        wanted = set(self.find(".heat button, .scroll"))
        reached = set()
        for _ in range(len(wanted) + 10):
            self.browser.driver.switch_to.active_element.send_keys(Keys.TAB)
            reached.add(self.browser.driver.switch_to.active_element)
        self.assertEqual(wanted - reached, set())

    # ---------------------------------------------------------------- looks

    def test_contrast_by_day_by_night_and_on_paper(self):
        self.banking()
        grounds = set()
        for scheme, media in [("light", ""), ("dark", ""), ("dark", "print")]:
            self.browser.look(scheme=scheme, media=media)
            grounds.add(self.browser.run("return getComputedStyle(document.body).backgroundColor"))
            found = self.browser.run(CONTRASTS)
            self.assertGreater(len(found), 5)
            for ratio, least, text in found:
                self.assertGreaterEqual(ratio, least, f"{scheme} {media}: {text}")
        self.assertEqual(len(grounds), 2, "night has a ground of its own, paper is white")
        self.browser.look(scheme="dark")
        self.cell("gate", "notify").click()
        for ratio, least, text in self.browser.run(CONTRASTS):
            self.assertGreaterEqual(ratio, least, text)

    def overflow(self):
        return self.browser.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def test_no_page_scrolls_sideways(self):
        for make in [self.banking, self.hostile]:
            make()
            for width in [400, 800, 1600]:
                self.browser.look(width)
                self.assertEqual(self.overflow(), 0, width)
                self.find(".heat button")[-1].click()
                self.assertEqual(self.overflow(), 0, width)
                self.assertEqual(self.browser.run(
                    "const it = document.getElementById('calls');"
                    "return it.scrollWidth - it.clientWidth"), 0, width)
                self.the("#calls-close").click()

    def test_two_sheets_of_paper(self):
        for make in [self.banking, self.hostile]:
            make()
            self.browser.look(scheme="dark")
            self.assertLessEqual(self.browser.sheets(), 2)

    def test_without_javascript_the_figures_are_there(self):
        made = self.banking()["comparison"]
        self.browser.open(self.folder / "page.html", scripts=False)
        self.addCleanup(self.browser.command, "Emulation.setScriptExecutionDisabled", value=False)
        body = self.the("body").text
        self.assertIn("Without JavaScript", body)
        self.assertNotIn("Open a number", body)
        self.assertIn("Tightens and loosens", body)
        self.assertEqual(self.cell("gate", "notify").text,
                         str(made["baseline_to_policy"]["gate"]["notify"]))

    # ---------------------------------------------------------------- harm

    def test_a_hostile_history_stays_text(self):
        self.hostile()
        self.assertEqual(self.browser.run("return document.scripts.length"), 3)
        self.assertEqual(self.find("img"), [])
        self.cell("allow", "gate").click()
        self.browser.wait(self.is_open)
        shown = "\n".join(self.shown_calls())
        self.assertIn("</script><script>window.broken = 1</script>", shown)
        for character in "\u2028\u2029\u202e\u202c":
            self.assertNotIn(character, self.browser.run("return document.body.innerText"))
        self.quiet()

    def test_the_page_lets_nothing_else_run(self):
        self.banking()
        policy = self.the("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        self.assertTrue(policy.startswith("default-src 'none'; "))
        self.assertNotIn("unsafe", policy)
        self.browser.run("const it = document.createElement('script');"
                         "it.textContent = 'window.broken = 1'; document.body.append(it);")
        self.assertIsNone(self.browser.run("return window.broken"))
        self.assertEqual(len(self.browser.complaints()), 1)

    def test_the_same_run_gives_the_same_page(self):
        self.banking("--threads", "1")
        first = (self.folder / "page.html").read_bytes()
        self.banking("--threads", "4")
        self.assertEqual((self.folder / "page.html").read_bytes(), first)

    def test_a_page_that_cannot_be_written(self):
        self.write("h.jsonl", '{"tool": "lookup"}\n')
        done = self.check("simulate", "-p", "support.proviso", "--history", "h.jsonl", "--report",
                          "nowhere/page.html", code=BAD_INPUT)
        self.assertIn("nowhere/page.html", done.stderr)


main()
