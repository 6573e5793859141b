"""Every deadline counted a second time: a plain counter written from the rules, sharing no code with srctl's own.

It reads the calendar files itself and walks one day at a time. What is compared: counts from any day (`calc`), the
deadlines of cases under rules with pauses, extensions, rolls and months (`explain`, `show`, `due`), and lateness.
A share of it runs with ``make test``; the whole, 10,740 comparisons, is marked ``full``.
"""

import random
import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from srctl.core.decoding import Text
from srctl.deadlines.explanation import days_of, explanations
from srctl.deadlines.obligations import obligations
from srctl.model.case import Case, Entry, Received
from srctl.model.definitions import Kind, Rule, Stage
from srctl.office.folder import Folder
from tests.conftest import PROJECT

CALENDAR = Folder(PROJECT).calendar
TODAY = date(2026, 11, 20)
ONE = timedelta(days=1)


# -- the other counter -------------------------------------------------------------------------------

OFF = {
    date.fromisoformat(found)
    for path in (PROJECT / "templates/calendar").glob("*.yaml")
    for found in re.findall(r"^  - \{date: (\d{4}-\d\d-\d\d), name", path.read_text("utf-8"), re.M)
}
Days = list[tuple[date, date]]  # from the first, up to and without the second


def works(day: date) -> bool:
    return day.isoweekday() not in (6, 7) and day not in OFF


def stands(day: date, stops: Days) -> bool:
    return any(first <= day < after for first, after in stops)


def month_later(day: date, months: int) -> date:
    """The same day so many months on; what begins on the first of a month ends with the month."""
    number = day.year * 12 + day.month - 1 + months
    first_after = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    last = first_after - ONE
    if months > 0 and (day + ONE).day == 1:
        return last
    return last if day.day > last.day else last.replace(day=day.day)


def last_day(start: date, amount: int, unit: str, stops: Days, receipt_day_1: bool = True) -> date:
    """The last day counted, where it falls."""
    if unit == "workday":
        if not receipt_day_1:
            while not works(start):
                start += ONE
        left, day, step = abs(amount), start, ONE if amount > 0 else -ONE
        while left:
            day += step
            left -= 1 if works(day) and not stands(day, stops) else 0
        return day
    end = month_later(start, amount) if unit == "month" else start + amount * ONE
    if not stops:
        return end
    left, day = (end - start).days, start
    while left > 0:
        day += ONE
        left -= 0 if stands(day, stops) else 1
    return day


def moved(day: date, roll: str, stops: Days) -> date:
    if roll == "none" or works(day):
        return day
    step = ONE if roll == "next" else -ONE
    while not works(day) or (roll == "next" and stands(day, stops)):
        day += step
    return day


def late(due: date, today: date) -> int:
    """Working days after ``due`` up to ``today``; negative while it is still to come."""
    if due > today:
        return -late(today, due)
    return sum(works(due + n * ONE) for n in range(1, (today - due).days + 1))


def counted(rule: Rule, start: date, stops: Days, further: list[Entry], receipt_day_1: bool) -> date:
    held = stops if rule.pauses and rule.amount > 0 else []
    nominal = last_day(start, rule.amount, rule.unit, held, receipt_day_1)
    due = moved(nominal, rule.roll, held)
    for more in further:
        if more.until:
            last = new = more.until
        else:
            begins = nominal if rule.extends == "nominal" or more.unit == "month" else due
            last = last_day(begins, more.amount, more.unit, held)
            new = moved(last, "next", held)
        if new > due:
            due, nominal = new, last
    return due


# -- what is compared --------------------------------------------------------------------------------

HOT = (date(2024, 4, 8), date(2026, 4, 9), date(2026, 12, 3), date(2026, 12, 29), date(2027, 2, 27), date(2026, 10, 28))


def any_day(pick: random.Random) -> date:
    if pick.random() < 0.3:
        return pick.choice(HOT) + pick.randrange(6) * ONE
    return date(2024, 3, 1) + pick.randrange(1250) * ONE


