#!/usr/bin/env python3
"""Writes a made-up quarter of a people team's agents, as Proviso receipts.

    policies/hr/demo/generate.py | gzip -9n > policies/hr/demo/history.jsonl.gz

Always the same lines. `recorded` is what the team of that quarter did: data was read by whoever had
an account, decisions were confirmed by one person, and bank accounts were changed on a mail.
"""

import datetime
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from history import Dice, stamp, write  # noqa: E402

CALLS = 2400
START = datetime.datetime(2026, 9, 14, 6, 50)
STAFF = tuple(f"e-{number}" for number in range(500, 560))
LEADERS = ("e-200", "e-201", "e-202")
HR = ("e-100", "e-101", "e-102")
RECRUITERS = ("e-150", "e-151")
ROLES = {**{who: ["staff"] for who in STAFF}, **{who: ["manager"] for who in LEADERS},
         **{who: ["hr_partner"] for who in HR}, **{who: ["recruiter"] for who in RECRUITERS}}
BANDS = {"editor": (42000, 60000, True), "engineer": (55000, 82000, True),
         "clerk": (34000, 45000, False)}
PLAIN = (["name", "team"], ["name", "title"], ["name", "team", "title", "start_date"])
STAGES = ("applied", "screened", "interviewed", "chosen")


def employee_facts(who):
    number = int(who[2:])
    return {"manager": LEADERS[number % 3], "status": "notice" if number % 29 == 0 else "active",
            "executive": number == 559, "protected": number % 17 == 0,
            "pay": 40000 + 700 * (number % 41)}


def question(dice):
    who = dice.one_of(STAFF)
    calls = [("read_handbook", {"topic": dice.one_of(("holidays", "travel", "parental leave"))}, {})]
    if dice.chance(0.4):
        fields = dice.one_of((["name", "pay"], ["address", "bank"], ["start_date"]))
        calls.append(("read_employee", {"employee": who, "fields": fields}, {}))
    if dice.chance(0.4):
        first = 5 + dice.below(60)
        calls.append(("book_leave", {"employee": who, "from": first, "to": first + dice.below(20)}, {}))
    if dice.chance(0.04):
        calls.append(("change_bank", {"employee": who, "iban": "DE02120300000000202051"}, {}))
    return who, "help-bot", calls


def answer(dice):
    text = dice.one_of(("The form is on page 4.", "Your request is with payroll.",
                        "Your contract will be extended.", "You keep your days off.",
                        "The raise comes in January."))
    return dice.one_of(HR), "help-bot", [
        ("answer_employee", {"employee": dice.one_of(STAFF), "text": text}, {})]


def case(dice):
    """Somebody of the people team works on a case of one employee."""
    why = dice.one_of(("payroll", "payroll", "review", "review", "onboarding", "audit", None))
    fields = dice.one_of(PLAIN * 2 + (["name", "pay"], ["bank", "tax_id"], ["name", "health"]))
    calls = [("read_employee", {"employee": dice.one_of(STAFF), "fields": fields}, {"why": why})]
    if dice.chance(0.3):
        calls.append(("save_draft", {"kind": "letter", "text": "Dear colleague"}, {}))
    return dice.one_of(HR), "hr-bot", calls


def listing(dice):
    rows = dice.one_of((5, 10, 25, 60, 400, 900))
    return dice.one_of(HR + RECRUITERS), "hr-bot", [
        ("search_employees", {"query": "editor", "fields": dice.one_of(PLAIN), "rows": rows},
         {"why": dice.one_of(("recruiting", "audit", None))})]


def team(dice):
    whom = dice.one_of(STAFF)
    who = employee_facts(whom)["manager"] if dice.chance(0.85) else dice.one_of(LEADERS)
    return who, "hr-bot", [("read_employee", {"employee": whom, "fields": fields}, {})
                           for fields in (PLAIN[0], dice.one_of((PLAIN[1], PLAIN[2], ["pay"])))]


