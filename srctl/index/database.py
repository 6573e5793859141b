"""The index on disk: one SQLite file that may be deleted at any moment. The only use of sqlite3.

It stores and queries rows and knows nothing of cases. A file that is corrupt, made by other code
(:mod:`srctl.index.fingerprint`) or cannot be written is replaced, or copied into memory: a query is always answered,
at worst more slowly.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from srctl.index import fingerprint

Row = tuple[Any, ...]
_PAGES = "PRAGMA page_size = 8192"  # twice the default: half as many reads for a long list
_AMONG = 900  # values that every SQLite takes in one statement
_WAIT = 5.0  # seconds to wait for another process that writes


class Broken(Exception):
    """The file is not a usable index: to be deleted."""


class Busy(Broken):
    """Another process has been writing for long; the file itself is intact, and must stay."""


def _fault(error: Exception) -> Broken:
    """The exception for an error of SQLite: Busy where another process holds a lock, else Broken."""
    name = getattr(error, "sqlite_errorname", "")
    return (Busy if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) else Broken)(str(error))


class Store:
    """An open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of ``query`` (Broken when the file cannot be read)."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _fault(error) from None

    def put(self, table: str, rows: Sequence[Row]) -> None:
        """Write whole rows, replacing those with the same key."""
        if rows:
            self.run_each(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Execute ``statement`` and return how many rows it changed (Broken when it fails)."""
        try:
            return self._connection.execute(statement, values).rowcount
        except sqlite3.DatabaseError as error:
            raise _fault(error) from None

    def run_each(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Execute ``statement`` once with the values of each row."""
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.DatabaseError as error:
            raise _fault(error) from None

    def run_among(self, statement: str, values: Sequence[Any]) -> None:
        """Execute ``statement``, which ends with "IN", with these values, many at a time."""
        for part, placeholders in _parts(values):
            self.run(f"{statement} ({placeholders})", part)

    def rows_among(self, query: str, values: Sequence[Any]) -> list[Row]:
        """The rows of a ``query`` that ends with "IN", with these values; in no order."""
        return [row for part, placeholders in _parts(values) for row in self.rows(f"{query} ({placeholders})", part)]

    def about(self, name: str) -> str:
        """The value of ``name`` in the table about the index itself, "" when there is none."""
        return next((str(row[0]) for row in self.rows("SELECT value FROM about WHERE name = ?", (name,))), "")

    def begin_snapshot(self) -> None:
        """Begin a read snapshot: until it ends, or a transaction begins, queries see nothing that others write."""
        self.end_snapshot()
        self.run("BEGIN")

    def end_snapshot(self) -> None:
        """End the read snapshot, if one was begun: queries see again what other processes write."""
        if self._connection.in_transaction:
            self.run("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction: all statements in it take effect, or none."""
        self.end_snapshot()
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(Broken):
                self.run("ROLLBACK")
            raise
        self.run("COMMIT")

    def close(self) -> None:
        """Close the file, upon which SQLite removes its files beside it. Whoever opened the index does this."""
        self._connection.close()


def _parts(values: Sequence[Any]) -> Iterator[tuple[Sequence[Any], str]]:
    """Yield the values in parts of what one statement takes, each with its placeholders."""
    for n in range(0, len(values), _AMONG):
        part = values[n : n + _AMONG]
        yield part, ", ".join("?" * len(part))


def select(record: type[Any], table: str, *more: str, **columns: str) -> str:
    """The query for the fields of a record, and for ``more``; ``columns`` maps a field to a column of another name."""
    return f"SELECT {', '.join([*(columns.get(field, field) for field in record._fields), *more])} FROM {table}"


def open_index(path: Path, *, writable: bool = True) -> Store:
    """Open the index at ``path``, made anew when there is none or other code made it.

    Raises:
        Broken: it is corrupt, or (``writable``) cannot be written.
    """
    try:
        return _writable(path) if writable else _copied(path)
    except (sqlite3.DatabaseError, OSError) as error:
        raise _fault(error) from None


def in_memory() -> Store:
    """An empty index in memory, gone when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(_PAGES)  # must be that of the file an index is copied from
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
        _set_up(connection, path)
    except BaseException:
        connection.close()
        raise
    return Store(connection)


def _set_up(connection: sqlite3.Connection, path: Path) -> None:
    # In WAL mode readers never wait for a writer; nothing is synced at each commit, as the index can be made again.
    connection.execute(_PAGES)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")  # a name typed before anybody said whose it is leaves nothing
    if _is_new(connection):
        connection.execute("BEGIN IMMEDIATE")
        if _is_new(connection):  # no other process was quicker
            _make(connection)
        connection.execute("COMMIT")
        from srctl.store.atomicfile import share

        share(path)
    elif not _is_stamped(connection):
        connection.execute(f"PRAGMA application_id = {fingerprint.code_stamp()}")


def _copied(path: Path) -> Store:
    """A copy in memory of an index that can only be read; an empty one when there is none."""
    store = in_memory()
    try:
        if path.is_file():
            try:
                _copy(path, "mode=ro", store)
            except sqlite3.OperationalError:
                # SQLite lacks its files beside this one and cannot make them: so no process is writing either.
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
    """Whether the running code made the index: by its stamp, or by its digest where the stamp differs."""
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
    """Delete the index and the files SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
