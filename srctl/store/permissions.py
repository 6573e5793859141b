"""What a person of the system may do in an office that several share: which permission lacks, where, what to type.

Where the group may write the folder of the repository, srctl keeps it so for every file it makes, whatever the umask
(as git does with core.sharedRepository). Rights changed by hand, and what other programs made, are told.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from srctl import LOCAL
from srctl.core.errors import Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

# What is written in its place; any other file is replaced, for which its folder must be writable.
_IN_PLACE = (".git/logs/", f"{LOCAL}/lock")


class Lack(NamedTuple):
    """A path that cannot be used: what for, and what to type."""

    path: Path
    message: str
    hint: str


def lack_at(root: Path, path: Path, *, reading: bool = False) -> Lack:
    """The lack of the permission to read or write ``path`` in the office at ``root``."""
    words = {"path": path, "owner": _owner(path)}
    if reading:
        message = _("{path} cannot be read by you; it belongs to {owner}").format(**words)
    else:
        message = _("{path} cannot be written by you; it belongs to {owner}").format(**words)
    change = "" if _is_in_group(root) else f"chgrp -R GROUP {root} && "
    command = f"{change}chmod -R g+rwX {root} && find {root} -type d -exec chmod g+s {{}} +"
    return Lack(path, message, _("{owner} or an administrator types: {command}").format(command=command, **words))


def unreadable_end(root: Path) -> Lack | None:
    """The lack that keeps whoever asks from reading where the history ends; None when that can be read."""
    git, ref = root / ".git", "refs/heads"
    places = [git, git / "HEAD", git / "refs", git / ref, git / "packed-refs"]
    try:
        name = (git / "HEAD").read_text(encoding="utf-8").strip().partition(f"ref: {ref}/")[2]
        places.append(git / ref / name)
    except (OSError, ValueError):
        pass  # found unreadable below, or damaged
    return next((lack for place in places if (lack := _lack(root, place, to_write=False))), None)


def first_lack(root: Path) -> Lack | None:
    """The first place of the office, git's own files too, that whoever asks may not read or write as srctl must."""
    return next((lack for place, to_write in _places(root) if (lack := _lack(root, place, to_write=to_write))), None)


def closed_to_group(root: Path) -> Path | None:
    """Where the group may write the repository's folder: the first place in the office that it may not use."""
    if os.name == "nt" or not (root / ".git").stat().st_mode & stat.S_IWGRP:
        return None
    for place, to_write in _places(root):
        mode = place.lstat().st_mode
        if not stat.S_ISLNK(mode) and not (mode & stat.S_IRGRP and (mode & stat.S_IWGRP or not to_write)):
            return place
    return None


def is_lack(reason: str) -> bool:
    """Whether git's ``reason`` (in English, LC_ALL=C) may be that a permission lacks."""
    return "ermission denied" in reason or "not a git repository" in reason


def refused_access(root: Path, error: OSError | None = None) -> Refused:
    """The refusal for a permission the system, or git, said lacks."""
    named = Path(os.fsdecode(error.filename)) if error and error.filename else None
    lack = first_lack(root) or lack_at(root, named or root)
    return Refused(lack.message, _("Nothing was saved. {hint}").format(hint=lack.hint))


def _places(root: Path) -> Iterator[tuple[Path, bool]]:
    """Yield folders and files, git's own too, and whether they must be writable."""
    yield root, True
    for folder, folders, files in os.walk(root):
        for name in folders:  # also those that cannot be opened
            yield Path(folder, name), True
        for name in files:
            place = Path(folder, name)
            yield place, place.relative_to(root).as_posix().startswith(_IN_PLACE)


def _lack(root: Path, place: Path, *, to_write: bool) -> Lack | None:
    if not os.path.lexists(place) or place.is_symlink():
        return None
    if not os.access(place, os.R_OK | (os.X_OK if place.is_dir() else 0)):
        return lack_at(root, place, reading=True)
    return None if not to_write or os.access(place, os.W_OK) else lack_at(root, place)


def _owner(path: Path) -> str:
    """The name of whom the path belongs to, the number where the system knows no name."""
    try:
        import pwd

        number = path.stat().st_uid
        return pwd.getpwuid(number).pw_name
    except (ImportError, OSError):
        return "?"
    except KeyError:
        return str(number)


def _is_in_group(root: Path) -> bool:
    return os.name == "nt" or root.stat().st_gid in {os.getegid(), *os.getgroups()}
