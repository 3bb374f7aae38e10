#!/usr/bin/env python3
"""Windows against Python's own time zones: every change of the clocks from 1970 to 2099.

Each zone has a window of hours in which clocks change, one that goes past midnight with days taken
away, one of days and one of workdays. Each instant is decided by the program and by `expected`,
which looks at what a clock there shows.
"""

import datetime
import json
import zoneinfo

from program import ProgramTest, BLOCK, main

ZONES = ["America/New_York", "Europe/Berlin", "Europe/London", "Asia/Kolkata", "Australia/Sydney",
         "Australia/Lord_Howe", "America/St_Johns", "Pacific/Auckland", "Asia/Tokyo",
         "America/Sao_Paulo", "Africa/Casablanca"]
UTC = datetime.timezone.utc
START = datetime.datetime(1970, 1, 1, tzinfo=UTC)
END = datetime.datetime(2100, 1, 1, tzinfo=UTC)
DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)
MINUTE = datetime.timedelta(minutes=1)
MICROSECOND = datetime.timedelta(microseconds=1)

POLICY = """
window hours{0} = mon..sun 01:15..02:45 in "{1}"
window night{0} = mon..fri 22:30..02:10 in "{1}" except 2026-03-27 .. 2026-03-28, 2026-10-23
window days{0}  = sat, sun, 2026-10-26 in "{1}"
window close{0} = last 3 workdays of month in "{1}"
tool t{0} {{ }}
block hours{0}.b on t{0} when time in hours{0}
block night{0}.b on t{0} when time in night{0}
block days{0}.b on t{0} when time in days{0}
block close{0}.b on t{0} when time in close{0}
"""
WITHOUT = {datetime.date(2026, 3, 27), datetime.date(2026, 3, 28), datetime.date(2026, 10, 23)}


def changes(zone):
    """The instants at which the offset changes, found by halving the days in which it does."""
    at, offset = START, START.astimezone(zone).utcoffset()
    while at < END:
        following = min(at + DAY, END - SECOND)
        then = following.astimezone(zone).utcoffset()
        if then != offset:
            low, high = at, following
            while high - low > SECOND:
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                if middle.astimezone(zone).utcoffset() == offset:
                    low = middle
                else:
                    high = middle
            yield high
            offset = then
        at += DAY


def is_workday_at_end(day, count):
    """Whether fewer than `count` workdays of the month come after this one."""
    later, left = day + DAY, 0
    while later.month == day.month:
        left += later.weekday() < 5
        later += DAY
    return day.weekday() < 5 and left < count


def expected(zone, instant):
    shown = instant.astimezone(zone)
    day, clock = shown.date(), (shown.hour, shown.minute)

    def opens(date):
        return date.weekday() < 5 and date not in WITHOUT

    names = set()
    if (1, 15) <= clock < (2, 45):
        names.add("hours")
    if (clock >= (22, 30) and opens(day)) or (clock < (2, 10) and opens(day - DAY)):
        names.add("night")
    if day.weekday() >= 5 or day == datetime.date(2026, 10, 26):
        names.add("days")
    if is_workday_at_end(day, 3):
        names.add("close")
    return names


def instants(zone):
    """Round every change: the change itself, midnights and the ends of the windows' hours."""
    for change in changes(zone):
        for minutes in (0, 15, 30, 45, 75, 90, 120, 150, -60, -15):
            for at in (change + minutes * MINUTE, change + minutes * MINUTE - MICROSECOND):
                if START <= at < END:
                    yield at
    around = datetime.datetime(2026, 3, 26, tzinfo=UTC)
    for begin in (around, datetime.datetime(2026, 10, 22, tzinfo=UTC)):
        for minutes in range(0, 6 * 24 * 60, 5):
            yield begin + minutes * MINUTE
            yield begin + minutes * MINUTE - MICROSECOND


class Windows(ProgramTest):
    def test_windows_are_those_of_python(self):
        policy = 'policy windows version "1"\n'
        policy += "".join(POLICY.format(i, name) for i, name in enumerate(ZONES))
        self.write("windows.proviso", policy)
        for i, name in enumerate(ZONES):
            zone = zoneinfo.ZoneInfo(name)
            calls = list(instants(zone))
            lines = "".join(json.dumps({"tool": f"t{i}", "time": at.isoformat()}) + "\n"
                            for at in calls)
            done = self.check("decide", "-p", "windows.proviso", "--format", "json", stdin=lines,
                              code=BLOCK)
            decisions = done.stdout.splitlines()
            self.assertEqual(len(decisions), len(calls))
            wrong = []
            for at, line in zip(calls, decisions):
                found = {one["name"].removesuffix(f"{i}.b")
                         for one in json.loads(line)["restrictions"]}
                if found != expected(zone, at):
                    wrong.append((at.isoformat(), found, expected(zone, at)))
            self.assertEqual(wrong, [], name)
            self.assertGreater(len(calls), 3000)


main()
