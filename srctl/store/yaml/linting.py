"""Lint: what is readable in a YAML file but not as srctl writes it."""

import re
from collections.abc import Iterator
from typing import Any

from yaml.events import DocumentStartEvent, ScalarEvent

from srctl.core.errors import Problem
from srctl.core.i18n import _
from srctl.store.yaml.composer import events, line_of
from srctl.store.yaml.guards import BOM, ReadingError, line_at
from srctl.store.yaml.positions import separator_tabs
from srctl.store.yaml.source import Source

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_SUSPECT = re.compile(r"~|null|Null|NULL| #[^\s#!]")  # without these nothing is unusual in the style srctl writes


def lint(source: Source) -> tuple[Problem, ...]:
    """The findings of a file, readable or not, in the order of the lines.

    Codes: bom, crlf, marker (``---``), tab (outside text), null (``~``), folded (plain text over
    several lines), last-line (without line end), comment-cut. A comment is taken for cut-off text
    when exactly one space stands before its ``#`` and none after: ``ที่ #5`` is, ``malee # main`` is
    not.
    """
    raw, text = source.raw, source.text
    found = [ReadingError(1, "bom", _("the file starts with a byte order mark"))] * raw.startswith(BOM)
    if (at := raw.find(b"\r\n")) >= 0:
        message = _("the lines end as on Windows (CR LF)")
        found.append(ReadingError(raw.count(b"\n", 0, at) + 1, "crlf", message))
    if not source.problems and not (source.canonical and not _SUSPECT.search(text)):
        if not text.endswith("\n"):
            message = _("the last line of the file does not end")
            hint = _("press Enter at its end")
            found.append(ReadingError(line_at(text, len(text)), "last-line", message, hint))
        found += [fault for event in events(text) for fault in _unusual(text, event)]
        found += [
            ReadingError(line, "tab", _("a tab stands outside the text"), _("use spaces"))
            for line in [line_at(text, at) for at in separator_tabs(text)[:1]]
        ]
    return tuple(fault.at(source.path) for fault in sorted(found, key=lambda fault: fault.line))


def _unusual(text: str, event: Any) -> Iterator[ReadingError]:
    """Yield what is unusual about one event of a readable text."""
    line = line_of(event)
    if isinstance(event, DocumentStartEvent) and event.explicit:
        yield ReadingError(line, "marker", _("the line --- is not needed"))
    if type(event) is not ScalarEvent or event.style:
        return
    value = event.value
    end: Any = event.end_mark
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
