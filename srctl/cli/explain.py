"""`srctl explain` and `srctl calc`: how a deadline comes about, day by day. Floor 4."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import options, view
from srctl.cli.grammar import App, argument, option
from srctl.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from srctl.accountfile import Ground
    from srctl.kinds import Kind, Rule
    from srctl.reckoning import Account, Day


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command(help=_("Explain a deadline of a case day by day: what is counted, what is skipped, by which rule."))(
        explain
    )
    about = _("Count from a day: +3wd working days, +15d days, +1m months; day by day.")
    app.command(help=about, any_word=True)(calc)


What = Annotated[str, argument(metavar="[WHAT]", help=_("only this one: a rule, step or entry"))]
Docx = Annotated[Path | None, option("--docx", metavar="FILE", help=_("write a Word file (replaces it)"))]


def explain(case_id: options.CaseId, what: What = "", docx: Docx = None, json: options.Json = False) -> None:
    """Explain the deadlines of a case."""
    from srctl.accountfile import Ground
    from srctl.cli.context import Desk
    from srctl.folder import readable
    from srctl.reckoning import accounts, the_account

    desk = Desk()
    target = _target(docx) if docx else None
    found = desk.find(case_id)
    case = readable(desk.folder.load(found))
    ground = Ground(desk.folder, case, desk.folder.kind(case.kind), desk.today)
    calendar = desk.folder.calendar
    view.problems(desk.folder.problems)

    def wanted() -> "tuple[Account, ...]":
        known = accounts(case, ground.kind, calendar, desk.today, desk.folder.office.receipt_day_1)
        return the_account(known, what, found)

    told = wanted()
    if target:
        _write(wanted, ground, target)
    if json:
        items = [_as_data(account, ground) for account in told]
        view.print_json({"format": 1, "id": found, "items": items})
    elif target:
        view.out(f"✓ {found}: {desk.folder.relative(target)}", "green")
    else:
        for n, account in enumerate(told):
            if n:
                view.out()
            _show(account, ground)


def _show(account: "Account", ground: "Ground") -> None:
    from srctl.accountfile import facts, warnings

    deadline = account.deadline
    view.flow(f"{deadline.text}: {view.joined(view.day(deadline.due))}", "bold")
    view.pairs(facts(account, ground), indent=2)
    _table(account.days)
    for words in warnings(account):
        view.say("! " + words)


def amount(rule: "Rule", kind: "Kind | None" = None) -> str:
    """Return a rule in words; ``kind`` has the names of its fields."""
    from srctl.accountfile import amount as words

    return words(rule, kind)


def _target(file: Path) -> Path:
    from srctl.errors import NotFound, UsageError

    if file.suffix.lower() != ".docx":
        message = _("{file} does not end in {ending}").format(file=file.name or file, ending=".docx")
        raise UsageError(message, f"--docx {file.stem.lstrip('.') or 'explain'}.docx")
    target = file.absolute()
    if not target.parent.is_dir():
        message = _("{target} does not exist").format(target=target.parent)
        raise NotFound(message, _("make the folder, or give another name"))
    return target


def _write(wanted: "Callable[[], tuple[Account, ...]]", ground: "Ground", target: Path) -> None:
    """Write the accounts into the file; Refused when it cannot be written (open in Word, read-only).

    What is attached to a case is in Thai, whatever language the screen speaks.
    """
    from srctl import atomicfile, i18n
    from srctl.accountfile import as_docx
    from srctl.errors import Refused

    spoken = i18n.language()
    i18n.use("th")
    try:
        made = as_docx(wanted(), ground)
    finally:
        i18n.use(spoken)
    try:
        atomicfile.write(target, made)
    except OSError as error:
        message = _("cannot write {file}: {why}").format(file=target, why=error.strerror)
        raise Refused(message, _("close it where it is open, or give another name")) from None


def _table(days: "Sequence[Day]") -> None:
    from srctl.accountfile import cells, headings

    number, day, weekday, why = headings()
    columns = [view.Column(number, right=True), view.Column(day), view.Column(weekday), view.Column(why, gives=20)]
    view.table(columns, [view.Row(list(cells(one, view.day(one.on)))) for one in days])


def _as_data(account: "Account", ground: "Ground") -> dict[str, Any]:
    from srctl.accountfile import place
    from srctl.shape import plain
    from srctl.views import entry_view

    found = account.deadline
    return {
        "ref": found.ref,
        "what": found.what,
        "text": found.text,
        "due": found.due.isoformat(),
        "original": found.original.isoformat(),
        "rule": plain(found.rule, iso=True) if found.rule else None,
        "place": place(account, ground),
        "extensions": [entry_view(entry) for entry in found.extensions],
        "stops": [plain(span, iso=True) for span in found.stops],
        "held": found.held,
        "calendar_complete": account.complete,
        "days": [plain(day, iso=True) for day in account.days],
    }


def calc(
    day: Annotated[str, argument(metavar="DATE", help=_("the day to count from (day 0)"))],
    span: Annotated[str, argument(metavar="+N", help=_("+3wd, +15d or +1m; -3wd counts back"))],
    json: options.Json = False,
) -> None:
    """Count from any date."""
    from srctl.cli import ask
    from srctl.cli.context import Desk
    from srctl.reckoning import days_of
    from srctl.shape import plain

    desk = Desk()
    start = options.day(day)
    if start is None:
        raise ask.missing("DATE", f"srctl calc DATE {span}")
    days = days_of(_span(span), start, desk.folder.calendar, desk.folder.office.receipt_day_1)
    due = days[-1].on
    view.problems(desk.folder.problems)
    if json:
        view.print_json({"format": 1, "from": start.isoformat(), "span": span, "due": due.isoformat(),
                         "days": [plain(d, iso=True) for d in days]})  # fmt: skip
        return
    view.out(view.day(due), "bold")
    _table(days)
    if desk.folder.calendar.incomplete_for(due):
        view.say("! " + _("the calendar of that year is not complete yet: the day may move"))


def _span(text: str) -> "Rule":
    """Return what was typed (``+3wd``, ``-15d``, ``1m``) as a rule that is not rolled."""
    from typing import cast

    from srctl.dates import parse_span
    from srctl.kinds import Rule, Unit
    from srctl.shape import Text
    from srctl.timekeeping import UNITS

    amount, unit = parse_span(text)
    return Rule("calc", Text("", ""), "case", amount, cast("Unit", UNITS[unit]), "", roll="none")
