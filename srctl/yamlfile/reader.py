"""Reading YAML by one rule: every scalar is the text that stands there. Floor 2.

The only door to PyYAML. A phone number keeps its 0, 12:30 stays 12:30 and ``no`` stays ``no``:
types are the model's business (performance reference, section 3). What a case file has no use for
and an attacker has (anchors, tags, directives, duplicate or complex keys, depth) is refused with
its line. The parser's events are composed here: a hostile file is stopped in mid-stream.
"""

import re
import stat
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
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

from srctl.errors import Problem
from srctl.i18n import _
from srctl.yamlfile.guards import (
    BOM,
    MAX_BYTES,
    NBSP,
    NBSP_KEY,
    UNSAFE_VALUE,
    ReadingError,
    decode,
    forbidden,
    line_at,
    too_deep,
    too_large,
)
from srctl.yamlfile.source import Source, Where

MAX_DEPTH = 12
MAX_NODES = 50_000

# The C parser is fifteen times faster; the one in Python reads the same where no wheel carries it.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS = frozenset({"~", "null", "Null", "NULL"})


def read_text(raw: bytes, path: Path) -> Source:
    """Read the bytes of the file ``path``; faults come back as problems, nothing is raised."""
    text = ""
    try:
        text = decode(raw)
        return Source(path, text, _Composer(text).document(), (), raw)
    except ReadingError as fault:
        return Source(path, text, None, (fault.at(path),), raw)
    except yaml.YAMLError as error:
        return Source(path, text, None, (_parser_fault(text, error).at(path),), raw)


def read_file(path: Path) -> Source:
    """Read the file ``path``; links, folders, devices and oversized files are refused unread."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            fault = ReadingError(
                0,
                "symlink",
                _("the file is a link to another file"),
                _("put the file itself in its place"),
            )
        elif not stat.S_ISREG(status.st_mode):
            fault = ReadingError(0, "not-a-file", _("this is not an ordinary file"))
        elif status.st_size > MAX_BYTES:
            fault = too_large(status.st_size)
        else:
            return read_text(path.read_bytes(), path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        fault = ReadingError(0, "unreadable", _("cannot be opened: {reason}").format(reason=reason))
    return Source(path, "", None, (fault.at(path),))


class _Composer:
    """Builds plain text, lists and mappings from the parser's events, refusing as it goes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: Callable[[], Any] = LOADER(text).get_event
        self._left = MAX_NODES
        self._nbsp = NBSP in text

    def document(self) -> dict[str, Any]:
        """Return the one mapping of the file."""
        self._next()
        start = self._next()
        if type(start) is not DocumentStartEvent:
            raise ReadingError(
                1, "empty", _("the file is empty"), _("take it back from the record: git checkout -- FILE")
            )
        event = self._next()
        if type(event) is not MappingStartEvent:
            from srctl.yamlfile.diagnosis import not_a_mapping

            raise not_a_mapping(self._text, _line(event))
        data = self._mapping(event, 1)
        self._next()
        event = self._next()
        if type(event) is not StreamEndEvent:
            raise ReadingError(
                _line(event),
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
                    _line(event),
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
                _line(event),
                "key",
                _("a key must be one short word on one line"),
                _("text that starts with ?, [ or { needs quotes"),
            )
        key = self._scalar(event)
        if not key:
            raise ReadingError(_line(event), "key", _("the key before the colon is missing"))
        if key == "<<":
            raise _anchor(event)
        if self._nbsp and not event.style and NBSP in key:
            raise _nbsp(_line(event))
        return key

    def _scalar(self, event: Any) -> str:
        self._left -= 1
        if self._left < 0:
            raise ReadingError(_line(event), "too-many", _("the file has too many entries"))
        if event.anchor or event.tag:
            raise _anchor(event) if event.anchor else _tag(event)
        value: str = event.value
        if event.style == '"' and (found := UNSAFE_VALUE.search(value)):
            raise forbidden(found[0], _line(event))
        if self._nbsp and not event.style and NBSP_KEY.match(value):
            raise _nbsp(_line(event))
        return value

    def _enter(self, event: Any, depth: int) -> None:
        self._left -= 1
        if event.anchor or event.tag:
            raise _anchor(event) if event.anchor else _tag(event)
        if depth > MAX_DEPTH:
            raise too_deep(_line(event))
        if self._left < 0:
            raise ReadingError(_line(event), "too-many", _("the file has too many entries"))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _nbsp(line: int) -> ReadingError:
    from srctl.yamlfile.diagnosis import nbsp

    return nbsp(line)


def _end(event: Any) -> Any:
    """Return the mark (line, index) behind the event's text."""
    return event.end_mark


