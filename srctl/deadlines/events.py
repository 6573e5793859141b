"""What happened to the deadlines of a case between two moments: set, moved, met, missed, dropped.

Pure. The deadlines in force at the two moments are compared; the log entries between them explain why
one is gone.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar
from srctl.deadlines.endings import Ending
from srctl.deadlines.pauses import pauses_of
from srctl.deadlines.rules import Deadline, What
from srctl.model.case import Case, Entry
from srctl.model.definitions import CLOSED

Event = Literal["set", "moved", "met", "missed", "not-done", "dropped"]
_RESULTS = ("met", "missed", "not-done")
_LEAVING = ("undo", "redo", "cancel", "move", "merge", "void")  # by what a deadline goes without being met
_OF_CASE = ("case", "stage", "rule")  # what closing a case fulfils; promises and steps it leaves behind


class Milestone(NamedTuple):
    """One thing that happened to a deadline: on which day, to what, the days before and after.

    ``late`` is in working days past ``due`` (0 when it was in time or is not settled); ``who`` and ``why`` are those
    of the action, ``who`` "" where nobody did anything and the day just passed.
    """

    on: date
    event: Event
    case: str
    subject: str
    what: What
    ref: str
    text: str
    due: date | None
    before: date | None = None
    late: int = 0
    who: str = ""
    why: str = ""
    verified: bool = True


def between(
    before: Sequence[Deadline], after: Sequence[Deadline], case: Case, fresh: Sequence[Entry],
    calendar: Calendar, who: str, on: date, ended: Iterable[Ending] = (),
) -> list[Milestone]:  # fmt: skip
    """What became of the deadlines from ``before`` to ``after`` by the new entries ``fresh``, recorded on ``on``.

    ``ended`` is how the deadlines of the case ended by now: what is said there of one that is gone is its result.
    """
    then, now = _keyed(before), _keyed(after)
    ends = {_key(end.deadline): (end.event, end.late) for end in ended} if fresh else {}
    why = _reasons(case, fresh)
    happened = min(on, max((e.day() for e in fresh), default=on))

    def milestone(event: Event, deadline: Deadline, due: date, was: date | None = None, late: int = 0) -> Milestone:
        day = happened if event in _RESULTS else on
        return Milestone(day, event, case.id, case.subject, deadline.what, deadline.ref, deadline.text, due, was, late,
                         who, why, deadline.verified)  # fmt: skip

    found = []
    # What is promised again in time has only moved; after its day it was missed, and the new promise is set.
    again = {old: e.id for e in fresh for old in e.breaks if e.promise}
    kept = {again[d.ref]: key for key, d in then.items() if d.ref in again and happened <= d.due}
    for key, deadline in now.items():
        if deadline.what == "followup":  # moves with whatever is done: only that it was late is worth telling
            continue
        had = then.pop(kept[deadline.ref], None) if deadline.ref in kept else then.get(key)
        if had is None:
            found.append(milestone("set", deadline, deadline.due))
        elif had.due != deadline.due:
            found.append(milestone("moved", deadline, deadline.due, had.due))
    for key, deadline in then.items():
        if deadline.what == "followup":
            moved = fresh and (key not in now or now[key].due != deadline.due)
            if moved and happened > deadline.due:
                late = calendar.workdays_between(deadline.due, happened)
                found.append(milestone("missed", deadline, deadline.due, late=late))
        elif key not in now:
            event, late = ends.get(key) or _settled(deadline, fresh, happened, calendar)
            found.append(milestone(event, deadline, deadline.due, late=late))
    return found


def _reasons(case: Case, fresh: Sequence[Entry]) -> str:
    """The reasons given in the entries; for a resumption that of its pause as well."""
    entries = [*fresh, *(p.entry for p in pauses_of(case)[-1:] if any(e.did == "resume" for e in fresh))]
    return "; ".join(dict.fromkeys(e.why or e.override for e in entries if e.why or e.override))


def _keyed(deadlines: Iterable[Deadline]) -> dict[tuple[str, str, str], Deadline]:
    return {_key(d): d for d in deadlines}


def _key(deadline: Deadline) -> tuple[str, str, str]:
    return deadline.what, deadline.ref, deadline.rule.name if deadline.rule else ""


def one_result(found: Sequence[Milestone]) -> list[Milestone]:
    """The milestones, in the order of history, with one result for each deadline: the last.

    What was not done when its case was closed is in force again once that is reopened, and has its result later.
    """
    gone: set[int] = set()
    results: dict[tuple[str, str, str], int] = {}
    for n, milestone in enumerate(found):
        same = milestone.case, milestone.what, milestone.ref
        earlier = results.get(same)
        if earlier is not None:
            again = milestone.event == "set" and found[earlier].event == "not-done"
            if again or (milestone.event in _RESULTS and found[earlier].due == milestone.due):
                gone.add(earlier)
        if milestone.event in _RESULTS:
            results[same] = n
    return [milestone for n, milestone in enumerate(found) if n not in gone]


def _settled(deadline: Deadline, fresh: Sequence[Entry], day: date, calendar: Calendar) -> tuple[Event, int]:
    """How a deadline that is gone ended, and how many working days late."""
    late = max(0, calendar.workdays_between(deadline.due, day))
    if any(deadline.ref in e.breaks for e in fresh):
        return "missed", late
    closed = any(e.to == CLOSED for e in fresh)
    left = any(
        deadline.ref in e.waives or e.did in _LEAVING or (e.dropped and e.step == deadline.ref)
        for e in fresh
    )  # fmt: skip
    edited = not fresh or (deadline.what == "case" and not closed)
    if left or edited or (closed and deadline.what not in _OF_CASE):
        return "dropped", 0
    return ("met", 0) if day <= deadline.due else ("missed", late)


def overdue(deadlines: Iterable[Deadline], case: Case, since: date, today: date, calendar: Calendar) -> list[Milestone]:
    """Return the deadlines whose day passed on or after ``since`` and that are open still."""
    return [
        Milestone(d.due, "missed", case.id, case.subject, d.what, d.ref, d.text, d.due,
                  late=calendar.workdays_between(d.due, today), verified=d.verified)
        for d in deadlines
        if since <= d.due < today
    ]  # fmt: skip
