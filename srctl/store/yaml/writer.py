"""YAML written in the one style of the office's files, safe for every reader.

Text is left plain only where no reader of YAML 1.1 or 1.2 could take it for anything else: numbers,
dates, times and words such as ``no`` get quotes (performance reference, section 3). The top level
is in block style, a short mapping of single values on one line, each list item on its own line. No
YAML library is needed: that the result reads back is checked with the reader.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeGuard

from srctl.core.errors import BadFile, Problem
from srctl.core.i18n import _
from srctl.core.patches import Value

WIDTH = 100
UNNAMED = Path("-")


class Verbatim(str):
    """YAML source text of one list item, put in byte for byte (as ``item_texts`` gave it)."""

    __slots__ = ()


class Tall(dict[str, Value]):
    """A mapping that, as a list item, is written over several lines."""


def _characters(ranges: str, more: str = "") -> frozenset[str]:
    """Return all characters from the first to the second of each pair, and ``more``."""
    pairs = zip(ranges[::2], ranges[1::2], strict=True)
    return frozenset(more).union(*(map(chr, range(ord(first), ord(last) + 1)) for first, last in pairs))


# Sets, since patterns of so many letters take a millisecond to compile.
_LETTERS = _characters("AZaz\u0e01\u0e30\u0e32\u0e33\u0e40\u0e46\u0e50\u0e5b")
_INNER = _LETTERS | _characters("\u0e34\u0e3a\u0e47\u0e4f09", "\u0e31\u0e3f .()/%@+“”‘’…–—_-")
# An own number (2569-0042, 2569-B0007), or a count followed by Thai words (7 วัน).
_NUMBER = re.compile(r"\d{4}-[A-Z]?\d{4,}")
_COUNT = re.compile(r"\d{1,4} [\u0e01-\u0e2e\u0e40-\u0e44]")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Words that some reader takes for a boolean, null or a number.
_WORDS = frozenset(("y", "yes", "n", "no", "on", "off", "true", "false", "null", "nan", "inf"))
_KEY_WORDS = frozenset(("true", "false", "null"))  # "on" is a key of the format: received.on
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def as_read(value: Value) -> Any:
    """``value`` as the reader will give it back: text, lists and mappings of text only.

    Dates become ISO text, booleans ``true`` or ``false``; None entries are left out. A value of
    another type raises TypeError, text with a lone surrogate or control character is refused later.
    """
    if isinstance(value, Verbatim):
        return _meaning(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, bool | int | date):
        return _literal(value)
    if isinstance(value, Mapping):
        return {str(key): as_read(item) for key, item in value.items() if item is not None}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [as_read(item) for item in value if item is not None]
    raise TypeError(f"{type(value).__name__} cannot be written to a file")


def scalar(value: Value, style: str = "") -> str:
    """Return one scalar on one line; ``style`` is the quote mark to keep, if there was one."""
    if not isinstance(value, str):
        return _literal(value)
    text = value.replace("\r\n", "\n")
    if style == "'" and not any(mark in text for mark in "'\n\t"):
        return f"'{text}'"
    if not style and _is_plain(text):
        return text
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def key_text(key: str) -> str:
    """A key: plain when it is an ordinary word, in quotes otherwise."""
    return key if _KEY.fullmatch(key) and key.lower() not in _KEY_WORDS else scalar(key, '"')


def flow_style(value: Value) -> str:
    """Return ``value`` on one line: ``{a: 1, b: [x, y]}``."""
    if isinstance(value, Verbatim):
        return value
    if isinstance(value, Mapping):
        pairs = (f"{key_text(k)}: {flow_style(v)}" for k, v in value.items() if v is not None)
        return "{" + ", ".join(pairs) + "}"
    if is_sequence(value):
        return "[" + ", ".join(flow_style(item) for item in value if item is not None) + "]"
    return scalar(value)


def block(value: Value, indent: int) -> str:
    """The text after ``key:`` in block style: `` value`` or further lines below it.

    ``indent`` is the column of the key. Lines are joined by LF, without one at the end.
    """
    pad = " " * (indent + 2)
    if isinstance(value, str) and not isinstance(value, Verbatim):
        return " " + _text(value, pad)
    if is_sequence(value) and any(item is not None for item in value):
        return "".join(f"\n{pad}- {item_text(v, indent + 2)}" for v in value if v is not None)
    line = " " + flow_style(value)
    if isinstance(value, Mapping) and not _is_short(value, line, indent):
        return "".join(f"\n{pad}{pair(k, v, indent + 2)}" for k, v in value.items() if v is not None)
    return line


def pair(key: str, value: Value, indent: int) -> str:
    """Return ``key: value`` in block style for a key at column ``indent``."""
    return f"{key_text(key)}:{block(value, indent)}"


def item_text(value: Value, indent: int) -> str:
    """Return a list item whose dash is at column ``indent``; mappings take one line or are Tall."""
    if isinstance(value, str) and not isinstance(value, Verbatim):
        return _text(value, " " * (indent + 2))
    if isinstance(value, Tall) and any(item is not None for item in value.values()):
        lines = [pair(key, v, indent + 2) for key, v in value.items() if v is not None]
        return f"\n{' ' * (indent + 2)}".join(lines)
    return flow_style(value)


def dump(data: Mapping[str, Value], comment: str = "") -> bytes:
    """The bytes of a new file, ``comment`` above it; BadFile if it would not read back."""
    from srctl.store.yaml.reader import read_text

    head = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    body = "".join(pair(k, v, 0) + "\n" for k, v in data.items() if v is not None)
    raw = (head + (body or "{}\n")).encode("utf-8", "surrogatepass")
    source = read_text(raw, UNNAMED)
    if source.problems:
        raise BadFile(source.problems)
    if source.data != as_read(data):
        message = _("the text cannot be written so that it reads back the same")
        raise BadFile([Problem(UNNAMED, 0, "write", message)])
    return raw


def is_sequence(value: Value) -> TypeGuard[Sequence[Value]]:
    """Whether ``value`` is a list of values."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _is_plain(text: str) -> bool:
    if text[:1] in _LETTERS and text[-1] != " " and _INNER.issuperset(text):
        return text.lower() not in _WORDS
    count = _COUNT.match(text)
    if count:
        return _INNER.issuperset(text[count.end() :]) and text[-1] != " "
    return bool(_NUMBER.fullmatch(text))


