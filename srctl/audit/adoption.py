"""Adoption of hand edits to the office's own files: settings, definitions, contacts.

Cases are adopted by :func:`srctl.office.hand_edits.adopt_case`, which also keeps their log; every other file is checked
here and recorded as it is, or as deleted.
"""

from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath

from srctl.audit.inspection import definition_problems
from srctl.core.errors import BadFile, CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _
from srctl.model.case import Attached, Case, Entry
from srctl.model.case_id import is_id
from srctl.model.definitions import Kind
from srctl.model.redaction import redactor
from srctl.office import attachments
from srctl.office.folder import ABSENCES_FILE, OFFICE_FILE, Folder
from srctl.office.writer import Actor, Done, act, record_files
from srctl.papers.provenance import read_scan
from srctl.papers.wordings import NAME, read_template
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange
from srctl.workflow.actions import Act

PLACES = ("templates", "contacts")


def is_own_file(folder: Folder, typed: str, start: Path) -> bool:
    """Whether ``typed`` names a file of the office that is no case."""
    return bool(_name(folder, typed, start))


def adopt_file(folder: Folder, typed: str, start: Path, actor: Actor) -> str:
    """Check and record the file ``typed`` (from the office folder, or from ``start``); return its name.

    Raises:
        BadFile: it has faults, all of them listed. Refused: it does not differ from the last commit.
    """
    name = _name(folder, typed, start)
    if not name:
        raise NotFound(_("{name} is no file of this office").format(name=typed), CommandLine("check"))
    path = folder.root / name
    now = path.read_bytes() if path.is_file() else None
    if now == Repo(folder.root).read(name):
        raise Refused(_("{name} has no change to record").format(name=name), CommandLine("check"))
    problems = definition_problems(folder, path) if now is not None else []
    if problems:
        raise BadFile(problems)
    change = FileChange(name, now, now, adopt=True)
    record_files(folder, [change], lambda: _adopted(name, gone=now is None), "adopt", actor)
    return name


def _adopted(name: str, *, gone: bool) -> str:
    return (_("{name} taken out") if gone else _("{name} changed by hand")).format(name=name)


def case_of_file(folder: Folder, typed: str, start: Path) -> tuple[str, Path] | None:
    """The case in whose folder the file ``typed`` lies, and its path; None when it lies in none."""
    for path in (Path(folder.root, typed), Path(start, typed)):
        home = path.resolve().parent
        if path.is_file() and not path.is_symlink() and is_id(home.name):
            with suppress(NotFound):
                if attachments.home(folder, home.name).resolve() == home:
                    return home.name, path.resolve()
    return None


def adopt_attachment(folder: Folder, case_id: str, path: Path, actor: Actor) -> Done:
    """Record a file that lies in the folder of the case, under the name it has.

    Raises:
        Refused: it is recorded already, is not kept (:func:`srctl.papers.provenance.read_scan`), or its name tells who
        complains.
    """
    given = read_scan(path)

    def plan(case: Case, kind: Kind) -> Act:
        name = path.name
        if attachments.recorded(folder, case.id, name) is not None:
            raise Refused(_("{name} has no change to record").format(name=name), CommandLine("show {}", case.id))
        if redactor(case, kind)(name) != name:
            message = _("the name of this file tells who complains, and names of files stay for ever")
            raise Refused(message, _("give it another name"))
        kept = Attached(name, sha256(given.raw).hexdigest())
        entry = partial(Entry, file=kept.file, sha256=kept.sha256, attached=(kept,))
        return Act("adopt", _("file recorded"), entry=entry, onward=False, files=((name, given.raw),))

    return act(folder, case_id, plan, actor)


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


def _name(folder: Folder, typed: str, start: Path) -> str:
    """The name of the file relative to the office folder, "" when it is not one of the office."""
    recorded = Repo(folder.root)
    for place in (folder.root, start):
        path = Path(place, typed)
        if not path.resolve().is_relative_to(folder.root.resolve()) or path.is_symlink():
            continue
        name = path.resolve().relative_to(folder.root.resolve()).as_posix()
        own = name in (OFFICE_FILE, ABSENCES_FILE) or PurePosixPath(name).parts[0] in PLACES
        if own and (path.is_file() or recorded.read(name) is not None):
            return name
    return ""
