"""How each deadline of a case that is no longer in force ended: met, missed, not done or dropped. Pure.

Computed from the case alone, so that the account of a deadline, the journal and the lists can tell one result.
A deadline of the case that was in force when it was closed was not done: closing meets nothing.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from srctl.core.i18n import language
from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar
from srctl.deadlines.binding import case_start, is_meant
from srctl.deadlines.fulfilment import finished, fulfilment
from srctl.deadlines.pauses import Span
from srctl.deadlines.rules import (
    CaseContext,
    Deadline,
    What,
    context_of,
    counted,
    order_deadline,
    order_stands,
    promise_deadlines,
    reopened_deadlines,
    settled_again,
    step_deadlines,
)
from srctl.model.case import Case, Entry
from srctl.model.definitions import CLOSED, Kind
from srctl.workflow.stages import Open, is_closed, open_promises, stage_entered, steps_settled

End = Literal["met", "missed", "not-done", "dropped"]


class Ending(NamedTuple):
    """A deadline that is no longer in force, how it ended, on which day, and by which entry.

    ``met`` in time or ``missed``, done ``late`` working days after its day; ``not-done`` by the time the case was
    closed (``late`` as well, when its day had passed); ``dropped``: waived, left behind, or taken out.
    """

    deadline: Deadline
    event: End
    on: date
    late: int = 0
    entry: str = ""


def endings(
    case: Case, kind: Kind, calendar: Calendar, today: date, receipt_day_1: bool = True
) -> tuple[Ending, ...]:  # fmt: skip
    """Every deadline of ``case`` that ended, in the order of the case file: of the order, rules, steps, promises."""
    context = context_of(case, kind, calendar, today, receipt_day_1)
    closing = _closing(case)
    return (*_of_order(context, closing), *_of_rules(context, closing),
            *_of_steps(context, closing), *_of_promises(context, closing))  # fmt: skip


def _closing(case: Case) -> Entry | None:
    """The entry that closed a case that is closed."""
    return stage_entered(case, CLOSED) if is_closed(case) else None


def _of_order(context: CaseContext, closing: Entry | None) -> Iterator[Ending]:
    case = context.case
    if case.order.due and (closing or not order_stands(case)):
        yield from _ended(context, order_deadline(context), finished(case), closing)
    for found in reopened_deadlines(context):
        end = settled_again(case, found.ref)
        if end and end.did == "reopen":
            yield Ending(found, "dropped", end.day(), entry=end.id)
        else:
            yield from _ended(context, found, end, closing)


def _of_rules(context: CaseContext, closing: Entry | None) -> Iterator[Ending]:
    case, kind = context.case, context.kind
    for rule in kind.deadlines:
        if not is_meant(rule, case, kind):
            continue
        done = fulfilment(rule, case, kind)
        start = case_start(rule, case) if done or closing else None
        if start:
            what: What = "stage" if rule.of == "stage" else "rule"
            then = _until(context, done or closing)
            found = counted(then, what, rule.name, rule.label.in_(language()), rule, start)
            yield from _ended(context, found, done, closing)


def _of_steps(context: CaseContext, closing: Entry | None) -> Iterator[Ending]:
    settled = steps_settled(context.case)
    for place, step in enumerate(context.case.plan.steps):
        done = settled.get(step.id)
        for found in step_deadlines(_until(context, done or closing), place, step) if done or closing else ():
            if done and not done.dropped:
                yield from _ended(context, found, done, None)
            else:
                yield _dropped(found, done or closing)


def _of_promises(context: CaseContext, closing: Entry | None) -> Iterator[Ending]:
    """Yield how promises ended; one that was broken is missed, one left open when the case was closed is dropped."""
    case = context.case
    still = {item.entry.id for item in open_promises(case)}
    for entry in case.happened():
        if entry.promise is None or (entry.id in still and closing is None):
            continue
        end = next((e for e in case.happened() if entry.id in (*e.keeps, *e.waives, *e.breaks)), closing)
        for found in promise_deadlines(_until(context, end), Open(entry, entry.promise)):
            if end and entry.id in end.keeps:
                yield from _ended(context, found, end, None)
            elif end and entry.id in end.breaks:
                late = max(0, context.calendar.workdays_between(found.due, end.day()))
                yield Ending(found, "missed", end.day(), late, end.id)
            else:
                yield _dropped(found, end)


def _until(context: CaseContext, end: Entry | None) -> CaseContext:
    """The context as it was when the deadline ended: what stood still later moved nothing any more."""
    if end is None or not context.stops:
        return context
    on = end.day()
    stops = tuple(Span(s.start, min(s.end, on), s.why) for s in context.stops if s.start < on)
    return context._replace(stops=stops)


def _ended(context: CaseContext, found: Deadline, done: Entry | None, closing: Entry | None) -> Iterator[Ending]:
    """Yield how a deadline of the case ended that ``done`` met, or that was open still when the case was closed."""
    end = done or closing
    if end is None:
        return
    late = max(0, context.calendar.workdays_between(found.due, end.day()))
    in_time = end.day() <= found.due
    event: End = "not-done" if done is None else "met" if in_time else "missed"
    yield Ending(found._replace(held=False), event, end.day(), late, end.id)


def _dropped(found: Deadline, end: Entry | None) -> Ending:
    assert end is not None
    return Ending(found, "dropped", end.day(), entry=end.id)
