"""Several acts in one commit: those that can be done are done, the others are refused, each with its reason.

A task is done whole or not at all; what was planned before it in the same commit is seen by it: the cases in
:attr:`Folder.underway`, and the files in :attr:`Folder.unsaved`.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager

from srctl.core.errors import SrctlError
from srctl.core.records import NamedTuple
from srctl.office import attachments
from srctl.office.course import Actor, Course, Make, begun, taken_further, worded, written
from srctl.office.folder import Folder
from srctl.store.transaction import FileChange, Recorded, record
from srctl.workflow.commit_message import Acted, message, message_of_many


class Task(NamedTuple):
    """One thing asked for: acts on a case, done one after the other; ``about`` names the paper, step or entry.

    ``fault`` is why it cannot even be tried: no such case, no such paper.
    """

    case: str
    makes: tuple[Make, ...] = ()
    about: str = ""
    fault: SrctlError | None = None


class Performed(NamedTuple):
    """A task that was done, with its acts."""

    task: Task
    acts: tuple[Acted, ...]


class Declined(NamedTuple):
    """A task that was not done, and why."""

    task: Task
    fault: SrctlError


class Batch(NamedTuple):
    """The outcome of many tasks in the order they were asked for; the commit is "" when none was done."""

    outcomes: tuple[Performed | Declined, ...]
    recorded: Recorded

    @property
    def done(self) -> tuple[Performed, ...]:
        """The tasks that were done."""
        return tuple(each for each in self.outcomes if isinstance(each, Performed))

    @property
    def refused(self) -> tuple[Declined, ...]:
        """The tasks that were not done."""
        return tuple(each for each in self.outcomes if isinstance(each, Declined))


class _Unwritable(Exception):
    """A case cannot be written as planned."""


Tasks = Callable[[], Sequence[Task]]


def act_on_each(folder: Folder, tasks: Tasks, actor: Actor, sentence: Callable[[Sequence[Performed]], str]) -> Batch:
    """Do each of the tasks that can be done, all in one commit.

    ``tasks`` is called under the lock, so that "all of a case" means all of that moment; ``sentence`` words the commit
    from what was done, in the language of the office.

    Raises:
        As ``tasks``, and whatever stops the commit itself (the folder was changed by another hand).
    """
    found: list[Sequence[Performed | Declined]] = []

    def plan() -> tuple[list[FileChange], str]:
        # Faults are looked for once a case; only where some are found, all is planned anew and each act judged.
        outcomes, changes = _attempted(folder, tasks, actor, judged=False)
        if not outcomes:
            outcomes, changes = _attempted(folder, tasks, actor)
        found[:] = [outcomes]
        done = [each for each in outcomes if isinstance(each, Performed)]
        acts = [acted for settled in done for acted in settled.acts]
        return changes, worded(folder, lambda: _message(acts, sentence, done))

    recorded = record(folder.root, plan, actor.author())
    return Batch(tuple(found[0]), recorded)


def _attempted(
    folder: Folder, tasks: Tasks, actor: Actor, *, judged: bool = True
) -> tuple[list[Performed | Declined], list[FileChange]]:  # fmt: skip
    """What becomes of each task, and the changes; nothing at all where acts not ``judged`` one by one prove wrong."""
    broken: dict[str, SrctlError] = {}
    while True:
        with _nothing_unsaved(folder):
            outcomes, courses = _planned(folder, tasks(), broken, actor, judged)
        try:
            return outcomes, [c for course in courses for c in _written(folder, course, actor, broken, judged)]
        except _Unwritable:  # numbers given in that case are free again: all is planned anew without it
            if not judged:
                return [], []


def _message(
    acts: Sequence[Acted], sentence: Callable[[Sequence[Performed]], str], done: Sequence[Performed]
) -> str:  # fmt: skip
    """The commit message: of a single act that of every command, of many theirs."""
    if not acts:
        return ""
    if len(acts) > 1:
        return message_of_many(acts, sentence(done))
    case, kind, move, act = acts[0][:4]
    return message(case, kind, act.did, act.sentence, move, len(act.before))


@contextmanager
def _nothing_unsaved(folder: Folder) -> Iterator[None]:
    try:
        yield
    finally:
        folder.unsaved.clear()
        folder.underway.clear()
        folder.listed.clear()


def _planned(
    folder: Folder, tasks: Sequence[Task], broken: Mapping[str, SrctlError], actor: Actor, judged: bool
) -> tuple[list[Performed | Declined], list[Course]]:
    """What becomes of each task, and the cases with what is to be written; a case that is ``broken`` takes no part."""
    courses: dict[str, Course] = {}
    outcomes: list[Performed | Declined] = []
    for task in tasks:
        try:
            if fault := task.fault or broken.get(task.case):
                raise fault
            course, acts = _carried_out(folder, courses.get(task.case) or begun(folder, task.case), task, actor, judged)
        except SrctlError as fault:
            outcomes.append(Declined(task, fault))
        else:
            courses[task.case] = course
            outcomes.append(Performed(task, acts))
    return outcomes, [*courses.values()]


def _written(
    folder: Folder, course: Course, actor: Actor, broken: MutableMapping[str, SrctlError], judged: bool
) -> list[FileChange]:  # fmt: skip
    """The changes of a case; where it cannot be written that is noted in ``broken`` (_Unwritable)."""
    try:
        return written(folder, course, actor, judged=judged)[1]
    except SrctlError as fault:
        broken[course.file.id] = fault
        raise _Unwritable from fault


def _carried_out(
    folder: Folder, course: Course, task: Task, actor: Actor, judged: bool
) -> tuple[Course, tuple[Acted, ...]]:  # fmt: skip
    """The case after all acts of the task; what they planned to write is unsaved until the commit."""
    home = attachments.home(folder, course.case.id)
    files, acts = dict(folder.unsaved), []
    folder.underway[course.case.id] = before = course.case
    try:
        for make in task.makes:
            course, acted = taken_further(folder, course, make, actor, judged=judged)
            folder.underway[course.case.id] = course.case
            folder.unsaved.update({home / name: raw for name, raw in acted.act.files})
            acts.append(acted)
    except SrctlError:
        folder.underway[before.id] = before
        folder.unsaved.clear()
        folder.unsaved.update(files)
        raise
    return course, tuple(acts)
