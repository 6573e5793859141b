"""Resolutions of a meeting as steps of the plan: what was resolved, with whom, by when. Pure.

A row of a value with ``steps`` (:class:`srctl.papers.wordings.Value`) is a step when it says all three. The
minutes drafted again move or reword the step they made before; none is doubled. What is settled stays as it was; an
open step whose resolution stands in them no more is told, with the command that drops it.
"""

from collections.abc import Sequence
from datetime import date

from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext
from srctl.core.patches import Edit
from srctl.core.thai import shorten
from srctl.model.case import Case
from srctl.model.people import Directory, Office, find_callee
from srctl.papers.draft_request import Asked, asked_of
from srctl.papers.listed_values import Row, list_value
from srctl.papers.wordings import Template
from srctl.workflow.actions import Act, further_steps
from srctl.workflow.planned_steps import PlannedStep
from srctl.workflow.stages import steps_settled


def resolved_steps(template: Template, asked: Asked, office: Office, directory: Directory) -> list[PlannedStep]:
    """The steps that the values typed for a paper resolve.

    Raises:
        UsageError: as :func:`srctl.papers.listed_values.list_value`.
    """
    rows = [
        row
        for name, value in template.form.values.items()
        if value.steps
        for row in list_value(value, asked.given.get(name, ""), office, directory)
        if not isinstance(row, str)
    ]
    return [step for row in rows if (step := _step(row, directory))]


def _step(row: Row, directory: Directory) -> PlannedStep | None:
    what, whom, by = str(row["resolved"]), str(row["whom"]), row["by"]
    if not what or not whom or not isinstance(by, date):
        return None
    known = find_callee(directory, whom) is not None
    return PlannedStep(what if known else f"{what} ({row['who']})", whom if known else "", due=by)


def with_steps(case: Case, act: Act, template: Template, office: Office, directory: Directory, asked: Asked) -> Act:
    """The act that records a draft, with the steps it resolves: new ones added, those made before brought to date."""
    now = resolved_steps(template, asked, office, directory)
    drafts = [e for e in case.happened() if e.did == "draft" and template.name in (e.paper, e.wording)]
    made = [resolved_steps(template, asked_of(entry), office, directory) for entry in drafts]
    old = [step for step in (made[-1] if made else ()) if step not in now]
    edits: list[Edit] = []
    moved: set[int] = set()
    further: list[PlannedStep] = []
    for step in now:
        if any((s.do, s.with_, s.due) == (step.do, step.with_, step.due) for s in case.plan.steps):
            continue
        n = _made_before(case, step, old)
        if n is None:
            further.append(step)
        else:
            moved.add(n)
            edits += [
                Edit("set", ("plan", "steps", n, "do"), step.do),
                Edit("set", ("plan", "steps", n, "due"), step.due),
            ]
    edits += further_steps(case, further)
    words = ngettext("planned {n} step", "planned {n} steps", len(further)).format(n=len(further))
    gone = [step for each in made for step in each if step not in now]
    told = tuple(_told(case, n) for n in _open_places(case, gone) if n not in moved)
    sentence = f"{act.sentence}, {words}" if further else act.sentence
    return act._replace(edits=(*act.edits, *edits), sentence=sentence, warnings=(*act.warnings, *told))


def _told(case: Case, n: int) -> str:
    """That the step at that place of the plan came of a resolution which was taken out, and what drops it."""
    step = case.plan.steps[n]
    message = _("{step} ({what}) stays in the plan; its resolution was taken out of the minutes: {command}")
    command = CommandLine('step drop {} {} --why "…"', case.id, step.id)
    return message.format(step=step.id, what=shorten(step.do, 60), command=command)


def _made_before(case: Case, step: PlannedStep, old: Sequence[PlannedStep]) -> int | None:
    """The place in the plan of the open step that an earlier draft made of the same resolution.

    The same is: the same people, and the same words or the same day.
    """
    same = [s for s in old if s.with_ == step.with_ and (s.do == step.do or s.due == step.due)]
    return next(iter(_open_places(case, same)), None)


def _open_places(case: Case, steps: Sequence[PlannedStep]) -> list[int]:
    """The places in the plan of those of the steps that are open there."""
    settled, made = steps_settled(case), {(step.do, step.with_, step.due) for step in steps}
    return [
        n
        for n, step in enumerate(case.plan.steps)
        if (step.do, step.with_, step.due) in made and step.id not in settled
    ]
