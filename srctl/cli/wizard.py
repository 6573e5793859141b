"""Questions to a person at the terminal: which case, its analysis, plan, contacts, decision, result."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from srctl.cli import days, names, options, progress, prompts, view
from srctl.core.errors import CommandLine, NotFound, UsageError
from srctl.core.i18n import _, language
from srctl.core.named_days import NamedDay, Role
from srctl.index.workspace import Workspace, current_workspace, is_interactive
from srctl.model.labels import Channel, lateness
from srctl.workflow.planned_steps import PlannedStep, checklist_steps

if TYPE_CHECKING:
    from datetime import date

    from srctl.cli.menus import Shelf
    from srctl.model.case import Case


def one(
    label: str,
    command: str,
    *,
    needed: bool = True,
    long: bool = False,
    field: str = "",
    rehearsal: Callable[[], object] | None = None,
    shelves: "Sequence[Shelf]" = (),
) -> str:  # fmt: skip
    """Ask for one text; where nobody can be asked, refuse with the command that gives it.

    ``rehearsal`` raises what would be refused whatever is answered, before anything is asked. Up brings what was
    answered to the same question of the same command before.
    """
    if is_interactive():
        if rehearsal:
            rehearsal()
        return prompts.text(label, required=needed, long=long, field=field or _field(command), shelves=shelves)
    if needed:
        raise prompts.missing(label, command)
    return ""


def _field(command: str) -> str:
    """The name under which answers are kept that are typed for a command: its words without what is put into them."""
    words = command.removeprefix("srctl ").split()
    return "-".join(word for word in words[:2] if word.isascii() and word.isalpha() and word.islower())


def future_day(
    label: str, command: str, role: Role = "deadline", rehearsal: Callable[[], object] | None = None
) -> NamedDay:
    """Ask for one day, as :func:`one` asks for a text."""
    if not is_interactive():
        raise prompts.missing(label, command)
    if rehearsal:
        rehearsal()
    return days.ask(label, role, required=True)


def colleague(label: str, command: str) -> str:
    """Ask which coordinator is meant; where nobody can be asked, refuse with the command that says it."""
    if not is_interactive():
        raise prompts.missing(label, command)
    people = current_workspace().folder.office.coordinators
    return prompts.menu(
        label, [(c.id, c.name) for c in people if c.active], others=_("type part of a name to find others")
    )


def channels(codes: Sequence[Channel]) -> list[prompts.Choice]:
    """The channels as choices, with their words."""
    from srctl.model.labels import channel_word

    return [(code, channel_word(code)) for code in codes]


def nearest_callees(workspace: Workspace, case: "Case | None") -> tuple[list[prompts.Choice], list[str]]:
    """The entries of the directory as choices, and the references of those the case has to do with, the next first."""
    from srctl.model.labels import whom_word
    from srctl.model.people import COMPLAINANT
    from srctl.workflow.stages import open_promises, steps_settled

    choices = [(COMPLAINANT, whom_word(COMPLAINANT))] if case and case.complainant else []
    choices += callees(workspace)
    near: list[str] = []
    if case:
        near += [step.with_ for step in case.plan.steps if step.id not in steps_settled(case)]
        near += [o.entry.with_ for o in open_promises(case)]
        near += [step.with_ for step in case.plan.steps]
        near += [entry.with_ for entry in reversed(case.happened())]
    return choices, [code for code in dict.fromkeys(near) if code]


def whom(workspace: Workspace, case: "Case | None", *, required: bool = True) -> str:
    """Ask for an entry of the directory, those of the case first; others are found by part of a name."""
    choices, near = nearest_callees(workspace, case)
    return prompts.menu(
        _("with whom"), choices, near[0] if near and required else "", near=near, required=required,
        others=_("type part of a name to find others"),
    )  # fmt: skip


def callees(workspace: Workspace) -> list[prompts.Choice]:
    """The people and organisations of the directory as choices, with their telephones."""
    from srctl.model.people import offered_callees

    choices: list[prompts.Choice] = []
    for organisation, person in offered_callees(workspace.folder.directory.readable().values()):
        key, short = organisation.id, organisation.short or organisation.name
        if person:
            choices.append((f"{key}/{person.id}", f"{person.name} ({short})  {person.phone or person.mobile}"))
        else:
            choices.append((key, f"{organisation.name} ({short})  {organisation.phone}"))
    return choices


def choose_case(*, closed: bool = False) -> str:
    """Ask which case is meant, the most urgent first (or the closed ones, the latest first)."""
    from datetime import date

    from srctl.core.dates import be_year
    from srctl.deadlines.obligations import section
    from srctl.index.queries import cases
    from srctl.model.case_id import short_number
    from srctl.views.list_views import worst_matters
    from srctl.workflow.filters import Filter

    workspace = current_workspace()
    found = cases(workspace.folder, workspace.around, Filter(closed=closed), progress.reading)[0]
    if not found:
        raise NotFound(_("no cases"), CommandLine("list --all"))
    from srctl.cli.listing import owner_cells

    choices, owner = [], owner_cells(workspace)
    for matter in worst_matters(found, workspace.around):
        if not matter.due:
            continue
        late = lateness(matter.late, section(date.fromisoformat(matter.due), workspace.today))
        choices.append((matter.id, f"{matter.id}  {late}  {owner(matter.owner, '')}  {matter.subject}"))
    rest = (m for m in reversed(found) if not m.due)
    choices += [(m.id, f"{m.id}  {owner(m.owner, '')}  {m.subject}") for m in rest]
    return prompts.menu(
        _("which case"), choices, choices[0][0] if len(choices) == 1 else "", near=[*dict(choices)],
        numbers={case_id: short_number(case_id, be_year(workspace.today)) for case_id, _words in choices},
        others=_("type the number of the case, or part of its subject"),
    )  # fmt: skip


def asked_case(case_id: str, stage: str = "") -> "tuple[Workspace, Case]":
    """The workspace and the case to ask about, once it is certain that the answers can be recorded.

    Raises:
        Refused: it is closed, or a gate before ``stage`` is not met.
    """
    from srctl.core.errors import Refused
    from srctl.office.folder import readable
    from srctl.workflow.stages import is_closed, reach

    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(case_id)))
    if is_closed(case):
        raise Refused(_("{id} is closed").format(id=case.id), CommandLine('reopen {} --why "…"', case.id))
    if stage:
        reach(case, workspace.folder.kind(case.kind), stage)
    view.show_hint("", f"{case.id}  {case.subject}  ({workspace.me.name})")
    return workspace, case


def analysis(case_id: str) -> dict[str, str | list[str]]:
    """Ask for the parts of an analysis that are still empty."""
    if not is_interactive():
        raise prompts.missing(
            _("what was found"), CommandLine('analyse {} --issue "…" --fact "…" --proposal "…"', case_id)
        )
    from srctl.cli.standard_texts import paragraph_taken, shelves
    from srctl.core.numbered_items import joined_items
    from srctl.papers.earlier_texts import TextPlace
    from srctl.workflow.stages import label

    workspace, case = asked_case(case_id, "analyse")
    paragraph = partial(paragraph_taken, workspace, case)
    given: dict[str, str | list[str]] = {}
    for key in ("issues", "facts", "law", "opinion", "proposal", "power"):
        if getattr(case.analysis, key):
            continue
        words, field = label(f"analysis.{key}", language=language()), f"analysis.{key}"
        kept = shelves(workspace, case, TextPlace(key))
        if key == "power":
            typed: str | list[str] = paragraph(
                prompts.text(words, required=False, long=True, field=field, check=paragraph, shelves=kept)
            )
        elif key in ("opinion", "proposal"):
            typed = joined_items([paragraph(item) for item in several(words, field, paragraph, kept)])
        else:
            typed = several(words, field, shelves=kept)
        if typed:
            given[key] = typed
    if not given:
        raise UsageError(_("nothing was typed"), CommandLine("next {}", case.id))
    return given


def several(
    label: str, field: str = "", check: Callable[[str], object] | None = None, shelves: "Sequence[Shelf]" = ()
) -> list[str]:
    """Ask for items until an empty line; a paste of several lines is several items."""
    items: list[str] = []
    while typed := prompts.text(
        f"{label} {len(items) + 1}", required=False, empty=_("empty: no more"), several=True, field=field, check=check,
        shelves=shelves,
    ):  # fmt: skip
        items += options.lines(typed.split("\n"))
    return items


def decision(case_id: str, by: str, what: str, paper: str) -> tuple[str, str, str]:
    """Ask for who decided, what, and on which paper, where it was not typed."""
    if not is_interactive():
        raise prompts.missing(_("what was decided") if by else _("who decided"),
                          CommandLine('decide {} --by "…" --what "…"', case_id))  # fmt: skip
    workspace, case = asked_case(case_id)
    by = by or options.one_line(prompts.text(_("who decided"), case.order.by or workspace.folder.office.minister.short))
    what = what or prompts.text(
        _("what was decided"), long=True, field="decision", shelves=_shelves(workspace, case, "decision"))  # fmt: skip
    return by, what, paper or _decided_paper(case)


def _shelves(workspace: Workspace, case: "Case", place: str) -> "Sequence[Shelf]":
    """What F3 and F4 list at a place of the case: standard paragraphs, and what stands there in like matters."""
    from srctl.cli.standard_texts import shelves
    from srctl.papers.earlier_texts import TextPlace

    return shelves(workspace, case, TextPlace(place))


def reminder(case_id: str, label: str, command: str) -> str:
    """Ask of what somebody is to be reminded in a case."""
    from srctl.office.folder import readable

    workspace = current_workspace()
    kept: Sequence[Shelf] = ()
    if is_interactive():
        kept = _shelves(workspace, readable(workspace.folder.load(workspace.find(case_id))), "reminder")
    return one(label, command, shelves=kept)


def _decided_paper(case: "Case") -> str:
    """Ask on which paper of the case it was decided, the last memo to begin with; "" for none, or where it has none."""
    from srctl.cli.entry_names import paper_namer
    from srctl.model.labels import state_word
    from srctl.workflow.paper_state import papers_of

    found = papers_of(case)
    drafted = next((paper.id for paper in reversed(found) if paper.drafted.did == "memo"), "")
    called = paper_namer(current_workspace())
    choices = [(p.id, f"{called(p.id)}  {state_word(p.standing)}  {p.number}".strip()) for p in found]
    return prompts.menu(_("on which paper"), choices, drafted, required=False) if choices else ""


def answered_request(case_id: str) -> list[str]:
    """Ask which of several open escalations a decision answers; nothing where nobody can be asked, or one is open."""
    from srctl.model.people import name_of
    from srctl.office.folder import readable
    from srctl.workflow.actions import NO_REQUEST, requests

    if not is_interactive():
        return []
    workspace = current_workspace()
    found = requests(readable(workspace.folder.load(workspace.find(case_id))))
    office = workspace.folder.office
    choices = [(o.entry.id, f"{name_of(office, o.entry.whom)}: {o.promise.what}") for o in found]
    if len(choices) < 2:
        return []
    return [prompts.menu(_("which request does it answer"), [*choices, (NO_REQUEST, _("none of them"))])]


def result(case_id: str) -> tuple[str, str]:
    """Ask for what came of it and the lesson, where the case has none yet."""
    if not is_interactive():
        raise prompts.missing(_("what came of it"), CommandLine('report {} --result "…"', case_id))
    workspace, case = asked_case(case_id, "report")
    came = lesson = ""
    if not case.report.result:
        kept = _shelves(workspace, case, "result")
        came = prompts.text(_("what came of it"), long=True, field="report.result", shelves=kept)
    if not case.report.lesson:
        kept = _shelves(workspace, case, "lesson")
        lesson = prompts.text(_("lesson noted"), required=False, long=True, field="report.lesson", shelves=kept)
    if not (came or lesson):
        raise UsageError(_("nothing was typed"), CommandLine("next {}", case.id))
    return came, lesson


def steps_of(texts: list[str]) -> list[PlannedStep]:
    """The steps typed as ``what | with | channel | until``; the parts after the first may be left out."""
    return [_step(text) for text in texts]


def _step(text: str) -> PlannedStep:
    parts = [options.words(part) for part in text.split("|")]
    if len(parts) > 4 or not parts[0]:
        raise UsageError(
            _("a step is: what | with | channel | until"),
            CommandLine('plan 42 --step "ขอข้อมูลการรับนักเรียน | obec/somsak | phone | +2wd"'),
        )
    what, with_, by, until = (*parts, "", "", "")[:4]
    due = days.named(until, "deadline")
    return PlannedStep(what, with_and_known(with_), options.choice(by, "channel"), *due)


def with_and_known(reference: str) -> str:
    """The contact reference if it is in the directory; NotFound with the nearest otherwise."""
    if not reference:
        return ""
    from srctl.core.errors import unknown
    from srctl.model.people import find_callee

    reference = names.callee_id(reference)
    folder = current_workspace().folder
    directory = folder.directory
    if find_callee(directory, reference) is None:
        folder.refuse_unreadable("contacts", reference.partition("/")[0])
        known = [*directory]
        organisation = directory.get(reference.partition("/")[0])
        if organisation is not None:
            known = [f"{organisation.id}/{p.id}" for p in organisation.people]
        raise NotFound(*unknown(_("contact"), reference, known, CommandLine("contacts list")))
    return reference


def dated_checklist(name: str, on: "date | None") -> list[PlannedStep]:
    """Return the steps of a checklist, dated from the day of the event where they are tied to it."""
    from srctl.core.errors import unknown
    from srctl.core.named_days import workdays_from

    workspace = current_workspace()
    checklist = workspace.folder.checklists.get(name)
    if checklist is None:
        workspace.folder.refuse_unreadable("templates/checklists", name)
        raise NotFound(
            *unknown(_("checklist"), name, workspace.folder.checklists, ", ".join(workspace.folder.checklists))
        )
    folder = workspace.folder
    return checklist_steps(
        checklist, folder.office.language, on, lambda day, count: workdays_from(day, count, folder.calendar)
    )
