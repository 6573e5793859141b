"""The queries of the index: what is due, how cases stand, what concerns whom. Reads only.

The lines are those of :mod:`srctl.views.list_views`, computed for today from the records of the index; a case that
cannot be read is reported with its problem, as everywhere.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from functools import cache, partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srctl.core.dates import be_year
from srctl.core.errors import CommandLine, Problem
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.deadlines.obligations import worst_key
from srctl.index.cache import Progress, ask, no_progress
from srctl.index.database import Broken, Row, Store, select
from srctl.index.leavers import left_behind, waiting_for
from srctl.index.periods import where
from srctl.model.case_id import find_id, id_order
from srctl.model.definitions import CLOSED, ENDED
from srctl.office.folder import Folder
from srctl.views.lasting import LASTING, lasting_text
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
    from srctl.deadlines.obligations import Obligation
    from srctl.model.case import Case
    from srctl.views.agenda import Share, Whose

_OFFERED = """SELECT id, subject FROM (SELECT id, subject FROM matter WHERE open
    UNION ALL SELECT name, '' FROM file WHERE state = 'broken') WHERE substr(id, 1, ?) = ?"""
_DATA = "SELECT data FROM content JOIN matter USING (path) WHERE open ORDER BY place"
# A skip scan from one kind to the next: there are few, and thousands of cases of each.
_KINDS = """WITH RECURSIVE found(kind) AS (
    SELECT min(kind) FROM matter WHERE open
    UNION ALL
    SELECT (SELECT min(kind) FROM matter WHERE open AND kind > found.kind) FROM found WHERE kind IS NOT NULL
) SELECT kind FROM found"""
_BROKEN = """SELECT path, (SELECT count(*) FROM file o WHERE o.name = f.name) FROM file f WHERE state = 'broken'
    ORDER BY name, path"""


class _MatterLine(NamedTuple):
    """The columns of a :class:`srctl.index.tables.MatterRecord` that a list shows."""

    id: str
    subject: str
    received: str
    due: str | None
    packed: str


class _ShareLine(NamedTuple):
    """The columns of a :class:`srctl.index.tables.MatterRecord` that an agenda shows."""

    path: str
    id: str
    subject: str
    packed: str
    asked: str


class _DueLine(NamedTuple):
    """The columns of a :class:`srctl.index.tables.DueRecord` that a list shows; ``text`` is ``th`` or ``en``."""

    day: str
    id: str
    ref: str
    subject: str
    text: str
    due: str
    original: str | None
    packed: str


def due_obligations(
    folder: Folder, context: ViewContext, wanted: Filter, last: date | None, progress: Progress = no_progress
) -> tuple[list[Due], list[Problem]]:
    """The deadlines up to ``last`` (None: all) that pass the filter, the worst first; and what cannot be read."""
    # The order of the table; what is late is weighed below (srctl.deadlines.obligations.worst_key).
    met, values = where(wanted, *(["day <= ?"] if last else []))
    query = f"{_due_lines()}{met} ORDER BY day, rank, place, ref"
    values = [*([last.isoformat()] if last else []), *values]

    def answer(store: Store) -> tuple[list[Due], list[Problem]]:
        problems = [*unreadable(store, folder), *_left_behind(store, folder, context, wanted)]
        lines = [*map(_reader(folder, context, store), store.rows(query, values))]
        if wanted.owner and not wanted.event_in:
            from srctl.index.attention import reminders_of

            at = bisect_left(lines, context.today, key=lambda due: due.day.first)
            lines[at:at] = reminders_of(store, context, wanted.owner, _carried(folder, context))
        return lines, problems

    found, problems = ask(folder, context.today, answer, progress=progress)
    if wanted != Filter():
        found = [d for d in found if _passes(wanted, d.shared.kind, d.shared.group, d.shared.carriers())]
    return _worst_first(found, context), [*folder.problems, *problems]


def _worst_first(found: list[Due], context: ViewContext) -> list[Due]:
    """The obligations of the table's order in that of every list: of these only what is late stands elsewhere."""
    today, weights = context.today, context.weights
    late = bisect_left(found, today, key=lambda due: due.day.first)
    # Sorting keeps the order of what weighs the same: that of the table.
    worst = sorted(
        found[:late], key=lambda d: worst_key(d.day.first, d.day.late_first, d.shared.urgency, today, weights)
    )
    return [*worst, *found[late:]]


