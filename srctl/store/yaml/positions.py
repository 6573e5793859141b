"""Positions in a readable text: the lines of keys and items, the offsets of stray tabs.

Needed only for faults, lint and edits; so the parser's library is paid for only then.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from srctl.core.patches import Where
from srctl.store.yaml.composer import events, line_of


@lru_cache(maxsize=4)
def line_numbers(text: str) -> Mapping[Where, int]:
    """Return the line of each key and item of a readable text."""
    lines: dict[Where, int] = {}
    following = events(text)
    top = next(event for event in following if isinstance(event, MappingStartEvent))
    _locate(following, top, (), lines)
    return lines


def _locate(following: Iterator[Any], start: Any, where: Where, lines: dict[Where, int]) -> None:
    """Add to ``lines`` those of everything inside the collection that ``start`` opens."""
    mapping = isinstance(start, MappingStartEvent)
    for count, event in enumerate(following):
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            return
        child: Where = (*where, event.value if mapping else count)
        lines[child] = line_of(event)
        value = next(following) if mapping else event
        if isinstance(value, MappingStartEvent | SequenceStartEvent):
            _locate(following, value, child, lines)


def separator_tabs(text: str) -> list[int]:
    """Return the offsets of the tabs of a readable text that stand outside scalars and comments."""
    if "\t" not in text:
        return []
    masked = list(text)
    for event in events(text):
        if isinstance(event, ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark.index, event.end_mark.index
            masked[start:end] = "." * (end - start)
    offsets, begin = [], 0
    for line in "".join(masked).split("\n"):
        code = line.partition("#")[0]
        offsets += [begin + at for at, character in enumerate(code) if character == "\t"]
        begin += len(line) + 1
    return offsets
