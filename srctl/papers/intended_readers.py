"""Whom and which matter a wording is written for. Pure.

"ท่านได้ร้องเรียน…" is untrue to a governor, a letter to the complainant may name them, and a matter nobody
complained in is no เรื่องร้องเรียน.
"""

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, language
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.people import Directory, sender_name
from srctl.papers.addressees import Addressee
from srctl.papers.wordings import Template
from srctl.workflow.paper_state import COMPLAINANT

OTHERS = "others"


def refuse_unlike(template: Template, case: Case, kind: Kind, to: str) -> None:
    """Refuse a matter that the wording is not for, with the wording that fits it.

    Raises:
        Refused: the wording is of what the public brought, and the case is of another kind.
    """
    form = template.form
    if not form.otherwise or kind.complainant:
        return
    message = _("{paper}: {id} is {kind}, which nobody of the public brought").format(
        paper=form.label.in_(language()), id=case.id, kind=kind.label.in_(language())
    )
    command = CommandLine("letter {} {}", case.id, form.otherwise)
    raise Refused(message, command.plus("--to {}", to) if to else command)


def refuse_unintended(template: Template, case: Case, directory: Directory, whom: Addressee | None) -> None:
    """Refuse an addressee the wording is not for, with the wording that fits them.

    Raises:
        Refused: the wording speaks to whoever complained and they did not, or of the complainant to themself.
    """
    form = template.form
    if whom is None or not form.for_whom:
        return
    label = form.label.in_(language())
    if form.for_whom == COMPLAINANT and not _complained(case, directory, whom):
        message = _("{paper}: only for whoever complained, and {name} did not").format(paper=label, name=whom.name)
    elif form.for_whom == OTHERS and whom.reference == COMPLAINANT:
        message = _("{paper}: it tells others of the complainant, and is not for them").format(paper=label)
    else:
        return
    hint = CommandLine("letter {} {} --to {}", case.id, form.instead, whom.reference) if form.instead else ""
    raise Refused(message, hint or CommandLine("papers"))


def _complained(case: Case, directory: Directory, whom: Addressee) -> bool:
    """Whether the addressee is who brought the matter: the complainant, or the agency it came from."""
    brought = sender_name(directory, case.received.from_)
    return whom.reference == COMPLAINANT or bool(brought and brought in (whom.organisation, whom.short, whom.person))
