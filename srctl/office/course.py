"""A case on its way through the acts of one commit: planned one after the other, written once.

An act is planned upon the case as the act before it left it; the file is edited when all are planned.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from srctl.core.decoding import decode
from srctl.core.errors import UsageError
from srctl.core.i18n import language, speaking
from srctl.core.patches import Edit
from srctl.core.records import NamedTuple
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.people import Coordinator
from srctl.office import attachments
from srctl.office.folder import CaseFile, Folder, readable
from srctl.store.transaction import Author, FileChange
from srctl.store.yaml.patch import patched
from srctl.workflow import actions, case_validation
from srctl.workflow.actions import Act
from srctl.workflow.commit_message import Acted
from srctl.workflow.stages import StageMove, onward, reach

T = TypeVar("T")
Make = Callable[[Case, Kind], Act]


class Actor(NamedTuple):
    """Who acts, and at what moment (Bangkok time)."""

    who: Coordinator
    now: datetime

    def author(self) -> Author:
        """The git author of the action."""
        email = self.who.emails[0] if self.who.emails else f"{self.who.id}@localhost"
        return Author(self.who.name, email, self.now)


def apply_edits(raw: bytes, edits: Sequence[Edit], file: CaseFile) -> bytes:
    """``raw`` with the edits applied; the editor's library is only loaded when appending lines is not enough."""
    from srctl.store.yaml.append import append_lines

    appended = append_lines(raw, edits, file.source.path)
    if appended is not None:
        return appended
    from srctl.store.yaml.editor import apply as edited

    return edited(raw, edits, file.source.path)


def worded(folder: Folder, words: Callable[[], T]) -> T:
    """What ``words`` gives in the language of the office: what is kept is in it, whoever acts."""
    with speaking(folder.office.language):
        return words()


class Course(NamedTuple):
    """A case on its way: as it was read (``before``), as it stands now, its fields, and what is to be written."""

    file: CaseFile
    kind: Kind
    before: Case
    case: Case
    data: Mapping[str, Any]
    edits: tuple[Edit, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


def begun(folder: Folder, case_id: str) -> Course:
    """The case as it is on disk, before any act.

    Raises:
        BadFile: it cannot be read. NotFound: there is none, or nothing is known of its kind.
    """
    return begun_from(folder, folder.load(case_id))


def begun_from(folder: Folder, file: CaseFile) -> Course:
    """The case as its file says it, before any act; errors as :func:`begun`."""
    case = readable(file)
    fields = {key: value for key, value in (file.source.data or {}).items() if key != "log"}
    return Course(file, folder.kind(case.kind), case, case, fields)


def taken_further(
    folder: Folder, course: Course, make: Make, actor: Actor, *, judged: bool = True
) -> tuple[Course, Acted]:  # fmt: skip
    """The case after the act that ``make`` plans upon it, and that act; ``judged``: its faults are looked for now.

    Raises:
        Refused: a gate is not met. UsageError: the act would bring a fault into the case.
    """
    case, kind = course.case, course.kind
    said = planned = make(case, kind)  # what is refused is refused in the language of whoever acts
    if language() != folder.office.language:
        planned = worded(folder, partial(make, case, kind))._replace(warnings=said.warnings)
    turned = planned.entry.keywords.get("kind")  # from here on the gates of another kind count
    kind = folder.kind(turned) if turned else kind
    after, data, move = carried_out(case, kind, course.data, planned, actor)
    if judged:
        refuse_new_faults(folder, case, after, actor.now.date())
    # A part that is new stands before the log, so that the log stays the end of the file.
    edits = [e if len(e.where) > 1 and e.where[0] in course.data else e._replace(before="log") for e in planned.edits]
    edits += actions.appended(planned, after.log[len(case.log) :])
    further = course._replace(
        kind=kind, case=after, data=data, edits=(*course.edits, *edits), files=(*course.files, *planned.files)
    )
    return further, Acted(after, kind, move, planned, said.sentence, case)


def carried_out(
    case: Case, kind: Kind, data: Mapping[str, Any], act: Act, actor: Actor
) -> tuple[Case, Mapping[str, Any], StageMove]:  # fmt: skip
    """The case after the act, its fields (``data``: those before, without the log), and where it moved. Pure."""
    entries = actions.entries_of(case, act, actor.who.id, actor.now)
    after = patched(data, act.edits) if act.edits else data
    draft = (decoded(after) if act.edits else case)._replace(log=(*case.log, *entries))
    move = _moved(draft, kind, act)
    return draft._replace(log=(*case.log, *actions.arrived(entries, act, move))), after, move


def written(
    folder: Folder, course: Course, actor: Actor, *, judged: bool = True
) -> tuple[Case, list[FileChange]]:  # fmt: skip
    """The case as its file says it after all acts (``judged`` one by one), and the changes that make it so.

    Raises:
        UsageError: the file would not say what was meant. Refused: a file of the case is there already.
    """
    raw = apply_edits(course.file.source.raw, course.edits, course.file)
    after = folder.parse_case(raw, course.file.path)
    if after.case is None:
        raise UsageError(after.problems[0].message, after.problems[0].hint)
    if not judged or after.case != course.case:
        refuse_new_faults(folder, course.before, after.case, actor.now.date())
    change = FileChange(course.file.path.relative_to(folder.root).as_posix(), course.file.source.raw, raw)
    return after.case, [change, *attachments.changes(folder, course.file.path, course.files)]


def decoded(data: Mapping[str, Any]) -> Case:
    """The case of plain data; UsageError with the first fault of what was typed."""
    case = decode(Case, data)
    if case is None:
        from srctl.store.schema import shape_faults

        fault = shape_faults(Case, data)[0]
        raise UsageError(fault.message, fault.hint)
    return case


def _moved(draft: Case, kind: Kind, planned: Act) -> StageMove:
    """The stage move of the act: first to the stage it wants, then on while gates are met."""
    if not planned.onward:
        return StageMove()
    move = reach(draft, kind, planned.wanted, planned.override) if planned.wanted else StageMove(draft.log[-1].to)
    return moved_onward(draft, kind, move)


def moved_onward(draft: Case, kind: Kind, move: StageMove) -> StageMove:
    """The move that goes on from ``move`` while the gates of ``draft`` are met; its last entry makes it."""
    last = draft.log[-1]
    while True:
        draft = draft._replace(log=(*draft.log[:-1], last._replace(to=move.to)))
        further = onward(draft, kind)
        if not further.to:
            return move
        move = StageMove(further.to, move.missing)


def refuse_new_faults(folder: Folder, before: Case | None, after: Case, today: date) -> None:
    """Refuse an act that would bring a fault into the case; those it already had are left to `check`."""
    context = case_validation.ValidationContext(folder.office, folder.kinds, folder.directory, today)
    faults = case_validation.case_faults(after, context)
    had = {(f.code, f.message) for f in case_validation.case_faults(before, context)} if faults and before else set()
    for fault in faults:
        if (fault.code, fault.message) not in had:
            raise UsageError(fault.message, fault.hint)
