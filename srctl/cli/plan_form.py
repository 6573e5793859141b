"""The form of `srctl plan`: the result wanted, a checklist of the kind, and steps, as many as there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from srctl.cli import event_days, form, form_screen, kept_answers, prompts, wizard
from srctl.cli.form import Answers, FormQuestion, Misfit, Questionnaire
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, language, ngettext
from srctl.model.engagement import event_fields, event_of
from srctl.model.labels import OUTGOING
from srctl.workflow.event_planning import Planning
from srctl.workflow.planned_steps import PlannedStep

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case

MOST_STEPS = 40


@contextmanager
def asked_plan(case_id: str) -> Iterator[Planning]:
    """The result wanted, a checklist, its event and the steps, asked for at the terminal; a draft until recorded.

    Raises:
        UsageError: nobody can be asked. Refused: the case is closed, or a gate before the plan is not met.
    """
    from srctl.index.workspace import is_interactive

    if not is_interactive():
        raise prompts.missing(
            _("the plan"),
            CommandLine('plan {} --result "…" --step "… | obec/somsak | phone | +2wd"', case_id),
        )
    workspace, case = wizard.asked_case(case_id, "plan")
    questions = _Plan(workspace, case)
    which = Questionnaire(lambda _answers: f"{case.id}  {case.subject}", questions.questions, questions.faults)
    folder = kept_answers.folder_of(workspace.folder.root, workspace.me.id)
    with form_screen.filled(which, f"plan {case.id}", {}, folder) as answers:
        yield questions.planning(answers)


class _Plan:
    """The questions about the plan of one case."""

    def __init__(self, workspace: "Workspace", case: "Case") -> None:
        self.workspace, self.case = workspace, case
        self.kind = workspace.folder.kind(case.kind)
        self.people, self.near = wizard.nearest_callees(workspace, case)

    def questions(self, answers: Answers) -> list[FormQuestion]:
        """What is asked: the result where there is none, a checklist with steps left, its event, step by step."""
        found = []
        if not self.case.plan.result:
            found.append(FormQuestion("result", _("the result wanted"), "long", required=False))
        found += self._of_checklist(answers)
        first = len(self.case.plan.steps) + self._left(self._listed(answers)) + 1
        for n in range(MOST_STEPS):
            found += self._of_step(n, first + n, answers)
            if not answers.get(f"step{n}.do"):
                break
        return found

    def faults(self, answers: Answers) -> list[Misfit]:
        """A plan of nothing is none."""
        if answers.get("result") or self._listed(answers) or self._typed(answers):
            return []
        return [Misfit("step0.do", UsageError(_("nothing was typed"), CommandLine("next {}", self.case.id)))]

    def planning(self, answers: Answers) -> Planning:
        """The plan as it was answered."""
        event = answers.get("event", "")
        fields = {}
        if event and event != self._event() and event_fields(self.kind):
            day = form.answered_day(event).on
            fields = event_days.event_values(self.kind, day.isoformat() if day else "")
        return Planning(answers.get("result", ""), self._listed(answers), self._typed(answers), fields)

    def _typed(self, answers: Answers) -> list[PlannedStep]:
        found = []
        for n in range(MOST_STEPS):
            do = answers.get(f"step{n}.do", "")
            if not do:
                break
            with_ = answers.get(f"step{n}.with", "")
            by = answers.get(f"step{n}.by", "") if with_ else ""
            found.append(PlannedStep(do, with_, by, *form.answered_day(answers.get(f"step{n}.due", ""))))
        return found

    def _listed(self, answers: Answers) -> list[PlannedStep]:
        name = answers.get("checklist", "")
        day = form.answered_day(answers.get("event", "")).on
        return wizard.dated_checklist(name, day) if name else []

    def _left(self, steps: list[PlannedStep]) -> int:
        """How many of the steps of a checklist are not planned yet: one taken twice would have the work done twice."""
        there = {step.do for step in self.case.plan.steps}
        return sum(step.do not in there for step in steps)

    def _of_checklist(self, answers: Answers) -> list[FormQuestion]:
        choices = []
        for name in self.kind.checklists:
            checklist = self.workspace.folder.checklists.get(name)
            left = self._left(wizard.dated_checklist(name, None)) if checklist else 0
            if checklist and left:
                words = ngettext("{name}: {n} step", "{name}: {n} steps", left)
                choices.append((name, words.format(name=checklist.label.in_(language()), n=left)))
        if not choices:
            return []
        found = [
            FormQuestion("checklist", _("checklist to take steps from"), "menu", required=False, choices=tuple(choices))
        ]
        chosen = self.workspace.folder.checklists.get(answers.get("checklist", ""))
        if chosen and any(item.days is not None for item in chosen.items):
            found.append(FormQuestion("event", _("day of the event"), "day", required=False, default=self._event(),
                                  role="event"))  # fmt: skip
        return found

    def _event(self) -> str:
        """The day of the event, where the case has it."""
        event = event_of(self.case, self.kind)
        return event.day.isoformat() if event else ""

    def _of_step(self, n: int, number: int, answers: Answers) -> list[FormQuestion]:
        what = FormQuestion(f"step{n}.do", _("step {n}: what").format(n=number), required=False,
                        empty=_("empty: no more"))  # fmt: skip
        if not answers.get(what.key):
            return [what]
        whom = FormQuestion(
            f"step{n}.with", _("step {which}: with whom").format(which=number), "menu", required=False,
            choices=tuple(self.people), near=tuple(self.near),
        )  # fmt: skip
        how = FormQuestion(
            f"step{n}.by", _("step {which}: channel").format(which=number), "menu", default="phone",
            choices=tuple(wizard.channels(OUTGOING)),
        )  # fmt: skip
        due = FormQuestion(f"step{n}.due", _("step {which}: until when").format(which=number), "day", required=False)
        return [what, whom, how, due] if answers.get(whom.key) else [what, whom, due]
