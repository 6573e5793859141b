"""What is due, as an .ics file for any calendar program. The only door to icalendar.

RFC 5545: one all-day event a row, which takes up nobody's time. An event keeps its UID when its day moves, so a
calendar program that reads the file again moves the event and makes no second one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from srctl.core.i18n import _, language
from srctl.core.thai import printable
from srctl.core.workdays import Calendar
from srctl.model.labels import urgency_word, what_word

if TYPE_CHECKING:
    import icalendar

Row = Mapping[str, Any]
REMINDED_AT = timedelta(hours=9)  # of the working day before


def compose_calendar(
    rows: Sequence[Row], name: str, now: datetime, calendar: Calendar, notes: Iterable[str] = ()
) -> bytes:
    """Return the .ics of ``rows`` (:func:`srctl.views.case_views.due_row`), in their order and in the language in use.

    ``name`` is what the calendar program calls the calendar; ``notes`` state what is not in it; ``now``, with its
    zone, is when it was made; ``calendar`` knows the working day before. The same values give the same bytes.
    """
    import icalendar

    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//srctl//due//{language().upper()}")
    made.add("method", "PUBLISH")
    _put(made, "x-wr-calname", name)
    if caption := "\n".join(notes):
        _put(made, "x-wr-caldesc", caption)
    for row, uid in zip(rows, _uids(rows), strict=True):
        made.add_component(_event(row, uid, now, calendar))
    if not rows:
        made.add_component(_zone())
    return bytes(made.to_ical())


def summary(row: Row) -> str:
    """The title of an event: urgency, what, text and case."""
    mark = urgency_word(row["urgency"])
    text = f": {row['text']}" if row["text"] else ""
    return (f"[{mark}] " if mark else "") + f"{what_word(row['what'])}{text} ({row['case']})"


def description(row: Row) -> str:
    """The text below the title: the subject, its owner, whom to call, and how certain the day is."""
    lines = [row["subject"], f"{_('owner')}: {row['owner_name']} {row['owner_phone']}".rstrip()]
    if row["acting"] not in ("", row["owner"]):
        lines.append(f"{_('stands in')}: {row['acting_name']} {row['acting_phone']}".rstrip())
    if row["call"]:
        called = _("call {phone} {who}").format(phone=row["phone"], who=row["call"])
        lines.append(called if row["phone"] else row["call"])
    if row["basis"]:
        lines.append(f"{_('basis')}: {row['basis']}")
    if not row["verified"]:
        lines.append(_("rule not verified"))
    if not row["calendar_complete"]:
        lines.append(_("calendar incomplete"))
    return "\n".join(lines)


def _event(row: Row, uid: str, now: datetime, calendar: Calendar) -> "icalendar.Event":
    """Return the event of a row; without DTEND it lasts the one day (RFC 5545 §3.6.1)."""
    import icalendar

    sections = {"late": _("late"), "today": _("due today"), "coming": _("coming")}
    day = date.fromisoformat(row["due"])
    event = icalendar.Event()
    _put(event, "uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day)
    event.add("transp", "TRANSPARENT")
    event.add("categories", [sections[row["section"]], what_word(row["what"])])
    _put(event, "summary", summary(row))
    _put(event, "description", description(row))
    again = row.get("late_original", 0) > 0 > row["late"]  # late by its first day, promised again for one ahead
    if row["section"] == "coming" or again:  # reminders of the past would all ring at once when the file is opened
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", REMINDED_AT - (day - calendar.add_workdays(day, -1)))
        _put(alarm, "description", summary(row))
        event.add_component(alarm)
    return event


def _uids(rows: Iterable[Row]) -> list[str]:
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
    return list(found)


def _put(component: "icalendar.Component", name: str, text: str) -> None:
    r"""Set a text, escaped as RFC 5545 §3.3.11 requires: the library's own way makes a new line of a typed ``\N``."""
    from icalendar.prop import vInline

    component[name] = vInline(re.sub(r"[\\;,]", r"\\\g<0>", printable(text)).replace("\n", r"\n"))


def _zone() -> "icalendar.Timezone":
    """The time zone that fills a calendar of no events: it must hold one component (RFC 5545 §3.6)."""
    import icalendar

    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "Asia/Bangkok")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    zone.add_component(standard)
    return zone
