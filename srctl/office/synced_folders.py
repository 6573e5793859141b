"""Folders that a program keeps alike on several machines, and the copies it leaves where two wrote at once.

OneDrive, Dropbox, Google Drive, iCloud, Syncthing and Nextcloud copy file by file, in any order and at any moment. The
files of git must change together: a repository copied so is torn sooner or later, and of two acts at once one is set
aside as a copy. The names are those the programs give by default.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from srctl import LOCAL
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

_NOTE = f"{LOCAL}/synced"  # the day it was last told
# The beginnings of a folder's name, in small letters.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "OneDrive": ("onedrive",),
    "Dropbox": ("dropbox",),
    "Google Drive": ("google drive", "googledrive", "my drive", "ไดรฟ์ของฉัน"),
    "iCloud": ("com~apple~clouddocs", "iclouddrive", "icloud drive"),
    "Syncthing": ("syncthing",),
    "Nextcloud": ("nextcloud", "owncloud"),
}
# What stands in the folder that is kept, or in one above it.
_MARKS: Mapping[str, tuple[str, ...]] = {
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "Google Drive": (".tmp.driveupload", ".tmp.drivedownload"),
    "Syncthing": (".stfolder", ".stignore"),
    "Nextcloud": (".nextcloudsync.log", ".owncloudsync.log"),
}
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")  # set by the program on Windows

# Plain text, compiled at first use: `due` looks for no copies.
_COPY = (
    r"(?i)(?P<name>.+?)(?:"
    r" ?\([^()]*(?:conflict|ขัดแย้ง)[^()]*\)"  # Dropbox, Nextcloud
    r"|\.sync-conflict-[0-9]{8}-[0-9]{6}-\w+"  # Syncthing
    r"|_conflict-[0-9]{8}-[0-9]{6}\w*"  # ownCloud
    r"| ?\([0-9]{1,3}\)"  # Google Drive, and a file copied beside itself on Windows
    r"| [0-9]{1,2}"  # iCloud
    r"| - (?:copy|สำเนา)(?: \([0-9]+\))?"  # Windows
    r"|-(?:desktop|laptop|pc|win|nb|com)-?[a-z0-9]{2,}(?:-[0-9]+)?"  # OneDrive: the name of the computer
    r")(?P<ending>\.(?:yaml|yml|docx|j2))"
)


def keeper(root: Path) -> str:
    """The program that keeps the folder at ``root`` alike on several machines, "" when none is seen."""
    for variable in _VARIABLES:
        place = os.environ.get(variable, "")
        if place and root.is_relative_to(place):
            return "OneDrive"
    for folder in (root, *root.parents):
        name = folder.name.casefold()
        for program, beginnings in _NAMES.items():
            if name.startswith(beginnings):
                return program
        for program, marks in _MARKS.items():
            if any((folder / mark).exists() for mark in marks):
                return program
    return ""


def warning(root: Path) -> tuple[str, str]:
    """Why the folder at ``root`` should not be kept where it is, and what to do instead; both "" where it may."""
    program = keeper(root)
    if not program:
        return "", ""
    return (
        _("this folder is kept by {program}, which copies file by file: the history can be torn").format(
            program=program
        ),
        _("move the folder to a place {program} does not keep; give it a backup each day: {command}").format(
            program=program, command=CommandLine("backup FILE")
        ),
    )


def warning_of_the_day(root: Path, today: date) -> tuple[str, str]:
    """The same, once a day; to ask again on that day costs the reading of one line."""
    note = root / _NOTE
    if note.is_symlink():
        return "", ""
    with suppress(OSError):
        if note.read_bytes() == today.isoformat().encode():
            return "", ""
    from srctl.store import atomicfile

    try:
        atomicfile.overwrite(note, today.isoformat().encode())
    except OSError:  # it would be told each time
        return "", ""
    return warning(root)


def original_of(name: str) -> str:
    """The name of the file that ``name`` is a conflict copy of; "" when it is not named like one."""
    found = re.fullmatch(_COPY, name)
    return found["name"] + found["ending"] if found else ""


def conflict_copies(root: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each conflict copy in the office at ``root`` and the file it is a copy of, which is there."""
    for top in ("cases", "contacts", "templates", "."):
        below = (root / top).rglob("*") if top != "." else root.glob("*")
        for path in sorted(below):
            original = original_of(path.name)
            if original and path.is_file() and not path.is_symlink() and path.with_name(original).is_file():
                yield path, path.with_name(original)
