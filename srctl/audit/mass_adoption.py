"""Adoption of many hand edits in one commit: each is checked; those with faults are left as they lie, and named."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from srctl.audit import adoption
from srctl.audit.inspection import hand_edit
from srctl.core.errors import BadFile, NotFound, SrctlError
from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple
from srctl.model.case import FORMAT
from srctl.model.case_id import is_id
from srctl.office import hand_edits
from srctl.office.course import Actor, begun, begun_from, taken_further, worded, written
from srctl.office.folder import Folder
from srctl.office.own_files import is_own
from srctl.papers.incoming_files import is_kept
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange, Recorded, record
from srctl.workflow.commit_message import Acted, message_of_many


class Edited(NamedTuple):
    """Something changed by hand: a file of the office by its ``name``, or a ``case`` with files that lie in its folder.

    ``fault`` is why it cannot even be tried. ``named`` is set where the case itself was asked for, not a file of it.
    """

    name: str
    case: str = ""
    papers: tuple[Path, ...] = ()
    named: bool = False
    fault: SrctlError | None = None


class Adopted(NamedTuple):
    """What was recorded: its name, its acts where it is a case, the changes of files."""

    name: str
    acts: tuple[Acted, ...]
    changes: tuple[FileChange, ...]


class Left(NamedTuple):
    """What was left as it lies, and why."""

    name: str
    fault: SrctlError


class Adoption(NamedTuple):
    """The outcome for many hand edits; the commit is "" when none was recorded."""

    taken: tuple[Adopted, ...]
    left: tuple[Left, ...]
    recorded: Recorded


def everything_edited(folder: Folder) -> list[Edited]:
    """All that differs from the last commit: the office's own files first, then the cases by number."""
    own: list[str] = []
    cases: dict[str, Edited] = {}
    lost: list[Edited] = []
    repo = Repo(folder.root)
    for name in repo.changed_paths(""):
        path = Path(name)
        if is_own(folder, name):
            own += [] if path.name.startswith(".") else [name]
        elif path.parts[0] == "cases" and not path.name.startswith("."):
            case_id = path.stem if len(path.parts) == 4 else path.parts[-2]
            takes = is_id(case_id) and (folder.root / path).is_file() and (len(path.parts) == 4 or is_kept(name))
            if not takes:
                lost.append(Edited(name, fault=BadFile([hand_edit(repo, path)])))
                continue
            had = cases.get(case_id) or Edited(case_id, case_id)
            papers = (*had.papers, folder.root / path) if len(path.parts) > 4 else had.papers
            cases[case_id] = had._replace(papers=papers, named=had.named or len(path.parts) == 4)
    return [*(Edited(name) for name in own), *(cases[key] for key in sorted(cases)), *lost]


def edited_by_name(folder: Folder, typed: str, start: Path, find: Callable[[str], str]) -> Edited:
    """What one word means: a file of the office, one in the folder of a case, else a case that ``find`` knows."""
    if name := adoption.own_name(folder, typed, start):
        return Edited(name)
    if lies := adoption.case_of_file(folder, typed, start):
        return Edited(lies[0], lies[0], (lies[1],))
    try:
        case_id = find(typed)
        return Edited(case_id, case_id, tuple(adoption.lying_in(folder, case_id)), named=True)
    except SrctlError as fault:
        return Edited(typed, fault=fault)


def adopt_many(folder: Folder, edited: Callable[[], Sequence[Edited]], actor: Actor, override: str = "") -> Adoption:
    """Check each, and record in one commit all that have no faults; ``edited`` is called under the lock."""
    taken: list[Adopted] = []
    left: list[Left] = []

    def plan() -> tuple[list[FileChange], str]:
        del taken[:], left[:]
        wanted = _together(edited())
        names = [one.name for one in wanted if not one.case]
        for one in wanted:
            try:
                taken.append(_planned(folder, one, names, actor, override))
            except SrctlError as fault:
                left.append(Left(one.name, fault))
        return [change for one in taken for change in one.changes], worded(folder, partial(_message, taken))

    recorded = record(folder.root, plan, actor.author())
    return Adoption(tuple(taken), tuple(left), recorded)


def _together(edited: Sequence[Edited]) -> list[Edited]:
    """Each file and each case once, with all of its papers."""
    found: dict[str, Edited] = {}
    for one in edited:
        had = found.get(one.name, one)
        papers = tuple(dict.fromkeys((*had.papers, *one.papers)))
        found[one.name] = had._replace(papers=papers, named=had.named or one.named)
    return list(found.values())


def _planned(folder: Folder, one: Edited, names: Collection[str], actor: Actor, override: str) -> Adopted:
    if one.fault:
        raise one.fault
    if not one.case:
        return Adopted(one.name, (), (adoption.planned_file(folder, one.name, names),))
    acts: list[Acted] = []
    course = edit = None
    if one.named and (not one.papers or _is_changed(folder, one.case)):
        acted, edit = hand_edits.planned_adoption(folder, one.case, actor, override)
        acts.append(acted)
        course = begun_from(folder, folder.parse_case(edit.after or b"", folder.case_path(one.case)))
    if not one.papers:
        return Adopted(one.name, tuple(acts), (edit,) if edit else ())
    course, acted = taken_further(
        folder, course or begun(folder, one.case), adoption.filed_from_folder(folder, one.case, one.papers), actor
    )
    _after, (change, *files) = written(folder, course, actor)
    change = change._replace(before=edit.before, adopt=True) if edit else change
    return Adopted(one.name, (*acts, acted), (change, *files))


def _is_changed(folder: Folder, case_id: str) -> bool:
    with suppress(NotFound):
        return hand_edits.is_changed(folder, case_id)
    return False


def _message(taken: Sequence[Adopted]) -> str:
    """The commit message: of one file its own sentence, of several how many; trailers for the cases."""
    if not taken:
        return ""
    acts = [acted for one in taken for acted in one.acts]
    count = len(taken)
    words = ngettext("{n} edit by hand adopted", "{n} edits by hand adopted", count).format(n=count)
    if count == 1:
        words = f"{taken[0].name} {acts[-1].act.sentence}" if acts else adoption.file_sentence(taken[0].changes[0])
    if acts:
        return message_of_many(acts, words)
    return f"{words}\n\nSrctl-Action: adopt\nSrctl-Format: {FORMAT}\n"


def words_of(taken: Adopted) -> str:
    """What was recorded of one of them, in words."""
    if taken.acts:
        return " · ".join(acted.said or acted.act.sentence for acted in taken.acts)
    return _("taken out") if taken.changes[0].after is None else _("changed by hand")
