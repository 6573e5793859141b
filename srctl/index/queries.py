"""Lists answered from the index: what is due, how cases stand, what concerns whom. Floor 3, reads only.

The lines are those of :mod:`srctl.views.list_views`, worked out for today from what the index keeps; a case that cannot
be read is told with its problem, as everywhere.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srctl.core.dates import be_year
from srctl.core.errors import CommandLine, Problem
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.index.cache import Tell, ask, no_progress
from srctl.index.database import Row, Store, select
from srctl.model.case_id import find_id
from srctl.model.definitions import CLOSED
from srctl.office.folder import Folder
from srctl.views.list_views import (
    Due,
    DueAttributes,
    DueDay,
    Matter,
    MatterAttributes,
    PackedObligation,
    ViewContext,
    people_of,
    standing_in,
)
from srctl.workflow.filters import Filter, carrying_group

if TYPE_CHECKING:
    from srctl.model.case import Case
    from srctl.views.agenda import Share, Whose

_OFFERED = """SELECT id, subject FROM (SELECT id, subject FROM matter WHERE open
    UNION ALL SELECT name, '' FROM file WHERE state = 'broken') WHERE substr(id, 1, ?) = ? ORDER BY id DESC"""
_DATA = "SELECT data FROM content JOIN matter USING (path) WHERE open ORDER BY id"
# From one kind to the next: there are few, and thousands of cases of each.
_KINDS = """WITH RECURSIVE found(kind) AS (
    SELECT min(kind) FROM matter WHERE open
    UNION ALL
    SELECT (SELECT min(kind) FROM matter WHERE open AND kind > found.kind) FROM found WHERE kind IS NOT NULL
) SELECT kind FROM found"""
_BROKEN = """SELECT path, (SELECT count(*) FROM file o WHERE o.name = f.name) FROM file f WHERE state = 'broken'
    ORDER BY name, path"""


class _MatterLine(NamedTuple):
    """What a list tells of a case, of its :class:`srctl.index.tables.MatterRecord`."""

    id: str
    subject: str
    received: str
    due: str | None
    traits: str


class _ShareLine(NamedTuple):
    """What a person's day tells of a case."""

    path: str
    id: str
    subject: str
    traits: str
    asked: str


class _DueLine(NamedTuple):
    """What a list tells of a :class:`srctl.index.tables.DueRecord`; ``text`` is the column of the language spoken."""

    day: str
    id: str
    ref: str
    subject: str
    text: str
    original: str | None
    traits: str


def due_obligations(
    folder: Folder, around: ViewContext, wanted: Filter, last: date | None, tell: Tell = no_progress
) -> tuple[list[Due], list[Problem]]:
    """Return what falls due up to ``last`` (None: however far ahead) and passes the filter, worst first.

    Beside it what cannot be read.
    """
    # In the order they lie: what has been due longest first, of one day the more urgent (srctl.due.worst_first).
    question = f"{_due_lines()}{' WHERE day <= ?' if last else ''} ORDER BY day, rank, id, ref"
    values = (last.isoformat(),) if last else ()

    def answer(store: Store) -> tuple[list[Due], list[Problem]]:
        return [*map(_reader(folder, around, store), store.rows(question, values))], _untold(store, folder)

    found, problems = ask(folder, around.today, answer, tell=tell)
    if wanted != Filter():
        found = [d for d in found if _passes(wanted, d.shared.kind, d.shared.group, d.shared.carriers())]
    return found, [*folder.problems, *problems]


def _due_lines(*more: str) -> str:
    return select(_DueLine, "due", *more, text=language())


def _reader(folder: Folder, around: ViewContext, store: Store) -> Callable[[Row], Due]:
    """What makes an answer of a row of the index, a :class:`_DueLine`; what many rows share is worked out once."""
    day_of, carried, people = _days(around), _carried(folder, around), cache(partial(people_of, around))
    rules = {"": ("", ""), **{name: json.loads(data) for name, data in store.rows("SELECT name, data FROM rule")}}

    @cache
    def bearing_of(packed: str) -> PackedObligation:
        t = DueAttributes(*json.loads(packed))
        acting, group = carried(t.kind, t.owner, t.backup)
        rule, basis = rules[t.rule]
        return PackedObligation(
            t.what, t.person, t.whom, rule, basis, t.verified, t.held, t.kind, t.owner, t.backup, t.urgency, acting,
            group, people(t.owner, acting, t.person, t.whom),
        )  # fmt: skip

    @cache
    def when(iso: str, first: str | None) -> DueDay:
        due, late, complete = day_of(iso)
        original, late_original, _complete = day_of(first) if first else (None, late, complete)
        return DueDay(due, late, complete, original, late_original)

    def read(row: Row) -> Due:
        day, case, ref, subject, text, original, traits = row  # a record of each would be a twentieth of the time
        return Due._make((case, ref, text, subject, when(day, original), bearing_of(traits)))

    return read


