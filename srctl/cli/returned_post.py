"""Letters that came back undelivered, told with `srctl return`: whether such are meant, and for what reason."""

from typing import TYPE_CHECKING

from srctl.cli import prompts
from srctl.cli.paper_acts import Meant, PaperAct, do_to_papers
from srctl.core.errors import SrctlError
from srctl.core.i18n import _, language, ngettext
from srctl.index.workspace import current_workspace, is_interactive
from srctl.workflow.paper_state import ALLOWED, fitting, named_paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from srctl.model.case import Case
    from srctl.office.course import Make
    from srctl.office.folder import Folder
    from srctl.workflow.actions import Act
    from srctl.workflow.paper_state import Paper


def were_sent(asked: Meant) -> bool:
    """Whether the papers meant have all been sent: nobody returns those to be mended any more."""
    from srctl.cli import selection
    from srctl.office.folder import readable

    if not asked.words:
        return False
    workspace = current_workspace()
    found: list[Paper] = []
    for one in selection.picked(workspace, asked.words, parts=True):
        try:
            case = readable(workspace.folder.load(one.case))
            names = list(one.parts)
            found += [named_paper(case, name) for name in names] if names else fitting(
                case, "return", ALLOWED["return"] | ALLOWED["undelivered"])  # fmt: skip
        except SrctlError:  # told when it is done
            continue
    return bool(found) and all(paper.state == "sent" for paper in found)


def record_undelivered(asked: Meant, why: str, day: "date | None") -> None:
    """Record that the papers came back; the reason is asked for at a terminal."""
    from srctl.papers.dispatching import made_of
    from srctl.papers.undelivered import CameBack, came_back

    workspace = current_workspace()
    reasons = workspace.folder.standing.undelivered
    if not why and reasons and is_interactive():
        why = prompts.menu(_("for what reason did it come back?"), [(r.name, r.label.in_(language())) for r in reasons])

    def planner(folder: "Folder") -> "Callable[[Case, Paper], tuple[Make, ...]]":
        def plan(case: "Case", _kind: object, paper: "Paper") -> "Act":
            whom = tuple(one for one in paper.among if one in asked.to or one.partition("/")[0] in asked.to)
            return came_back(case, paper, CameBack(why, workspace.today, day, whom), folder.standing.undelivered)

        return lambda _case, paper: (made_of(paper.id, plan),)

    do_to_papers(asked, PaperAct(
        "return", _("{paper} {number} came back undelivered"),
        lambda n: ngettext("{n} paper came back undelivered", "{n} papers came back undelivered", n).format(n=n),
        planner, ALLOWED["undelivered"],
    ))  # fmt: skip
