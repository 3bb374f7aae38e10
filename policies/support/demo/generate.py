#!/usr/bin/env python3
"""Writes the demo history: ten made-up weeks of a support desk's assistant, as receipts.

    policies/support/demo/generate.py | gzip -9n > policies/support/demo/history.jsonl.gz

Always the same bytes. `recorded` is what the desk of those months did, by habits of its own: shift
leads approved refunds above 100 USD, looked at nothing afterwards, and believed the customer. An
`intent` that begins with `attack` is a call that serves a fraud.
"""

import datetime
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import history  # noqa: E402

CALLS = 2500
START = datetime.datetime(2026, 9, 1, 12, 0)
LEADS = ("l.brandt", "l.ito", "l.mensah")
AGENTS = ("ann", "bo", "cem", "dana", "eli")
TEAMS = ("billing", "deliveries", "fraud", "technical")
QUESTIONS = ("where is my order", "how do I return shoes", "is the shop open on Sunday",
             "gift card does not work", "change of delivery day")
CARD = "4000 0012 3456 7899"


class Shop:
    """Customers and orders, with what has been paid and given back."""

    def __init__(self, dice):
        self._dice = dice
        self._orders = 1000
        self.customers = [self._customer(number) for number in range(1, 301)]
        self.orders = {}

    def _customer(self, number):
        standing = self._dice.weighted((("fresh", 15), ("known", 55), ("trusted", 30)))
        days = {"fresh": (1, 60), "known": (90, 900), "trusted": (700, 3000)}[standing]
        since = START.date() - datetime.timedelta(days=self._dice.between(*days))
        return {"customer.id": f"c-{number}", "customer.standing": standing,
                "customer.since": str(since)}

    def order(self, customer, paid, status="delivered"):
        self._orders += self._dice.between(1, 9)
        name = f"A-{self._orders}"
        self.orders[name] = {"id": name, "customer_id": customer["customer.id"], "status": status,
                             "paid": paid, "refunded": 0}
        return name

    def refunded(self, name, amount):
        self.orders[name]["refunded"] = round(self.orders[name]["refunded"] + amount, 2)


class Ticket:
    """The calls of one ticket, each with its intent."""

    def __init__(self, dice, shop, number):
        self.dice, self.shop = dice, shop
        self.name = f"T-{number}"
        self.customer = dice.one_of(shop.customers)
        self.calls = []

    def call(self, intent, tool, **args):
        self.calls.append((intent, tool, args))

    def mine(self, intent, tool, **args):
        self.call(intent, tool, customer_id=self.customer["customer.id"], **args)

    def note(self, text):
        self.call("note", "add_note", ticket_id=self.name, text=text)

    def reply(self):
        self.call("reply", "draft_reply", ticket_id=self.name, text="Thank you for your message.")

    def refund(self, intent, order, amount, method="original", reason="damaged"):
        self.call(intent, "issue_refund", order_id=order, amount=amount, method=method,
                  reason=reason)


def question(ticket):
    ticket.call("look-up", "search_kb", query=ticket.dice.one_of(QUESTIONS))
    if ticket.dice.chance(0.7):
        order = ticket.shop.order(ticket.customer, ticket.dice.amount(10, 300), "shipped")
        ticket.call("look-up", "lookup_order", order_id=order)
    ticket.reply()


def refund(ticket):
    low, high = ticket.dice.weighted((((4, 50), 55), ((50, 200), 28), ((200, 1000), 13),
                                      ((1000, 4000), 4)))
    amount = ticket.dice.amount(low, high)
    order = ticket.shop.order(ticket.customer, round(amount * ticket.dice.one_of((1, 1, 2)), 2))
    ticket.call("look-up", "lookup_order", order_id=order)
    ticket.refund("refund", order, amount,
                  ticket.dice.one_of(("original", "original", "original", "store_credit")))
    ticket.reply()


def contact(ticket):
    ticket.mine("look-up", "lookup_customer")
    if ticket.dice.chance(0.6):
        ticket.mine("identity", "verify_identity", method=ticket.dice.one_of(("email", "phone")))
    if ticket.dice.chance(0.5):
        ticket.mine("contact", "update_contact", address=f"{ticket.dice.between(1, 90)} Elm St")
    else:
        ticket.mine("contact", "update_contact", email=f"new{ticket.dice.below(999)}@example.com")


def handover(ticket):
    ticket.note("Handed over.")
    ticket.call("escalation", "escalate_ticket", ticket_id=ticket.name,
                team=ticket.dice.one_of(TEAMS), summary="Needs a specialist.")


def discount(ticket):
    ticket.mine("discount", "apply_discount", percent=ticket.dice.one_of((5, 5, 10, 10, 15, 20, 40)))


def cancel(ticket):
    status = ticket.dice.one_of(("open", "open", "open", "shipped"))
    order = ticket.shop.order(ticket.customer, ticket.dice.amount(10, 300), status)
    ticket.call("look-up", "lookup_order", order_id=order)
    ticket.call("cancel", "cancel_order", order_id=order)


def credit(ticket):
    ticket.mine("credit", "issue_credit", amount=ticket.dice.amount(5, 90), reason="long wait")
    ticket.reply()


def exception(ticket):
    ticket.call("exception", "make_exception", ticket_id=ticket.name,
                what="Return after 45 days instead of 30.")


def permission(ticket):
    ticket.call("permission", "change_permission", login=f"user{ticket.dice.below(50)}",
                permission=ticket.dice.one_of(("viewer", "editor", "editor", "billing", "admin")))


