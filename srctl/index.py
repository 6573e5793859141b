"""The index: what is due and how cases stand, kept so that asking reads no case file. Floor 3.

It is derived and may be thrown away at any moment; the files are the truth. Each time it is asked it first looks
whether it still fits: the definitions by content, every month folder and every open case by its stamp (time of the
last change, size, inode). What changed is read again, and nothing else. A closed case changed in place, without its
folder noticing, is seen by a thorough look (``list --all``, ``check``); everything else shows at once.
"""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from srctl import i18n, lock
from srctl.due import obligations
from srctl.folder import ABSENCES_FILE, OFFICE_FILE, STANDING_FILE, Folder
from srctl.indexfile import Broken, Busy, Row, Store, in_memory, opened, throw_away
from srctl.model import Case
from srctl.pauses import open_pause
from srctl.workflow import is_closed, stage_of

NAME = "index.db"
MANY = 1500  # files from which on both cores read
_RACY = 50_000_000  # nanoseconds: a stamp as young as this could stand for two contents
_PLACES = ("templates/kinds", "templates/calendar", "contacts")
_COUNTED_BY = (OFFICE_FILE, STANDING_FILE, "templates/kinds", "templates/calendar")  # what deadlines depend on
T = TypeVar("T")
Tell = Callable[[int, int], None]


def quiet(_done: int, _all: int) -> None:
    """Hear how far reading has come, and say nothing."""


class Facts(NamedTuple):
    """What the index keeps of one case file: its row, and a row for each thing that falls due."""

    state: str
    matter: Row | None = None
    due: tuple[Row, ...] = ()


class Memory:
    """Definitions out of the index, for a folder that was just looked at."""

    def __init__(self, store: Store, root: Path) -> None:
        self.store, self._root = store, root

    def data(self, path: Path) -> Mapping[str, Any] | None:
        """Return the plain data of the file, None when it must be read itself."""
        name = path.relative_to(self._root).as_posix()
        try:
            found = self.store.rows("SELECT stamp, data FROM text WHERE path = ?", (name,))
            fits = found and found[0][0] and found[0][0] == _stamp(path.lstat(), time.time_ns())
        except (Broken, OSError):
            return None
        return json.loads(found[0][1]) if fits else None


def remember(folder: Folder) -> Memory | None:
    """Let the folder read its definitions from the index, made fit for them; None where there can be no index."""
    home = folder.root / ".git"
    path = lock.folder(folder.root) / NAME
    if not home.is_dir():
        return None
    writable = os.access(path.parent if path.parent.is_dir() else home, os.W_OK)
    for _attempt in range(2):
        try:
            folder.memory = _remembering(opened(path, writable=writable), folder)
        except Busy:
            return None
        except Broken:
            if writable:
                throw_away(path)
        else:
            return folder.memory
    return None


def _remembering(store: Store, folder: Folder) -> Memory:
    """Bring the definitions in the index up to the files; note when days have to be counted again for it."""
    texts = _changed_texts(store, folder)
    if texts:
        with store.change():
            _put_texts(store, texts)
            if any(path.startswith(_COUNTED_BY) for path, _stamp, _data in texts):
                store.put("about", [("recount", "yes")])
    return Memory(store, folder.root)


def ask(
    folder: Folder, today: date, answer: Callable[[Store], T], *, thorough: bool = False, tell: Tell = quiet
) -> T:  # fmt: skip
    """Return the answer the index gives; one that turns out to be damaged is made anew, and asked again."""
    try:
        return answer(current(folder, today, thorough=thorough, tell=tell))
    except Broken as fault:
        folder.memory = None
        if not isinstance(fault, Busy):
            throw_away(lock.folder(folder.root) / NAME)
        return answer(current(folder, today, thorough=thorough, tell=tell))


def current(folder: Folder, today: date, *, thorough: bool = False, tell: Tell = quiet) -> Store:
    """Return the index of the office as its files are now; made or mended without asking where that is needed.

    ``thorough`` looks at every file, not at the open ones alone.
    """
    memory = folder.memory if isinstance(folder.memory, Memory) else remember(folder)
    if memory:
        try:
            return _fitted(memory.store, folder, today, thorough, tell)
        except Broken as fault:  # another process is at it, or it was damaged meanwhile
            memory.store.close()
            if not isinstance(fault, Busy):
                throw_away(lock.folder(folder.root) / NAME)
    store = in_memory()
    folder.memory = _remembering(store, folder)
    return _fitted(store, folder, today, thorough, tell)


def _fitted(store: Store, folder: Folder, today: date, thorough: bool, tell: Tell) -> Store:
    """Bring the cases in the index up to the files."""
    old = store.about("today")
    seen = _changed_files(store, folder, thorough=thorough)
    again = _to_count_again(store, today, everything=bool(old and store.about("recount")))
    if not (any(seen) or again or old != today.isoformat() or store.about("recount")):
        return store
    with store.change():
        for path, data in again:
            _put_due(store, path, _due_rows(folder, path, case_of(data), today))
        _put_files(store, folder, seen, today, tell)
        store.put("month", seen.months)
        store.put("about", [("today", today.isoformat()), ("recount", "")])
    return store


