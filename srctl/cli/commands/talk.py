"""`srctl contact`: a call, letter, LINE or visit, with whomever, and all it settled, promised and led to."""

from typing import Annotated

from srctl.cli import arguments, days, options
from srctl.cli.acting import do
from srctl.cli.parser import App, option
from srctl.core.i18n import _
from srctl.model.labels import OUTGOING


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("contact", help=_("Log a call, letter, LINE or visit: with whom, said, agreed, promised."))(log_contact)


Ids = list[str] | None


def log_contact(
    case_id: arguments.CaseId,
    with_: arguments.Whom = "",
    by: Annotated[str, option("--by", "-b", help=_("channel: {channels}").format(channels=" ".join(OUTGOING)))] = "",
    said: Annotated[str, option("--said", "-s", help=_("what was said"), callback=options.words)] = "",
    agreed: Annotated[str, option("--agreed", help=_("what was agreed"), callback=options.words)] = "",
    they: Annotated[
        Ids, option("--they-promise", metavar="WHAT", help=_("what they promised, repeatable: WHAT | DATE"))
    ] = None,
    we: Annotated[
        Ids, option("--we-promise", metavar="WHAT", help=_("what we promised, repeatable: WHAT | DATE"))
    ] = None,
    until: Annotated[str, option("--until", "-u", metavar="DATE", help=_("until when it is promised"))] = "",
    done: Annotated[Ids, option("--done", metavar="STEP", help=_("planned step done by this, repeatable"))] = None,
    keeps: Annotated[Ids, option("--keeps", help=_("promise kept by this (entry id)"))] = None,
    reply: Annotated[str, option("--reply", metavar="PAPER", help=_("the paper this answered"))] = "",
    refers: Annotated[
        str, option("--refers", metavar="WHOM", help=_("whom to speak with next"), callback=options.one_line)
    ] = "",
    name: Annotated[str, option("--name", help=_("name of somebody in no directory"), callback=options.one_line)] = "",
    phone: Annotated[str, option("--phone", help=_("their telephone"), callback=options.one_line)] = "",
    instead: Annotated[
        Ids, option("--instead", help=_("broken promise this one takes the place of (entry id)"))
    ] = None,
    chases: Annotated[Ids, option("--chases", help=_("promise this reminds of (entry id)"))] = None,
    on: options.On = "", _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Log a contact."""
    from srctl.cli import talking

    typed = talking.TypedTalk(
        options.one_line(with_), name, phone, options.choice(by, "channel"), said, agreed,
        talking.promises_typed(they, we, until), tuple(done or ()), tuple(keeps or ()), reply, refers,
        tuple(instead or ()), tuple(chases or ()),
    )  # fmt: skip
    asked = talking.complete(case_id, typed)
    day = days.day(on)
    case = do(case_id, as_, json, _("contact logged"), lambda case, _kind: talking.act_of(case, asked, day))
    if asked.at_prompts and not json:
        talking.offer_directory(case, asked)
