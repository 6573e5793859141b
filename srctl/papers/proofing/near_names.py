"""Names of offices and titles that are nearly those the office knows: probably misspelt. Pure.

A name with at most two letters wrong keeps one of three parts of it whole: only there the two are compared.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import MARK, to_arabic_digits
from srctl.papers.proofing.finding import Finding, Span, Texts, found_at

# Shorter names are too near to others: กรมการปกครอง, กรมการขนส่ง.
_SHORTEST, _LONG = 12, 16
_NUMBER = re.compile("[0-9]+")
_SPACES = str.maketrans("", "", " \u00a0\t\n")


def name_like_findings(texts: Texts, names: tuple[str, ...]) -> Iterator[Finding]:
    """Yield each place where one of ``names`` is nearly written."""
    # The paper is searched as one text: most parts of most names do not occur in it at all.
    whole = "\n".join(text for _place, text in texts)
    ends = list(accumulate(len(text) + 1 for _place, text in texts))
    for (start, stop), name in _near(whole, _known(names)):
        n = bisect_right(ends, start)
        place, text = texts[n]
        begin = ends[n] - len(text) - 1
        message = _("this is nearly {name}").format(name=name)
        words = message, _("if that is meant, mend the spelling")
        yield from found_at("near-name", place, text, [(start - begin, stop - begin)], words, "told")


class _Known(NamedTuple):
    """A name, how many letters of it may differ, its parts with where they stand in it, and the numbers in it."""

    name: str
    most: int
    parts: tuple[tuple[int, str], ...]
    numbers: frozenset[str]


@lru_cache(maxsize=8)
def _known(names: tuple[str, ...]) -> tuple[_Known, ...]:
    """The names long enough, the longest first."""
    known = []
    for name in sorted({name for name in names if len(name) >= _SHORTEST}, key=lambda name: (-len(name), name)):
        most = 2 if len(name) >= _LONG else 1
        cuts = [len(name) * n // (most + 1) for n in range(most + 2)]
        known.append(_Known(name, most, tuple((a, name[a:b]) for a, b in pairwise(cuts)), _numbers(name)))
    return tuple(known)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(to_arabic_digits(text)))


def _near(text: str, known: tuple[_Known, ...]) -> Iterator[tuple[Span, str]]:
    places = {one.name: list(_places(text, one.name)) for one in known}
    exact = [(at, at + len(name)) for name, found in places.items() for at in found]
    reported: list[Span] = []
    written = _numbers(text)
    for name, most, parts, numbers in known:
        if not numbers <= written:  # another of many: เขต 1 where the paper is to เขต 12
            continue
        begins = {found - offset for offset, part in parts for found in _places(text, part)}
        for at in sorted(begins.difference(places[name])):
            window = max(0, at - most), min(len(text), at + len(name) + most)
            span = _nearest(text, window, name, most)
            if span and not _within(span, most, exact) and not _within(span, 2 * most, reported):
                reported.append(span)
                yield span, name


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _within(span: Span, slack: int, others: Iterable[Span]) -> bool:
    return any(start - slack <= span[0] and span[1] <= stop + slack for start, stop in others)


def _nearest(text: str, window: Span, name: str, most: int) -> Span | None:
    """The stretch of the window that is ``name`` with one to ``most`` letters wrong; None when there is none."""
    found = _alignment(text[slice(*window)], name)
    if found is None or not 1 <= found[0] <= most:
        return None
    start, stop = window[0] + found[1], window[0] + found[2]
    while stop < len(text) and re.match(f"[ะาำ{MARK}]", text[stop]):
        stop += 1
    near = text[start:stop]
    while text[stop : stop + 1].isdigit():
        stop += 1
    told, meant = (to_arabic_digits(words).translate(_SPACES) for words in (text[start:stop], name))
    another = _NUMBER.findall(told) != _NUMBER.findall(meant)
    return None if "\n" in near or another or told == meant else (start, start + len(near))


@lru_cache(maxsize=4096)
def _alignment(window: str, name: str) -> tuple[int, int, int] | None:
    """The least edits that make a stretch of ``window`` into ``name``, and where it begins and ends."""
    row = [(0, at) for at in range(len(window) + 1)]
    for n, sign in enumerate(name, 1):
        above, row = row, [(n, 0)]
        for at, other in enumerate(window, 1):
            cost, start = above[at - 1]
            best = (cost + (sign != other), start)
            for nearby in (above[at], row[at - 1]):
                if nearby[0] + 1 < best[0]:
                    best = (nearby[0] + 1, nearby[1])
            row.append(best)
    edits, start, end = min((edits, start, end) for end, (edits, start) in enumerate(row))
    return edits, start, end
