"""Files written atomically: beside the old one, made durable, then renamed into its place.

``open(path, "w")`` empties the file first; a power cut in that moment loses it. Here the old bytes
stay until the new ones are safe on the disk. Leftovers of a killed process start with
:data:`TEMP_PREFIX`.
"""

import errno
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import FileIO
from itertools import count
from pathlib import Path

TEMP_PREFIX = ".~sr-"

_REPLACE_TRIES = 10
_AT_ONCE = 100  # files that are open together
_THREADS = 8
_SLOW = 0.006  # seconds for a file; where the disk is quicker, threads take longer than they save
_COUNT = count()  # distinguishes temporary files of one moment
# A network share may not know how to make a folder durable; then there is nothing more to do.
_CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)


def write(path: Path, data: bytes, mode: int = 0o644, prefix: str = TEMP_PREFIX) -> None:
    """Put ``data`` at ``path`` in one step that survives a power cut, folders too; OSError is passed on.

    ``mode`` is set explicitly: a temporary file is created private, and colleagues must be able to
    read. ``prefix`` starts the names of temporary files, for folders that another program sweeps.
    """
    write_all({path: data}, mode, prefix)


def write_all(files: Mapping[Path, bytes], mode: int = 0o644, prefix: str = TEMP_PREFIX) -> None:
    """Put each of ``files`` in its place as :func:`write` does.

    When one file cannot be written its OSError is passed on; others may be in place.
    """
    given = list(files.items())
    for start in range(0, len(given), _AT_ONCE):
        _write_some(given[start : start + _AT_ONCE], mode, prefix)


def _write_some(files: Sequence[tuple[Path, bytes]], mode: int, prefix: str) -> None:
    """Write files together: the bytes of all are durable before the first is renamed."""
    folders = dict.fromkeys(path.parent for path, _data in files)
    left: dict[Path, FileIO] = {}  # what is not in its place yet
    try:
        for folder in folders:
            make_folder(folder)
        for path, data in files:
            temp = path.with_name(f"{prefix}{os.getpid()}-{time.monotonic_ns()}-{next(_COUNT)}")
            left[temp] = FileIO(temp, "xb", opener=_open_private)
            rest = memoryview(data)
            while rest:
                rest = rest[left[temp].write(rest) :]
        _sync_files([file.fileno() for file in left.values()])
        for (path, _data), (temp, file) in zip(files, tuple(left.items()), strict=True):
            file.close()
            temp.chmod(mode)
            _replace(temp, path)
            del left[temp]
    except BaseException:
        for temp, file in left.items():
            file.close()
            temp.unlink(missing_ok=True)
        raise
    for folder in folders:
        sync(folder)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync_files(descriptors: Sequence[int]) -> None:
    """Make the bytes of files durable; on a slow disk several at once."""
    for done, descriptor in enumerate(descriptors, 1):
        began = time.monotonic()
        os.fsync(descriptor)
        if time.monotonic() - began > _SLOW:
            _sync_in_threads(descriptors[done:])
            return


def _sync_in_threads(descriptors: Sequence[int]) -> None:
    from threading import Thread

    failed: list[BaseException] = []

    def sync_some(some: Sequence[int]) -> None:
        try:
            for descriptor in some:
                os.fsync(descriptor)
        except BaseException as error:  # noqa: BLE001 - it is raised again in the caller's thread
            failed.append(error)

    threads = [
        Thread(target=sync_some, args=(descriptors[n::_THREADS],)) for n in range(min(len(descriptors), _THREADS))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def overwrite(place: Path, data: bytes) -> None:
    """Write a file that need not be durable or whole, in its place; a link is not followed (OSError)."""
    flags, is_new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), not place.exists()
    with os.fdopen(os.open(place, flags, 0o664), "wb") as file:
        file.write(data)
    if is_new:
        share(place)


def share(place: Path) -> None:
    """Let the group use a file just made where it may write the folder, whatever the umask."""
    if os.name != "nt" and place.parent.stat().st_mode & 0o020:
        with suppress(OSError):  # somebody else's: it has the mode they gave it
            place.chmod(place.stat().st_mode & 0o777 | 0o060)


def permissions(place: Path) -> int:
    """The mode a file keeps, or a new one gets: writable for the group where its folder is."""
    if place.exists():
        return place.stat().st_mode & 0o777
    above = place.parent
    while not above.exists():
        above = above.parent
    return 0o644 | above.stat().st_mode & 0o020


def remove(path: Path) -> None:
    """Delete ``path`` durably; it is no error when it is already gone."""
    path.unlink(missing_ok=True)
    sync(path.parent)


def sweep(folder: Path, older: float = 0.0) -> None:
    """Delete the temporary files that killed writers left in ``folder`` itself, if ``older`` than so many seconds."""
    if not folder.is_dir():
        return
    for leftover in (path for path in folder.iterdir() if path.name.startswith(TEMP_PREFIX)):
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