def cases(
    folder: Folder, around: ViewContext, wanted: Filter, tell: Tell = no_progress
) -> tuple[list[Matter], list[Problem]]:
    """Return how each case stands that passes the filter (its ``text`` is not looked at), by id.

    Beside it what cannot be read. Closed ones are only asked for after a look at every file.
    """
    closed = wanted.closed is not False or wanted.stage == CLOSED
    question = f"{select(_MatterLine, 'matter')}{'' if closed else ' WHERE open'} ORDER BY id"
    day_of, carried = _days(around), _carried(folder, around)

    @cache
    def shared(packed: str) -> tuple[Any, ...]:
        traits = MatterAttributes(*json.loads(packed))
        return *traits, *carried(traits.kind, traits.owner, traits.backup)

    def read(row: Row) -> Matter:
        case, subject, received, due, traits = row
        kind, stage, owner, backup, urgency, secrecy, paused, verified, acting, group = shared(traits)
        return Matter._make((
            case, kind, stage, subject, owner, backup, received, urgency, secrecy, paused, due,
            day_of(due)[1] if due else None, verified, group, acting,
        ))  # fmt: skip

    def answer(store: Store) -> tuple[list[Matter], list[Problem]]:
        return [*map(read, store.rows(question))], _untold(store, folder)

    found, problems = ask(folder, around.today, answer, closed=closed, tell=tell)
    kept = found if wanted == Filter() else [matter for matter in found if _kept(wanted, matter)]
    return kept, [*folder.problems, *problems]


def _kept(wanted: Filter, matter: Matter) -> bool:
    """Tell whether the case passes the filter."""
    state = wanted.closed is None or wanted.stage or (matter.stage == CLOSED) == wanted.closed
    people = (matter.owner, matter.backup, matter.acting)
    return bool(state) and _passes(wanted, matter.kind, matter.group, people) and _in_time(wanted, matter)


def shares(
    folder: Folder, around: ViewContext, whose: "Whose", tell: Tell = no_progress
) -> "tuple[list[Share], list[Problem]]":
    """Return what is to be done about each open case that concerns ``whose``, by id, and what cannot be read."""
    from srctl.views.agenda import Share, Waiting, carriers, concerns

    condition, values = _of(whose, around)
    carried = _carried(folder, around)

    def answer(store: Store) -> tuple[list[Share], list[Problem]]:
        read = _reader(folder, around, store)
        told = f"{select(_ShareLine, 'matter')} WHERE open{condition} ORDER BY id"
        matters = [*map(_ShareLine._make, store.rows(told, values))]
        rows = store.rows_among(f"{_due_lines('n', 'phone')} WHERE path IN", [matter.path for matter in matters])
        case, ref = map(_DueLine._fields.index, ("id", "ref"))
        # They come so: SQLite, asked for it, would take half the time for sorting.
        rows.sort(key=itemgetter(case, -2))
        items = _by((row[case], read(row[:-2]).item) for row in rows)
        by_phone = _by((row[case], row[ref]) for row in rows if row[-1])
        waiting = store.rows(f"{select(Waiting, 'waiting', 'path')} ORDER BY path, n")
        papers = _by((path, Waiting._make(paper)) for *paper, path in waiting)
        made = []
        for m in matters:
            t = MatterAttributes(*json.loads(m.traits))
            acting, group = carried(t.kind, t.owner, t.backup)
            made.append(Share(
                m.id, m.subject, t.owner, t.urgency, group, carriers(t.owner, acting, group, around), acting,
                frozenset(m.asked.split("|")) - {""}, items(m.id), papers(m.path), frozenset(by_phone(m.id)),
            ))  # fmt: skip
        return made, _untold(store, folder)

    made, problems = ask(folder, around.today, answer, tell=tell)
    return [share for share in made if concerns(share, whose)], [*folder.problems, *problems]


