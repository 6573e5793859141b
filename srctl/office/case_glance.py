"""A quick scan of a case file: its subject and whether it is open, without parsing the YAML.

Completion and the search for similar cases touch hundreds of files and need no more of most.
"""

import os
import re
from pathlib import Path

from srctl.core.records import NamedTuple

_BEGINNING = 1024  # bytes; the subject of nearly every file is within them
# A pipe in the place of a case gives nothing at once, where it would be waited for.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


class Glance(NamedTuple):
    """The result of a quick scan: the subject, and whether the case is presumed open."""

    subject: str
    open: bool


def glance(path: str | Path) -> Glance:
    """Scan the file at ``path``; no subject, and open, when it cannot be read."""
    try:
        raw = Path(path).read_bytes() if Path(path).is_file() else b""
    except OSError:
        raw = b""
    again = max(raw.rfind(b"did: reopen"), raw.rfind(b"did: undo"))
    return Glance(subject_in(raw) or "", raw.rfind(b"did: close") <= again)


def subject_at(path: str) -> str:
    """The presumed subject of the file at ``path``, from its beginning; ``""`` when it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
        try:
            subject = subject_in(os.read(descriptor, _BEGINNING))
        finally:
            os.close(descriptor)
    except OSError:
        return ""
    return glance(path).subject if subject is None else subject


def subject_in(raw: bytes) -> str | None:
    """The text of the line ``subject:``; None when no such line ends within ``raw``."""
    line = re.search(rb"^subject: (.*)\n", raw, re.MULTILINE)
    return line[1].decode("utf-8", errors="replace").strip("'\" \r") if line else None
