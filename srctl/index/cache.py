"""The index cache: created, brought up to date with the files, and queried by commands.

It is derived and may be deleted at any moment; the files are the truth. Before each query it is compared with the
files: definitions by content, every month folder and every open case by its stamp (time of the last change, size,
inode). What changed is marked new, then read; no query is answered while a file is new. So an interrupted command
leaves behind what it has read, and the next one goes on. Only a full scan (``list --all``, ``check``) sees a closed
case that was changed in place, which does not touch its folder. Faults in a file presumed closed are found when it is
read, which is when closed cases are asked for. Every other change is seen at once.
"""

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from srctl import LOCAL
from srctl.index.changes import Changes, scan, stamp_of, trusted_stamp, yaml_in
from srctl.index.database import Broken, Busy, Store, in_memory, open_index, throw_away
from srctl.office.folder import ABSENCES_FILE, OFFICE_FILE, STANDING_FILE, Folder

if TYPE_CHECKING:
    from srctl.index.extraction import IndexRecord, Unread
    from srctl.index.tables import TraceRecord

NAME = "index.db"
_COMPARED = 200  # changed files each compared with HEAD; of more git's own index tells which differ
BATCH = 2000  # files whose records are written in one transaction
_PLACES = ("templates/kinds", "templates/calendar", "contacts")
# The definitions that deadlines depend on.
_COUNTED_BY = (OFFICE_FILE, STANDING_FILE, "templates/kinds", "templates/calendar")
_LISTED = (0, b"")
_CASE_TABLES = ("matter", "content", "due", "waiting", "attention", "event", "trace")  # tables with rows of a case file
# Rows are updated in place: replacing them would write the index of their names anew as well.
_UPSERT = " ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp, state = excluded.state"
_NEW = "SELECT path, stamp, (SELECT count(*) FROM file o WHERE o.name = f.name) FROM file f WHERE state = 'new'"
T = TypeVar("T")
Progress = Callable[[int, int], None]  # called with the number of files read and of all


def no_progress(_done: int, _all: int) -> None:
    """Show no progress."""


class IndexedDefinitions:
    """The definitions kept in the index; ``fingerprint`` is that of the ones deadlines depend on."""

    def __init__(self, store: Store, root: Path) -> None:
        self.store = store
        self.fingerprint = store.about("definitions")
        self._start = len(f"{root}/")

    def close(self) -> None:
        """Close the index."""
        self.store.close()

    def data(self, path: Path) -> Mapping[str, Any] | None:
        """The plain data of the file, None when the index lacks it and the file must be read."""
        name, fits = path.as_posix()[self._start :], False
        try:
            found = self.store.rows("SELECT stamp, data FROM text WHERE path = ?", (name,))
            fits = bool(found and found[0][0]) and found[0][0] == stamp_of(os.lstat(path))
            data = json.loads(found[0][1]) if fits else None
        except (Broken, OSError, ValueError):
            data = None
        if fits and not isinstance(data, dict):
            with suppress(Broken):  # damaged: the next command is to read the file as well
                self.store.run("DELETE FROM text WHERE path = ?", (name,))
        return data if isinstance(data, dict) else None


def attach_cache(folder: Folder) -> IndexedDefinitions | None:
    """Let the folder read its definitions from the index, brought up to date; None where there can be no index."""
    home = folder.root / ".git"
    path = folder.root / LOCAL / NAME
    if not home.is_dir() or path.is_symlink() or path.parent.is_symlink():
        return None
    writable = os.access(path.parent if path.parent.is_dir() else home, os.W_OK)
    for _attempt in range(2):
        try:
            folder.memory = _read_definitions(open_index(path, writable=writable), folder)
        except Busy:
            return None
        except Broken:
            if writable:
                throw_away(path)
        else:
            return folder.memory
    return None


def _read_definitions(store: Store, folder: Folder) -> IndexedDefinitions:
    """The definitions of the index, brought up to date with the files; on failure (Broken) the index is closed."""
    try:
        _update_definitions(store, folder)
    except BaseException:
        store.close()
        raise
    return IndexedDefinitions(store, folder.root)


