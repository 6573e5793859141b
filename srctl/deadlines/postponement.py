"""Postponing an event, and moving its hour or place: what moves with it. Pure.

The steps that are still open and tied to the event, or dated up to it, move by the same distance in working days; steps
done stay. Put off without a new day they wait, and nothing of them is late until the day is named.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from srctl.core.date_spans import Days
from srctl.core.dates import show_date
from srctl.core.errors import CommandLine, Refused, UsageError
from srctl.core.i18n import _, language
from srctl.core.named_days import NamedDay, read_count, workdays_from
from srctl.core.patches import Edit, Value
from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar
from srctl.deadlines.recounting import recounted
from srctl.deadlines.rules import Deadline
from srctl.model.case import Case, Entry, Step
from srctl.model.definitions import EventFields, Kind
from srctl.model.engagement import event_fields, event_of, postponed_open, waiting_steps
from srctl.workflow.actions import Act, require_open
from srctl.workflow.stages import steps_settled

NO_DAY = ".."  # as replans write it


class NewTime(NamedTuple):
    """Where an event moves to, as typed: its days, or ``open`` without any; hours and place only where they change."""

    days: Days | None = None
    open: bool = False
    begin: str = ""
    end: str = ""
    place: str = ""
    why: str = ""


class StepMove(NamedTuple):
    """A step that moves with the event: where it stands in the plan, its day before and after (None: it waits)."""

    place: int
    step: Step
    before: date
    after: NamedDay


def postpone(case: Case, kind: Kind, to: NewTime, calendar: Calendar, found: Sequence[Deadline]) -> Act:
    """Record that the event moves; ``found`` are the deadlines in force, by which extended steps are known.

    Raises:
        Refused: the case has no event, or no day to put off. UsageError: nothing moves, or no reason is given.
    """
    require_open(case)
    fields, was = _event(case, kind)
    command = CommandLine('postpone {} DATE "…"', case.id)
    event = event_of(case, kind)
    same_day = event is not None and to.days is not None and to.days.first == event.day
    elsewhere = to.begin or to.end or to.place
    if not (to.days or to.open or elsewhere):
        raise UsageError(_("say to which day the event is postponed, or --open"), command)
    if (
        same_day
        and not (to.begin or to.end or to.place)
        and to.days
        and event
        and to.days.last in (event.day, event.until)
    ):
        day = show_date(was, language())
        raise UsageError(_("the event is on {day} already").format(day=day), command)
    moves_day = bool(to.open or (to.days and not same_day))
    if moves_day and not to.why:
        raise UsageError(_("say why it is postponed"), command)
    edits = [*_field_edits(case, fields, to, event.until - event.day if event else None)]
    moves = [*_step_moves(case, kind, was, event.until if event else was, to, calendar, found)] if moves_day else []
    edits += [edit for move in moves if move.after.on for edit in _step_edits(move)]
    written = tuple(f"{m.step.id} {m.before}/{m.after.on or NO_DAY}" for m in moves)
    until = None if to.open else to.days.first if to.days else was
    entry = partial(
        Entry, was=was if moves_day else None, until=until if moves_day else None, moved=written, why=to.why
    )
    return Act("postpone", _sentence(was, to, moves_day), tuple(edits), entry, onward=False,
               warnings=tuple(_overtaken(case, was, to, moves)))  # fmt: skip


def _sentence(was: date, to: NewTime, moves_day: bool) -> str:
    old = show_date(was, language())
    if not moves_day:
        return _("hour or place of the event moved")
    if to.days is None:
        return _("event of {old} postponed without a new day").format(old=old)
    return _("event moved from {old} to {day}").format(old=old, day=show_date(to.days.first, language()))


def _event(case: Case, kind: Kind) -> tuple[EventFields, date]:
    """The fields of the event, and the day it is on, or was put off from."""
    fields, event, put_off = event_fields(kind), event_of(case, kind), postponed_open(case)
    if fields is None:
        raise Refused(_("{id} has no event").format(id=case.id), CommandLine("kinds show {}", case.kind))
    was = event.day if event else put_off.was if put_off else None
    if was is None:
        raise Refused(_("{id} has no day of its event yet").format(id=case.id),
                      CommandLine("set {} {}=DATE", case.id, fields.day))  # fmt: skip
    return fields, was


def _field_edits(case: Case, fields: EventFields, to: NewTime, lasts: timedelta | None) -> Iterator[Edit]:
    """The edits of the fields of the event; moved to one day it lasts as long as before."""
    if to.open:
        for name in (fields.day, fields.until):
            if name in case.fields:
                yield Edit("remove", ("fields", name))
    if to.days:
        first, last = to.days
        if last == first and lasts:
            last = first + lasts
        yield Edit("set", ("fields", fields.day), first)
        if last != first:
            yield Edit("set", ("fields", fields.until), last)
        elif fields.until in case.fields:
            yield Edit("remove", ("fields", fields.until))
    for name, value in ((fields.begin, to.begin), (fields.end, to.end), (fields.place, to.place)):
        if name and value:
            yield Edit("set", ("fields", name), value)


def _step_moves(
    case: Case, kind: Kind, was: date, last: date, to: NewTime, calendar: Calendar, found: Sequence[Deadline]
) -> Iterator[StepMove]:
    """Yield the open steps that move with the event, those that waited for its new day too."""
    due = {deadline.ref: deadline.due for deadline in found if deadline.what == "step"}
    settled, waiting = steps_settled(case), waiting_steps(case, kind)
    for place, step in enumerate(recounted(case, calendar).plan.steps):
        before = due.get(step.id, step.due)
        if step.id in settled or step.due is None or before is None:
            continue
        tied = is_tied(step, was)
        if tied or step.id in waiting or before <= last:
            after = NamedDay() if to.days is None else _moved(step, before, was, to.days.first, calendar, tied=tied)
            if after.on != before:
                yield StepMove(place, step, before, after)


def is_tied(step: Step, event: date) -> bool:
    """Whether the day of the step was counted in working days from that event, as a checklist counts it."""
    count = read_count(step.counted) if step.counted else None
    return count is not None and count.start == event


def _moved(step: Step, before: date, was: date, day: date, calendar: Calendar, *, tied: bool) -> NamedDay:
    """The new day of a step: as far from the new day of the event as it was from the old one, in working days."""
    count = read_count(step.counted) if tied else None
    if count and count.result == before:
        return workdays_from(day, count.amount, calendar)
    if before == was:
        return NamedDay(day)
    return NamedDay(calendar.add_workdays(before, calendar.workdays_between(was, day)))


def _step_edits(move: StepMove) -> Iterator[Edit]:
    where = ("plan", "steps", move.place)
    value: Value = move.after.on
    yield Edit("set", (*where, "due"), value)
    if move.after.counted:
        yield Edit("set", (*where, "counted"), move.after.counted)
    elif move.step.counted:
        yield Edit("remove", (*where, "counted"))


def _overtaken(case: Case, was: date, to: NewTime, moves: Sequence[StepMove]) -> Iterator[str]:
    """Yield a warning for each open step after the event that stays, and that the new day comes after."""
    moved, settled = {move.step.id for move in moves}, steps_settled(case)
    for step in case.plan.steps:
        stays = step.id not in moved and step.id not in settled and step.due is not None and step.due > was
        if stays and to.days and step.due and step.due < to.days.first:
            command = CommandLine('extend {} {} --until DATE --why "…"', case.id, step.id)
            words = _("not moved: {step} on {day}, before the event now: {command}")
            yield words.format(step=step.id, day=show_date(step.due, language()), command=command)
