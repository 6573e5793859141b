"""The scan for changes: which case files were added, deleted or changed since the index was updated.

A file is identified by its stamp: time of the last change, size and inode in one number. A scan costs one ``stat`` for
each month folder and each watched file, and a listing of the folders that changed. No file is read.
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
from srctl.store.anchor import head_of

if TYPE_CHECKING:
    from srctl.store.git.process import Process

FEW = 8  # changed months that are scanned in full; of more git is asked for the files it changed
_RACY = 50_000_000  # nanoseconds: within this time a file may change again and keep its stamp
_YAML = (".yaml", ".yml")


class Changes(NamedTuple):
    """What differs from the index: months with stamp and listing, files with their stamp, and files that are gone.

    A month without a listing (None) keeps the one in the index, which is not used until the month was scanned in full.
    ``head`` is the commit the folder was at if a month had changed, else "".
    """

    months: dict[str, tuple[int, bytes | None]]
    changed: dict[str, int]
    gone: list[str]
    head: str = ""


class _ScanContext(NamedTuple):
    """One scan: the office folder with a slash behind it, the nanosecond it began, the changes found so far."""

    home: str
    now: int
    found: Changes


def stamp_of(status: os.stat_result) -> int:
    """The stamp of a file: the same number while the file does not change."""
    # A hash of integers is the same in every process. mtime can be set back by hand, ctime cannot.
    return hash((status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino))


def trusted_stamp(status: os.stat_result, now: int) -> int:
    """The stamp to store; 0, which no file has, for a file changed so lately that it may change again unnoticed."""
    return 0 if status.st_mtime_ns > now - _RACY else stamp_of(status)


def scan(store: Store, root: Path, *, full: bool = False) -> Changes:
    """Find what differs from ``store``; ``full`` compares every file, not the open cases alone."""
    context, head = _ScanContext(f"{root}/", time.time_ns(), Changes({}, {}, [])), head_of(root)
    known: dict[str, int] = dict(store.rows("SELECT path, stamp FROM month"))
    touched, untrusted = {}, set[str]()
    for month in _months(context.home):
        changed = os.lstat(context.home + month).st_mtime_ns
        had = known.pop(month, None)
        if had != changed or full:
            touched[month] = 0 if changed > context.now - _RACY else changed
            if not had:  # new, or racy before
                untrusted.add(month)
    diff = _start_diff(store, root, head) if len(touched) > FEW and not full else None
    names = {month: _names(context.home + month) for month in touched}
    before: dict[str, bytes] = dict(store.rows("SELECT path, names FROM listing")) if diff else {}
    _check_watched(store, context)
    if diff:
        import srctl.index.extraction  # noqa: F401 - needed for what git changed: imported while git is at work
    by_git = _changed_by_git(diff) if diff else {}
    for month, stamp in touched.items():
        if month in by_git and month not in untrusted:
            _quick_scan(context, month, stamp, before.get(month, b""), names[month], by_git[month])
        else:
            _full_scan(store, context, month, stamp, names[month])
    for month, stamp in known.items():
        gone = list(_indexed(store, month))
        context.found.gone.extend(gone)
        if stamp or gone:  # so that a folder made anew under that name counts as changed
            context.found.months[month] = (0, b"")
    for path in context.found.gone:
        context.found.changed.pop(path, None)
    return context.found._replace(head=head if touched else "")


def yaml_in(home: str, place: str) -> list[str]:
    """The paths of the ``.yaml`` files of a folder, by name; none when there is no such folder."""
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


def _check_watched(store: Store, context: _ScanContext) -> None:
    """Find open cases and broken files that were changed in place, which leaves the time of their folder as it was."""
    watched = store.rows("SELECT path, stamp FROM file WHERE state IN ('open', 'broken', 'racy')")
    stat, above, there = os.stat, context.home, None
    if stat in os.supports_dir_fd:  # saves the lookup of the path from the root for each file
        above, there = "", os.open(context.home, os.O_RDONLY)
    for path, stamp in watched:
        try:
            status = stat(above + path, dir_fd=there, follow_symlinks=False)
            if hash((status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)) == stamp:
                continue
            new = trusted_stamp(status, context.now)
        except OSError:
            new = 0
        context.found.changed[path] = new
    if there is not None:
        os.close(there)


# -- months that changed -------------------------------------------------------------------------------


def _full_scan(store: Store, context: _ScanContext, month: str, stamp: int, names: bytes) -> None:
    """Compare every file of a month with the index."""
    known = _indexed(store, month)
    for name in _files(names):
        path = f"{month}/{name}"
        try:
            status = os.lstat(context.home + path)
        except FileNotFoundError:  # deleted since it was listed
            continue
        if known.pop(path, None) != stamp_of(status):
            context.found.changed[path] = trusted_stamp(status, context.now)
    context.found.gone.extend(known)
    context.found.months[month] = (stamp, names)


def _indexed(store: Store, month: str) -> dict[str, int]:
    """The files of a month in the index, with their stamps."""
    span = (f"{month}/", f"{month}0")  # 0 is the character after the slash
    return dict(store.rows("SELECT path, stamp FROM file WHERE path > ? AND path < ?", span))


def _quick_scan(context: _ScanContext, month: str, stamp: int, listing: bytes, names: bytes, by_git: set[str]) -> None:
    """Find the files of a month that git changed, or that were added or deleted; a later scan compares all of them."""
    added, deleted = set[str](), set[str]()
    if names != listing:
        now, before = {*_files(names)}, {*_files(listing)}
        added, deleted = now - before, before - now
    for path in [f"{month}/{name}" for name in added | by_git]:
        with suppress(FileNotFoundError):
            context.found.changed[path] = trusted_stamp(os.lstat(context.home + path), context.now)
    context.found.gone.extend(f"{month}/{name}" for name in deleted)
    context.found.months[month] = (-stamp, None)  # a stamp the folder never has: a full scan is still due


def _names(place: str) -> bytes:
    """The names of all entries of a month, a slash between them: one value to compare, as they seldom change."""
    try:
        return os.fsencode("/".join(os.listdir(place)))  # noqa: PTH208 - of names alone
    except FileNotFoundError:
        return b""


def _files(names: bytes) -> list[str]:
    """Those among the names of a month that should be cases."""
    return [name for name in os.fsdecode(names).split("/") if name.endswith(_YAML)]


# -- git -----------------------------------------------------------------------------------------------


def _start_diff(store: Store, root: Path, head: str) -> "Process | None":
    """Start git comparing the commit last indexed with ``head``; None when it cannot."""
    before = store.about("head")
    if before == head or not (before.isalnum() and head.isalnum()):
        return None
    from srctl.core.errors import SrctlError
    from srctl.store.git.process import at, start_git

    # No folder occurs twice: a cache of those compared would only allocate memory, half the time of git.
    cache = ["-c", "core.deltaBaseCacheLimit=1m"]
    words = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", before, head, "--", "cases"]
    # Git would first read its own index, which this does not need: three quarters of the time in a large office.
    no_index = {"GIT_INDEX_FILE": str(root / LOCAL / "none")}
    try:
        return start_git([*at(root), *cache, *words], no_index)
    except (SrctlError, OSError):
        return None


def _changed_by_git(diff: "Process") -> dict[str, set[str]]:
    """The names of the files git reports, by month; none when it fails: the commit last indexed may be gone."""
    output, _errors = diff.communicate()
    found: dict[str, set[str]] = {}
    for path in output.decode("utf-8", "surrogateescape").split("\0") if not diff.returncode else ():
        if path.endswith(_YAML):
            month, _slash, name = path.rpartition("/")
            found.setdefault(month, set()).add(name)
    return found
