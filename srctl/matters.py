"""Lists answered from the index: what is due, how cases stand, what concerns whom. Floor 3, reads only.

The lines are those of :mod:`srctl.rows`, worked out for today from what the index keeps; a case that cannot be read
is told with its problem, as everywhere.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from srctl.due import Obligation
from srctl.errors import Problem
from srctl.folder import Folder
from srctl.i18n import _, language
from srctl.index import Tell, ask, quiet
from srctl.indexfile import Row, Store
from srctl.kinds import ANY_GROUP, CLOSED
from srctl.rows import Around, Due, Matter, View, people_of, standing_in
from srctl.values import NamedTuple

if TYPE_CHECKING:
    from srctl.model import Case
    from srctl.morning import Share, Whose
    from srctl.query import Filter

_MATTERS = """SELECT id, kind, stage, subject, owner, backup, received, urgency, secrecy, paused, due, verified
    FROM matter"""
# In the order they lie: what has been due longest first, of one day the more urgent (srctl.due.worst_first).
_DUE = """SELECT day, what, ref, {language}, original, person, whom, rule, basis, verified, held, id, kind, subject,
    owner, backup, urgency FROM due"""
_DATA = "SELECT data FROM content JOIN matter USING (path) WHERE open ORDER BY id"
_BROKEN = """SELECT path, (SELECT count(*) FROM file o WHERE o.name = f.name) FROM file f WHERE state = 'broken'
    ORDER BY name, path"""


class _Scene(NamedTuple):
    """What the lines of one answer share; each is asked for often and worked out once."""

    day: Callable[[str], date]
    late: Callable[[str], int]
    complete: Callable[[str], bool]
    group: Callable[[str, str], str]
    acting: Callable[[str, str], str]


def due(
    folder: Folder, around: Around, wanted: "Filter", last: date | None, tell: Tell = quiet
) -> tuple[list[Due], list[Problem]]:
    """Return what falls due up to ``last`` (None: however far ahead) and passes the filter, worst first.

    Beside it what cannot be read.
    """
    question = _DUE.format(language=language()) + (" WHERE day <= ?" if last else "") + " ORDER BY day, rank, id, ref"
    values = (last.isoformat(),) if last else ()
    rows, problems = _asked(folder, around.today, question, values, tell)
    scene = _scene(folder, around)
    known: dict[tuple[str, ...], View] = {}
    found = []
    for row in rows:
        person, whom, kind, owner, backup = row[5], row[6], row[12], row[14], row[15]
        acting, group = scene.acting(owner, backup), scene.group(kind, owner)
        if not _passes(wanted, kind, group, (owner, backup, acting)):
            continue
        item = _obligation(row, scene, group)
        who = (owner, acting, person, whom)
        if who not in known:
            known[who] = people_of(item, around, acting)
        found.append(Due(item, acting, known[who]))
    return found, [*folder.problems, *problems]


def _obligation(row: Row, scene: _Scene, group: str) -> Obligation:
    day, what, ref, text, original, person, whom, rule, basis, verified, held, case, _kind, subject, owner = row[:15]
    late = scene.late(day)
    return Obligation(
        case, what, text, scene.day(day), late, owner, person, ref, subject, group, row[16], basis,
        verified == 1, scene.complete(day), rule, scene.day(original) if original else None,
        late if original in ("", day) else scene.late(original), whom, held == 1,
    )  # fmt: skip


def cases(folder: Folder, around: Around, wanted: "Filter", tell: Tell = quiet) -> tuple[list[Matter], list[Problem]]:
    """Return how each case stands that passes the filter (its ``text`` is not looked at), by id.

    Beside it what cannot be read. Closed ones are only asked for after a look at every file.
    """
    thorough = wanted.closed is not False or wanted.stage == CLOSED
    question = _MATTERS + ("" if thorough else " WHERE open") + " ORDER BY id"
    rows, problems = _asked(folder, around.today, question, (), tell, thorough=thorough)
    scene = _scene(folder, around)
    found = []
    for case, kind, stage, subject, owner, backup, received, urgency, secrecy, paused, day, verified in rows:
        acting, group = scene.acting(owner, backup), scene.group(kind, owner)
        closed = wanted.closed is not None and not wanted.stage and (stage == CLOSED) != wanted.closed
        if closed or not _passes(wanted, kind, group, (owner, backup, acting)) or not _in_time(wanted, stage, received):
            continue
        late = scene.late(day) if day else None
        found.append(Matter(
            case, kind, stage, subject, owner, backup, received, urgency, secrecy, paused == 1, day or None, late,
            verified == 1, group, acting,
        ))  # fmt: skip
    return found, [*folder.problems, *problems]


def shares(folder: Folder, around: Around, whose: "Whose", tell: Tell = quiet) -> "tuple[list[Share], list[Problem]]":
    """Return what is to be done about each open case that concerns ``whose``, by id, and what cannot be read."""
    from srctl.morning import Share, Waiting, carriers, concerns

    condition, values = _of(whose, around)

    def answer(store: Store) -> tuple[list[list[Row]], list[Problem]]:
        told = f"SELECT path, id, kind, subject, owner, backup, urgency, asked FROM matter m WHERE open{condition}"
        theirs = f"path IN (SELECT path FROM matter m WHERE open{condition}) ORDER BY path, n"
        items = f"{_DUE.format(language=language())} WHERE {theirs}"
        more = f"SELECT * FROM waiting WHERE {theirs}"
        phoned = f"SELECT id, ref FROM due WHERE phone AND {theirs}"
        asked = (f"{told} ORDER BY id", items, more, phoned)
        return [store.rows(question, values) for question in asked], _untold(store, folder)

    (rows, items, waiting, phoned), problems = ask(folder, around.today, answer, tell=tell)
    scene = _scene(folder, around)
    found: dict[str, list[Obligation]] = {}
    for row in items:
        found.setdefault(row[11], []).append(_obligation(row, scene, scene.group(row[12], row[14])))
    papers: dict[str, list[Waiting]] = {}
    for path, _n, *paper in waiting:
        papers.setdefault(path, []).append(Waiting(*paper))
    by_phone: dict[str, set[str]] = {}
    for case, ref in phoned:
        by_phone.setdefault(case, set()).add(ref)
    made = []
    for path, case, kind, subject, owner, backup, urgency, asked in rows:
        group, acting = scene.group(kind, owner), scene.acting(owner, backup)
        people = carriers(owner, acting, group, around)
        share = Share(
            case, subject, owner, urgency, group, people, acting, frozenset(asked.split("|")) - {""},
            tuple(found.get(case, ())), tuple(papers.get(path, ())), frozenset(by_phone.get(case, ())),
        )  # fmt: skip
        if concerns(share, whose):
            made.append(share)
    return made, [*folder.problems, *problems]


def _of(whose: "Whose", around: Around) -> tuple[str, tuple[str, ...]]:
    """Return a condition that every case meets that can concern ``whose``: of one person only, or of anybody."""
    if len(whose.people) != 1 or whose.group:
        return "", ()
    (person,) = whose.people
    there = [c.id for c in around.office.coordinators if c.active and c.id not in around.away]
    others = ", ".join("?" * len(there))
    return f" AND (owner = ? OR owner NOT IN ({others}) OR instr(asked, ?))", (person, *there, f"|{person}|")


def open_cases(folder: Folder, today: date, tell: Tell = quiet) -> "tuple[list[Case], list[Problem]]":
    """Return the open cases by id, without what is personal in them, and what cannot be read."""
    from srctl.indexing import case_of

    def answer(store: Store) -> "tuple[list[Case], list[Problem]]":
        return [case_of(data) for (data,) in store.rows(_DATA)], _untold(store, folder)

    found, problems = ask(folder, today, answer, tell=tell)
    return found, [*folder.problems, *problems]


def _asked(
    folder: Folder, today: date, question: str, values: tuple[str, ...], tell: Tell, *, thorough: bool = False
) -> tuple[list[Row], list[Problem]]:
    """Return the rows that answer ``question``, and why each file or case that is not among them cannot be."""

    def answer(store: Store) -> tuple[list[Row], list[Problem]]:
        return store.rows(question, values), _untold(store, folder)

    return ask(folder, today, answer, thorough=thorough, tell=tell)


def _in_time(wanted: "Filter", stage: str, received: str) -> bool:
    return (
        wanted.stage in ("", stage)
        and (wanted.since is None or received >= wanted.since.isoformat())
        and (wanted.until is None or received <= wanted.until.isoformat())
    )


def _passes(wanted: "Filter", kind: str, group: str, people: tuple[str, ...]) -> bool:
    return wanted.kind in ("", kind) and wanted.group in ("", group) and (not wanted.owner or wanted.owner in people)


def _scene(folder: Folder, around: Around) -> _Scene:
    calendar, today = around.calendar, around.today

    @cache
    def late(day: str) -> int:
        return calendar.workdays_between(date.fromisoformat(day), today)

    @cache
    def complete(day: str) -> bool:
        return not calendar.incomplete_for(date.fromisoformat(day))

    @cache
    def group(kind: str, owner: str) -> str:
        found = folder.kinds.get(kind)
        if found and found.group != ANY_GROUP:
            return found.group
        person = around.office.coordinator(owner)
        return person.group if person else ""

    @cache
    def acting(owner: str, backup: str) -> str:
        return standing_in(owner, backup, around)

    return _Scene(cache(date.fromisoformat), late, complete, group, acting)


def _untold(store: Store, folder: Folder) -> list[Problem]:
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
    gone = [kind for (kind,) in store.rows("SELECT DISTINCT kind FROM matter WHERE open") if kind not in folder.kinds]
    return [
        Problem(Path(path), 0, "unknown-kind", _("there is no kind {kind}").format(kind=kind), "srctl kinds")
        for kind in gone
        for (path,) in store.rows("SELECT path FROM matter WHERE open AND kind = ? ORDER BY id", (kind,))
    ]
