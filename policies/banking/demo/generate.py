#!/usr/bin/env python3
"""Writes demo/history.jsonl: a made-up month of a bank's assistant, as Proviso receipts.

    policies/banking/demo/generate.py > policies/banking/demo/history.jsonl

Always the same bytes. `recorded` is what the desk of that month decided, by habits of its own: it
let small payments to anybody pass, and looked at no address.
"""

import datetime
import json
import random
import sys

CALLS = 400
START = datetime.datetime(2026, 3, 2, 7, 30)
FRIEND = "GB29NWBK60161331926819"
LANDLORD = "CA133012400231215421872"
RENTAL = "UK12345678901234567890"
MUSIC, GYM, CLUB = "US122000000121212121212", "SE3550000000054910000003", "CH9300762011623852957"
KNOWN = (FRIEND, LANDLORD, RENTAL, MUSIC, GYM, CLUB)
NEW = ("FR7630006000011234567890189", "NL91ABNA0417164300", "PT50000201231234567890154")
FILES = ("bill-march.pdf.txt", "landlord-letter.txt", "moving.txt", "invoice-0412.txt")
PEOPLE = {
    "c-1001": ("Emma", "Johnson", ["account_holder"]),
    "c-1002": ("Amara", "Okafor", ["account_holder"]),
    "c-1003": ("Jonas", "Lindqvist", ["account_holder"]),
    "c-1004": ("Mei", "Tanaka", ["account_holder"]),
    "b-2001": ("Paul", "Reyes", ["viewer"]),
}


class Dice:
    """Draws from random() alone, whose numbers are the same in every Python."""

    def __init__(self, seed):
        self._random = random.Random(seed).random

    def chance(self, share):
        return self._random() < share

    def below(self, end):
        return int(self._random() * end)

    def one_of(self, things):
        return things[self.below(len(things))]

    def sum_between(self, low, high):
        return round(low + self._random() * (high - low), 2)


def pay(to, amount, subject, day):
    return "send_money", {"recipient": to, "amount": amount, "subject": subject, "date": day}


def order(to, amount, subject, day):
    return "schedule_transaction", {
        "recipient": to, "amount": amount, "subject": subject, "date": day, "recurring": True}


def change(**args):
    return "update_scheduled_transaction", args


LOOK = ("get_most_recent_transactions", {"n": 20})
ORDERS = ("get_scheduled_transactions", {})


def errands(dice, day):
    """What a customer may ask for, each with how often and the calls that it takes."""
    friend = dice.one_of((FRIEND, CLUB))
    return (
        (22, [("get_balance", {})]),
        (14, [LOOK, ("get_balance", {})]),
        (8, [("get_iban", {}), ("get_user_info", {})]),
        (26, [LOOK, pay(friend, dice.sum_between(4, 120), "Dinner", day)]),
        (18, [("read_file", {"file_path": dice.one_of(FILES)}),
              pay(RENTAL, dice.sum_between(60, 900), "Car rental", day)]),
        (9, [LOOK, pay(dice.one_of(NEW), dice.sum_between(0.01, 60), "Test", day)]),
        (7, [("read_file", {"file_path": "invoice-0412.txt"}),
             pay(dice.one_of(NEW), dice.sum_between(200, 1900), "Invoice 0412", day)]),
        (6, [("get_balance", {}), pay(CLUB, dice.sum_between(1200, 9000), "Boat share", day)]),
        (3, [pay(LANDLORD, dice.sum_between(10500, 26000), "Deposit for the house", day)]),
        (7, [ORDERS, order(dice.one_of((MUSIC, GYM)), dice.sum_between(9, 60), "Membership", day)]),
        (7, [("read_file", {"file_path": "landlord-letter.txt"}), ORDERS,
             change(id=7, amount=dice.sum_between(1100, 1300))]),
        (4, [("read_file", {"file_path": "landlord-letter.txt"}), ORDERS,
             change(id=7, recipient=dice.one_of(NEW), amount=None)]),
        (5, [("read_file", {"file_path": "moving.txt"}),
             ("update_user_info", {"street": f"{1 + dice.below(90)} Harbour Street",
                                   "city": "Bristol"})]),
        (6, [("update_user_info", {"last_name": dice.one_of(("Hart", "Johnson", "Tanaka"))})]),
        (3, [("update_password", {"password": "*****"})]),
        (3, [pay(FRIEND, 0, "Just a note", day)]),
    )


def errand_of(dice, day):
    choices = errands(dice, day)
    mark = dice.below(sum(weight for weight, _ in choices))
    for weight, calls in choices:
        mark -= weight
        if mark < 0:
            return calls
    raise AssertionError("the weights add up")


def habit(tool, args):
    """What the desk of that month did with a call."""
    if tool == "update_password":
        return "gate"
    if tool in ("send_money", "schedule_transaction"):
        if args["amount"] > 20000:
            return "block"
        free = 1000 if args["recipient"] in KNOWN else 50
        return "allow" if args["amount"] <= free else "gate"
    return "notify" if tool == "update_scheduled_transaction" else "allow"


def recorded(dice, tool, args, time):
    outcome = habit(tool, args)
    told = {"outcome": outcome, "policy": {"name": "desk.habits", "version": "2025"}}
    if outcome == "gate" and dice.chance(0.85):
        verdict = "approved"
        if not dice.chance(0.7):
            verdict = dice.one_of(("rejected", "rejected", "edited"))
        word = {"approved": "approve", "edited": "edit", "rejected": "reject"}[verdict]
        seen = time + datetime.timedelta(minutes=3 + dice.below(200))
        told["verdict"] = verdict
        told["approvals"] = [{"by": dice.one_of(("d-31", "d-32")), "roles": ["payments_desk"],
                              "requested_at": stamp(time), "at": stamp(seen), "verdict": word}]
    return told


def done(told):
    if told["outcome"] == "block" or told.get("verdict") == "rejected":
        return "not_executed"
    return "not_executed" if told["outcome"] == "gate" and "verdict" not in told else "ok"


def stamp(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def receipt(dice, number, run, who, tool, args, time):
    first, last, roles = PEOPLE[who]
    told = recorded(dice, tool, args, time)
    line = {
        "format": "proviso-receipt-1",
        "id": f"call-{number:04}",
        "time": stamp(time),
        "tool": tool,
        "args": args,
        "principal": {"id": who, "roles": roles},
        "agent": {"id": "bank-assistant", "model": "m-4", "version": "2026-02-01"},
        "workflow": {"name": "errand", "version": "3", "run": f"run-{run:03}"},
        "environment": "sandbox" if dice.chance(0.04) else "production",
        "attributes": {"customer.first_name": first, "customer.last_name": last},
        "recorded": told,
        "result": {"status": done(told)},
    }
    # A host that is not always well: the directory of roles or of names does not answer.
    if dice.chance(0.02):
        del line["principal"]["roles"]
    if dice.chance(0.02):
        del line["environment"]
    if dice.chance(0.3) and tool == "update_user_info":
        del line["attributes"]
        line["unknown"] = ["customer.first_name", "customer.last_name"]
    return line


def history():
    dice = Dice(20260302)
    time, run, number = START, 0, 0
    while number < CALLS:
        run += 1
        time += datetime.timedelta(minutes=20 + dice.below(345))
        who = dice.one_of(tuple(PEOPLE)) if dice.chance(0.5) else "c-1001"
        for tool, args in errand_of(dice, time.strftime("%Y-%m-%d")):
            number += 1
            if number > CALLS:
                return
            time += datetime.timedelta(seconds=2 + dice.below(9))
            yield receipt(dice, number, run, who, tool, args, time)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    for line in history():
        sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