def _update_definitions(store: Store, folder: Folder) -> None:
    """Update the definitions from the files; where deadlines depend on a change, mark the open cases new."""
    texts = _changed_texts(store, folder)
    if texts:
        from binascii import crc32

        from srctl.index.tables import AboutRecord, TextRecord

        with store.transaction():
            store.run_each("DELETE FROM text WHERE path = ?", [(path,) for path, _stamp, _data in texts])
            store.put("text", [TextRecord(path, stamp, data) for path, stamp, data in texts if data is not None])
            kept = store.rows("SELECT path, data FROM text ORDER BY path")
            fingerprint = str(crc32(repr([row for row in kept if row[0].startswith(_COUNTED_BY)]).encode()))
            if fingerprint != store.about("definitions"):
                store.put("about", [AboutRecord("definitions", fingerprint)])
                store.run("UPDATE file SET state = 'new' WHERE state = 'open'")


def ask(
    folder: Folder, today: date, answer: Callable[[Store], T], *, closed: bool = False, progress: Progress = no_progress
) -> T:  # fmt: skip
    """The result of ``answer`` on an up-to-date index; a damaged index is made anew and asked again."""
    try:
        return _answered(current(folder, today, full=closed, closed=closed, progress=progress), answer)
    except Broken as fault:
        folder.close()
        if not isinstance(fault, Busy):
            throw_away(folder.root / LOCAL / NAME)
        return _answered(current(folder, today, full=closed, closed=closed, progress=progress), answer)


def _answered(store: Store, answer: Callable[[Store], T]) -> T:
    """The answer; Broken for a row that cannot be decoded, as a damaged page of SQLite may still be readable."""
    try:
        return answer(store)
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise Broken(str(error)) from error
    finally:
        store.end_snapshot()


def current(
    folder: Folder, today: date, *, full: bool = False, closed: bool = False, progress: Progress = no_progress
) -> Store:  # fmt: skip
    """The index brought up to date with the files, made or repaired where needed, with a read snapshot begun.

    ``full`` scans every file, not the open cases alone; ``closed`` reads the files presumed closed as well.
    """
    store = None
    memory = folder.memory if isinstance(folder.memory, IndexedDefinitions) else attach_cache(folder)
    if memory:
        try:
            return _up_to_date(memory, folder, today, full, closed, progress)
        except Broken as fault:  # another process is writing, or the index has been damaged
            folder.close()
            path = folder.root / LOCAL / NAME
            if isinstance(fault, Busy):
                store = _in_memory_copy(path)
            else:
                throw_away(path)
    folder.memory = _read_definitions(store or in_memory(), folder)
    return _up_to_date(folder.memory, folder, today, full, closed, progress)


def _in_memory_copy(path: Path) -> Store | None:
    """A copy in memory of an index another process is writing, None when it cannot be copied."""
    try:
        return open_index(path, writable=False)
    except Broken:
        return None


def _up_to_date(
    memory: IndexedDefinitions, folder: Folder, today: date, full: bool, closed: bool, progress: Progress
) -> Store:
    """Bring the cases in the index up to date with the files."""
    store, inputs = memory.store, (today.isoformat(), memory.fingerprint)
    store.begin_snapshot()
    found = scan(store, folder.root, full=full)
    behind = _judge_behind(store, folder, found)
    if any(found) or store.about("today") != inputs[0] or behind != store.about("behind"):
        _apply(store, found, {} if closed else _presumed_closed(folder, found), behind, *inputs)
        store.begin_snapshot()
    while _is_unread(store, closed):
        _read(store, folder, today, inputs, closed, progress)
        store.begin_snapshot()
    _require_same(store, *inputs)
    return store


