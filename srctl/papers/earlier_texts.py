"""Earlier texts of the office on like matters: what it wrote in the same place of its papers sent. Reads only.

They are shown to be taken over into another matter, so that whatever may name a complainant is taken out of them, and
matters or papers with a secrecy mark are left out.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.model.case import Case
from srctl.model.redaction import identifiers_of, redactor_of
from srctl.office.case_glance import subject_in
from srctl.office.folder import Folder
from srctl.workflow.paper_state import papers_of

LATEST = 4500  # matters looked through: a year of the office (seed 004)
LOOKED_INTO = 40  # of them read whole, the most like first
MOST = 5  # texts shown
_LIKE = 0.3  # share of what two subjects have in common from which they are like, of another kind too
_GRAM = 3  # letters compared at once: Thai parts no words


class TextPlace(NamedTuple):
    """Where a text stands: a value of a ``wording``, or without one a part of the case.

    Parts are those of the analysis, the ``decision``, the ``result`` and ``lesson`` of the report, a ``reminder``.
    """

    name: str
    wording: str = ""


class EarlierText(NamedTuple):
    """A text of another matter, as it may be taken over: of which case, when, under which number ("" for none)."""

    case: str
    day: date
    number: str
    text: str


def earlier_texts(folder: Folder, case: Case, place: TextPlace) -> list[EarlierText]:
    """The texts at ``place`` of the matters most like ``case``, of its kind or a like subject, the latest first."""
    found: dict[str, EarlierText] = {}
    for path in _most_like(folder, case, place):
        other = folder.read_case(path).case
        if other is None or other.id == case.id or other.secrecy != "none":
            continue
        redact = redactor_of(identifiers_of(other, folder.kinds.get(other.kind)), perhaps=True)
        for text in _texts_of(other, place):
            redacted = redact(text.text).strip()
            if redacted:
                found.setdefault(redacted, text._replace(text=redacted))
        if len(found) >= MOST:
            break
    return sorted(found.values(), key=lambda one: one.day, reverse=True)[:MOST]


def _texts_of(case: Case, place: TextPlace) -> Iterator[EarlierText]:
    """Yield what the case says at the place: in papers sent, in an analysis that was decided on or reported."""
    if not place.wording:
        yield from _parts_of(case, place.name)
        return
    for paper in reversed(papers_of(case)):
        if paper.sent and paper.wording == place.wording and paper.drafted.secrecy in ("", "none"):
            text = paper.drafted.given.get(place.name, "")
            yield EarlierText(case.id, paper.dated or paper.sent.day(), paper.number, text)


def _parts_of(case: Case, name: str) -> Iterator[EarlierText]:
    """Yield what a part of the case says: decisions and reminders one by one, else what came to an end."""
    logged = {"decision": ("decide", "decision"), "reminder": ("remind", "text")}
    if name in logged:
        did, field = logged[name]
        for entry in reversed([entry for entry in case.happened() if entry.did == did]):
            yield EarlierText(case.id, entry.day(), "", getattr(entry, field))
        return
    done = [entry for entry in case.happened() if entry.did in ("decide", "report", "close")]
    said = getattr(case.report if name in ("result", "lesson") else case.analysis, name)
    if done:
        yield EarlierText(case.id, done[0].day(), "", said if isinstance(said, str) else "\n".join(said))


def _most_like(folder: Folder, case: Case, place: TextPlace) -> list[Path]:
    """The files that may have a text at the place, the most like first: only these are parsed."""
    words = (
        [place.wording.encode(), b"did: send"]
        if place.wording
        else [b"did: remind" if place.name == "reminder" else f"{place.name}:".encode(), b"did: "]
    )
    of_kind = re.compile(rb"^kind: %s\s*$" % re.escape(case.kind.encode()), re.MULTILINE)
    grams, found = _grams(case.subject), []
    for n, (_name, path) in enumerate(folder.latest_places(LATEST)):
        raw = _raw(Path(path))
        if not all(word in raw for word in words):
            continue
        same, like = bool(of_kind.search(raw)), _alike(grams, _grams(subject_in(raw) or ""))
        if same or like >= _LIKE:
            found.append((same + like, -n, Path(path)))
    return [path for _like, _n, path in sorted(found, reverse=True)[:LOOKED_INTO]]


def _raw(path: Path) -> bytes:
    """The bytes of the file; none where it is no ordinary file or cannot be read."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _grams(text: str) -> frozenset[str]:
    folded = "".join(fold(text).split())
    return frozenset(folded[n : n + _GRAM] for n in range(len(folded) - _GRAM + 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of what both have, of what the shorter has."""
    return len(one & other) / (min(len(one), len(other)) or 1)
