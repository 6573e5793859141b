"""`srctl explain` and `srctl calc`: how a deadline is counted, day by day."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from srctl.cli import arguments, options, view
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from srctl.deadlines.explanation import CountedDay, Explanation
    from srctl.index.workspace import Workspace
    from srctl.model.definitions import Rule
    from srctl.reports.deadline_report import ReportContext


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command(
        "explain", help=_("Explain a deadline of a case day by day: what is counted, what is skipped, by which rule.")
    )(explain_deadlines)
    about = _("Count from a day: +3wd working days, +15d days, +1m months; day by day.")
    app.command("calc", help=about, any_word=True)(calc)


What = Annotated[str, argument(metavar="[WHAT]", help=_("only this one: a rule, step or entry"))]
Docx = Annotated[Path | None, option("--docx", metavar="FILE", help=_("write a Word file (replaces it)"))]


def explain_deadlines(
    case_id: arguments.CaseId, what: What = "", docx: Docx = None, json: options.Json = False
) -> None:
    """Explain the deadlines of a case."""
    from srctl.deadlines.explanation import ended_explanations, explanations, the_explanation
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable
    from srctl.reports.deadline_report import ReportContext
    from srctl.store import outputfile

    workspace = current_workspace()
    target = outputfile.in_folder(outputfile.output_path(docx, ".docx", "explain")) if docx else None
    found = workspace.find(case_id)
    case = readable(workspace.folder.load(found))
    context = ReportContext(workspace.folder, case, workspace.folder.kind(case.kind), workspace.today)
    calendar = workspace.folder.calendar
    view.problems(workspace.folder.problems)

    def wanted() -> "tuple[Explanation, ...]":
        given = (case, context.kind, calendar, workspace.today, workspace.folder.office.receipt_day_1)
        return the_explanation((*explanations(*given), *ended_explanations(*given)), what, found)

    shown = wanted()
    if target:
        _write(workspace, wanted, context, target)
    if json:
        items = [_as_data(explanation, context) for explanation in shown]
        view.print_json({"format": 1, "id": found, "items": items})
    elif target:
        view.write_wrapped(f"✓ {found}: {workspace.folder.relative(target)}", "green", hang=2)
    else:
        for n, explanation in enumerate(shown):
            if n:
                view.write_line()
            _show(explanation, context)


def _show(explanation: "Explanation", context: "ReportContext") -> None:
    from srctl.reports.deadline_report import facts, warnings

    deadline = explanation.deadline
    view.write_wrapped(f"{deadline.text}: {view.unbroken(view.day_text(deadline.due))}", "bold")
    view.pairs(facts(explanation, context), indent=2)
    _table(explanation.days)
    for words in warnings(explanation):
        view.say("! " + words)


def _write(
    workspace: "Workspace", wanted: "Callable[[], tuple[Explanation, ...]]", context: "ReportContext", target: Path
) -> None:
    """Write the explanations into the file, in the office's language, as all that is attached to a case."""
    from srctl.cli import outcome
    from srctl.core.i18n import speaking
    from srctl.documents.docx.word_file import paragraphs
    from srctl.reports.deadline_report import explanation_docx
    from srctl.store.outputfile import save

    with speaking(context.folder.office.language):
        made = explanation_docx(wanted(), context)
    save(target, made)
    outcome.warn_written(workspace, ((context.case, line) for line in paragraphs(made)))


def _table(days: "Sequence[CountedDay]") -> None:
    from srctl.reports.deadline_report import day_cells, headings

    number, day, weekday, why = headings()
    columns = [view.Column(number, right=True), view.Column(day), view.Column(weekday), view.Column(why, min_width=20)]
    view.table(columns, [view.TableRow(list(day_cells(one, view.day_text(one.on)))) for one in days])


def _as_data(explanation: "Explanation", context: "ReportContext") -> dict[str, Any]:
    from srctl.core.decoding import plain
    from srctl.reports.deadline_report import source_of_rule
    from srctl.views.case_views import entry_view

    found = explanation.deadline
    return {
        "ref": found.ref,
        "what": found.what,
        "text": found.text,
        "due": found.due.isoformat(),
        "original": found.original.isoformat(),
        "rule": plain(found.rule, iso=True) if found.rule else None,
        "place": source_of_rule(explanation, context),
        "extensions": [entry_view(entry) for entry in found.extensions],
        "stops": [plain(span, iso=True) for span in found.stops],
        "held": found.held,
        "calendar_complete": explanation.complete,
        "ended": _ended_as_data(explanation),
        "days": [plain(day, iso=True) for day in explanation.days],
    }


def _ended_as_data(explanation: "Explanation") -> dict[str, Any] | None:
    end = explanation.ending
    return {"event": end.event, "on": end.on.isoformat(), "late": end.late, "entry": end.entry} if end else None


def calc(
    day: Annotated[str, argument(metavar="DATE", help=_("the day to count from (day 0)"))],
    span: Annotated[str, argument(metavar="+N", help=_("+3wd, +15d or +1m; -3wd counts back"))],
    json: options.Json = False,
) -> None:
    """Count from any date."""
    from srctl.cli import prompts
    from srctl.core.decoding import plain
    from srctl.deadlines.counting import count
    from srctl.deadlines.explanation import days_of
    from srctl.index.workspace import current_workspace

    workspace = current_workspace()
    start = options.parse_day(day)
    if start is None:
        raise prompts.missing("DATE", CommandLine("calc DATE {}", span))
    rule, calendar = _span(span), workspace.folder.calendar
    day_1 = workspace.folder.office.receipt_day_1
    _refuse_beyond_years(count(rule, start, calendar, day_1), day, span)
    days = days_of(rule, start, calendar, day_1)
    due = days[-1].on
    last = next((one.on for one in reversed(days) if one.why in ("counted", "start")), due)
    view.problems(workspace.folder.problems)
    if json:
        view.print_json({"format": 1, "from": start.isoformat(), "span": span, "due": due.isoformat(),
                         "last": last.isoformat(), "days": [plain(d, iso=True) for d in days]})  # fmt: skip
        return
    view.write_line(view.day_text(due), "bold")
    _table(days)
    if calendar.incomplete_for(due, start):
        view.say("! " + _("the calendar of that year is not complete yet: the day may move"))


def _span(text: str) -> "Rule":
    """The span typed (``+3wd``, ``-15d``, ``1m``) as a rule; a last day off moves on, or back when counted back."""
    from typing import cast

    from srctl.core.dates import parse_span
    from srctl.core.decoding import Text
    from srctl.deadlines.adjustments import UNITS
    from srctl.model.definitions import Rule, Unit

    amount, unit = parse_span(text)
    roll: Literal["next", "previous"] = "next" if amount > 0 else "previous"
    return Rule("calc", Text("", ""), "case", amount, cast("Unit", UNITS[unit]), "", roll=roll if amount else "none")


def _refuse_beyond_years(due: "date", day: str, span: str) -> None:
    """Refuse a span that reaches a year nobody can type (UsageError)."""
    from srctl.core.dates import TYPED_YEARS
    from srctl.core.errors import UsageError

    if due.year not in TYPED_YEARS:
        message = _("{text} is beyond every year that can be typed").format(text=f"{day} {span}")
        raise UsageError(message, CommandLine("calc DATE +3wd"))
