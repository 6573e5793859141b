"""`srctl postpone`: an event moved to another day, hour or place, and the letters to those who were invited."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, options
from srctl.cli.acting import do
from srctl.cli.parser import App, argument, option
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.deadlines.postponement import NewTime
    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.model.engagement import Engagement
    from srctl.workflow.actions import Act


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("postpone", help=_("Move an event to another day; its open steps move with it."))(postpone_event)


def postpone_event(
    case_id: arguments.CaseId,
    day: Annotated[str, argument(metavar="[DATE]", help=_("the new day, or days: 17-18/12/2569"))] = "",
    why: Annotated[str, argument(metavar="[WHY]", help=_("the reason"), callback=options.words)] = "",
    open_: Annotated[bool, option("--open", help=_("without a new day: its steps wait"))] = False,
    time: Annotated[str, option("--time", metavar="HH:MM", help=_("the new hour: 09.00, or 09.00-12.00"))] = "",
    place: Annotated[str, option("--place", help=_("the new place"), callback=options.words)] = "",
    reason: Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)] = "",
    letters: Annotated[bool, option("--letters", help=_("draft the letters to those who were invited"))] = False,
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Move the event of a case."""
    from srctl.cli import postponed_letters
    from srctl.deadlines import postponement
    from srctl.deadlines.rules import deadlines
    from srctl.index.workspace import current_workspace
    from srctl.model.engagement import event_of

    options.act_as(as_)
    workspace = current_workspace()
    if open_ and day and not why:  # the word after --open is the reason
        day, why = "", options.words(day)
    to = _typed(day, time, place, open_=open_)
    why = why or reason or (_ask_why(case_id) if to.days or to.open else "")
    calendar, today, day_1 = workspace.folder.calendar, workspace.today, workspace.folder.office.receipt_day_1
    before: list[Engagement | None] = []

    def make(case: "Case", kind: "Kind") -> "Act":
        before[:] = [event_of(case, kind)]
        found = deadlines(case, kind, calendar, today, day_1)
        return postponement.postpone(case, kind, to._replace(why=why), calendar, found)

    whom = postponed_letters.addressees(workspace, case_id, make, wanted=letters)
    if whom:
        postponed_letters.move_and_draft(workspace, workspace.find(case_id), make, lambda: before[0], whom, json=json)
        return
    case = do(case_id, as_, json, "", make)
    if not json:
        postponed_letters.tell_moves(case)
        postponed_letters.tell_invited(case)


def _typed(day: str, time: str, place: str, *, open_: bool) -> "NewTime":
    """What was typed of the new time."""
    from srctl.cli.event_days import read_event, read_hours
    from srctl.core.errors import CommandLine, UsageError
    from srctl.deadlines.postponement import NewTime

    if open_ and day:
        raise UsageError(_("a new day and --open cannot be given at once"), CommandLine('postpone 42 --open "…"'))
    begin, end = read_hours(time)
    return NewTime(read_event(day) if day else None, open_, begin, end, place)


def _ask_why(case_id: str) -> str:
    from srctl.cli import wizard
    from srctl.core.errors import CommandLine

    return wizard.one(_("the reason"), CommandLine('postpone {} DATE "…"', case_id))
