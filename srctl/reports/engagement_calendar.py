"""The calendar of engagements (ปฏิทินภารกิจ) as a Word file and an Excel workbook. Reads only.

The Word file is laid out by ``templates/layouts/events.yaml``, a landscape table as an office prints it; neither is
recorded, both are made from the index whenever they are wanted. The same day gives the same bytes.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from srctl.core.date_spans import Days, on_thai_days, show_days, thai_days
from srctl.core.dates import weekday_name
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.documents import xlsx
from srctl.documents.docx.content import Block, Provenance, Sheet, Words
from srctl.model.engagement import NOBODY
from srctl.model.people import Office
from srctl.papers.composition import compose_paper
from srctl.papers.wordings import sha256_of, sheet_layout
from srctl.views.engagement_views import EventLine, clashing, hours_words
from srctl.workflow.engagements import event_state_word

LAYOUT = "events"
_WIDTHS = (22, 16, 46, 30, 26, 18, 26, 26)  # letters of each column of the sheet


class EngagementCalendar(NamedTuple):
    """The events from ``first`` to ``last`` (None: all to come); ``notes`` state what could not be read."""

    lines: tuple[EventLine, ...]
    office: Office
    today: date
    first: date
    last: date | None
    notes: tuple[str, ...] = ()

    def title(self) -> str:
        """The title: whose calendar it is."""
        minister = self.office.minister
        whose = minister.title if language() == "th" else minister.short
        return _("Calendar of engagements of {minister}").format(minister=whose)

    def span(self) -> str:
        """The days it is of, in words."""
        if self.last is None:
            day = Days(self.first, self.first)
            return _("from {day} on").format(day=thai_days(day) if language() == "th" else show_days(day, "en"))
        days = Days(self.first, self.last)
        return on_thai_days(days).removeprefix("ใน") if language() == "th" else show_days(days, "en")


def calendar_docx(calendar: EngagementCalendar, templates: Path) -> bytes:
    """The calendar as a Word file.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    source, layout = sheet_layout(templates, LAYOUT)
    office = calendar.office
    head = {"title": calendar.title(), "office": f"{office.names.th} {office.names.ministry}", "span": calendar.span()}
    made_from = Provenance("", "events", "", "", sha256_of(source.text.encode()))
    sheet = Sheet(
        words=Words(head, tuple(_blocks(calendar)), ""), title=calendar.title(), office=office.names.th, signer="",
        positions=(), today=calendar.today, provenance=made_from,
        font=office.fonts.thai,
    )  # fmt: skip
    return compose_paper(sheet, layout, source, source.path)


def calendar_xlsx(calendar: EngagementCalendar) -> bytes:
    """The calendar as an Excel workbook."""
    office, title = calendar.office, calendar.title()
    columns = tuple(xlsx.SheetColumn(h, width) for h, width in zip(_headings(), _WIDTHS, strict=True))
    rows = tuple(_cells(line, calendar) for line in calendar.lines)
    head = f"{title} · {calendar.span()}"
    sheet = xlsx.Worksheet(_("Engagements"), head, columns, rows, calendar.notes)
    return xlsx.compose_workbook(xlsx.Book(title, office.names.th, calendar.today, (sheet,), office.fonts.thai))


def _blocks(calendar: EngagementCalendar) -> Iterator[Block]:
    yield from (Block("plain", note) for note in calendar.notes)
    if not calendar.lines:
        yield Block("plain", _("no event in these days"))
        return
    yield Block("columns", "", cells=_headings())
    yield from (Block("row", "", cells=_cells(line, calendar)) for line in calendar.lines)


def _headings() -> tuple[str, ...]:
    return (_("day"), _("hours"), _("engagement"), _("place"), _("host"), _("dress"), _("who goes"), _("remarks"))


def _cells(line: EventLine, calendar: EngagementCalendar) -> tuple[str, ...]:
    about = line.about
    place = about.place + (f" ({_('parking')}: {about.parking})" if about.parking not in ("", NOBODY) else "")
    goes = about.attends or calendar.office.minister.short
    hours = hours_words(about.begin, about.end).replace(" ", "\u00a0")  # น. stays with its hour
    return (_day(line), hours, about.subject, place, about.host, about.dress, goes,
            "\n".join(_remarks(line, calendar)))  # fmt: skip


def _day(line: EventLine) -> str:
    """The day of an event with its weekday, or its days, as a paper writes them."""
    event, thai = line.event, language() == "th"
    if event is None:
        return ""
    days = Days(event.day, event.until)
    written = thai_days(days) if thai else show_days(days, "en")
    return written if event.day != event.until else f"{weekday_name(event.day, language())} {written}"


def _remarks(line: EventLine, calendar: EngagementCalendar) -> Iterator[str]:
    """Yield what is to be known of an event: that it is not confirmed yet, and what it clashes with."""
    if line.about.state != "confirmed":
        yield event_state_word(line.about.state)
    others = clashing(line, calendar.lines, calendar.office)
    if others:
        named = (hours_words(other.about.begin, other.about.end) or other.about.subject for other in others)
        yield _("clashes with {cases}").format(cases=", ".join(named))
