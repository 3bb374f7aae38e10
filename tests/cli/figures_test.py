#!/usr/bin/env python3
"""The figures of `proviso simulate` that hang on who is asked and when: approvers, the queue that a
forecast replays, caps. All are computed again here, from the decision lines and the rules' text.
"""

import bisect
import collections
import datetime
import json
import math
import random
import unittest

from program import BAD_LINES, CHECK_FAILED, OK, ProgramTest

POLICY = """policy demo.figures version "1.0.0"

authority of principal

attributes { customer.id : string }
tool refund { args { amount : money in 1 USD .. 100_000 USD } }
tool note { args { text : string } }

role clerk { can refund, note }
role lead  { can approve: refund }
role boss extends lead { can approve: refund }
role cfo { }

approval two_people {
    needs  1 of lead
    needs  1 of cfo
    within 2h
}
approval any_approver {
    needs    1 of approvers
    within   1h
    escalate also cfo after 30m
}

allow refunds on refund when args.amount > 0 USD
allow notes on note
gate large on refund when args.amount > 100 USD by lead
gate huge on refund when args.amount > 1_000 USD by two_people
gate odd on refund when args.amount <= 100 USD and args.amount.amount > 80 by any_approver
block absurd on refund when args.amount > 5_000 USD
limit a_day on refund
    sum args.amount per customer.id over 24h
        > 900 USD   : gate by lead
        > 1_500 USD : block
"""

# Whom each gate asks, one set of roles a person, and how many seconds they have.
DAY, HOUR = 86_400, 3_600
ASKS = {"large": ([{"lead"}], DAY), "a_day[> 900 USD]": ([{"lead"}], DAY),
        "huge": ([{"cfo"}, {"lead"}], 2 * HOUR), "odd": ([{"boss", "lead"}], HOUR)}
