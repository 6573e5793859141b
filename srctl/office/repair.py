"""What other programs undid, put right: acts brought back into the record, files put back into the folder."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, ngettext
from srctl.core.patches import Edit
from srctl.core.records import NamedTuple
from srctl.model.case import FORMAT, Case
from srctl.model.definitions import Kind
from srctl.office.folder import ABSENCES_FILE, OFFICE_FILE, Folder
from srctl.office.writer import Actor, act, apply_edits
from srctl.store import anchor, atomicfile, journal, lock, taken_back, work_tree
from srctl.store.anchor import TakenBack
from srctl.store.git import index as git_index
from srctl.store.git.process import Objects
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange, record
from srctl.workflow import actions
from srctl.workflow.actions import Act

PLACES = ("cases", "contacts", "templates", OFFICE_FILE, ABSENCES_FILE)
_ASIDE = "aside"  # the folder of what was put aside, in that of srctl's own files


class Repaired(NamedTuple):
    """The commit of a repair ("": none was needed) and what was done, a sentence each."""

    commit: str
    done: tuple[str, ...]


def bring_back(folder: Folder, actor: Actor) -> Repaired:
    """Bring back, in one commit, whatever was taken back; what stands in its place meanwhile is kept as well."""
    notes: list[str] = []

    def plan() -> tuple[list[FileChange], str]:
        notes.clear()
        repo = Repo(folder.root)
        with repo.objects() as objects:
            taken = _taken_now(repo, objects)
            grouped: dict[str, list[TakenBack]] = {}
            for each in taken:
                grouped.setdefault(each.path, []).append(each)
            changes = [_change(folder, objects, path, some, notes) for path, some in grouped.items()]
        return changes, _message(changes)

    made = record(folder.root, plan, actor.author(), mends=True)
    taken_back.current(folder.root)  # what is back is no longer told
    return Repaired(made.commit, (*made.repaired, *notes))


def leave(folder: Folder, why: str, actor: Actor) -> Repaired:
    """Leave taken back what is, with the reason noted in each case; it is told no more."""
    repo, notes = Repo(folder.root), []
    problems = taken_back.lost_acts(folder.root)
    with lock.hold(folder.root):
        head = repo.head()
        if head is None:
            raise Refused(_("nothing is recorded in this office yet"), CommandLine("check"))
        anchor.write(folder.root, anchor.Anchor(head))
    for problem in problems:
        notes.append(_("{path}: left as it is").format(path=problem.path))
        if folder.relative(folder.root / problem.path).parts[0] == "cases" and (folder.root / problem.path).is_file():
            act(folder, problem.path.stem, partial(_noted, f"{problem.message}: {why}"), actor)
    return Repaired("", tuple(notes))


def _noted(text: str, case: Case, _kind: Kind) -> Act:
    return actions.note(case, text)


def put_back_files(root: Path, under: Sequence[str] = PLACES) -> list[str]:
    """Write the files that the record and git's index hold and the folder lacks, or holds as they were before.

    Return what was put back, a sentence each. A file deleted in git's index as well was deleted on purpose. A text
    that was never recorded is put aside first.
    """
    repo, notes = Repo(root), []
    with lock.hold(root):
        if git_index.ensure(root):
            notes.append(_("the index of git was made anew"))
        notes += _put_back(repo, under)
    return notes


def _put_back(repo: Repo, under: Sequence[str]) -> list[str]:
    root, put = repo.root, dict[str, str | None]()
    notes: list[str] = []
    with repo.objects() as objects:
        for path, entry in repo.tree("HEAD", *under).items() if repo.head() else ():
            place = root / path
            if entry.mode not in (b"100644", b"100755") or place.is_symlink():
                continue
            if not place.exists():
                staged = objects.get(f":0:{path}")
                if staged is None or staged.id != entry.id or work_tree.is_elsewhere(root, path):
                    continue
                notes.append(_("{path} was gone from the folder; put back").format(path=path))
            elif not (taken_back.CASE.fullmatch(path) and _is_older(repo, objects, path, entry.id)):
                continue
            else:
                notes.append(_("{path} was an older version; put right").format(path=path))
                notes += _kept_aside(repo, objects, path, entry.id)
            journal.locate(repo, path)
            atomicfile.write(place, objects.need(entry.id).data, atomicfile.permissions(place))
            put[path] = entry.id
    if put:  # `git checkout OLD -- file` has set it back there as well
        with git_index.updating_index(root, put, repo.algorithm()):
            pass
    return notes


def _is_older(repo: Repo, objects: Objects, path: str, held: str) -> bool:
    """Whether the case file is not what HEAD holds but what it held before, or lacks log entries that HEAD holds."""
    place = repo.root / path
    if not place.is_file():
        return False
    raw = place.read_bytes()
    blob, recorded = journal.blob_id(raw, held), objects.need(held).data
    if blob != held and objects.get(blob) is not None and taken_back.missing_entries(recorded, raw):
        return True
    return bool(work_tree.lacking(recorded, raw))


def _kept_aside(repo: Repo, objects: Objects, path: str, held: str) -> list[str]:
    """Keep the text of the file where git does not have it, and say where; nothing of anybody's is lost."""
    raw = (repo.root / path).read_bytes()
    if objects.get(journal.blob_id(raw, held)) is not None:
        return []
    aside = put_aside(repo.root, Path(path).name, raw)
    return [_("{path} had been changed by hand; that text is kept in {file}").format(path=path, file=aside)]


