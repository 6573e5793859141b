"""Adoption of hand edits to the office's own files: settings, definitions, contacts.

Cases are adopted by :func:`srctl.office.hand_edits.adopt_case`, which also keeps their log; every other file is checked
here and recorded as it is, or as deleted.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from srctl.audit.filed_papers import unrecorded_files
from srctl.audit.inspection import definition_problems
from srctl.core.decoding import Size
from srctl.core.errors import BadFile, CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _, ngettext
from srctl.model.case import Attached, Case, Entry
from srctl.model.case_id import is_id
from srctl.model.definitions import Kind
from srctl.model.redaction import redactor
from srctl.office import attachments
from srctl.office.course import Make
from srctl.office.folder import Folder
from srctl.office.own_files import is_own
from srctl.office.writer import Actor, Done, act, record_files
from srctl.papers.incoming_files import is_kept, read_scan
from srctl.papers.wordings import NAME, read_template
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange
from srctl.workflow.actions import Act

_PICTURES = (".png", ".jpg", ".jpeg")


def is_own_file(folder: Folder, typed: str, start: Path) -> bool:
    """Whether ``typed`` names a file of the office that is no case."""
    return bool(own_name(folder, typed, start))


def adopt_file(folder: Folder, typed: str, start: Path, actor: Actor) -> str:
    """Check and record the file ``typed`` (from the office folder, or from ``start``); return its name.

    Raises:
        BadFile: it has faults, all of them listed. Refused: it does not differ from the last commit.
    """
    name = own_name(folder, typed, start)
    if not name:
        raise NotFound(_("{name} is no file of this office").format(name=typed), CommandLine("check"))
    change = planned_file(folder, name)
    record_files(folder, [change], lambda: file_sentence(change), "adopt", actor)
    return name


def refuse_unnamed_picture(folder: Folder, typed: str, start: Path) -> None:
    """Refuse a picture that lies in the office folder and is not its emblem yet, with the line that makes it so."""
    for path in (Path(folder.root, typed).resolve(), Path(start, typed).resolve()):
        if path.suffix.lower() in _PICTURES and path.parent == folder.root.resolve() and path.is_file():
            message = _("{name} is not named in office.yaml").format(name=path.name)
            line = _("as the emblem of the office: write {line} into office.yaml").format(line=f"emblem: {path.name}")
            raise Refused(message, "\n".join((line, CommandLine("adopt office.yaml {}", path.name))))


def planned_file(folder: Folder, name: str, others: Collection[str] = ()) -> FileChange:
    """The change that records the office's own file ``name``.

    Faults of ``others``, and of files that wait for their own adoption, are theirs and stop nothing here.

    Raises:
        BadFile: it has faults, all of them listed. Refused: it does not differ from the last commit.
    """
    path = folder.root / name
    now, recorded = path.read_bytes() if path.is_file() else None, Repo(folder.root).read
    if now == recorded(name):
        raise Refused(_("{name} has no change to record").format(name=name), CommandLine("check"))
    problems = definition_problems(folder, path) if now is not None else []
    places = {problem.path.as_posix() for problem in problems} - {*others}
    judged = {name, *(place for place in places if recorded(place) == Path(folder.root, place).read_bytes())}
    own = [problem for problem in problems if problem.path.as_posix() in judged]
    if own:
        raise BadFile(own)
    return FileChange(name, now, now, adopt=True)


def file_sentence(change: FileChange) -> str:
    """What happened to a file of the office, in words."""
    gone = change.after is None
    return (_("{name} taken out") if gone else _("{name} changed by hand")).format(name=change.path)


def case_of_file(folder: Folder, typed: str, start: Path) -> tuple[str, Path] | None:
    """The case in whose folder the file ``typed`` lies, and its path; None when it lies in none."""
    for path in (Path(folder.root, typed), Path(start, typed)):
        home = path.resolve().parent
        if path.is_file() and not path.is_symlink() and is_id(home.name):
            with suppress(NotFound):
                if attachments.home(folder, home.name).resolve() == home:
                    return home.name, path.resolve()
    return None


def lying_in(folder: Folder, case_id: str) -> list[Path]:
    """The files in the folder of the case that were never recorded and may be kept."""
    found = unrecorded_files(folder, Repo(folder.root), [attachments.home(folder, case_id)])
    return [folder.root / name for name in found if is_kept(name)]


def adopt_papers(folder: Folder, case_id: str, paths: Sequence[Path], actor: Actor) -> Done:
    """File what lies in the folder of the case, each file under the name it has.

    One that was filed before and is another file now is filed as a further paper, and the one filed comes back.

    Raises:
        Refused: one is recorded already, is not kept (:func:`srctl.papers.incoming_files.read_scan`), or its name
        tells who complains.
    """
    return act(folder, case_id, filed_from_folder(folder, case_id, paths), actor)


def filed_from_folder(folder: Folder, case_id: str, paths: Sequence[Path]) -> Make:
    """The act that files what lies in the folder of the case (:func:`adopt_papers`); errors as there."""
    limit = folder.office.largest_file
    given = {path.name: read_scan(path, limit) for path in paths}
    for one in given.values():
        if one.place:
            hint = _("put it where it is to stay, then: {command}").format(command=CommandLine("file {} FILE", case_id))
            raise Refused(_("{file} is larger than {size} MB").format(file=one.name, size=limit), hint)

    def plan(case: Case, kind: Kind) -> Act:
        files: list[tuple[str, bytes]] = []
        for name, one in given.items():
            had = attachments.recorded(folder, case.id, name)
            if had == one.raw:
                raise Refused(_("{name} has no change to record").format(name=name), CommandLine("show {}", case.id))
            if redactor(case, kind)(name) != name:
                message = _("the name of this file tells who complains, and names of files stay for ever")
                raise Refused(message, _("give it another name"))
            kept_as = attachments.free_name(folder, case, "filed", one.ending, one.raw) if had is not None else name
            files += [(kept_as, one.raw), *([(name, had)] if had is not None else ())]
        sums = {raw: (name, one) for one in given.values() for name, raw in files if raw == one.raw}
        kept = tuple(Attached(one.sha256, name, one.name, Size(one.size)) for name, one in sums.values())
        entry = partial(Entry, file=kept[0].file, sha256=kept[0].sha256, attached=kept)
        sentence = ngettext("{n} paper filed", "{n} papers filed", len(kept)).format(n=len(kept))
        return Act("file", sentence, entry=entry, onward=False, files=tuple(files))

    return plan


def copy_wording(folder: Folder, source: str, name: str, actor: Actor) -> str:
    """Record a copy of the wording ``source`` under ``name``, to be changed by hand; return the new file's name.

    Raises:
        NotFound: there is no such wording. Refused: the name is taken. UsageError: it is not one for a file.
    """
    template = read_template(folder.root / "templates", source)
    if not NAME.fullmatch(name):
        raise UsageError(_("{name} is not a name for a paper").format(name=name), _("letters a-z, digits and -"))
    changes = []
    for path in dict.fromkeys((template.path, template.source.path)):
        target = f"templates/papers/{name}{path.suffix}"
        if (folder.root / target).exists():
            raise Refused(_("{name} is there already").format(name=target), CommandLine("papers show {}", name))
        changes.append(FileChange(target, None, path.read_bytes()))

    def sentence() -> str:
        return _("paper {name} begun from {source}").format(name=name, source=source)

    record_files(folder, changes, sentence, "papers", actor)
    return changes[0].path


def own_name(folder: Folder, typed: str, start: Path) -> str:
    """The name of the file relative to the office folder, "" when it is not one of the office."""
    recorded = Repo(folder.root)
    for place in (folder.root, start):
        path = Path(place, typed)
        if not path.resolve().is_relative_to(folder.root.resolve()) or path.is_symlink():
            continue
        name = path.resolve().relative_to(folder.root.resolve()).as_posix()
        if name != "." and is_own(folder, name) and (path.is_file() or recorded.read(name) is not None):
            return name
    return ""
