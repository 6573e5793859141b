"""`srctl chase`: who is to be reminded of what they promised, and the reminders drafted."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import options, progress, view
from srctl.cli.completion import complete_ids
from srctl.cli.parser import App, Exit, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from srctl.core.errors import Problem
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.papers.escalation import ReminderStatus
    from srctl.papers.reminders import Medium, ReminderResult


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("chase", help=_("Who is to be reminded of what they promised; --do drafts the letters and messages."))(
        chase
    )


def chase(
    case_ids: Annotated[
        list[str] | None, argument(metavar="[ID]...", help=_("only these cases"), autocompletion=complete_ids)
    ] = None,
    owner: options.Owner = "", group: options.Group = "", kind: options.Kind = "",
    do: Annotated[bool, option("--do", help=_("draft every reminder that is due; nothing is sent"))] = False,
    message: Annotated[bool, option("--message", help=_("a message, also where a letter is waited for"))] = False,
    letter: Annotated[bool, option("--letter", help=_("a letter, also where it was promised in a call"))] = False,
    everything: Annotated[bool, option("--all", "-a", help=_("also what need not be reminded of yet"))] = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Show whom to remind, or draft the reminders."""
    from srctl.cli import listing
    from srctl.index.workspace import current_workspace
    from srctl.papers.escalation import by_urgency
    from srctl.views.list_views import envelope

    wanted = _medium(letter=letter, message=message)
    options.act_as(as_)
    workspace = current_workspace()
    listing.check_names(workspace, kind, owner, group)
    cases, problems = _cases(workspace, case_ids or [], do=do)
    found = _found(workspace, cases, owner, group, kind)
    shown = [
        r
        for r in by_urgency(found, workspace.today, workspace.around.weights)
        if r.step != "coming" or everything or case_ids
    ]
    if do:
        _do(workspace, shown, problems, wanted, json=json)
        return
    rows = [{**_row(workspace, status), "by": _by(status, wanted)} for status in shown]
    if json:
        view.print_json(envelope(rows, workspace.today, problems))
        return
    view.problems(problems)
    _show(rows, len(found) - len(shown), workspace.today)


def _medium(*, letter: bool, message: bool) -> "Medium | None":
    from srctl.core.errors import UsageError

    if letter and message:
        raise UsageError(_("--letter and --message cannot be given at once"), CommandLine("chase --do"))
    return "letter" if letter else "message" if message else None


def _cases(workspace: "Workspace", typed: list[str], *, do: bool) -> "tuple[list[Case], list[Problem]]":
    """The cases named (BadFile when one cannot be read), else every open one; and the problems found.

    To write (``do``) the files themselves are needed: only they have the names to be redacted.
    """
    from srctl.index.queries import open_cases
    from srctl.office.folder import readable

    folder = workspace.folder
    if typed:
        return [readable(folder.load(i)) for i in dict.fromkeys(map(workspace.find, typed))], folder.problems
    cases, problems = open_cases(folder, workspace.today, progress.reading)
    return ([readable(folder.load(case.id)) for case in cases] if do else cases), problems


def _found(workspace: "Workspace", cases: "list[Case]", owner: str, group: str, kind: str) -> "list[ReminderStatus]":
    """The reminder status of everything that these cases wait for."""
    from srctl.papers.escalation import reminder_statuses
    from srctl.views.case_views import stand_in
    from srctl.workflow.filters import Filter, passes

    wanted, folder = Filter(kind=kind, owner=owner, group=group), workspace.folder
    found: list[ReminderStatus] = []
    for case in cases:
        if passes(case, wanted, folder.kinds, folder.office, stand_in(case, workspace.around)):
            of = folder.kinds.get(case.kind)
            found += reminder_statuses(case, of, folder.office, folder.calendar, workspace.today) if of else ()
    return found


def _row(workspace: "Workspace", status: "ReminderStatus") -> dict[str, Any]:
    from srctl.papers.escalation import chase_row

    folder = workspace.folder
    return chase_row(status, folder.kind(status.case.kind), folder.office, folder.directory)


def _by(status: "ReminderStatus", wanted: "Medium | None") -> str:
    """The medium of the next reminder, "" where nothing is to be written."""
    return (wanted or ("letter" if status.paper else "message")) if status.step in ("remind", "coming") else ""


# -- whom to remind ------------------------------------------------------------------------------------


