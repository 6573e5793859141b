"""The calendar of working days: freeze a year from its source, add and remove days, show a year."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import listing, options, progress, view
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from srctl.core.workdays import Calendar
    from srctl.deadlines.changes import DeadlineMove
    from srctl.deadlines.obligations import Obligation
    from srctl.index.workspace import Workspace
    from srctl.store.transaction import Recorded

KINDS = ("special", "public", "substitution")
Day = Annotated[str, argument(metavar="DATE", help=_("the day, e.g. 16/10/2569"))]
Source = Annotated[
    str,
    option("--source", "--why", help=_("cabinet resolution or announcement"), callback=options.one_line),
]
Year = Annotated[str, argument(metavar="YEAR", help=_("Buddhist year, e.g. 2570"))]


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    calendar = App(help=_("Working days and holidays."))
    calendar.command("freeze", help=_("Write the holidays of a year into the office's own calendar."))(freeze_year)
    calendar.command("add", help=_("Add a holiday, with its source, and show what it moves."))(add_holiday)
    calendar.command("remove", help=_("Take a holiday out, with what revoked it, and show what it moves."))(
        remove_holiday
    )
    calendar.command("show", help=_("Show the holidays of a year, with their sources."))(show_calendar)
    app.add_group(calendar, name="calendar")


def _year(text: str) -> int:
    from srctl.core.errors import UsageError
    from srctl.core.thai import to_arabic_digits

    digits = to_arabic_digits(text)
    if not digits.isdecimal() or not 2500 <= int(digits) <= 2699:
        raise UsageError(_("{year} is not a Buddhist year").format(year=text), CommandLine("calendar show 2569"))
    return int(digits)


def freeze_year(year: Year, as_: options.As = "") -> None:
    """Write and record the calendar file of a year; what the office added to it stays."""
    from srctl.core.errors import Refused
    from srctl.index.workspace import current_workspace
    from srctl.office.holiday_calendar import calendar_path, read_year, refrozen
    from srctl.office.holiday_source import frozen_year as frozen
    from srctl.office.writer import record_files
    from srctl.store.transaction import FileChange

    options.act_as(as_)
    workspace = current_workspace()
    number = _year(year)
    path = calendar_path(number)
    file = workspace.folder.root / path
    before = file.read_bytes() if file.exists() else None
    after = frozen(number, workspace.today).encode("utf-8")
    if before is not None:
        after = refrozen(after, read_year(workspace.folder, number))
    if before == after:
        raise Refused(
            _("the calendar of {year} is up to date").format(year=number),
            CommandLine("calendar show {}", number),
        )
    calendar = workspace.folder.calendar
    recorded = record_files(
        workspace.folder, [FileChange(path, before, after)],
        lambda: _("calendar of {year} written").format(year=number), "calendar-freeze", workspace.actor,
    )  # fmt: skip
    _show_recorded(recorded, path)
    _show_changes(workspace, calendar)


def add_holiday(
    day: Day,
    name: Annotated[str, argument(metavar="NAME", help=_("what the day is called"), callback=options.one_line)],
    source: Source = "",
    kind: Annotated[str, option("--kind", "-k", help=_("special public substitution"))] = "special",
    as_: options.As = "",
) -> None:
    """Add a holiday."""
    from srctl.cli import prompts
    from srctl.core.errors import UsageError
    from srctl.core.workdays import SATURDAY, CalendarDay
    from srctl.index.workspace import current_workspace
    from srctl.office import holiday_calendar

    options.act_as(as_)
    workspace = current_workspace()
    on = _day(workspace, day, source)
    if not name:
        raise prompts.missing("NAME", CommandLine('calendar add DATE "…" --source "…"'))
    if kind not in KINDS:
        message = _("{text} is not known as {what}").format(text=kind, what=_("kind of holiday"))
        raise UsageError(message, ", ".join(KINDS))
    before = workspace.folder.calendar
    recorded = holiday_calendar.add_day(workspace.folder, CalendarDay(on, name, kind, source), workspace.actor)
    _show_recorded(recorded, _("{day} is a holiday: {name}").format(day=_long(on), name=name))
    if on.weekday() >= SATURDAY:
        view.say("! " + _("no working day anyway: look whether the date is right"))
    _show_changes(workspace, before)


def remove_holiday(day: Day, source: Source = "", as_: options.As = "") -> None:
    """Take a holiday out."""
    from srctl.index.workspace import current_workspace
    from srctl.office import holiday_calendar

    options.act_as(as_)
    workspace = current_workspace()
    on, before = _day(workspace, day, source), workspace.folder.calendar
    recorded = holiday_calendar.remove_day(workspace.folder, on, source, workspace.actor)
    _show_recorded(recorded, _("{day} is no holiday any more").format(day=_long(on)))
    _show_changes(workspace, before)


def _day(workspace: "Workspace", typed: str, source: str) -> "date":
    """The day typed; UsageError when it, or the source of the change, is missing."""
    from srctl.cli import prompts

    on = options.parse_day(typed, workspace=workspace)
    if on is None:
        raise prompts.missing("DATE", CommandLine("calendar show"))
    if not source:
        raise prompts.missing("--source", _('name the cabinet resolution or announcement: --source "…"'))
    return on


def _show_recorded(recorded: "Recorded", said: str) -> None:
    for sentence in recorded.repaired:
        view.say("! " + sentence)
    view.write_wrapped(f"✓ {said}", "green", hang=2)


def _long(on: "date") -> str:
    from srctl.core.dates import weekday_name
    from srctl.core.i18n import language

    return f"{weekday_name(on, language())} {view.day_text(on)}"


def _show_changes(workspace: "Workspace", before: "Calendar") -> None:
    """Show the deadlines of all open matters that fall on another day than with the calendar ``before``."""
    from srctl.deadlines.changes import deadline_moves
    from srctl.index.queries import open_cases
    from srctl.office.folder import Folder
    from srctl.views.case_views import due_of
    from srctl.views.days_off import named_days_off

    then = workspace.around._replace(calendar=before)
    now = then._replace(calendar=Folder(workspace.folder.root).calendar)
    old: list[Obligation] = []
    new: list[Obligation] = []
    cases, problems = open_cases(workspace.folder, workspace.today, progress.reading)
    for case in cases:
        kind = workspace.folder.kinds.get(case.kind)
        old += due_of(case, kind, then)
        new += due_of(case, kind, now)
    view.problems(problems)
    _show_moves(deadline_moves(old, new))
    listing.show_days_off(named_days_off(new, now.calendar, workspace.today))


def _show_moves(changes: "Sequence[DeadlineMove]") -> None:
    from srctl.views.list_views import day_marks

    if not changes:
        view.write_line("  " + _("no deadline moves"))
        return
    columns = [view.Column(_("case")), view.Column(_("what"), min_width=20), view.Column(_("was due")),
               view.Column(_("is due"))]  # fmt: skip
    rows = [m._asdict() for m in changes]
    days = zip(changes, rows, strict=True)
    cells = [[m.case, m.text, view.day_text(m.before), view.day_text(m.after) + day_marks(row)] for m, row in days]
    view.table(columns, [view.TableRow(row) for row in cells])
    view.show_legend(map(day_marks, rows))
    view.say(ngettext("{n} deadline moves", "{n} deadlines move", len(changes)).format(n=len(changes)))
    view.say(f"  → {CommandLine('replan')}")


def show_calendar(year: Year = "", json: options.Json = False) -> None:
    """Show the holidays of a year."""
    from srctl.core.dates import be_year, ce_year, weekday_name
    from srctl.core.decoding import plain
    from srctl.core.i18n import language
    from srctl.index.workspace import current_workspace
    from srctl.views.list_views import envelope

    workspace = current_workspace()
    number = _year(year) if year else be_year(workspace.today)
    calendar = workspace.folder.calendar
    days = [h for on, h in sorted(calendar.holidays.items()) if on.year == ce_year(number)]
    if json:
        view.print_json(envelope([plain(d, iso=True) for d in days], workspace.today, workspace.folder.problems))
        return
    view.problems(workspace.folder.problems)
    if not days:
        view.write_line(_("no calendar for {year}").format(year=number))
        view.say(f"  → {CommandLine('calendar freeze {}', number)}")
        return
    columns = [view.Column(_("date")), view.Column(_("day")), view.Column(_("holiday"), min_width=28),
               view.Column(_("source"), min_width=12)]  # fmt: skip
    rows = [view.TableRow([view.day_text(d.on), weekday_name(d.on, language()), d.name, d.source]) for d in days]
    view.table(columns, rows)
    if calendar.complete_until is None or calendar.complete_until.year < ce_year(number):
        view.say("! " + _("the calendar of {year} is not complete yet").format(year=number))
    for on in calendar.undecided:
        if on.year == ce_year(number) and calendar.is_workday(on):
            view.say("! " + _("{day} is not decided yet: a day off or not").format(day=view.day_text(on)))
