"""YAML of any style, composed from the parser's events and refused as soon as it is at fault.

The only door to PyYAML. What only an attacker has a use for (anchors, tags, directives, duplicate or
complex keys, depth) is refused with its line, in mid-stream.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from srctl.core.i18n import _
from srctl.store.yaml.guards import MAX_DEPTH, MAX_NODES, NBSP, NBSP_KEY, UNSAFE, ReadingError, forbidden, too_deep

# The C parser is fifteen times faster; the one in Python reads the same where no wheel carries it.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_UNSAFE_VALUE = re.compile(f"[\r{UNSAFE}]")


def compose_yaml(text: str) -> dict[str, Any]:
    """The one mapping in a text of :func:`guards.decode`, all scalars as text; ReadingError at the first fault."""
    try:
        return _Composer(text).document()
    except yaml.YAMLError as error:
        raise _parser_fault(text, error) from None


def events(text: str) -> Iterator[Any]:
    """Yield the parser's events for a readable text."""
    following = LOADER(text).get_event
    while (event := following()) is not None:
        yield event


class _Composer:
    """Builds plain text, lists and mappings from the parser's events, refusing as it goes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: Callable[[], Any] = LOADER(text).get_event
        self._nodes_left = MAX_NODES
        self._nbsp = NBSP in text

    def document(self) -> dict[str, Any]:
        """The one mapping of the file."""
        self._next()
        start = self._next()
        if type(start) is not DocumentStartEvent:
            raise ReadingError(
                1, "empty", _("the file is empty"), _("take it back from the record: git checkout -- FILE")
            )
        event = self._next()
        if type(event) is not MappingStartEvent:
            from srctl.store.yaml.diagnosis import not_a_mapping

            raise not_a_mapping(self._text, line_of(event))
        data = self._mapping(event, 1)
        self._next()
        event = self._next()
        if type(event) is not StreamEndEvent:
            raise ReadingError(
                line_of(event),
                "documents",
                _("a second document starts here"),
                _("delete the line with --- and keep one document in a file"),
            )
        return data

    def _mapping(self, start: Any, depth: int) -> dict[str, Any]:
        self._enter(start, depth)
        data: dict[str, Any] = {}
        while type(event := self._next()) is not MappingEndEvent:
            key = self._key(event)
            if key in data:
                raise ReadingError(
                    line_of(event),
                    "duplicate",
                    _("the key {key} stands twice in the same place").format(key=key),
                    _("keep one of the two lines"),
                )
            data[key] = self._value(self._next(), depth)
        return data

    def _sequence(self, start: Any, depth: int) -> list[Any]:
        self._enter(start, depth)
        items: list[Any] = []
        while type(event := self._next()) is not SequenceEndEvent:
            items.append(self._value(event, depth))
        return items

    def _value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is MappingStartEvent:
            return self._mapping(event, depth + 1)
        if kind is SequenceStartEvent:
            return self._sequence(event, depth + 1)
        raise _anchor(event)

    def _key(self, event: Any) -> str:
        if type(event) is AliasEvent:
            raise _anchor(event)
        mark, end = event.start_mark, event.end_mark
        explicit = self._text[max(mark.index - 9, 0) : mark.index].rstrip(" ")[-1:] == "?"
        if type(event) is not ScalarEvent or explicit or mark.line != end.line:
            raise ReadingError(
                line_of(event),
                "key",
                _("a key must be one short word on one line"),
                _("text that starts with ?, [ or { needs quotes"),
            )
        key = self._scalar(event)
        if not key:
            raise ReadingError(line_of(event), "key", _("the key before the colon is missing"))
        if key == "<<":
            raise _anchor(event)
        if self._nbsp and not event.style and NBSP in key:
            raise _nbsp(line_of(event))
        return key

    def _scalar(self, event: Any) -> str:
        self._nodes_left -= 1
        if self._nodes_left < 0:
            raise ReadingError(line_of(event), "too-many", _("the file has too many entries"))
        if event.anchor or event.tag:
            raise _anchor(event) if event.anchor else _tag(event)
        value: str = event.value
        if event.style == '"' and (found := _UNSAFE_VALUE.search(value)):
            raise forbidden(found[0], line_of(event))
        if self._nbsp and not event.style and re.match(NBSP_KEY, value):
            raise _nbsp(line_of(event))
        return value

    def _enter(self, event: Any, depth: int) -> None:
        self._nodes_left -= 1
        if event.anchor or event.tag:
            raise _anchor(event) if event.anchor else _tag(event)
        if depth > MAX_DEPTH:
            raise too_deep(line_of(event))
        if self._nodes_left < 0:
            raise ReadingError(line_of(event), "too-many", _("the file has too many entries"))


def line_of(event: Any) -> int:
    """The 1-based line on which the event starts."""
    return int(event.start_mark.line) + 1


def _nbsp(line: int) -> ReadingError:
    from srctl.store.yaml.diagnosis import nbsp

    return nbsp(line)


def _anchor(event: Any) -> ReadingError:
    message = _("references (&, *, <<) are not used in these files")
    return ReadingError(line_of(event), "anchor", message, _("if it is meant as text, put it in quotes"))


def _tag(event: Any) -> ReadingError:
    message = _("types (!) are not used in these files")
    return ReadingError(line_of(event), "tag", message, _("if it is meant as text, put it in quotes"))


def _parser_fault(text: str, error: yaml.YAMLError) -> ReadingError:
    """A parser's error in the words of the person who typed the line."""
    mark = getattr(error, "problem_mark", None)
    began = getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    problem = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    inside = began is not None and any(w in problem for w in ("quoted", "flow", "simple key"))
    from srctl.store.yaml.diagnosis import diagnose

    return diagnose(text, problem, line, began.line + 1 if began and inside else line)
