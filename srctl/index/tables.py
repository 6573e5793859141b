"""The tables of the index, each declared once as the record it holds.

Schema, INSERT and SELECT are made from the fields. The rows of ``due`` are stored in the order they are shown, with all
that is shown of their case, so that the most frequent query reads one range; an index has them by case, for one
person's agenda. ``packed`` holds the values many rows share as one JSON text (MatterAttributes and DueAttributes of
:mod:`srctl.views.list_views`), because one column is read faster than ten. The law behind a deadline is long and
repeated in hundreds of rows: it is stored once, as a rule, and named in ``packed``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from srctl.core.records import NamedTuple

_TYPES: Mapping[Any, str] = {str: "TEXT", str | None: "TEXT", int: "INTEGER", bytes: "BLOB"}


class AboutRecord(NamedTuple):
    """A value about the index: day (today), definitions (fingerprint), commit (head), files behind HEAD (behind)."""

    name: str
    value: str


class TextRecord(NamedTuple):
    """A definition: the stamp of its file, and its data as JSON."""

    path: str
    stamp: int
    data: str


class MonthRecord(NamedTuple):
    """A month folder: its stamp is the time of its last change in nanoseconds."""

    path: str
    stamp: int


class ListingRecord(NamedTuple):
    """The names of all entries of a month folder, a slash between them."""

    path: str
    names: bytes


class FileRecord(NamedTuple):
    """A case file: its name without ending, its stamp (0: not trusted) and its state.

    ``new``: to be read; ``open``, ``closed``, ``broken``: as read; ``presumed``: closed by its last lines, not parsed;
    ``racy``: closed or presumed closed, but changed too lately for its stamp to be trusted.
    """

    path: str
    name: str
    stamp: int
    state: str


class MatterRecord(NamedTuple):
    """The state of a case; days are in ISO, ``asked`` are people between bars (``|malee|prasit|``).

    ``closed`` is the day it was closed.

    By ``place`` cases are in the order of their ids (:func:`srctl.model.case_id.id_order`).
    """

    path: str
    place: str
    id: str
    subject: str
    received: str
    due: str | None
    packed: str
    kind: str
    owner: str
    asked: str
    paused: int
    open: int
    closed: str | None


class ContentRecord(NamedTuple):
    """The data of an open case as JSON, without personal data."""

    path: str
    data: str


class DueRecord(NamedTuple):
    """A deadline of an open case, with the place of the case; days are in ISO, its text stands in each language.

    ``day`` is the day it counts as due by (:attr:`srctl.deadlines.obligations.Obligation.first`). Of a follow-up the
    text is the day of the last movement: for how long nothing happened follows from today.
    """

    day: str
    rank: int
    place: str
    id: str
    ref: str
    path: str
    n: int
    subject: str
    th: str
    en: str
    due: str
    original: str | None
    packed: str
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


class EventRecord(NamedTuple):
    """The event of a case (:mod:`srctl.model.engagement`): first and last day in ISO, "" for one put off without a day.

    ``packed`` is the rest as JSON: :class:`srctl.views.engagement_views.EventAttributes`.
    """

    path: str
    place: str
    id: str
    day: str
    until: str
    packed: str
    open: int


class AttentionRecord(NamedTuple):
    """What one person keeps in view of an open case: a reminder from a day on, or (``day`` None) that they watch it."""

    path: str
    n: int
    who: str
    day: str | None
    ref: str
    text: str


class TraceRecord(NamedTuple):
    """A keyed hash, or a link, by which a case is recognised (:mod:`srctl.index.traces`), and the file of the case."""

    trace: str
    path: str


def link_trace(case_id: str) -> str:
    """The trace of a link to the case; the id of a case is nobody's secret, so it is no hash."""
    return f"link:{case_id}"


class Table(NamedTuple):
    """A table: what it holds, the fields that are its key, and its further indexes by name."""

    record: type[Any]
    key: tuple[str, ...]
    indexes: Mapping[str, str] = {}


def _all(record: type[Any], first: tuple[str, ...] = (), but: tuple[str, ...] = ()) -> str:
    """The fields of a record, some first and some left out, for an index that covers a query."""
    return ", ".join([*first, *(field for field in record._fields if field not in (*first, *but))])


_TABLES: Mapping[str, Table] = {
    "about": Table(AboutRecord, ("name",)),
    "text": Table(TextRecord, ("path",)),
    "month": Table(MonthRecord, ("path",)),
    "listing": Table(ListingRecord, ("path",)),
    "file": Table(FileRecord, ("path",), {
        "file_name": "(name)",
        "file_watched": "(path, stamp, state) WHERE state IN ('open', 'broken', 'racy')",
        "file_broken": "(name, path) WHERE state = 'broken'",
        "file_new": "(path, stamp, state, name) WHERE state = 'new'",
    }),
    "matter": Table(MatterRecord, ("path",), {
        "matter_open": f"({_all(MatterRecord, but=('path',))}) WHERE open",
        "matter_kind": "(kind) WHERE open",
    }),
    "content": Table(ContentRecord, ("path",)),
    "due": Table(DueRecord, ("day", "rank", "place", "ref", "path", "n"), {
        "due_path": f"({_all(DueRecord, first=('path', 'n'), but=('rank', 'place'))})",
    }),
    "rule": Table(RuleRecord, ("name",)),
    "waiting": Table(WaitingRecord, ("path", "n")),
    "event": Table(EventRecord, ("path",), {"event_open": "(day, until, place) WHERE open"}),
    "attention": Table(AttentionRecord, ("path", "n"), {"attention_who": "(who, path)"}),
    "trace": Table(TraceRecord, ("trace", "path"), {"trace_path": "(path)"}),
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