def any_rule(pick: random.Random, name: str) -> Rule:
    unit: Any = pick.choice(("workday", "workday", "day", "month"))
    most = {"workday": 60, "day": 60, "month": 14}[unit]
    amount = pick.choice((1, -1)) * pick.randint(1, most) if pick.random() < 0.3 else pick.randint(0, most)
    roll: Any = pick.choice(("next", "previous", "none"))
    return Rule(name, Text("ก", "A"), "case", amount, unit, "", roll=roll, pauses=pick.random() < 0.7,
                extends=pick.choice(("nominal", "rolled")), met_by="decided")  # fmt: skip


def entry(number: int, day: date, did: Any, **more: Any) -> Entry:
    at = datetime.combine(day, time(9), timezone(timedelta(hours=7)))
    return Entry(f"a{number}", at, "malee", did, **more)


def any_case(pick: random.Random, rules: list[Rule]) -> tuple[Case, Days, dict[str, list[Entry]], date]:
    """A case with up to three pauses, the last perhaps still open, and up to two extensions of some rules."""
    begun = any_day(pick)
    today = begun + pick.randint(20, 120) * ONE
    log, stops, day = [entry(1, begun, "receive", to="receive")], list[tuple[date, date]](), begun
    for _n in range(pick.randrange(4)):
        first = day + pick.randrange(12) * ONE
        after = first + pick.randrange(1, 15) * ONE
        if after > today:
            if first <= today and pick.random() < 0.7:
                log.append(entry(len(log) + 1, first, "pause"))
                stops.append((first, today))
            break
        log += [entry(len(log) + 1, first, "pause"), entry(len(log) + 2, after, "resume")]
        stops.append((first, after))
        day = after
    further: dict[str, list[Entry]] = {}
    for rule in pick.sample(rules, len(rules) // 2):
        for _n in range(pick.randint(1, 2)):
            unit = pick.choice(("workday", "day", "month", ""))
            amount = pick.randint(1, 3) if unit == "month" else pick.randint(1, 25)
            given: dict[str, Any] = {"amount": amount, "unit": unit or "workday"}
            if not unit:
                given = {"until": begun + pick.randint(1, 90) * ONE}
            log.append(entry(len(log) + 1, day, "extend", deadline=rule.name, **given))
            further.setdefault(rule.name, []).append(log[-1])
    return Case(1, "2569-0001", "sample", "ก", Received(begun), log=tuple(log)), stops, further, today


def compare_counts(times: int) -> None:
    pick = random.Random(2569)
    for _n in range(times):
        rule, start = any_rule(pick, "r"), any_day(pick)
        day_1 = pick.random() < 0.5
        found = days_of(rule, start, CALENDAR, day_1)
        expected = moved(last_day(start, rule.amount, rule.unit, [], day_1), rule.roll, [])
        assert found[-1].on == expected, (rule, start, day_1)


def compare_deadlines(cases: int, of_each: int) -> None:
    pick = random.Random(2570)
    for _n in range(cases):
        rules = [any_rule(pick, f"r{n}") for n in range(of_each)]
        case, stops, further, today = any_case(pick, rules)
        kind = Kind(1, Text("ก", "A"), "any", Text("", ""), "", (Stage("receive", Text("ก", "A")),), tuple(rules))
        day_1 = pick.random() < 0.5
        told = [
            (a.deadline.ref, a.deadline.due, a.days[-1].on) for a in explanations(case, kind, CALENDAR, today, day_1)
        ]
        expected = []
        for rule in rules:
            due = counted(rule, case.received.on, stops, further.get(rule.name, []), day_1)
            expected.append((rule.name, due, due))
        assert told == expected, case
        listed = [(o.ref, o.due, o.late) for o in obligations(case, kind, CALENDAR, today, "", day_1)]
        assert listed == [(name, due, late(due, today)) for name, due, _last in expected]


def compare_lateness(pairs: int) -> None:
    pick = random.Random(2568)
    for _n in range(pairs):
        one, other = any_day(pick), any_day(pick)
        assert CALENDAR.workdays_between(one, other) == late(one, other), (one, other)


def test_a_share_of_all_deadlines_is_counted_alike_by_two_counters() -> None:
    compare_counts(140)
    compare_deadlines(12, 15)
    compare_lateness(200)


@pytest.mark.full
def test_every_deadline_is_counted_alike_by_two_counters() -> None:
    compare_counts(1340)
    compare_deadlines(120, 45)
    compare_lateness(4000)
