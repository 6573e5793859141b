"""Lists answered from the index: what is due, and how cases stand. Floor 3, reads only.

The rows are those of :mod:`srctl.views`, worked out for today from what the index keeps; a case that cannot be read
is told with its problem, as everywhere.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from srctl.due import Obligation, worst_first
from srctl.errors import Problem
from srctl.folder import Folder
from srctl.i18n import _, language
from srctl.index import Tell, ask, case_of, quiet
from srctl.indexfile import Row, Store
from srctl.kinds import ANY_GROUP, CLOSED
from srctl.model import Case
from srctl.query import Filter
from srctl.views import Around, Matter, View, due_row, matter_row, people_of, standing_in

# What falls due first, of one day what stands first: its day, place and whether it is verified, in one text.
_OPEN = """SELECT id, kind, stage, subject, owner, backup, received, urgency, secrecy, paused, first FROM matter m
    LEFT JOIN (SELECT path AS of, min(due || printf('%05d', n) || verified) AS first FROM due GROUP BY path)
    ON of = path"""
_DUE = """SELECT d.due, d.what, d.ref, d.{language}, d.original, d.person, d.whom, d.rule, d.basis, d.verified, d.held,
    m.id, m.kind, m.subject, m.owner, m.backup, m.urgency FROM due d JOIN matter m ON m.path = d.path"""

_BROKEN = """SELECT path, (SELECT count(*) FROM file o WHERE o.name = f.name) FROM file f WHERE state = 'broken'
    ORDER BY name, path"""


class Found(NamedTuple):
    """Rows as views have them, and every file that cannot be read."""

    rows: list[View]
    problems: list[Problem]


class _Scene(NamedTuple):
    """What the rows of one answer share; each is asked for often and worked out once."""

    late: Callable[[str], int]
    complete: Callable[[str], bool]
    group: Callable[[str, str], str]
    acting: Callable[[str, str], str]


def due(folder: Folder, around: Around, wanted: Filter, last: date | None, tell: Tell = quiet) -> Found:
    """Return what falls due up to ``last`` (None: however far ahead) and passes the filter, worst first."""
    question = _DUE.format(language=language()) + (" WHERE d.due <= ?" if last else "")
    values = (last.isoformat(),) if last else ()
    rows, problems = _asked(folder, around.today, question, values, tell)
    scene = _scene(folder, around)
    found, standing = [], {}
    for row in rows:
        case, kind, owner, backup = row[11], row[12], row[14], row[15]
        acting, group = scene.acting(owner, backup), scene.group(kind, owner)
        if _passes(wanted, kind, group, (owner, backup, acting)):
            standing[case] = acting
            found.append(_obligation(row, scene, group))
    known: dict[tuple[str, ...], View] = {}
    rows_shown = []
    for item in worst_first(found):
        acting = standing[item.case]
        who = (item.owner, acting, item.with_, item.whom)
        if who not in known:
            known[who] = people_of(item, around, acting)
        rows_shown.append(due_row(item, around, acting, known[who]))
    return Found(rows_shown, [*folder.problems, *problems])


def _obligation(row: Row, scene: _Scene, group: str) -> Obligation:
    day, what, ref, text, original, person, whom, rule, basis, verified, held, case, _kind, subject, owner = row[:15]
    return Obligation(
        case, what, text, date.fromisoformat(day), scene.late(day), owner, person, ref, subject, group, row[16], basis,
        bool(verified), scene.complete(day), rule, date.fromisoformat(original) if original else None,
        scene.late(original or day), whom, bool(held),
    )  # fmt: skip


def cases(folder: Folder, around: Around, wanted: Filter, tell: Tell = quiet) -> Found:
    """Return a row for each case that passes the filter (its ``text`` is not looked at), by id.

    Closed ones are only asked for after a look at every file.
    """
    thorough = wanted.closed is not False or wanted.stage == CLOSED
    question = _OPEN + ("" if thorough else " WHERE m.open") + " ORDER BY m.id"
    found, problems = _asked(folder, around.today, question, (), tell, thorough=thorough)
    scene = _scene(folder, around)
    rows = []
    for row in found:
        case, kind, stage, subject, owner, backup, received, urgency, secrecy, paused, first = row
        acting, group = scene.acting(owner, backup), scene.group(kind, owner)
        closed = wanted.closed is not None and not wanted.stage and (stage == CLOSED) != wanted.closed
        if closed or not _passes(wanted, kind, group, (owner, backup, acting)) or not _in_time(wanted, stage, received):
            continue
        verified, day = not first or first[-1] == "1", first and first[:10]
        late = scene.late(day) if day else None
        matter = Matter(
            case, kind, stage, subject, owner, backup, received, urgency, secrecy, bool(paused), day, late, verified
        )  # fmt: skip
        rows.append(matter_row(matter, folder.kinds.get(kind), group, acting))
    return Found(rows, [*folder.problems, *problems])


def open_cases(folder: Folder, today: date, tell: Tell = quiet) -> tuple[list[Case], list[Problem]]:
    """Return the open cases by id, without what is personal in them, and what cannot be read."""
    return _open(folder, today, "", (), tell)


def open_cases_of(
    folder: Folder, around: Around, person: str, tell: Tell = quiet
) -> tuple[list[Case], list[Problem]]:  # fmt: skip
    """Return at least the open cases that ``person`` carries, or was asked to decide or sign something in."""
    there = [c.id for c in around.office.coordinators if c.active and c.id not in around.away]
    others = ", ".join("?" * len(there))
    condition = f" AND (owner = ? OR owner NOT IN ({others}) OR instr(asked, ?))"
    return _open(folder, around.today, condition, (person, *there, f"|{person}|"), tell)


def _open(
    folder: Folder, today: date, condition: str, values: tuple[str, ...], tell: Tell
) -> tuple[list[Case], list[Problem]]:  # fmt: skip
    question = f"SELECT data FROM matter WHERE open{condition} ORDER BY id"

    def answer(store: Store) -> tuple[list[Case], list[Problem]]:
        return [case_of(data) for (data,) in store.rows(question, values)], _untold(store, folder)

    found, problems = ask(folder, today, answer, tell=tell)
    return found, [*folder.problems, *problems]


def _asked(
    folder: Folder, today: date, question: str, values: tuple[str, ...], tell: Tell, *, thorough: bool = False
) -> tuple[list[Row], list[Problem]]:
    """Return the rows that answer ``question``, and why each file or case that is not among them cannot be."""

    def answer(store: Store) -> tuple[list[Row], list[Problem]]:
        return store.rows(question, values), _untold(store, folder)

    return ask(folder, today, answer, thorough=thorough, tell=tell)


def _in_time(wanted: Filter, stage: str, received: str) -> bool:
    return (
        wanted.stage in ("", stage)
        and (wanted.since is None or received >= wanted.since.isoformat())
        and (wanted.until is None or received <= wanted.until.isoformat())
    )


def _passes(wanted: Filter, kind: str, group: str, people: tuple[str, ...]) -> bool:
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

    return _Scene(late, complete, group, acting)


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