def _text(text: str, pad: str) -> str:
    """Return a text on its line, or as a literal block where its lines allow one."""
    text = text.replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    odd = any(line != line.rstrip() or "\t" in line for line in lines) or not lines[-1]
    if "\n" not in text or odd or not lines[0] or lines[0][0].isspace():
        return scalar(text)
    header = "|" if text.endswith("\n") else "|-"
    return "\n".join([header, *(pad + line if line else "" for line in lines)])


def _is_short(value: Mapping[str, Value], line: str, indent: int) -> bool:
    """Whether a mapping belongs on the line of its key: single values that fit."""
    simple = not any(isinstance(v, Mapping) or is_sequence(v) for v in value.values())
    several = any(isinstance(v, str) and "\n" in v for v in value.values())
    return not value or (simple and not several and len(line) + indent <= WIDTH)


def _meaning(source: str) -> Any:
    """The value of the source text of a list item, at whatever depth it stood."""
    from srctl.store.yaml.reader import read_text

    lines = [line for line in source.split("\n")[1:] if line.strip()]
    depth = min((len(line) - len(line.lstrip(" ")) for line in lines), default=4)
    raw = f"item:\n{' ' * max(depth - 2, 0)}- {source}\n".encode("utf-8", "surrogatepass")
    read = read_text(raw, UNNAMED)
    if read.data is None or len(read.data["item"]) != 1:
        raise BadFile(read.problems or [Problem(UNNAMED, 0, "item", _("not one list item"))])
    return read.data["item"][0]
