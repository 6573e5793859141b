"""The calendar of engagements as an .ics file for any calendar program (RFC 5545).

An event keeps its UID, that of its case, when it is moved or put off, so that a calendar program which reads the file
again moves it. What is put off without a day, declined or gone stands in the file as cancelled for a while; what took
place does not. Times are those of Bangkok.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from srctl.core.records import NamedTuple
from srctl.documents.ics import Earlier, bare_event, cancelled, new_calendar, put_text, time_zone, times_and_place

ZONE = "Asia/Bangkok"


class Appointment(NamedTuple):
    """One event: its case, first and last day, its hours of each day ("": the whole day), and what is told of it."""

    case: str
    first: date
    last: date
    begin: str
    end: str
    summary: str
    place: str = ""
    description: str = ""
    tentative: bool = False


def compose_engagements(
    appointments: Sequence[Appointment], name: str, now: datetime, notes: Iterable[str] = (), scope: str = "",
    before: Mapping[str, Earlier] | None = None, unread: Callable[[str], bool] = bool,
) -> bytes:  # fmt: skip
    """Return the .ics of the appointments; ``before`` are the events of the file it replaces, of the same ``scope``.

    ``unread`` says of a case that it cannot be read now, so that its event stays as it was. ``name`` is
    what the calendar program calls it, ``now`` when it was made. The same values give the same bytes.
    """
    made, earlier = new_calendar("events", name, notes, scope), before or {}
    made.add_component(time_zone())
    known = {event_uid(each.case) for each in appointments}
    for each in appointments:
        made.add_component(_event(each, now, earlier.get(event_uid(each.case))))
    gone = {uid: event for uid, event in earlier.items() if uid not in known and event.day >= now.date()}
    for event in cancelled(gone, unread, now):
        made.add_component(event)
    return bytes(made.to_ical())


def event_uid(case: str) -> str:
    """The UID of the event of a case: it stays whatever becomes of its day."""
    return f"{case}.event@srctl"


def _event(each: Appointment, now: datetime, earlier: Earlier | None) -> Any:
    event = bare_event(event_uid(each.case), now, each.first, 0)
    del event["dtstart"]
    _set_times(event, each)
    put_text(event, "summary", each.summary)
    if each.place:
        put_text(event, "location", each.place)
    if each.description:
        put_text(event, "description", each.description)
    event["transp"] = "OPAQUE"
    event.add("status", "TENTATIVE" if each.tentative else "CONFIRMED")
    if earlier:
        moved = times_and_place(event) != earlier.when or earlier.ended is not None
        del event["sequence"]
        event.add("sequence", earlier.sequence + moved)
    return event


def _set_times(event: Any, each: Appointment) -> None:
    """Set the times: of each day where hours are known, else whole days (DTEND is the day after, RFC 5545 §3.6.1)."""
    days = (each.last - each.first).days + 1
    if not each.begin:
        event.add("dtstart", each.first)
        event.add("dtend", each.last + timedelta(days=1))
        return
    start = datetime.combine(each.first, time.fromisoformat(each.begin))
    end = datetime.combine(each.first, time.fromisoformat(each.end)) if each.end > each.begin else None
    event.add("dtstart", start, parameters={"TZID": ZONE})
    event.add("dtend", end or start + timedelta(hours=1), parameters={"TZID": ZONE})
    if days > 1:
        event.add("rrule", {"freq": "daily", "count": days})


def labelled(lines: Iterable[tuple[str, str]]) -> str:
    """Named values beneath the title of an event, those that are not empty."""
    return "\n".join(f"{label}: {text}" for label, text in lines if text)


__all__ = ["ZONE", "Appointment", "compose_engagements", "event_uid", "labelled"]
