"""The index: what is due and how cases stand, kept so that asking reads no case file. Floor 3.

It is derived and may be thrown away at any moment; the files are the truth. Each time it is asked it first looks
whether it still fits: the definitions by content, every month folder and every open case by its stamp (time of the
last change, size, inode). What changed is noted as new, and read; nothing is answered while a file is new. So whoever
is stopped on the way leaves what was read behind, and the next command goes on. A closed case changed in place,
without its folder noticing, is seen by a thorough look (``list --all``, ``check``); so is what is wrong in a file that
ends closed, which is read when closed cases are asked for and no sooner. Everything else shows at once.
"""

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from srctl import LOCAL
from srctl.index.changes import Changes, is_trusted, scan, stamp_of, yaml_in
from srctl.index.database import Broken, Busy, Store, in_memory, open_index, throw_away
from srctl.office.folder import ABSENCES_FILE, OFFICE_FILE, STANDING_FILE, Folder

if TYPE_CHECKING:
    from srctl.index.extraction import IndexRecord, Unread

NAME = "index.db"
BATCH = 2000  # files read that are written at once
_PLACES = ("templates/kinds", "templates/calendar", "contacts")
_COUNTED_BY = (OFFICE_FILE, STANDING_FILE, "templates/kinds", "templates/calendar")  # what deadlines depend on
_LISTED = (0, b"")
_FACTS = ("matter", "content", "due", "waiting")  # tables with rows of a case file
# Rows are changed in place: putting others there would write the index of their names anew as well.
_INSTEAD = " ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp, state = excluded.state"
_NEW = "SELECT path, stamp, (SELECT count(*) FROM file o WHERE o.name = f.name) FROM file f WHERE state = 'new'"
T = TypeVar("T")
Tell = Callable[[int, int], None]


def no_progress(_done: int, _all: int) -> None:
    """Hear how far reading has come, and say nothing."""


class IndexedDefinitions:
    """Definitions out of the index, for a folder that was just looked at; ``terms`` is what days are counted by."""

    def __init__(self, store: Store, root: Path) -> None:
        self.store = store
        self.terms = store.about("terms")
        self._start = len(f"{root}/")

    def close(self) -> None:
        """Close the index these are out of."""
        self.store.close()

    def data(self, path: Path) -> Mapping[str, Any] | None:
        """Return the plain data of the file, None when it must be read itself."""
        name, fits = path.as_posix()[self._start :], False
        try:
            found = self.store.rows("SELECT stamp, data FROM text WHERE path = ?", (name,))
            fits = bool(found and found[0][0]) and found[0][0] == stamp_of(os.lstat(path))
            data = json.loads(found[0][1]) if fits else None
        except (Broken, OSError, ValueError):
            data = None
        if fits and not isinstance(data, dict):
            with suppress(Broken):  # damaged: to be read anew by the next command as well
                self.store.run("DELETE FROM text WHERE path = ?", (name,))
        return data if isinstance(data, dict) else None


def attach_cache(folder: Folder) -> IndexedDefinitions | None:
    """Let the folder read its definitions from the index, made fit for them; None where there can be no index."""
    home = folder.root / ".git"
    path = folder.root / LOCAL / NAME
    if not home.is_dir():
        return None
    writable = os.access(path.parent if path.parent.is_dir() else home, os.W_OK)
    for _attempt in range(2):
        try:
            folder.memory = _remembering(open_index(path, writable=writable), folder)
        except Busy:
            return None
        except Broken:
            if writable:
                throw_away(path)
        else:
            return folder.memory
    return None


def _remembering(store: Store, folder: Folder) -> IndexedDefinitions:
    """Bring the definitions in the index up to the files; an index that cannot be is closed (Broken)."""
    try:
        _bring_up(store, folder)
    except BaseException:
        store.close()
        raise
    return IndexedDefinitions(store, folder.root)


def _bring_up(store: Store, folder: Folder) -> None:
    """Make the definitions those of the files; where days are counted otherwise, open cases are new."""
    texts = _changed_texts(store, folder)
    if texts:
        from binascii import crc32

        from srctl.index.tables import AboutRecord, TextRecord

        with store.change():
            store.run_each("DELETE FROM text WHERE path = ?", [(path,) for path, _stamp, _data in texts])
            store.put("text", [TextRecord(path, stamp, data) for path, stamp, data in texts if data is not None])
            kept = store.rows("SELECT path, data FROM text ORDER BY path")
            terms = str(crc32(repr([row for row in kept if row[0].startswith(_COUNTED_BY)]).encode()))
            if terms != store.about("terms"):
                store.put("about", [AboutRecord("terms", terms)])
                store.run("UPDATE file SET state = 'new' WHERE state = 'open'")


