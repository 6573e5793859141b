"""The options commands share, their completion, and how typed words become values. Floor 4."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from srctl.cli.completion import complete_contacts, complete_groups, complete_ids, complete_kinds, complete_people
from srctl.cli.grammar import Context, argument, option
from srctl.i18n import _

if TYPE_CHECKING:
    from srctl.workspace import Workspace


def chosen(ctx: Context, typed: str) -> str:
    """Return the case typed; where none is and a person is there, they are asked for one, most urgent first."""
    if typed or ctx.resilient_parsing:
        return typed
    from srctl.cli import ask, wizard
    from srctl.workspace import is_interactive

    if not is_interactive():
        raise ask.missing("ID", f"{ctx.command_path} 42   (srctl list)")
    return wizard.open_case(closed=ctx.info_name == "reopen")


CaseId = Annotated[
    str,
    argument(
        metavar="ID",
        help=_("case: whole id, its beginning, or its number"),
        autocompletion=complete_ids,
        default_factory=str,
        show_default=False,
        callback=chosen,
    ),
]
OtherId = Annotated[str, argument(metavar="OTHER", help=_("the other case"), autocompletion=complete_ids)]
KindId = Annotated[str, argument(metavar="[KIND]", help=_("kind of matter"), autocompletion=complete_kinds)]
Who = Annotated[str, argument(metavar="WHO", help=_("coordinator"), autocompletion=complete_people)]
Backup = Annotated[str, option("--backup", help=_("backup coordinator"), autocompletion=complete_people)]
Whom = Annotated[str, argument(metavar="ORG/PERSON", help=_("whom"), autocompletion=complete_contacts)]
Kind = Annotated[str, option("--kind", "-k", help=_("kind of matter"), autocompletion=complete_kinds)]
Owner = Annotated[
    str,
    option("--owner", "-o", metavar="WHO", help=_("coordinator"), autocompletion=complete_people),
]
Group = Annotated[str, option("--group", "-g", help=_("group of the office"), autocompletion=complete_groups)]
Stage = Annotated[str, option("--stage", help=_("stage"))]
Json = Annotated[bool, option("--json", help=_("print JSON for programs"))]


def act_as(who: str) -> str:
    """Let ``--as`` behind the command mean the same as before it, before anything is asked."""
    from srctl.workspace import set_settings

    if who:
        set_settings(acting=who)
    return who


As = Annotated[
    str,
    option("--as", metavar="WHO", help=_("act as this coordinator"), autocompletion=complete_people,
                 callback=act_as),
]  # fmt: skip
AsOf = Annotated[str, option("--as-of", metavar="DATE", help=_("as it was recorded by the end of that day"))]
On = Annotated[str, option("--on", metavar="DATE", help=_("the day it happened"))]


def day(
    text: str, *, working_days: bool = True, desk: "Workspace | None" = None, since: date | None = None
) -> date | None:  # fmt: skip
    """Return the date ``text`` means on the day of ``desk``, else today (None for no text).

    A span (``+3wd``) is counted from ``since`` when one is given. UsageError says what is wrong with the text.
    """
    if not text:
        return None
    from srctl.dates import parse_date
    from srctl.workspace import workspace

    desk = desk or workspace()
    calendar = desk.folder.calendar if working_days and ("wd" in text.lower() or "วันทำการ" in text) else None
    return parse_date(text, since if since and text.strip()[:1] in "+-" else desk.today, calendar)


def words(text: str) -> str:
    """Return typed free text as it is stored: Thai repaired, invisible control characters taken out and told."""
    from srctl.thai import clean, printable, unsafe_characters

    unsafe = unsafe_characters(text.replace("\r\n", "\n"))
    if unsafe:
        from srctl.cli import view

        names = ", ".join(sorted({name for _offset, name in unsafe}))
        view.say(_("taken out: {n} invisible characters ({names})").format(n=len(unsafe), names=names))
    return clean(printable(text)).strip()


def one_line(text: str) -> str:
    """Return typed text as a single line (a subject, a name)."""
    return " ".join(words(text).split())


def lines(texts: list[str] | None) -> list[str]:
    """Return texts typed one by one, those left out of which nothing is left."""
    return [text for text in map(words, texts or ()) if text]


# Free text is cleaned at the door (callback=words): what is blank after that was not given.
Override = Annotated[
    str,
    option("--override", metavar="WHY", help=_("pass the gate, with the reason"), callback=words),
]
