"""Whom a wording is written for: one that speaks to the complainant goes to nobody else, and the reverse. Pure.

"ท่านได้ร้องเรียน…" is untrue to a governor, and a letter to the complainant may name them.
"""

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, language
from srctl.model.case import Case
from srctl.model.people import Directory, sender_name
from srctl.papers.addressees import Addressee
from srctl.papers.wordings import Template
from srctl.workflow.paper_state import COMPLAINANT

OTHERS = "others"


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
