"""Deadlines that stand on another day than before: what a changed calendar or rule moves. Floor 1, pure."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import zip_longest

from srctl.core.records import NamedTuple
from srctl.deadlines.obligations import Obligation

Same = tuple[str, str, str, str]


class DeadlineMove(NamedTuple):
    """An obligation that moved: of which case, its rule, step, entry or paper, and both days.

    ``before`` is None when it was not there before, ``after`` when it is gone.
    """

    case: str
    ref: str
    text: str
    before: date | None
    after: date | None
    verified: bool = True


def deadline_moves(before: Iterable[Obligation], after: Iterable[Obligation]) -> list[DeadlineMove]:
    """Return what fell due on another day ``before`` than ``after``, the case and its order in ``after`` kept."""
    then, now = _by_what(before), _by_what(after)
    moves = []
    for same in {**now, **then}:
        for old, new in zip_longest(then[same], now[same]):
            if old and new and old.due == new.due:
                continue
            item = new or old
            days = (old.due if old else None, new.due if new else None)
            moves.append(DeadlineMove(same[0], same[1], item.text, *days, item.verified))
    return sorted(moves, key=lambda move: move.case)


def _by_what(items: Iterable[Obligation]) -> defaultdict[Same, list[Obligation]]:
    """Return the obligations by what makes one the same on another day."""
    found: defaultdict[Same, list[Obligation]] = defaultdict(list)
    for item in items:
        found[item.case, item.ref, item.what, item.rule].append(item)
    return found
