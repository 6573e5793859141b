"""`srctl events`: the Minister's calendar of engagements, on the screen or as files."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import options, progress, view
from srctl.cli.parser import App, option
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, language

if TYPE_CHECKING:
    from srctl.core.errors import Problem
    from srctl.index.workspace import Workspace
    from srctl.views.engagement_views import EventLine
    from srctl.views.list_views import View

File = Path | None


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("events", help=_("The calendar of engagements: day, hour, place, who goes; clashes are marked."))(
        show_events
    )


def show_events(
    week: Annotated[bool, option("--week", help=_("the week, from Monday to Sunday"))] = False,
    month: Annotated[bool, option("--month", help=_("the month"))] = False,
    first: Annotated[str, option("--from", metavar="DATE", help=_("from this day on; today"))] = "",
    last: Annotated[str, option("--to", metavar="DATE", help=_("up to this day"))] = "",
    everything: Annotated[bool, option("--all", "-a", help=_("closed matters too"))] = False,
    ics: Annotated[File, option("--ics", metavar="FILE", help=_("write a calendar file (replaces it)"))] = None,
    docx: Annotated[File, option("--docx", metavar="FILE", help=_("write a Word file (replaces it)"))] = None,
    xlsx: Annotated[File, option("--xlsx", metavar="FILE", help=_("write an Excel file (replaces it)"))] = None,
    json: options.Json = False,
) -> None:  # fmt: skip
    """Show or write the calendar of events."""
    from srctl.cli import event_files
    from srctl.index.engagements import events_between
    from srctl.index.workspace import current_workspace

    workspace = current_workspace()
    targets = event_files.calendar_places(ics, docx, xlsx, json=json)
    begins, ends = _span(workspace.today, options.parse_day(first), options.parse_day(last), week=week, month=month)
    closed = everything or begins < workspace.today
    found, problems = events_between(workspace.folder, workspace.today, begins, ends, closed=closed,
                                     undated=ends is None or not targets, progress=progress.reading)  # fmt: skip
    if targets:
        view.problems(problems)
        event_files.write_calendars(workspace, targets, begins, ends, closed=closed)
    elif json:
        _print_json(workspace, found, problems)
    else:
        view.problems(problems)
        _show(workspace, found)


def _span(
    today: date, first: date | None, last: date | None, *, week: bool, month: bool
) -> tuple[date, date | None]:  # fmt: skip
    """The first and the last day to show (None: all to come): the week or month of the first, or as typed."""
    from srctl.core.workdays import month_days

    if (week and month) or ((week or month) and last):
        raise UsageError(_("one of the three is meant: --week, --month or --to"), CommandLine("events --week"))
    begins = first or today
    if week:
        monday = begins - timedelta(days=begins.weekday())
        return monday, monday + timedelta(days=6)
    if month:
        return begins.replace(day=1), begins.replace(day=month_days(begins.year, begins.month))
    if last and last < begins:
        raise UsageError(_("the last day is before the first"), CommandLine("events --from DATE --to DATE"))
    return begins, last


def _rows(workspace: "Workspace", found: "list[EventLine]") -> "list[View]":
    from srctl.views.engagement_views import event_row

    folder = workspace.folder
    return [event_row(line, found, folder.office, folder.kinds.get(line.about.kind)) for line in found]


def _print_json(workspace: "Workspace", found: "list[EventLine]", problems: "list[Problem]") -> None:
    from srctl.views.list_views import envelope

    view.print_json(envelope(_rows(workspace, found), workspace.today, problems))


def _show(workspace: "Workspace", found: "list[EventLine]") -> None:
    """Show the events by day and hour, where and with whom beneath; what has no day yet comes last."""
    from srctl.views.engagement_views import hours_words

    if not found:
        view.write_line(_("no event in these days"))
        return
    columns = [view.Column(_("day")), view.Column(_("hours")), view.Column(_("case")),
               view.Column(_("engagement"), min_width=20), view.Column(_("state"))]  # fmt: skip
    shown = []
    for line, row in zip(found, _rows(workspace, found), strict=True):
        where = " · ".join(part for part in (row["place"], row["host"], _goes(row)) if part)
        if row["clashes"]:
            where = _("clashes with {cases}").format(cases=", ".join(row["clashes"])) + (f" · {where}" if where else "")
        style = "red" if row["clashes"] else "dim" if row["state"] in ("declined", "closed", "postponed") else ""
        mark = "! " if row["clashes"] else ""
        cells = (day_words(line), hours_words(row["begin"], row["end"]), row["case"], mark + row["subject"],
                 row["state_label"])  # fmt: skip
        shown.append(view.TableRow(cells, where, style=style))
    view.table(columns, shown)


def day_words(line: "EventLine") -> str:
    """The day of an event with its weekday, or its days; of one put off without a day the day it was on."""
    from srctl.core.date_spans import Days, show_days
    from srctl.core.dates import weekday_name

    event = line.event
    if event is None:
        return _("was {day}").format(day=view.iso_day(line.about.was)) if line.about.was else ""
    if event.day != event.until:
        return show_days(Days(event.day, event.until), language())
    return f"{weekday_name(event.day, language()).removeprefix('วัน')} {view.day_text(event.day)}"


def _goes(row: "View") -> str:
    """Who goes, in words; of the Minister nothing, whose calendar it is."""
    from srctl.model.engagement import NOBODY

    return "" if row["attends"] in ("", NOBODY) else _("who goes: {who}").format(who=row["attends"])