def hiring(dice):
    number, stage = 900 + dice.below(90), dice.below(4)
    name = f"c-{number}"
    host = {"candidate": {"stage": STAGES[stage], "scorecards": dice.below(4),
                          "consent": number % 19 != 0, "minor": number % 31 == 0}}
    calls = [("read_candidate", {"candidate": name}, host)]
    if dice.chance(0.2):
        ad = dice.one_of(("We look for an editor.", "A young team looks for a digital native."))
        calls.append(("save_draft", {"kind": "job_ad", "text": ad}, {}))
    if stage < 3:
        args = {"candidate": name, "at": 3 + dice.below(9), "panel": ["e-200", "e-300"]}
        calls.append(("schedule_interview", args, host))
        to = "rejected" if dice.chance(0.35) else ("screened", "interviewed", "chosen")[stage]
        args = {"candidate": name, "to": to, "reason": "See the scorecards"}
        calls.append(("move_candidate", args, host))
    return dice.one_of(RECRUITERS), "recruit-bot", calls


def offering(dice):
    job = dice.one_of(tuple(BANDS))
    low, high, is_open = BANDS[job]
    host = {"candidate": {"stage": dice.one_of(("chosen", "chosen", "interviewed")), "scorecards": 3,
                          "consent": True, "minor": False},
            "band": {"low": low, "high": high, "open": is_open}}
    pay = low + dice.below(int((high - low) * 1.2))
    args = {"candidate": f"c-{900 + dice.below(90)}", "job": job, "pay": pay, "start": 60}
    return dice.one_of(RECRUITERS + HR), dice.one_of(("hr-bot", "recruit-bot")), [
        ("send_offer", args, host)]


def paying(dice):
    who = dice.one_of(STAFF)
    pay = round(employee_facts(who)["pay"] * dice.one_of((1.03, 1.05, 1.08, 1.12, 1.4, 0.9)))
    return dice.one_of(HR), "hr-bot", [dice.one_of((
        ("change_pay", {"employee": who, "pay": pay, "from": 20, "reason": "Round 2026"}, {}),
        ("pay_bonus", {"employee": who, "amount": dice.one_of((500, 2000, 15000)),
                       "reason": "Launch"}, {})))]


def filing(dice):
    text = dice.one_of(("Reliable and exact.", "Late three times in May.", "Slow since her illness."))
    who = dice.one_of(STAFF)
    asks = employee_facts(who)["manager"] if dice.chance(0.8) else dice.one_of(LEADERS + HR)
    return asks, "hr-bot", [dice.one_of((
        ("file_review", {"employee": who, "rating": 1 + dice.below(5), "text": text},
         {"wrote": dice.chance(0.85)}),
        ("file_warning", {"employee": who, "text": text}, {"wrote": dice.chance(0.85)})))]


def misled(dice):
    """What a mail from "the CEO", or an application, made an agent try."""
    victim = dice.one_of(STAFF)
    name, tool, args = dice.one_of((
        ("another's bank account", "change_bank", {"employee": victim, "iban": "LT601010012345678901"}),
        ("export to a stranger", "export_people",
         {"fields": ["name", "pay"], "rows": 3000, "to": "ceo@mail.example"}),
        ("dismiss somebody", "terminate", {"employee": victim, "last_day": 30, "reason": "As told"}),
        ("lock somebody out", "set_access", {"employee": victim, "active": False}),
        ("a digit too many", "change_pay",
         {"employee": victim, "pay": 400000, "from": 20, "reason": "CEO"}),
        ("pry into health", "read_employee", {"employee": victim, "fields": ["health", "religion"]})))
    return dice.one_of(HR), "hr-bot", [(tool, args, {"why": "audit", "intent": f"attack: {name}"})]


KINDS = ((30, question), (12, answer), (14, case), (5, listing), (8, team), (18, hiring), (4, offering),
         (5, paying), (5, filing), (3, misled))


