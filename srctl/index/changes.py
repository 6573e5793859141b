"""What is not as the index has it: which case files came, went or changed since they were last noted. Floor 3.

A file is known by its stamp: time of the last change, size and inode in one number. Looking costs one question to the
system for each month folder and each file that is watched, and a look into the folders that changed. Nothing is read.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from srctl import LOCAL
from srctl.core.records import NamedTuple
from srctl.index.database import Store

if TYPE_CHECKING:
    from srctl.store.git.process import Process

FEW = 8  # months that are looked through, before git is asked what it brought
_RACY = 50_000_000  # nanoseconds: a time of change as young as this could stand for two contents
_YAML = (".yaml", ".yml")


class Changes(NamedTuple):
    """What is not as the index has it: months with stamp and listing, files with their stamp, and files that are gone.

    A month without a listing (None) keeps the one noted, which is not looked at before the month was gone through
    again. ``head`` is the commit the folder stood at when a month had to be looked through, "" when none had.
    """

    months: dict[str, tuple[int, bytes | None]]
    changed: dict[str, int]
    gone: list[str]
    head: str = ""


class _Look(NamedTuple):
    """One look: the office folder with a slash behind it, the nanosecond it began, what it has seen."""

    home: str
    now: int
    seen: Changes


def stamp_of(status: os.stat_result) -> int:
    """Return what a file is known by while it does not change."""
    # Of whole numbers: the same in every process. The time of change can be set back by hand, that of the node cannot.
    return hash((status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino))


def is_trusted(status: os.stat_result, now: int) -> int:
    """Return the stamp to note; 0, which no file has, for one so young that it may change and keep it."""
    return 0 if status.st_mtime_ns > now - _RACY else stamp_of(status)


def scan(store: Store, root: Path, *, thorough: bool = False) -> Changes:
    """Return what is not as ``store`` has it; ``thorough`` looks at every file, not at the open cases alone."""
    at, head = _Look(f"{root}/", time.time_ns(), Changes({}, {}, [])), _head(root)
    known: dict[str, int] = dict(store.rows("SELECT path, stamp FROM month"))
    touched, unsure = {}, set[str]()
    for month in _months(at.home):
        changed = os.lstat(at.home + month).st_mtime_ns
        had = known.pop(month, None)
        if had != changed or thorough:
            touched[month] = 0 if changed > at.now - _RACY else changed
            if not had:  # new, or too young to be believed
                unsure.add(month)
    asked = _asked_git(store, root, head) if len(touched) > FEW and not thorough else None
    names = {month: _names(at.home + month) for month in touched}
    before: dict[str, bytes] = dict(store.rows("SELECT path, names FROM listing")) if asked else {}
    _watch(store, at)
    if asked:
        import srctl.index.extraction  # noqa: F401 - for what git brings: while it is looking, making ready costs nothing
    brought = _brought(asked) if asked else {}
    for month, stamp in touched.items():
        if month in brought and month not in unsure:
            _glance(at, month, stamp, before.get(month, b""), names[month], brought[month])
        else:
            _scan(store, at, month, stamp, names[month])
    for month, stamp in known.items():
        gone = list(_noted(store, month))
        at.seen.gone.extend(gone)
        if stamp or gone:  # a folder of that name that comes again is a new one
            at.seen.months[month] = (0, b"")
    for path in at.seen.gone:
        at.seen.changed.pop(path, None)
    return at.seen._replace(head=head if touched else "")


def yaml_in(home: str, place: str) -> list[str]:
    """Return the paths of the ``.yaml`` files of a folder, by name; none when there is no such folder."""
    try:
        with os.scandir(home + place) as entries:
            return sorted(f"{place}/{entry.name}" for entry in entries if entry.name.endswith(".yaml"))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _months(home: str) -> Iterator[str]:
    for year in _folders(home, "cases"):
        yield from _folders(home, year)


def _folders(home: str, place: str) -> list[str]:
    try:
        with os.scandir(home + place) as entries:
            return sorted(f"{place}/{entry.name}" for entry in entries if entry.is_dir(follow_symlinks=False))
    except FileNotFoundError:
        return []


def _watch(store: Store, at: _Look) -> None:
    """Note what was changed in place: the folder does not tell, so open cases and broken files are asked one by one."""
    watched = store.rows("SELECT path, stamp FROM file WHERE state IN ('open', 'broken', 'young')")
    stat, above, there = os.stat, at.home, None
    if stat in os.supports_dir_fd:  # the way from the top of the disk is gone once
        above, there = "", os.open(at.home, os.O_RDONLY)
    for path, stamp in watched:
        try:
            status = stat(above + path, dir_fd=there, follow_symlinks=False)
            if hash((status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)) == stamp:
                continue
            found = is_trusted(status, at.now)
        except OSError:
            found = 0
        at.seen.changed[path] = found
    if there is not None:
        os.close(there)


# -- months that changed -------------------------------------------------------------------------------


def _scan(store: Store, at: _Look, month: str, stamp: int, names: bytes) -> None:
    """Look at every file of a month."""
    known = _noted(store, month)
    for name in _files(names):
        path = f"{month}/{name}"
        try:
            status = os.lstat(at.home + path)
        except FileNotFoundError:  # taken away at this moment
            continue
        if known.pop(path, None) != stamp_of(status):
            at.seen.changed[path] = is_trusted(status, at.now)
    at.seen.gone.extend(known)
    at.seen.months[month] = (stamp, names)


def _noted(store: Store, month: str) -> dict[str, int]:
    """Return the files of a month as the index has them, with their stamps."""
    span = (f"{month}/", f"{month}0")  # 0 stands behind the slash
    return dict(store.rows("SELECT path, stamp FROM file WHERE path > ? AND path < ?", span))


def _glance(at: _Look, month: str, stamp: int, listing: bytes, names: bytes, brought: set[str]) -> None:
    """Look at the files of a month that git brought, that came or went; at all of them when git brings no more."""
    came, went = set[str](), set[str]()
    if names != listing:
        now, before = {*_files(names)}, {*_files(listing)}
        came, went = now - before, before - now
    for path in [f"{month}/{name}" for name in came | brought]:
        with suppress(FileNotFoundError):
            at.seen.changed[path] = is_trusted(os.lstat(at.home + path), at.now)
    at.seen.gone.extend(f"{month}/{name}" for name in went)
    at.seen.months[month] = (-stamp, None)  # another one than the folder will ever have: not gone through yet


def _names(place: str) -> bytes:
    """Return the names of whatever stands in a month, a slash between them; nearly always they are as noted."""
    try:
        return os.fsencode("/".join(os.listdir(place)))  # noqa: PTH208 - of names alone
    except FileNotFoundError:
        return b""


def _files(names: bytes) -> list[str]:
    """Return those among the names of a month that should be cases."""
    return [name for name in os.fsdecode(names).split("/") if name.endswith(_YAML)]


# -- git -----------------------------------------------------------------------------------------------


def _asked_git(store: Store, root: Path, head: str) -> "Process | None":
    """Return git at work on what differs between the commit noted and ``head``, None when that cannot be asked."""
    before = store.about("head")
    if before == head or not (before.isalnum() and head.isalnum()):
        return None
    from srctl.core.errors import SrctlError
    from srctl.store.git.process import at, start_git

    # Every folder is another one: what git keeps of those it has compared is memory fetched for nothing, half its time.
    cache = ["-c", "core.deltaBaseCacheLimit=1m"]
    words = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", before, head, "--", "cases"]
    # Git would first read the clerk's index, which has no say in this: three quarters of the time in a large office.
    no_index = {"GIT_INDEX_FILE": str(root / LOCAL / "none")}
    try:
        return start_git([*at(root), *cache, *words], no_index)
    except (SrctlError, OSError):
        return None


def _brought(asked: "Process") -> dict[str, set[str]]:
    """Return by month the names of the files that git tells; none when it says no: the commit noted may be no more."""
    told, _refused = asked.communicate()
    found: dict[str, set[str]] = {}
    for path in told.decode("utf-8", "surrogateescape").split("\0") if not asked.returncode else ():
        if path.endswith(_YAML):
            month, _slash, name = path.rpartition("/")
            found.setdefault(month, set()).add(name)
    return found


def _head(root: Path) -> str:
    """Return the commit the folder stands at, "" where git does not write it plainly."""
    git = root / ".git"
    try:
        text = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not text.startswith("ref: "):
            return text
        ref = text.removeprefix("ref: ")
        try:
            return (git / ref).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            packed = (git / "packed-refs").read_text(encoding="utf-8").splitlines()
            return next((line.partition(" ")[0] for line in packed if line.endswith(f" {ref}")), "")
    except (OSError, UnicodeDecodeError):
        return ""
