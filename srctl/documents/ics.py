"""What is due, as an .ics file for any calendar program. The only door to icalendar.

RFC 5545: one all-day event a row, which takes up nobody's time. An event keeps its UID when its day moves, so a
calendar program that reads the file again moves the event and makes no second one. What ended stands in the file as
cancelled for a while (``STATUS:CANCELLED``, a higher ``SEQUENCE``), so that the program takes it away. Which events
those are, only the file that is replaced tells; so it records of what it is the calendar.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from srctl.core.dates import show_date
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.core.thai import printable
from srctl.core.workdays import Calendar
from srctl.model.labels import urgency_word, what_word

if TYPE_CHECKING:
    import icalendar

Row = Mapping[str, Any]
REMINDED_AT = timedelta(hours=9)  # of the working day before
CANCELLED_DAYS = 60  # that a cancelled event stays in the file: whoever imports it less often has it still
MAX_BYTES = 2_000_000  # of a file that is replaced
_UID = re.compile(r"[0-9]{1,9}-[0-9]{1,9}\.[^\r\n]{1,400}@srctl")
MOVED_BY = ("DTSTART", "DTEND", "RRULE", "LOCATION")  # what a person who comes has to know anew
_SCOPE, _ENDED = "X-SRCTL-SCOPE", "X-SRCTL-ENDED"


class Earlier(NamedTuple):
    """An event as the file that is replaced has it: its day, its SEQUENCE, and the day it was cancelled, if it was.

    ``when`` is its times and place as they stand there (:data:`MOVED_BY`).
    """

    day: date
    sequence: int = 0
    ended: date | None = None
    when: tuple[str, ...] = ()


class Before(NamedTuple):
    """What the file that is replaced tells: its events by UID, and what it is the calendar of.

    ``unread`` says of a case (its id) that it cannot be read now: what was due in it may be due still.
    """

    scope: str = ""
    events: Mapping[str, Earlier] = {}
    unread: Callable[[str], bool] = lambda _case: False


def compose_calendar(
    rows: Sequence[Row],
    name: str,
    now: datetime,
    calendar: Calendar,
    notes: Iterable[str] = (),
    before: Before = Before(),  # noqa: B008  it cannot be changed
) -> bytes:
    """Return the .ics of ``rows`` (:func:`srctl.views.case_views.due_row`), in their order and in the language in use.

    ``name`` is what the calendar program calls the calendar; ``notes`` state what is not in it; ``now``, with its
    zone, is when it was made; ``calendar`` knows the working day before; events of the file ``before`` that are in
    no row follow as cancelled. The same values give the same bytes.
    """
    made = new_calendar("due", name, notes, before.scope)
    known = event_uids(rows)
    for row, uid in zip(rows, known, strict=True):
        made.add_component(_event(row, uid, now, calendar, before.events.get(uid)))
    rest = {uid: before.events[uid] for uid in before.events if uid not in known}
    for event in cancelled(rest, before.unread, now):
        made.add_component(event)
    if not made.subcomponents:
        made.add_component(time_zone())
    return bytes(made.to_ical())


def new_calendar(of: str, name: str, notes: Iterable[str], scope: str) -> "icalendar.Calendar":
    """A calendar without events; ``of`` is what it lists (``due``, ``events``), ``scope`` of whom."""
    import icalendar

    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//srctl//{of}//{language().upper()}")
    made.add("method", "PUBLISH")
    put_text(made, "x-wr-calname", name)
    if caption := "\n".join(notes):
        put_text(made, "x-wr-caldesc", caption)
    if scope:
        put_text(made, _SCOPE, scope)
    return made


def earlier_events(data: bytes, scope: str) -> dict[str, Earlier] | None:
    """The events of a calendar file by UID; None where it is none of srctl, or not of ``scope``.

    Read line by line, and of each event only what is needed: nobody knows who wrote the file.
    """
    found: dict[str, Earlier] = {}
    fields: dict[str, str] = {}
    of = ""
    for line in data.decode("utf-8", "replace").replace("\r\n ", "").split("\r\n"):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            fields = {}
        elif line == "END:VEVENT":
            if earlier := _earlier(fields):
                found[_plain(fields["UID"])] = earlier
        elif name == _SCOPE:
            of = _plain(value)
        else:
            fields.setdefault(name.partition(";")[0], value)
    return found if of and of == printable(scope) else None


def _earlier(fields: Mapping[str, str]) -> Earlier | None:
    """The event of its fields as they stand in the file; None where they are not such as srctl writes."""
    if not _UID.fullmatch(fields.get("UID", "")) or not re.fullmatch(r"\d{1,6}", fields.get("SEQUENCE", ""), re.ASCII):
        return None
    try:
        day = date.fromisoformat(fields.get("DTSTART", "").partition("T")[0])
        ended = date.fromisoformat(fields[_ENDED]) if _ENDED in fields else None
    except ValueError:
        return None
    return Earlier(day, int(fields["SEQUENCE"]), ended, tuple(_plain(fields.get(name, "")) for name in MOVED_BY))


def summary(row: Row) -> str:
    """The title of an event: urgency, what, text, case, and that it stands still.

    What a rule names says nothing of the matter: its subject stands beside it.
    """
    mark = urgency_word(row["urgency"])
    words = [row["text"]] if row["text"] else []
    if row["what"] in ("stage", "deadline") and row["subject"] and row["case"] not in row["subject"]:
        words.append(row["subject"])
    text = f": {' · '.join(words)}" if words else ""
    paused = f" ({_('count paused')})" if row.get("held") else ""
    return (f"[{mark}] " if mark else "") + f"{what_word(row['what'])}{text} ({row['case']}){paused}"


def description(row: Row) -> str:
    """The text below the title: the subject, its owner, whom to call, and how certain the day is."""
    lines = [row["subject"], f"{_('owner')}: {row['owner_name']} {row['owner_phone']}".rstrip()]
    if row["acting"] not in ("", row["owner"]):
        lines.append(f"{_('stands in')}: {row['acting_name']} {row['acting_phone']}".rstrip())
    if row["call"]:
        called = _("call {phone} {who}").format(phone=row["phone"], who=row["call"])
        lines.append(called if row["phone"] else row["call"])
    if row.get("original") not in (None, row["due"]):
        first = _("first due {day}").format(day=show_date(date.fromisoformat(row["original"]), language()))
        late = row.get("late_original", 0)
        lines.append(f"{first}: {_('{n} wd late').format(n=late)}" if late > 0 else first)
    if row.get("held"):
        lines.append(_("count paused: the day moves on with the pause, so there is no reminder"))
    if row["basis"]:
        lines.append(f"{_('basis')}: {row['basis']}")
    if not row["verified"]:
        lines.append(_("rule not verified"))
    if not row["calendar_complete"]:
        lines.append(_("calendar incomplete"))
    return "\n".join(lines)


def _event(row: Row, uid: str, now: datetime, calendar: Calendar, earlier: Earlier | None) -> "icalendar.Event":
    """Return the event of a row, a step on in its SEQUENCE where its day moved or it had been cancelled."""
    import icalendar

    sections = {"late": _("late"), "today": _("due today"), "coming": _("coming")}
    day = date.fromisoformat(row["due"])
    event = bare_event(uid, now, day, _sequence(earlier, day))
    event.add("categories", [sections[row["section"]], what_word(row["what"])])
    put_text(event, "summary", summary(row))
    put_text(event, "description", description(row))
    again = row.get("late_original", 0) > 0 > row["late"]  # late by its first day, promised again for one ahead
    # A day that stands still moves on with its pause: no day before it is known.
    if (row["section"] == "coming" or again) and not row.get(
        "held"
    ):  # reminders of the past would all ring at once when the file is opened
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", REMINDED_AT - (day - calendar.add_workdays(day, -1)))
        put_text(alarm, "description", summary(row))
        event.add_component(alarm)
    return event


def bare_event(uid: str, now: datetime, day: date, sequence: int) -> "icalendar.Event":
    """Return an event of the day, of which the rest is to come; without DTEND it lasts the one (RFC 5545 §3.6.1)."""
    import icalendar

    event = icalendar.Event()
    put_text(event, "uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("sequence", sequence)
    event.add("transp", "TRANSPARENT")
    return event


def _sequence(earlier: Earlier | None, day: date) -> int:
    if earlier is None:
        return 0
    return earlier.sequence + (earlier.day != day or earlier.ended is not None)


def cancelled(
    events: Mapping[str, Earlier], unread: Callable[[str], bool], now: datetime
) -> "Iterator[icalendar.Event]":
    """Yield the events that are due no more as cancelled, and those of a case that cannot be read as they were.

    Of the earlier file nothing is copied but UID and day: a subject may have become secret since.
    """
    for uid, earlier in events.items():
        case = uid.partition(".")[0]
        ended = earlier.ended or (None if unread(case) else now.date())
        if ended and not 0 <= (now.date() - ended).days <= CANCELLED_DAYS:
            continue
        event = bare_event(uid, now, earlier.day, earlier.sequence + (ended is not None and earlier.ended is None))
        if ended:
            event.add("status", "CANCELLED")
            put_text(event, _ENDED, ended.isoformat())
        put_text(event, "summary", f"{_('ended') if ended else _('cannot be read')} ({case})")
        yield event


def event_uids(rows: Iterable[Row]) -> dict[str, None]:
    """Return a name for each row that stays when its day moves: case, ref and rule; no two alike in one file."""
    found: dict[str, None] = {}
    for row in rows:
        # A deadline of the case or a stage is about its rule: that is named once.
        parts = dict.fromkeys((row["case"], row["ref"], row.get("rule")))
        name = printable(".".join(filter(None, parts)))
        uid, more = f"{name}@srctl", 2
        while uid in found:
            uid, more = f"{name}.{more}@srctl", more + 1
        found[uid] = None
    return found


def _plain(text: str) -> str:
    """A text as it was before :func:`put_text` escaped it."""
    return re.sub(r"\\([\\;,])", r"\1", text)


def put_text(component: "icalendar.Component", name: str, text: str) -> None:
    r"""Set a text, escaped as RFC 5545 §3.3.11 requires: the library's own way makes a new line of a typed ``\N``."""
    from icalendar.prop import vInline

    component[name] = vInline(re.sub(r"[\\;,]", r"\\\g<0>", printable(text)).replace("\n", r"\n"))


def times_and_place(event: "icalendar.Event") -> tuple[str, ...]:
    """:attr:`Earlier.when` of an event that is being made."""
    written = event.to_ical().decode().replace("\r\n ", "").split("\r\n")
    fields = {line.partition(":")[0].partition(";")[0]: line.partition(":")[2] for line in written}
    return tuple(_plain(fields.get(name, "")) for name in MOVED_BY)


def time_zone() -> "icalendar.Timezone":
    """The time zone that fills a calendar of no events: it must hold one component (RFC 5545 §3.6)."""
    import icalendar

    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "Asia/Bangkok")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    zone.add_component(standard)
    return zone
