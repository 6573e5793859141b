"""The anchor of an office: the last commit that was judged, and what other programs' commits took back until then.

srctl moves it with each of its own commits, so a command sees by comparing two lines that nothing was committed by
another program since. It lies in ``.git/srctl/anchor``; without it what happened before is not judged again. It need
not be durable while nothing was taken back: an older anchor only means that more commits are judged once more.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from srctl import LOCAL
from srctl.core.records import NamedTuple

NAME = f"{LOCAL}/anchor"
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_HEX = frozenset("0123456789abcdef")


class TakenBack(NamedTuple):
    """A file whose recorded content was taken back: the blob before, the one after ("": deleted), and by whom.

    ``commit`` is the commit that did it, "" where the branch itself was set back; ``at`` is an ISO moment.
    """

    path: str
    was: str
    became: str
    commit: str
    by: str
    at: str


class Anchor(NamedTuple):
    """The commit up to which history was judged, and what was found to be taken back and is not yet mended."""

    head: str
    taken: tuple[TakenBack, ...] = ()


def head_of(root: Path) -> str:
    """The commit the folder is at, read without starting git; "" where its files do not show one."""
    try:
        with open(f"{root}/.git/HEAD", encoding="utf-8") as file:  # noqa: PTH123 - on the way of every command
            text = file.read().strip()
        ref = text.removeprefix("ref: ")
        if ref != text:
            text = _target(root, ref)
    except (OSError, ValueError):
        return ""
    return text if is_commit(text) else ""


def is_quiet(root: Path) -> bool:
    """Whether nothing was committed since the anchor, and nothing is known to be taken back."""
    known = read(root)
    return known is not None and not known.taken and known.head == head_of(root)


def is_commit(text: str) -> bool:
    """Whether ``text`` can be the id of a commit."""
    return len(text) in (40, 64) and _HEX.issuperset(text) and text.strip("0") != ""


def _target(root: Path, ref: str) -> str:
    try:
        with open(f"{root}/.git/{ref}", encoding="utf-8") as file:  # noqa: PTH123
            return file.read().strip()
    except FileNotFoundError:
        packed = (root / ".git/packed-refs").read_text(encoding="utf-8").splitlines()
        return next((line.partition(" ")[0] for line in packed if line.endswith(f" {ref}")), "")


def read(root: Path) -> Anchor | None:
    """The anchor of the office at ``root``; None where there is none, or none that can be read."""
    try:
        with open(f"{root}/{NAME}", encoding="utf-8", opener=_open) as file:
            head, _newline, rest = file.read().partition("\n")
        if not is_commit(head):
            return None
        return Anchor(head, tuple(TakenBack(*map(str, fields)) for fields in json.loads(rest)) if rest.strip() else ())
    except (OSError, ValueError, TypeError):
        return None


def write(root: Path, anchor: Anchor) -> None:
    """Keep the anchor; one that cannot be written is made again by a later command."""
    taken = json.dumps(anchor.taken, ensure_ascii=False) if anchor.taken else ""
    data, place = f"{anchor.head}\n{taken}".encode(), root / NAME
    with suppress(OSError):
        if anchor.taken or not _overwritten(place, data):
            from srctl.store import atomicfile

            atomicfile.write(place, data, atomicfile.permissions(place))


def _overwritten(place: Path, data: bytes) -> bool:
    """Whether ``data`` was put over a file of the same size, in one write: readers see the old line or the new."""
    try:
        descriptor = os.open(place, os.O_WRONLY | _NOFOLLOW)
    except OSError:
        return False
    try:
        if os.fstat(descriptor).st_size != len(data):
            return False
        return os.write(descriptor, data) == len(data)
    finally:
        os.close(descriptor)


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0))
