"""Hand edits taken in: one as it is named, or many in one commit, with those that have faults left and named."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srctl.cli import selection, several, view
from srctl.cli.parser import Exit
from srctl.core.errors import PROBLEMS, BadFile
from srctl.core.i18n import _, ngettext
from srctl.index.workspace import Workspace, folder_here

if TYPE_CHECKING:
    from srctl.audit.mass_adoption import Adoption, Left


def adopt_one(workspace: Workspace, typed: str, override: str) -> None:
    """Record one file of the office, one file in the folder of a case, or a case with all that lies in its folder."""
    from srctl.audit.adoption import (
        adopt_file,
        adopt_papers,
        case_of_file,
        is_own_file,
        lying_in,
        refuse_unnamed_picture,
    )
    from srctl.cli import outcome
    from srctl.office.hand_edits import adopt_case, is_changed

    if is_own_file(workspace.folder, typed, folder_here()):
        name = adopt_file(workspace.folder, typed, folder_here(), workspace.actor)
        view.write_wrapped("✓ " + _("{name} recorded").format(name=name), "green", hang=2)
        return
    if found := case_of_file(workspace.folder, typed, folder_here()):
        done = adopt_papers(workspace.folder, found[0], [found[1]], workspace.actor)
        outcome.show_outcome(workspace, done, _("{name} recorded").format(name=found[1].name))
        return
    refuse_unnamed_picture(workspace.folder, typed, folder_here())
    case_id = workspace.find(typed)
    lying = lying_in(workspace.folder, case_id)
    if not lying or is_changed(workspace.folder, case_id):
        done = adopt_case(workspace.folder, case_id, workspace.actor, override)
        outcome.show_outcome(workspace, done, _("edit by hand adopted"))
        outcome.warn_names(done)
    if lying:
        done = adopt_papers(workspace.folder, case_id, lying, workspace.actor)
        names = ", ".join(path.name for path in lying)
        outcome.show_outcome(workspace, done, _("{name} recorded").format(name=names))


def adopt_several(workspace: Workspace, words: Sequence[str], override: str, *, everything: bool) -> None:
    """Record in one commit each of those named, or all that was changed by hand; show what was left, and why.

    Raises:
        The fault itself, where it is the only outcome.
    """
    from srctl.audit import mass_adoption

    folder = workspace.folder
    typed = list(selection.spelt_out(words))

    def edited() -> "list[mass_adoption.Edited]":
        if everything:
            return mass_adoption.everything_edited(folder)
        return [mass_adoption.edited_by_name(folder, word, folder_here(), workspace.find) for word in typed]

    done = mass_adoption.adopt_many(folder, edited, workspace.actor, override)
    if len(done.left) == 1 and not done.taken:
        raise done.left[0].fault
    _show(done)
    if done.left:
        raise Exit(PROBLEMS if done.taken else done.left[0].fault.exit_code)


def _show(done: "Adoption") -> None:
    from srctl.audit.mass_adoption import words_of

    for sentence in done.recorded.repaired:
        view.say("! " + sentence)
    if done.taken:
        count = len(done.taken)
        words = ngettext("{n} edit by hand adopted", "{n} edits by hand adopted", count).format(n=count)
        view.write_wrapped(f"✓ {words}", "green", hang=2)
        for taken in done.taken:
            view.write_wrapped(f"{taken.name}  {words_of(taken)}", indent=2, hang=4)
    elif not done.left:
        view.write_line(_("nothing was changed by hand"))
    if done.left:
        several.show_not_done(len(done.left))
        for left in done.left:
            _show_left(left)


def _show_left(left: "Left") -> None:
    """Show every fault of what was left, each with its place and how to mend it."""
    if not isinstance(left.fault, BadFile):
        view.write_wrapped(f"{left.name}: {left.fault.message.removeprefix(f'{left.name}: ')}", indent=2, hang=4)
        if left.fault.hint:
            view.write_wrapped(f"→ {left.fault.hint}", indent=4, hang=6)
        return
    for problem in left.fault.problems:
        view.write_wrapped(f"{problem.where()}: {problem.message}", indent=2, hang=4)
        if problem.hint:
            view.write_wrapped(f"→ {problem.hint}", indent=4, hang=6)
