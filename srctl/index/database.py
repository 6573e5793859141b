"""The index on disk: one SQLite file that may be thrown away at any moment. Floor 2, the only sqlite3.

Nothing here knows what a case is; it keeps rows and gives them back. A file that is corrupt, made by other code
(:mod:`srctl.index.fingerprint`) or cannot be written is replaced, or copied into memory: whoever asks gets an answer,
at worst a slower one.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from srctl.index import fingerprint

Row = tuple[Any, ...]
_PAGES = "PRAGMA page_size = 8192"  # an answer is read in half as many pieces
_AMONG = 900  # values that every SQLite takes in one order
_WAIT = 5.0  # seconds another process may take to write what it found


class Broken(Exception):
    """The file is not a usable index: throw it away."""


class Busy(Broken):
    """Another process has been writing for long; the file itself is sound, and must stay."""


def _fault(error: Exception) -> Broken:
    """Return what a fault of SQLite means for the file."""
    name = getattr(error, "sqlite_errorname", "")
    return (Busy if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) else Broken)(str(error))


class Store:
    """An open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows that answer ``question`` (Broken when the file cannot)."""
        try:
            return self._connection.execute(question, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _fault(error) from None

    def put(self, table: str, rows: Sequence[Row]) -> None:
        """Write whole rows, in place of those with the same key."""
        if rows:
            self.run_each(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def run(self, order: str, values: Sequence[Any] = ()) -> int:
        """Change rows and return how many there were (Broken when that cannot be)."""
        try:
            return self._connection.execute(order, values).rowcount
        except sqlite3.DatabaseError as error:
            raise _fault(error) from None

    def run_each(self, order: str, rows: Iterable[Sequence[Any]]) -> None:
        """Do the same with the values of each row."""
        try:
            self._connection.executemany(order, rows)
        except sqlite3.DatabaseError as error:
            raise _fault(error) from None

    def run_among(self, order: str, values: Sequence[Any]) -> None:
        """Change the rows whose ``order`` ends with "IN" and these values, many at a time."""
        for part, marks in _parts(values):
            self.run(f"{order} ({marks})", part)

    def rows_among(self, question: str, values: Sequence[Any]) -> list[Row]:
        """Return the rows that answer a ``question`` that ends so, in no order."""
        return [row for part, marks in _parts(values) for row in self.rows(f"{question} ({marks})", part)]

    def about(self, name: str) -> str:
        """Return what is noted under ``name``, "" when nothing is."""
        return next((str(row[0]) for row in self.rows("SELECT value FROM about WHERE name = ?", (name,))), "")

    def hold(self) -> None:
        """Answer from one state, whatever others write meanwhile, until it is let go or changed."""
        self.let_go()
        self.run("BEGIN")

    def let_go(self) -> None:
        """See again what others write."""
        if self._connection.in_transaction:
            self.run("COMMIT")

    @contextmanager
    def change(self) -> Iterator[None]:
        """Make several changes at once, or none."""
        self.let_go()
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(Broken):
                self.run("ROLLBACK")
            raise
        self.run("COMMIT")

    def close(self) -> None:
        """Give the file back; SQLite then tidies up beside it. Whoever opened the index does this."""
        self._connection.close()


def _parts(values: Sequence[Any]) -> Iterator[tuple[Sequence[Any], str]]:
    """Yield as many values as can be given at a time, with a mark for each."""
    for n in range(0, len(values), _AMONG):
        part = values[n : n + _AMONG]
        yield part, ", ".join("?" * len(part))


def select(record: type[Any], table: str, *more: str, **columns: str) -> str:
    """The question for the fields of a record, and for ``more``; ``columns`` are those of another name in the table."""
    return f"SELECT {', '.join([*(columns.get(field, field) for field in record._fields), *more])} FROM {table}"


def open_index(path: Path, *, writable: bool = True) -> Store:
    """Return the index at ``path``, made anew when there is none or other code made it.

    Raises:
        Broken: it is corrupt, or (``writable``) cannot be written.
    """
    try:
        return _writable(path) if writable else _copied(path)
    except (sqlite3.DatabaseError, OSError) as error:
        raise _fault(error) from None


def in_memory() -> Store:
    """Return an empty index that nothing is left of when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(_PAGES)  # a copy is made page by page
    _make(connection)
    return Store(connection)


def _writable(path: Path) -> Store:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        if not (_is_new(connection) or _fits(connection)):
            connection.close()
            throw_away(path)
            connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return Store(connection)


def _set_up(connection: sqlite3.Connection) -> None:
    # A journal beside the file: readers never wait for whoever writes, and nothing is synced that can be made again.
    connection.execute(_PAGES)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if _is_new(connection):
        connection.execute("BEGIN IMMEDIATE")
        if _is_new(connection):  # nobody else was quicker
            _make(connection)
        connection.execute("COMMIT")
    elif not _is_stamped(connection):
        connection.execute(f"PRAGMA application_id = {fingerprint.code_stamp()}")


def _copied(path: Path) -> Store:
    """Return a copy in memory of an index that can only be read; an empty one when there is none to read."""
    store = in_memory()
    try:
        if path.is_file():
            try:
                _copy(path, "mode=ro", store)
            except sqlite3.OperationalError:
                # What SQLite needs beside the file is not there and cannot be made: so nobody is writing it either.
                _copy(path, "mode=ro&immutable=1", store)
    except BaseException:
        store.close()
        raise
    return store


def _copy(path: Path, how: str, store: Store) -> None:
    source = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=_WAIT)
    try:
        if _fits(source):
            source.backup(store._connection)
    finally:
        source.close()


def _is_new(connection: sqlite3.Connection) -> bool:
    return _number(connection, "user_version") == 0


def _fits(connection: sqlite3.Connection) -> bool:
    """Whether the code at work made the index: seen by the stamp, by the digest where the files were written anew."""
    return _is_stamped(connection) or _number(connection, "user_version") == fingerprint.code_digest()


def _is_stamped(connection: sqlite3.Connection) -> bool:
    return _number(connection, "application_id") == fingerprint.code_stamp()


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _make(connection: sqlite3.Connection) -> None:
    from srctl.index.tables import schema

    for statement in schema():
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {fingerprint.code_digest()}")
    connection.execute(f"PRAGMA application_id = {fingerprint.code_stamp()}")


def throw_away(path: Path) -> None:
    """Delete the index and what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
