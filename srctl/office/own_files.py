"""The office's own files, beside its cases: settings, definitions, contacts, and the picture it prints as emblem."""

from pathlib import PurePosixPath

from srctl.office.folder import ABSENCES_FILE, OFFICE_FILE, Folder

PLACES = ("contacts", "templates", OFFICE_FILE, ABSENCES_FILE)


def own_places(folder: Folder) -> tuple[str, ...]:
    """Folders and files of the office's own, relative to the office folder."""
    return (*PLACES, *([folder.office.emblem] if folder.has_office and _is_inside(folder.office.emblem) else ()))


def is_own(folder: Folder, name: str) -> bool:
    """Whether the file ``name``, relative to the office folder, is one of the office's own."""
    first = PurePosixPath(name).parts[0]
    return first in PLACES or (first != "cases" and name in own_places(folder))


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts
