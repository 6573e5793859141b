"""The numbers of outgoing papers: series, patterns, what comes next. Pure.

Each series (ordinary, circular ว, order, secret …) counts by itself from 1 in each calendar year (thai-papers
§1.4). The series are data (``templates/numbering.yaml``); the numbers taken stand in the logs of the cases.
"""

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from types import MappingProxyType

from srctl.core.dates import BE_YEARS, be_year
from srctl.core.decoding import MOST_SERIAL, Fault, Serial, Text
from srctl.core.errors import Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Entry

PLACES = frozenset({"prefix", "n", "year"})
NO_BEGINNINGS: Mapping[str, Serial] = MappingProxyType({})


class Series(NamedTuple):
    """One series: ``pattern`` is how a number is written, with {prefix}, {n} and {year}.

    ``begins`` is the first number of a B.E. year when that is not 1: an office that comes from a paper register
    goes on from its last number. ``secret`` is the series that papers of this one go to when they are secret.
    """

    label: Text
    pattern: str
    begins: Mapping[str, Serial] = NO_BEGINNINGS
    secret: str = ""


class Numbering(NamedTuple):
    """``templates/numbering.yaml``, whole: the series by name."""

    format: int
    series: Mapping[str, Series]


class Taken(NamedTuple):
    """A number once given: in which case, by which entry, and the reason it is ``void`` ("" while it is not)."""

    case: Case
    entry: Entry
    void: str = ""


def paper_secrecy(case: Case, draft: Entry | None, series: str, numbering: Numbering) -> str:
    """The secrecy mark of a paper, "" for none: its own, else its case's; a secret series is secret in any case."""
    marked = (draft.secrecy if draft else "") or case.secrecy
    if marked != "none":
        return marked
    secret_series = {one.secret for one in numbering.series.values()}
    return "confidential" if series in secret_series - {""} else ""


def series_faults(numbering: Numbering) -> Iterator[Fault]:
    """Yield what makes a series unfit to number by: a number given wrongly can never be taken back."""
    for name, series in numbering.series.items():
        if not _fit(series.pattern):
            message = _("series {name}: a pattern has {places}").format(name=name, places="{prefix} {n} {year}")
            hint = _("write it so: {pattern}").format(pattern="{prefix}/{n}")
            yield Fault(("series", name, "pattern"), "pattern", message, hint)
        for year, n in series.begins.items():
            if not (year.isascii() and year.isdecimal() and int(year) in BE_YEARS) or n < 1:
                message = _("series {name}: begins {year}: {n} is not a B.E. year and its first number").format(
                    name=name, year=year, n=n
                )
                hint = _("write it so: {pattern}").format(pattern='begins: {"2569": 1235}')
                yield Fault(("series", name, "begins", year), "begins", message, hint)
        if series.secret and series.secret not in numbering.series:
            message = _("there is no series {name}").format(name=series.secret)
            yield Fault(("series", name, "secret"), "series", message, ", ".join(numbering.series))


def _fit(pattern: str) -> bool:
    """Whether a pattern is one line with the plain places, the number among them."""
    try:
        parts = [part for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError:
        return False
    plain = all(name in PLACES and not spec and not conversion for _text, name, spec, conversion in parts)
    return plain and "n" in {part[1] for part in parts} and "\n" not in pattern


def number_text(series: Series, prefix: str, n: int | None, year: int) -> str:
    """Return the number as a paper prints it; with n None its place stays open (``ศธ 0100/``)."""
    text = series.pattern.format(prefix=prefix, n="" if n is None else n, year=year)
    return text if n is not None else text.rstrip()


def series_of(numbering: Numbering, name: str, secrecy: str) -> str:
    """Return the series a paper is numbered in: its own, or its secret one when it bears a secrecy mark."""
    found = numbering.series.get(name)
    return found.secret if found and found.secret and secrecy not in ("", "none") else name


def taken(cases: Iterable[Case]) -> list[Taken]:
    """Return every number ever given, in the order of the cases; undone and cancelled ones are void."""
    found = []
    for case in cases:
        undone = case.undone()
        cancelled = {e.paper: e for e in case.happened() if e.did == "cancel"}
        for entry in case.log:
            if entry.did == "number" and entry.n:
                voiding = undone.get(entry.id) or cancelled.get(entry.paper)
                found.append(Taken(case, entry, _void_reason(voiding) if voiding else ""))
    return found


def _void_reason(entry: Entry) -> str:
    return entry.why or (_("took back {entry}").format(entry=entry.of) if entry.did == "undo" else entry.id)


def next_n(given: Iterable[Taken], series: str, year: int, begins: int = 1) -> Serial:
    """Return the next free number of the series in that B.E. year.

    Raises:
        Refused: a file holds no higher one (:data:`srctl.core.decoding.MOST_SERIAL`).
    """
    used = [t.entry.n for t in given if t.entry.series == series and year_of(t.entry) == year]
    last = max([*used, begins - 1])
    if last >= MOST_SERIAL:
        hint = _("look whether {n} was given by mistake").format(n=last)
        raise Refused(_("there is no number after {n}").format(n=last), hint)
    return Serial(last + 1)


def year_of(entry: Entry) -> int:
    """Return the B.E. year a number belongs to: that of the date the paper bears."""
    return be_year(entry.dated or entry.day())
