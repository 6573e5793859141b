"""The only writer: each change to an office folder is an action here, in one commit.

An action is planned under the lock, from the bytes that are on disk at that moment; ``store.transaction`` records it.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from srctl.core.dates import be_year
from srctl.core.decoding import Fault, decode
from srctl.core.errors import Problem
from srctl.core.i18n import _, language
from srctl.core.patches import Value
from srctl.core.records import NamedTuple
from srctl.model.case import FORMAT, Case, Entry
from srctl.model.case_id import last_number, make_id
from srctl.model.definitions import CLOSED, Kind
from srctl.office import attachments
from srctl.office.attachments import Given
from srctl.office.course import (
    Actor,
    Make,
    apply_edits,
    begun,
    decoded,
    moved_onward,
    refuse_new_faults,
    taken_further,
    worded,
    written,
)
from srctl.office.folder import CaseFile, Folder
from srctl.store import case_numbers
from srctl.store.git.repository import Repo
from srctl.store.transaction import FileChange, Recorded, WhileWaiting, record
from srctl.store.yaml.source import located
from srctl.store.yaml.writer import as_read, dump
from srctl.workflow import actions, case_validation
from srctl.workflow.actions import Act
from srctl.workflow.commit_message import Acted, message, message_of_many
from srctl.workflow.stages import StageMove, reach


class Done(NamedTuple):
    """The outcome of an action: the case after it, its move, the commit and repairs, the sentence; the case before.

    ``warnings`` are those of its act.
    """

    case: Case
    kind: Kind
    move: StageMove
    recorded: Recorded
    sentence: str = ""
    before: Case | None = None
    warnings: tuple[str, ...] = ()


class NewMatter(NamedTuple):
    """A new matter as typed: the data of the case without its id and log, and the files that came with it.

    ``after`` are entries of what was done before it was registered; a last one that closes it does so when every gate
    is met.
    """

    kind: str
    data: Mapping[str, Value]
    override: str = ""
    files: tuple[Given, ...] = ()
    after: tuple[partial[Entry], ...] = ()


def act(
    folder: Folder, case_id: str, make: Make, actor: Actor,
    while_waiting: WhileWaiting | None = None,
) -> Done:  # fmt: skip
    """Do what ``make`` plans for the case, in one commit; ``while_waiting`` as in :func:`transaction.record`.

    Raises:
        BadFile: the case cannot be read. Refused: a gate is not met. Changed: the file was edited by hand.
    """
    result: list[Acted] = []

    def plan() -> tuple[list[FileChange], str]:
        done, changes = _acted(folder, case_id, make, actor)
        result[:] = [done]
        planned = done.act
        words = partial(message, done.case, done.kind, planned.did, planned.sentence, done.move)
        return changes, worded(folder, lambda: words(len(planned.before)))

    recorded = record(folder.root, plan, actor.author(), while_waiting=while_waiting)
    outcome = result[0]
    return Done(*outcome[:3], recorded, outcome.said, outcome.before, outcome.act.warnings)


def act_many(
    folder: Folder,
    case_ids: Sequence[str],
    make: Make,
    actor: Actor,
    sentence: Callable[[], str],
) -> list[Done]:
    """Do what ``make`` plans for each of the cases, all in one commit of that sentence, or none of it.

    ``sentence`` is asked for in the language of the office.

    Raises:
        As :func:`act`, for the first case that cannot be done.
    """
    result: list[Acted] = []

    def plan() -> tuple[list[FileChange], str]:
        made = [_acted(folder, case_id, make, actor) for case_id in case_ids]
        result[:] = [done for done, _changes in made]
        return [change for _done, changes in made for change in changes], message_of_many(
            result, worded(folder, sentence)
        )

    recorded = record(folder.root, plan, actor.author())
    return [Done(*done[:3], recorded) for done in result]


def _acted(folder: Folder, case_id: str, make: Make, actor: Actor) -> tuple[Acted, list[FileChange]]:
    """The case on disk after the act, and the file changes that make it so."""
    course, acted = taken_further(folder, begun(folder, case_id), make, actor)
    after, changes = written(folder, course, actor)
    return acted._replace(case=after), changes


def register(folder: Folder, new: NewMatter, actor: Actor, while_waiting: WhileWaiting | None = None) -> Done:
    """Receive a new matter: give it the next number of the register and write its file."""
    result: list[tuple[Case, Kind, StageMove]] = []

    def plan() -> tuple[list[FileChange], str]:
        kind = folder.kind(new.kind)
        year = be_year(actor.now)
        case_id = make_id(year, folder.office.book, _next_number(folder, year))
        path = folder.root / "cases" / str(year) / f"{actor.now:%m}" / f"{case_id}.yaml"
        data: dict[str, Value] = {"format": FORMAT, "id": case_id, "kind": new.kind, **new.data}
        case = decoded(as_read(data))
        attached, files = attachments.keep_all(folder, case, "received", new.files, path.with_suffix(""))
        *before, last = (partial(Entry, to=kind.stages[0].name, attached=attached), *new.after)
        planned = Act("receive", "", entry=last, before=tuple(before))
        entries = actions.entries_of(case, planned, actor.who.id, actor.now)
        move = _first_move(case._replace(log=entries), kind)
        entries = actions.arrived(entries, planned, move)
        case = case._replace(log=entries)
        refuse_new_faults(folder, None, case, actor.now.date())
        raw = dump({**data, "log": [edit.value for edit in actions.appended(planned, entries)]})
        result[:] = [(case, kind, move)]
        written = worded(folder, lambda: message(case, kind, "receive", _received(kind), move, len(before)))
        changes = [FileChange(_inside(folder, path), None, raw), *attachments.changes(folder, path, files)]
        return changes, written

    recorded = record(folder.root, plan, actor.author(), while_waiting=while_waiting)
    return Done(*result[0], recorded)


def _first_move(draft: Case, kind: Kind) -> StageMove:
    """How far a new matter comes: to its end, by its gates, where it was closed at once."""
    if draft.log[-1].did == "close":
        return reach(draft, kind, CLOSED)
    return moved_onward(draft, kind, StageMove(kind.stages[0].name))


def matter_faults(folder: Folder, new: NewMatter, actor: Actor) -> list[Fault]:
    """Why :func:`register` would refuse a new matter, each fault at its place in the file; none when it would not."""
    case_id = make_id(be_year(actor.now), folder.office.book, 1)
    data = as_read({"format": FORMAT, "id": case_id, "kind": new.kind, **new.data})
    case = decode(Case, data)
    if case is None:
        from srctl.store.schema import shape_faults

        return list(shape_faults(Case, data))
    return case_validation.case_faults(
        case, case_validation.ValidationContext(folder.office, folder.kinds, folder.directory, actor.now.date())
    )


def _received(kind: Kind) -> str:
    return _("received: {kind}").format(kind=kind.label.in_(language()))


def _next_number(folder: Folder, year: int) -> int:
    """The next number: after every one on disk or ever recorded (a number is never given twice)."""
    book = folder.office.book
    on_disk = [entry.name for month in folder.months(str(year)) for entry in os.scandir(month)]
    return max(last_number(on_disk, year, book), case_numbers.last(Repo(folder.root), year, book)) + 1


def case_problems(folder: Folder, file: CaseFile, today: date, ids: frozenset[str] | None = None) -> list[Problem]:
    """Every problem of a case file: of its text, its shape, and its meaning."""
    if file.case is None or not folder.has_office:
        return list(file.problems)
    context = case_validation.ValidationContext(folder.office, folder.kinds, folder.directory, today, ids)
    return list(located(file.source, case_validation.case_faults(file.case, context)))


def record_files(
    folder: Folder, changes: Sequence[FileChange] | Callable[[], FileChange], sentence: Callable[[], str],
    action: str, actor: Actor,
) -> Recorded:  # fmt: skip
    """Record files other than cases (contacts, definitions, calendars) in one commit.

    A change given as a function is made under the lock: others may have written until then. ``sentence`` is asked
    for in the language of the office.
    """
    text = f"{worded(folder, sentence)}\n\nSrctl-Action: {action}\nSrctl-Format: {FORMAT}\n"
    return record(folder.root, lambda: ([changes()] if callable(changes) else list(changes), text), actor.author())


def _inside(folder: Folder, path: Path) -> str:
    return path.relative_to(folder.root).as_posix()


__all__ = [
    "Actor",
    "Done",
    "NewMatter",
    "act",
    "act_many",
    "apply_edits",
    "case_problems",
    "record_files",
    "register",
    "worded",
]  # fmt: skip