def due_on_days_off(
    folder: Folder, context: ViewContext, wanted: Filter, progress: Progress = no_progress
) -> "list[Obligation]":
    """What falls due from today on on a day the office does not work on, of the cases that pass the filter."""

    def answer(store: Store) -> list[Due]:
        ahead = store.rows("SELECT DISTINCT day FROM due WHERE day >= ?", (context.today.isoformat(),))
        off = [day for (day,) in ahead if not context.calendar.is_workday(date.fromisoformat(day))]
        rows = store.rows_among(f"{_due_lines()} WHERE day IN", off) if off else []
        return [*map(_reader(folder, context, store), rows)] if rows else []

    found = ask(folder, context.today, answer, progress=progress)
    return [d.item for d in found if _passes(wanted, d.shared.kind, d.shared.group, d.shared.carriers())]


def _due_lines(*more: str) -> str:
    return select(_DueLine, "due", *more, text=language())


def _reader(folder: Folder, context: ViewContext, store: Store) -> Callable[[Row], Due]:
    """A function that makes a :class:`Due` of a :class:`_DueLine` row; what many rows share is computed once."""
    day_of, carried, people = _day_describer(context), _carried(folder, context), cache(partial(people_of, context))
    rule = DueAttributes._fields.index("rule")
    rules = {"": ("", ""), **{name: json.loads(data) for name, data in store.rows("SELECT name, data FROM rule")}}

    @cache
    def shared(packed: str) -> PackedObligation:
        values = json.loads(packed)
        t = DueAttributes._make(values)
        acting, group = carried(t.kind, t.owner, t.backup)
        values[rule], basis = rules[t.rule]
        return PackedObligation._make((*values, basis, acting, group, people(t.owner, acting, t.person, t.whom)))

    @cache
    def when(day: str, iso: str, before: str | None, unsure: bool) -> DueDay:
        first, late_first, _complete = day_of(day)
        due, late, complete = day_of(iso)
        original, late_original, _complete = day_of(before) if before else (None, late, complete)
        return DueDay(due, late, complete and not unsure, original, late_original, first, late_first)

    def read(row: Row) -> Due:
        day, case, ref, subject, text, due, original, packed = (
            row  # a record of each would cost a twentieth of the time
        )
        together = shared(packed)
        if together.what in LASTING:
            text = lasting_text(together.what, text, lambda iso: day_of(iso)[1])
        return Due._make((case, ref, text, subject, when(day, due, original, together.unsure), together))

    return read


def cases(
    folder: Folder, context: ViewContext, wanted: Filter, progress: Progress = no_progress
) -> tuple[list[Matter], list[Problem]]:
    """The cases that pass the filter (its ``text`` is ignored), by id; and what cannot be read.

    Where the filter admits closed cases every file is scanned first.
    """
    closed = wanted.closed is not False or wanted.stage in ENDED
    met, values = where(wanted, *([] if closed else ["open"]))
    query = f"{select(_MatterLine, 'matter')}{met} ORDER BY place"
    day_of, carried = _day_describer(context), _carried(folder, context)

    @cache
    def shared(packed: str) -> tuple[Any, ...]:
        traits = MatterAttributes(*json.loads(packed))
        return *traits, *carried(traits.kind, traits.owner, traits.backup)

    def read(row: Row) -> Matter:
        case, subject, received, due, packed = row
        kind, stage, owner, backup, urgency, secrecy, paused, verified, acting, group = shared(packed)
        return Matter._make((
            case, kind, stage, subject, owner, backup, received, urgency, secrecy, paused, due,
            day_of(due)[1] if due else None, verified, group, acting, day_of(due)[2] if due else True,
        ))  # fmt: skip

    def answer(store: Store) -> tuple[list[Matter], list[Problem]]:
        found = [*map(read, store.rows(query, values))]
        if wanted != Filter():
            waiting = waiting_for(store, wanted.owner) if wanted.owner else frozenset[str]()
            found = [matter for matter in found if _kept(wanted, matter, waiting)]
        return found, [*unreadable(store, folder), *_left_behind(store, folder, context, wanted)]

    found, problems = ask(folder, context.today, answer, closed=closed, progress=progress)
    return found, [*folder.problems, *problems]


