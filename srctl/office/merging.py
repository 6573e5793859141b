"""Acts on two cases at once, in one commit: a case merged into another, an entry moved to the case it belongs to."""

from functools import partial

from srctl.core.i18n import _
from srctl.model.case import Attached, Case, Entry
from srctl.model.definitions import Kind
from srctl.office import attachments
from srctl.office.attachments import Given
from srctl.office.course import Actor
from srctl.office.folder import Folder, readable
from srctl.office.writer import Done, act_many
from srctl.workflow import setting_aside
from srctl.workflow.actions import Act
from srctl.workflow.dependents import dependents, gates_lost, refuse_standing_on


def merge_cases(folder: Folder, case_id: str, into: str, why: str, actor: Actor) -> list[Done]:
    """Make the case a part of ``into``, which goes on with what is open in it: both, in that order.

    Raises:
        As :func:`setting_aside.merged_away` and :func:`setting_aside.taken_in`.
    """

    def make(case: Case, _kind: Kind) -> Act:
        if case.id == case_id:
            return setting_aside.merged_away(case, into, why)
        return setting_aside.taken_in(case, readable(folder.load(case_id)), why)

    return act_many(
        folder, [case_id, into][: 1 + (case_id != into)], make, actor,
        lambda: _("{case} merged into {into}").format(case=case_id, into=into),
    )  # fmt: skip


def move_entry(folder: Folder, case_id: str, entry_id: str, other: str, why: str, actor: Actor) -> list[Done]:
    """Move an entry that was logged in the wrong case to the ``other``, with its files: both, in that order.

    Raises:
        As :func:`setting_aside.moved_away`; Refused also where later entries stand on it, which are named.
    """

    def make(case: Case, kind: Kind) -> Act:
        if case.id == case_id:
            act = setting_aside.moved_away(case, entry_id, other, why)
            _refuse_needed(case, kind, entry_id, actor)
            return act
        entry = readable(folder.load(case_id)).entry(entry_id)
        assert entry is not None
        return _with_files(folder, case, case_id, entry, setting_aside.taken_over(case, entry, f"{case_id}/{entry_id}"))

    return act_many(
        folder, [case_id, other][: 1 + (case_id != other)], make, actor,
        lambda: _("{case}: {entry} moved to {other}").format(case=case_id, entry=entry_id, other=other),
    )  # fmt: skip


def _refuse_needed(case: Case, kind: Kind, entry_id: str, actor: Actor) -> None:
    """Refuse to move what later entries of the case stand on."""
    taken = [entry for entry in case.log if entry.id == entry_id]
    refuse_standing_on(case, kind, taken, dependents(case, taken))
    moved = Entry("", actor.now, actor.who.id, "move", of=entry_id)
    after = case._replace(log=(*case.log, moved))
    refuse_standing_on(case, kind, taken, (), gates_lost(case, after, kind, [entry_id]))


def _with_files(folder: Folder, case: Case, origin: str, entry: Entry, act: Act) -> Act:
    """The act with the files kept with the entry of the case ``origin``, under names of their own in this case."""
    kept = entry.attached or ((Attached(entry.sha256, entry.file),) if entry.file else ())
    given = []
    for one in kept:
        if one.place:
            given.append(Given("", b"", one.name, one.size, one.sha256, one.place))
            continue
        raw = attachments.kept(folder, origin, one.file)
        if raw is not None:
            given.append(Given(one.file.rpartition(".")[2], raw, one.name))
    if not given:
        return act
    attached, files = attachments.keep_all(folder, case, entry.did, given)
    first = attached[0]
    more = partial(act.entry, attached=attached, file=first.file, sha256=first.sha256)
    return act._replace(entry=more, files=files)
