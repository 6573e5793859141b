"""A contact with all it brought about: whom it was with, what it settled, what was promised, whom to call next. Pure.

One act, one commit: an entry for the contact, one for each step done, one for each further promise. Whoever stands in
no directory is kept in the case, and whoever is to be called next becomes a step of the plan: so it stands in `due`
until it is done.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from srctl.core.errors import NotFound
from srctl.core.i18n import _
from srctl.core.patches import Edit
from srctl.core.records import NamedTuple
from srctl.model.case import Case, CasePerson, Entry, Promise, Step
from srctl.model.case_people import next_person_id, reference_to, spelled
from srctl.model.labels import Channel
from srctl.model.people import OF_CASE, Callee, Directory, find_callee
from srctl.workflow.actions import Act, Said, contact, plan, step_done
from srctl.workflow.counterparts import Counterpart
from srctl.workflow.planned_steps import PlannedStep
from srctl.workflow.stages import steps_settled


class Conversation(NamedTuple):
    """A contact as typed: with whom, by which channel, what came of it.

    ``done`` are the planned steps it did, ``keeps`` the promises and waits it settled, ``promises`` the new ones of
    either side, ``refers`` whom to speak with next (by ``today``, the day they are to be called). ``breaks``,
    ``chases`` and ``on`` as in :func:`srctl.workflow.actions.contact`.
    """

    whom: Counterpart
    by: Channel
    said: str = ""
    agreed: str = ""
    promises: tuple[Said, ...] = ()
    keeps: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    chases: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    refers: Counterpart | None = None
    today: date | None = None
    on: date | None = None


def converse(case: Case, talk: Conversation) -> Act:
    """Record a contact and all it brought about; who was named to be spoken with next, and is, needs no further word.

    Raises:
        As :func:`srctl.workflow.actions.contact`, ``step_done`` and ``plan``.
    """
    with_, known, edits = kept_person(case, talk.whom)
    known, next_edits, refers = _referred(known, talk)
    first, *further = talk.promises or (None,)
    act = contact(
        case, with_, talk.by, said=talk.said, agreed=talk.agreed, promise=first, keeps=talk.keeps,
        breaks=talk.breaks, chases=talk.chases, on=talk.on,
    )  # fmt: skip
    spoken = (step.id for step in calls_next(case) if step.with_ == with_)
    done = [step_done(case, step, on=talk.on) for step in dict.fromkeys((*talk.done, *spoken))]
    entries = [
        partial(act.entry, refers=refers),
        *(partial(one.entry, did="step") for one in done),
        *(partial(Entry, did="promise", on=talk.on, with_=with_, promise=Promise(*p)) for p in further if p),
    ]
    sentence = "; ".join((act.sentence, *(one.sentence for one in done)))
    return act._replace(sentence=sentence, edits=(*edits, *next_edits), before=tuple(entries[:-1]), entry=entries[-1])


def kept_person(case: Case, whom: Counterpart) -> tuple[str, Case, list[Edit]]:
    """The reference of whom it is with, the case that knows them, and the edits that keep a stranger in it."""
    if whom.new is None:
        return whom.reference, case, []
    reference = reference_to(case, whom.new)  # who was a stranger when asked may be known by now
    if reference:
        return reference, case, []
    person = CasePerson(next_person_id(case), whom.new.name, whom.new.phone)
    item = {key: value for key, value in person._asdict().items() if value}
    return OF_CASE + person.id, case._replace(people=(*case.people, person)), [Edit("append", ("people",), item)]


def _referred(case: Case, talk: Conversation) -> tuple[Case, list[Edit], str]:
    """The case, edits and reference of whom is to be called next: they are a step of the plan from now on."""
    if talk.refers is None:
        return case, [], ""
    reference, case, edits = kept_person(case, talk.refers)
    if any(step.with_ == reference and step.id not in talk.done for step in open_steps(case)):
        return case, edits, reference
    step = PlannedStep(_("speak with who was named"), reference, "phone", talk.today)
    return case, [*edits, *plan(case, "", [step]).edits], reference


def open_steps(case: Case) -> tuple[Step, ...]:
    """The planned steps that are not done or dropped yet, in their order."""
    settled = steps_settled(case)
    return tuple(step for step in case.plan.steps if step.id not in settled)


def the_step(case: Case, typed: str) -> str:
    """The step meant: the one named, or the only open one; NotFound, with those that are open, otherwise."""
    found = open_steps(case)
    if typed or len(found) == 1:
        return typed or found[0].id
    listed = "\n".join(f"{step.id}  {step.do}" for step in found)
    raise NotFound(_("{id}: which step?").format(id=case.id), listed or _("there is none"))


def calls_next(case: Case) -> tuple[Step, ...]:
    """The open steps to speak with somebody whom a contact named, the latest named last."""
    named = [entry.refers for entry in case.happened() if entry.refers]
    return tuple(step for step in open_steps(case) if step.with_ in named)


def next_call(case: Case, directory: Directory) -> Callee | None:
    """Whom to call next: the one a contact named last and nobody has spoken with since, None for nobody."""
    steps = calls_next(case)
    return find_callee(directory, spelled(case, steps[-1].with_)) if steps else None


def oral(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Those of the steps that are done by speaking: not by a letter."""
    return tuple(step for step in steps if step.by in ("phone", "line", "visit", "meeting", ""))
