"""The days an action entered into a case: what is shown of each when it is done. Pure."""

from collections.abc import Iterator
from datetime import date

from srctl.core.dates import parse_iso
from srctl.core.i18n import _, language
from srctl.core.named_days import Role, is_far
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Entry
from srctl.model.definitions import Kind

# The new day of an event is a field of the case; the day a finished text asks for was typed with its draft.
_SAID_BEFORE = ("postpone", "finish")


class EnteredDay(NamedTuple):
    """A day that was entered: as what, in words and for :func:`srctl.core.named_days.doubt`."""

    label: str
    role: Role
    on: date


def role_of(field: str, kind: Kind) -> Role:
    """What a day of the kind is: an event where a rule counts from it, else one that has been or will be."""
    return "event" if any(rule.from_ == "field" and rule.field == field for rule in kind.deadlines) else "period"


def entered_days(before: Case | None, after: Case, kind: Kind) -> list[EnteredDay]:
    """The days of ``after`` that ``before`` (None: a new case) has not, or has otherwise, in the order of the file."""
    had = dict(_days(before, kind)) if before else {}
    recorded = after.log[-1].at.date() if after.log else None
    # What came or was done on the day it was recorded was not entered; what stands in each of several papers was once.
    new = (
        day
        for place, day in _days(after, kind)
        if had.get(place) != day and not (day.role in ("receipt", "record") and day.on == recorded)
    )
    return list(dict.fromkeys(new))


def improbable_days(case: Case, kind: Kind) -> list[EnteredDay]:
    """The days of the case that are hardly right, by :func:`srctl.core.named_days.is_far`.

    That is a receipt more than a year before it was recorded, or what is to come more than two years after.
    """
    recorded = case.log[0].at.date() if case.log else case.received.on
    far = (day for _place, day in _days(case, kind) if day.role != "record" and is_far(day.on, day.role, recorded))
    return list(far)


def _days(case: Case, kind: Kind) -> Iterator[tuple[str, EnteredDay]]:
    """Yield every day of the case with its place."""
    yield "received", EnteredDay(_("received"), "receipt", case.received.on)
    if case.received.dated:
        yield "dated", EnteredDay(_("paper"), "record", case.received.dated)
    if case.order.due:
        yield "due", EnteredDay(_("deadline"), "deadline", case.order.due)
    for field in kind.fields:
        on = _date(case.fields.get(field.name, "")) if field.type == "date" else None
        if on:
            yield f"fields.{field.name}", EnteredDay(field.label.in_(language()), role_of(field.name, kind), on)
    for step in case.plan.steps:
        if step.due:
            yield step.id, EnteredDay(f"{step.id} {step.do}", "deadline", step.due)
    for entry in case.log:
        yield from _of_entry(entry)


def _of_entry(entry: Entry) -> Iterator[tuple[str, EnteredDay]]:
    if entry.on:
        yield f"{entry.id}.on", EnteredDay(_("on the day"), "record", entry.on)
    if entry.dated:
        yield f"{entry.id}.dated", EnteredDay(_("dated"), "record", entry.dated)
    if entry.promise and entry.promise.due:
        words = {"send": _("reply awaited"), "escalate": _("decision awaited")}.get(entry.did)
        promised = _("they promise") if entry.promise.of == "them" else _("we promise")
        yield f"{entry.id}.promise", EnteredDay(words or promised, "deadline", entry.promise.due)
    if entry.until and entry.did not in _SAID_BEFORE:
        words = _("from which day on") if entry.did == "remind" else _("the new day")
        yield f"{entry.id}.until", EnteredDay(words, "deadline", entry.until)
    asked = _date(entry.given.get("by", ""))
    if asked:
        yield f"{entry.id}.by", EnteredDay(_("asked for by"), "deadline", asked)


def _date(text: str) -> date | None:
    try:
        return parse_iso(text)
    except ValueError:
        return None