def _by(pairs: Iterable[Sequence[Any]]) -> Callable[[str], tuple[Any, ...]]:
    """Return what gives the values of a key, in their order."""
    found: dict[str, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return lambda key: tuple(found.get(key, ()))


def _of(whose: "Whose", around: ViewContext) -> tuple[str, tuple[str, ...]]:
    """Return a condition that every case meets that can concern ``whose``: of one person only, or of anybody."""
    if len(whose.people) != 1 or whose.group:
        return "", ()
    (person,) = whose.people
    there = [c.id for c in around.office.coordinators if c.active and c.id not in around.away]
    others = ", ".join("?" * len(there))
    return f" AND (owner = ? OR owner NOT IN ({others}) OR instr(asked, ?))", (person, *there, f"|{person}|")


def find_case(folder: Folder, typed: str, today: date) -> str:
    """Return the id of the case that ``typed`` means, closed or open (NotFound with the candidates otherwise)."""
    names = ask(folder, today, lambda store: store.rows("SELECT DISTINCT name FROM file"))
    return find_id(typed, (name for (name,) in names), be_year(today), folder.office.book)


def offered(folder: Folder, today: date, beginning: str) -> list[Row]:
    """Return id and subject of the cases to be worked on whose id begins so, the latest first.

    One that cannot be read is among them, without a subject: somebody has to mend it.
    """
    return ask(folder, today, lambda store: store.rows(_OFFERED, (len(beginning), beginning)))


def open_cases(folder: Folder, today: date, tell: Tell = no_progress) -> "tuple[list[Case], list[Problem]]":
    """Return the open cases by id, without what is personal in them, and what cannot be read."""
    from srctl.index.extraction import case_of

    def answer(store: Store) -> "tuple[list[Case], list[Problem]]":
        return [case_of(data) for (data,) in store.rows(_DATA)], _untold(store, folder)

    found, problems = ask(folder, today, answer, tell=tell)
    return found, [*folder.problems, *problems]


def _in_time(wanted: Filter, matter: Matter) -> bool:
    return (
        wanted.stage in ("", matter.stage)
        and (wanted.since is None or matter.received >= wanted.since.isoformat())
        and (wanted.until is None or matter.received <= wanted.until.isoformat())
    )


def _passes(wanted: Filter, kind: str, group: str, people: tuple[str, ...]) -> bool:
    return wanted.kind in ("", kind) and wanted.group in ("", group) and (not wanted.owner or wanted.owner in people)


def _days(around: ViewContext) -> Callable[[str], tuple[date, int, bool]]:
    """Return what tells of a day in ISO what it is, how late, and whether the calendar is complete up to it."""
    calendar, late = around.calendar, around.calendar.counter(around.today)

    @cache
    def told(iso: str) -> tuple[date, int, bool]:
        day = date.fromisoformat(iso)
        return day, late(day), not calendar.incomplete_for(day)

    return told


def _carried(folder: Folder, around: ViewContext) -> Callable[[str, str, str], tuple[str, str]]:
    """Return what tells of kind, owner and backup who stands in, and the group."""

    @cache
    def told(kind: str, owner: str, backup: str) -> tuple[str, str]:
        return standing_in(owner, backup, around), carrying_group(folder.kinds.get(kind), owner, around.office)

    return told


def _untold(store: Store, folder: Folder) -> list[Problem]:
    """Why each file or case that is in no answer cannot be."""
    return [*_problems(store, folder), *_kindless(store, folder)]


def _problems(store: Store, folder: Folder) -> list[Problem]:
    """Return why each file that is no case is none: read again, so that it is told as it is now."""
    found: list[Problem] = []
    for path, n in store.rows(_BROKEN):
        found += folder.judged(folder.root / path, doubled=n > 1).problems
    for file in folder.between():
        found += file.problems
    return found


def _kindless(store: Store, folder: Folder) -> list[Problem]:
    """Return a problem for each open case whose kind is gone: nobody can say what is due in it."""
    gone = [kind for (kind,) in store.rows(_KINDS) if kind is not None and kind not in folder.kinds]
    return [
        Problem(Path(path), 0, "unknown-kind", _("there is no kind {kind}").format(kind=kind), CommandLine("kinds"))
        for kind in gone
        for (path,) in store.rows("SELECT path FROM matter WHERE open AND kind = ? ORDER BY id", (kind,))
    ]
