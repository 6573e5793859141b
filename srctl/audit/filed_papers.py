"""Papers filed to cases: those that lie in a case's folder unrecorded, and those too large to be kept. Reads only."""

from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path

from srctl.core.errors import CommandLine, Problem
from srctl.core.i18n import _
from srctl.model.case import Attached
from srctl.office.folder import CaseFile, Folder
from srctl.papers.incoming_files import is_kept
from srctl.store.git.repository import Repo
from srctl.workflow.attached_files import attached_files


def unrecorded_files(folder: Folder, repo: Repo, homes: Iterable[Path]) -> list[str]:
    """The files in the folders of cases that were never recorded, but for what the office leaves out (drafts)."""
    found = [
        path.relative_to(folder.root).as_posix()
        for home in homes
        if home.is_dir() and not home.is_symlink()
        for path in sorted(home.rglob("*"))
        if not path.name.startswith(".") and (path.is_symlink() or not path.is_dir())
    ]
    recorded = set(repo.names("cases")) if found else set()
    new = [name for name in found if name not in recorded]
    left_out = repo.ignored(new)
    return [name for name in new if name not in left_out]


def unrecorded_problems(names: Iterable[str]) -> Iterator[Problem]:
    """What is to be done about each of the files of :func:`unrecorded_files`: one command takes all of a case."""
    message = _("lies in the folder of a case and is not recorded")
    elsewhere = _("files of this kind are not kept with a case: put it elsewhere, or save it as a PDF")
    for name in names:
        path = Path(name)
        taken = CommandLine("adopt {}", path.parts[3] if len(path.parts) == 5 else name)
        yield Problem(path, 0, "unrecorded", message, taken if is_kept(name) else elsewhere)


def place_problems(folder: Folder, file: CaseFile, *, thorough: bool) -> Iterator[Problem]:
    """The files too large to be kept that are gone from their place, or are others than were filed.

    ``thorough`` reads them whole, to compare their sums; else their sizes are compared. A file filed again elsewhere is
    found there.
    """
    places: dict[str, list[Attached]] = {}
    for one in attached_files(file.case) if file.case else ():
        if one.kept.place and not one.undone:
            places.setdefault(one.kept.sha256, []).append(one.kept)
    for alike in places.values():
        faults = [_fault_of(kept, thorough=thorough) for kept in alike]
        if all(faults):
            again = _("put it back, or file it from where it lies now: {command}").format(
                command=CommandLine("file {} FILE", file.id)
            )
            yield Problem(folder.relative(file.path), 0, "place", faults[-1], again)


def _fault_of(kept: Attached, *, thorough: bool) -> str:
    """What is wrong with the file at its place, "" when nothing is."""
    path = Path(kept.place)
    shown = {"name": kept.name or path.name, "place": kept.place}
    try:
        size = path.stat().st_size if path.is_file() else -1
        if size < 0:
            return _("{name} does not lie at {place} any more").format(**shown)
        with path.open("rb") as opened:
            same = size == kept.size and (not thorough or file_digest(opened, "sha256").hexdigest() == kept.sha256)
    except OSError as fault:
        return _("{name} at {place} cannot be read: {reason}").format(**shown, reason=fault.strerror or fault)
    return "" if same else _("{name} at {place} is another file than was filed").format(**shown)
