#!/usr/bin/env python3
"""Holds docs/approvals.md, and the program, to a second implementation of the plan's hash.

`canonical` and `plan` below are written from that page alone.
"""

import decimal
import hashlib
import json
import pathlib
import random
import re
import tempfile
import unittest

from pages import PROVISO, ROOT, run

PAGE = ROOT / "docs" / "approvals.md"
FILE = re.compile(r"<!-- file: (\S+) -->\n```\w*\n(.*?)^```$", re.S | re.M)
PART = re.compile(r"<!-- (plan|hash) -->\n```\w*\n(.*?)^```$", re.S | re.M)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.S | re.M)
SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def number(value):
    """An exact decimal, no exponent, no trailing zeros."""
    text = format(decimal.Decimal(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text.lstrip("-0") == "" else text


def string(text):
    return '"' + "".join(SHORT.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text) + '"'


def canonical(value):
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, decimal.Decimal)):
        return number(value)
    if isinstance(value, str):
        return string(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(f"{string(name)}:{canonical(value[name])}" for name in names) + "}"


def plan_hash(plan):
    return hashlib.sha256(b"proviso-plan-1" + canonical(plan).encode()).hexdigest()


POLICY = """policy p version "1"

attributes {
    environment : dev | production
    risk        : decimal
    owner       : string
    tags        : [string]
    load        : int volatile
    since       : time
    grace       : duration
}
tool pay {
    args open {
        amount : money in USD
        cents  : money in USD minor
        count  : int?
        rate   : decimal?
        name   : string
        lines  : [{ sku : string, n : int, gift : bool? }]
    }
}
role lead { }
allow a on pay when environment == production
gate g on pay by lead
"""

WORDS = ["", "x", "Müller", "ß\u20ac", "a\"b\\c/", "\n\t\u0001", "\ue000", "\U0001f600", "\u2028", "é", "e\u0301"]


class Literal:
    """A number as it is written in JSON."""

    def __init__(self, text):
        self.text = text


def written(value, rng):
    """JSON text of a call, members in any order."""
    if isinstance(value, Literal):
        return value.text
    if isinstance(value, dict):
        items = list(value.items())
        rng.shuffle(items)
        return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=rng.random() < .5)}: {written(v, rng)}"
                               for k, v in items) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(v, rng) for v in value) + "]"
    return json.dumps(value, ensure_ascii=rng.random() < .5)


def value_of(value):
    if isinstance(value, Literal):
        return decimal.Decimal(value.text)
    if isinstance(value, dict):
        return {name: value_of(member) for name, member in value.items()}
    return [value_of(member) for member in value] if isinstance(value, list) else value


def a_number(rng):
    whole = rng.choice(["0", "1", "12", "900719925474099", "123456789012"])
    return Literal(whole + rng.choice(["", ".5", ".50", ".00", "e2", ".25E1"]))


def anything(rng, depth=0):
    kind = rng.randrange(7 if depth < 3 else 4)
    if kind == 0:
        return Literal(rng.choice(["9007199254740993", "-0", "1e20", "0.1", "123456789012345678901.50"]))
    if kind == 1:
        return rng.choice([True, False, None])
    if kind < 4:
        return rng.choice(WORDS)
    if kind == 4:
        return [anything(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {rng.choice(WORDS): anything(rng, depth + 1) for _ in range(rng.randrange(4))}


def a_case(rng):
    """A call as JSON, and its plan."""
    host = {"tool": "pay", "environment": "production"}
    args, plan = {}, {"tool": "pay", "stage": "execute"}
    for name, path in (("id", "call_id"), ("principal", "principal.id"), ("agent", "agent.id")):
        if rng.random() < .8:
            text = rng.choice(WORDS[1:])
            host[name] = text if name == "id" else {"id": text}
            plan[path] = text
    attributes = {"environment": "production"}
    sent = {"load": Literal("3")}
    if rng.random() < .7:
        sent["risk"] = a_number(rng)
        attributes["risk"] = value_of(sent["risk"])
    if rng.random() < .7:
        sent["owner"] = attributes["owner"] = rng.choice(WORDS)
    else:
        host["unknown"] = plan["unknown"] = ["owner"]
    if rng.random() < .7:
        sent["tags"] = attributes["tags"] = [rng.choice(WORDS) for _ in range(rng.randrange(3))]
    if rng.random() < .5:
        sent["since"], attributes["since"] = "2026-11-25T10:00:00+02:00", "2026-11-25T08:00:00Z"
        sent["grace"], attributes["grace"] = "1d12h", 129600
    host["attributes"] = sent
    amount = a_number(rng)
    args["amount"] = amount
    args["cents"] = Literal("1250")
    args["name"] = rng.choice(WORDS)
    args["lines"] = [{"sku": rng.choice(WORDS), "n": Literal("5.0"),
                      **({"gift": True} if rng.random() < .5 else {})} for _ in range(rng.randrange(3))]
    typed = {"amount": {"amount": value_of(amount), "currency": "USD"},
             "cents": {"amount": decimal.Decimal("12.5"), "currency": "USD"},
             "name": args["name"], "lines": value_of(args["lines"])}
    if rng.random() < .5:
        args["rate"] = a_number(rng)
        typed["rate"] = value_of(args["rate"])
    if rng.random() < .3:
        args["count"] = None
    for _ in range(rng.randrange(4)):
        name = rng.choice(["note", "zz", "Ünit", "\ue001", "\U0001f4a1"])
        args[name] = anything(rng)
        typed[name] = value_of(args[name])
    host["args"] = args
    plan["args"], plan["attributes"] = typed, attributes
    return written(host, rng), plan


class Plans(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="proviso-approvals-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.text = PAGE.read_text()
        for name, text in FILE.findall(self.text):
            (self.folder / name).write_text(text)

    def decisions(self, policy, calls):
        done = run(PROVISO, "decide", "--policy", policy, "--format", "json", folder=self.folder,
                   stdin="".join(call + "\n" for call in calls))
        return [json.loads(line) for line in done.stdout.split("\n") if line]

    def test_worked_example(self):
        parts = dict(PART.findall(self.text))
        plan = json.loads(parts["plan"], parse_float=decimal.Decimal)
        self.assertEqual(canonical(plan) + "\n", parts["plan"])
        self.assertEqual(plan_hash(plan) + "\n", parts["hash"])
        call = json.dumps(json.loads((self.folder / "call.json").read_text()))
        self.assertEqual(self.decisions("payments.proviso", [call])[0]["plan_hash"], plan_hash(plan))

    def test_sessions(self):
        ran = 0
        for session in CONSOLE.findall(self.text):
            for command in re.split(r"^\$ ", session, flags=re.M)[1:]:
                line, _, wanted = command.partition("\n")
                words = line.split()
                self.assertEqual(words[0], "proviso")
                done = run(PROVISO, *words[1:], folder=self.folder)
                self.assertRegex(done.stdout, re.escape(wanted).replace(r"\.\.\.", ".*") + r"\Z")
                ran += 1
        self.assertGreater(ran, 2)

    def test_second_implementation(self):
        rng = random.Random(17)
        cases = [a_case(rng) for _ in range(300)]
        (self.folder / "p.proviso").write_text(POLICY)
        found = self.decisions("p.proviso", [call for call, _ in cases])
        self.assertEqual(len(found), len(cases))
        for decision, (call, plan) in zip(found, cases):
            self.assertEqual(decision.get("plan_hash"), plan_hash(plan),
                             f"{call}\n{canonical(plan)}\n{decision}")


if __name__ == "__main__":
    unittest.main(verbosity=1)
