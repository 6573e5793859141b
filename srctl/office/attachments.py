"""Files that belong to a case: scans, signed and issued papers, in its folder and in history.

A file that is kept gets a name of its own and is never overwritten. Reading and judging what is handed in:
:mod:`srctl.papers.incoming_files`.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from srctl.core.decoding import Size
from srctl.core.errors import Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import clean, printable
from srctl.model.case import Attached, Case
from srctl.office.folder import Folder
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange


class Given(NamedTuple):
    """A file handed in: its kind (``pdf``), its bytes, the name it came with, its size in bytes and SHA-256.

    One that is too large to be kept has no bytes here, but the ``place`` where it lies. Of a mail, ``held`` are the
    names of the files taken out of it, ``left`` the reasons for which others stay in it alone.
    """

    ending: str
    raw: bytes
    name: str = ""
    size: int = 0
    sha256: str = ""
    place: str = ""
    held: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def home(folder: Folder, case_id: str) -> Path:
    """The folder of the case: beside its file, of the same name."""
    return folder.case_path(case_id).parent / case_id


def recorded(folder: Folder, case_id: str, name: str) -> bytes | None:
    """The bytes of a file of the case in HEAD, None when it is not there."""
    return Repo(folder.root).read(_inside(folder, home(folder, case_id) / name))


def kept(folder: Folder, case_id: str, name: str) -> bytes | None:
    """The bytes of a file of the case: those the commit being planned writes, those on disk, else those in HEAD."""
    path = home(folder, case_id) / name
    if path in folder.unsaved:
        return folder.unsaved[path]
    if path.is_file() and not path.is_symlink():
        return path.read_bytes()
    return recorded(folder, case_id, name)


def keep_all(
    folder: Folder, case: Case, stem: str, given: Sequence[Given], place: Path | None = None
) -> tuple[tuple[Attached, ...], tuple[tuple[str, bytes], ...]]:  # fmt: skip
    """The files handed in as they are kept, each under a name of its own, and what is written.

    ``place`` is the folder of a case that has no file yet. Who complains is taken out of the name a file came with.

    Raises:
        Refused: the place of a file too large to be kept tells who complains.
    """
    from hashlib import sha256

    from srctl.model.redaction import redactor

    place, redact = place or home(folder, case.id), redactor(case, folder.kinds.get(case.kind))
    found: list[Attached] = []
    for one in given:
        if redact(one.place) != one.place:
            message = _("the place of this file tells who complains, and it would be written down")
            raise Refused(message, _("give the file another name, or put it elsewhere"))
        taken, name = [kept.file for kept in found], ""
        if not one.place:
            name = free_name(folder, case, stem, one.ending, one.raw, place, taken)
        sum_, size = one.sha256 or sha256(one.raw).hexdigest(), one.size or len(one.raw)
        found.append(Attached(sum_, name, redact(clean(printable(one.name))), Size(size), one.place))
    return tuple(found), tuple((kept.file, one.raw) for kept, one in zip(found, given, strict=True) if kept.file)


def recorded_names(case: Case) -> set[str]:
    """The names of the files that an entry of the case tells of."""
    return {e.file for e in case.log if e.file} | {kept.file for e in case.log for kept in e.attached if kept.file}


def free_name(
    folder: Folder, case: Case, stem: str, ending: str, raw: bytes, place: Path | None = None, taken: Iterable[str] = ()
) -> str:
    """The name for a file to be kept: ``<case>-<stem>.<ending>``, with a count when that is taken.

    A name whose file is on disk but not recorded is free when that file has the same bytes.
    """
    place = place or home(folder, case.id)
    used = recorded_names(case) | {*taken}
    known = _recorded_in(folder, _inside(folder, place))
    count = 1
    while True:
        name = f"{case.id}-{stem}{f'-{count}' if count > 1 else ''}.{ending}"
        path = place / name
        there = path.read_bytes() if path.is_file() else None
        if name not in used | known and (there is None or there == raw) and not path.is_dir():
            return name
        count += 1


def _recorded_in(folder: Folder, place: str) -> frozenset[str]:
    """The names of the files recorded in a folder; while a commit of many acts is planned, read once."""
    known = folder.listed.get(place)
    if known is None:  # an empty one is known too
        known = frozenset(Path(name).name for name in Repo(folder.root).names(place))
    if folder.underway:
        folder.listed[place] = known
    return known


def changes(folder: Folder, case_path: Path, files: Iterable[tuple[str, bytes]]) -> list[FileChange]:
    """The changes that write ``files`` into the folder of the case at ``case_path``.

    Raises:
        Refused: a file of that name is there and is not the one recorded, or was deleted by hand.
    """
    found: list[FileChange] = []
    for name, raw in files:
        if Path(name).name != name or name in ("", ".", ".."):
            raise ValueError("a file of a case is named without a folder")
        path = case_path.with_suffix("") / name
        held = Repo(folder.root).read(_inside(folder, path))
        there = path.read_bytes() if path.is_file() else None
        back = held == raw  # one changed by hand is put back
        if there not in (held, raw) and not back:
            message = _("{file} is there already and is not what was recorded").format(file=folder.relative(path))
            raise Refused(message, _("look at it, and move it away"))
        # The file may be on disk already without being recorded: it is adopted.
        found.append(FileChange(_inside(folder, path), there, raw, adopt=back or there == raw))
    return found


def _inside(folder: Folder, path: Path) -> str:
    return path.relative_to(folder.root).as_posix()