def _anchor(event: Any) -> ReadingError:
    message = _("references (&, *, <<) are not used in these files")
    return ReadingError(_line(event), "anchor", message, _("if it is meant as text, put it in quotes"))


def _tag(event: Any) -> ReadingError:
    message = _("types (!) are not used in these files")
    return ReadingError(_line(event), "tag", message, _("if it is meant as text, put it in quotes"))


def _parser_fault(text: str, error: yaml.YAMLError) -> ReadingError:
    """Return a parser's complaint in the words of the person who typed the line."""
    mark = getattr(error, "problem_mark", None)
    began = getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    problem = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    inside = began is not None and any(w in problem for w in ("quoted", "flow", "simple key"))
    from srctl.yamlfile.diagnosis import explain

    return explain(text, problem, line, began.line + 1 if began and inside else line)


@lru_cache(maxsize=4)
def lines_of(text: str) -> Mapping[Where, int]:
    """Return the line of each key and item of a readable text."""
    lines: dict[Where, int] = {}
    events = _events(text)
    top = next(event for event in events if isinstance(event, MappingStartEvent))
    _locate(events, top, (), lines)
    return lines


def _locate(events: Iterator[Any], start: Any, where: Where, lines: dict[Where, int]) -> None:
    """Note the lines of everything inside the collection that ``start`` opens."""
    mapping = isinstance(start, MappingStartEvent)
    for count, event in enumerate(events):
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            return
        child: Where = (*where, event.value if mapping else count)
        lines[child] = _line(event)
        value = next(events) if mapping else event
        if isinstance(value, MappingStartEvent | SequenceStartEvent):
            _locate(events, value, child, lines)


def _events(text: str) -> Iterator[Any]:
    """Yield the parser's events."""
    following = LOADER(text).get_event
    while (event := following()) is not None:
        yield event


def lint(raw: bytes, path: Path) -> tuple[Problem, ...]:
    """Return what is read well but not as srctl writes it, in the order of the lines.

    Codes: bom, crlf, marker (``---``), tab (outside text), null (``~``), folded (plain text over
    several lines), last-line (without line end), comment-cut. A comment is taken for cut-off text
    when exactly one space stands before its ``#`` and none after: ``ที่ #5`` is, ``malee # main`` is
    not.
    """
    found = [ReadingError(1, "bom", _("the file starts with a byte order mark"))] * raw.startswith(BOM)
    if (at := raw.find(b"\r\n")) >= 0:
        message = _("the lines end as on Windows (CR LF)")
        found.append(ReadingError(raw.count(b"\n", 0, at) + 1, "crlf", message))
    if not read_text(raw, path).problems:
        text = decode(raw)
        if not text.endswith("\n"):
            message = _("the last line of the file does not end")
            hint = _("press Enter at its end")
            found.append(ReadingError(line_at(text, len(text)), "last-line", message, hint))
        found += [fault for event in _events(text) for fault in _unusual(text, event)]
        found += [
            ReadingError(line, "tab", _("a tab stands outside the text"), _("use spaces"))
            for line in [line_at(text, at) for at in separator_tabs(text)[:1]]
        ]
    return tuple(fault.at(path) for fault in sorted(found, key=lambda fault: fault.line))


def _unusual(text: str, event: Any) -> Iterator[ReadingError]:
    """Yield what is unusual about one event of a readable text."""
    line = _line(event)
    if isinstance(event, DocumentStartEvent) and event.explicit:
        yield ReadingError(line, "marker", _("the line --- is not needed"))
    if type(event) is not ScalarEvent or event.style:
        return
    value, end = event.value, _end(event)
    if value in _NULLS:
        message = _("{word} is read as text").format(word=value)
        yield ReadingError(line, "null", message, _("leave the value empty, or delete the line"))
    if end.line + 1 != line:
        message = _("unquoted text runs over several lines")
        yield ReadingError(line, "folded", message, _("put it on one line, or in quotes"))
    if value and re.match(r" #[^\s#!]", text[end.index : end.index + 3]):
        yield ReadingError(
            end.line + 1,
            "comment-cut",
            _("the text from # on is taken for a comment and left out"),
            _("put the whole value in quotes; a comment is written with a space after #"),
        )


def separator_tabs(text: str) -> list[int]:
    """Return the offsets of the tabs of a readable text that stand outside scalars and comments."""
    if "\t" not in text:
        return []
    masked = list(text)
    for event in _events(text):
        if isinstance(event, ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark.index, event.end_mark.index
            masked[start:end] = "." * (end - start)
    offsets, begin = [], 0
    for line in "".join(masked).split("\n"):
        code = line.partition("#")[0]
        offsets += [begin + at for at, character in enumerate(code) if character == "\t"]
        begin += len(line) + 1
    return offsets