HOLDS = {"lead": {"lead"}, "boss": {"boss", "lead"}, "cfo": {"cfo"}}
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def stamp(seconds):
    return (EPOCH + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_of(text):
    return round((datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH)
                 .total_seconds())


def history(count=600):
    """Refunds of three weeks, most in working hours; those over 300 were gated and answered."""
    dice = random.Random(2_026)
    begin = seconds_of("2026-09-05T00:00:00Z")
    lines = []
    for number, at in enumerate(sorted(begin + dice.randrange(21 * DAY) for _ in range(count))):
        amount = dice.choice((20, 85, 95, 150, 250, 700, 1_200, 6_000)) + dice.randrange(10)
        ran = {"outcome": "allow"}
        if amount > 300:
            answered = at + dice.choice((4, 40, 700, 5_000, 20_000, 100_000))
            ran = {"outcome": "gate", "verdict": dice.choice(("approved", "edited", "rejected")),
                   "escalated": dice.random() < 0.2,
                   "approvals": [{"by": dice.choice("pqr"), "requested_at": stamp(at),
                                  "at": stamp(answered), "verdict": "approve"}]}
            if dice.random() < 0.3:
                ran["approvals"][0]["seconds"] = dice.randrange(10, 900)
        lines.append({"id": f"c-{number}", "time": stamp(at), "tool": "refund",
                      "args": {"amount": amount}, "recorded": ran,
                      "principal": {"id": "u-1", "roles": ["clerk"]},
                      "agent": {"id": "bot"}, "intent": f"refund {amount // 1_000}",
                      "workflow": {"name": dice.choice(("triage", "returns"))},
                      "attributes": {"customer.id": f"k-{dice.randrange(9)}"}})
    return lines


def people_of(decision):
    """Who has to say yes, each as a set of roles, and in which time; a person may stand for a place
    of each gate."""
    gates = [ASKS[rule["name"]] for rule in decision["rules"] if rule["name"] in ASKS]
    people = []
    for roles in ({"cfo"}, {"lead"}, {"boss", "lead"}):
        wanted = any(roles in one for one, _ in gates)
        served = any(one <= roles for one in people)
        if wanted and not served:
            people.append(roles)
    return people, min(within for _, within in gates)


def open_spans(first, days=80):
    """09:00 to 17:00 from Monday to Friday."""
    midnight = first // DAY * DAY
    return [(at + 9 * HOUR, at + 17 * HOUR)
            for at in range(midnight, midnight + days * DAY, DAY) if (at // DAY + 3) % 7 < 5]


class Office:
    def __init__(self, spans):
        self.spans = spans
        self.ends = [end for _, end in spans]

    def next_open(self, at):
        begin, _ = self.spans[bisect.bisect_right(self.ends, at)]
        return max(begin, at)

    def after(self, at, work):
        place = bisect.bisect_right(self.ends, at)
        while True:
            begin, end = self.spans[place]
            begin = max(begin, at)
            if work <= end - begin:
                return begin + work
            work -= end - begin
            place += 1

    def between(self, first, last):
        return sum(max(0, min(end, last) - max(begin, first)) for begin, end in self.spans)


def bucket_top(seconds):
    """The most that a histogram makes of a duration: a 32nd more from 64 s on."""
    return seconds if seconds < 64 else seconds * 33 // 32


class FiguresTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.history = history()
        self.write("f.proviso", POLICY)
        self.write("h.jsonl", "".join(json.dumps(line) + "\n" for line in self.history))

    def simulate(self, *options):
        done = self.check("simulate", "-p", "f.proviso", "--history", "h.jsonl", "--format", "json",
                          "--decisions", "d.jsonl", *options)
        decisions = (self.folder / "d.jsonl").read_text().splitlines()
        return json.loads(done.stdout), [json.loads(line) for line in decisions]

    def gated(self, decisions):
        return [(call, decision) for call, decision in zip(self.history, decisions)
                if decision["outcome"] == "gate"]

    def assert_durations(self, found, seconds):
        seconds = sorted(seconds)
        self.assertEqual(found["count"], len(seconds))
        for name, share in (("p50", 50), ("p95", 95), ("longest", 100)):
            exact = seconds[-(-len(seconds) * share // 100) - 1]
            self.assertTrue(exact <= found[name] <= bucket_top(exact), (name, exact, found))

    def test_requests_by_role_hour_and_week(self):
        report, decisions = self.simulate()
        requests, shared = collections.Counter(), collections.Counter()
        hours, weeks = collections.Counter(), collections.Counter()
        for call, decision in self.gated(decisions):
            at = seconds_of(call["time"])
            day = at // DAY
            monday = (EPOCH + datetime.timedelta(days=day - (day + 3) % 7)).date().isoformat()
            for roles in people_of(decision)[0]:
                for role in roles:
                    requests[role] += 1
                    shared[role] += len(roles) > 1
                    hours[role, (at + 3 * DAY) // HOUR % 168] += 1
                    weeks[role, monday] += 1
        workload = report["figures"]["workload"]
        self.assertEqual(workload["gated"], len(self.gated(decisions)))
        self.assertEqual({row["role"]: row["requests"] for row in workload["roles"]}, requests)
        self.assertGreater(min(requests.values()), 10)
        for row in workload["roles"]:
            role = row["role"]
            self.assertEqual(row["shared"], shared[role])
            self.assertEqual(row["hours"], [hours[role, hour] for hour in range(168)])
            self.assertEqual({week["monday"]: week["requests"] for week in row["weeks"]},
                             {monday: n for (one, monday), n in weeks.items() if one == role})
            self.assertNotIn("forecast", row)

    def work(self):
        """Of each call that people answered, in seconds."""
        work, last = {}, {}
        answers = [(seconds_of(one["at"]), seconds_of(one["requested_at"]), number, one)
                   for number, call in enumerate(self.history)
                   for one in call["recorded"].get("approvals", [])]
        for at, asked, number, one in sorted(answers, key=lambda answer: answer[:3]):
            begun = max(asked, last.get(one["by"], asked))
            last[one["by"]] = at
            work[number] = one.get("seconds", at - begun)
        return work

    def queue(self, decisions, staff, office, work, median):
        people = [[role, -math.inf] for role, count in staff for _ in range(count)]
        found = collections.defaultdict(lambda: collections.defaultdict(list))
        nobody = 0
        for number, (call, decision) in enumerate(zip(self.history, decisions)):
            if decision["outcome"] != "gate":
                continue
            asked = seconds_of(call["time"])
            wanted, within = people_of(decision)
            rules = {rule["name"] for rule in decision["rules"]} & set(ASKS)
            added = {"cfo": 1_800} if rules == {"odd"} else {}
            taken = set()
            for place, roles in enumerate(wanted):
                best = None
                for i, (role, free) in enumerate(people):
                    if i in taken:
                        continue
                    if HOLDS[role] & roles:
                        start = office.next_open(max(asked, free))
                    elif role in added:
                        start = office.next_open(max(asked + added[role], free))
                    else:
                        continue
                    if best is None or start < best[0]:
                        best = start, i
                if best is None:
                    nobody += 1
                    continue
                start, i = best
                taken.add(i)
                needed = work.get(number, median) if place == 0 else median
                people[i][1] = done = office.after(start, needed)
                found[people[i][0]]["worked"].append(needed)
                found["all"]["asked"].append(asked)
                found["all"]["done"].append(done)
                for role in roles:
                    found[role]["wait"].append(start - asked)
                    found[role]["answer"].append(done - asked)
                    found[role]["late"].append(done - asked > within)
                    found[role]["escalated"].append(bool(added) and start - asked > 1_800)
        return found, nobody

    def assert_forecast(self, report, decisions, staff, office, work, median):
        found, nobody = self.queue(decisions, staff, office, work, median)
        workload = report["figures"]["workload"]
        self.assertEqual(workload["nobody"], nobody)
        span = office.between(min(found["all"]["asked"]), max(found["all"]["done"]))
        for row in workload["roles"]:
            mine, people = found[row["role"]], dict(staff).get(row["role"], 0)
            if not mine["wait"]:
                continue
            forecast = row["forecast"]
            self.assertEqual(forecast["people"], people)
            self.assertEqual(forecast["requests"], len(mine["wait"]))
            self.assertEqual(forecast["answered"], len(mine["worked"]))
            self.assertEqual(forecast["late"], sum(mine["late"]), row["role"])
            self.assertEqual(forecast["escalated"], sum(mine["escalated"]))
            self.assert_durations(forecast["wait_seconds"], mine["wait"])
            self.assert_durations(forecast["answer_seconds"], mine["answer"])
            if people:
                self.assertAlmostEqual(forecast["busy"], sum(mine["worked"]) / span / people)
        return found

    def test_a_forecast_replays_the_queue(self):
        staff = [("lead", 2), ("cfo", 1), ("boss", 1)]
        report, decisions = self.simulate(
            "--approvers", "lead=2,cfo=1,boss=1", "--hours", "mon..fri 09:00..17:00")
        work = self.work()
        told = report["figures"]["workload"]["handling"]
        self.assert_durations(told["work_seconds"], list(work.values()))
        self.assertEqual(told["work_told"], sum("seconds" in one for call in self.history
                                                for one in call["recorded"].get("approvals", [])))
        office = Office(open_spans(seconds_of(self.history[0]["time"])))
        found = self.assert_forecast(report, decisions, staff, office, work,
                                     told["work_seconds"]["p50"])
        self.assertGreater(sum(found["cfo"]["late"]), 0)
        self.assertGreater(sum(found["boss"]["escalated"]), 0)

    def test_a_forecast_at_all_hours_with_the_work_that_is_said(self):
        staff = [("lead", 1)]
        report, decisions = self.simulate("--approvers", "lead=1", "--handling", "1h30m")
        begin = seconds_of(self.history[0]["time"])
        office = Office([(begin - DAY, begin + 500 * DAY)])
        work = dict.fromkeys(range(len(self.history)), 5_400)
        found = self.assert_forecast(report, decisions, staff, office, work, 5_400)
        self.assertGreater(report["figures"]["workload"]["nobody"], 0)
        self.assertGreater(sum(found["lead"]["late"]), 0)

    def test_an_answer_at_the_last_second_is_in_time(self):
        report, decisions = self.simulate("--approvers", "lead=40", "--handling", "24h")
        begin = seconds_of(self.history[0]["time"])
        office = Office([(begin - DAY, begin + 500 * DAY)])
        work = dict.fromkeys(range(len(self.history)), DAY)
        found = self.assert_forecast(report, decisions, [("lead", 40)], office, work, DAY)
        self.assertIn(False, found["lead"]["late"])

    def test_late_answers_as_they_were_recorded(self):
        report, decisions = self.simulate()
        late = known = 0
        for call, decision in self.gated(decisions):
            for one in call["recorded"].get("approvals", []):
                known += 1
                taken = seconds_of(one["at"]) - seconds_of(one["requested_at"])
                late += taken > people_of(decision)[1]
        handling = report["figures"]["workload"]["handling"]
        self.assertEqual((handling["late"], handling["late_known"]), (late, known))
        self.assertGreater(late, 0)

    def test_escalations_by_workflow(self):
        report, _ = self.simulate()
        for row in report["figures"]["workflows"]["rows"]:
            told = [call["recorded"]["escalated"] for call in self.history
                    if call["workflow"]["name"] == row["name"] and "escalated" in call["recorded"]]
            self.assertEqual((row["escalated"], row["escalation_told"]), (sum(told), len(told)))

    def test_caps_by_key(self):
        report, _ = self.simulate()
        events, largest = collections.defaultdict(list), collections.defaultdict(int)
        for call in self.history:
            at, amount = seconds_of(call["time"]), call["args"]["amount"]
            key = call["attributes"]["customer.id"]
            total = amount + sum(one for then, one in events[key] if then > at - DAY)
            largest[key] = max(largest[key], total)
            recorded = call["recorded"]
            if recorded["outcome"] == "allow" or recorded["verdict"] != "rejected":
                events[key].append((at, amount))
        shares = sorted(largest.values())
        rows = report["figures"]["caps"]
        self.assertEqual([row["limit"] for row in rows], ["a_day", "a_day"])
        for row, cap in zip(rows, (900, 1_500)):
            self.assertEqual(row["keys"], len(shares))
            self.assertEqual(row["calls"], len(self.history))
            self.assertEqual(row["over"], sum(total > cap for total in shares))
            for name, share in (("p50", 50), ("p95", 95), ("highest", 100)):
                total = shares[-(-len(shares) * share // 100) - 1]
                self.assertAlmostEqual(row[name], total * 1e6 / cap, delta=1)

    def test_gates_that_people_always_opened(self):
        for number, call in enumerate(self.history):
            amount, recorded = call["args"]["amount"], call["recorded"]
            if 80 < amount <= 100:
                recorded["verdict"] = ("approved", "edited")[number % 2]
            elif 300 < amount < 5_000:
                recorded["verdict"] = "approved"
                asked = recorded["approvals"][0]["requested_at"]
                recorded["approvals"][0]["at"] = stamp(seconds_of(asked) + number % 12)
        self.write("h.jsonl", "".join(json.dumps(line) + "\n" for line in self.history))
        report, decisions = self.simulate()
        groups = collections.defaultdict(list)
        for call, decision in self.gated(decisions):
            for rule in decision["rules"]:
                if rule["effect"] == "gate":
                    groups[rule["name"]].append(call)
        expected = {}
        for rule, calls in groups.items():
            said = [call["recorded"]["verdict"] for call in calls if "verdict" in call["recorded"]]
            if len(said) >= 20 and set(said) == {"approved"}:
                expected[rule] = (len(calls), len(said), str(sum(call["args"]["amount"]
                                                                 for call in calls)))
        rows = report["figures"]["always_approved"]
        self.assertEqual({row["rule"]: (row["calls"], row["approved"], row["money"][0]["total"])
                          for row in rows}, expected)
        self.assertIn("large", expected)
        self.assertGreaterEqual(sum("verdict" in call["recorded"] for call in groups["odd"]), 20)
        self.assertNotIn("odd", expected)
        self.assertEqual({row["rubber_stamp"] for row in rows}, {True})

    def gate(self, text, code, *options):
        self.write("gate.yaml", text)
        done = self.check("simulate", "-p", "f.proviso", "--history", "h.jsonl", "--format", "json",
                          "--gate", "gate.yaml", *options, code=code)
        return {check["name"]: check for check in json.loads(done.stdout)["gate"]["checks"]}

    def test_a_gate_on_approvals_a_week(self):
        report, decisions = self.simulate()
        lead = next(row for row in report["figures"]["workload"]["roles"] if row["role"] == "lead")
        most = max(lead["weeks"], key=lambda week: week["requests"])
        quiet = "max_newly_allowed: 1000\n"
        checks = self.gate(quiet + f"max_approvals_per_week: {most['requests']}\n", OK)
        self.assertEqual(checks["max_approvals_per_week lead"]["state"], "kept")
        bound = most["requests"] - 1
        checks = self.gate(quiet + f"max_approvals_per_week: {{lead: {bound}, cfo: 1000}}\n",
                           CHECK_FAILED)
        broken = checks["max_approvals_per_week lead"]
        self.assertEqual(broken["state"], "broken")
        self.assertEqual(checks["max_approvals_per_week cfo"]["state"], "kept")
        begin = seconds_of(most["monday"] + "T00:00:00Z")
        of_week = [f"h.jsonl:{decision['line']}, {call['id']}"
                   for call, decision in self.gated(decisions)
                   if begin <= seconds_of(call["time"]) < begin + 7 * DAY
                   and any("lead" in roles for roles in people_of(decision)[0])]
        self.assertEqual(broken["calls"], of_week[-20:])

    def test_a_gate_on_late_answers(self):
        text = "max_newly_allowed: 1000\nmax_late_share: 0 %\n"
        checks = self.gate(text, BAD_LINES)
        self.assertEqual(checks["max_late_share"]["state"], "no evidence")
        staff = ("--approvers", "lead=1,cfo=1,boss=1", "--handling", "2h")
        checks = self.gate(text, CHECK_FAILED, *staff)
        self.assertEqual(checks["max_late_share"]["state"], "broken")
        self.assertGreater(len(checks["max_late_share"]["calls"]), 0)
        checks = self.gate(text.replace("0 %", "100 %"), OK, *staff)
        self.assertEqual(checks["max_late_share"]["state"], "kept")

    def test_times_that_cannot_be_are_doubted(self):
        lines = [{"tool": "refund", "time": "2026-01-05T09:00:00Z",
                  "args": {"amount": {"amount": "200.00", "currency": "USD"}},
                  "principal": {"id": "ann", "roles": ["clerk"]},
                  "attributes": {"customer.id": f"c-{i}"}} for i in range(12)]
        self.write("same.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
        run = ["simulate", "-p", "f.proviso", "--history", "same.jsonl", "--approvers", "lead=1"]
        said = "the 12 calls that gates hold all have the same time"
        none = "no forecast: no answer's time is recorded, and none was said"
        for form in (["--figures"], [], ["--format", "md"], ["--report", "page.html"]):
            text = self.check(*run, *form, code=OK).stdout
            self.assertIn(said, text)
            self.assertIn(none, text)
        page = (self.folder / "page.html").read_text()
        self.assertIn(said, page)
        report = json.loads(self.check(*run, "--handling", "5m", "--format", "json").stdout)
        (doubt,) = report["figures"]["workload"]["doubts"]
        self.assertTrue(doubt.startswith(said), doubt)

    def test_text_without_figures_says_where_the_forecast_is(self):
        note = "note: --figures shows the forecast that --approvers is for"
        run = ["simulate", "-p", "f.proviso", "--history", "h.jsonl", "--approvers", "lead=1"]
        self.assertIn(note, self.check(*run).stderr)
        for shown in (["--figures"], ["--format", "json"], ["--report", "page.html"]):
            self.assertNotIn(note, self.check(*run, *shown).stderr)

    def test_staff_that_cannot_be(self):
        for options, message in (
                (("--approvers", "led=2"), "no role `led`"),
                (("--approvers", "lead"), "no role with a number"),
                (("--approvers", "lead=0"), "no role with a number"),
                (("--approvers", "lead=1", "--hours", "fri..mon 09:00..17:00"), "no hours"),
                (("--approvers", "lead=1", "--hours", "17:00..09:00"), "no hours"),
                (("--approvers", "lead=1", "--handling", "90"), "no duration"),
                (("--handling", "90s"), "those of `--approvers`")):
            self.refused("simulate", "-p", "f.proviso", "--history", "h.jsonl", *options,
                         said=message)
        self.write("gate.yaml", "max_approvals_per_week: {led: 3}\n")
        self.refused("simulate", "-p", "f.proviso", "--history", "h.jsonl", "--gate", "gate.yaml",
                     said="`led`, which is no role")

    def test_tables_for_people(self):
        done = self.check("simulate", "-p", "f.proviso", "--history", "h.jsonl", "--figures",
                          "--approvers", "lead=1", "--handling", "10m")
        for head in ("Approvals asked", "Days (UTC)", "Workflows", "Gates and blocks", "Approvers",
                     "were there so many people", "Blocked again and again", "Caps"):
            self.assertIn(head, done.stdout)

    def test_bounds_are_of_one_rounding_in_text_and_page(self):
        made, _ = self.simulate("--figures", "--report", "r.html")
        page = (self.folder / "r.html").read_text()
        text = self.check("simulate", "-p", "f.proviso", "--history", "h.jsonl",
                          "--figures").stdout
        found = [rule["precision"] for rule in made["rules"]
                 if rule.get("precision", {}).get("of", 0) > 0]
        self.assertGreater(len(found), 2)
        for bounds in found:
            low = math.floor(bounds["low"] * 1000)
            high = math.ceil(bounds["high"] * 1000)
            for form in (page, text):
                self.assertIn(f"{low // 10}.{low % 10} to {high // 10}.{high % 10} %", form)


if __name__ == "__main__":
    unittest.main()
