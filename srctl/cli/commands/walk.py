"""The stages of a case: analyse, plan, report, close, reopen; and assigning it to a coordinator."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, completion, days, names, options
from srctl.cli.acting import UNSAID, do, rehearse
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from srctl.core.named_days import NamedDay
    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.workflow.actions import Act


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("analyse", help=_("Record the analysis: issues, facts, law, opinion, proposal."))(analyse_case)
    app.command("plan", help=_("Record the plan: the result wanted and the steps."))(plan_case)
    app.command("report", help=_("Record what came of it, and the lesson."))(report_case)
    app.command("close", help=_("Close a case that is done."))(close_case)
    app.command("reopen", help=_("Open a closed case again, or send one back to an earlier stage."))(reopen_case)
    app.command("assign", help=_("Give a case to a coordinator and a backup."))(assign_case)


Texts = list[str] | None


def _texts(typed: Texts) -> Texts:
    """The texts typed, without empty ones; one that is empty where nothing else was typed."""
    return options.lines(typed) or [""] if typed else None


Issues = Annotated[Texts, option("--issue", "-i", help=_("an issue; may be repeated"), callback=_texts)]
Facts = Annotated[Texts, option("--fact", "-f", help=_("a fact; may be repeated"), callback=_texts)]
Laws = Annotated[Texts, option("--law", "-l", help=_("a law or rule; may be repeated"), callback=_texts)]


def analyse_case(
    case_id: arguments.CaseId,
    issue: Issues = None,
    fact: Facts = None,
    law: Laws = None,
    opinion: Annotated[Texts, option("--opinion", help=_("our opinion; may be repeated"), callback=_texts)] = None,
    proposal: Annotated[Texts, option("--proposal", "-p", help=_("what we propose; may be repeated"),
                                      callback=_texts)] = None,
    power: Annotated[str, option("--power", help=_("who has the power to decide"), callback=options.words)] = "",
    replace: Annotated[bool, option("--replace", help=_("replace the lists instead of adding"))] = False,
    override: options.Override = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record an analysis."""
    from srctl.core.numbered_items import joined_items
    from srctl.workflow import actions

    given: dict[str, str | list[str]] = {}
    lists = {"issues": issue, "facts": fact, "law": law}
    # With --replace an empty text takes the list out.
    texts = {key: [text for text in value if text] for key, value in lists.items() if value}
    given.update({key: value for key, value in texts.items() if value or replace})
    single = {"opinion": opinion or [], "proposal": proposal or [], "power": [power]}
    taken = {key: joined_items(_taken(case_id, value)) for key, value in single.items()}
    given.update({key: value for key, value in taken.items() if value})
    if not given and not override:
        from srctl.cli import wizard

        given.update(wizard.analysis(case_id))
    do(case_id, as_, json, _("analysed"),
         lambda case, _kind: actions.analyse(case, given, replace=replace, override=override))  # fmt: skip


def _taken(case_id: str, texts: list[str]) -> list[str]:
    """The texts of an analysis, with standard paragraphs in the place of their topics."""
    from srctl.cli import standard_texts

    if not any(text.startswith(standard_texts.SIGN) for text in texts):
        return texts
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable

    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(case_id)))
    return [standard_texts.paragraph_taken(workspace, case, text) for text in texts]