def _kept(wanted: Filter, matter: Matter, waiting: Container[str]) -> bool:
    """Whether the case passes the filter; ``waiting`` are those in which something waits for the owner asked for."""
    state = wanted.closed is None or wanted.stage or (matter.stage == CLOSED) == wanted.closed
    people = (matter.owner, matter.backup, matter.acting, wanted.owner if matter.id in waiting else "")
    return bool(state) and _passes(wanted, matter.kind, matter.group, people) and _in_time(wanted, matter)


def shares(
    folder: Folder, context: ViewContext, whose: "Whose", progress: Progress = no_progress
) -> "tuple[list[Share], list[Problem]]":
    """What is to be done in each open case that concerns ``whose``, by id; and what cannot be read."""
    from srctl.index.attention import condition_of
    from srctl.views.agenda import Share, Waiting, carriers, concerns, with_absent

    whose = with_absent(whose, context)
    condition, values = condition_of(whose, context)
    carried = _carried(folder, context)

    def answer(store: Store) -> tuple[list[Share], list[Problem]]:
        read = _reader(folder, context, store)
        query = f"{select(_ShareLine, 'matter')} WHERE open{condition} ORDER BY place"
        matters = [*map(_ShareLine._make, store.rows(query, values))]
        rows = store.rows_among(f"{_due_lines('n', 'phone')} WHERE path IN", [matter.path for matter in matters])
        case, ref = map(_DueLine._fields.index, ("id", "ref"))
        # Nearly in this order already, so cheap to sort; ORDER BY would take half the time of the query.
        rows.sort(key=itemgetter(case, -2))
        items = _grouped((row[case], read(row[:-2]).item) for row in rows)
        by_phone = _grouped((row[case], row[ref]) for row in rows if row[-1])
        waiting = store.rows(f"{select(Waiting, 'waiting', 'path')} ORDER BY path, n")
        papers = _grouped((path, Waiting._make(paper)) for *paper, path in waiting)
        made = []
        for m in matters:
            t = MatterAttributes(*json.loads(m.packed))
            acting, group = carried(t.kind, t.owner, t.backup)
            made.append(Share(
                m.id, m.subject, t.owner, t.urgency, group, carriers(t.owner, acting, group, context), acting,
                frozenset(m.asked.split("|")) - {""}, items(m.id), papers(m.path), frozenset(by_phone(m.id)),
            ))  # fmt: skip
        from srctl.index.attention import with_kept

        made = [share for share in with_kept(store, context, made) if concerns(share, whose)]
        ids = {share.case for share in made}
        left = left_behind(store, context.office, lambda case, _traits: case in ids)
        return made, [*unreadable(store, folder), *left]

    made, problems = ask(folder, context.today, answer, progress=progress)
    return made, [*folder.problems, *problems]


