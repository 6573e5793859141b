"""Absences recorded, and the matters of one coordinator handed over to another."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from srctl.core.errors import BadFile, Changed, CommandLine, NotFound, Problem, Refused, unknown
from srctl.core.i18n import _, ngettext
from srctl.core.patches import Edit, Value
from srctl.core.records import NamedTuple
from srctl.model.absences import Absence, next_backup, refuse_unfit, the_absence
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.people import Office
from srctl.office.folder import ABSENCES_FILE, CaseFile, Folder
from srctl.office.writer import Actor, Done, act_many, record_files
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange, Recorded
from srctl.workflow import actions
from srctl.workflow.actions import Act
from srctl.workflow.stages import is_closed


class Handover(NamedTuple):
    """Whose open matters go to whom; of one kind only, when one is named."""

    giver: str
    owner: str
    kind: str = ""
    why: str = ""


class Matters(NamedTuple):
    """The open matters a coordinator owns, and how many open ones of others they are the backup of."""

    owned: tuple[Case, ...]
    backed: int


def add_absence(folder: Folder, new: Absence, actor: Actor) -> Recorded:
    """Write the absence and record it; ``absences.yaml`` is created for the first one.

    Raises:
        UsageError, Refused: it does not fit with those recorded. BadFile: the file cannot be read.
    """
    item: dict[str, Value] = {"who": new.who, "from": new.from_, "to": new.to, "backup": new.backup, "why": new.why}
    item = {key: value for key, value in item.items() if value}

    def edit(absences: Sequence[Absence]) -> Edit:
        refuse_unfit(new, absences)
        return Edit("append", ("absences",), item)

    return _write(folder, edit, new, actor)


def cancel_absence(folder: Folder, who: str, first: date | None, actor: Actor) -> tuple[Absence, Recorded]:
    """Take out the absence of ``who`` that begins on ``first`` (None: the only one not yet over); return it.

    Raises:
        NotFound: there is none, or there are several. BadFile: the file cannot be read.
    """
    absences = _readable(folder)
    gone = absences[the_absence(absences, who, first, actor.now.date())]

    def edit(absences: Sequence[Absence]) -> Edit:
        return Edit("remove", ("absences", the_absence(absences, who, gone.from_, actor.now.date())))

    return gone, _write(folder, edit, gone, actor, cancelled=True)


def _readable(folder: Folder) -> Sequence[Absence]:
    """The absences; BadFile when their file cannot be read."""
    found = folder.absences
    folder.refuse_unreadable("", ABSENCES_FILE.removesuffix(".yaml"))
    return found


def _write(
    folder: Folder,
    edit_of: Callable[[Sequence[Absence]], Edit],
    absence: Absence,
    actor: Actor,
    *,
    cancelled: bool = False,
) -> Recorded:
    """Record the edit, made from the file as it is under the lock: somebody else may just have written theirs.

    The sentence never gives the reason of an absence: it could not be taken out of history again.
    """
    from srctl.store.yaml.editor import apply
    from srctl.store.yaml.writer import dump

    def change() -> FileChange:
        edit = edit_of(_readable(Folder(folder.root)))
        path = folder.root / ABSENCES_FILE
        before = path.read_bytes() if path.is_file() else None
        after = apply(before, [edit]) if before is not None else dump({"format": 1, "absences": [edit.value]})
        return FileChange(ABSENCES_FILE, before, after)

    def sentence() -> str:
        words = _("{who} not away: {days}") if cancelled else _("{who} away: {days}")
        return words.format(who=absence.who, days=absence.days())

    return record_files(folder, change, sentence, "away", actor)


def matters_of(folder: Folder, who: str, kind: str = "") -> Matters:
    """The open matters of ``who``, of that kind.

    Raises:
        BadFile: a case cannot be read, so its owner is unknown. Changed: one was changed by hand.
        Refused: there is none. NotFound: there is no such coordinator.
    """
    problems: list[Problem] = []
    owned: list[CaseFile] = []
    backed = 0
    for file in folder.cases():
        if file.case is None:
            problems += file.problems
        elif not is_closed(file.case) and kind in ("", file.case.kind):
            if file.case.owner == who:
                owned.append(file)
            backed += file.case.backup == who != file.case.owner
    if problems:
        raise BadFile(problems)
    _refuse_hand_edits(folder, who, kind, owned)
    if owned:
        return Matters(tuple(file.case for file in owned if file.case), backed)
    if folder.office.coordinator(who) is None:
        known = [c.id for c in folder.office.coordinators]
        raise NotFound(*unknown(_("coordinator"), who, known, CommandLine("whoami --list")))
    raise Refused(_("{who} carries no open matter").format(who=who), CommandLine("list --owner {}", who))


def _refuse_hand_edits(folder: Folder, who: str, kind: str, owned: Sequence[CaseFile]) -> None:
    """Refuse when a matter of ``who``, by its file or by HEAD, differs from HEAD."""
    repo = Repo(folder.root)
    mine = {file.path.relative_to(folder.root).as_posix() for file in owned}
    found = []
    for name in repo.changed_paths("cases"):
        path = folder.root / name
        raw = repo.read(name) if path.suffix == ".yaml" else None
        case = folder.parse_case(raw, path).case if raw is not None else None
        recorded = case is not None and case.owner == who and kind in ("", case.kind) and not is_closed(case)
        if name in mine or recorded:
            found.append(CommandLine("adopt {}", path.stem) if path.exists() else CommandLine("repair"))
    if found:
        message = ngettext(
            "{n} matter of {who} was changed by hand and not recorded",
            "{n} matters of {who} were changed by hand and not recorded",
            len(found),
        ).format(n=len(found), who=who)
        raise Changed(message, "\n".join(found))


def hand_over(folder: Folder, handover: Handover, cases: Sequence[Case], actor: Actor) -> list[Done]:
    """Give the matters (:func:`matters_of`) to the new owner, all in one commit.

    Raises:
        Changed: one is not the giver's any more.
    """

    def make(case: Case, _kind: Kind) -> Act:
        return _assignment(case, handover, folder.office)

    def sentence() -> str:
        words = ngettext(
            "handover of {n} matter from {giver} to {owner}",
            "handover of {n} matters from {giver} to {owner}",
            len(cases),
        )
        return words.format(n=len(cases), giver=handover.giver, owner=handover.owner)

    return act_many(folder, [case.id for case in cases], make, actor, sentence)


def _assignment(case: Case, handover: Handover, office: Office) -> Act:
    """The assignment of one matter to the new owner; its stage stays."""
    if case.owner != handover.giver or is_closed(case):
        raise Changed(
            _("{id} was changed meanwhile").format(id=case.id), _("Nothing was saved. Run the command again.")
        )
    backup = next_backup(case.backup, handover.giver, handover.owner, office)
    act = actions.assign(case, handover.owner, "" if backup == case.backup else backup)
    edits = act.edits if backup or not case.backup else (*act.edits, Edit("remove", ("backup",)))
    return act._replace(edits=edits, entry=partial(act.entry, why=handover.why), onward=False)