def plan_case(
    case_id: arguments.CaseId,
    result: Annotated[str, option("--result", "-r", help=_("the result wanted"), callback=options.words)] = "",
    step: Annotated[Texts, option("--step", "-s", help=_('"what | with | channel | until"; repeatable'))] = None,
    checklist: Annotated[str, option("--checklist", help=_("take the steps of a checklist"),
                                     callback=names.checklist_name)] = "",
    event: Annotated[str, option("--event", metavar="DATE", help=_("day of the event, or days: 17-18/12/2569"))] = "",
    override: options.Override = "", _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record a plan."""
    from srctl.cli import event_days, wizard
    from srctl.workflow.event_planning import Planning, plan_event

    def record(planning: Planning) -> None:
        do(case_id, as_, json, _("planned"), lambda case, _kind: plan_event(case, planning))

    options.act_as(as_)
    steps = wizard.steps_of(step or [])
    if not (result or steps or checklist or event or override):
        from srctl.cli import plan_form

        with plan_form.asked_plan(case_id) as asked:
            record(asked)
        return
    day, fields = event_days.planned_event(case_id, event)
    listed = wizard.dated_checklist(checklist, day) if checklist else []
    record(Planning(result, listed, steps, fields, override))


def report_case(
    case_id: arguments.CaseId,
    result: Annotated[str, option("--result", "-r", help=_("what came of it"), callback=options.words)] = "",
    lesson: Annotated[str, option("--lesson", help=_("lesson noted"), callback=options.words)] = "",
    override: options.Override = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record the result of a case and the lesson."""
    from srctl.cli import wizard
    from srctl.workflow import actions

    if not (result or lesson or override):
        result, lesson = wizard.result(case_id)
    do(case_id, as_, json, _("reported"), lambda case, _kind: actions.report(
        case, result, lesson, override=override))  # fmt: skip


def close_case(
    words: arguments.CaseWords = None,
    text: Annotated[str, option("--text", "-t", help=_("a closing remark"), callback=options.words)] = "",
    override: options.Override = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Close cases."""
    from srctl.cli.case_acts import CaseAct, do_to_cases
    from srctl.workflow import actions

    do_to_cases(words or (), CaseAct(
        as_, json, _("closed"), lambda n: ngettext("{n} case closed", "{n} cases closed", n).format(n=n),
        lambda case, _kind: actions.close(case, text=text, override=override),
    ))  # fmt: skip


def reopen_case(
    case_id: arguments.CaseId,
    why: Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)] = "",
    to: Annotated[str, option("--to", metavar="STAGE", help=_("stage to go back to"), callback=names.stage_code)] = "",
    due: Annotated[str, option("--due", metavar="DATE", help=_("until when it is to be done now"))] = "",
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Reopen a closed case, or send an open one back to an earlier stage."""
    from srctl.cli import wizard
    from srctl.workflow import reopening
    from srctl.workflow.stages import is_closed

    until = _to_come(due, case_id)

    def make(case: "Case", kind: "Kind") -> "Act":
        if to and not is_closed(case):
            return reopening.send_back(case, kind, to, why or UNSAID, *until)
        return reopening.reopen(case, kind, why or UNSAID, to, *until)

    command = CommandLine('reopen {} --why "…"', case_id)
    why = why or wizard.one(_("the reason"), command, long=True, rehearsal=lambda: rehearse(case_id, make))
    do(case_id, as_, json, _("reopened"), make)


def _to_come(due: str, case_id: str) -> "NamedDay":
    """The day typed, if any; UsageError for one that is past."""
    from srctl.core.dates import show_date
    from srctl.core.errors import UsageError
    from srctl.core.i18n import language
    from srctl.index.workspace import current_workspace

    today = current_workspace().today
    day = days.named(due, "deadline", first=today)
    if day.on and day.on < today:
        message = _("{day} is past").format(day=show_date(day.on, language()))
        raise UsageError(message, CommandLine('reopen {} --due DATE --why "…"', case_id))
    return day


def assign_case(
    words: Annotated[
        list[str] | None,
        argument(metavar="ID… WHO", help=_("cases, then the coordinator"), callback=arguments.chosen_words,
                 autocompletion=completion.complete_case_then_people),
    ] = None,
    backup: options.Backup = "",
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Assign cases to a coordinator and a backup."""
    from srctl.cli import listing, outcome, selection, wizard
    from srctl.cli.case_acts import CaseAct, do_to_cases
    from srctl.index.workspace import current_workspace
    from srctl.model.people import name_of
    from srctl.workflow import actions

    cases, owner = selection.with_last(words or ())
    owner = names.coordinator_id(owner)
    if not owner and not backup:
        owner = wizard.colleague(_("coordinator"), CommandLine("assign {} WHO", " ".join(cases)))
    for person in (owner, backup):
        listing.person_exists(current_workspace(), person)
    who = name_of(current_workspace().folder.office, owner or backup)
    done = do_to_cases(cases, CaseAct(
        as_, json, _("assigned to {who}").format(who=who),
        lambda n: ngettext("{n} case assigned to {who}", "{n} cases assigned to {who}", n).format(n=n, who=who),
        lambda case, _kind: actions.assign(case, owner, backup),
    ))  # fmt: skip
    outcome.warn_away(current_workspace(), owner, done[0].backup if len(done) == 1 else "")
