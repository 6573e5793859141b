"""The fast path: the one style srctl writes, read without any YAML library.

Block mappings and lists, collections on one line, plain and quoted text of one line, literal blocks, comments. Each
line must match a pattern that leaves YAML no other reading; whatever does not (several lines in quotes, tabs, anchors,
faults of any kind) is not canonical and left to :mod:`srctl.store.yaml.composer`, which alone words refusals.
``tests/test_yaml_speeds.py`` proves that what is read here is what the composer reads.
"""

import re
from typing import Any

from srctl.store.yaml.guards import MAX_DEPTH, MAX_NODES, NBSP

# What is taken with "+" behind it is never given back: no other reading could be right, and none is looked for.
_KEY = r"[A-Za-z][\w.-]{0,99}+"
_FIRST = r"""\s\-?:,\[\]{}#&*!|>'"%@`"""  # no plain text begins with these, nor stands in the first column
_PLAIN = rf"-*+[^{_FIRST}][^\n:#]*(?::(?=\S)[^\n:#]*)*(?<! )"  # plain text up to the end of its line
_INNER = r"[^\n:#?,\[\]{}]*+"
_WORD = rf"-*+[^{_FIRST}]{_INNER}(?::(?=\d){_INNER})*+(?<! )"  # plain text inside brackets
_END = r" *(?: #.*)?"
# The log is most of a file, an entry a line: mappings one below the other are taken as one run, when no word of them
# has a quote or a backslash in it.
_CLEAN = r'[^\n:#?,\[\]{}"\\]*+'
_BARE = rf'(?:-*+[^{_FIRST}\\]{_CLEAN}(?::(?=\d){_CLEAN})*+(?<! )|"[\w .+-]++")'
_BRACED = rf"{{{_KEY}: {_BARE}(?:, {_KEY}: {_BARE})*+}}"
_RUN = rf"- ({_BRACED}(?:\n\1- {_BRACED})*)"
# A literal block stands two columns further in than its key or dash: after "- key: |" that is four.
_LITERAL = r"\|(-?\n\1  (?(3)(?(4)  ))[^ \n].*(?:\n(?:\1  (?(3)(?(4)  )).*)?)*)"
_LINE = re.compile(
    rf"^(?:( *+)(?!#)(?:{_RUN}|(- )?+(?:({_KEY}):(?= |$))?(?:(?: *+({_PLAIN}))?{_END}| *{_LITERAL}| *(.+)))| *#.*)$",
    re.MULTILINE | re.ASCII,
)
_PAIRS = re.compile(rf"(?:{_KEY}: {_WORD}(?:, |(?=}})))+", re.ASCII)
_NAME = re.compile(rf"({_KEY}): ", re.ASCII)
_SCALAR = re.compile(rf"""({_WORD})|"([^"\\\n]*(?:\\[\\"nt][^"\\\n]*)*)"|'([^'\n]*)'""", re.ASCII)
_TAIL = re.compile(rf"{_END}\Z")
_ESCAPES = {"n": "\n", "t": "\t"}

# Indentation, run of items, dash, key, plain text, literal block, anything else; all empty for a comment and between
# lines.
_Line = tuple[str, str, str, str, str, str, str]
_NOTHING: _Line = ("", "", "", "", "", "", "")


class _NotCanonical(Exception):
    """The text is not in the style srctl writes, or has a fault."""


def read_canonical(text: str) -> dict[str, Any] | None:
    """The mapping in a text of :func:`guards.decode`, all scalars as text; None when it needs the composer.

    Each node takes a character at least, so a short text cannot hold too many.
    """
    if len(text) > MAX_NODES or "\t" in text or NBSP in text or not text.endswith("\n"):
        return None
    text = text.replace("\r\n", "\n")  # the only place the guards let a CR stand
    lines: list[_Line] = [line for line in _LINE.findall(text) if line != _NOTHING]
    lines.append(_NOTHING)
    lines.reverse()  # the next line is the last
    try:
        data = _mapping(lines, "", 1)
    except _NotCanonical:
        return None
    return data if data and len(lines) == 1 else None


