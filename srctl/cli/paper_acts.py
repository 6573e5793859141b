"""One act on a paper or on many: which are meant, what is planned, and how it is told."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from srctl.cli import options, prompts, selection, several, view
from srctl.cli.entry_names import paper_namer
from srctl.core.errors import CommandLine, NotFound, Refused, SrctlError, UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.index.workspace import Workspace, current_workspace, is_interactive

if TYPE_CHECKING:
    from srctl.cli.selection import Picked
    from srctl.model.case import Case
    from srctl.office.batch import Batch, Task
    from srctl.office.course import Make
    from srctl.office.folder import Folder
    from srctl.office.writer import Done
    from srctl.workflow.paper_state import Paper, State

    # From the folder, as the action begins, to the acts on a paper of a case.
    Planner = Callable[[Folder], Callable[[Case, Paper], tuple[Make, ...]]]
    Shown = Callable[[Workspace, Case, Paper], None]
    Beside = Callable[[Workspace, Case, Paper], list[dict[str, Any]]]


class Meant(NamedTuple):
    """What was typed: cases and papers, addressees, whether all that fit are meant; who acts, and how it is shown."""

    words: Sequence[str]
    to: Sequence[str] = ()
    everything: bool = False
    as_: str = ""
    json: bool = False

    def is_one(self) -> bool:
        """Whether one paper is meant."""
        return not (self.to or self.everything) and selection.is_one(self.words, parts=True)


class PaperAct(NamedTuple):
    """An act on papers: its action, in which ``states`` it is done (the usual ones), its words for one and for many.

    ``planned`` is asked when all papers meant are known, before the first is done. ``issued`` shows the file of the one
    paper, ``left`` what is left to be done by hand, of each of many; ``beside`` writes what goes with each paper, once
    the act is recorded, and returns it as data (JSON).

    ``fits`` tells which papers are meant where none is named (None: all in those states),
    ``unfit`` what is told where none is.
    """

    action: str
    said: str
    words: several.Words
    planner: "Planner"
    states: "Collection[State]" = ()
    issued: "Shown | None" = None
    left: "Shown | None" = None
    beside: "Beside | None" = None
    fits: "Callable[[Paper], bool] | None" = None
    unfit: str = ""
    planned: Callable[[], None] = lambda: None


def do_to_papers(asked: Meant, act: PaperAct) -> None:
    """Record the act on the paper named, or on the only one it fits, or on each of many; show the outcome."""
    options.act_as(asked.as_)
    workspace = current_workspace()
    if asked.is_one():
        _do_one(workspace, asked, act)
        return
    picked = selection.picked(workspace, asked.words, parts=True)
    batch = several.carry_out(workspace, lambda: list(_tasks(workspace, picked, asked, act)), act.words)
    headings = (_("paper"), _("whom it is to"), _("state"), _("number"))
    telling = several.Telling(act.words, headings, several.told_paper, lambda: _show_after(workspace, batch, act))
    made = _write_beside(workspace, batch, act) if asked.json else []
    several.show_batch(workspace, batch, telling, json=asked.json, made=made)


def _do_one(workspace: Workspace, asked: Meant, act: PaperAct) -> None:
    from srctl.cli import outcome
    from srctl.workflow.paper_state import papers_of, the_paper

    case_id, typed = workspace.find(asked.words[0]), "".join(asked.words[1:])
    chosen = _which(workspace, case_id, typed, act)

    def tasks() -> "list[Task]":
        from srctl.office.batch import Task

        case = _case(workspace, case_id)
        paper = the_paper(case, chosen, act.action, act.states)
        planned = [Task(case_id, act.planner(workspace.folder)(case, paper), paper.id)]
        act.planned()
        return planned

    done = _done(several.carry_out(workspace, tasks, act.words))
    paper = next((p for p in papers_of(done.case) if p.id == done.case.log[-1].paper), None)
    named = {"paper": paper_namer(workspace)(paper.id) if paper else "", "number": paper.number if paper else ""}
    made = act.beside(workspace, done.case, paper) if act.beside and paper and asked.json else []
    outcome.show_outcome(workspace, done, " ".join(act.said.format(**named).split()), asked.json, made=made)
    if paper is None or asked.json:
        return
    for show in (act.issued, act.left):
        if show:
            show(workspace, done.case, paper)
    if act.beside:
        act.beside(workspace, done.case, paper)
    _show_next(done.case.id, paper)


def _done(batch: "Batch") -> "Done":
    """The outcome of the only task; its refusal is raised."""
    from srctl.office.writer import Done

    if batch.refused:
        for sentence in batch.recorded.repaired:
            batch.refused[0].fault.add_note(sentence)
        raise batch.refused[0].fault
    acts = batch.done[0].acts
    warnings = tuple(dict.fromkeys(w for acted in acts for w in acted.act.warnings))
    last = acts[-1]
    move = next((acted.move for acted in reversed(acts) if acted.move.to), last.move)
    return Done(last.case, last.kind, move, batch.recorded, last.said, acts[0].before, warnings)


def _case(workspace: Workspace, case_id: str) -> "Case":
    from srctl.office.folder import readable

    return readable(workspace.folder.load(case_id))


def _tasks(workspace: Workspace, picked: "Sequence[Picked]", asked: Meant, act: PaperAct) -> "Iterator[Task]":
    """Yield a task for each paper meant, in the order of the papers; what is not there is one that is refused."""
    from srctl.office.batch import Task
    from srctl.workflow.paper_state import the_paper

    plan = act.planner(workspace.folder)
    for one in picked:
        try:
            if one.fault:
                raise one.fault
            case = _case(workspace, one.case)
            names = one.parts or _fitting(workspace, case, asked, act)
        except SrctlError as fault:
            yield Task(one.case, fault=fault)
            continue
        for name in dict.fromkeys(names):
            try:
                paper = the_paper(case, name, act.action, act.states)
                yield Task(case.id, plan(case, paper), paper.id)
            except SrctlError as fault:
                yield Task(case.id, about=name, fault=fault)
    act.planned()


def _fitting(workspace: Workspace, case: "Case", asked: Meant, act: PaperAct) -> list[str]:
    """The papers meant without being named: all that fit, those to somebody, else the only one."""
    from srctl.views.addressee_names import is_to
    from srctl.workflow.paper_state import fitting, the_paper

    if not (asked.to or asked.everything):
        return [the_paper(case, "", act.action, act.states).id]
    papers = [p for p in fitting(case, act.action, act.states) if act.fits is None or act.fits(p)]
    for whom in asked.to:
        if not any(is_to(paper, whom) for paper in papers):
            message = _("{id}: no paper to {whom} is so far").format(id=case.id, whom=whom)
            raise NotFound(message, "\n".join(paper_line(workspace, paper) for paper in papers))
    found = [p.id for p in papers if not asked.to or any(is_to(p, whom) for whom in asked.to)]
    if not found and act.fits:
        raise Refused((act.unfit or _("{id}: no reply is awaited")).format(id=case.id), CommandLine("show {}", case.id))
    return found or [the_paper(case, "", act.action, act.states).id]


def paper_line(workspace: Workspace, paper: "Paper") -> str:
    """A paper in one line: what it is called, whom it is to, its state and number."""
    from srctl.model.labels import state_word
    from srctl.views.addressee_names import named_addressee

    called, whom = paper_namer(workspace)(paper.id), named_addressee(workspace.folder.directory, paper)
    parts = (called, whom, state_word(paper.standing), paper.number)
    return "  ".join(part for part in parts if part)


def _which(workspace: Workspace, case_id: str, typed: str, act: PaperAct) -> str:
    """The paper meant; where the act fits several, the person at the terminal is asked."""
    from srctl.workflow.paper_state import fitting

    if typed or not is_interactive():
        return typed
    found = fitting(_case(workspace, case_id), act.action, act.states)
    if len(found) < 2:
        return typed
    return prompts.menu(_("which paper"), [(p.id, paper_line(workspace, p)) for p in found])


def _show_after(workspace: Workspace, batch: "Batch", act: PaperAct) -> None:
    """Show what is to be known of each paper, and the command that brings all of them on."""
    from srctl.workflow.paper_state import named_paper, next_for_all

    done = [(s.acts[-1].case, named_paper(s.acts[-1].case, s.task.about)) for s in batch.done]
    for case, paper in done if act.left else ():
        act.left(workspace, case, paper)  # type: ignore[misc]
    _write_beside(workspace, batch, act)
    cases = {case.id for case, _paper in done}
    command = next_for_all(cases.pop(), [paper for _case, paper in done]) if len(cases) == 1 else ""
    if command and not batch.refused:
        view.write_wrapped(_("they go on with: {command}").format(command=command), indent=2, hang=4)


def _write_beside(workspace: Workspace, batch: "Batch", act: PaperAct) -> list[dict[str, Any]]:
    from srctl.workflow.paper_state import named_paper

    if act.beside is None:
        return []
    done = [(one.acts[-1].case, one.task.about) for one in batch.done]
    return [made for case, paper in done for made in act.beside(workspace, case, named_paper(case, paper))]


def papers_meant(workspace: Workspace, asked: Meant, act: PaperAct) -> "Iterator[tuple[Case, Paper]]":
    """Yield the papers the act is meant for, with their cases; nothing is done to them.

    Raises:
        NotFound: there is none, or several may be meant.
    """
    from srctl.workflow.paper_state import named_paper, the_paper

    if asked.is_one():
        case_id, typed = workspace.find(asked.words[0]), "".join(asked.words[1:])
        chosen, case = _which(workspace, case_id, typed, act), _case(workspace, case_id)
        yield case, the_paper(case, chosen, act.action, act.states)
        return
    picked = selection.picked(workspace, asked.words, parts=True)
    for task in _tasks(workspace, picked, asked, act._replace(planner=lambda _folder: lambda _case, _paper: ())):
        if task.fault:
            raise task.fault
        case = _case(workspace, task.case)
        yield case, named_paper(case, task.about)


def _show_next(case_id: str, paper: "Paper") -> None:
    from srctl.workflow.paper_state import next_command

    command = next_command(case_id, paper)
    if command:
        view.write_wrapped(_("it goes on with: {command}").format(command=command), indent=2, hang=4)


def refuse_for_many(asked: Meant, option: str, given: object) -> None:
    """Refuse an option that belongs to one paper, where several are meant."""
    if given and not asked.is_one():
        raise UsageError(_("{option} is of one paper").format(option=option), _("name the paper"))
