"""Days typed on the command line: read, asked about where one is doubtful, shown with weekday and distance.

What makes a day doubtful is judged by :mod:`srctl.core.named_days`; a person at the terminal is asked whether it is
meant, a script is refused unless it says ``--sure`` (or ``--anyway``).
"""

from datetime import date
from typing import TYPE_CHECKING

from srctl.cli import options, view
from srctl.core.errors import Refused
from srctl.core.i18n import _, language
from srctl.core.named_days import Doubt, NamedDay, Role, doubt, workdays_from

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace

Typed = str | NamedDay  # as typed; or read already, at a prompt


def read(text: str, since: date | None = None, workspace: "Workspace | None" = None) -> NamedDay:
    """The day ``text`` names, with how it was counted when it was typed in working days; no day for no text."""
    from srctl.core.dates import workdays_typed
    from srctl.index.workspace import current_workspace

    workspace = workspace or current_workspace()
    amount = workdays_typed(text)
    if amount is not None:
        return workdays_from(since or workspace.today, amount, workspace.folder.calendar)
    return NamedDay(options.parse_day(text, workspace=workspace, since=since))


def named(
    typed: Typed, role: Role, *, since: date | None = None, first: date | None = None,
    workspace: "Workspace | None" = None,
) -> NamedDay:  # fmt: skip
    """The day typed for that role, asked about when it is doubtful; working days are counted from ``since``.

    A day before ``first``, the day of receipt, is left to the check that refuses it
    (:mod:`srctl.workflow.case_validation`).

    Raises:
        UsageError: it is no day. Refused: it is doubtful, and nobody can be asked. Abort: it was not meant.
    """
    if not isinstance(typed, str):
        return typed
    day = read(typed, since, workspace)
    if not (day.on and first and day.on < first):
        accept(day.on, role, workspace, typed)
    return day


def day(typed: Typed, role: Role = "record", workspace: "Workspace | None" = None) -> date | None:
    """:func:`named`, where it does not matter how it was counted."""
    return named(typed, role, workspace=workspace).on


def ask(
    label: str, role: Role = "deadline", *, required: bool = False, since: date | None = None,
    first: date | None = None, note: str = "", back: bool = False,
) -> NamedDay:  # fmt: skip
    """Ask for a date in any of the usual ways until it is one; show how it was understood.

    Whether a doubtful one is meant is asked at once; one before ``first``, the day of receipt, is not taken. No day
    (``on`` is None) where none was typed. ``note`` and ``back`` are as for :func:`srctl.cli.prompts.text`.
    """
    from srctl.cli import prompts

    typed = ""
    while True:
        typed = prompts.text(
            label, required=required, check=lambda text: read(text, since), note=note, typed=typed, back=back
        )
        day = read(typed, since)
        if day.on is None:
            return day
        view.show_hint("  → ", in_words(day.on, role))
        if first and day.on < first:
            words = _("it was received on {day}: please type that day or a later one")
            view.say(words.format(day=view.day_text(first)))
            continue
        if _is_sure(day.on, role):
            return day


def confirms_day(day: date, role: Role) -> bool:
    """Show how a day typed at a prompt was understood, and ask whether it is meant where it is doubtful."""
    view.show_hint("  → ", in_words(day, role))
    return _is_sure(day, role)


def _is_sure(day: date, role: Role) -> bool:
    from srctl.cli import prompts
    from srctl.index.workspace import settings

    why = doubt_about(day, role)
    return not why or settings().sure or prompts.yes(_question(why.said), default=False)


def accept(day: date | None, role: Role, workspace: "Workspace | None" = None, typed: str = "") -> None:
    """Go on with ``day`` when nothing speaks against it, or somebody says that it is meant; raises as :func:`named`."""
    why = doubt_about(day, role, workspace) if day else None
    if day and why:
        insist(why.said, _next_workday(day, workspace) if why.off else _of_this_week(typed))


def doubt_about(day: date, role: Role, workspace: "Workspace | None" = None) -> Doubt | None:
    """What speaks against the day, None when nothing does."""
    from srctl.index.workspace import current_workspace

    workspace = workspace or current_workspace()
    return doubt(day, role, workspace.today, workspace.folder.calendar)


def insist(why: str, hint: str = "") -> None:
    """Go on although ``why`` speaks against it, when ``--sure`` was typed or the person says so.

    Raises:
        Refused, Abort: as :func:`named`.
    """
    from srctl.index.workspace import is_interactive, settings

    if settings().sure:
        return
    if is_interactive():
        from srctl.cli import prompts
        from srctl.cli.parser import Abort

        if not prompts.yes(_question(why), default=False):
            raise Abort
        return
    raise Refused(why, hint or _insistence())


def _question(why: str) -> str:
    """The question whether a day is meant although ``why`` speaks against it."""
    return _("{why}. Is that meant?").format(why=why)


# -- words --------------------------------------------------------------------------------------------


def in_words(day: date, role: Role = "deadline", workspace: "Workspace | None" = None) -> str:
    """A day with its weekday, how many working days away it is, and whether the office works on it."""
    from srctl.core.dates import weekday_name
    from srctl.deadlines.obligations import section
    from srctl.index.workspace import current_workspace
    from srctl.model.labels import lateness

    workspace = workspace or current_workspace()
    calendar, when = workspace.folder.calendar, section(day, workspace.today)
    late = calendar.workdays_between(day, workspace.today)
    ago = role != "deadline" and when == "late"
    far = lateness(late, when)
    if ago:
        far = _("{n} wd ago").format(n=late) if late else _("no working day since")
    words = f"{weekday_name(day, language())} {view.day_text(day)} ({far})"
    if role in ("deadline", "event") and not calendar.is_workday(day):
        words += " · " + _("not a working day")
        words += f": {calendar.holiday_name(day)}" if calendar.holiday_name(day) else ""
    return words


def _of_this_week(typed: str) -> str:
    """The hint for "this Monday" on a Friday, which is past; "" for a day typed in another way."""
    words = typed.strip()
    shorter = words.removesuffix("นี้").removeprefix("this").strip()
    if shorter == words or shorter in ("วัน", "มะรืน", "วันมะรืน", "เมื่อวาน"):
        return ""
    hint = _("{typed} is the day of this week; the coming one is: {coming}").format(typed=words, coming=shorter)
    return hint + "\n" + _insistence()


def _insistence() -> str:
    return _("check the day and the year; if it is meant, add: --sure")


def _next_workday(day: date, workspace: "Workspace | None") -> str:
    """The hint for a day the office does not work on: the day after it on which it does."""
    from srctl.index.workspace import current_workspace

    workspace = workspace or current_workspace()
    following = in_words(workspace.folder.calendar.next_workday(day), workspace=workspace)
    return _("the next working day is {day}; if the day off is meant, add: --sure").format(day=following)
