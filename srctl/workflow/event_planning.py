"""Planning an event: its day into the fields of the case, the steps of its checklist once and no more. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, ngettext
from srctl.core.patches import Edit, Value
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Step
from srctl.workflow.actions import Act, plan
from srctl.workflow.planned_steps import PlannedStep
from srctl.workflow.stages import steps_settled


class Planning(NamedTuple):
    """What was typed of a plan: the result wanted, steps of a checklist and steps typed, fields of the event."""

    result: str = ""
    listed: Sequence[PlannedStep] = ()
    typed: Sequence[PlannedStep] = ()
    fields: Mapping[str, Value] = {}
    override: str = ""


def plan_event(case: Case, planning: Planning) -> Act:
    """Record a plan: steps of a checklist that stand in it already are not planned again, but dated anew.

    Raises:
        Refused: nothing of it is new.
    """
    there = {step.do: (place, step) for place, step in enumerate(case.plan.steps)}
    fresh = [step for step in planning.listed if step.do not in there]
    again = [(*there[step.do], step) for step in planning.listed if step.do in there]
    settled = steps_settled(case)
    redated = [
        (place, old, new) for place, old, new in again if old.id not in settled and new.due not in (None, old.due)
    ]
    fields = [*_field_edits(case, planning.fields)]
    steps = [*fresh, *planning.typed]
    if not (steps or redated or fields or planning.result or planning.override):
        raise Refused(_("every step of the checklist is planned already"), CommandLine("show {}", case.id))
    act = plan(case, planning.result, steps, override=planning.override)
    edits = [edit for place, old, new in redated for edit in _date_edits(place, old, new)]
    return act._replace(edits=(*act.edits, *edits, *fields), warnings=tuple(_said(len(again), len(redated))))


def _said(again: int, redated: int) -> Iterator[str]:
    """Yield what became of the steps that were planned already."""
    if again:
        words = ngettext("{n} step was planned already and is not doubled",
                         "{n} steps were planned already and are not doubled", again)  # fmt: skip
        yield words.format(n=again)
    if redated:
        words = ngettext("{n} of them has a new day", "{n} of them have a new day", redated)
        yield words.format(n=redated)


def _date_edits(place: int, old: Step, new: PlannedStep) -> Iterator[Edit]:
    where = ("plan", "steps", place)
    yield Edit("set", (*where, "due"), new.due)
    if new.counted:
        yield Edit("set", (*where, "counted"), new.counted)
    elif old.counted:
        yield Edit("remove", (*where, "counted"))


def _field_edits(case: Case, fields: Mapping[str, Value]) -> Iterator[Edit]:
    for name, value in fields.items():
        if value is None and name in case.fields:
            yield Edit("remove", ("fields", name))
        elif value is not None and str(value) != case.fields.get(name):
            yield Edit("set", ("fields", name), value)
