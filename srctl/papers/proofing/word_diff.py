"""The changes between two versions of a paper, word by word as far as Thai allows. Pure.

Thai has no spaces between words, so characters are compared (a consonant with its marks is one) and each change is
widened to the space before and after it, or by a few characters. Time grows with the length of the text: paragraphs
are anchored on runs of characters that occur once in both, and only short stretches are compared in full.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from srctl.core.alignment import aligned
from srctl.core.records import NamedTuple
from srctl.core.thai import clusters, excerpt

# In characters (clusters): the run that anchors, how far a change is widened, the gap that is too small to show.
_ANCHOR, _WIDER, _GAP = 6, 8, 3
# The product of the lengths of two runs of paragraphs that may be compared in full.
_RUN = 10_000
_ALIKE = 0.3
# What never begins a word.
_FOLLOWING = frozenset("ะาๅๆฯ")


class WordChange(NamedTuple):
    """One change: ``before`` became ``after`` in paragraph ``place`` (from 1) of the later version.

    A paragraph taken out has the place it stood at, and ``after`` empty. ``context`` shows the change in the text
    around it, for a line of a list.
    """

    place: int
    before: str
    after: str
    context: str


class _Hunk(NamedTuple):
    """``before[b0:b1]`` became ``after[a0:a1]``."""

    b0: int
    b1: int
    a0: int
    a1: int


def differences(before: Sequence[str], after: Sequence[str]) -> list[WordChange]:
    """The changes from the paragraphs ``before`` to those ``after``, in order."""
    changes: list[WordChange] = []
    place = 0
    for old, new in _paired(before, after):
        place += new is not None
        if old is None or new is None:
            text = old or new or ""
            changes.append(WordChange(place + (new is None), old or "", new or "", _short(text)))
        elif old != new:
            changes += _within(old, new, place)
    return changes


def _short(text: str) -> str:
    return excerpt(text, 0, 0, 2 * _WIDER)


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the paragraphs of both in order, each with its counterpart or None."""
    for same, b0, b1, a0, a1 in aligned(before, after):
        if same:
            yield from zip(before[b0:b1], after[a0:a1], strict=True)
        else:
            yield from _aligned(before[b0:b1], after[a0:a1])


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the paragraphs of two runs that have none in common, the similar ones together."""
    b = a = 0
    for i, j in _similar(before, after):
        yield from ((text, None) for text in before[b:i])
        yield from ((None, text) for text in after[a:j])
        yield before[i], after[j]
        b, a = i + 1, j + 1
    yield from ((text, None) for text in before[b:])
    yield from ((None, text) for text in after[a:])


def _similar(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of positions, in order, of the greatest total similarity."""
    if len(before) * len(after) > _RUN:
        return [(i, i) for i in range(min(len(before), len(after)))]
    olds, news = ([_pieces(text) for text in texts] for texts in (before, after))
    best = [[0.0] * (len(news) + 1) for _row in range(len(olds) + 1)]
    like = [[len(old & new) / len(old | new) for new in news] for old in olds]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            paired = best[i + 1][j + 1] + like[i][j] if like[i][j] >= _ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(olds) and j < len(news):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _pieces(text: str) -> frozenset[str]:
    """The bigrams two paragraphs are compared by; never none."""
    return frozenset(text[i : i + 2] for i in range(max(1, len(text) - 1)))


def _within(old: str, new: str, place: int) -> list[WordChange]:
    """Return the changes of one paragraph."""
    before, after = clusters(old), clusters(new)
    starts = [0]
    for cluster in after:
        starts.append(starts[-1] + len(cluster))
    return [
        WordChange(
            place,
            "".join(before[h.b0 : h.b1]),
            "".join(after[h.a0 : h.a1]),
            excerpt(new, starts[h.a0], starts[h.a1]),
        )
        for h in _readable(_hunks(before, after), before, after)
    ]


def _hunks(before: list[str], after: list[str]) -> list[_Hunk]:
    """The stretches in which two texts differ, in order and apart from each other."""
    hunks: list[_Hunk] = []
    b = a = 0
    for i, j, size in [*_anchors(before, after), (len(before), len(after), 0)]:
        hunks += _compared(before, after, _Hunk(b, i, a, j))
        b, a = i + size, j + size
    return hunks


