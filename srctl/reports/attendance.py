"""Name cards and the sign-in sheet of an event as Word files. Reads only.

They are laid out by ``templates/layouts/name-card.yaml`` and ``sign-in.yaml``; the same answers give the same bytes.
"""

from collections.abc import Iterator
from pathlib import Path

from srctl.core.date_spans import Days, on_thai_days, show_days
from srctl.core.i18n import _, language
from srctl.documents.docx.content import Block, Words
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.engagement import event_of
from srctl.model.people import Directory, Office
from srctl.model.redaction import redactor
from srctl.reports.sheets.composing import SheetLook, compose_sheet
from srctl.views.engagement_views import hours_words
from srctl.workflow.invitees import Guest, guest_of, invitees

SPARE_ROWS = 5  # of the sign-in sheet, for those who come uninvited


def guests(case: Case, directory: Directory) -> list[Guest]:
    """Who is to be expected: all invited but those who said that they do not come, or who comes for them."""
    return [guest_of(each, directory) for each in invitees(case) if each.answer != "absent"]


def name_cards(case: Case, kind: Kind, office: Office, directory: Directory, templates: Path) -> bytes:
    """A name card a page, to be folded in the middle.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    blocks = [block for guest in guests(case, directory)
              for block in (Block("heading", guest.name), Block("plain", guest.place))]  # fmt: skip
    return _composed(case, kind, office, templates, "name-card", _("Name cards"), {}, blocks)


def sign_in_sheet(case: Case, kind: Kind, office: Office, directory: Directory, templates: Path) -> bytes:
    """The sheet everybody signs on coming, with some rows for those not invited.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    title = _("Sign-in sheet")
    head = {"title": title, "subject": redactor(case, kind)(case.subject), "when": _when(case, kind)}
    return _composed(case, kind, office, templates, "sign-in", title, head, [*_rows(guests(case, directory))])


def _rows(found: list[Guest]) -> Iterator[Block]:
    headings = (_("no."), _("name and surname"), _("position or office"), _("signature of who comes"), _("remarks"))
    yield Block("columns", "", cells=headings)
    for number, guest in enumerate(found, 1):
        yield Block("row", "", cells=(str(number), guest.name, guest.place, "", ""))
    for number in range(len(found) + 1, len(found) + 1 + SPARE_ROWS):
        yield Block("row", "", cells=(str(number), "", "", "", ""))


def _when(case: Case, kind: Kind) -> str:
    """Day, hours and place of the event, as a head of a paper has them."""
    event = event_of(case, kind)
    if event is None:
        return ""
    days = Days(event.day, event.until)
    day = on_thai_days(days).removeprefix("ใน") if language() == "th" else show_days(days, "en")
    hours = hours_words(event.begin, event.end)
    if language() == "th":
        return " ".join(filter(None, (day, hours and f"เวลา {hours}", event.place and f"ณ {event.place}")))
    return ", ".join(filter(None, (day, hours, event.place)))


def _composed(
    case: Case, kind: Kind, office: Office, templates: Path, layout_name: str, title: str, head: dict[str, str],
    blocks: list[Block],
) -> bytes:  # fmt: skip
    event = event_of(case, kind)
    words, today = Words(head, tuple(blocks), ""), event.day if event else case.received.on
    return compose_sheet(office, templates, layout_name, SheetLook(title), words, today, case.id)
