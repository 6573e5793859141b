"""How papers fared on their way to the signature: by whom they lay with, and by wording. Pure.

Counted are the papers that took a route, from their logs: how often one came to somebody, was passed (or signed), was
sent back, and for how many working days it lay there.
"""

from collections.abc import Iterable
from datetime import date

from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar
from srctl.model.case import Case, Entry
from srctl.workflow.clearances import came_on, submitted_replays
from srctl.workflow.paper_state import Paper


class Lying(NamedTuple):
    """One time a paper lay with somebody and went on: the case, the paper, with whom, how it ended, for how long.

    ``first``: they had not sent it back before. ``workdays`` are those from the day it came to the day it went.
    """

    case: str
    paper: str
    wording: str
    who: str
    returned: bool
    first: bool
    workdays: int


class ClearanceCount(NamedTuple):
    """The counts of one person or one wording (``name``).

    ``papers`` are those that came, ``first`` those passed at the first go, ``passed`` and ``returned`` how often they
    went on and back, ``workdays`` how many working days one lay on average each time, with one decimal.
    """

    name: str
    papers: int
    first: int
    passed: int
    returned: int
    workdays: str


def lyings(cases: Iterable[Case], calendar: Calendar, first: date, last: date) -> list[Lying]:
    """Every time a paper on a route went on from somebody, from the ``first`` day to the ``last``."""
    found = []
    for case in cases:
        back: set[tuple[str, str]] = set()
        for entry, paper in submitted_replays(case):
            who, came = _whose(entry, paper), came_on(paper)
            if not who or came is None:
                continue
            if first <= entry.day() <= last:
                days = max(calendar.workdays_between(came, entry.day()), 0)
                returned = entry.did == "return"
                found.append(Lying(case.id, paper.id, paper.wording, who, returned, (paper.id, who) not in back, days))
            if entry.did == "return":
                back.add((paper.id, who))
    return found


def _whose(entry: Entry, paper: Paper) -> str:
    """With whom the paper lay that the entry moved, "" where it moved none that takes a route."""
    if not paper.route or entry.did not in ("pass", "return", "sign"):
        return ""
    level = paper.route[paper.level - 1].who
    return entry.whom or "/".join(level)  # of several side by side one sent it back, and nobody said who


def by_person(found: Iterable[Lying]) -> list[ClearanceCount]:
    """The counts of each person, by their ids, those who sent back most first."""
    return _counted((each.who, each) for each in found)


def by_wording(found: Iterable[Lying]) -> list[ClearanceCount]:
    """The counts of each wording, those sent back most first; at first go are the papers nobody sent back."""
    found = list(found)
    back = {(each.case, each.paper) for each in found if each.returned}
    return _counted(
        (each.wording, each._replace(first=(each.case, each.paper) not in back)) for each in found
    )  # fmt: skip


def _counted(pairs: Iterable[tuple[str, Lying]]) -> list[ClearanceCount]:
    by: dict[str, list[Lying]] = {}
    for name, each in pairs:
        by.setdefault(name, []).append(each)
    rows = [
        ClearanceCount(
            name,
            len({(each.case, each.paper) for each in group}),
            len({(e.case, e.paper) for e in group if e.first} - {(e.case, e.paper) for e in group if e.returned}),
            sum(not each.returned for each in group),
            sum(each.returned for each in group),
            f"{sum(each.workdays for each in group) / len(group):.1f}",
        )
        for name, group in by.items()
    ]
    return sorted(rows, key=lambda row: (-row.returned, -row.papers, row.name))
