"""Entries of a log that do not fit how far their paper had come: written by hand, never by a command. Pure."""

from collections.abc import Iterator

from srctl.model.case import Case, Entry
from srctl.workflow.paper_state import LIFECYCLE_ACTIONS, Paper, folded


def out_of_order(case: Case) -> Iterator[tuple[Entry, Paper | None]]:
    """Yield the entries that did not fit the state of their paper, with the paper as it was then.

    None stands for a paper that was never drafted. Commands never write such entries; somebody editing the file may.
    """
    papers: tuple[Paper, ...] = ()
    for entry in case.happened():
        if entry.did in LIFECYCLE_ACTIONS and (entry.paper or entry.did != "reply"):
            had = next((paper for paper in papers if paper.id == entry.paper), None)
            if not _may(had, entry):
                yield entry, had
        papers = folded(papers, (entry,))


def _may(paper: Paper | None, entry: Entry) -> bool:
    if paper is None:
        return entry.did in ("memo", "draft")
    if entry.did == "pass":
        return entry.whom in paper.lies_with() and entry.level == paper.level
    if entry.did == "sign" and not paper.cleared:
        return bool(entry.override)
    if entry.did == "send" and paper.state == "sent":  # a circular goes to many
        came_back = entry.with_ in {e.with_ for e in paper.undelivered}
        return came_back or (entry.with_ in paper.among and entry.with_ not in paper.sent_to)
    came_back = entry.did == "undelivered" and bool(entry.of)  # its dispatch counts no more
    return paper.takes(entry.did) or (came_back and paper.state in ("signed", "numbered", "answered"))