def _grouped(pairs: Iterable[Sequence[Any]]) -> Callable[[str], tuple[Any, ...]]:
    """A function that gives the values of a key, in their order."""
    found: dict[str, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return lambda key: tuple(found.get(key, ()))


def find_case(folder: Folder, typed: str, today: date) -> str:
    """The id of the case that ``typed`` means, closed or open (NotFound with the candidates otherwise)."""
    names = ask(folder, today, lambda store: store.rows("SELECT DISTINCT name FROM file"))
    return find_id(typed, (name for (name,) in names), be_year(today), folder.office.book)


def recognised(folder: Folder, today: date, marks: Iterable[str]) -> list[Path]:
    """The files of the cases, closed ones too, that have a trace of one of the marks, the latest first."""
    from srctl.index.traces import key_name, trace_of

    traces, key = [trace_of(folder.root, mark) for mark in marks if mark], key_name(folder.root)

    def answer(store: Store) -> list[Row]:
        if store.about("traces") != key:
            if store.rows("SELECT 1 FROM trace LIMIT 1") and store.about("traces"):
                raise Broken("traces of another key")
            with store.transaction():
                store.put("about", [("traces", key)])
        return store.rows_among("SELECT DISTINCT path FROM trace WHERE trace IN", traces)

    found = {path for (path,) in ask(folder, today, answer)} if traces else set()
    return sorted((folder.root / path for path in found), key=lambda path: id_order(path.stem), reverse=True)


def offered(folder: Folder, today: date, beginning: str) -> list[Row]:
    """Id and subject of the open cases whose id starts with ``beginning``, the latest first, for completion.

    Those that cannot be read are among them, without a subject: somebody has to mend them.
    """
    found = ask(folder, today, lambda store: store.rows(_OFFERED, (len(beginning), beginning)))
    return sorted(found, key=lambda row: id_order(row[0]), reverse=True)


def open_cases(folder: Folder, today: date, progress: Progress = no_progress) -> "tuple[list[Case], list[Problem]]":
    """The open cases by id, without personal data; and what cannot be read."""
    from srctl.index.extraction import case_of

    def answer(store: Store) -> "tuple[list[Case], list[Problem]]":
        return [case_of(data) for (data,) in store.rows(_DATA)], unreadable(store, folder)

    found, problems = ask(folder, today, answer, progress=progress)
    return found, [*folder.problems, *problems]


def _in_time(wanted: Filter, matter: Matter) -> bool:
    return (
        wanted.stage in ("", matter.stage)
        and (wanted.since is None or matter.received >= wanted.since.isoformat())
        and (wanted.until is None or matter.received <= wanted.until.isoformat())
    )


def _passes(wanted: Filter, kind: str, group: str, people: tuple[str, ...]) -> bool:
    return wanted.kind in ("", kind) and wanted.group in ("", group) and (not wanted.owner or wanted.owner in people)


def _day_describer(context: ViewContext) -> Callable[[str], tuple[date, int, bool]]:
    """A function of a day in ISO: its date, how many working days late, whether the calendar is complete up to it."""
    calendar, late = context.calendar, context.calendar.counter(context.today)

    @cache
    def describe(iso: str) -> tuple[date, int, bool]:
        day = date.fromisoformat(iso)
        return day, late(day), not calendar.incomplete_for(day)

    return describe


def _carried(folder: Folder, context: ViewContext) -> Callable[[str, str, str], tuple[str, str]]:
    """A function of kind, owner and backup: who stands in, and the group."""

    @cache
    def carrying(kind: str, owner: str, backup: str) -> tuple[str, str]:
        return standing_in(owner, backup, context), carrying_group(folder.kinds.get(kind), owner, context.office)

    return carrying


def _left_behind(store: Store, folder: Folder, context: ViewContext, wanted: Filter) -> list[Problem]:
    """The problems of who has left, for those who may take over what the filter admits: stand-in and head."""
    carried, office = _carried(folder, context), context.office

    def passes(_case: str, traits: MatterAttributes) -> bool:
        acting, group = carried(traits.kind, traits.owner, traits.backup)
        head = office.group(group)
        return _passes(wanted, traits.kind, group, (traits.owner, traits.backup, acting, head.head if head else ""))

    return left_behind(store, office, passes)


def unreadable(store: Store, folder: Folder) -> list[Problem]:
    """The problems of the files and cases that no query can show."""
    return [*_problems(store, folder), *_kindless(store, folder)]


def _problems(store: Store, folder: Folder) -> list[Problem]:
    """The problems of each file that is no readable case, read again so that they are those of now."""
    found: list[Problem] = []
    for path, n in store.rows(_BROKEN):
        found += folder.judged(folder.root / path, doubled=n > 1).problems
    for file in folder.between():
        found += file.problems
    return found


def _kindless(store: Store, folder: Folder) -> list[Problem]:
    """A problem for each open case whose kind is gone: its deadlines are unknown."""
    gone = [kind for (kind,) in store.rows(_KINDS) if kind is not None and kind not in folder.kinds]
    return [
        Problem(Path(path), 0, "unknown-kind", _("there is no kind {kind}").format(kind=kind), CommandLine("kinds"))
        for kind in gone
        for (path,) in store.rows("SELECT path FROM matter WHERE open AND kind = ? ORDER BY place", (kind,))
    ]
