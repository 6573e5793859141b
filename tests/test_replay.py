"""Deadlines are a replay of the log: whenever they are computed, whatever was undone, they come out the same."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srctl.core.decoding import Text
from srctl.deadlines.explanation import Explanation, explanations
from srctl.deadlines.obligations import obligations
from srctl.deadlines.pauses import open_pause
from srctl.deadlines.rules import Deadline, deadlines
from srctl.model.case import Case, Entry, Order, Plan, Promise, Side, Step
from srctl.model.definitions import CLOSED, Instead, Kind, Rule
from srctl.workflow.definition_validation import FITTING
from tests.conftest import Srctl
from tests.test_due import CALENDAR, case_with, entry, kind_of

DAY = timedelta(days=1)
RECEIVED = st.dates(date(2024, 1, 2), date(2027, 6, 1))
LATER = st.integers(0, 60).map(timedelta)
STAGES = ("receive", "analyse", "plan", "coordinate", "report")
SIDES: st.SearchStrategy[Side] = st.sampled_from(get_args(Side))
AMOUNTS = st.integers(1, 25)
EXTENSIBLE = ("order.due", "s1", "s2", "case-1", "stage-1", "step-1")

# -- whatever an office may write --------------------------------------------------------------------

CONDITIONS = st.sampled_from(
    [{}, {}, {}, {"urgency": ("urgent",)}, {"signer": ("head",)}, {"fields.event": ("2026-11-20",)}]
)


@st.composite
def rules(draw: st.DrawFn, of: Any, number: int) -> Rule:
    """Draw a rule that `srctl check` finds nothing wrong with."""
    start: Any = draw(st.sampled_from(FITTING[of]))
    instead = draw(st.lists(st.builds(Instead, amount=AMOUNTS, when=CONDITIONS), max_size=1))
    return Rule(
        f"{of}-{number}", Text("กำหนด", "Deadline"), of, draw(st.integers(-10, 30)),
        draw(st.sampled_from(["workday", "day", "month"])), "", start, stage=draw(st.sampled_from(STAGES)),
        roll=draw(st.sampled_from(["next", "previous", "none"])), field="event", side=draw(st.sampled_from(["", "us"])),
        when=draw(CONDITIONS), unless=draw(st.sampled_from([{}, {"urgency": ("most-urgent",)}])),
        instead=tuple(instead), pauses=draw(st.sampled_from([True, True, False])),
    )  # fmt: skip


# One rule for each sort of thing, and one more.
KINDS = st.tuples(*(rules(of, 1) for of in FITTING), st.sampled_from([*FITTING]).flatmap(lambda of: rules(of, 2))).map(
    lambda made: kind_of(*made)
)


@st.composite
def happenings(draw: st.DrawFn, on: date) -> list[Entry]:
    """Draw what happened in a case received on ``on``: contacts, papers, decisions asked for, stages entered."""
    due = st.none() | LATER.map(lambda more: on + more)
    made: list[dict[str, Any]] = []
    for did in draw(st.lists(st.sampled_from(["contact", "escalate", "submit", "reply", "to", "send"]), max_size=5)):
        promise = Promise(draw(SIDES) if did == "contact" else "us" if did == "reply" else "them", "ก", draw(due))
        if did == "to":
            made.append({"did": "note", "to": draw(st.sampled_from(STAGES))})
        elif did == "submit":
            paper = f"memo-{len(made)}"
            made.append({"did": "draft", "paper": paper, "signer": draw(st.sampled_from(["head", "minister"]))})
            made.append({"did": "submit", "paper": paper})
        else:
            made.append({"did": did, "promise": promise, "whom": "head" if did == "escalate" else ""})
    days = sorted(draw(st.lists(LATER, min_size=len(made), max_size=len(made))))
    return [entry(n, on + later, **more) for n, (later, more) in enumerate(zip(days, made, strict=True), 2)]


@st.composite
def extensions(draw: st.DrawFn, on: date, *, named: bool = True) -> list[Entry]:
    made = []
    for n in range(draw(st.integers(0, 3))):
        until = draw(LATER) if named and draw(st.booleans()) else None
        more: Any = {"until": on + until} if until else {"amount": draw(AMOUNTS), "unit": draw(UNITS)}
        made.append(entry(70 + n, on, "extend", deadline=draw(st.sampled_from(EXTENSIBLE)), **more))
    return made


UNITS = st.sampled_from(["workday", "day", "month"])


def paused(start: date, end: date | None, number: int = 80) -> list[Entry]:
    """Return a pause from ``start``, resumed on ``end`` (None: it lasts)."""
    made = [entry(number, start, "pause", category="agency", why="รอ")]
    return [*made, entry(number + 1, end, "resume")] if end else made


@st.composite
def cases(draw: st.DrawFn, *, lasting: bool = False, extended: bool = True) -> Case:
    """Draw a lawful open case; with ``lasting`` it is paused at the end, else every pause is over."""
    on = draw(RECEIVED)
    turns = sorted(draw(st.lists(LATER, max_size=4)))
    turns = turns[: len(turns) // 2 * 2]
    log = [entry(1, on, "receive", "receive"), *draw(happenings(on))]
    for n, (start, end) in enumerate(zip(turns[::2], turns[1::2], strict=True)):
        log += paused(on + start, on + end, 80 + 2 * n)
    if lasting:
        log += paused(on + max([*turns, timedelta(0)]) + draw(LATER), None, 98)
    log += draw(extensions(on)) if extended else []
    plan = Plan("", (Step("s1", "ก"), Step("s2", "ข", due=on + draw(LATER))))
    order = Order(due=draw(st.none() | LATER.map(lambda more: on + more)))
    event = draw(st.sampled_from(["", "2026-11-20", (on + draw(LATER)).isoformat()]))
    dated = draw(st.sampled_from([None, on - DAY]))
    urgency = draw(st.sampled_from(["none", "urgent", "most-urgent"]))
    return case_with(*log, on=on, dated=dated, plan=plan, order=order, fields={"event": event}, urgency=urgency)


def found(case: Case, kind: Kind, today: date, *, day_1: bool = True) -> tuple[Deadline, ...]:
    return deadlines(case, kind, CALENDAR, today, day_1)


def days(items: Sequence[Deadline]) -> list[tuple[str, str, date, date]]:
    """Return what is due when, without the reviews of pauses."""
    return [(d.what, d.ref, d.due, d.original) for d in items if d.what != "pause"]


# -- when it is computed -----------------------------------------------------------------------------


@given(cases(), KINDS, RECEIVED, RECEIVED)
def test_a_case_that_goes_on_has_the_same_deadlines_whenever_they_are_computed(
    case: Case, kind: Kind, one: date, other: date
) -> None:
    assert found(case, kind, one) == found(case, kind, other)


def left(account: Explanation, today: date) -> int:
    """Return how many days are still to be counted from ``today``."""
    return sum(d.why == "counted" and d.on >= today for d in account.days)


@given(cases(lasting=True, extended=False), KINDS, LATER, LATER)
def test_while_a_case_stands_still_what_is_left_stays_left(
    case: Case, kind: Kind, one: timedelta, more: timedelta
) -> None:
    pause = open_pause(case)
    assert pause is not None
    early, late = pause.began + one, pause.began + one + more
    then, later = explanations(case, kind, CALENDAR, early), explanations(case, kind, CALENDAR, late)
    for before, after in zip(then, later, strict=True):
        rule = before.deadline.rule
        if rule and rule.roll == "previous" and rule.amount > 0:
            continue  # a day moved back may lie before the pause that its last day lies in
        assert before.deadline.held == after.deadline.held
        if before.deadline.held:
            assert left(before, early) == left(after, late)
            assert before.deadline.due >= early
            assert after.deadline.due >= before.deadline.due
        elif before.deadline.what != "pause":
            assert before.deadline.due == after.deadline.due


# -- pauses ------------------------------------------------------------------------------------------


def last_turn(case: Case) -> date:
    """Return the first day the case may be paused again."""
    return max([case.received.on, *(e.day() for e in case.log if e.did == "resume")])


@given(cases(), KINDS, LATER)
def test_a_pause_resumed_on_its_day_changes_nothing(case: Case, kind: Kind, later: timedelta) -> None:
    on = last_turn(case) + later
    again = case._replace(log=(*case.log, *paused(on, on, 90)))
    assert days(found(again, kind, on)) == days(found(case, kind, on))


@given(cases(), KINDS, LATER, LATER, st.booleans())
def test_a_pause_never_brings_a_deadline_nearer(
    case: Case, kind: Kind, later: timedelta, more: timedelta, over: bool
) -> None:
    start = last_turn(case) + later
    today = start + more
    without = days(found(case, kind, today))
    held = days(found(case._replace(log=(*case.log, *paused(start, today if over else None, 90))), kind, today))
    assert [row[:2] for row in held] == [row[:2] for row in without]
    for before, after in zip(without, held, strict=True):
        assert after[2] >= before[2]
        assert after[3] >= before[3]


# -- extensions --------------------------------------------------------------------------------------


@given(cases(), KINDS, st.data())
def test_it_does_not_matter_whether_a_pause_or_an_extension_was_logged_first(
    case: Case, kind: Kind, data: st.DataObject
) -> None:
    others = [e for e in case.log if e.did != "extend"]
    longer = [e for e in case.log if e.did == "extend"]
    places = sorted(data.draw(st.lists(st.integers(0, len(others)), min_size=len(longer), max_size=len(longer))))
    for moved, (place, extension) in enumerate(zip(places, longer, strict=True)):
        others.insert(place + moved, extension)
    today = case.received.on
    assert days(found(case._replace(log=tuple(others)), kind, today)) == days(found(case, kind, today))


@given(cases(lasting=True), KINDS, LATER)
def test_an_extension_never_gives_an_earlier_day_and_one_to_a_named_day_stands(
    case: Case, kind: Kind, later: timedelta
) -> None:
    for item in found(case, kind, case.received.on + later):
        assert item.due >= item.original
        if [bool(e.until) for e in item.extensions] == [True]:
            assert item.due == max(item.original, item.extensions[0].until or item.original)


# -- the account -------------------------------------------------------------------------------------


@given(cases() | cases(lasting=True), KINDS, LATER, st.booleans())
def test_the_account_of_every_deadline_ends_on_the_day_that_is_due(
    case: Case, kind: Kind, later: timedelta, day_1: bool
) -> None:
    today = case.received.on + later
    told = explanations(case, kind, CALENDAR, today, day_1)
    due = obligations(case, kind, CALENDAR, today, "", day_1)
    assert [(a.deadline.what, a.deadline.ref, a.days[-1].on, a.complete) for a in told] == [
        (o.what, o.ref, o.due, o.complete) for o in due
    ]
    for account in told:
        assert account.days[0].on == (account.deadline.start or account.deadline.original)
        if account.deadline.rule and not account.deadline.extensions:
            counted = [day.number for day in account.days if day.why == "counted"]
            assert counted == list(range(1, len(counted) + 1))
            if account.deadline.rule.unit != "month":
                assert len(counted) == abs(account.deadline.rule.amount)


def test_the_cases_drawn_here_have_every_sort_of_deadline() -> None:
    seen: set[str] = set()

    @given(cases(lasting=True), KINDS)
    def collect(case: Case, kind: Kind) -> None:
        seen.update(d.what for d in found(case, kind, case.received.on))

    collect()
    assert seen == {"case", "stage", "step", "ours", "theirs", "rule", "paper", "thanks", "decision", "pause"}


@given(cases() | cases(lasting=True), KINDS)
def test_a_closed_case_owes_nothing(case: Case, kind: Kind) -> None:
    closed = case._replace(log=(*case.log, entry(99, case.received.on, "close", CLOSED)))
    assert found(closed, kind, case.received.on) == ()


# -- undo, in a real office --------------------------------------------------------------------------

CASE = "2569-0010"


def acts(chance: random.Random) -> Iterator[tuple[str, ...]]:
    """Yield commands that give and take time, some of which will be refused."""
    while True:
        yield chance.choice(
            [
                ("pause", "10", "agency", "--why", "รอหน่วยงาน"),
                ("resume", "10"),
                (
                    "extend",
                    "10",
                    "answer",
                    "--for",
                    f"+{chance.randint(1, 9)}wd",
                    "--why",
                    "รอผล",
                    "--override",
                    "จำเป็น",
                ),
                ("extend", "10", "opinion", "--until", f"+{chance.randint(3, 30)}", "--why", "รอผล"),
                ("escalate", "10", "--to", "head", "--ask", "ขอให้วินิจฉัย", "--why", "หน่วยงานไม่ตอบ"),
                ("contact", "10", "obec/somsak", "--said", "ทวงถาม", "--they-promise", "ส่งรายงาน", "--until", "+2wd"),
                ("promise", "broken", "10", "--until", f"+{chance.randint(3, 9)}wd"),
            ]
        )


def state(office: Srctl) -> tuple[list[Any], dict[str, Any]]:
    """Return what is due, and the case as shown without what a log that grew changes: the log, and what it undid."""
    shown = office.ok("show", CASE, "--json").json
    return shown["deadlines"], {k: v for k, v in shown.items() if k not in ("log", "undone", "deadlines")}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_undo_gives_back_the_bytes_and_the_deadlines_of_before(sample: Srctl, seed: int) -> None:
    chance, before, done = random.Random(seed), [], 0
    for hour, words in enumerate(acts(chance)):
        sample.at(f"2026-11-{20 + hour // 8}T{9 + hour % 8:02d}:00")
        raw, was = sample.case_file(CASE).read_bytes(), state(sample)
        if sample.run(*words).code == 0:
            before.append((raw, was, sample.now))
            assert state(sample) != was, words
            done += 1
        if done == 6:
            break
    last = sample.now
    for raw, was, then in reversed(before):
        sample.now = last
        sample.ok("undo", "10", "--why", "ลงผิด")
        assert sample.case_file(CASE).read_bytes().startswith(raw)
        sample.now = then
        assert state(sample) == was
    sample.now = last
    assert CASE not in sample.run("check").out
