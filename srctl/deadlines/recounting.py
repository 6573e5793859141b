"""The days of a case that were counted in working days, counted anew with the calendar in force. Pure."""

from typing import TypeVar

from srctl.core.named_days import NamedDay, recount
from srctl.core.workdays import Calendar
from srctl.model.case import Case, Entry, Order, Promise, Step

D = TypeVar("D", Order, Step, Promise)


def recounted(case: Case, calendar: Calendar) -> Case:
    """The case with each of these days as ``calendar`` gives it: of the order, of steps, promises and extensions.

    Counting anew with another calendar what was counted anew comes out right too.
    """
    if not _is_counted(case):
        return case
    return case._replace(
        order=_due(case.order, calendar),
        plan=case.plan._replace(steps=tuple(_due(step, calendar) for step in case.plan.steps)),
        log=tuple(_entry(entry, calendar) for entry in case.log),
    )


def as_named(case: Case, calendar: Calendar) -> Case:
    """The case with those of its days that are with ``calendar`` as they were named as plain days.

    Whatever the calendar was before, such a day has not moved; one that a replanning told of may have moved back.
    """
    if not _is_counted(case):
        return case
    told = {moved.partition(" ")[0] for entry in case.happened() for moved in entry.moved}

    def plain(ref: str, item: D) -> D:
        same = ref not in told and _due(item, calendar).due == item.due
        return item._replace(counted="") if same else item

    def entry_plain(entry: Entry) -> Entry:
        until = recount(NamedDay(entry.until, entry.counted), calendar).on
        counted = "" if entry.deadline not in told and until == entry.until else entry.counted
        promise = plain(entry.id, entry.promise) if entry.promise else None
        return entry._replace(counted=counted, promise=promise)

    return case._replace(
        order=plain("order.due", case.order),
        plan=case.plan._replace(steps=tuple(plain(step.id, step) for step in case.plan.steps)),
        log=tuple(map(entry_plain, case.log)),
    )


def _is_counted(case: Case) -> bool:
    return bool(
        case.order.counted
        or any(step.counted for step in case.plan.steps)
        or any(entry.counted or (entry.promise and entry.promise.counted) for entry in case.log)
    )


def _due(item: D, calendar: Calendar) -> D:
    due, counted = recount(NamedDay(item.due, item.counted), calendar)
    return item._replace(due=due, counted=counted)


def _entry(entry: Entry, calendar: Calendar) -> Entry:
    until, counted = recount(NamedDay(entry.until, entry.counted), calendar)
    promise = _due(entry.promise, calendar) if entry.promise else None
    return entry._replace(until=until, counted=counted, promise=promise)