def _compared(before: list[str], after: list[str], gap: _Hunk) -> list[_Hunk]:
    """Return the differences between two stretches."""
    b0, b1, a0, a1 = gap
    stretches = aligned(before[b0:b1], after[a0:a1])
    return [_Hunk(b0 + s.b0, b0 + s.b1, a0 + s.a0, a0 + s.a1) for s in stretches if not s.same]


def _anchors(before: list[str], after: list[str]) -> list[tuple[int, int, int]]:
    """Return the stretches (start before, start after, length) both texts have in common, in order.

    They hang on runs that occur once in each; the most of them that stand in the same order count.
    """
    olds, news = _once(before), _once(after)
    pairs = [(at, news[run]) for run, at in olds.items() if run in news]
    found: list[tuple[int, int, int]] = []
    for i, j in _rising(pairs):
        if found and (i < found[-1][0] + found[-1][2] or j < found[-1][1] + found[-1][2]):
            continue  # within the stretch before
        size = _ANCHOR
        while i + size < len(before) and j + size < len(after) and before[i + size] == after[j + size]:
            size += 1
        found.append((i, j, size))
    return found


def _once(text: list[str]) -> dict[str, int]:
    """Return each run of characters that occurs once, with its place, in order."""
    places: dict[str, int] = {}
    for at in range(len(text) - _ANCHOR + 1):
        run = "".join(text[at : at + _ANCHOR])
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of ``pairs`` (rising in the first) that rises in the second as well."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_i, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [j]
        last[at : at + 1] = [n]
    rising = []
    n = last[-1] if last else -1
    while n >= 0:
        rising.append(pairs[n])
        n = before[n]
    return rising[::-1]


def _readable(hunks: list[_Hunk], before: list[str], after: list[str]) -> list[_Hunk]:
    """Return the changes widened to whole words as far as spaces show them, those that touch merged."""
    wide: list[_Hunk] = []
    narrow = _merged(hunks, _GAP)
    for n, hunk in enumerate(narrow):
        b0, b1, a0, a1 = hunk
        first, last = _at_space(hunk, before, after)
        # Up to the next change only: between two changes both texts are alike, beyond they are not.
        left = 0 if first else min(_reach(before, b0 - 1, -1), b0 - (narrow[n - 1].b1 if n else 0))
        end = narrow[n + 1].b0 if n + 1 < len(narrow) else len(before)
        right = 0 if last else min(_reach(before, b1, 1), end - b1)
        wide.append(_Hunk(b0 - left, b1 + right, a0 - left, a1 + right))
    return _merged(wide, 0)


def _at_space(hunk: _Hunk, before: list[str], after: list[str]) -> tuple[bool, bool]:
    """Whether a change begins with a space already, and whether it ends with one."""
    sides = [side for side in (before[hunk.b0 : hunk.b1], after[hunk.a0 : hunk.a1]) if side]
    return all(side[0].isspace() for side in sides), all(side[-1].isspace() for side in sides)


def _reach(text: list[str], at: int, step: int) -> int:
    """The number of characters from ``at`` to the next space, or about 8; no vowel is left behind."""
    far = 0
    while far < 2 * _WIDER and 0 <= (place := at + far * step) < len(text) and not text[place].isspace():
        if far >= _WIDER and text[place + (step < 0)][0] not in _FOLLOWING:
            break
        far += 1
    return far


def _merged(hunks: list[_Hunk], gap: int) -> list[_Hunk]:
    """Return ``hunks`` with those merged that stand no more than ``gap`` apart."""
    merged: list[_Hunk] = []
    for hunk in hunks:
        if merged and hunk.b0 - merged[-1].b1 <= gap and hunk.a0 - merged[-1].a1 <= gap:
            hunk = _Hunk(merged[-1].b0, hunk.b1, merged[-1].a0, hunk.a1)
            merged.pop()
        merged.append(hunk)
    return merged
