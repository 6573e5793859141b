"""Checks on a file before any parser sees it: size, encoding, characters, nesting.

A parser in C can be crashed and a terminal can be fooled, so bytes from outside are checked first
(threats 5 to 8 of the reliability reference). No YAML library is needed here.
"""

import re
from pathlib import Path

from srctl.core.errors import Problem
from srctl.core.i18n import _, ngettext

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_NODES = 50_000
MAX_BRACKETS = 200  # openers in a row; real files are held to MAX_DEPTH while parsing
BOM = b"\xef\xbb\xbf"
NBSP = "\u00a0"

# C0, C1, line separators, directional controls, byte order mark, noncharacters, surrogates
UNSAFE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff"
)
# Patterns are compiled only when a text gives cause: start-up is what a clerk waits for.
_UNSAFE_RAW = f"[{UNSAFE}]|\r(?!\n)"
_CONFLICT = r"(?m)^(?:<{7}|>{7}|={7}|\|{7})(?=[ \r\n]|\Z)"
_BRACKETS = r"[\[{][\[{\s]*"
NBSP_KEY = r"[\s\u00a0]*(?:- +)?[A-Za-z][\w-]*:\u00a0"


class ReadingError(Exception):
    """The fault for which a text is refused, before the file's name is known."""

    def __init__(self, line: int, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.code, self.message, self.hint = line, code, message, hint

    def at(self, path: Path) -> Problem:
        """Return the fault as a problem of the file ``path``."""
        return Problem(path, self.line, self.code, self.message, self.hint)


def decode(raw: bytes) -> str:
    """The text of ``raw`` without BOM, safe for the parser; ReadingError when it is not."""
    if len(raw) > MAX_BYTES:
        raise too_large(len(raw))
    try:
        text = raw.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8(raw) from None
    # Nothing forbidden is printable, and this check is the cheapest.
    if not text.replace("\n", "").isprintable() and (found := re.search(_UNSAFE_RAW, text)):
        raise forbidden(found[0], line_at(text, found.start()))
    if ("<<<<<<<" in text or ">>>>>>>" in text or "=======" in text or "|||||||" in text) and (
        found := re.search(_CONFLICT, text)
    ):
        raise ReadingError(
            line_at(text, found.start()),
            "conflict",
            _("two versions of this file were merged and left unresolved ({mark})").format(mark=found[0]),
            _("keep the right lines; delete those that start with <<<<<<<, ======= or >>>>>>>"),
        )
    if "\n%" in text or text.startswith("%"):
        raise ReadingError(
            line_at(f"\n{text}", f"\n{text}".index("\n%")),
            "directive",
            _("a line cannot start with %"),
            _("delete the line, or put the text in quotes"),
        )
    if text.count("[") + text.count("{") > MAX_BRACKETS:
        for found in re.finditer(_BRACKETS, text):
            if found[0].count("[") + found[0].count("{") > MAX_BRACKETS:
                raise too_deep(line_at(text, found.start()))
    return text


def line_at(text: str, offset: int) -> int:
    """Return the 1-based line of the character at ``offset``."""
    return text.count("\n", 0, offset) + 1


def forbidden(character: str, line: int) -> ReadingError:
    """Return the fault of a character that no file of ours may carry."""
    return ReadingError(
        line,
        "character",
        _("forbidden character U+{code}").format(code=f"{ord(character):04X}"),
        _("an invisible control character was pasted in: delete it and type the text again"),
    )


def too_large(size: int) -> ReadingError:
    """Return the fault of a file of ``size`` bytes, more than is ever read."""
    return ReadingError(
        0,
        "too-large",
        ngettext(
            "the file is larger than {limit} byte ({size})", "the file is larger than {limit} bytes ({size})", MAX_BYTES
        ).format(limit=MAX_BYTES, size=size),
        _("keep long material as an attachment beside the case"),
    )


def too_deep(line: int) -> ReadingError:
    """Return the fault of lists within lists beyond what a person can read."""
    return ReadingError(line, "too-deep", _("too many levels inside each other"), _("write it flatter"))


def _not_utf8(raw: bytes) -> ReadingError:
    """Return the fault of bytes that are not UTF-8, guessing how the file was saved."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = _("the file is saved as UTF-16 (Unicode), not UTF-8")
        return ReadingError(1, "encoding", message, _how_to_save())
    try:
        raw.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        start = error.start + (len(BOM) if raw.startswith(BOM) else 0)
    line = raw.count(b"\n", 0, start) + 1
    message = _("byte {number} is not UTF-8").format(number=start + 1)
    if _looks_thai_ansi(raw):
        message = _("byte {number} is not UTF-8; the file looks saved as TIS-620 (ANSI)").format(number=start + 1)
    return ReadingError(line, "encoding", message, _how_to_save())


def _how_to_save() -> str:
    return _("open the file in Notepad, choose Save As, Encoding: UTF-8, and save")


def _looks_thai_ansi(raw: bytes) -> bool:
    """Whether the bytes make Thai text in the old Windows code page."""
    try:
        text = raw.decode("cp874")
    except UnicodeDecodeError:
        return False
    high = [c for c in text if ord(c) > 0x7F]
    return sum("\u0e01" <= c <= "\u0e5b" for c in high) * 2 > len(high)
