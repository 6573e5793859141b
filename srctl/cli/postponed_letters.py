"""After an event was moved: what moved with it, and the letters to those who were invited."""

from typing import TYPE_CHECKING

from srctl.cli import letter_drafts, prompts, view
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext
from srctl.index.workspace import Workspace, is_interactive

if TYPE_CHECKING:
    from srctl.model.case import Case, Entry
    from srctl.model.engagement import Engagement

WORDING = "postpone"


def tell_moves(case: "Case") -> None:
    """Tell each step that moved with the event, from which day to which."""
    from srctl.workflow.log_text import moved_words

    steps = {step.id: step.do for step in case.plan.steps}
    for moved in case.log[-1].moved:
        view.write_wrapped(f"{moved_words(moved)}  {steps.get(moved.partition(' ')[0], '')}", indent=2, hang=6)


def offer(workspace: Workspace, case: "Case", was: "Engagement | None", *, wanted: bool) -> None:
    """Draft the letters of postponement to those who were invited, where they are wanted or the person says so."""
    from srctl.workflow.invitees import invited

    whom = invited(case)
    if not whom:
        if wanted:
            view.say(_("nobody was sent a letter of invitation: no letter is drafted"))
        return
    command = CommandLine("letter {} {}", case.id, WORDING)
    for each in whom:
        command = command.plus("--to {}", each)
    words = ngettext("draft the letter to the one invited?", "draft the letters to the {n} invited?", len(whom))
    question = words.format(n=len(whom))
    if not wanted and not (is_interactive() and prompts.yes(question, default=True)):
        view.write_wrapped(_("to tell those who were invited: {command}").format(command=command), indent=2, hang=4)
        return
    _draft(workspace, case, was, whom)


def _draft(workspace: Workspace, case: "Case", was: "Engagement | None", whom: tuple[str, ...]) -> None:
    from srctl.papers.draft_request import Asked

    moved = case.log[-1]
    given = {name: text for name, text in _values(workspace, case, moved, was).items() if text}
    asked = Asked(given=given)
    done, written = letter_drafts.drafted(workspace, case.id, WORDING, whom, asked)
    letter_drafts.show_letters(workspace, case.id, done, written, written.files)
    words = _("to take all of it back type {command} twice: first the letters, then the new day")
    view.write_wrapped(words.format(command=view.unbroken(CommandLine("undo {}", case.id))), "dim", indent=2, hang=4)


def _values(workspace: Workspace, case: "Case", moved: "Entry", was: "Engagement | None") -> dict[str, str]:
    """The values of the letter: what is put off, why, from which days to which, and the new hour and place."""
    from srctl.core.date_spans import Days
    from srctl.model.engagement import event_of

    now = event_of(case, workspace.folder.kind(case.kind))
    old = Days(was.day, was.until).iso() if was else moved.was.isoformat() if moved.was else ""
    return {
        "what": case.subject, "reason": moved.why, "day": old,
        "new_day": Days(now.day, now.until).iso() if now else "",
        "new_time": now.begin if now else "", "new_place": now.place if now else "",
    }  # fmt: skip
