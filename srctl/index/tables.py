"""The tables of the index, each declared once as the record it holds. Floor 2.

Tables, what writes them and what asks them are made from the fields. What falls due lies in the order it is shown, with
all that is shown of its case: the answer asked for most is one stretch; and once more by case, for one person's day.
``traits`` are what many rows have in common, as one text (MatterAttributes and DueAttributes of ``views.list_views``):
one value is read faster than ten. The law behind a deadline is long and stands in hundreds of rows: it is kept once, as
a rule, and named in the traits.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from srctl.core.records import NamedTuple

_TYPES: Mapping[Any, str] = {str: "TEXT", str | None: "TEXT", int: "INTEGER", bytes: "BLOB"}


class AboutRecord(NamedTuple):
    """Something noted about the index itself: the day and the terms it was counted by, the commit it stood at."""

    name: str
    value: str


class TextRecord(NamedTuple):
    """A definition: the stamp of its file, and its data as JSON."""

    path: str
    stamp: int
    data: str


class MonthRecord(NamedTuple):
    """A month folder, by the time of its last change in nanoseconds."""

    path: str
    stamp: int


class ListingRecord(NamedTuple):
    """The names of whatever stands in a month, a slash between them."""

    path: str
    names: bytes


class FileRecord(NamedTuple):
    """A case file: its name without ending, its stamp, whether it is new, young, open, closed, ended or broken."""

    path: str
    name: str
    stamp: int
    state: str


class MatterRecord(NamedTuple):
    """How a case stands; days are in ISO, ``asked`` are people between strokes (``|malee|prasit|``)."""

    path: str
    id: str
    subject: str
    received: str
    due: str | None
    traits: str
    kind: str
    owner: str
    asked: str
    paused: int
    open: int


class ContentRecord(NamedTuple):
    """The data of an open case as JSON, without what is personal in it."""

    path: str
    data: str


class DueRecord(NamedTuple):
    """Something that falls due: its day and first day in ISO, what it is called in each language."""

    day: str
    rank: int
    id: str
    ref: str
    path: str
    n: int
    subject: str
    th: str
    en: str
    original: str | None
    traits: str
    phone: int


class RuleRecord(NamedTuple):
    """The rule behind deadlines: its name and the law as JSON."""

    name: str
    data: str


class WaitingRecord(NamedTuple):
    """A paper that waits for the office itself (:class:`srctl.views.agenda.Waiting`)."""

    path: str
    n: int
    paper: str
    state: str
    since: str
    why: str
    next: str


class Table(NamedTuple):
    """A table: what it holds, the fields that are its key, and its further indexes by name."""

    record: type[Any]
    key: tuple[str, ...]
    indexes: Mapping[str, str] = {}


def _all(record: type[Any], first: tuple[str, ...] = (), but: tuple[str, ...] = ()) -> str:
    """The fields of a record, some first and some left out: an index of them answers without the table."""
    return ", ".join([*first, *(field for field in record._fields if field not in (*first, *but))])


_TABLES: Mapping[str, Table] = {
    "about": Table(AboutRecord, ("name",)),
    "text": Table(TextRecord, ("path",)),
    "month": Table(MonthRecord, ("path",)),
    "listing": Table(ListingRecord, ("path",)),
    "file": Table(FileRecord, ("path",), {
        "file_name": "(name)",
        "file_watched": "(path, stamp, state) WHERE state IN ('open', 'broken', 'young')",
        "file_broken": "(name, path) WHERE state = 'broken'",
        "file_new": "(path, stamp, state, name) WHERE state = 'new'",
    }),
    "matter": Table(MatterRecord, ("path",), {
        "matter_open": f"({_all(MatterRecord, but=('path',))}) WHERE open",
        "matter_kind": "(kind) WHERE open",
    }),
    "content": Table(ContentRecord, ("path",)),
    "due": Table(DueRecord, ("day", "rank", "id", "ref", "path", "n"), {
        "due_path": f"({_all(DueRecord, first=('path', 'n'), but=('rank',))})",
    }),
    "rule": Table(RuleRecord, ("name",)),
    "waiting": Table(WaitingRecord, ("path", "n")),
}  # fmt: skip


def schema(tables: Mapping[str, Table] = _TABLES) -> Iterator[str]:
    """The statements that make the tables."""
    for name, table in tables.items():
        kinds = table.record.__annotations__
        fields = [f"{field} {_TYPES[kinds[field]]}" for field in table.record._fields]
        yield f"CREATE TABLE {name} ({', '.join(fields)}, PRIMARY KEY ({', '.join(table.key)})) WITHOUT ROWID"
        for index, columns in table.indexes.items():
            yield f"CREATE INDEX {index} ON {name} {columns}"


def insert(name: str, record: type[Any]) -> str:
    """The statement that writes records into a table."""
    return f"INSERT INTO {name} ({_all(record)}) VALUES ({', '.join('?' * len(record._fields))})"
