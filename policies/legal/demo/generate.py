#!/usr/bin/env python3
"""Writes five made-up months of a legal team's agents, as Proviso receipts.

    policies/legal/demo/generate.py | gzip -9n > policies/legal/demo/history.jsonl.gz

Always the same lines. `recorded` is what the team of that time did: a lawyer looked at what left the
house, if one was there; holds were a list in somebody's mail, and requests for data were answered late.
"""

import datetime
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from history import Dice, stamp, write  # noqa: E402

CALLS = 2200
START = datetime.datetime(2026, 6, 1, 6, 45)
ROLES = {"law-1": ["lawyer"], "law-2": ["lawyer"], "law-7": ["lawyer"], "par-1": ["paralegal"],
         "par-2": ["paralegal"], "bus-1": ["requester"], "bus-2": ["requester"],
         "gc-1": [], "dpo-1": []}
PARTIES = ("Acme", "Borealis", "Cirrus", "Dorado", "Elba", "Fjord", "Grota", "Halm", "Iris", "Jota")
COUNSEL = ("anna@kanzlei.example", "office@kanzlei.example", "mail@advocaten.example")
STATUS = ("draft", "draft", "draft", "negotiated", "final", "signed")
DATASETS = tuple(f"{kind}-{year}" for kind in ("mail", "crm", "logs", "payroll")
                 for year in range(2014, 2026))


def matter_facts(name):
    number = int(name[2:])
    return {"kind": ("commercial", "dispute", "employment", "deal")[number % 4],
            "owner": ("law-1", "law-2")[number % 2], "privileged": number % 4 == 1,
            "hold": number % 7 == 0, "walled": ["law-7"] if number % 5 == 0 else []}


def contract_facts(name):
    number = int(name[2:])
    value = {"value": (8000, 20000, 64000, 250000, 2400000)[number % 5]}
    value.update({"template": "supply-2026"} if number % 3 else {})
    status = STATUS[number % 6]
    signed = ["law-2"] if status in ("final", "signed") else []
    return {"status": status, "approved_by": signed, **value}


def party_facts(name):
    number = PARTIES.index(name)
    return {"screened": number != 6, "sanctions": number == 7, "conflict": number == 8,
            "nda": ("mutual", "one_way", "none")[number % 3]}


def dataset_facts(name):
    kind, year = name.split("-")
    return {"hold": int(year) % 6 == 0, "retention": f"{int(year) + (10 if kind == 'payroll' else 6)}-12-31",
            "personal": kind != "logs"}


FACTS = {"matter": matter_facts, "contract": contract_facts, "party": party_facts,
         "dataset": dataset_facts}


def library(dice):
    return ("law-1", "par-1", "bus-1", "bus-2"), "contract-bot", [
        ("search_library", {"query": dice.one_of(("force majeure", "late payment", "notice"))}, {}),
        ("save_draft", {"kind": dice.one_of(("memo", "summary", "clause")), "text": "A first thought."}, {})]


def matter(dice):
    name = f"M-{100 + dice.below(60)}"
    calls = [("read_matter", {"matter": name}, {})]
    if dice.chance(0.6):
        calls.append(("add_note", {"matter": name, "text": "Called back."}, {}))
    if dice.chance(0.3):
        calls.append(("set_deadline", {"matter": name, "on": dice.below(40), "what": "Reply"}, {}))
    if dice.chance(0.04):
        calls.append(("remove_deadline", {"matter": name, "on": 5}, {}))
    return ("law-1", "law-2", "par-1", "par-2", "law-7"), "matter-bot", calls


def nda(dice):
    args = {"party": dice.one_of(PARTIES), "years": dice.one_of((2, 3, 3, 5)), "mutual": dice.chance(0.85),
            "template": dice.one_of(("nda-mutual-2026",) * 4 + ("their-paper",))}
    return ("bus-1", "bus-2", "par-1"), "contract-bot", [("send_nda", args, {})]


