"""Time that is given or taken: pause and resume a case, extend a deadline, ask a superior to decide. Floor 4."""

from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, options
from srctl.cli.acting import do
from srctl.cli.completion import complete_superiors
from srctl.cli.grammar import App, argument, option
from srctl.errors import Command
from srctl.i18n import _

if TYPE_CHECKING:
    from srctl.actions import Act
    from srctl.kinds import Kind
    from srctl.model import Case
    from srctl.timekeeping import Longer


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command(help=_("The case stands still: its deadlines are not counted on, until it is resumed."))(pause)
    app.command(help=_("The case goes on: its deadlines are counted again."))(resume)
    app.command(help=_("Extend a deadline, with the reason; the original day stays known."))(extend)
    app.command(help=_("Ask the head of the group or of the office to decide."))(escalate)


Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)]


def pause(
    case_id: arguments.CaseId,
    category: Annotated[str, argument(metavar="[REASON]", help=_("for what reason, by its name"))] = "",
    why: Why = "", on: options.On = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Pause a case."""
    from srctl import timekeeping
    from srctl.cli import ask, wizard
    from srctl.i18n import language
    from srctl.workspace import is_interactive, workspace

    desk, day = workspace(), options.day(on)
    reasons = desk.folder.standing.pauses
    if not category and reasons and is_interactive():
        category = ask.menu(_("for what reason"), [(r.name, f"{r.name}  {r.label.in_(language())}") for r in reasons])
    named = category or "|".join(r.name for r in reasons) or "REASON"
    why = why or wizard.one(_("the reason"), Command('pause {} {} --why "…"', case_id, named))
    do(case_id, as_, json, _("paused"),
       lambda case, _kind: timekeeping.pause(case, category, why, reasons, desk.today, on=day))  # fmt: skip


def resume(
    case_id: arguments.CaseId, why: Why = "", on: options.On = "", as_: options.As = "", json: options.Json = False
) -> None:  # fmt: skip
    """Resume a case."""
    from srctl import timekeeping
    from srctl.workspace import now

    day, today = options.day(on), now().date()
    do(case_id, as_, json, _("resumed"), lambda case, _kind: timekeeping.resume(case, today, why=why, on=day))


def extend(
    case_id: arguments.CaseId,
    what: Annotated[str, argument(metavar="[WHAT]", help=_("the deadline: order.due, a rule or a step"))] = "",
    until: Annotated[str, option("--until", "-u", metavar="DATE", help=_("the new day"))] = "",
    longer: Annotated[str, option("--for", metavar="+N", help=_("so much longer: +5wd, +15d or +1m"))] = "",
    why: Why = "", override: options.Override = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Extend a deadline."""
    from srctl import timekeeping
    from srctl.cli import wizard
    from srctl.deadlines import deadlines
    from srctl.kinds import Extension
    from srctl.workspace import workspace

    desk = workspace()
    calendar, today, day_1 = desk.folder.calendar, desk.today, desk.folder.office.receipt_day_1
    command = Command('extend {} {} --until DATE --why "…"', case_id, what or "WHAT")
    by = _longer(until, longer, command)
    why = why or wizard.one(_("the reason"), command)

    def make(case: "Case", kind: "Kind") -> "Act":
        found, cap = deadlines(case, kind, calendar, today, day_1), kind.extension or Extension()
        return timekeeping.extend(case, found, what, by._replace(why=why, override=override), cap, calendar)

    do(case_id, as_, json, "", make)


def _longer(until: str, longer: str, command: str) -> "Longer":
    """Return the extension typed: a day, or a span; UsageError when it is neither or both."""
    from srctl.dates import parse_span
    from srctl.errors import UsageError
    from srctl.timekeeping import UNITS, Longer

    if bool(until) == bool(longer):
        raise UsageError(_("say until when, or for how much longer"), command)
    if until:
        return Longer(options.day(until))
    amount, unit = parse_span(longer)
    if amount < 1:
        raise UsageError(_("{text} is not a longer time").format(text=longer), command)
    return Longer(None, amount, UNITS[unit])


def escalate(
    case_id: arguments.CaseId,
    to: Annotated[
        str,
        option("--to", metavar="WHO", help=_("group (its head), head of office, or somebody by name"),
                     autocompletion=complete_superiors),
    ] = "group",
    ask: Annotated[str, option("--ask", "-a", help=_("what is to be decided"), callback=options.words)] = "",
    why: Why = "",
    by: Annotated[str, option("--by", metavar="DATE", help=_("until when the decision is needed"))] = "",
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Ask a superior to decide."""
    from srctl import timekeeping
    from srctl.cli import wizard
    from srctl.people import superiors
    from srctl.workspace import workspace

    command = Command('escalate {} --to {} --ask "…" --why "…"', case_id, to)
    desk, due = workspace(), options.day(by)
    ask = ask or wizard.one(_("what is to be decided"), command)
    why = why or wizard.one(_("the reason"), command)
    people = superiors(desk.folder.office)

    def make(case: "Case", kind: "Kind") -> "Act":
        from srctl.query import head_of

        return timekeeping.escalate(case, head_of(case, kind, desk.folder.office, to), ask, why, people, due=due)

    do(case_id, as_, json, _("decision asked for"), make)
