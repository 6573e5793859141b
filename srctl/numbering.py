"""The numbers of outgoing papers: series, patterns, what comes next. Floor 1, pure.

Each series (ordinary, circular ว, order, secret …) counts by itself from 1 in each calendar year (thai-papers
§1.4). The series are data (``templates/numbering.yaml``); the numbers taken stand in the logs of the cases.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from srctl.model import Case, Entry
from srctl.shape import Text

FORMAT = 1
NO_BEGINNINGS: Mapping[str, int] = MappingProxyType({})


class Series(NamedTuple):
    """One series: ``pattern`` says how a number is written, with {prefix}, {n} and {year}.

    ``begins`` is the first number of a B.E. year when that is not 1: an office that comes from a paper register
    goes on from its last number. ``secret`` is the series that papers of this one go to when they are secret.
    """

    label: Text
    pattern: str
    begins: Mapping[str, int] = NO_BEGINNINGS
    secret: str = ""


class Numbering(NamedTuple):
    """``templates/numbering.yaml``, whole: the series by name."""

    format: int
    series: Mapping[str, Series]


class Taken(NamedTuple):
    """A number once given: in which case, by which entry, and whether it is burnt (cancelled or undone)."""

    case: Case
    entry: Entry
    burnt: str = ""


def written(series: Series, prefix: str, n: int | None, year: int) -> str:
    """Return the number as a paper prints it; with n None its place stays open (``ศธ 0100/``)."""
    text = series.pattern.format(prefix=prefix, n="" if n is None else n, year=year)
    return text if n is not None else text.rstrip()


def series_of(numbering: Numbering, name: str, secrecy: str) -> str:
    """Return the series a paper is numbered in: its own, or its secret one when it bears a secrecy mark."""
    found = numbering.series.get(name)
    return found.secret if found and found.secret and secrecy not in ("", "none") else name


def taken(cases: Iterable[Case]) -> list[Taken]:
    """Return every number ever given, in the order of the cases; undone and cancelled ones are burnt."""
    found = []
    for case in cases:
        undone = {e.of: e for e in case.log if e.did == "undo"}
        cancelled = {e.paper: e for e in case.happened() if e.did == "cancel"}
        for entry in case.log:
            if entry.did == "number" and entry.n:
                ended = undone.get(entry.id) or cancelled.get(entry.paper)
                found.append(Taken(case, entry, (ended.why or ended.id) if ended else ""))
    return found


def next_n(given: Iterable[Taken], series: str, year: int, begins: int = 1) -> int:
    """Return the next free number of the series in that B.E. year."""
    used = [t.entry.n for t in given if t.entry.series == series and year_of(t.entry) == year]
    return max([*used, begins - 1]) + 1


def year_of(entry: Entry) -> int:
    """Return the B.E. year a number belongs to: that of the date the paper bears."""
    return (entry.dated or entry.day()).year + 543
