"""Who was invited to an event, and who comes: folds over the log. Pure."""

from srctl.model.case import Case
from srctl.workflow.paper_state import papers_of

# The wordings by which the office asks somebody to come, or asks to come to them.
INVITING = ("invite-meeting", "appointment", "support")


def invited(case: Case) -> tuple[str, ...]:
    """The addressees of the letters of invitation that were sent, each once, in the order of the letters."""
    found = [whom for paper in papers_of(case) if paper.wording in INVITING for whom in paper.sent_to]
    return tuple(dict.fromkeys(found))
