"""Pause and resume a case, extend a deadline, escalate to a superior."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, days, names, options
from srctl.cli.acting import UNSAID, do, rehearse
from srctl.cli.completion import complete_superiors
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from srctl.deadlines.adjustments import Longer
    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.workflow.actions import Act


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("pause", help=_("The case stands still: its deadlines are not counted on, until it is resumed."))(
        pause_case
    )
    app.command("resume", help=_("The case goes on: its deadlines are counted again."))(resume_case)
    app.command("extend", help=_("Extend a deadline, with the reason; the original day stays known."))(extend_deadline)
    app.command("escalate", help=_("Ask the head of the group or of the office to decide."))(escalate_case)


Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)]
# A kind says how often and by how much a deadline may be extended; this goes beyond it.
Further = Annotated[
    str,
    option("--override", metavar="WHY", help=_("extend it more often or further than the kind allows, with the reason"),
                 callback=options.words),
]  # fmt: skip


def pause_case(
    case_id: arguments.CaseId,
    category: Annotated[str, argument(metavar="[REASON]", help=_("for what reason, by its name"))] = "",
    why: Why = "", on: options.On = "", _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Pause a case."""
    from srctl.cli import prompts, wizard
    from srctl.core.i18n import language
    from srctl.deadlines import adjustments
    from srctl.index.workspace import current_workspace, is_interactive

    workspace, day = current_workspace(), days.day(on)
    reasons = workspace.folder.standing.pauses
    if not category and reasons and is_interactive():
        category = prompts.menu(
            _("for what reason"), [(r.name, f"{r.name}  {r.label.in_(language())}") for r in reasons]
        )
    names = [r.name for r in reasons]
    named = category if category and (not names or category in names) else "|".join(names) or "REASON"
    command = CommandLine('pause {} {} --why "…"', case_id, named)

    def make(case: "Case", _kind: "Kind") -> "Act":
        return adjustments.pause(case, category, why or UNSAID, reasons, workspace.today, on=day)

    why = why or wizard.one(_("the reason"), command, long=True, rehearsal=lambda: rehearse(case_id, make))
    do(case_id, as_, json, _("paused"), make)


def resume_case(
    case_id: arguments.CaseId, why: Why = "", on: options.On = "",
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Resume a case."""
    from srctl.deadlines import adjustments
    from srctl.index.workspace import now

    day, today = days.day(on), now().date()
    do(case_id, as_, json, _("resumed"), lambda case, _kind: adjustments.resume(case, today, why=why, on=day))


def extend_deadline(
    case_id: arguments.CaseId,
    what: Annotated[str, argument(metavar="[WHAT]", help=_("the deadline: order.due, a rule or a step"))] = "",
    until: Annotated[str, option("--until", "-u", metavar="DATE", help=_("the new day"))] = "",
    longer: Annotated[str, option("--for", metavar="+N", help=_("so much longer: +5wd, +15d or +1m"))] = "",
    why: Why = "", override: Further = "",
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Extend a deadline."""
    from srctl.cli import wizard
    from srctl.deadlines import adjustments
    from srctl.deadlines.rules import deadlines, extended
    from srctl.index.workspace import current_workspace
    from srctl.model.definitions import Extension

    workspace = current_workspace()
    calendar, today, day_1 = workspace.folder.calendar, workspace.today, workspace.folder.office.receipt_day_1
    command = CommandLine('extend {} {} --until DATE --why "…"', case_id, what or "WHAT")
    by = _longer(until, longer, command)
    new_days: list[date] = []

    def make(case: "Case", kind: "Kind") -> "Act":
        found, cap = deadlines(case, kind, calendar, today, day_1), kind.extension or Extension()
        said = by._replace(why=why or UNSAID, override=override)
        planned = adjustments.extend(case, found, what, said, cap, calendar)
        new_days[:] = [extended(adjustments.the_deadline(case, found, what), by, calendar).due]
        return planned

    if longer:
        rehearse(case_id, make)
        days.accept(new_days[0], "deadline")
    why = why or wizard.one(_("the reason"), command, long=True, rehearsal=lambda: rehearse(case_id, make))
    do(case_id, as_, json, "", make)


def _longer(until: str, longer: str, command: str) -> "Longer":
    """The extension typed: a day, or a span; UsageError when it is neither or both."""
    from srctl.core.dates import parse_span
    from srctl.core.errors import UsageError
    from srctl.deadlines.adjustments import UNITS, Longer

    if bool(until) == bool(longer):
        raise UsageError(_("say until when, or for how much longer"), command)
    if until:
        on, counted = days.named(until, "deadline")
        return Longer(on, counted=counted)
    amount, unit = parse_span(longer)
    if amount < 1:
        raise UsageError(_("{text} is not a longer time").format(text=longer), command)
    return Longer(None, amount, UNITS[unit])


def escalate_case(
    case_id: arguments.CaseId,
    to: Annotated[
        str,
        option("--to", metavar="WHO", help=_("group (its head), head of office, or somebody by name"),
                     autocompletion=complete_superiors, callback=names.superior_id),
    ] = "group",
    ask: Annotated[str, option("--ask", "-a", help=_("what is to be decided"), callback=options.words)] = "",
    why: Why = "",
    by: Annotated[str, option("--by", metavar="DATE", help=_("until when the decision is needed"))] = "",
    about: Annotated[
        list[str] | None, option("--about", metavar="ENTRY", help=_("the wait it is about (entry id)"))
    ] = None,
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Ask a superior to decide."""
    from srctl.cli import wizard
    from srctl.deadlines import adjustments
    from srctl.index.workspace import current_workspace
    from srctl.model.people import superiors

    command = CommandLine('escalate {} --to {} --ask "…" --why "…"', case_id, to)
    workspace, (due, counted) = current_workspace(), days.named(by, "deadline")
    people = superiors(workspace.folder.office)

    def make(case: "Case", kind: "Kind") -> "Act":
        from srctl.workflow.filters import head_of

        whom = head_of(case, kind, workspace.folder.office, to)
        return adjustments.escalate(
            case, whom, ask or UNSAID, why or UNSAID, people, due=due, counted=counted, about=tuple(about or ())
        )  # fmt: skip

    ask = ask or wizard.one(_("what is to be decided"), command, long=True, rehearsal=lambda: rehearse(case_id, make))
    why = why or wizard.one(_("the reason"), command, long=True)
    do(case_id, as_, json, _("decision asked for"), make)
