"""One writer at a time in an office folder: a lock the kernel frees when its holder dies.

The lock of a living process is never broken. Its holder is named beside it in ``lock.json``, so that
whoever waits in vain knows whom to ask. Where the system has ``flock`` it is called directly;
``filelock`` does the same everywhere else, but its import costs more than a whole git call.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from srctl import LOCAL
from srctl.core.errors import Refused
from srctl.core.i18n import _
from srctl.store import atomicfile

_POLL = 0.01  # seconds between two tries
_OWN = ("lock", "lock.json", "numbers.json", "branch", "anchor", "journal")


def local_folder(root: Path) -> Path:
    """The folder of srctl's own local files in the office at ``root``; never tracked."""
    return root / LOCAL


@contextmanager
def hold(root: Path, timeout: float = 30.0) -> Iterator[None]:
    """Hold the write lock of the office; after ``timeout`` seconds Refused names the holder."""
    refuse_links(root)
    try:
        atomicfile.make_folder(local_folder(root))
        release = _acquire(local_folder(root) / "lock", timeout)
    except PermissionError as error:
        from srctl.store import permissions

        raise permissions.refused_access(root, error) from None
    except OSError as error:
        raise Refused(
            _("the office folder cannot be written: {reason}").format(reason=error.strerror or error),
            _("Nothing was saved. Ask for write permission to {folder}").format(folder=root),
        ) from None
    if release is None:
        raise Refused(_holder(root), _("Nothing was saved. Wait a moment and run the command again."))
    holder = local_folder(root) / "lock.json"
    try:
        with suppress(OSError):  # on a full disk the action itself gives the reason
            atomicfile.overwrite(holder, json.dumps(_holder_record()).encode())
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        release()


def refuse_links(root: Path) -> None:
    """Refuse to work where a link stands in the place of one of srctl's own files: it leads elsewhere."""
    folder = local_folder(root)
    for place in (folder, *(folder / name for name in _OWN)):
        if place.is_symlink():
            message = _("{file} is a link to another place; it is not followed").format(file=place)
            raise Refused(message, _("delete the link; srctl makes the file anew"))


def _acquire(path: Path, timeout: float) -> Callable[[], None] | None:
    """Take the lock file, waiting for it; return the function that releases it, or None when the time is over."""
    try:
        import fcntl
    except ImportError:
        return _acquire_portably(path, timeout)
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o664)
    if is_new:
        atomicfile.share(path)
    deadline = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return None
            time.sleep(_POLL)
        except BaseException:
            os.close(descriptor)
            raise
        else:
            return lambda: os.close(descriptor)


def _acquire_portably(path: Path, timeout: float) -> Callable[[], None] | None:
    """As :func:`_acquire`, with filelock, for systems without ``flock``."""
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=timeout, poll_interval=_POLL)
    try:
        lock.acquire()
    except Timeout:
        return None
    return lambda: lock.release()


def _holder_record() -> dict[str, object]:
    """The content of ``lock.json``. Of the command only its first word: the rest may name a complainant."""
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    return {
        "pid": os.getpid(),
        "host": _host(),
        "user": os.environ.get("USER") or os.environ.get("USERNAME") or "?",
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        "command": word if word.isascii() and word.isidentifier() else "",
    }


def _host() -> str:
    return os.uname().nodename if sys.platform != "win32" else os.environ.get("COMPUTERNAME", "?")


def _holder(root: Path) -> str:
    """A sentence naming who holds the lock, as far as ``lock.json`` can be read."""
    try:
        holder = json.loads((local_folder(root) / "lock.json").read_text(encoding="utf-8"))
        return _(
            "{user} on {host} has been writing in this office since {since} (srctl {command}, process {pid})"
        ).format(**{key: holder[key] for key in ("user", "host", "since", "command", "pid")})
    except (OSError, ValueError, KeyError, TypeError):
        return _("somebody else is writing in this office")