def _to_count_again(store: Store, today: date, *, everything: bool) -> list[Row]:
    """Return path and data of the cases whose days have to be counted again: all of them, or those that stand still."""
    if everything:
        return store.rows("SELECT path, data FROM matter WHERE open")
    if store.about("today") == today.isoformat():
        return []
    return store.rows("SELECT path, data FROM matter WHERE open AND paused")


# -- stamps --------------------------------------------------------------------------------------------


def _stamp(status: os.stat_result, now: int) -> str:
    """Return what a file is known by while it does not change; one just written is not known yet."""
    if status.st_mtime_ns > now - _RACY:
        return ""
    return f"{status.st_mtime_ns}:{status.st_size}:{status.st_ino}"


def _changed_texts(store: Store, folder: Folder) -> list[Row]:
    """Return path, stamp and data of the definitions that are not as the index has them (data None: gone or broken)."""
    known = {row[0]: row for row in store.rows("SELECT path, stamp, data FROM text")}
    now, changed = time.time_ns(), []
    paths = [folder.root / name for name in (OFFICE_FILE, STANDING_FILE, ABSENCES_FILE)]
    for place in _PLACES:
        paths += sorted((folder.root / place).glob("*.yaml"))
    for path in paths:
        name = path.relative_to(folder.root).as_posix()
        try:
            stamp = _stamp(path.lstat(), now)
        except FileNotFoundError:
            continue
        had = known.pop(name, None)
        if had and stamp and had[1] == stamp:
            continue
        text = _text_of(path)
        if had is None or had[2] != text or text is None:
            changed.append((name, stamp, text))
        elif stamp:
            store.run("UPDATE text SET stamp = ? WHERE path = ?", (stamp, name))
    return [*changed, *((name, "", None) for name in known)]


def _text_of(path: Path) -> str | None:
    from srctl.yamlfile import read_file

    data = read_file(path).data
    return None if data is None else json.dumps(data, ensure_ascii=False)


def _put_texts(store: Store, texts: Iterable[Row]) -> None:
    for name, stamp, text in texts:
        if text is None:
            store.run("DELETE FROM text WHERE path = ?", (name,))
        else:
            store.put("text", [(name, stamp, text)])


class _Seen(NamedTuple):
    """What is not as the index has it: months with their stamp, files (path, month, stamp), and files that are gone."""

    months: list[Row]
    changed: list[tuple[str, str, str]]
    gone: list[str]


def _changed_files(store: Store, folder: Folder, *, thorough: bool) -> _Seen:
    """Return the months that changed, and the files that changed, came or went."""
    known: dict[str, int] = dict(store.rows("SELECT path, stamp FROM month"))
    now = time.time_ns()
    seen, quiet = _Seen([], [], []), set()
    for month in folder.months():
        name = month.relative_to(folder.root).as_posix()
        touched = month.stat().st_mtime_ns
        had = known.pop(name, None)
        if had == touched and not thorough:
            quiet.add(name)
            continue
        _scan(store, folder, name, now, seen)
        stamp = 0 if touched > now - _RACY else touched
        if stamp != had:
            seen.months.append((name, stamp))
    for name, had in known.items():
        seen.gone.extend(row[0] for row in store.rows("SELECT path FROM file WHERE month = ?", (name,)))
        if had:  # a folder of that name that comes again is a new one
            seen.months.append((name, 0))
    _look_at_open(store, folder, quiet, now, seen)
    return seen


def _scan(store: Store, folder: Folder, month: str, now: int, seen: _Seen) -> None:
    """Add what changed in one month to ``seen``."""
    known: dict[str, str] = dict(store.rows("SELECT path, stamp FROM file WHERE month = ?", (month,)))
    with os.scandir(folder.root / month) as entries:
        for entry in entries:
            if entry.name.endswith((".yaml", ".yml")):
                path = f"{month}/{entry.name}"
                stamp = _stamp(entry.stat(follow_symlinks=False), now)
                if known.pop(path, None) != stamp or not stamp:
                    seen.changed.append((path, month, stamp))
    seen.gone.extend(known)


def _look_at_open(store: Store, folder: Folder, quiet: set[str], now: int, seen: _Seen) -> None:
    """Add the open cases that were changed in place to ``seen``: their folder does not tell."""
    root = f"{folder.root}/"
    for path, month, stamp in store.rows("SELECT path, month, stamp FROM file WHERE state <> 'closed'"):
        if month in quiet:
            try:
                found = _stamp(os.lstat(root + path), now)
            except OSError:
                found = ""
            if found != stamp or not stamp:
                seen.changed.append((path, month, found))


# -- reading -------------------------------------------------------------------------------------------