def kind_of(dice):
    mark = dice.below(sum(weight for weight, _ in KINDS))
    for weight, kind in KINDS:
        mark -= weight
        if mark < 0:
            return kind
    raise AssertionError("the weights add up")


def habit(tool, args):
    if tool == "terminate":
        return "block"
    if tool in ("send_offer", "change_pay", "pay_bonus", "file_review", "file_warning", "export_people",
                "set_access"):
        return "gate"
    return "gate" if tool == "move_candidate" and args["to"] == "chosen" else "allow"


def recorded(dice, tool, args, time):
    outcome = habit(tool, args)
    told = {"outcome": outcome, "policy": {"name": "team.habits", "version": "2026"}}
    if outcome == "gate" and dice.chance(0.92):
        strange = "ceo@" in json.dumps(args) or args.get("pay") == 400000
        word = "reject" if strange else dice.one_of(("approve",) * 8 + ("edit", "reject"))
        seen = time + datetime.timedelta(minutes=20 + dice.below(900))
        told["verdict"] = {"approve": "approved", "edit": "edited", "reject": "rejected"}[word]
        told["approvals"] = [{"by": dice.one_of(("e-101", "e-1001")), "requested_at": stamp(time),
                              "at": stamp(seen), "verdict": word}]
    return told


def dated(args, time):
    """Days from now become dates; of an appointment, a time."""
    for name in ("from", "to", "start", "last_day"):
        if isinstance(args.get(name), int):
            args[name] = (time + datetime.timedelta(days=args[name])).strftime("%Y-%m-%d")
    if isinstance(args.get("at"), int):
        args["at"] = stamp(time + datetime.timedelta(days=args["at"]))
    return args


def facts_of(dice, args, host):
    facts = {}
    if "employee" in args and dice.chance(0.99):  # the personnel system does not always answer
        facts["employee"] = {"key": args["employee"], "values": employee_facts(args["employee"])}
    for fact, key in (("candidate", "candidate"), ("band", "job")):
        if fact in host:
            facts[fact] = {"key": args[key], "values": host[fact]}
    return facts


def receipt(dice, number, run, who, agent, call, time):
    tool, args, host = call
    args = dated(dict(args), time)
    attributes = {}
    if host.get("why"):
        attributes["request.purpose"] = host["why"]
    if host.get("wrote"):
        attributes["draft.author"] = dice.one_of(LEADERS)
    if "employee" in args:
        attributes["subject.id"] = args["employee"]
    line = {
        "format": "proviso-receipt-1", "id": f"call-{number:04}", "time": stamp(time),
        "tool": tool, "args": args, "principal": {"id": who, "roles": ROLES[who]},
        "agent": {"id": agent, "roles": [], "model": "m-7"},
        "workflow": {"name": "people", "version": "3", "run": f"run-{run:04}"},
        "environment": "production", "attributes": attributes,
        "recorded": recorded(dice, tool, args, time),
    }
    facts = facts_of(dice, args, host)
    line.update({"facts": facts} if facts else {})
    line.update({"intent": host["intent"]} if "intent" in host else {})
    return line


def moved_on(dice, time):
    """Half an hour or two later; mostly when people work."""
    time += datetime.timedelta(minutes=4 + dice.below(50))
    while (time.weekday() > 4 or not 6 <= time.hour < 17) and dice.chance(0.92):
        time += datetime.timedelta(hours=1)
    return time


def history():
    dice = Dice(20260914)
    time, run, number = START, 0, 0
    while True:
        run += 1
        time = moved_on(dice, time)
        who, agent, calls = kind_of(dice)(dice)
        for call in calls:
            number += 1
            if number > CALLS:
                return
            time += datetime.timedelta(seconds=8 + dice.below(90))
            yield receipt(dice, number, run, who, agent, call, time)


if __name__ == "__main__":
    write(history(), CALLS)
