"""What one person keeps in view of a case: reminders to themself, and matters of others they watch. Pure.

Neither is work of the office: nothing of it falls due for anybody else, is late, or moves the case.
"""

from datetime import date
from functools import partial

from srctl.core.dates import show_date
from srctl.core.errors import CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Entry
from srctl.workflow.actions import Act, require_open


class Reminder(NamedTuple):
    """A reminder not done yet: the entry (``ref``), whose it is, of what, from which day on it is shown."""

    ref: str
    who: str
    text: str
    day: date


def reminders(case: Case) -> tuple[Reminder, ...]:
    """The reminders that are not done, in the order they were made."""
    entries = case.happened()
    done = {entry.of for entry in entries if entry.did == "reminded"}
    return tuple(
        Reminder(entry.id, entry.who, entry.text, entry.until)
        for entry in entries
        if entry.did == "remind" and entry.until and entry.id not in done
    )


def watchers(case: Case) -> tuple[str, ...]:
    """The people who watch the case, in the order they began."""
    found: dict[str, None] = {}
    for entry in case.happened():
        if entry.did == "watch":
            found[entry.who] = None
        elif entry.did == "unwatch":
            found.pop(entry.who, None)
    return tuple(found)


def set_reminder(case: Case, day: date, text: str) -> Act:
    """Remind whoever acts of ``text`` from ``day`` on, until it is done."""
    require_open(case)
    if not text:
        raise UsageError(_("say of what you are to be reminded"), CommandLine('remind {} DAY "…"', case.id))
    sentence = _("reminder for {day}").format(day=show_date(day, language()))
    return Act("remind", sentence, entry=partial(Entry, text=text, until=day), onward=False)


def end_reminder(case: Case, who: str, ref: str = "") -> Act:
    """Take a reminder of ``who`` as done: the one named, else the only one.

    Raises:
        NotFound: none of theirs, none of that id, or several and none named (they are listed).
    """
    own = [each for each in reminders(case) if each.who == who]
    named = [each for each in own if ref in ("", each.ref)]
    if len(named) != 1:
        message = _("you have no such reminder in {id}") if not named else _("you have several reminders: say which")
        listed = "\n".join(f"{CommandLine('remind {} --done {}', case.id, each.ref)}  {each.text}" for each in own)
        raise NotFound(message.format(id=case.id), listed or CommandLine("show {}", case.id))
    return Act("reminded", _("reminder done"), entry=partial(Entry, of=named[0].ref), onward=False)


def watch(case: Case, who: str) -> Act:
    """Show the case in the day of ``who`` too, whose it is not."""
    require_open(case)
    if who == case.owner:
        raise Refused(_("{id} is in your day already: you own it").format(id=case.id), CommandLine("today"))
    if who in watchers(case):
        raise Refused(_("you watch {id} already").format(id=case.id), CommandLine("unwatch {}", case.id))
    return Act("watch", _("watched by {who}").format(who=who), onward=False)


def unwatch(case: Case, who: str) -> Act:
    """Take the case out of the day of ``who`` again."""
    if who not in watchers(case):
        raise Refused(_("you do not watch {id}").format(id=case.id), CommandLine("watch {}", case.id))
    return Act("unwatch", _("no longer watched by {who}").format(who=who), onward=False)