def _judge_behind(store: Store, folder: Folder, found: Changes) -> str:
    """The files known to lack what HEAD holds, a line each; their problems are added to the folder's.

    Git is asked only for files changed since the index was updated, and those known before.
    """
    known, is_new = store.about("behind"), not store.about("head")
    if not (known or found.changed or found.gone or (is_new and found.months)):
        return ""
    from srctl.store import work_tree

    paths = {*found.changed, *found.gone}
    if len(paths) > _COMPARED or is_new:
        paths = {*work_tree.suspects(folder.root)}
    problems = work_tree.behind(folder.root, {*paths, *known.split("\n")})
    folder.problems += [problem for problem in problems if problem not in folder.problems]
    return "\n".join(problem.path.as_posix() for problem in problems)


def _presumed_closed(folder: Folder, found: Changes) -> "dict[str, list[TraceRecord]]":
    """Which of the changed files are presumed closed, with their traces, where they are few.

    Of many this is decided while reading.
    """
    if not 0 < len(found.changed) <= BATCH:
        return {}
    from srctl.index.extraction import presumed_closed
    from srctl.index.traces import text_traces

    texts = ((path, presumed_closed(folder.root, path)) for path in found.changed)
    return {path: text_traces(folder.root, path, raw) for path, raw in texts if raw is not None}


def _apply(
    store: Store, found: Changes, closed: "Mapping[str, Sequence[TraceRecord]]", behind: str, today: str,
    fingerprint: str,
) -> None:  # fmt: skip
    """Apply the changes to the index: mark changed files as new, and paused cases as well on a new day.

    Of the changed files those in ``closed`` are presumed closed and not marked new: they need no reading.
    """
    from srctl.index.tables import AboutRecord, FileRecord, ListingRecord, MonthRecord, insert

    with store.transaction():
        if store.about("today") != today:
            paused = "SELECT path FROM matter WHERE open AND paused"
            store.run(f"UPDATE file SET state = 'new' WHERE state = 'open' AND path IN ({paused})")
            store.put("about", [AboutRecord("today", today)])
        _require_same(store, today, fingerprint)
        store.run_among("DELETE FROM file WHERE path IN", found.gone)
        gone = [path for (path,) in store.rows_among("SELECT path FROM matter WHERE path IN", [*found.gone, *closed])]
        for table in _CASE_TABLES:
            store.run_among(f"DELETE FROM {table} WHERE path IN", gone)
        store.run_among("DELETE FROM trace WHERE path IN", [*found.gone, *closed])
        store.put("trace", [row for rows in closed.values() for row in rows])
        unchanged = _unchanged(store, found, closed)
        store.run_each(insert("file", FileRecord) + _UPSERT, [
            FileRecord(path, _name(path), stamp, "new" if path not in closed else "presumed" if stamp else "racy")
            for path, stamp in found.changed.items() if path not in unchanged
        ])  # fmt: skip
        # Two files of one name are judged together: one added or deleted makes the other new.
        other = "EXISTS (SELECT 1 FROM file o WHERE o.name = file.name AND o.path <> file.path)"
        again = "UPDATE file SET state = 'new' WHERE state <> 'new'"
        store.run_among(f"{again} AND name IN", [*map(_name, found.gone)])
        store.run_among(f"{again} AND {other} AND name IN", [*map(_name, found.changed)])
        store.put("month", [MonthRecord(month, stamp) for month, (stamp, _names) in found.months.items()])
        listings = [ListingRecord(month, names) for month, (_, names) in found.months.items() if names is not None]
        store.put("listing", listings)
        store.put("about", [AboutRecord("behind", behind)])
        if found.head:
            store.put("about", [AboutRecord("head", found.head)])


def _unchanged(store: Store, found: Changes, closed: Iterable[str]) -> set[str]:
    """Which files were presumed closed before as well, in months still to be scanned in full: updated then."""
    quick = [path for path in closed if found.months.get(path.rpartition("/")[0], _LISTED)[1] is None]
    return {path for (path,) in store.rows_among("SELECT path FROM file WHERE state = 'presumed' AND path IN", quick)}