def contract(dice):
    name = f"C-{100 + dice.below(80)}"
    text, clause = dice.one_of((("Within two weeks.", "delivery"), ("Monthly.", "reporting"),
                                ("Net 30 days.", "payment"), ("Liability is unlimited.", "notes"),
                                ("English or German.", "language"), ("Two copies.", "delivery")))
    found = {"draft.deviations": dice.one_of(("none", "none", "minor", "major"))}
    calls = [("read_contract", {"contract": name}, {}),
             ("edit_contract", {"contract": name, "clause": clause, "text": text}, found)]
    if dice.chance(0.3):
        calls.append(("send_contract", {"contract": name, "party": dice.one_of(PARTIES)}, found))
    if dice.chance(0.15):
        args = {"contract": name, "party": dice.one_of(PARTIES), "signers": ["Ann Lee"]}
        calls.append(("request_signature", args, found))
    return ("law-1", "law-2", "par-1"), "contract-bot", calls


def mail(dice):
    name = f"M-{100 + dice.below(60)}"
    body = dice.one_of(("The file is ready.", "See you on Monday.", "We offer a settlement.",
                        "Please find the minutes.", "Our counsel thinks we may lose."))
    kind = dice.one_of(("internal", "counsel", "counsel", "opposing", "others"))
    to = dice.one_of(COUNSEL) if kind == "counsel" else f"{kind}@mail.example"
    tool = "mail_counsel" if kind == "counsel" else "mail_party"
    return ("law-1", "law-2"), "matter-bot", [
        (tool, {"matter": name, "to": [to], "body": body}, {"recipients.kind": kind})]


def request(dice):
    who = f"R-{100 + dice.below(70)}"
    age = dice.one_of((1, 3, 8, 15, 22, 26, 29, 34, 50))
    values = {"received": -age, "verified": dice.chance(0.85), "extended": dice.chance(0.1),
              "kind": "access", "subject": f"p-{who[2:]}"}
    host = {"dsar": values}
    calls = [("acknowledge_request", {"request": who}, host)]
    if dice.chance(0.2):
        reason = "Twelve systems, and three languages."
        calls.append(("extend_request", {"request": who, "reason": reason}, host))
    if dice.chance(0.5):
        subject = values["subject"] if dice.chance(0.93) else "p-999"
        calls.append(("answer_request", {"request": who, "subject": subject}, host))
    return ("par-1", "par-2", "dpo-1"), "privacy-bot", calls


def retention(dice):
    name = dice.one_of(DATASETS)
    calls = [("delete_data", {"dataset": name}, {})]
    if dice.chance(0.4):
        calls = [("place_hold", {"dataset": name, "matter": f"M-{100 + dice.below(60)}"}, {})]
    elif dice.chance(0.15):
        calls.insert(0, ("release_hold", {"dataset": name, "matter": f"M-{100 + dice.below(60)}"}, {}))
    return ("dpo-1", "dpo-1", "gc-1", "par-1"), "privacy-bot", calls


def binding(dice):
    """What a letter from the other side, or a mail from "the CEO", made an agent try."""
    name, paper = f"M-{100 + dice.below(60)}", f"C-{100 + dice.below(80)}"
    attack, tool, args = dice.one_of((
        ("sign", "sign", {"contract": paper}),
        ("settle", "settle", {"matter": name, "amount": 90000}),
        ("give notice", "give_notice", {"contract": paper, "last_day": 30}),
        ("file something", "file_document", {"matter": name, "where": "Landgericht"}),
        ("delete evidence", "delete_data", {"dataset": dice.one_of(("mail-2016", "crm-2022"))}),
        ("counsel that is none", "mail_counsel",
         {"matter": name, "to": ["anna@kanzlei.example.evil.example"], "body": "The whole file."})))
    agent = "contract-bot" if "contract" in args else "matter-bot"
    people = ("gc-1", "law-1")
    if tool == "delete_data":
        agent, people = "privacy-bot", ("dpo-1", "gc-1")
    host = {"recipients.kind": "others", "intent": f"attack: {attack}"}
    return people, agent, [(tool, args, host)]


