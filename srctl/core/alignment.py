"""Two sequences aligned: what stays and what is replaced, in time that grows with their length. Pure.

``difflib`` is exact, but takes the cube of the length where the same item comes again and again. Long sequences are
therefore gone through once, from the left: after each difference the nearest place is taken where both run alike again.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from srctl.core.records import NamedTuple

# The product of two lengths that is compared exactly; how far and for how many items sequences must run alike again.
_EXACT, _REACH, _RUN = 10_000, 24, 4


class Stretch(NamedTuple):
    """``before[b0:b1]`` became ``after[a0:a1]``, or is the same as that."""

    same: bool
    b0: int
    b1: int
    a0: int
    a1: int


def aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    """Yield the stretches of both sequences in order; together they are all of both, and none is empty in both."""
    head, tail = _common(before, after)
    b_end, a_end = len(before) - tail, len(after) - tail
    if head:
        yield Stretch(True, 0, head, 0, head)
    middles = before[head:b_end], after[head:a_end]
    compare = _exactly if len(middles[0]) * len(middles[1]) <= _EXACT else _once
    for same, b0, b1, a0, a1 in compare(*middles):
        yield Stretch(same, head + b0, head + b1, head + a0, head + a1)
    if tail:
        yield Stretch(True, b_end, len(before), a_end, len(after))


def _common(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many items both begin with, and how many of the rest they end with."""
    shortest = min(len(before), len(after))
    head = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    rest = shortest - head
    return head, next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)


def _exactly(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    for kind, *bounds in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield Stretch(kind == "equal", *bounds)


def _once(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    b = a = 0
    while b < len(before) or a < len(after):
        alike = _run(before, after, b, a)
        if alike:
            yield Stretch(True, b, b + alike, a, a + alike)
            b, a = b + alike, a + alike
            continue
        b_next, a_next = _meeting(before, after, b, a)
        yield Stretch(False, b, b_next, a, a_next)
        b, a = b_next, a_next


def _run(before: Sequence[str], after: Sequence[str], b: int, a: int) -> int:
    longest = min(len(before) - b, len(after) - a)
    return next((n for n in range(longest) if before[b + n] != after[a + n]), longest)


def _meeting(before: Sequence[str], after: Sequence[str], b: int, a: int) -> tuple[int, int]:
    """The nearest places from which both run alike again; their ends when there are none within reach."""
    for distance in range(1, _REACH + 1):
        for b_next in range(b, b + distance + 1):
            a_next = a + distance - (b_next - b)
            run = before[b_next : b_next + _RUN]
            if len(run) == _RUN and run == after[a_next : a_next + _RUN]:
                return b_next, a_next
    return len(before), len(after)
