"""Several acts at once, from the words typed to what was done and what was refused."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from srctl.cli import view
from srctl.cli.parser import Exit
from srctl.core.errors import OK, PROBLEMS
from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.office.batch import Batch, Declined, Performed, Task

MOST_TOLD = 20  # refusals, or warnings, of many acts: what is wrong with all of them is seen in the first

Words = Callable[[int], str]  # how many of what were done, as "16 papers submitted"
Row = Callable[["Workspace", "Performed"], tuple[str, ...]]


class Telling(NamedTuple):
    """How acts are told: their number in words, and a row for each, behind its case, under these headings.

    ``after`` shows what is to be known besides.
    """

    words: Words
    headings: tuple[str, ...]
    row: Row
    after: Callable[[], None] = lambda: None


def carry_out(workspace: "Workspace", tasks: "Callable[[], Sequence[Task]]", words: Words) -> "Batch":
    """Do each of the tasks that can be done, in one commit."""
    from srctl.office.batch import act_on_each

    def sentence(done: "Sequence[Performed]") -> str:
        cases = {settled.task.case for settled in done}
        said = done[0].acts[-1].act.sentence if len(done) == 1 else words(len(done))
        return f"{cases.pop()} {said}" if len(cases) == 1 else said

    return act_on_each(workspace.folder, tasks, workspace.actor, sentence)


def show_batch(
    workspace: "Workspace", batch: "Batch", telling: Telling, *, json: bool, made: Sequence[dict[str, Any]] = ()
) -> None:  # fmt: skip
    """Show what was done and what was refused; Exit with the code that says so when something was.

    ``made`` is what was written beside it, for the JSON.

    Raises:
        The refusal itself, where it is the only outcome.
    """
    from srctl.cli import outcome

    if len(batch.outcomes) == 1 and batch.refused:
        raise batch.refused[0].fault
    if json:
        view.print_json(batch_view(workspace, batch, made))
    else:
        warnings = _warnings(batch)
        for sentence in (*batch.recorded.repaired, *warnings[:MOST_TOLD]):
            view.say("! " + sentence)
        _tell_more(len(warnings))
        _show_done(workspace, batch.done, telling)
        _show_refused(batch)
        telling.after()
        outcome.show_warnings(workspace)
    if code := exit_code(batch):
        raise Exit(code)


def exit_code(batch: "Batch") -> int:
    """0: all was done; 1: some was refused; where nothing was done, that of the first refusal."""
    if not batch.refused:
        return OK
    return PROBLEMS if batch.done else batch.refused[0].fault.exit_code


def _warnings(batch: "Batch") -> "list[str]":
    found = [f"{s.task.about}: {w}" for s in batch.done for acted in s.acts for w in acted.act.warnings]
    return list(dict.fromkeys(found))


def _show_done(workspace: "Workspace", done: "Sequence[Performed]", telling: Telling) -> None:
    if not done:
        return
    cases = {settled.task.case for settled in done}
    head = f"{next(iter(cases))}  " if len(cases) == 1 else ""
    view.write_wrapped(f"✓ {head}{telling.words(len(done))}", "green", hang=2)
    rows = [(*(() if head else (settled.task.case,)), *telling.row(workspace, settled)) for settled in done]
    headings = [*([] if head else [_("case")]), *telling.headings]
    kept = [n for n in range(len(headings)) if any(row[n] for row in rows)]
    widest = max(kept, key=lambda n: max(len(row[n]) for row in rows))
    columns = [view.Column(headings[n], min_width=12 if n == widest else 0) for n in kept]
    view.table(columns, [view.TableRow([row[n] for n in kept]) for row in rows])


def _show_refused(batch: "Batch") -> None:
    if not batch.refused:
        return
    show_not_done(len(batch.refused))
    cases = {outcome.task.case for outcome in batch.outcomes}
    for refused in batch.refused[:MOST_TOLD]:
        head = " ".join(part for part in (refused.task.case if len(cases) > 1 else "", refused.task.about) if part)
        view.write_wrapped(f"{head}: {_reason(refused)}" if head else _reason(refused), indent=2, hang=4)
        hint, *more = refused.fault.hint.splitlines() or [""]
        if hint and (not more or hint.startswith("srctl ")):  # several lines are a list of what there is
            view.write_wrapped(f"→ {hint}", indent=4, hang=6)
    _tell_more(len(batch.refused))


def _tell_more(count: int) -> None:
    if count > MOST_TOLD:
        view.say("  " + _("… and {n} more").format(n=count - MOST_TOLD))


def show_not_done(count: int) -> None:
    """Show how many acts were refused, above each of them with its reason."""
    view.write_line("✗ " + ngettext("{n} was not done", "{n} were not done", count).format(n=count), "red")


def _reason(refused: "Declined") -> str:
    """Why, without the case and the paper that stand before it already."""
    reason = refused.fault.message
    for said in (refused.task.case, refused.task.about):
        reason = reason.removeprefix(f"{said}: ")
    return reason


def batch_view(workspace: "Workspace", batch: "Batch", made: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """What was done and what was refused, as plain data (docs/json.md)."""
    return {
        "format": 1, "commit": batch.recorded.commit,
        "items": [_done_view(workspace, settled) for settled in batch.done],
        "refused": [
            {"case": r.task.case, "about": r.task.about, "message": r.fault.message, "hint": r.fault.hint,
             "code": r.fault.exit_code}
            for r in batch.refused
        ],
        "made": list(made),
    }  # fmt: skip


def _done_view(workspace: "Workspace", settled: "Performed") -> dict[str, Any]:
    from srctl.views.case_views import paper_view
    from srctl.workflow.paper_state import papers_of
    from srctl.workflow.stages import stage_of

    case = settled.acts[-1].case
    first = len(settled.acts[0].before.log) if settled.acts[0].before else 0
    paper = next((p for p in papers_of(case) if p.id == settled.task.about), None)
    return {
        "case": case.id, "about": settled.task.about, "entries": [entry.id for entry in case.log[first:]],
        "stage": stage_of(case), "paper": paper_view(case.id, paper, workspace.around) if paper else None,
    }  # fmt: skip


def told_case(_workspace: "Workspace", settled: "Performed") -> tuple[str, ...]:
    """A case in a list of what was done: its stage and its subject."""
    from srctl.model.labels import stage_word
    from srctl.workflow.stages import stage_of

    acted = settled.acts[-1]
    return stage_word(acted.kind, stage_of(acted.case)), acted.case.subject


def told_step(_workspace: "Workspace", settled: "Performed") -> tuple[str, ...]:
    """A step of a plan in a list of what was done: its id and what was to be done."""
    steps = settled.acts[-1].case.plan.steps
    return settled.task.about, next((step.do for step in steps if step.id == settled.task.about), "")


def told_promise(_workspace: "Workspace", settled: "Performed") -> tuple[str, ...]:
    """A promise in a list of what was done: its entry, with whom, and what was promised."""
    from srctl.model.labels import whom_word

    entry = next(e for e in settled.acts[-1].case.log if e.id == settled.task.about)
    return entry.id, whom_word(entry.with_), entry.promise.what if entry.promise else ""


def told_paper(workspace: "Workspace", settled: "Performed") -> tuple[str, ...]:
    """A paper in a list of what was done: what it is called, whom it is to, its state and number."""
    from srctl.cli.entry_names import paper_namer
    from srctl.model.labels import state_word
    from srctl.views.addressee_names import named_addressee
    from srctl.workflow.paper_state import named_paper

    paper = named_paper(settled.acts[-1].case, settled.task.about)
    whom, called = named_addressee(workspace.folder.directory, paper), paper_namer(workspace)(paper.id)
    return called, whom, state_word(paper.standing), paper.number
