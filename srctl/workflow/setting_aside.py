"""A case that is none of its own: entered by mistake, or merged into another. Its number and its log stay. Pure."""

from functools import partial

from srctl.core.errors import CommandLine, Refused, UsageError
from srctl.core.i18n import _
from srctl.model.case import Case, Entry
from srctl.model.definitions import VOID
from srctl.workflow.actions import Act
from srctl.workflow.paper_state import papers_of
from srctl.workflow.stages import refuse_ended, set_aside

_OUT = ("numbered", "sent", "answered")


def void(case: Case, why: str) -> Act:
    """Set aside a case that was entered by mistake: its number is not given again, and it counts nowhere.

    Raises:
        UsageError: no reason. Refused: it is set aside already, or a letter of it bears a number.
    """
    if set_aside(case):
        refuse_ended(case)
    if not why:
        raise UsageError(_("say why it is void"), CommandLine('void {} --why "…"', case.id))
    out = next((paper for paper in papers_of(case) if paper.state in _OUT), None)
    if out:
        message = _("{id}: {paper} bears a number; a case that letters went out of is not void").format(
            id=case.id, paper=out.id
        )
        commands = (CommandLine('cancel {} {} --why "…"', case.id, out.id),
                    CommandLine('close {} --override "…"', case.id))  # fmt: skip
        raise Refused(message, "\n".join(commands))
    return Act("void", _("entered by mistake"), entry=partial(Entry, to=VOID, why=why), onward=False)
