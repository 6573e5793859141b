"""`srctl register out|in|matters|dispatch`: papers sent and received, matters, the dispatch book; shown or as files."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import options, view
from srctl.cli.parser import App, option
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from srctl.core.errors import Problem
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.reports.registers import Register, RegisterContext, RegisterRow

Year = Annotated[str, option("--year", "-y", metavar="YEAR", help=_("calendar year, 2569 or 2026"))]
Secret = Annotated[bool, option("--secret", help=_("tell the subjects of secret papers too"))]
Docx = Annotated[Path | None, option("--docx", metavar="FILE", help=_("write a Word file (replaces it)"))]
Xlsx = Annotated[Path | None, option("--xlsx", metavar="FILE", help=_("write an Excel file (replaces it)"))]


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    register = App(help=_("The registers of papers sent, of papers received, and of matters."))
    register.command("out", help=_("The register of papers sent: every number given in a year."))(show_outgoing)
    register.command("in", help=_("The register of papers received: each once, in the order entered."))(show_incoming)
    register.command("matters", help=_("The register of matters: every case of a year, spoken or written."))(
        show_matters
    )
    register.command("dispatch", help=_("The dispatch book of a day: letters by hand, messenger or post."))(
        show_dispatches
    )
    app.add_group(register, name="register")


def show_outgoing(
    year: Year = "",
    series: Annotated[str, option("--series", help=_("only this series of numbers"))] = "",
    secret: Secret = False, docx: Docx = None, xlsx: Xlsx = None, json: options.Json = False,
) -> None:  # fmt: skip
    """Show or write the register of papers sent."""
    from srctl.reports.registers import outgoing

    def make(cases: "list[Case]", context: "RegisterContext", wanted: int) -> "Register":
        if series and series not in context.numbering.series and not _was_used(cases, series):
            _refuse_series(series, list(context.numbering.series))
        return outgoing(cases, context, wanted, series)

    _run(make, year, docx, xlsx, secret=secret, json=json)


def show_incoming(
    year: Year = "", secret: Secret = False, docx: Docx = None, xlsx: Xlsx = None, json: options.Json = False
) -> None:
    """Show or write the register of papers received."""
    from srctl.reports.incoming_registers import incoming_register

    _run(incoming_register, year, docx, xlsx, secret=secret, json=json)


def show_matters(
    year: Year = "", secret: Secret = False, docx: Docx = None, xlsx: Xlsx = None, json: options.Json = False
) -> None:
    """Show or write the register of matters."""
    from srctl.reports.incoming_registers import matters_register

    _run(matters_register, year, docx, xlsx, secret=secret, json=json)


def show_dispatches(
    days: Annotated[str, option("--in", metavar="PERIOD", help=_("a day or a period, e.g. 1/12/2569; today"))] = "",
    docx: Docx = None, json: options.Json = False,
) -> None:  # fmt: skip
    """Show or write the book of papers dispatched."""
    from srctl.cli import dispatches

    dispatches.show_book(days, docx, json=json)


def _was_used(cases: "list[Case]", series: str) -> bool:
    return any(entry.series == series for case in cases for entry in case.log)


def _refuse_series(series: str, known: list[str]) -> None:
    from srctl.core.errors import NotFound, unknown

    raise NotFound(*unknown(_("series"), series, known, ", ".join(known)))


def _run(make: Any, typed: str, docx: Path | None, xlsx: Path | None, *, secret: bool, json: bool) -> None:
    """Read the cases, compute the register, and show it or write the files asked for."""
    from srctl.index.workspace import current_workspace
    from srctl.papers.wordings import read_numbering
    from srctl.reports.registers import RegisterContext
    from srctl.store.outputfile import output_path

    workspace = current_workspace()
    year = _year(typed, workspace.today)
    targets = [output_path(file, ending, "register") for file, ending in ((docx, ".docx"), (xlsx, ".xlsx")) if file]
    folder = workspace.folder
    files = list(folder.cases())
    cases = [file.case for file in files if file.case]
    numbering = read_numbering(folder.root / "templates")
    context = RegisterContext(folder.office, folder.directory, folder.kinds, numbering, secret)
    register: Register = make(cases, context, year)
    if register.which == "matters" and any(row.flag == "missing" for row in register.rows()):
        context = context._replace(gone=_gone(workspace, year, [file.id for file in files if file.case is None]))
        register = make(cases, context, year)
    problems = [*folder.problems, *(p for file in files if file.case is None for p in file.problems)]
    if targets:
        _write(workspace, lambda: make(cases, context, year), problems, targets)
        _warn_of_names(workspace, register, cases)
    if json:
        _print_json(workspace, register, problems, targets)
        return
    view.problems(problems)
    if targets:
        for file in targets:
            view.write_wrapped(f"✓ {_title(register)}: {folder.relative(file)}", "green", hang=2)
        return
    _show(register)


def _gone(workspace: "Workspace", year: int, unreadable: "Sequence[str]") -> dict[str, str]:
    """The case ids of the year whose file cannot be read or was deleted, with the reason."""
    from datetime import datetime

    from srctl.core.dates import BANGKOK
    from srctl.store.case_numbers import deletions
    from srctl.store.git.repository import Repo

    found = {}
    for case_id, deletion in deletions(Repo(workspace.folder.root), year).items():
        day = view.day_text(datetime.fromisoformat(deletion.at).astimezone(BANGKOK).date())
        words = _("the file was deleted on {day} by {who} (commit {commit})")
        found[case_id] = words.format(day=day, who=deletion.author, commit=deletion.commit)
    return found | dict.fromkeys(unreadable, _("the file cannot be read"))


def _year(typed: str, today: date) -> int:
    """Return the B.E. year typed in either era, in Thai or Arabic digits; this year for nothing."""
    from srctl.core.dates import BE_YEARS, CE_YEARS, be_year
    from srctl.core.errors import UsageError
    from srctl.core.thai import to_arabic_digits

    if not typed:
        return be_year(today)
    digits = to_arabic_digits(typed.strip())
    year = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) == 4 else 0
    if year in BE_YEARS:
        return year
    if year in CE_YEARS:
        return be_year(year)
    raise UsageError(_("{year} is no year").format(year=typed), f"--year {be_year(today)}")


def _title(register: "Register") -> str:
    from srctl.reports.registers import register_title

    return register_title(register)


def _write(
    workspace: "Workspace", make: "Callable[[], Register]", problems: "Sequence[Problem]", targets: list[Path]
) -> None:
    """Write the register into each file; Refused when one cannot be written (open in Word or Excel, read-only).

    A register that is kept is the office's official one: it is in its language, whatever the screen speaks.
    """
    from srctl.core.i18n import speaking
    from srctl.store.outputfile import save

    with speaking(workspace.folder.office.language):
        register = make()
        made = [(target, _made(workspace, register, problems, target)) for target in targets]
    for target, data in made:
        save(target, data)


def _warn_of_names(workspace: "Workspace", register: "Register", cases: "Sequence[Case]") -> None:
    """Warn of what may be a name in the cells of a register that was written."""
    from srctl.cli import outcome
    from srctl.reports.registers import row_cells

    known = {case.id: case for case in cases}
    rows = [row for row in register.rows() if row.case in known]
    cells = ((known[row.case], cell) for row in rows for cell in row_cells(row, register.which))
    outcome.warn_written(workspace, cells)


def _made(workspace: "Workspace", register: "Register", problems: "Sequence[Problem]", target: Path) -> bytes:
    from srctl.reports import register_export

    folder = workspace.folder
    notes = [f"! {problem.where()}: {problem.message}" for problem in problems]
    if target.suffix.lower() == ".xlsx":
        return register_export.as_xlsx(register, notes, folder.office, workspace.today)
    return register_export.register_docx(register, notes, folder.office, folder.root / "templates", workspace.today)


def _print_json(
    workspace: "Workspace", register: "Register", problems: "Sequence[Problem]", targets: list[Path]
) -> None:
    from srctl.reports.registers import row_view
    from srctl.views.list_views import envelope

    items = [row_view(row, section.name) for section in register.sections for row in section.rows]
    about = {"register": register.which, "year": register.year, "files": [str(target) for target in targets]}
    view.print_json({**envelope(items, workspace.today, problems), **about})


def _show(register: "Register") -> None:
    """Show the register: a heading for each series, and under each row what was done about it."""
    from srctl.reports.registers import WITHHELD

    if not register.sections:
        view.write_line(_("{register}: no entries").format(register=_title(register)))
        return
    view.write_wrapped(f"{_title(register)} ({_given(register.rows())})", "bold")
    sent = register.which == "out"
    other, when = (_("to"), _("dated")) if sent else (_("from"), _("received"))
    first = {"out": _("number"), "in": _("register no.")}.get(register.which, _("case"))
    columns = [
        view.Column(first),
        view.Column(when),
        view.Column(other, min_width=14),
        view.Column(_("subject"), min_width=20),
    ]
    shown = []
    for section in register.sections:
        for place, row in enumerate(section.rows):
            above = f"{section.label} ({_given(section.rows)})" if section.label and not place else ""
            shown.append((_sent(row) if sent else _received(row, register.which))._replace(above=above))
    from srctl.cli.wrapped_table import show_whole

    show_whole(columns, shown)
    if n := register.withheld():
        message = ngettext(
            "{n} subject withheld ({mark}); --secret tells it", "{n} subjects withheld ({mark}); --secret tells them", n
        )
        view.say(message.format(n=n, mark=WITHHELD))


def _given(rows: "Sequence[RegisterRow]") -> int:
    """The number of rows that are papers, without those that stand for missing numbers."""
    return sum(bool(row.case) for row in rows)


_STYLES = {"cancelled": "dim", "missing": "red", "duplicate": "red"}


def _sent(row: "RegisterRow") -> "view.TableRow":
    cells = [row.ref or row.number, view.day_text(row.dated), row.to, row.subject]
    return view.TableRow(cells, row.action, row.note, _STYLES.get(row.flag, ""))


def _received(row: "RegisterRow", which: str) -> "view.TableRow":
    from srctl.model.labels import channel_word, joined

    paper = _("no. {ref}").format(ref=row.ref) if row.ref else ""
    dated = _("of {day}").format(day=view.day_text(row.dated)) if row.dated else ""
    how = channel_word(row.channel) if which == "matters" and row.channel else ""
    under = joined(how, joined(paper, dated, by=" "), row.action)
    beside = joined(row.number, row.note) if which == "in" else row.note
    first = str(row.n) if which == "in" else row.number
    cells = [first, view.day_text(row.day), row.from_, row.subject]
    return view.TableRow(cells, under, beside, _STYLES.get(row.flag, ""))
