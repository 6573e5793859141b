"""`srctl explain` and `srctl calc`: how a deadline comes about, day by day. Floor 4."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from srctl.cli import options, view
from srctl.i18n import _

if TYPE_CHECKING:
    from srctl.cli.context import Desk
    from srctl.kinds import Rule
    from srctl.reckoning import Account, Day


def add_to(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command(help=_("Explain a deadline of a case day by day: what is counted, what is skipped, by which rule."))(
        explain
    )
    # A span back (-3wd) is no option.
    spans = {"ignore_unknown_options": True}
    app.command(help=_("Count from a day: +3wd working days, +15d days, +1m months; day by day."),
                context_settings=spans)(calc)  # fmt: skip


What = Annotated[str, typer.Argument(metavar="[WHAT]", help=_("only this one: a rule, step or entry"))]


def explain(case_id: options.CaseId, what: What = "", json: options.Json = False) -> None:
    """Explain the deadlines of a case."""
    from srctl.cli.context import Desk
    from srctl.folder import readable
    from srctl.reckoning import accounts, the_account

    desk = Desk()
    found = desk.find(case_id)
    case = readable(desk.folder.load(found))
    kind = desk.folder.kind(case.kind)
    wanted = the_account(accounts(case, kind, desk.folder.calendar, desk.receipt_day_1), what, found)
    if json:
        items = [_as_data(desk, account, found) for account in wanted]
        view.print_json({"format": 1, "id": found, "items": items})
        return
    for place, account in enumerate(wanted):
        if place:
            view.out()
        _show(desk, account, found)


def _show(desk: "Desk", account: "Account", case_id: str) -> None:
    view.flow(f"{account.text}: {view.joined(view.day(account.due))}", "bold")
    rows = [(_("written in"), _place(desk, account, case_id))]
    if account.rule:
        verified = _("verified") if account.rule.verified else _("not verified: ask the office's lawyer")
        rows = [(_("rule"), amount(account.rule)), (_("basis"), f"{account.rule.basis} ({verified})"), *rows]
    view.pairs(rows, indent=2)
    _table(account.days)
    if not account.complete:
        view.say("! " + _("the calendar of that year is not complete yet: the day may move"))


def amount(rule: "Rule") -> str:
    """Return a rule in words: how many of what, from when, and what happens on a day off."""
    unit = {"workday": _("{n} working days"), "day": _("{n} days"), "month": _("{n} months")}[rule.unit]
    start = {"received": _("from receipt"), "stage_start": _("from the start of the stage"),
             "dated": _("from the date of the paper"), "sent": _("from sending")}[rule.from_]  # fmt: skip
    return f"{unit.format(n=rule.amount)} {start}"


def _place(desk: "Desk", account: "Account", case_id: str) -> str:
    """Return file and line of what sets the deadline."""
    from srctl.yamlfile import read_file

    folder = desk.folder
    own = folder.root / "templates" / "kinds" / f"{account.kind}.yaml"
    path = own if account.kind else folder.case_path(case_id)
    return f"{folder.relative(path)}:{read_file(path).line(account.where)}"


def _table(days: "tuple[Day, ...]") -> None:
    from srctl.dates import weekday_name
    from srctl.i18n import language

    columns = [view.Column(_("day no."), right=True), view.Column(_("date")), view.Column(_("weekday")),
               view.Column(_("why"), gives=20)]  # fmt: skip
    rows = []
    for day in days:
        source = f" ({day.source})" if day.source else ""
        words = " · ".join(part for part in (_why(day), day.name + source if day.name else "") if part)
        number = str(day.number) if day.number or day.why == "start" else ""
        rows.append(view.Row([number, view.day(day.on), weekday_name(day.on, language()), words]))
    view.table(columns, rows)


def _why(day: "Day") -> str:
    return {
        "start": _("counting starts, day 0"),
        "counted": "",
        "skipped": _("not counted"),
        "moved": _("the last day, moved to a working day"),
        "given": _("the day that was given"),
    }[day.why]


def _as_data(desk: "Desk", account: "Account", case_id: str) -> dict[str, Any]:
    from srctl.views import plain

    rule = plain(account.rule) if account.rule else None
    return {"ref": account.ref, "text": account.text, "due": account.due.isoformat(), "rule": rule,
            "place": _place(desk, account, case_id), "calendar_complete": account.complete,
            "days": [plain(day) for day in account.days]}  # fmt: skip


def calc(
    day: Annotated[str, typer.Argument(metavar="DATE", help=_("the day to count from (day 0)"))],
    span: Annotated[str, typer.Argument(metavar="+N", help=_("+3wd, +15d or +1m; -3wd counts back"))],
    json: options.Json = False,
) -> None:
    """Count from any date."""
    from srctl.cli.context import Desk
    from srctl.reckoning import days_of
    from srctl.views import plain

    desk = Desk()
    start = options.day(day) or desk.today
    days = days_of(_span(span), start, desk.folder.calendar, desk.receipt_day_1)
    due = days[-1].on
    if json:
        view.print_json({"format": 1, "from": start.isoformat(), "span": span, "due": due.isoformat(),
                         "days": [plain(d) for d in days]})  # fmt: skip
        return
    view.out(view.day(due), "bold")
    _table(days)
    if desk.folder.calendar.incomplete_for(due):
        view.say("! " + _("the calendar of that year is not complete yet: the day may move"))


def _span(text: str) -> "Rule":
    """Return what was typed (``+3wd``, ``-15d``, ``1m``) as a rule that is not rolled."""
    import re

    from srctl.errors import UsageError
    from srctl.kinds import Rule, Unit
    from srctl.shape import Text
    from srctl.thai import to_arabic_digits

    units: dict[str, Unit] = {"wd": "workday", "d": "day", "m": "month"}
    found = re.fullmatch(r"([+-]?\d{1,4})(wd|d|m)", to_arabic_digits(text.strip().lower()))
    if not found:
        raise UsageError(_("{text} is not a span of time").format(text=text), "srctl calc 20/11/2569 +3wd")
    return Rule("calc", Text("", ""), "case", int(found[1]), units[found[2]], "", roll="none")
