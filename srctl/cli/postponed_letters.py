"""An event moved: what moved with it, and the letters to those who were invited, in the same commit."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from srctl.cli import letter_drafts, prompts, view
from srctl.cli.acting import rehearse
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext
from srctl.index.workspace import Workspace, is_interactive

if TYPE_CHECKING:
    from srctl.model.case import Case, Entry
    from srctl.model.definitions import Kind
    from srctl.model.engagement import Engagement
    from srctl.office.batch import Performed
    from srctl.office.course import Make
    from srctl.workflow.actions import Act

WORDING = "postpone"


def tell_moves(case: "Case") -> None:
    """Tell each step that moved with the event, from which day to which."""
    from srctl.workflow.log_text import moved_words

    steps = {step.id: step.do for step in case.plan.steps}
    for moved in _moved(case).moved:
        view.write_wrapped(f"{moved_words(moved)}  {steps.get(moved.partition(' ')[0], '')}", indent=2, hang=6)


def addressees(workspace: Workspace, case_id: str, make: "Make", *, wanted: bool) -> tuple[str, ...]:
    """Whom letters are to be drafted to: those invited, where letters are ``wanted`` or the person says so."""
    from srctl.office.folder import readable
    from srctl.workflow.invitees import invited

    whom = invited(readable(workspace.folder.load(workspace.find(case_id))))
    if wanted and not whom:
        view.say(_("nobody was sent a letter of invitation: no letter is drafted"))
    if wanted or not whom or not is_interactive():
        return whom if wanted else ()
    rehearse(case_id, make)
    words = ngettext("draft the letter to the one invited?", "draft the letters to the {n} invited?", len(whom))
    return whom if prompts.yes(words.format(n=len(whom)), default=True) else ()


def tell_invited(case: "Case") -> None:
    """Tell the command that drafts the letters to those who were invited."""
    from srctl.workflow.invitees import invited

    command = CommandLine("letter {} {}", case.id, WORDING)
    for each in (whom := invited(case)):
        command = command.plus("--to {}", each)
    if whom:
        view.write_wrapped(_("to tell those who were invited: {command}").format(command=command), indent=2, hang=4)


def move_and_draft(
    workspace: Workspace, case_id: str, make: "Make", was: "Callable[[], Engagement | None]", whom: tuple[str, ...],
    *, json: bool,
) -> None:  # fmt: skip
    """Move the event and draft the letters about it, in one commit; ``was`` is the event before ``make`` moved it."""
    from srctl.cli import outcome
    from srctl.office.batch import Task, act_on_each
    from srctl.office.writer import Done
    from srctl.papers import draft_request, drafts
    from srctl.papers.draft_request import Asked

    written: list[drafts.Written] = []

    def draft(case: "Case", _kind: "Kind") -> "Act":
        given = {name: text for name, text in _values(workspace, case, _moved(case), was()).items() if text}
        made = drafts.write_letters(workspace.folder, case_id, WORDING, whom, Asked(given=given), workspace.today)
        written[:] = [made]
        return draft_request.record_draft(case, made.papers, "draft")

    def sentence(done: "Sequence[Performed]") -> str:
        return f"{case_id} " + "; ".join(acted.act.sentence for acted in done[0].acts)

    with workspace.acting():
        batch = act_on_each(workspace.folder, lambda: [Task(case_id, (make, draft))], workspace.actor, sentence)
    if batch.refused:
        raise batch.refused[0].fault
    first, last = batch.done[0].acts
    done = Done(last.case, last.kind, first.move, batch.recorded, first.said, first.before, first.act.warnings)
    outcome.show_outcome(workspace, done, "", json)
    if not json:
        tell_moves(last.case)
        letter_drafts.show_letters(workspace, case_id, None, written[0], written[0].files)


def _moved(case: "Case") -> "Entry":
    return next(entry for entry in reversed(case.log) if entry.did == "postpone")


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
