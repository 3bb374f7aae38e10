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
CAPPED = """policy capped version "{version}"
tool pay {{ args {{ amount : money in USD }} }}
role lead {{ }}
allow pays on pay when args.amount > 0 USD
gate large on pay when args.amount > 100 USD by lead
block huge on pay when args.amount > 5_000 USD
matrix sizes by args.amount on pay {{
    <= 1_000 USD | allow               |
    _            | notify lead within 1d |
}}
limit daily on pay
    sum args.amount per principal.id over 24h
        > {cap}      : gate by lead
        > 90_000 USD : block
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

    def capped(self, *more):
        """A history of approvals in two workflows, against a policy with a limit."""
        calls = []
        for n in range(60):
            calls.append({"tool": "pay", "id": f"c-{n}", "intent": f"order {n % 7}",
                          "time": f"2026-03-{n // 12 + 1:02}T10:{n % 12:02}:00Z",
                          "principal": {"id": f"p-{n % 5}"},
                          "workflow": {"name": "orders" if n % 4 else "returns"},
                          "args": {"amount": 150 + n if n % 3 else 9000},
                          "recorded": {"outcome": "gate", "verdict": "approved", "approvals": [
                              {"by": "ann", "asked": f"2026-03-{n // 12 + 1:02}T10:{n % 12:02}:00Z",
                               "at": f"2026-03-{n // 12 + 1:02}T10:{n % 12:02}:05Z"}]}})
        self.write("h.jsonl", "".join(json.dumps(call) + "\n" for call in calls))
        self.write("old.proviso", CAPPED.format(version="1", cap="600 USD"))
        self.write("new.proviso", CAPPED.format(version="2", cap="400 USD"))
        return self.report("-p", "new.proviso", "--baseline", "old.proviso", "--history", "h.jsonl",
                           *more)

    def quiet(self):
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual(self.browser.requests(), [(self.folder / "page.html").as_uri()])
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

    # ---------------------------------------------------------------- every table by the JSON

    def table(self, section, caption):
        """The texts of the cells of the table there whose caption begins so."""
        return self.browser.run(
            "const table = [...document.querySelectorAll(`#${arguments[0]} table`)]"
            ".find(one => one.caption.textContent.startsWith(arguments[1]));"
            "return [...table.tBodies[0].rows]"
            ".map(row => [...row.cells].map(cell => cell.textContent))", section, caption)

    def share(self, text, part, whole):
        """A cell that says "12.3 %"; nothing where there is no whole."""
        if whole == 0:
            return self.assertEqual(text, "")
        self.assertRegex(text, r"^\d+\.\d %$")
        self.assertAlmostEqual(float(text[:-2]), 100 * part / whole, delta=0.0501)

    def seconds(self, text, durations, name):
        """A cell such as "2 h 5 min", which is rounded up to its smaller unit."""
        if durations["count"] == 0:
            return self.assertEqual(text, "")
        units = {"s": 1, "min": 60, "h": 3600, "d": 86400}
        words = text.split()
        told = sum(int(count) * units[unit] for count, unit in zip(words[::2], words[1::2]))
        self.assertGreaterEqual(told, durations[name], text)
        step = units[words[-1]] if len(words) == 4 or words[1] in "s min" else 3600
        self.assertLess(told - durations[name], step, text)

    def interval(self, text, bounds):
        low, high = re.fullmatch(r"(\d+\.\d) to (\d+\.\d) %", text).groups()
        self.assertLess(abs(float(low) - 100 * bounds["low"]), 0.1001)
        self.assertLess(abs(float(high) - 100 * bounds["high"]), 0.1001)
        self.assertLessEqual(float(low), 100 * bounds["low"] + 1e-9)
        self.assertGreaterEqual(float(high), 100 * bounds["high"] - 1e-9)

    def test_workflows_are_those_of_the_json_report(self):
        for make in [self.banking, self.capped]:
            self.hold_workflows_to(make()["figures"]["workflows"]["rows"])

    def hold_workflows_to(self, rows):
        shown = self.table("workflows", "By workflow")
        self.assertEqual([row[0] for row in shown], [row["name"] or "(none named)" for row in rows])
        self.assertGreater(len(rows), 0)
        for cells, row in zip(shown, rows):
            calls = sum(row["policy"][name] for name in CLASSES[:4])
            people = sum(row["verdicts"].values())
            self.assertEqual([number(cells[1]), number(cells[4])], [calls, people])
            self.share(cells[2], row["policy"]["gate"], calls)
            self.share(cells[3], row["policy"]["block"], calls)
            for cell, verdict in zip(cells[5:8], ["approved", "edited", "rejected"]):
                self.share(cell, row["verdicts"][verdict], people)
            if row["escalation_told"] == 0:
                self.assertEqual(cells[8], "not told")
            else:
                self.share(cells[8], row["escalated"], row["escalation_told"])
            self.seconds(cells[9], row["cycle_seconds"], "p50")
            self.seconds(cells[10], row["cycle_seconds"], "p95")
        money = [[row["name"] or "(none named)", one["currency"],
                  *(float(one["sums"][name]) if one["calls"][name] else 0
                    for name in CLASSES[:4])] for row in rows for one in row["money"]]
        self.assertEqual([[*cells[:2], *map(number, cells[2:])]
                          for cells in self.table("workflows", "Money by workflow")], money)
        self.assertGreater(len(money), 0)

    def test_rules_are_those_of_the_json_report(self):
        rules = self.banking()["rules"]
        judged = 0
        for cells, rule in zip(self.table("rules", "Rules"), rules):
            self.assertEqual(cells[:2] + [number(cell) for cell in cells[2:6]],
                             [rule["name"], rule["effect"], rule["hits"], rule["decisive"],
                              rule["sole"], rule["unsure"]])
            self.assertEqual(cells[9], f"{rule['file']}:{rule['line']}" if rule["file"] else "")
            self.assertEqual("never took part" in cells[8], rule["dead"])
            if "precision" not in rule:
                self.assertEqual(cells[6:8], ["", ""])
                continue
            judged += 1
            share, of = cells[6].split(" of ")
            self.assertEqual(number(of), rule["precision"]["of"])
            self.share(share, rule["precision"]["share"], 1)
            self.interval(cells[7], rule["precision"])
        self.assertGreater(judged, 0)

    def test_a_cell_that_restricts_nothing_is_not_said_to_be_dead(self):
        rules = self.capped()["rules"]
        (rule,) = [rule for rule in rules if rule["name"] == "sizes[<= 1_000 USD]"]
        self.assertEqual([rule["hits"], rule["dead"]], [0, False])
        (cells,) = [cells for cells in self.table("rules", "Rules") if cells[0] == rule["name"]]
        self.assertIn("restricts nothing", cells[8])

    def test_days_are_those_of_the_json_report(self):
        days = self.banking()["figures"]["days"]["rows"]
        shown = self.browser.run(
            "return [...document.querySelectorAll('#days tbody tr')].map(row =>"
            " [row.querySelector('time').dateTime,"
            "  ...[...row.cells].slice(1).map(cell => cell.textContent)])")
        self.assertEqual([[cells[0], *map(number, cells[1:])] for cells in shown],
                         [[day["day"], *(day[of][name] for of in ["baseline", "policy"]
                                         for name in CLASSES[:4])] for day in days])
        self.assertGreater(len(days), 5)

    def test_the_ledger_is_that_of_the_json_report(self):
        facts = [fact for fact in self.banking()["facts"] if fact["absent"] + fact["decisive"] > 0]
        self.assertGreater(len(facts), 0)
        for cells, fact in zip(self.rows("facts"), facts, strict=True):
            self.assertEqual([cells[0], *map(number, (cells[1], cells[2], cells[4]))],
                             [fact["name"], fact["reads"], fact["absent"], fact["decisive"]])
            self.share(cells[3], fact["absent"], fact["reads"])
            self.share(cells[5], fact["decisive"], fact["reads"])
            self.assertEqual(cells[6],
                             fact["tools"][0]["tool"] or "names outside the catalogue")

    def test_the_workload_is_that_of_the_json_report(self):
        roles = self.banking()["figures"]["workload"]["roles"]
        staff = ",".join(f"{role['role']}=1" for role in roles if role["role"] != "principal")
        workload = self.banking("--approvers", staff, "--hours", "mon..fri 08:00..18:00",
                                "--handling", "40m")["figures"]["workload"]
        self.assertGreater(len(roles), 1)
        for cells, role in zip(self.table("approvers", "People whom"), workload["roles"],
                               strict=True):
            self.assertEqual([cells[0], *map(number, cells[1:4])],
                             [role["role"], role["requests"], role["baseline_requests"],
                              role["shared"]])
            most = max((week["requests"] for week in role["weeks"]), default=0)
            self.assertEqual(number(cells[4].split(", from ")[0]), most)
        forecasts = [role for role in workload["roles"] if "forecast" in role]
        for cells, role in zip(self.table("approvers", "Forecast"), forecasts, strict=True):
            told = role["forecast"]
            self.assertEqual([cells[0], number(cells[1]), number(cells[2]), number(cells[8])],
                             [role["role"], told["people"], told["requests"], told["escalated"]])
            self.assertAlmostEqual(float(cells[3][:-2]), 100 * told["busy"], delta=0.5001)
            for cell, name in zip(cells[4:7], ["p50", "p95", "longest"]):
                self.seconds(cell, told["wait_seconds"], name)
            late = cells[7].split(" (")
            self.assertEqual(number(late[0]), told["late"])
            if told["late"]:
                self.share(late[1][:-1], told["late"], told["requests"])
        self.assertGreater(sum(role["forecast"]["late"] for role in forecasts), 0)
        for role in [one for one in workload["roles"][:6] if sum(one["hours"])]:
            hours = self.table("approvers", f"Requests to {role['role']}")
            self.assertEqual([number(cell) for cells in hours for cell in cells[1:]],
                             role["hours"])
        text = self.the("#approvers").text
        for sentence in workload["assumptions"]:
            self.assertIn(sentence, text)

    def test_what_could_be_lighter_and_what_is_capped_are_those_of_the_json_report(self):
        figures = self.capped()["figures"]
        self.assertGreater(len(figures["always_approved"]), 0)
        for cells, one in zip(self.rows("always-approved"), figures["always_approved"],
                              strict=True):
            self.assertEqual([*cells[:2], number(cells[2]), number(cells[3])],
                             [one["rule"], one["tool"], one["calls"], one["approved"]])
            self.interval(cells[4], one["approval"])
            self.seconds(cells[5], one["turnaround_seconds"], "p50")
            self.assertEqual(cells[6].replace(",", ""), ", ".join(
                f"{sum_['total']} {sum_['currency']}" for sum_ in one["money"]))
            self.assertEqual(bool(cells[7]), one["rubber_stamp"])
        rows = figures["often_blocked"]["rows"]
        self.assertGreater(len(rows), 1)
        self.assertEqual([[*cells[:3], number(cells[3]), cells[4]]
                          for cells in self.rows("often-blocked")],
                         [[row["intent"], row["tool"], row["rule"], row["calls"],
                           f"{row['file']}:{row['line']}"] for row in rows])
        self.assertGreater(len(figures["caps"]), 1)
        for cells, cap in zip(self.rows("caps"), figures["caps"], strict=True):
            self.assertEqual([*cells[:2], number(cells[2]), number(cells[6])],
                             [cap["limit"], cap["effect"], cap["keys"], cap["over"]])
            self.assertEqual([cell.replace(",", "") for cell in cells[3:6]],
                             [f"{cap[name] // 10000} %" if cap["keys"] else ""
                              for name in ["p50", "p95", "highest"]])

    def test_limits_in_three_ways_are_those_of_the_json_report(self):
        modes = self.capped()["memory"]["modes"]
        ways = ["recorded", "closed_approved", "closed_rejected"]
        for cells, way in zip(self.rows("memory"), ways, strict=True):
            mode = modes[way]
            self.assertEqual(list(map(number, cells[1:])),
                             [*(mode["outcomes"][name] for name in CLASSES[:4]),
                              mode["tighter"], mode["looser"]])

    def test_a_rule_that_was_changed_and_never_reached_is_in_the_head(self):
        self.write("old.proviso", HOSTILE.format(version="1", cap=500))
        self.write("new.proviso", HOSTILE.format(version="2", cap=900))
        self.write("h.jsonl", '{"tool": "read", "args": {"amount": 5, "note": "x"}}\n')
        report = self.report("-p", "new.proviso", "--baseline", "old.proviso", "--history",
                             "h.jsonl")
        (rule,) = report["comparison"]["changed_rules"]
        self.assertFalse(rule["reached"])
        self.assertIn(f"Rule by_note ({rule['file']}:{rule['line']}) differs and no call reached it",
                      self.the("header").text)

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

    def test_a_number_of_the_table_is_not_broken_in_two(self):
        self.write("h.jsonl", '{"tool": "issue_refund", "args": {"order_id": "A-1"}}\n' * 123456)
        self.report("-p", "support.proviso", "--baseline", "support.proviso", "--history",
                    "h.jsonl")
        for width in [400, 800, 1600]:
            self.browser.look(width)
            (button,) = self.find(".heat button")
            self.assertEqual(button.text, "123,456")
            self.assertEqual(self.browser.run(
                "const range = document.createRange(); range.selectNodeContents(arguments[0]);"
                "const cell = arguments[0].closest('td');"
                "return [range.getClientRects().length,"
                " range.getBoundingClientRect().width <= cell.getBoundingClientRect().width]",
                button), [1, True], width)
            self.assertEqual(self.overflow(), 0, width)

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
