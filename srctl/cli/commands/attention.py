"""`srctl remind`, `watch` and `unwatch`: what one person keeps in view, in their own day alone."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, options
from srctl.cli.acting import do
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.workflow.actions import Act


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("remind", help=_("Remind yourself of something in a matter, from a day on."))(remind_myself)
    app.command("watch", help=_("Keep a matter of somebody else in your own day."))(watch_case)
    app.command("unwatch", help=_("Take a matter you watched out of your day."))(unwatch_case)


def remind_myself(
    case_id: arguments.CaseId,
    day: Annotated[str, argument(metavar="[DAY]", help=_("from which day on"))] = "",
    text: Annotated[str, argument(metavar="[TEXT]", help=_("of what"), callback=options.words)] = "",
    done: Annotated[bool, option("--done", help=_("it is done; name its entry where you have several"))] = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Remind whoever types, or take a reminder as done."""
    from srctl.cli import days
    from srctl.index.workspace import current_workspace
    from srctl.workflow import attention

    options.act_as(as_)
    me = current_workspace().me.id
    if done:
        do(case_id, "", json, "", lambda case, _kind: attention.end_reminder(case, me, day))
        return
    from srctl.cli import wizard

    command = CommandLine('remind {} +3wd "…"', case_id)
    text = text or wizard.reminder(case_id, _("of what are you to be reminded"), command)
    on = options.parse_day(day)
    if on is None:
        raise UsageError(_("say from which day on"), command)
    today = current_workspace().today
    if on < today:
        raise UsageError(_("{day} is past").format(day=days.in_words(on, "deadline", current_workspace())), command)
    do(case_id, "", json, "", lambda case, _kind: attention.set_reminder(case, on, text))


def watch_case(case_id: arguments.CaseId, as_: options.As = "", json: options.Json = False) -> None:
    """Watch a matter of somebody else."""
    from srctl.workflow import attention

    _do(case_id, as_, json, lambda me: lambda case, _kind: attention.watch(case, me))


def unwatch_case(case_id: arguments.CaseId, as_: options.As = "", json: options.Json = False) -> None:
    """Watch it no longer."""
    from srctl.workflow import attention

    _do(case_id, as_, json, lambda me: lambda case, _kind: attention.unwatch(case, me))


def _do(case_id: str, as_: str, json: bool, make: "Callable[[str], Callable[[Case, Kind], Act]]") -> None:
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    do(case_id, "", json, "", make(current_workspace().me.id))
