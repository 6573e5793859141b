"""Days somebody named that the office does not work on: each with the command that gives it another. Pure."""

from collections.abc import Iterable
from datetime import date

from srctl.core.dates import thai_date
from srctl.core.decoding import plain
from srctl.core.errors import CommandLine
from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar
from srctl.deadlines.obligations import Obligation
from srctl.views.list_views import View


class DayOff(NamedTuple):
    """What falls due on a day off: its case, what it is, the day, the holiday ("": a weekend), what mends it."""

    case: str
    ref: str
    text: str
    due: date
    holiday: str
    command: CommandLine


def named_days_off(items: Iterable[Obligation], calendar: Calendar, today: date) -> list[DayOff]:
    """The named days of ``items``, from ``today`` on, that are no working days; rules and counts give none."""
    return [
        DayOff(item.case, item.ref, item.text, item.due, calendar.holiday_name(item.due), _command(item, calendar))
        for item in sorted(items, key=lambda item: (item.due, item.case, item.ref))
        if item.due >= today and not calendar.is_workday(item.due) and _is_named(item)
    ]


def days_off_view(found: Iterable[DayOff]) -> list[View]:
    """Those days as plain data for programs."""
    return [plain(each, iso=True) for each in found]


def _is_named(item: Obligation) -> bool:
    """Whether somebody named the day: at first, or by an extension of what a rule counted."""
    return not item.rule or item.original not in (None, item.due)


def _command(item: Obligation, calendar: Calendar) -> CommandLine:
    """The command that moves the day to the next working day: a promise is made again, an extension keeps the first."""
    day = thai_date(calendar.next_workday(item.due), "numeric", thai_digits=False)
    if item.ref == "order.due":
        return CommandLine("set {} order.due={}", item.case, day)
    if item.what in ("ours", "theirs", "thanks", "decision"):
        return CommandLine("promise broken {} {} --until {}", item.case, item.ref, day)
    return CommandLine('extend {} {} --until {} --why "…"', item.case, item.ref, day)
