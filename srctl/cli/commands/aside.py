"""`srctl void`, `merge`, `move`: a case entered by mistake or twice, an entry logged in the wrong case."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, options
from srctl.cli.acting import do
from srctl.cli.completion import complete_ids
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.office.writer import Done


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("void", help=_("Set aside a case entered by mistake; its number is not given again."))(void_case)
    app.command("merge", help=_("Make a case a part of another; log, papers and numbers are kept."))(merge_case)
    app.command("move", help=_("Move an entry logged in the wrong case to the right one."))(move_entry_to)


Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)]


def void_case(case_id: arguments.CaseId, why: Why = "", as_: options.As = "", json: options.Json = False) -> None:
    """Set a case aside as entered by mistake."""
    from srctl.cli import wizard
    from srctl.workflow import setting_aside

    why = why or wizard.one(_("the reason"), CommandLine('void {} --why "…"', case_id))
    do(case_id, as_, json, "", lambda case, _kind: setting_aside.void(case, why))


def merge_case(
    case_id: arguments.CaseId,
    into: Annotated[str, argument(metavar="INTO", help=_("the case that goes on"), autocompletion=complete_ids)] = "",
    why: Why = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Merge a case into another."""
    from srctl.cli import wizard
    from srctl.index.workspace import current_workspace
    from srctl.office import merging

    options.act_as(as_)
    workspace = current_workspace()
    into = into or wizard.one(_("the case that goes on"), CommandLine('merge {} INTO --why "…"', case_id))
    found, other = workspace.find(case_id), workspace.find(into)
    why = why or wizard.one(_("the reason"), CommandLine('merge {} {} --why "…"', found, other))
    done = merging.merge_cases(workspace.folder, found, other, why, workspace.actor)
    said = _("took in {case}").format(case=found)
    _show_both(done, _("merged into {case}").format(case=other), said, json)


def move_entry_to(
    case_id: arguments.CaseId,
    entry: Annotated[str, argument(metavar="ENTRY", help=_("entry of the log, e.g. a5"))] = "",
    to: Annotated[str, option("--to", metavar="ID", help=_("the case it belongs to"),
                              autocompletion=complete_ids)] = "",
    why: Why = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Move an entry to another case."""
    from srctl.cli import wizard
    from srctl.index.workspace import current_workspace
    from srctl.office import merging

    options.act_as(as_)
    workspace = current_workspace()
    command = CommandLine("move {} ENTRY --to OTHER", case_id)
    entry = entry or wizard.one(_("the entry"), command)
    to = to or wizard.one(_("the case it belongs to"), command)
    found, other = workspace.find(case_id), workspace.find(to)
    done = merging.move_entry(workspace.folder, found, entry, other, why, workspace.actor)
    said = _("taken over from {case}").format(case=f"{found}/{entry}")
    _show_both(done, _("{entry} moved to {case}").format(entry=entry, case=other), said, json)


def _show_both(done: "list[Done]", away: str, said: str, json: bool) -> None:
    """Show the case that is left in a line, and the one that goes on with what comes next in it."""
    from srctl.cli import outcome, view
    from srctl.index.workspace import current_workspace

    left, on = done
    if not json:
        view.write_wrapped(f"✓ {left.case.id}  {away}", "green", hang=2)
    outcome.show_outcome(current_workspace(), on, said, json)
