"""The options commands share, their completion, and how typed words become values."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import names
from srctl.cli.completion import complete_groups, complete_kinds, complete_people
from srctl.cli.parser import option
from srctl.core.errors import UsageError
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srctl.core.periods import Period
    from srctl.index.workspace import Workspace
    from srctl.office.attachments import Given


Backup = Annotated[
    str, option("--backup", help=_("backup coordinator"), autocompletion=complete_people, callback=names.coordinator_id)
]
Kind = Annotated[
    str, option("--kind", "-k", help=_("kind of matter"), autocompletion=complete_kinds, callback=names.kind_id)
]
Owner = Annotated[
    str,
    option(
        "--owner", "-o", metavar="WHO", help=_("coordinator"), autocompletion=complete_people, callback=names.staff_id
    ),
]
Group = Annotated[
    str, option("--group", "-g", help=_("group of the office"), autocompletion=complete_groups, callback=names.group_id)
]
Stage = Annotated[str, option("--stage", help=_("stage"), callback=names.stage_code)]
Scans = Annotated[
    list[Path] | None,
    option("--file", "-f", metavar="FILE", help=_("file that came in, repeatable: pdf jpg docx xlsx eml zip …")),
]
Json = Annotated[bool, option("--json", help=_("print JSON for programs"))]

Short = Annotated[bool, option("--short", help=_("a line a matter, no more than a screen"))]

Event = Annotated[
    str,
    option(
        "--event", metavar="PERIOD", help=_("whose event takes place then: today, this week, this month, 11/2569, A..B")
    ),
]


def act_as(who: str) -> str:
    """Apply ``--as`` typed after the command as if it stood before it, before anything is asked."""
    from srctl.index.workspace import set_settings

    if who:
        set_settings(acting=who)
    return who


Quiet = Annotated[bool, option("--quiet", "-q", help=_("ids only, one a line, for another command"))]


As = Annotated[
    str,
    option("--as", metavar="WHO", help=_("act as this coordinator"), autocompletion=complete_people,
                 callback=act_as),
]  # fmt: skip


def be_sure(sure: bool) -> bool:
    """Apply ``--sure``: no day is asked about (:mod:`srctl.cli.days`)."""
    from srctl.index.workspace import set_settings

    if sure:
        set_settings(sure=True)
    return sure


Sure = Annotated[
    bool,
    option("--sure", "--anyway", help=_("the days are meant, though past, far away or a day off"), callback=be_sure),
]
SureOfDays = Annotated[  # beside LetGo, whose --anyway asks why
    bool, option("--sure", help=_("the days are meant, though past, far away or a day off"), callback=be_sure)
]
Settles = Annotated[
    list[str] | None,
    option("--settles", metavar="IDS", help=_("steps and promises it was for, e.g. s8,a5; - for none")),
]
AsOf = Annotated[str, option("--as-of", metavar="DATE", help=_("as it was recorded by the end of that day"))]
On = Annotated[str, option("--on", metavar="DATE", help=_("the day it happened"))]


def refuse_both(one: object, name: str, other: object, its_name: str) -> None:
    """Refuse two options that exclude one another, where both were given."""
    if one and other:
        raise UsageError(_("{one} and {other} cannot be given at once").format(one=name, other=its_name))


def parse_day(
    text: str, *, working_days: bool = True, workspace: "Workspace | None" = None, since: date | None = None
) -> date | None:  # fmt: skip
    """Return the date ``text`` means on the day of ``workspace``, else today (None for no text).

    A span (``+3wd``) is counted from ``since`` when one is given. UsageError when the text means no day.
    """
    if not text:
        return None
    from srctl.core.dates import parse_date
    from srctl.index.workspace import current_workspace

    workspace = workspace or current_workspace()
    calendar = workspace.folder.calendar if working_days and ("wd" in text.lower() or "วันทำการ" in text) else None
    return parse_date(text, since if since and text.strip()[:1] in "+-" else workspace.today, calendar)


def period(text: str, workspace: "Workspace") -> "Period | None":
    """The period ``text`` means on the day of ``workspace``, None for no text; UsageError when it means none."""
    if not text:
        return None
    from srctl.core.periods import parse_period

    return parse_period(text, workspace.today)


def words(text: str) -> str:
    """Return typed free text as it is stored: Thai repaired, invisible control characters removed and reported."""
    from srctl.core.thai import clean, printable, unsafe_characters

    unsafe = unsafe_characters(text.replace("\r\n", "\n"))
    if unsafe:
        from srctl.cli import view

        names = ", ".join(sorted({name for _offset, name in unsafe}))
        message = ngettext(
            "taken out: {n} invisible character ({names})", "taken out: {n} invisible characters ({names})", len(unsafe)
        )
        view.say(message.format(n=len(unsafe), names=names))
    return clean(printable(text)).strip()


def one_line(text: str) -> str:
    """Return typed text as a single line (a subject, a name)."""
    return " ".join(words(text).split())


def lines(texts: list[str] | None) -> list[str]:
    """Return the texts typed one by one, cleaned, without those that are empty."""
    return [text for text in map(words, texts or ()) if text]


def choice(text: str, what: str) -> str:
    """Return a code of the model, typed as code or as its word; UsageError, which lists them, otherwise."""
    from srctl.model.case import SECRECIES, URGENCIES
    from srctl.model.labels import CHANNELS, channel_word, secrecy_word, settling_word, urgency_word

    if not text:
        return ""
    codes, word, label = {
        "channel": (CHANNELS, channel_word, _("channel")),
        "urgency": (URGENCIES, urgency_word, _("urgency")),
        "secrecy": (SECRECIES, secrecy_word, _("secrecy")),
        "changes": (("accept", "reject"), settling_word, _("tracked changes")),
        "hidden": (("drop", "show"), settling_word, _("hidden text")),
    }[what]
    if text in codes:
        return text
    from srctl.core.name_matching import Known, matching

    known = [Known(code, (word(code) or code,)) for code in codes]
    found = matching(text, known)
    if len(found) == 1:
        return found[0].id
    raise UsageError(_("{text} is not known as {what}").format(text=text, what=label),
                     " · ".join(one.shown() for one in found or known))  # fmt: skip


def typed_file(file: Path) -> Path:
    """The path of a file typed: from the shell's directory, else from the folder worked in, else from the office."""
    from srctl.index.workspace import current_workspace, folder_here

    first = file.absolute()
    if first.is_file():
        return first
    return next(
        (place for place in (folder_here() / file, current_workspace().folder.root / file) if place.is_file()), first
    )


def read_scans(files: "Sequence[Path] | None") -> "tuple[Given, ...]":
    """The files typed, read and let in; behind a mail what was attached to it."""
    if not files:
        return ()
    from srctl.index.workspace import current_workspace
    from srctl.papers.incoming_files import read_handed_in

    limit = current_workspace().folder.office.largest_file
    return tuple(one for file in files for one in read_handed_in(typed_file(file), limit))


LetGo = Annotated[
    str,
    option("--anyway", "--override", metavar="WHY", callback=words,
           help=_("let a paper go in spite of its faults, a name in it, or its secrecy, with the reason")),
]  # fmt: skip
# Free text is cleaned at the door (callback=words): what is blank after that was not given.
Override = Annotated[
    str,
    option("--override", metavar="WHY", help=_("pass the gate, with the reason"), callback=words),
]
