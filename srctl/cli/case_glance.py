"""A case file at a glance: its subject and whether it is open, without understanding it. Floor 4.

Completion and the look for a matter received twice touch hundreds of files and need no more of most.
"""

import os
import re
from pathlib import Path

from srctl.core.records import NamedTuple

_BEGINNING = 1024  # bytes in which the subject of nearly every file stands


class Glance(NamedTuple):
    """What the file seems to say."""

    subject: str
    open: bool


def glance(path: str | Path) -> Glance:
    """Return what the file at ``path`` seems to say; nothing, and open, when it cannot be read."""
    try:
        raw = Path(path).read_bytes()
    except OSError:
        return Glance("", True)
    again = max(raw.rfind(b"did: reopen"), raw.rfind(b"did: undo"))
    return Glance(_subject(raw) or "", raw.rfind(b"did: close") <= again)


def subject_at(path: str) -> str:
    """Return the subject the file at ``path`` seems to have, from its beginning; ``""`` when it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            subject = _subject(os.read(descriptor, _BEGINNING))
        finally:
            os.close(descriptor)
    except OSError:
        return ""
    return glance(path).subject if subject is None else subject


def _subject(raw: bytes) -> str | None:
    """Return what stands in the line of the subject; None when no such line ends in ``raw``."""
    line = re.search(rb"^subject: (.*)\n", raw, re.MULTILINE)
    return line[1].decode("utf-8", errors="replace").strip("'\" \r") if line else None