def _mapping(lines: list[_Line], column: str, depth: int) -> dict[str, Any]:
    """Read the keys at ``column``; a line that fits nowhere is left over, so that the text is not canonical."""
    data: dict[str, Any] = {}
    while lines[-1][0] == column:
        _, _, dash, key, plain, literal, rest = lines[-1]
        if dash or not key or key in data:
            break
        lines.pop()
        data[key] = plain or _value(lines, column, literal, rest, depth)
    return data


def _sequence(lines: list[_Line], column: str, depth: int) -> list[Any]:
    """Read the items at ``column``."""
    items: list[Any] = []
    while lines[-1][0] == column and (lines[-1][1] or lines[-1][2]):
        _, run, _, key, plain, literal, rest = lines.pop()
        if run:
            _deeper(depth)
            items += _run(run, column)
        elif key:
            inner = column + "  "
            lines.append((inner, "", "", key, plain, literal, rest))
            items.append(_mapping(lines, inner, _deeper(depth)))
        elif plain or literal or rest:
            items.append(plain or _value(lines, column, literal, rest, depth))
        else:
            raise _NotCanonical
    return items


def _run(run: str, column: str) -> list[dict[str, str]]:
    """The mappings of a run: one-line mappings of bare words, one below the other."""
    items = []
    for inner in run[1:-1].replace('"', "").split(f"}}\n{column}- {{"):
        # No word holds ", " or ": ", so all of them are split at once.
        words = inner.replace(": ", ", ").split(", ")
        each = iter(words)
        item = dict(zip(each, each))  # noqa: B905 - a key has a word
        if len(words) > 2 * len(item):
            raise _NotCanonical
        items.append(item)
    return items


def _value(lines: list[_Line], column: str, literal: str, rest: str, depth: int) -> Any:
    """The value that is not plain text: in the rest of the line, or on the lines below it."""
    if rest:
        value, end = _flow(rest, 0, depth)
        if end < len(rest) and not _TAIL.match(rest, end):
            raise _NotCanonical
        return value
    if literal:
        ending = "" if literal.startswith("-") else "\n"
        return literal.removeprefix("-").replace(f"\n{column}  ", "\n").strip("\n") + ending
    below, run, dash = lines[-1][:3]
    if (run or dash) and below >= column:
        return _sequence(lines, below, _deeper(depth))
    return _mapping(lines, below, _deeper(depth)) if below > column else ""


def _flow(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The value in flow style that starts ``at``, and the offset of its end."""
    if text.startswith("{", at):
        return _flow_mapping(text, at + 1, _deeper(depth))
    if text.startswith("[", at):
        return _flow_sequence(text, at + 1, _deeper(depth))
    found = _SCALAR.match(text, at)
    if found is None:
        raise _NotCanonical
    word, double, single = found.groups()
    if double and "\\" in double:
        double = re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), double)
    return word or double or single or "", found.end()


def _flow_mapping(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    data: dict[str, Any] = {}
    while not text.startswith("}", at):
        if run := _PAIRS.match(text, at):
            # No word holds ", " or ": ", so the whole run is split at once.
            words = run[0].removesuffix(", ").replace(": ", ", ").split(", ")
            count, each = len(data) + len(words) // 2, iter(words)
            data.update(zip(each, each, strict=True))
            at = run.end()
        elif name := _NAME.match(text, at):
            count = len(data) + 1
            data[name[1]], at = _flow(text, name.end(), depth)
            at = _behind_comma(text, at, "}")
        else:
            raise _NotCanonical
        if len(data) < count:
            raise _NotCanonical
    return data, at + 1


def _flow_sequence(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    while not text.startswith("]", at):
        item, at = _flow(text, at, depth)
        items.append(item)
        at = _behind_comma(text, at, "]")
    return items, at + 1


def _behind_comma(text: str, at: int, close: str) -> int:
    if text.startswith(", ", at):
        return at + 2
    if text.startswith(close, at):
        return at
    raise _NotCanonical


def _deeper(depth: int) -> int:
    if depth == MAX_DEPTH:
        raise _NotCanonical
    return depth + 1
