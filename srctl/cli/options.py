"""The options commands share, their completion, and how typed words become values. Floor 4."""

from datetime import date
from typing import Annotated

import typer

from srctl.i18n import _


def complete_ids(incomplete: str) -> list[tuple[str, str]]:
    """Return the open case ids that begin so, with their subjects."""
    from srctl.cli.context import Desk
    from srctl.errors import SrctlError
    from srctl.workflow import is_closed

    try:
        desk = Desk()
        paths = desk.folder.case_paths()
        wanted = {i: p for i, p in paths.items() if i.startswith(incomplete.upper())}
        files = [desk.folder.read_case(p) for p in list(wanted.values())[-200:]]
        return [(f.id, f.case.subject if f.case else "") for f in files if not f.case or not is_closed(f.case)]
    except (SrctlError, OSError):
        return []


def complete_people(incomplete: str) -> list[tuple[str, str]]:
    """Return the coordinators whose id or name begins so."""
    from srctl.cli.context import Desk
    from srctl.errors import SrctlError
    from srctl.thai import fold

    try:
        people = Desk().folder.office.coordinators
    except (SrctlError, OSError):
        return []
    begun = fold(incomplete)
    return [(c.id, c.name) for c in people if c.id.startswith(begun) or begun in fold(c.name)]


def complete_contacts(incomplete: str) -> list[tuple[str, str]]:
    """Return the organisations, and after the slash their people."""
    from srctl.cli.context import Desk
    from srctl.errors import SrctlError

    try:
        directory = Desk().folder.directory.readable()
    except (SrctlError, OSError):
        return []
    found = [(key, organisation.name) for key, organisation in directory.items()]
    found += [(f"{key}/{p.id}", p.name) for key, o in directory.items() for p in o.people]
    return [(reference, name) for reference, name in found if reference.startswith(incomplete)]


def complete_kinds(incomplete: str) -> list[tuple[str, str]]:
    """Return the kinds of matter."""
    from srctl.cli.context import Desk
    from srctl.errors import SrctlError
    from srctl.i18n import language

    try:
        kinds = Desk().folder.kinds.readable()
    except (SrctlError, OSError):
        return []
    return [(key, kind.label.in_(language())) for key, kind in kinds.items() if key.startswith(incomplete)]


CaseId = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help=_("case: whole id, its beginning, or its number"),
        autocompletion=complete_ids,
    ),
]
OtherId = Annotated[str, typer.Argument(metavar="OTHER", help=_("the other case"), autocompletion=complete_ids)]
KindId = Annotated[str, typer.Argument(metavar="[KIND]", help=_("kind of matter"), autocompletion=complete_kinds)]
Who = Annotated[str, typer.Argument(metavar="WHO", help=_("coordinator"), autocompletion=complete_people)]
Backup = Annotated[str, typer.Option("--backup", help=_("backup coordinator"), autocompletion=complete_people)]
Whom = Annotated[str, typer.Argument(metavar="ORG/PERSON", help=_("whom"), autocompletion=complete_contacts)]
Kind = Annotated[str, typer.Option("--kind", "-k", help=_("kind of matter"), autocompletion=complete_kinds)]
Owner = Annotated[
    str,
    typer.Option("--owner", "-o", metavar="WHO", help=_("coordinator"), autocompletion=complete_people),
]
Group = Annotated[str, typer.Option("--group", "-g", help=_("group of the office"))]
Stage = Annotated[str, typer.Option("--stage", help=_("stage"))]
Json = Annotated[bool, typer.Option("--json", help=_("print JSON for programs"))]
As = Annotated[
    str,
    typer.Option("--as", metavar="WHO", help=_("act as this coordinator"), autocompletion=complete_people),
]
On = Annotated[str, typer.Option("--on", metavar="DATE", help=_("the day it happened"))]


def act_as(who: str) -> None:
    """Let ``--as`` behind the command mean the same as before it."""
    from srctl.cli.context import set_settings

    if who:
        set_settings(acting=who)


def day(text: str, *, working_days: bool = True) -> date | None:
    """Return the date ``text`` means today (None for no text); UsageError says what is wrong with it."""
    if not text:
        return None
    from srctl.cli.context import Desk
    from srctl.dates import parse_date

    desk = Desk()
    calendar = desk.folder.calendar if working_days and "wd" in text.lower() else None
    return parse_date(text, desk.today, calendar)


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
    typer.Option("--override", metavar="WHY", help=_("pass the gate, with the reason"), callback=words),
]
