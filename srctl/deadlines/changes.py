"""Deadlines that a changed calendar or rule moved to another day. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import zip_longest

from srctl.core.records import NamedTuple
from srctl.deadlines.obligations import Obligation
from srctl.model.case_id import id_order

Same = tuple[str, str, str, str]


class DeadlineMove(NamedTuple):
    """An obligation that moved: its case, its rule, step, entry or paper (``ref``), and both days.

    ``before`` is None for one that is new, ``after`` for one that is gone.
    """

    case: str
    ref: str
    text: str
    before: date | None
    after: date | None
    verified: bool = True


def deadline_moves(before: Iterable[Obligation], after: Iterable[Obligation]) -> list[DeadlineMove]:
    """The obligations that fall due on another day ``after`` than ``before``, by case, in the order of ``after``."""
    then, now = _by_identity(before), _by_identity(after)
    moves = []
    for identity in {**now, **then}:
        for old, new in zip_longest(then[identity], now[identity]):
            if old and new and old.due == new.due:
                continue
            item = new or old
            days = (old.due if old else None, new.due if new else None)
            moves.append(DeadlineMove(identity[0], identity[1], item.text, *days, item.verified))
    return sorted(moves, key=lambda move: id_order(move.case))


def _by_identity(items: Iterable[Obligation]) -> defaultdict[Same, list[Obligation]]:
    """The obligations by what identifies one whatever its day: case, ref, what and rule."""
    found: defaultdict[Same, list[Obligation]] = defaultdict(list)
    for item in items:
        found[item.case, item.ref, item.what, item.rule].append(item)
    return found
