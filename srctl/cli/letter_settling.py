"""What a letter on its way was for: the steps and promises it settles, as named, or asked for at a terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srctl.cli import prompts, view
from srctl.core.i18n import _
from srctl.index.workspace import current_workspace, is_interactive
from srctl.workflow import settling

if TYPE_CHECKING:
    from srctl.cli.paper_acts import Meant
    from srctl.model.case import Case
    from srctl.workflow.paper_state import Paper


def settled_by(asked: "Meant", typed: Sequence[str] | None) -> tuple[str, ...] | None:
    """The ids of what the letter settles: those typed, those ticked by the person asked; None for the usual one.

    Somebody is asked where one paper is meant and something is open with whom it goes to.
    """
    if typed:
        return tuple(one for one in settling.listed(typed) if one not in settling.NOTHING)
    if not (asked.words and asked.is_one() and is_interactive()):
        return None
    from srctl.office.folder import readable

    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(asked.words[0])))
    paper = _paper(case, asked.words[1] if len(asked.words) > 1 else "")
    found = settling.owed_to(case, paper) if paper else ()
    if not found:
        return None
    for number, one in enumerate(found, 1):
        view.say(f"  {number:>2}  {one.words}  · {one.id}")
    planned = settling.the_planned(found)
    default = str([one.id for one in found].index(planned) + 1) if planned else ""
    answer = prompts.text(
        _("the letter was for (numbers)"), default, required=False,
        check=lambda line: settling.read_answer(line, found),
    )  # fmt: skip
    ticked = settling.read_answer(answer, found)
    return (*ticked.done, *ticked.keeps)


def _paper(case: "Case", typed: str) -> "Paper | None":
    """The paper named, or the only one to be sent; None where that is not plain."""
    from srctl.workflow.paper_state import fitting, papers_of

    if typed:
        return next((paper for paper in papers_of(case) if paper.id == typed), None)
    found = fitting(case, "send")
    return found[0] if len(found) == 1 else None
