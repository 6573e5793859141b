"""A year's frozen calendar, changed by the day: a holiday the cabinet added or took back.

Each change names its source (a cabinet resolution, an announcement) and is one commit; every other byte of the file
stays.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from srctl.core.dates import be_year, show_date
from srctl.core.errors import BadFile, CommandLine, NotFound, Refused
from srctl.core.i18n import _, language
from srctl.core.patches import Edit, Value
from srctl.core.records import NamedTuple
from srctl.core.workdays import CalendarDay, CalendarYear
from srctl.office.folder import Folder
from srctl.office.writer import Actor, record_files
from srctl.store.transaction import FileChange, Recorded
from srctl.store.yaml.reader import read_file, read_text
from srctl.store.yaml.source import Source, located, value_of
from srctl.workflow.definition_validation import calendar_faults

FROZEN = "holidays "  # start of the source of each day written by a freeze (``holiday_source``)


class Year(NamedTuple):
    """A calendar file as read: its path in the office, its text, its days."""

    name: str
    source: Source
    days: tuple[CalendarDay, ...]

    def day(self, on: date) -> CalendarDay | None:
        """The holiday on that date, or None."""
        return next((day for day in self.days if day.date == on), None)


def calendar_path(year: int) -> str:
    """The path of the calendar of a B.E. year in the office."""
    return f"templates/calendar/{year}.yaml"


def read_year(folder: Folder, year: int) -> Year:
    """The calendar of a B.E. year.

    Raises:
        NotFound: it was never frozen. BadFile: it cannot be read.
    """
    name = calendar_path(year)
    if not (folder.root / name).exists():
        raise NotFound(_("no calendar for {year}").format(year=year), CommandLine("calendar freeze {}", year))
    source = read_file(folder.root / name)
    problems = tuple(problem._replace(path=Path(name)) for problem in source.problems)
    return _parsed(source._replace(path=Path(name), problems=problems))


def add_day(folder: Folder, day: CalendarDay, actor: Actor) -> Recorded:
    """Record an additional holiday, in the order of the dates.

    Raises:
        Refused: that day is one already. NotFound: there is no calendar of that year.
    """
    year = read_year(folder, be_year(day.date))
    found = year.day(day.date)
    if found:
        message = _("{day} is a holiday already: {name}").format(day=_shown(day.date), name=found.name)
        raise Refused(message, CommandLine("calendar show {}", be_year(day.date)))
    recorded = _CalendarChange(day.date, day.name, day.source, "calendar-add")
    return _record(folder, year, with_day(year, day), recorded, actor)


def remove_day(folder: Folder, on: date, source: str, actor: Actor) -> Recorded:
    """Record that a day is no longer a holiday, because of ``source``.

    Raises:
        NotFound: that day is none, or there is no calendar of that year.
    """
    year = read_year(folder, be_year(on))
    found = year.day(on)
    if found is None:
        message = _("{day} is no holiday of the calendar").format(day=_shown(on))
        raise NotFound(message, CommandLine("calendar show {}", be_year(on)))
    recorded = _CalendarChange(on, found.name, source, "calendar-remove")
    return _record(folder, year, without_day(year, on), recorded, actor)


def refrozen(text: bytes, year: Year) -> bytes:
    """The ``text`` of a new freeze with the days, and their sources, that the office itself wrote in ``year``."""
    for day in year.days:
        if not day.source.startswith(FROZEN):
            fresh = _parsed(read_text(text, year.source.path))
            text = with_day(_parsed(read_text(without_day(fresh, day.date), year.source.path)), day)
    return text


def with_day(year: Year, day: CalendarDay) -> bytes:
    """The bytes of the file with ``day`` on a line of its own before the first later day.

    Refused when the style of the file leaves no such line.
    """
    from srctl.store.yaml.editor import append_item
    from srctl.store.yaml.writer import as_read, flow_style

    item: dict[str, Value] = {"date": day.date, "name": day.name, "kind": day.kind, "source": day.source}
    at = next((n for n, other in enumerate(year.days) if other.date > day.date), len(year.days))
    if at == len(year.days):
        return append_item(year.source.raw, ("days",), item)
    lines = year.source.raw.split(b"\n")
    row = year.source.line(("days", at)) - 1
    indent, _dash, rest = lines[row].partition(b"-")
    ending = b"\r" if rest.endswith(b"\r") else b""
    while lines[row - 1].lstrip().startswith(b"#"):  # a comment stays with the day below it
        row -= 1
    raw = b"\n".join([*lines[:row], indent + b"- " + flow_style(item).encode() + ending, *lines[row:]])
    data: Mapping[str, Any] = year.source.data or {}
    meant = {**data, "days": [*data["days"][:at], as_read(item), *data["days"][at:]]}
    if read_text(raw, year.source.path).data != meant:
        raise Refused(
            _("the file is written in a way that a command cannot change safely; nothing was changed"),
            _("change the line by hand, then run: {command}").format(command=CommandLine("check")),
        )
    return raw


def without_day(year: Year, on: date) -> bytes:
    """The bytes of the file without the lines of that date."""
    from srctl.store.yaml.editor import apply

    places = [n for n, day in enumerate(year.days) if day.date == on]
    return apply(year.source.raw, [Edit("remove", ("days", n)) for n in reversed(places)], year.source.path)


def _parsed(source: Source) -> Year:
    return Year(source.path.as_posix(), source, value_of(CalendarYear, source).days)


class _CalendarChange(NamedTuple):
    """A day added or taken out, as the commit tells it: the day, its name, the source and the action."""

    on: date
    name: str
    source: str
    action: str

    def words(self) -> str:
        """The message in the language in use."""
        added = self.action == "calendar-add"
        words = _("holiday added: {day} {name}") if added else _("holiday taken out: {day} {name}")
        sentence = words.format(day=_shown(self.on), name=self.name)
        return f"{sentence}\n\n{_('source: {source}').format(source=self.source)}"


def _record(folder: Folder, year: Year, raw: bytes, recorded: _CalendarChange, actor: Actor) -> Recorded:
    source_now = read_text(raw, year.source.path)
    faults = located(source_now, calendar_faults(value_of(CalendarYear, source_now)))
    if faults:  # without its only day a complete year is no valid calendar
        raise BadFile(faults)
    change = FileChange(year.name, year.source.raw, raw)
    return record_files(folder, [change], recorded.words, recorded.action, actor)


def _shown(day: date) -> str:
    return show_date(day, language())