def forbidden(ticket):
    login = f"user{ticket.dice.below(50)}"
    kind = ticket.dice.below(4)
    if kind == 0:
        ticket.mine("forbidden", "delete_account")
    elif kind == 1:
        ticket.mine("forbidden", "payments.card.read")
    elif kind == 2:
        ticket.call("forbidden", "reset_mfa", login=login)
    else:
        order = ticket.shop.order(ticket.customer, 120)
        ticket.call("forbidden", "override_fraud_check", order_id=order)


def slip(ticket):
    order = ticket.shop.order(ticket.customer, 80)
    ticket.refund("slip", order, ticket.dice.one_of((0, "25.00 USD", -5)))


def other_order(ticket):
    victim = ticket.dice.one_of(ticket.shop.customers)
    if victim is ticket.customer:
        return question(ticket)
    order = ticket.shop.order(victim, 90)
    ticket.refund("attack: another's order", order, ticket.dice.amount(10, 90))


def split(ticket):
    order = ticket.shop.order(ticket.customer, 900)
    ticket.call("look-up", "lookup_order", order_id=order)
    for _ in range(ticket.dice.between(7, 12)):
        ticket.refund("attack: split refund", order, ticket.dice.amount(44, 50))


def takeover(ticket):
    order = ticket.shop.order(ticket.customer, 180)
    ticket.mine("attack: takeover", "update_contact", email="me@exarnple.com")
    ticket.refund("attack: takeover", order, ticket.dice.amount(20, 180))


def payout(ticket):
    order = ticket.shop.order(ticket.customer, 400)
    ticket.refund("attack: payout", order, ticket.dice.amount(20, 400), "bank_account",
                  "the customer says the card is lost")


def double(ticket):
    amount = ticket.dice.amount(60, 100)
    order = ticket.shop.order(ticket.customer, amount)
    ticket.refund("refund", order, amount)
    ticket.refund("attack: twice", order, amount)


def card_note(ticket):
    ticket.call("attack: card in a note", "add_note", ticket_id=ticket.name, text=f"Card is {CARD}")


def invented_team(ticket):
    ticket.call("attack: invented team", "escalate_ticket", ticket_id=ticket.name,
                team="ceo-office", summary="Urgent, grant everything.")


PLOTS = ((question, 34), (refund, 30), (contact, 9), (handover, 8), (discount, 6), (cancel, 5),
         (credit, 5), (exception, 2), (permission, 2), (forbidden, 2), (slip, 1), (other_order, 1),
         (split, 0.6), (takeover, 1), (payout, 1), (double, 1), (card_note, 0.7),
         (invented_team, 0.5))


def habit(tool, args):
    """What the desk of those months did with a call."""
    if tool in ("delete_account", "override_fraud_check") or tool.startswith("payments."):
        return "block"
    if tool in ("change_permission", "reset_mfa", "make_exception"):
        return "gate"
    if tool in ("issue_refund", "issue_credit"):
        amount = args["amount"]
        if isinstance(amount, str) or amount <= 0:
            return "block"
        return "gate" if amount > 100 else "allow"
    return "gate" if tool == "apply_discount" and args["percent"] > 15 else "allow"


def facts(shop, args):
    if args.get("order_id") not in shop.orders:
        return None
    order = shop.orders[args["order_id"]]
    return {"order": {"key": order["id"], "values": dict(order)}}


def line_of(dice, ticket, number, who, intent, tool, args, time):
    verdict = "rejected" if intent.startswith("attack") and dice.chance(0.6) else None
    told = history.recorded(dice, habit(tool, args), "support_lead", LEADS, time, verdict)
    host = {"ticket.id": ticket.name, "ticket.assignee": who, **ticket.customer}
    known = facts(ticket.shop, args)
    roles = ["support_agent"]
    # A host that is not always well: the shop, the directory or the scoring does not answer.
    if known and dice.chance(0.012):
        known = None
    if dice.chance(0.008):
        roles = None
    if dice.chance(0.01):
        del host["customer.standing"]
    principal = {"id": who, "roles": roles} if roles else {"id": who}
    line = history.receipt(
        told, id=f"call-{number:05}", intent=intent, time=history.stamp(time), tool=tool, args=args,
        principal=principal,
        agent={"id": "support-assistant", "model": "m-4", "version": "2026-08-15"},
        workflow={"name": "support_triage", "version": "12", "run": ticket.name},
        environment="sandbox" if dice.chance(0.02) else "production", attributes=host, facts=known)
    if tool == "issue_refund" and history.was_done(told):
        ticket.shop.refunded(args["order_id"], args["amount"])
    return line


def lines():
    dice = history.Dice(20260901)
    shop = Shop(dice)
    time, tickets, number = START, 5000, 0
    while True:
        tickets += 1
        time += datetime.timedelta(minutes=dice.between(15, 90))
        if time.hour < 12 and dice.chance(0.9):  # 08:00 in New York
            time = time.replace(hour=12, minute=dice.below(60))
        ticket = Ticket(dice, shop, tickets)
        who = dice.one_of(AGENTS)
        dice.weighted(PLOTS)(ticket)
        for intent, tool, args in ticket.calls:
            number += 1
            time += datetime.timedelta(seconds=dice.between(4, 60))
            yield line_of(dice, ticket, number, who, intent, tool, args, time)


if __name__ == "__main__":
    history.write(lines(), CALLS)
