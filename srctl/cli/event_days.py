"""The days of events as typed: one day or several, and the values they are in a case or a paper."""

from datetime import date
from typing import TYPE_CHECKING

from srctl.cli import days, options
from srctl.core.date_spans import Days, parse_days
from srctl.core.dates import parse_time
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.core.patches import Value
    from srctl.model.definitions import Kind


def read_event(text: str) -> Days:
    """The day or days typed, asked about when one is doubtful (:func:`srctl.cli.days.accept`)."""
    from srctl.index.workspace import current_workspace

    workspace = current_workspace()
    counted = "wd" in text.lower() or "วันทำการ" in text
    found = parse_days(options.words(text), workspace.today, workspace.folder.calendar if counted else None)
    days.accept(found.first, "event", workspace, text)
    if found.last != found.first:
        days.accept(found.last, "event", workspace, text)
    return found


def event_values(kind: "Kind", text: str) -> "dict[str, Value]":
    """The fields of the kind that ``text`` fills, as the day of its event: the first day, and the last of several.

    A new first day takes an earlier last day out. UsageError where the kind cannot keep several days.
    """
    from srctl.model.engagement import event_fields

    fields = event_fields(kind)
    if fields is None:
        raise UsageError(
            _("a matter of the kind {kind} has no event").format(kind=kind.id), CommandLine("kinds show {}", kind.id)
        )
    own = {field.name for field in kind.fields}
    if not text.strip():
        return {fields.day: None, **({fields.until: None} if fields.until in own else {})}
    first, last = read_event(text)
    if last == first:
        return {fields.day: first, **({fields.until: None} if fields.until in own else {})}
    if fields.until not in own:
        message = _("the kind {kind} has no field for the last of several days").format(kind=kind.id)
        raise UsageError(message, CommandLine("kinds show {}", kind.id))
    return {fields.day: first, fields.until: last}


def read_hours(text: str) -> tuple[str, str]:
    """The hours typed, ``09.00`` or ``09.00-12.00``, as files have them: begin and end ("": not said)."""
    begin, _dash, end = text.replace("–", "-").partition("-")
    return parse_time(begin) if begin.strip() else "", parse_time(end) if end.strip() else ""


def hour_values(kind: "Kind", text: str) -> "dict[str, Value]":
    """The fields of the kind that ``text`` fills, as the hours of its event; one hour alone leaves the end as it is."""
    from srctl.model.engagement import event_fields

    fields = event_fields(kind)
    own = {field.name for field in kind.fields}
    if fields is None or fields.end not in own or not text.strip():
        return {fields.begin if fields else "time": parse_time(text)}
    begin, end = read_hours(text)
    return {fields.begin: begin, **({fields.end: end} if end else {})}


def planned_event(case_id: str, typed: str) -> "tuple[date | None, dict[str, Value]]":
    """The day a checklist is dated from, and the fields of the case it fills: as typed, else that of the case."""
    from srctl.index.workspace import current_workspace
    from srctl.model.engagement import event_fields, event_of
    from srctl.office.folder import readable

    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(case_id)))
    kind = workspace.folder.kind(case.kind)
    if not typed:
        event = event_of(case, kind)
        return (event.day if event else None), {}
    if event_fields(kind) is None:  # an order that has no event of its own, but a checklist that counts from one
        return read_event(typed).first, {}
    fields = event_values(kind, typed)
    day = next(iter(fields.values()))
    assert isinstance(day, date)
    return day, fields
