"""Who took letters that were sent, told with `srctl send … --received-by`: whether such are meant, and the record."""

from typing import TYPE_CHECKING

from srctl.cli.paper_acts import Meant, PaperAct, do_to_papers
from srctl.core.errors import SrctlError
from srctl.core.i18n import _, ngettext
from srctl.index.workspace import current_workspace
from srctl.workflow.paper_state import fitting, named_paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.office.course import Make
    from srctl.office.folder import Folder
    from srctl.papers.delivery import Receipt
    from srctl.workflow.actions import Act
    from srctl.workflow.paper_state import Paper


def record_if_sent(asked: Meant, receipt: "Receipt", *, sending: bool) -> bool:
    """Record who took the papers, where nothing of their ``sending`` is typed and all of them have been sent."""
    if sending or not receipt.receiver or not _went_out(asked):
        return False
    _record(asked, receipt)
    return True


def _went_out(asked: Meant) -> bool:
    """Whether the papers meant have all been sent."""
    from srctl.cli import selection
    from srctl.office.folder import readable

    workspace, found = current_workspace(), list[bool]()
    for one in selection.picked(workspace, asked.words, parts=True) if asked.words else ():
        try:
            case = readable(workspace.folder.load(one.case))
            papers = [named_paper(case, name) for name in one.parts] or fitting(case, "send")
            found += [paper.takes("delivered") and not paper.takes("send") for paper in papers]
            found += [True] if not papers and fitting(case, "delivered") else []
        except SrctlError:  # told when it is done
            continue
    return bool(found) and all(found)


def _record(asked: Meant, receipt: "Receipt") -> None:
    from srctl.papers.delivery import delivered
    from srctl.papers.dispatching import made_of

    def planner(_folder: "Folder") -> "Callable[[Case, Paper], tuple[Make, ...]]":
        def plan(case: "Case", kind: "Kind", paper: "Paper") -> "Act":
            whom = tuple(one for one in paper.among if one in asked.to or one.partition("/")[0] in asked.to)
            return delivered(case, kind, paper, receipt._replace(whom=whom))

        return lambda _case, paper: (made_of(paper.id, plan),)

    do_to_papers(asked, PaperAct(
        "delivered", _("{paper} {number} was taken"),
        lambda n: ngettext("{n} paper was taken", "{n} papers were taken", n).format(n=n),
        planner, fits=lambda paper: any(
            not paper.receipt(sent, sent.with_) for sent in paper.dispatches if sent.by == "letter"),
        unfit=_("{id}: it is told of each letter who took it"),
    ))  # fmt: skip