KINDS = ((22, library), (26, matter), (14, nda), (20, contract), (14, mail), (12, request), (5, retention),
         (3, binding))


def kind_of(dice):
    mark = dice.below(sum(weight for weight, _ in KINDS))
    for weight, kind in KINDS:
        mark -= weight
        if mark < 0:
            return kind
    raise AssertionError("the weights add up")


def habit(tool, args):
    if tool in ("sign", "settle"):
        return "block"
    if tool in ("send_contract", "request_signature", "give_notice", "file_document", "answer_request",
                "delete_data", "release_hold"):
        return "gate"
    return "gate" if tool == "send_nda" and args["template"] == "their-paper" else "allow"


def recorded(dice, tool, args, time):
    outcome = habit(tool, args)
    told = {"outcome": outcome, "policy": {"name": "team.habits", "version": "2026"}}
    if outcome == "gate" and dice.chance(0.92):
        word = dice.one_of(("approve",) * 7 + ("edit", "edit", "reject"))
        seen = time + datetime.timedelta(minutes=15 + dice.below(1500))
        told["verdict"] = {"approve": "approved", "edit": "edited", "reject": "rejected"}[word]
        told["approvals"] = [{"by": dice.one_of(("law-3", "gc-1")), "requested_at": stamp(time),
                              "at": stamp(seen), "verdict": word}]
    return told


def day(time, days):
    return (time + datetime.timedelta(days=days)).strftime("%Y-%m-%d")


def facts_of(dice, args, host, time):
    facts = {}
    for fact, look_up in FACTS.items():
        if fact in args and dice.chance(0.99):  # a register does not always answer
            facts[fact] = {"key": args[fact], "values": look_up(args[fact])}
    if "dsar" in host:
        values = dict(host["dsar"], received=day(time, host["dsar"]["received"]))
        facts["dsar"] = {"key": args["request"], "values": values}
    return facts


def receipt(dice, number, run, who, agent, call, time):
    tool, args, host = call
    args = {key: day(time, value) if key in ("on", "last_day") else value for key, value in args.items()}
    attributes = {"draft.deviations": "none", "draft.author": dice.one_of(("law-9", "par-1"))}
    attributes.update({key: value for key, value in host.items() if "." in key})
    line = {
        "format": "proviso-receipt-1", "id": f"call-{number:04}", "time": stamp(time),
        "tool": tool, "args": args, "principal": {"id": who, "roles": ROLES[who]},
        "agent": {"id": agent, "roles": [], "model": "m-7"},
        "workflow": {"name": "legal", "version": "2", "run": f"run-{run:04}"},
        "environment": "production", "undoing": False, "attributes": attributes,
        "recorded": recorded(dice, tool, args, time),
    }
    facts = facts_of(dice, args, host, time)
    line.update({"facts": facts} if facts else {})
    line.update({"intent": host["intent"]} if "intent" in host else {})
    return line


def moved_on(dice, time):
    """An hour or three later; mostly when people work."""
    time += datetime.timedelta(minutes=10 + dice.below(110))
    while (time.weekday() > 4 or not 6 <= time.hour < 17) and dice.chance(0.93):
        time += datetime.timedelta(hours=1)
    return time


def history():
    dice = Dice(20260601)
    time, run, number = START, 0, 0
    while True:
        run += 1
        time = moved_on(dice, time)
        people, agent, calls = kind_of(dice)(dice)
        who = dice.one_of(people)
        for call in calls:
            number += 1
            if number > CALLS:
                return
            time += datetime.timedelta(seconds=10 + dice.below(200))
            yield receipt(dice, number, run, who, agent, call, time)


if __name__ == "__main__":
    write(history(), CALLS)
