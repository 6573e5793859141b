"""The papers that lie with somebody on their way to the signature: who passes them, and which are meant."""

from typing import TYPE_CHECKING

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from srctl.papers.clearing import Passer
    from srctl.workflow.paper_state import Paper


def passer(by: str = "", note: str = "", *, adverse: bool = False, on: "date | None" = None) -> "Passer":
    """Who passes papers, as typed; ``by`` somebody of the office.

    Raises:
        NotFound: nobody of the office is called ``by``.
    """
    from srctl.core.errors import NotFound, unknown
    from srctl.index.workspace import current_workspace
    from srctl.model.people import staff
    from srctl.papers.clearing import Passer

    workspace = current_workspace()
    people = staff(workspace.folder.office)
    if by and by not in people:
        raise NotFound(*unknown(_("coordinator"), by, people, CommandLine("whoami --list")))
    return Passer(workspace.me.id, workspace.today, by, note, adverse, on)


def words_meant(passer: "Passer", *, everything: bool) -> list[str]:
    """The words that name every paper that lies with whoever passes them; without ``everything`` a case is asked for.

    Raises:
        Refused: nothing lies with them.
    """
    from srctl.cli import prompts, wizard
    from srctl.index.workspace import current_workspace, is_interactive

    if not everything:
        if not is_interactive():
            raise prompts.missing("ID", f"{CommandLine('pass 42')}   ({CommandLine('pass --all')})")
        return [wizard.choose_case(closed=False)]
    from srctl.index.queries import due_obligations
    from srctl.views.list_views import stood_for
    from srctl.workflow.filters import Filter

    workspace, who = current_workspace(), passer.by or passer.me
    people = (who, *stood_for(who, workspace.around))
    found = [
        due
        for person in people
        for due in due_obligations(workspace.folder, workspace.around, Filter(owner=person), None)[0]
        if due.shared.what == "clearance" and due.shared.whom == person
    ]
    if not found:
        raise Refused(_("nothing lies with {who}").format(who=who), CommandLine("today {}", who))
    return [word for due in found for word in (due.case, due.ref)]


def fit_for(passer: "Passer") -> "Callable[[Paper], bool]":
    """Whether a paper not named is meant: it lies with whoever passes it, or with one person, who is not on this side.

    Whoever stands on the route of a paper passes what lies with them, and nothing of others.
    """
    from srctl.index.workspace import current_workspace
    from srctl.papers.clearing import is_with

    folder = current_workspace().folder

    def is_meant(paper: "Paper") -> bool:
        if is_with(folder, paper, passer):
            return True
        on_route = any(passer.me in level.who for level in paper.route)
        return not passer.by and not on_route and len(paper.lies_with()) == 1

    return is_meant
