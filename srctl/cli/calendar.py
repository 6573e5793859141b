"""The calendar of working days: freeze a year from its source, show what is on file. Floor 4."""

from typing import Annotated

import typer

from srctl.cli import options, view
from srctl.i18n import _

Year = Annotated[str, typer.Argument(metavar="YEAR", help=_("Buddhist year, e.g. 2570"))]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    calendar = typer.Typer(help=_("Working days and holidays."), no_args_is_help=True, rich_markup_mode=None)
    calendar.command("freeze", help=_("Write the holidays of a year into the office's own calendar."))(freeze)
    calendar.command("show", help=_("Show the holidays of a year, with their sources."))(show)
    app.add_typer(calendar, name="calendar")


def _year(text: str) -> int:
    from srctl.errors import UsageError
    from srctl.thai import to_arabic_digits

    digits = to_arabic_digits(text)
    if not digits.isdecimal() or not 2500 <= int(digits) <= 2699:
        raise UsageError(_("{year} is not a Buddhist year").format(year=text), "srctl calendar show 2569")
    return int(digits)


def freeze(year: Year, as_: options.As = "") -> None:
    """Write and record the calendar file of a year."""
    from srctl.cli.context import Desk
    from srctl.errors import Refused
    from srctl.holidaysource import freeze as frozen
    from srctl.ledger import Change
    from srctl.office import write

    options.act_as(as_)
    desk = Desk()
    number = _year(year)
    path = f"templates/calendar/{number}.yaml"
    file = desk.folder.root / path
    before = file.read_bytes() if file.exists() else None
    after = frozen(number, desk.today).encode("utf-8")
    if before == after:
        raise Refused(
            _("the calendar of {year} is up to date").format(year=number),
            f"srctl calendar show {number}",
        )
    sentence = _("calendar of {year} written").format(year=number)
    write(desk.folder, [Change(path, before, after)], sentence, "calendar-freeze", desk.actor)
    view.out(f"✓ {path}", "green")


def show(year: Year = "", json: options.Json = False) -> None:
    """Show the holidays of a year."""
    from srctl.cli.context import Desk
    from srctl.dates import weekday_name
    from srctl.i18n import language
    from srctl.views import envelope, plain

    desk = Desk()
    number = _year(year) if year else desk.today.year + 543
    calendar = desk.folder.calendar
    days = [h for on, h in sorted(calendar.holidays.items()) if on.year == number - 543]
    if json:
        view.print_json(envelope([plain(d) for d in days], desk.today, desk.folder.problems))
        return
    view.problems(desk.folder.problems)
    if not days:
        view.out(_("no calendar for {year}").format(year=number))
        view.say(f"  → srctl calendar freeze {number}")
        return
    columns = [view.Column(_("date")), view.Column(_("day")), view.Column(_("holiday"), gives=28),
               view.Column(_("source"), gives=12)]  # fmt: skip
    rows = [view.Row([view.day(d.on), weekday_name(d.on, language()), d.name, d.source]) for d in days]
    view.table(columns, rows)
    if calendar.complete_until is None or calendar.complete_until.year < number - 543:
        view.say("! " + _("the calendar of {year} is not complete yet").format(year=number))