def _show(rows: list[dict[str, Any]], hidden: int, today: date) -> None:
    """Show the rows, escalations first, each with whom to call and the command for the next step."""
    titles = {
        "escalate": _("to take to a superior"),
        "remind": _("to remind of"),
        "drafted": _("reminder drafted, not sent yet"),
        "asked": _("reminded for the last time, a superior decides"),
        "undated": _("no day set"),
        "coming": _("not to be reminded of yet"),
    }
    columns = [view.Column(_("due")), view.Column(_("workdays"), right=True), view.Column(_("case")),
               view.Column(_("call"), min_width=16), view.Column(_("reminded"), right=True),
               view.Column(_("next"), min_width=12)]  # fmt: skip
    shown = []
    above = ""
    for row in rows:
        title = f"{titles[row['step']]} ({sum(r['step'] == row['step'] for r in rows)})"
        cells = [view.iso_day(row["original"]), _late(row, today), row["case"], f"{row['phone']} {row['call']}".strip(),
                 str(row["reminders"]), _next(row)]  # fmt: skip
        style = {"escalate": "red", "remind": "yellow"}.get(row["step"], "")
        about = f"{row['what']}{_now(row)} · {row['subject']}"
        shown.append(view.TableRow(cells, row["command"], about, style, title if title != above else ""))
        above = title
    if shown:
        view.table(columns, shown)
    else:
        view.write_line(_("nobody is to be reminded of anything"))
    if any(row["step"] == "remind" for row in rows):
        view.write_wrapped(
            _("this only lists them; to draft them: {command}").format(command=CommandLine("chase --do")), "dim"
        )
    if hidden:
        message = ngettext(
            "{n} more needs no reminder yet: {command}", "{n} more need no reminder yet: {command}", hidden
        )
        view.write_wrapped(message.format(n=hidden, command=CommandLine("chase --all")), "dim")


def _late(row: dict[str, Any], today: date) -> str:
    from srctl.deadlines.obligations import section
    from srctl.model.labels import how_late

    if not row["original"]:
        return ""
    return how_late(row["late_original"], section(date.fromisoformat(row["original"]), today))


def _now(row: dict[str, Any]) -> str:
    """By when it is promised or asked for now, "" while its first day stands."""
    from srctl.cli.phrases import postponed

    return f" ({postponed(date.fromisoformat(row['due']))})" if row["due"] != row["original"] else ""


def _next(row: dict[str, Any]) -> str:
    """The next step: a letter by its wording, a message, whom to ask, or the draft that is there already."""
    match row["step"]:
        case "escalate":
            return _("ask {who}").format(who=row["to_name"])
        case "asked" if row["request"]:
            return _("lies with {who}").format(who=row["to_name"])
        case "asked":
            return _("decided by {who}").format(who=row["to_name"]) if row["to"] else _("ask a superior")
        case "drafted":
            return str(row["draft"])
        case "undated":
            return _("set a day")
        case "coming":
            return view.iso_day(row["next"])
    if row["by"] == "message":
        return _("message")
    return str(row["wording"] if row["paper"] else _("letter"))


# -- drafting ------------------------------------------------------------------------------------------


def _do(
    workspace: "Workspace",
    shown: "list[ReminderStatus]",
    problems: "list[Problem]",
    wanted: "Medium | None",
    *,
    json: bool,
) -> None:
    """Draft the reminders that are due, case by case, and show each; exit 1 when one could not be drafted."""
    from srctl.cli import outcome
    from srctl.core.errors import PROBLEMS
    from srctl.papers import reminders
    from srctl.views.list_views import envelope

    due = [status for status in shown if status.step == "remind"]
    made: list[ReminderResult] = []
    with progress.bar(_("writing")) as report:
        for case_id in dict.fromkeys(status.case.id for status in due):
            of_case = [status for status in due if status.case.id == case_id]
            made += reminders.remind(workspace.folder, of_case, workspace.today, workspace.actor, wanted)
            report(len(made), len(due))
    left = [_row(workspace, status) for status in shown if status.step == "escalate"]
    outcome.warn_written(workspace, ((one.status.case, one.text) for one in made))
    if json:
        view.print_json(envelope([*map(_data, [workspace] * len(made), made), *left], workspace.today, problems))
    else:
        view.problems(problems)
        _show_made(workspace, made, left)
    if any(one.fault for one in made):
        raise Exit(PROBLEMS)


def _data(workspace: "Workspace", made: "ReminderResult") -> dict[str, Any]:
    file = workspace.folder.relative(made.file).as_posix() if made.file and not made.fault else ""
    written = {"by": made.medium, "file": file, "text": made.text, "made": made.paper, "commit": made.commit}
    return {**_row(workspace, made.status), **written, "fault": made.fault.message if made.fault else ""}


def _show_made(workspace: "Workspace", made: "list[ReminderResult]", left: list[dict[str, Any]]) -> None:
    """Show each reminder drafted with the command for its next step, then the escalations left to a person."""
    from srctl.papers.escalation import logging_command

    for one in made:
        case_id, entry = one.status.case.id, one.status.entry.id
        if one.fault:
            view.show_hint("! ", f"{case_id} {entry}: {one.fault.message}")
            for line in one.fault.hint.splitlines():
                view.show_hint("  → ", line)
            continue
        assert one.file is not None
        view.write_wrapped(f"✓ {case_id} {entry}  {workspace.folder.relative(one.file)}", "green", hang=2)
        if one.text:
            view.write_wrapped(one.text, indent=4)
            view.write_wrapped(
                _("when it was sent: {command}").format(command=logging_command(one.status)), indent=2, hang=4
            )
        else:
            command = CommandLine("submit {} {}", case_id, one.paper)
            view.write_wrapped(_("when it is ready: {command}").format(command=command), indent=2, hang=4)
    if not made:
        view.write_line(_("no reminder is due"))
    if left:
        view.write_line(_("to take to a superior"), "bold")
        view.pairs([(f"{row['case']} {row['entry']}", row["command"]) for row in left], indent=2)