def _put_files(store: Store, folder: Folder, seen: _Seen, today: date, tell: Tell) -> None:
    """Read what changed and keep what it says; of files that bear the same name none is taken for the case."""
    names = {Path(path).stem for path, _month, _stamp in seen.changed} | {Path(path).stem for path in seen.gone}
    for path in seen.gone:
        for table in ("file", "matter", "due"):
            store.run(f"DELETE FROM {table} WHERE path = ?", (path,))
    fresh = {path: (month, stamp) for path, month, stamp in seen.changed}
    for path, (month, stamp) in fresh.items():
        store.put("file", [(path, month, Path(path).stem, stamp, "new")])
    doubled: set[str] = set()
    for name in names:
        same = store.rows("SELECT path, month, stamp FROM file WHERE name = ?", (name,))
        if len(same) > 1 or any(row[0] not in fresh for row in same):
            fresh.update({row[0]: (row[1], row[2]) for row in same})
            doubled.update(row[0] for row in same if len(same) > 1)
    for done, (path, facts) in enumerate(_read(folder, [*fresh], doubled, today), 1):
        month, stamp = fresh[path]
        store.put("file", [(path, month, Path(path).stem, stamp, facts.state)])
        store.run("DELETE FROM matter WHERE path = ?", (path,))
        if facts.matter:
            store.put("matter", [facts.matter])
        _put_due(store, path, facts.due)
        tell(done, len(fresh))


def _put_due(store: Store, path: str, rows: Iterable[Row]) -> None:
    store.run("DELETE FROM due WHERE path = ?", (path,))
    store.put("due", rows)


def _read(folder: Folder, paths: list[str], doubled: set[str], today: date) -> Iterator[tuple[str, Facts]]:
    """Yield the facts of each file; many are shared out to every core."""
    if len(paths) < MANY:
        for path in paths:
            yield path, _facts(folder, path, today, doubled=path in doubled)
        return
    from concurrent.futures import ProcessPoolExecutor

    size = 250
    parts = [paths[n : n + size] for n in range(0, len(paths), size)]
    jobs = [(str(folder.root), part, {p for p in part if p in doubled}, today, i18n.language()) for part in parts]
    with ProcessPoolExecutor() as pool:
        for part, found in zip(parts, pool.map(_read_part, jobs), strict=True):
            yield from zip(part, found, strict=True)


_folders: dict[str, Folder] = {}


def _read_part(job: tuple[str, list[str], set[str], date, str]) -> list[Facts]:
    """Return the facts of some files, in a process of its own."""
    root, paths, doubled, today, language = job
    i18n.use(language)
    folder = _folders.setdefault(root, Folder(Path(root)))
    return [_facts(folder, path, today, doubled=path in doubled) for path in paths]


def _facts(folder: Folder, path: str, today: date, *, doubled: bool) -> Facts:
    file = folder.judged(folder.root / path, doubled=doubled)
    case = file.case
    if case is None:
        return Facts("broken")
    if is_closed(case):
        return Facts("closed", _matter(path, case, ""))
    data = json.dumps(_impersonal(folder, case.kind, file.source.data or {}), ensure_ascii=False)
    return Facts("open", _matter(path, case, data), tuple(_due_rows(folder, path, case, today)))


def _impersonal(folder: Folder, kind_id: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a case without who complains and what its kind keeps private: the index holds neither."""
    kind = folder.kinds.get(kind_id)
    private = {field.name for field in kind.fields if field.private} if kind else set(data.get("fields") or ())
    kept = {key: value for key, value in data.items() if key != "complainant"}
    if isinstance(kept.get("fields"), dict):
        kept["fields"] = {name: value for name, value in kept["fields"].items() if name not in private}
    return kept


def _matter(path: str, case: Case, data: str) -> Row:
    return (
        path, case.id, case.kind, stage_of(case), case.subject, case.owner, case.backup, case.received.on.isoformat(),
        case.urgency, case.secrecy, int(open_pause(case) is not None), int(bool(data)), _asked(case), data,
    )  # fmt: skip


def _asked(case: Case) -> str:
    """Return who was ever asked to decide or to sign: ``|head|kanda|``."""
    people = dict.fromkeys(name for entry in case.log for name in (entry.whom, entry.signer) if name)
    return "|".join(("", *people, "")) if people else ""


def _due_rows(folder: Folder, path: str, case: Case, today: date) -> list[Row]:
    """Return a row for each thing that falls due; what it is called in both languages."""
    kind = folder.kinds.get(case.kind)
    if kind is None or not folder.has_office:
        return []
    day_1 = folder.office.nonworking_receipt == "next_day_is_1"
    spoken = i18n.language()
    told = {}
    for language in i18n.LANGUAGES:
        i18n.use(language)
        told[language] = obligations(case, kind, folder.calendar, today, "", day_1)
    i18n.use(spoken)
    return [
        (path, n, o.due.isoformat(), o.what, o.ref, o.text, en.text, o.original.isoformat() if o.original else "",
         o.with_, o.whom, o.rule, o.basis, int(o.verified), int(o.held))
        for n, (o, en) in enumerate(zip(told["th"], told["en"], strict=True))
    ]  # fmt: skip


def case_of(data: str) -> Case:
    """Return the case the index keeps the data of, without what is personal; Broken when they make none."""
    from srctl.shape import build

    case, faults = build(Case, json.loads(data))
    if case is None:
        raise Broken(faults[0].message)
    return case