def ask(
    folder: Folder, today: date, answer: Callable[[Store], T], *, closed: bool = False, tell: Tell = no_progress
) -> T:  # fmt: skip
    """Return the answer the index gives; one that turns out to be damaged is made anew, and asked again."""
    try:
        return _answered(current(folder, today, thorough=closed, closed=closed, tell=tell), answer)
    except Broken as fault:
        folder.close()
        if not isinstance(fault, Busy):
            throw_away(folder.root / LOCAL / NAME)
        return _answered(current(folder, today, thorough=closed, closed=closed, tell=tell), answer)


def _answered(store: Store, answer: Callable[[Store], T]) -> T:
    """Return the answer; Broken for one that makes no sense: a damaged page may still be a page."""
    try:
        return answer(store)
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise Broken(str(error)) from error
    finally:
        store.let_go()


def current(
    folder: Folder, today: date, *, thorough: bool = False, closed: bool = False, tell: Tell = no_progress
) -> Store:  # fmt: skip
    """Return the index of the office as its files are now; made or mended without asking where that is needed.

    ``thorough`` looks at every file, not at the open ones alone; ``closed`` reads those that end closed as well. What
    the index answers is the state looked at, until it is let go.
    """
    store = None
    memory = folder.memory if isinstance(folder.memory, IndexedDefinitions) else attach_cache(folder)
    if memory:
        try:
            return _fitted(memory, folder, today, thorough, closed, tell)
        except Broken as fault:  # another process is at it, or it was damaged meanwhile
            folder.close()
            path = folder.root / LOCAL / NAME
            if isinstance(fault, Busy):
                store = _aside(path)
            else:
                throw_away(path)
    folder.memory = _remembering(store or in_memory(), folder)
    return _fitted(folder.memory, folder, today, thorough, closed, tell)


def _aside(path: Path) -> Store | None:
    """Return a copy in memory of an index that is another's at the moment, None when it gives none."""
    try:
        return open_index(path, writable=False)
    except Broken:
        return None


def _fitted(memory: IndexedDefinitions, folder: Folder, today: date, thorough: bool, closed: bool, tell: Tell) -> Store:
    """Bring the cases in the index up to the files."""
    store, terms = memory.store, (today.isoformat(), memory.terms)
    store.hold()
    seen = scan(store, folder.root, thorough=thorough)
    if any(seen) or store.about("today") != terms[0]:
        _note(store, seen, frozenset() if closed else _ended(folder, seen), *terms)
        store.hold()
    while _is_unread(store, closed):
        _read(store, folder, today, terms, closed, tell)
        store.hold()
    _agree(store, *terms)
    return store


def _ended(folder: Folder, seen: Changes) -> frozenset[str]:
    """Return which of a few changed files end closed: they are noted once; of many it is asked while they are read."""
    if not 0 < len(seen.changed) <= BATCH:
        return frozenset()
    from srctl.index.extraction import is_ended

    return frozenset(path for path in seen.changed if is_ended(folder.root, path))


def _note(store: Store, seen: Changes, ended: frozenset[str], today: str, terms: str) -> None:
    """Note what is not as the index has it, and what has to be counted again for the day: from now on it is new.

    What has ``ended`` is not: nothing of it has to be read.
    """
    from srctl.index.tables import AboutRecord, FileRecord, ListingRecord, MonthRecord, insert

    with store.change():
        if store.about("today") != today:
            paused = "SELECT path FROM matter WHERE open AND paused"
            store.run(f"UPDATE file SET state = 'new' WHERE state = 'open' AND path IN ({paused})")
            store.put("about", [AboutRecord("today", today)])
        _agree(store, today, terms)
        store.run_among("DELETE FROM file WHERE path IN", seen.gone)
        told = [path for (path,) in store.rows_among("SELECT path FROM matter WHERE path IN", [*seen.gone, *ended])]
        for table in _FACTS:
            store.run_among(f"DELETE FROM {table} WHERE path IN", told)
        at_rest = _at_rest(store, seen, ended)
        store.run_each(insert("file", FileRecord) + _INSTEAD, [
            FileRecord(path, _name(path), stamp, "new" if path not in ended else "ended" if stamp else "young")
            for path, stamp in seen.changed.items() if path not in at_rest
        ])  # fmt: skip
        # Two files of one name are judged together: what comes or goes makes the other new.
        other = "EXISTS (SELECT 1 FROM file o WHERE o.name = file.name AND o.path <> file.path)"
        again = "UPDATE file SET state = 'new' WHERE state <> 'new'"
        store.run_among(f"{again} AND name IN", [*map(_name, seen.gone)])
        store.run_among(f"{again} AND {other} AND name IN", [*map(_name, seen.changed)])
        store.put("month", [MonthRecord(month, stamp) for month, (stamp, _names) in seen.months.items()])
        listings = [ListingRecord(month, names) for month, (_, names) in seen.months.items() if names is not None]
        store.put("listing", listings)
        if seen.head:
            store.put("about", [AboutRecord("head", seen.head)])


