"""A case file at a glance: its subject and whether it is open, without understanding it. Floor 4.

Completion and the look for a matter received twice touch hundreds of files and need no more of most.
"""

import re
from pathlib import Path
from typing import NamedTuple


class Glance(NamedTuple):
    """What the file seems to say."""

    raw: bytes
    subject: str
    open: bool


def glance(path: str | Path) -> Glance:
    """Return what the file at ``path`` seems to say; nothing, and open, when it cannot be read."""
    try:
        raw = Path(path).read_bytes()
    except OSError:
        return Glance(b"", "", True)
    line = re.search(rb"^subject: (.*)$", raw, re.MULTILINE)
    subject = line[1].decode("utf-8", errors="replace").strip("'\" \r") if line else ""
    again = max(raw.rfind(b"did: reopen"), raw.rfind(b"did: undo"))
    return Glance(raw, subject, raw.rfind(b"did: close") <= again)
