"""Acts taken back and done again: the fields as before, the log only ever longer.

The record knows what an act changed: the file before and after its commit. Taking it back brings that difference the
other way round into the file of now, field by field; what was changed again since is named and left to the person.
Doing again takes back the commit of the undo. What several cases had together goes together, or each by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal

from srctl.core.errors import CommandLine, NotFound, Refused, SrctlError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Entry
from srctl.model.definitions import ENDED
from srctl.office.folder import CaseFile, Folder, readable
from srctl.office.reversal import Change, sentence_of, turned_back
from srctl.office.writer import Actor, Done, apply_edits, case_problems, worded
from srctl.store.git.commits import Commit
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange, record
from srctl.workflow import actions
from srctl.workflow.actions import Act
from srctl.workflow.commit_message import Acted, message, message_of_many, written_entries
from srctl.workflow.dependents import dependents, gates_lost, refuse_standing_on
from srctl.workflow.stages import StageMove, open_promises, steps_settled

Direction = Literal["undo", "redo"]


class Mended(NamedTuple):
    """What was taken back, or done again: the outcome by case, what it was in words, and what had to be left.

    ``others`` are the further cases of the same commit that were not asked for.
    """

    done: tuple[Done, ...]
    what: str
    entries: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    left: tuple[tuple[str, SrctlError], ...] = ()


class _Part(NamedTuple):
    """What a commit did to one case: the file before and after it, and the entries meant."""

    case_id: str
    path: str
    commit: str
    before: bytes
    made: bytes
    entries: tuple[str, ...]


class _Chosen(NamedTuple):
    """What is to be mended: the commit to be turned round, the sentence of the act, its parts by case."""

    commit: Commit
    what: str
    parts: Mapping[str, _Part]

    def inseparable(self, folder: Folder) -> bool:
        """Whether the parts are one: a merging, or an entry moved."""
        cases = [(part, folder.load(name).case) for name, part in self.parts.items()]
        entries = [case.entry(entry_id) for part, case in cases if case for entry_id in part.entries]
        return any(entry and (entry.did in ("merge", "move") or entry.origin) for entry in entries)


def undo(folder: Folder, case_id: str, entry_id: str, why: str, actor: Actor, *, together: bool = False) -> Mended:
    """Take back the act that wrote ``entry_id`` ("": the last that counts); ``together``: in all cases it was done in.

    Raises:
        NotFound: no such entry. Refused: it is where the case begins, is taken back already, or later entries stand
        on it. Changed: a later act changed the same fields.
    """
    return _mend(folder, case_id, lambda case: _to_undo(case, entry_id), "undo", why, actor, together)


def redo(folder: Folder, case_id: str, entry_id: str, why: str, actor: Actor, *, together: bool = False) -> Mended:
    """Do again what was taken back: the act of ``entry_id``, else the one taken back last.

    Raises:
        NotFound: no such entry. Refused: it was not taken back, or what it settles is settled by now.
        Changed: a later act changed the same fields.
    """
    return _mend(folder, case_id, lambda case: _to_redo(case, entry_id), "redo", why, actor, together)


def last_of(folder: Folder, actor: Actor) -> tuple[str, str]:
    """The case and the entry of the last act of ``actor`` in the office that still counts, for ``undo --last``."""
    emails = {*actor.who.emails, actor.author().email}
    for commit in Repo(folder.root).walk(limit=500):
        if commit.author_email not in emails or commit.trailers.get("Srctl-Action") in ("undo", "redo"):
            continue
        for case_id in commit.trailers.get("Srctl-Case", "").split():
            case = folder.load(case_id).case
            counting = {entry.id for entry in case.happened()} if case else set()
            found = [entry for entry in written_entries(commit.trailers, case_id) if entry in counting]
            if found:
                return case_id, found[-1]
    raise Refused(_("you have done nothing here that could be taken back"), CommandLine("history 1"))


def _to_undo(case: Case, entry_id: str) -> str:
    """The entry to take back."""
    undone = case.undone()
    if entry_id:
        entry = _entry(case, entry_id)
        wanted = entry.of if entry.did == "redo" else entry.id
        if entry.did == "undo":
            raise Refused(_("{entry} is itself an undoing").format(entry=entry_id),
                          CommandLine("redo {} {}", case.id, entry.of))  # fmt: skip
        if wanted in undone and undone[wanted].did == "move":
            message = _("{id}: {entry} was moved to {case}").format(id=case.id, entry=wanted, case=undone[wanted].case)
            raise Refused(message, CommandLine("undo {} {}", case.id, undone[wanted].id))
        if wanted in undone:
            message = _("{id}: {entry} is taken back already").format(id=case.id, entry=wanted)
            raise Refused(message, CommandLine("redo {} {}", case.id, wanted))
        return wanted
    for entry in reversed(case.log):
        wanted = entry.of if entry.did == "redo" else entry.id
        if entry.did != "undo" and wanted not in undone:
            return wanted
    raise Refused(_("{id} has nothing to take back").format(id=case.id), CommandLine("show {}", case.id))


def _to_redo(case: Case, entry_id: str) -> str:
    """The undo to take back, of the entry meant."""
    undone = {name: by for name, by in case.undone().items() if by.did == "undo"}
    if not entry_id:
        if not undone:
            raise Refused(_("{id}: nothing was taken back").format(id=case.id), CommandLine("show {}", case.id))
        return next(entry.id for entry in reversed(case.log) if entry in undone.values())
    entry = _entry(case, entry_id)
    found = undone.get(entry.of if entry.did == "undo" else entry.id)
    if found is None:
        message = _("{id}: {entry} was not taken back").format(id=case.id, entry=entry_id)
        raise Refused(message, CommandLine("undo {} {}", case.id, entry_id))
    return found.id


def _entry(case: Case, entry_id: str) -> Entry:
    entry = case.entry(entry_id)
    if entry is None:
        message = _("{id} has no entry {entry}").format(id=case.id, entry=entry_id)
        raise NotFound(message, CommandLine("show {}", case.id))
    return entry


def _mend(
    folder: Folder, case_id: str, wanted: Callable[[Case], str], did: Direction, why: str, actor: Actor, together: bool
) -> Mended:  # fmt: skip
    result: list[Mended] = []
    acted: list[Acted] = []

    def plan() -> tuple[list[FileChange], str]:
        file = folder.load(case_id)
        chosen = _chosen(folder, file, wanted(readable(file)), did)
        one = chosen.inseparable(folder)
        names = list(chosen.parts) if one or together else [case_id]
        made: list[tuple[Acted, FileChange]] = []
        left: list[tuple[str, SrctlError]] = []
        for name in names:
            try:
                made.append(_reverted(folder, chosen.parts[name], did, why, actor, chosen.what))
            except SrctlError as refusal:
                if one or name == case_id:
                    raise
                left.append((name, refusal))
        acted[:] = [each for each, _change in made]
        others = tuple(name for name in chosen.parts if name not in names)
        result[:] = [Mended((), chosen.what, chosen.parts[case_id].entries, others, tuple(left))]
        return [change for _each, change in made], _message(folder, acted)

    recorded = record(folder.root, plan, actor.author())
    done = tuple(Done(each.case, each.kind, each.move, recorded, each.said) for each in acted)
    return result[0]._replace(done=tuple(sorted(done, key=lambda each: each.case.id != case_id)))


def _message(folder: Folder, acted: Sequence[Acted]) -> str:
    """The commit message: of one case its own, of several that of many."""
    first = acted[0]
    sentence, did = first.act.sentence, first.act.did
    if len(acted) > 1:
        return worded(folder, lambda: message_of_many(acted, sentence))
    return worded(folder, lambda: message(first.case, first.kind, did, sentence, StageMove(), len(first.act.before)))


def _chosen(folder: Folder, file: CaseFile, entry_id: str, did: Direction) -> _Chosen:
    """The act that wrote ``entry_id`` of the case, in all the cases its commit touched.

    Raises:
        Refused: the case begins with it, or it came with the folder and no commit wrote it.
    """
    commit = _commit_of(folder, file, entry_id)
    entry = readable(file).entry(entry_id)
    first = commit if did == "undo" or entry is None else _commit_of(folder, file, entry.of)
    parts = {}
    for name in commit.trailers.get("Srctl-Case", file.id).split():
        part = _part(folder, commit, name, did)
        if part is not None:
            parts[name] = part
    if file.id not in parts:
        raise _no_way_back(file.id, entry_id, begins=True)
    return _Chosen(commit, sentence_of(first), parts)


def _commit_of(folder: Folder, file: CaseFile, entry_id: str) -> Commit:
    path = folder.relative(file.path).as_posix()
    for commit in Repo(folder.root).walk(path):
        if entry_id in written_entries(commit.trailers, file.id):
            return commit
    begins = readable(file).log[0].id == entry_id
    raise _no_way_back(file.id, entry_id, begins=begins)


def _no_way_back(case_id: str, entry_id: str, *, begins: bool) -> Refused:
    words = {"id": case_id, "entry": entry_id}
    if begins:
        message = _("{id}: {entry} cannot be undone: it is where the case begins")
        return Refused(message.format(**words), CommandLine('void {} --why "…"', case_id))
    message = _("{id}: {entry} cannot be undone: it was not recorded by an act of its own")
    return Refused(message.format(**words), CommandLine('note {} "…"', case_id))


def _part(folder: Folder, commit: Commit, case_id: str, did: Direction) -> _Part | None:
    """What the commit did to a case; None when the case began with it."""
    repo, place = Repo(folder.root), folder.case_path(case_id)
    path = folder.relative(place).as_posix()
    before, made = repo.read(path, f"{commit.id}^"), repo.read(path, commit.id)
    if before is None or made is None:
        return None
    had = {entry.id for entry in readable(folder.parse_case(before, place)).log}
    wrote = [entry for entry in readable(folder.parse_case(made, place)).log if entry.id not in had]
    entries = tuple(entry.of if did == "redo" else entry.id for entry in wrote)
    return _Part(case_id, path, commit.id, before, made, entries)


def _reverted(
    folder: Folder, part: _Part, did: Direction, why: str, actor: Actor, what: str
) -> tuple[Acted, FileChange]:  # fmt: skip
    """The case after the part of the act is taken back or done again, and the change of its file."""
    file = folder.load(part.case_id)
    case, undone = readable(file), readable(file).undone()
    taken = [entry for entry in case.log if entry.id in part.entries and (entry.id in undone) == (did == "redo")]
    if not taken:
        raise Refused(_("{id} has nothing to take back").format(id=case.id), CommandLine("show {}", case.id))
    earlier, made = (folder.parse_case(raw, file.path) for raw in (part.before, part.made))
    if did == "undo":
        steps = {s.id for s in readable(made).plan.steps} - {s.id for s in readable(earlier).plan.steps}
        refuse_standing_on(case, folder.kind(case.kind), taken, dependents(case, taken, steps))
    else:
        _refuse_settled(case, taken)
    planned = _act(folder, did, taken, why, what)
    entries = actions.entries_of(case, planned, actor.who.id, actor.now)
    raw, edits = turned_back(folder, file, Change(part.commit, part.path, part.before, part.made))
    raw = apply_edits(raw, [*edits, *actions.appended(planned, entries)], file)
    parsed = folder.parse_case(raw, file.path)
    after = readable(parsed)
    kind = folder.kind(after.kind)
    if did == "undo":
        refuse_standing_on(case, kind, taken, (), gates_lost(case, after, kind, part.entries))
    _refuse_new_faults(folder, (file, earlier), parsed, actor)
    return Acted(after, kind, StageMove(), planned, planned.sentence, case), FileChange(part.path, file.source.raw, raw)


def _act(folder: Folder, did: Direction, taken: Sequence[Entry], why: str, what: str) -> Act:
    """The act that marks the entries: one entry of the log for each."""
    marks = [partial(Entry, of=entry.id, why=why) for entry in taken]
    ids = ", ".join(entry.id for entry in taken)
    words = {"undo": lambda: _("undid: {what} ({entries})"), "redo": lambda: _("did again: {what} ({entries})")}
    sentence = worded(folder, lambda: words[did]().format(what=what, entries=ids))
    return Act(did, sentence, entry=marks[-1], before=tuple(marks[:-1]))


def _refuse_settled(case: Case, taken: Sequence[Entry]) -> None:
    """Refuse to do again what is settled by something else now, or what it settled is not there any more."""
    waiting, steps = {found.entry.id for found in open_promises(case)}, steps_settled(case)
    own = {entry.id for entry in taken}
    for entry in taken:
        gone = [name for name in (*entry.keeps, *entry.waives, *entry.breaks) if name not in waiting | own]
        if gone or entry.step in steps:
            message = _("{id}: {entry} cannot be done again: {what} is not open any more")
            what = ", ".join(gone) or entry.step
            raise Refused(message.format(id=case.id, entry=entry.id, what=what), CommandLine("show {}", case.id))
        later = case.log[case.log.index(entry) + 1 :]
        if entry.to in ENDED and any(e in case.happened() and e.did not in ("note", "redo") for e in later):
            message = _("{id}: {entry} cannot be done again: the case went on since")
            raise Refused(message.format(id=case.id, entry=entry.id), CommandLine("close {}", case.id))


def _refuse_new_faults(folder: Folder, before: Sequence[CaseFile], after: CaseFile, actor: Actor) -> None:
    """Refuse what would bring a fault that neither the case of now has nor the one before the act had."""
    today = actor.now.date()
    faults = case_problems(folder, after, today)
    had = {(p.code, p.message) for file in before for p in case_problems(folder, file, today)} if faults else set()
    for fault in faults:
        if (fault.code, fault.message) not in had:
            raise Refused(fault.message, fault.hint)


__all__ = ["Mended", "last_of", "redo", "undo"]
