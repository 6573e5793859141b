"""The addressee of a paper by name, as lists show it: the head written to, or the person. Pure."""

from srctl.model.people import Directory, find_callee
from srctl.workflow.paper_state import Paper, whom_words


def named_addressee(directory: Directory, paper: Paper) -> str:
    """Whom the paper is to: the head of the organisation, the person, or a word ("" inside the office)."""
    return whom_words(paper) if paper.among else named_reference(directory, paper.with_) or whom_words(paper)


def named_reference(directory: Directory, reference: str) -> str:
    """Whom a reference to the directory names, "" where it names nobody there."""
    callee = find_callee(directory, reference)
    if callee is None:
        return ""
    return callee.name() if callee.person else callee.organisation.head or callee.organisation.name


def is_to(paper: Paper, whom: str) -> bool:
    """Whether the paper is to whom the reference names; an organisation stands for its people too."""
    return any(whom in (one, one.partition("/")[0]) for one in paper.among or (paper.with_,) if one)
