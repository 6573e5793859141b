"""What is told when the event of a case is entered or moved: what it clashes with, and what stayed behind."""

from datetime import date
from typing import TYPE_CHECKING

from srctl.cli import view
from srctl.core.errors import CommandLine
from srctl.core.i18n import _
from srctl.model.engagement import Engagement, event_of
from srctl.views.engagement_views import EventLine, clashing, event_attributes, hours_words
from srctl.workflow.engagements import event_state

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.office.writer import Done


def tell_event(workspace: "Workspace", done: "Done") -> None:
    """Warn of what the event clashes with where it is new or was moved; of what a moved day left behind."""
    now = event_of(done.case, done.kind)
    was = event_of(done.before, done.kind) if done.before else None
    did = done.case.log[-1].did
    if now is None or did == "undo":
        return
    if did == "close" and now.until > workspace.today:
        words = _("its event on {day} is still to come, and leaves the calendar")
        view.say("! " + words.format(day=view.day_text(now.day)))
    elif was is None or now != was:
        _tell_clashes(workspace, done.case, done.kind, now)
    if did in ("set", "edit", "adopt") and was and now.day != was.day:
        _tell_left_behind(done.case, was.day, now.day)


def _tell_clashes(workspace: "Workspace", case: "Case", kind: "Kind", event: Engagement) -> None:
    from srctl.index.engagements import events_between

    state = event_state(case, kind)
    if state is None or event.until < workspace.today:
        return
    line = EventLine(case.id, event, event_attributes(case, kind, state, str))
    found, _problems = events_between(workspace.folder, workspace.today, event.day, event.until)
    for other in clashing(line, found, workspace.folder.office):
        about = other.about
        when = hours_words(about.begin, about.end) or _("hour not known")
        day = view.day_text(max(event.day, other.event.day)) if other.event else ""
        words = _("clashes with {case} on {day} {hours}: {subject}")
        view.say("! " + words.format(case=other.case, day=day, hours=when, subject=about.subject))


def _tell_left_behind(case: "Case", was: date, now: date) -> None:
    """Name the open steps that are still counted from the day before, and the command that moves them along."""
    from srctl.deadlines.postponement import is_tied
    from srctl.workflow.stages import steps_settled

    settled = steps_settled(case)
    left = [step.id for step in case.plan.steps if step.id not in settled and is_tied(step, was)]
    if left:
        words = _("{steps} stay as they were; to move them along: {undo}, then {postpone}")
        undo, again = CommandLine("undo {}", case.id), CommandLine('postpone {} {} "…"', case.id, now.isoformat())
        view.say("! " + words.format(steps=", ".join(left), undo=undo, postpone=again))
