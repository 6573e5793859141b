"""The scan folder: where the scanner writes, outside the office or in it. A scan that is filed is put aside.

Nothing in it is ever deleted or written over: a scan goes into ``filed/`` only when the office has its very bytes.
"""

import os
from contextlib import suppress
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path

from srctl.core.dates import BANGKOK
from srctl.core.errors import Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.case import Case
from srctl.office import attachments
from srctl.office.folder import OFFICE_FILE, Folder

FILED = "filed"  # the folder in it of what was filed


class ScannedFile(NamedTuple):
    """A scan that lies there: its number in the list, its path, when it was written (Bangkok), its size in bytes."""

    n: int
    path: Path
    at: datetime
    size: int


def scan_folder(folder: Folder) -> Path:
    """The scan folder of the office.

    Raises:
        Refused: none is named in ``office.yaml``, or it is not there.
    """
    named = folder.office.scans
    if not named:
        hint = _('write its path into {file}: scans: "D:/Scans"').format(file=OFFICE_FILE)
        raise Refused(_("the office has no scan folder"), hint)
    place = folder.root / Path(named).expanduser()
    if not place.is_dir():
        hint = _("is the share connected? the path stands in {file} (scans)").format(file=OFFICE_FILE)
        raise Refused(_("the scan folder {place} is not there").format(place=place), hint)
    return place


def scans_in(place: Path) -> tuple[ScannedFile, ...]:
    """The scans that lie in the folder, the oldest first; hidden files, links and folders are none."""
    found = []
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                if not entry.name.startswith((".", "~$")) and entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    found.append((status.st_mtime, entry.name, status.st_size))
    except OSError as fault:
        message = _("the scan folder {place} cannot be read: {reason}")
        raise Refused(message.format(place=place, reason=fault.strerror or fault)) from None
    return tuple(
        ScannedFile(n, place / name, datetime.fromtimestamp(at, BANGKOK), size)
        for n, (at, name, size) in enumerate(sorted(found), 1)
    )


def move_to_filed(folder: Folder, case: Case, path: Path) -> Path | None:
    """Put a scan into ``filed/`` beside it when the case has its very bytes in history; None when it has not (yet).

    A scanner may still be writing the file: what is not kept stays where it lies.
    """
    try:
        with path.open("rb") as file:
            sum_ = file_digest(file, sha256).hexdigest()
        names = [kept.file for entry in case.happened() for kept in entry.attached if kept.sha256 == sum_]
        held = (attachments.recorded(folder, case.id, name) for name in names if name)
        if not any(raw is not None and sha256(raw).hexdigest() == sum_ for raw in held):
            return None
        place = path.parent / FILED
        place.mkdir(exist_ok=True)
        return _moved(path, place)
    except OSError as fault:
        message = _("{file} is filed, but cannot be put aside: {reason}")
        raise Refused(
            message.format(file=path.name, reason=fault.strerror or fault), _("close it where it is open")
        ) from None


def _moved(path: Path, place: Path) -> Path:
    """Move a file into a folder under a name that is free there."""
    count = 1
    while True:
        target = place / (path.name if count == 1 else f"{path.stem}-{count}{path.suffix}")
        count += 1
        if target.exists():
            continue
        with suppress(FileExistsError):
            if os.name == "nt":
                path.rename(target)  # refuses a name that is taken
                return target
            try:
                os.link(path, target)
            except FileExistsError:
                raise
            except OSError:  # a share without links
                path.rename(target)
                return target
            path.unlink()
            return target
