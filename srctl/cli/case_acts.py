"""One act on each of several cases, or on several steps or promises of a case."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from srctl.cli import options, selection, several
from srctl.cli.acting import do
from srctl.core.errors import SrctlError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.index.workspace import current_workspace

if TYPE_CHECKING:
    from srctl.cli.selection import Picked
    from srctl.model.case import Case
    from srctl.office.batch import Batch, Task
    from srctl.office.course import Make


class CaseAct(NamedTuple):
    """An act on cases: who acts, how it is shown, its words for one case and for many, and what is planned."""

    as_: str
    json: bool
    said: str
    words: several.Words
    make: "Make"


class PartAct(NamedTuple):
    """An act on parts of a case (steps, promises): its words for one and for many, how a part is shown.

    ``the_part`` is the part meant by a word of the case ("": the only one, or a refusal), ``all_parts`` all that are
    open, ``make`` the act on one.
    """

    as_: str
    json: bool
    said: str
    words: several.Words
    headings: tuple[str, ...]
    row: several.Row
    the_part: "Callable[[Case, str], str]"
    all_parts: "Callable[[Case], Sequence[str]]"
    make: "Callable[[str], Make]"


def do_to_cases(words: Sequence[str], act: CaseAct) -> "tuple[Case, ...]":
    """Record the act on each case named; show the outcome, and return the cases it was done to."""
    if selection.is_one(words, parts=False):
        return (do(words[0], act.as_, act.json, act.said, act.make),)

    def tasks(picked: "Sequence[Picked]") -> "Iterator[Task]":
        from srctl.office.batch import Task

        yield from (Task(one.case, (act.make,), fault=one.fault) for one in picked)

    telling = several.Telling(act.words, (_("stage"), _("subject")), several.told_case)
    batch = _done(words, act, telling, tasks)
    return tuple(settled.acts[-1].case for settled in batch.done)


def do_to_parts(words: Sequence[str], act: PartAct, *, everything: bool) -> None:
    """Record the act on each part named, on all that are open (``everything``), or on the only one."""
    if not everything and selection.is_one(words, parts=True):
        typed = "".join(words[1:])
        do(words[0], act.as_, act.json, act.said,
           lambda case, kind: act.make(act.the_part(case, typed))(case, kind))  # fmt: skip
        return

    def tasks(picked: "Sequence[Picked]") -> "Iterator[Task]":
        for one in picked:
            yield from _tasks_of(one, act, everything=everything)

    _done(words, act, several.Telling(act.words, act.headings, act.row), tasks)


def _done(
    words: Sequence[str], act: CaseAct | PartAct, telling: several.Telling,
    tasks: "Callable[[Sequence[Picked]], Iterator[Task]]",
) -> "Batch":  # fmt: skip
    options.act_as(act.as_)
    workspace = current_workspace()
    picked = selection.picked(workspace, words, parts=isinstance(act, PartAct))
    batch = several.carry_out(workspace, lambda: list(tasks(picked)), act.words)
    several.show_batch(workspace, batch, telling, json=act.json)
    return batch


def _tasks_of(one: "Picked", act: PartAct, *, everything: bool) -> "Iterator[Task]":
    """Yield a task for each part of the case that is meant; what is not there is one that is refused."""
    from srctl.office.batch import Task
    from srctl.office.folder import readable

    folder = current_workspace().folder
    try:
        if one.fault:
            raise one.fault
        case = readable(folder.load(one.case))
        parts = one.parts or (everything and act.all_parts(case)) or (act.the_part(case, ""),)
    except SrctlError as fault:
        yield Task(one.case, fault=fault)
        return
    for part in dict.fromkeys(parts):
        yield Task(case.id, (act.make(part),), part)
