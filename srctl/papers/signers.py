"""Who signs a paper: the signer of its wording, whoever was asked for, or whoever acts for them that day. Pure.

Under the name stands the signer's own position, then the words of the acting and the position acted for
(ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖; พ.ร.บ. ระเบียบบริหารราชการแผ่นดิน พ.ศ. ๒๕๓๔). Neither text was at hand when this was written:
it is common practice, which the office compares with both.
"""

from collections.abc import Iterator
from datetime import date

from srctl.core.dates import show_date
from srctl.core.errors import Refused, UsageError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.model.people import DELEGATED, Acting, Office, Signer, Speaks, name_of
from srctl.model.voices import voice_of
from srctl.papers.wordings import Template, refuse


class Signing(NamedTuple):
    """Who signs, as it is printed, and the id of whom they act for ("" for nobody)."""

    signer: Signer
    acting: str = ""


def signer_of(template: Template, office: Office, wanted: str = "") -> Signer:
    """The signer asked for (UsageError when unknown), else the wording's (BadFile when unknown)."""
    signer = office.signer(wanted or template.form.signer)
    if signer is not None:
        return signer
    message = _("nobody signs as {signer}").format(signer=wanted or template.form.signer)
    known = dict.fromkeys((*(s.id for s in office.signers), *(row.by for row in office.acting)))
    hint = _("signers in office.yaml: {names}").format(names=", ".join(known))
    if wanted:
        raise UsageError(message, hint)
    return refuse(template.source.path, template.source.line(("signer",)), "signer", message, hint)


def who_signs(template: Template, office: Office, wanted: str, acting: str, day: date) -> Signing:
    """Who signs a paper drafted on ``day``: ``wanted``, acting for ``acting``; with neither the wording's signer.

    Where somebody acts for that signer on the day, they sign, unless the signer was asked for by name; whoever only
    has powers delegated to them signs when asked for.

    Raises:
        UsageError: nobody is so called. BadFile: the wording's own signer is not in the office.
        Refused: nobody, or not ``wanted``, acts for ``acting`` on the day.
    """
    usual, rows = template.form.signer, [row for row in in_force(office, day) if wanted in ("", row.by)]
    if not (wanted or acting):
        rows = [row for row in rows if row.as_ != DELEGATED]
    for row in rows:
        if row.for_ == (acting or usual) or (wanted and not acting and office.signer(wanted) is None):
            printed = acting_signer(office, row)
            if printed:
                return Signing(printed, row.for_)
    if acting:
        raise _not_acting(office, wanted, acting, day)
    return Signing(signer_of(template, office, wanted))


def in_force(office: Office, day: date) -> Iterator[Acting]:
    """The orders by which somebody acts for another on ``day``."""
    return (row for row in office.acting if row.holds(day))


def acting_signer(office: Office, row: Acting) -> Signer | None:
    """Whoever acts by the order, as they are printed and speaking for whom they act; None where one is nobody."""
    chief, own = office.signer(row.for_), office.signer(row.by)
    person = office.coordinator(row.by)
    if own is None and person is not None:
        own = Signer(person.id, person.name, (person.position,) if person.position else ())
    if chief is None or own is None:
        return None
    voice = voice_of(office, chief)
    instead = f"{row.as_} {chief.positions[0]}" if chief.positions else row.as_
    return own._replace(
        positions=(*own.positions, instead), speaks=Speaks(voice.name, voice.full, voice.letter_prefix)
    )  # fmt: skip


def refuse_lapsed(office: Office, signer: str, acting: str, day: date) -> None:
    """Refuse a signature on a day on which the signer of the paper does not act for whom the paper says they do."""
    if not acting or any(row.by == signer and row.for_ == acting for row in in_force(office, day)):
        return
    raise _not_acting(office, signer, acting, day)


def _not_acting(office: Office, who: str, acting: str, day: date) -> Refused:
    message = _("{name} does not act for {other} on {day}") if who else _("nobody acts for {other} on {day}")
    other, on = name_of(office, acting), show_date(day, language())
    return Refused(
        message.format(name=name_of(office, who), other=other, day=on),
        _("draft it anew, or enter the order under acting: in office.yaml"),
    )