def _taken_now(repo: Repo, objects: Objects) -> tuple[TakenBack, ...]:
    head = objects.get("HEAD")
    return taken_back.judged(repo, objects, anchor.read(repo.root), head.id).taken if head else ()


def _change(folder: Folder, objects: Objects, path: str, taken: Sequence[TakenBack], notes: list[str]) -> FileChange:
    """The change that brings back what was taken out of one file."""
    place = journal.locate(Repo(folder.root), path)
    disk, recorded = journal.read_file(place), objects.get(f"HEAD:{path}")
    result = recorded.data if recorded else b""
    for each in taken:
        lost = taken_back.lost_entries(objects, each, "HEAD")
        result = _merged(folder, place, objects.need(each.was).data, result)
        what = ", ".join(str(entry.get("id", "?")) for entry in lost)
        back = _("{path}: brought back {what}") if what else _("{path}: brought back")
        notes.append(back.format(path=path, what=what))
    if disk is not None and (recorded is None or disk != recorded.data) and disk != result:
        aside = put_aside(folder.root, place.name, disk)
        notes.append(_("{path} had been changed by hand; that text is kept in {file}").format(path=path, file=aside))
    return FileChange(path, disk, result, adopt=True)


def put_aside(root: Path, name: str, data: bytes) -> Path:
    """Keep the bytes in the folder of what was put aside, under a name that is free; return the file."""
    folder = lock.local_folder(root) / _ASIDE
    number = 1
    while (place := folder / f"{number}-{name}").exists():
        number += 1
    atomicfile.write(place, data)
    return place


def _merged(folder: Folder, place: Path, was: bytes, now: bytes) -> bytes:
    """The text ``was`` with the log entries that only the text ``now`` has, under new ids where theirs are taken."""
    if place.suffix != ".yaml" or place.parent.parent.parent.name != "cases":
        return was
    extra = [entry for entry in taken_back.log_of(now) if entry not in taken_back.log_of(was)]
    if not extra:
        return was
    from srctl.store.yaml.editor import item_texts
    from srctl.store.yaml.writer import Verbatim

    taken = {str(entry["id"]) for entry in taken_back.log_of(was)}
    texts = [
        text for text, entry in zip(item_texts(now, ("log",)), taken_back.log_of(now), strict=True) if entry in extra
    ]
    edits = []
    for text, entry in zip(texts, extra, strict=True):
        identity = str(entry["id"])
        if identity in taken:
            identity = f"a{max(int(each[1:]) for each in taken if each[1:].isdecimal()) + 1}"
            text = re.sub(rf"\bid: {re.escape(str(entry['id']))}\b", f"id: {identity}", text, count=1)
        taken.add(identity)
        edits.append(Edit("append", ("log",), Verbatim(text)))
    return apply_edits(was, edits, folder.parse_case(was, place))


def _message(changes: Sequence[FileChange]) -> str:
    cases = [Path(change.path).stem for change in changes if change.path.startswith("cases/")]
    said = ngettext(
        "{n} file brought back to what was recorded", "{n} files brought back to what was recorded", len(changes)
    )
    lines = [said.format(n=len(changes)), ""]
    lines += [f"Srctl-Case: {' '.join(cases)}"] if cases else []
    return "\n".join([*lines, "Srctl-Action: repair", f"Srctl-Format: {FORMAT}", ""])