def _name(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _require_same(store: Store, today: str, fingerprint: str) -> None:
    """Raise Busy when another process has updated the index for another day or other definitions."""
    if (store.about("today"), store.about("definitions")) != (today, fingerprint):
        raise Busy("counted otherwise by another process")


# -- reading -------------------------------------------------------------------------------------------


def _is_unread(store: Store, closed: bool) -> bool:
    """Whether a file is still to be read; with ``closed`` those presumed closed are."""
    if closed and store.rows("SELECT 1 FROM file WHERE state = 'presumed' LIMIT 1"):
        with store.transaction():
            return store.run("UPDATE file SET state = 'new' WHERE state = 'presumed'") > 0
    return bool(store.rows(f"{_NEW} LIMIT 1"))


def _read(store: Store, folder: Folder, today: date, inputs: tuple[str, str], closed: bool, progress: Progress) -> None:
    """Read the files that are new and store their records, a batch at a time."""
    from srctl.index.extraction import Unread, extract

    files = [Unread(*row) for row in store.rows(f"{_NEW} ORDER BY path")]
    store.end_snapshot()
    batch = []
    for done, found in enumerate(extract(folder, today, files, closed=closed), 1):
        batch.append(found)
        if len(batch) == BATCH or done == len(files):
            _save(store, batch, inputs)
            batch.clear()
        progress(done, len(files))


def _save(store: Store, found: "Sequence[tuple[Unread, IndexRecord]]", inputs: tuple[str, str]) -> None:
    """Store the records of files that are still new with the same stamp; another process may have been quicker."""
    span = (min(file.path for file, _record in found), max(file.path for file, _record in found))
    with store.transaction():
        _require_same(store, *inputs)
        new = set(store.rows("SELECT path, stamp FROM file WHERE state = 'new' AND path BETWEEN ? AND ?", span))
        kept = [(file, record) for file, record in found if (file.path, file.stamp) in new]
        if store.rows("SELECT 1 FROM matter WHERE path BETWEEN ? AND ? LIMIT 1", span):
            # No query uses rows of a new file, so those of files not kept may be deleted as well.
            old = "SELECT path FROM file WHERE state = 'new' AND path BETWEEN ? AND ?"
            for table in _CASE_TABLES:
                store.run(f"DELETE FROM {table} WHERE path IN ({old})", span)
        states = [(_state(file, record), file.path) for file, record in kept]
        store.run_each("UPDATE file SET state = ? WHERE path = ?", states)
        store.put("rule", [*{row for _file, record in kept for row in record.rows.get("rule", ())}])
        for table in _CASE_TABLES:
            store.put(table, [row for _file, record in kept for row in record.rows.get(table, ())])


def _state(file: "Unread", record: "IndexRecord") -> str:
    # A closed case changed so lately that its stamp is not trusted is checked like an open one.
    return "racy" if record.state in ("closed", "presumed") and not file.stamp else record.state


# -- definitions ---------------------------------------------------------------------------------------


def _changed_texts(store: Store, folder: Folder) -> list[tuple[str, int, str | None]]:
    """Path, stamp and data of the definitions that differ from the index (data None: gone or broken)."""
    known: dict[str, int] = dict(store.rows("SELECT path, stamp FROM text"))
    now, home, changed = time.time_ns(), f"{folder.root}/", []
    places = [path for place in _PLACES for path in yaml_in(home, place)]
    for path in (OFFICE_FILE, STANDING_FILE, ABSENCES_FILE, *places):
        try:
            status = os.lstat(home + path)
        except FileNotFoundError:
            continue
        had = known.pop(path, None)
        if had == stamp_of(status):
            continue
        text, stamp = _text_of(Path(home + path)), trusted_stamp(status, now)
        if had is None or text is None or store.rows("SELECT data FROM text WHERE path = ?", (path,)) != [(text,)]:
            changed.append((path, stamp, text))
        elif stamp:
            store.run("UPDATE text SET stamp = ? WHERE path = ?", (stamp, path))
    return [*changed, *((path, 0, None) for path in known)]


def _text_of(path: Path) -> str | None:
    from srctl.store.yaml.reader import read_file

    data = read_file(path).data
    return None if data is None else json.dumps(data, ensure_ascii=False)