def _at_rest(store: Store, seen: Changes, ended: frozenset[str]) -> set[str]:
    """Return which of the files ended before as they do now, in months that are gone through later: noted then."""
    glanced = [path for path in ended if seen.months.get(path.rpartition("/")[0], _LISTED)[1] is None]
    return {path for (path,) in store.rows_among("SELECT path FROM file WHERE state = 'ended' AND path IN", glanced)}


def _name(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _agree(store: Store, today: str, terms: str) -> None:
    """Raise Busy when another process counts by another day or other rules: nothing is mixed with that."""
    if (store.about("today"), store.about("terms")) != (today, terms):
        raise Busy("counted otherwise by another process")


# -- reading -------------------------------------------------------------------------------------------


def _is_unread(store: Store, closed: bool) -> bool:
    """Tell whether a file is still to be read; with ``closed`` those that end closed are."""
    if closed and store.rows("SELECT 1 FROM file WHERE state = 'ended' LIMIT 1"):
        with store.change():
            return store.run("UPDATE file SET state = 'new' WHERE state = 'ended'") > 0
    return bool(store.rows(f"{_NEW} LIMIT 1"))


def _read(store: Store, folder: Folder, today: date, terms: tuple[str, str], closed: bool, tell: Tell) -> None:
    """Read the files that are new and keep what they say, a batch at a time."""
    from srctl.index.extraction import Unread, extract

    files = [Unread(*row) for row in store.rows(f"{_NEW} ORDER BY path")]
    store.let_go()
    batch = []
    for done, found in enumerate(extract(folder, today, files, closed=closed), 1):
        batch.append(found)
        if len(batch) == BATCH or done == len(files):
            _keep(store, batch, terms)
            batch.clear()
        tell(done, len(files))


def _keep(store: Store, found: "Sequence[tuple[Unread, IndexRecord]]", terms: tuple[str, str]) -> None:
    """Keep what files say that are as new as they were; who was quicker has kept it."""
    span = (min(file.path for file, _facts in found), max(file.path for file, _facts in found))
    with store.change():
        _agree(store, *terms)
        new = set(store.rows("SELECT path, stamp FROM file WHERE state = 'new' AND path BETWEEN ? AND ?", span))
        kept = [(file, facts) for file, facts in found if (file.path, file.stamp) in new]
        if store.rows("SELECT 1 FROM matter WHERE path BETWEEN ? AND ? LIMIT 1", span):
            # Of a file that is new nothing is told: what was known of those not kept may go as well.
            old = "SELECT path FROM file WHERE state = 'new' AND path BETWEEN ? AND ?"
            for table in _FACTS:
                store.run(f"DELETE FROM {table} WHERE path IN ({old})", span)
        states = [(_state(file, facts), file.path) for file, facts in kept]
        store.run_each("UPDATE file SET state = ? WHERE path = ?", states)
        store.put("rule", [*{row for _file, facts in kept for row in facts.rows.get("rule", ())}])
        for table in _FACTS:
            store.put(table, [row for _file, facts in kept for row in facts.rows.get(table, ())])


def _state(file: "Unread", facts: "IndexRecord") -> str:
    # A closed case so young that its stamp is not believed is looked at like an open one.
    return "young" if facts.state in ("closed", "ended") and not file.stamp else facts.state


# -- definitions ---------------------------------------------------------------------------------------


def _changed_texts(store: Store, folder: Folder) -> list[tuple[str, int, str | None]]:
    """Path, stamp and data of the definitions that are not as the index has them (data None: gone or broken)."""
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
        text, stamp = _text_of(Path(home + path)), is_trusted(status, now)
        if had is None or text is None or store.rows("SELECT data FROM text WHERE path = ?", (path,)) != [(text,)]:
            changed.append((path, stamp, text))
        elif stamp:
            store.run("UPDATE text SET stamp = ? WHERE path = ?", (stamp, path))
    return [*changed, *((path, 0, None) for path in known)]


def _text_of(path: Path) -> str | None:
    from srctl.store.yaml.reader import read_file

    data = read_file(path).data
    return None if data is None else json.dumps(data, ensure_ascii=False)
