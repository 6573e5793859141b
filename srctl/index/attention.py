"""What of open cases concerns one person, as the index has it: also reminders due by today, and who watches which.

A reminder is due every day from its own on until it is done: it is never late, and in nobody's figures.
"""

import json
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from srctl.core.records import NamedTuple
from srctl.deadlines.obligations import Obligation
from srctl.index.database import Store
from srctl.views.list_views import Due, DueDay, MatterAttributes, PackedObligation, ViewContext, people_of

if TYPE_CHECKING:
    from srctl.views.agenda import Share, Whose

_PATHS_OF = "path IN (SELECT path FROM attention WHERE who = ?)"
_KEPT = """SELECT m.id, a.who, a.day, a.ref, a.text FROM attention a JOIN matter m USING (path)
    WHERE m.open AND (a.day IS NULL OR a.day <= ?) ORDER BY m.place, a.n"""
_OWN = """SELECT m.id, m.subject, m.packed, a.ref, a.text FROM attention a JOIN matter m USING (path)
    WHERE m.open AND a.who = ? AND a.day <= ? ORDER BY m.place, a.n"""
Carried = Callable[[str, str, str], tuple[str, str]]


def condition_of(whose: "Whose", context: ViewContext) -> tuple[str, tuple[str, ...]]:
    """An SQL condition met by every case that can concern ``whose``, and its values; "" unless it is one person."""
    if len(whose.people) != 1 or whose.group:
        return "", ()
    (person,) = whose.people
    there = [c.id for c in context.office.coordinators if c.active and c.id not in context.away]
    asked = [f"|{who}|" for who in (person, *whose.absent)]
    others, among = ", ".join("?" * len(there)), " OR ".join(["instr(asked, ?)"] * len(asked))
    met = f" AND (owner = ? OR owner NOT IN ({others}) OR {among} OR {_PATHS_OF})"
    return met, (person, *there, *asked, person)


class _KeptRow(NamedTuple):
    case: str
    who: str
    day: str | None
    ref: str
    text: str


def with_kept(store: Store, context: ViewContext, made: "Collection[Share]") -> "list[Share]":
    """The shares with what is kept in view of their cases today."""
    rows = [_KeptRow._make(row) for row in store.rows(_KEPT, (context.today.isoformat(),))]
    kept = {row.case for row in rows}
    return [
        share if share.case not in kept else share._replace(
            reminders=tuple(_reminder(share, row, context) for row in rows if row.day and row.case == share.case),
            watchers=frozenset(row.who for row in rows if row.day is None and row.case == share.case),
        )
        for share in made
    ]  # fmt: skip


def _reminder(share: "Share", row: _KeptRow, context: ViewContext) -> Obligation:
    return Obligation(
        share.case, "reminder", row.text, context.today, 0, share.owner, "", row.ref, share.subject, share.group,
        share.urgency, whom=row.who,
    )  # fmt: skip


def reminders_of(store: Store, context: ViewContext, who: str, carried: Carried) -> list[Due]:
    """What ``who`` reminds themself of today, as lines of what is due; ``carried`` is who stands in, and the group."""
    day = DueDay(context.today, 0, True, None, 0, context.today, 0)
    found = []
    for case, subject, packed, ref, text in store.rows(_OWN, (who, context.today.isoformat())):
        t = MatterAttributes(*json.loads(packed))
        acting, group = carried(t.kind, t.owner, t.backup)
        shared = PackedObligation(
            "reminder", "", who, "", True, False, False, t.kind, t.owner, t.backup, t.urgency, "", acting, group,
            people_of(context, t.owner, acting, "", who),
        )  # fmt: skip
        found.append(Due(case, ref, text, subject, day, shared))
    return found
