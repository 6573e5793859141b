"""Files that are whole or absent: written beside the old one, then put in its place. Floor 2.

``open(path, "w")`` empties the file first; a power cut in that moment loses it. Here the old bytes
stay until the new ones are safe on the disk. Leftovers of a killed process start with
:data:`TEMP_PREFIX`.
"""

import errno
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

TEMP_PREFIX = ".~sr-"

_REPLACE_TRIES = 10
_AT_ONCE = 8
_SLOW = 0.003  # seconds for a file; where it is quicker, starting threads takes longer than they save
_COUNT = count()  # tells writers of one moment apart
# A network share may not know how to make a folder durable; then there is nothing more to ask of
# it.
_CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)


def write(path: Path, data: bytes, mode: int = 0o644, prefix: str = TEMP_PREFIX) -> None:
    """Put ``data`` at ``path`` in one step that survives a power cut, folders too; OSError passes.

    ``mode`` is given outright: a temporary file is born private, and colleagues must be able to
    read. ``prefix`` is for folders that somebody else sweeps.
    """
    make_folder(path.parent)
    temp = path.parent / f"{prefix}{os.getpid()}-{time.monotonic_ns()}-{next(_COUNT)}"
    try:
        descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(descriptor)
        temp.chmod(mode)
        _replace(temp, path)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
    sync(path.parent)


def write_all(files: Mapping[Path, bytes], mode: int = 0o644, prefix: str = TEMP_PREFIX) -> None:
    """Put each of ``files`` in its place as :func:`write` does.

    When one file cannot be written its error passes; others may be in place.
    """
    left = list(files.items())
    while left:
        began = time.monotonic()
        write(*left.pop(), mode, prefix)
        if time.monotonic() - began > _SLOW:
            _write_together(left, mode, prefix)
            return


def _write_together(files: Sequence[tuple[Path, bytes]], mode: int, prefix: str) -> None:
    """Write several at once: a disk that is asked together answers together."""
    from threading import Thread

    failed: list[BaseException] = []

    def write_some(some: Sequence[tuple[Path, bytes]]) -> None:
        try:
            for path, data in some:
                write(path, data, mode, prefix)
        except BaseException as error:  # noqa: BLE001 - it is raised where the files were given
            failed.append(error)

    writers = [Thread(target=write_some, args=(files[n::_AT_ONCE],)) for n in range(min(len(files), _AT_ONCE))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    if failed:
        raise failed[0]


def permissions(place: Path) -> int:
    """Return the mode a file keeps or gets: writable for the group where its folder is."""
    if place.exists():
        return place.stat().st_mode & 0o777
    above = place.parent
    while not above.exists():
        above = above.parent
    return 0o644 | above.stat().st_mode & 0o020


def remove(path: Path) -> None:
    """Delete ``path`` for good; it is no error when it is already gone."""
    path.unlink(missing_ok=True)
    sync(path.parent)


def sweep(folder: Path, older: float = 0.0) -> None:
    """Delete what killed writers left in ``folder`` itself, when ``older`` than so many seconds."""
    if not folder.is_dir():
        return
    for leftover in folder.glob(f"{TEMP_PREFIX}*"):
        with suppress(FileNotFoundError):
            if not older or time.time() - leftover.stat().st_mtime > older:
                leftover.unlink()


def make_folder(folder: Path) -> None:
    """Make ``folder`` and its parents, each with the permissions of the one above it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir()
    except FileExistsError:
        if folder.is_dir():
            return
        raise
    folder.chmod(folder.parent.stat().st_mode & 0o7777)
    sync(folder.parent)


def sync(place: Path) -> None:
    """Make the names in a folder, or the bytes of a file, durable where the platform can."""
    if os.name == "nt":  # Windows opens no folder, and orders the rename itself
        return
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(descriptor)


def _replace(temp: Path, path: Path) -> None:
    """Rename over ``path``; on Windows a virus scanner or a reader may hold it for a moment."""
    for left in range(_REPLACE_TRIES - 1, -1, -1):
        try:
            temp.replace(path)
            return
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(0.05)
