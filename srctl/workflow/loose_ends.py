"""What was begun in a case and not carried on, and when the case last moved: folds over the log. Pure.

A draft is nothing before it is submitted, a signature before the paper is sent, a decision before somebody is told
(S2 ระบบการติดตามงาน). How long each may lie is data: rules of ``draft``, ``dispatch``, ``decided`` and ``followup``.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Did, Entry
from srctl.workflow.paper_state import MINISTER, Paper, State, papers_of

# Papers that wait for the office itself: to be submitted, mended, numbered, sent.
IN_HAND: tuple[State, ...] = ("draft", "returned", "signed", "numbered")
# What moves no matter: papers being written, records set right, who carries it. A note does: somebody looked at it.
_STANDING: frozenset[Did] = frozenset({
    "draft", "memo", "finish", "set", "assign", "link", "edit", "adopt", "undo", "redo", "replan", "move",
    "remind", "reminded", "watch", "unwatch",
})  # fmt: skip
# By what a decision is passed on: somebody is spoken or written to, a task is done, what came of it is noted.
_PASSING: frozenset[Did] = frozenset({"contact", "send", "step", "report", "reopen"})


class LooseEnd(NamedTuple):
    """Something begun: of which sort its rules are, the paper or entry (``ref``), its text, since when it lies."""

    of: Literal["draft", "dispatch", "decided"]
    ref: str
    text: str
    since: date
    signer: str = ""


def loose_ends(case: Case) -> Iterator[LooseEnd]:
    """Yield the papers that wait for the office itself, then the decision nobody was told of."""
    papers = papers_in_hand(case)
    for paper in papers:
        of: Literal["draft", "dispatch"] = "draft" if paper.state in ("draft", "returned") else "dispatch"
        back = next(iter(paper.undelivered), None)
        text = f"{paper.id} ({_('came back: {why}').format(why=back.why)})" if back else paper.id
        yield LooseEnd(of, paper.id, text, (back or paper.last).day(), paper.drafted.signer)
    decided = _not_passed_on(case)
    if decided:
        yield LooseEnd("decided", decided.id, decided.decision, decided.day())


def papers_in_hand(case: Case) -> tuple[Paper, ...]:
    """The papers that wait for the office itself; not those to its own superiors that were decided upon already.

    What came back undelivered waits too.
    """
    if not any(entry.paper for entry in case.log):
        return ()
    entries = case.happened()
    place = {entry.id: n for n, entry in enumerate(entries)}
    decided = {entry.paper: n for n, entry in enumerate(entries) if entry.did == "decide" and entry.paper}
    return tuple(
        paper for paper in papers_of(case)
        if (paper.state in IN_HAND or paper.standing == "undelivered")
        and not (_is_inside(paper) and decided.get(paper.id, -1) > place[paper.version.id])
    )  # fmt: skip


def _is_inside(paper: Paper) -> bool:
    return paper.with_ in ("", MINISTER) and not paper.among


def _not_passed_on(case: Case) -> Entry | None:
    """The last decision, when nobody was told of it since and no paper is on its way."""
    entries = case.happened()
    last = next((n for n in range(len(entries) - 1, -1, -1) if entries[n].did == "decide"), None)
    if last is None:
        return None
    after = entries[last + 1 :]
    if any(entry.did in _PASSING for entry in after):
        return None
    drafted = {entry.paper for entry in after if entry.paper}
    on_its_way = drafted and any(p.id in drafted and p.state != "cancelled" for p in papers_of(case))
    return None if on_its_way else entries[last]


def last_moved(case: Case) -> date:
    """The day the case last moved: of the latest entry by which something happened in it, else of its receipt."""
    days = (entry.day() for entry in case.happened() if entry.to or entry.did not in _STANDING)
    return max(days, default=case.received.on)
