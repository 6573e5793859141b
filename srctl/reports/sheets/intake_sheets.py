"""What the registry puts on a matter that comes in: the stamp of receipt, the slip for whoever brings it.

The stamp has the running number of the register of papers received (ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๓๗ แบบที่ ๑๒, from
general knowledge of the regulation).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from srctl.core.dates import BANGKOK, thai_date
from srctl.core.errors import CommandLine, NotFound
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents.docx.content import Words
from srctl.model.case import Case, Entry
from srctl.model.definitions import Kind
from srctl.model.incoming_paper import IncomingPaper, incoming_papers, registered_at
from srctl.model.number_series import Numbering
from srctl.model.people import find_callee, name_of
from srctl.reports.incoming_registers import incoming_register, register_year
from srctl.reports.registers import RegisterContext
from srctl.reports.sheets.composing import SheetGround, SheetLook, compose_sheet, sheet_title, their_paper
from srctl.workflow.attached_files import attached_files


class Stamp(NamedTuple):
    """The words of a stamp of receipt; ``hour`` is "" where the paper was entered on a later day than it came."""

    office: str
    number: str
    day: str
    hour: str

    def lines(self) -> tuple[str, ...]:
        """The stamp as it stands on a screen."""
        return (
            self.office,
            _("receipt no. {number}").format(number=self.number),
            _("date {day}").format(day=self.day),
            _("time {hour}").format(hour=self.hour or "…"),
        )


def receipt_stamp(
    ground: SheetGround, entry: str, cases: Iterable[Case], kinds: Mapping[str, Kind], numbering: Numbering
) -> Stamp:
    """The stamp of the paper that brought the matter, or of a later one by the entry that logs it.

    ``cases`` are all of the office: the number counts through the register of the year.

    Raises:
        NotFound: no paper came (a spoken order, a call), or none with that entry.
    """
    case = ground.case
    came = next((p for p in incoming_papers(case) if (p.entry.id if p.entry else "") == entry), None)
    if came is None:
        known = ", ".join(p.entry.id for p in incoming_papers(case) if p.entry)
        message = _("{id}: no paper came that could be stamped").format(id=case.id)
        raise NotFound(message, known or CommandLine("receive {}", case.id))
    context = RegisterContext(ground.office, ground.directory, kinds, numbering)
    rows = incoming_register(cases, context, register_year(came)).rows()
    row = next((r for r in rows if r.case == case.id and r.entry == entry), None)
    if row is None:
        message = _("{id}: this paper was entered before, its number stands in the register").format(id=case.id)
        raise NotFound(message, CommandLine("register in"))
    return Stamp(ground.office.names.th, str(row.n), thai_date(came.on, "short", thai_digits=False), _hour(came))


def _hour(came: IncomingPaper) -> str:
    at = came.registered.astimezone(BANGKOK)
    return _clock(at) if at.date() == came.on else ""


def _clock(at: datetime) -> str:
    return f"{at:%H.%M} น."


def stamp_docx(ground: SheetGround, stamp: Stamp, size: str) -> bytes:
    """The stamp at the right upper corner of a sheet (``corner``), or on a label of its own (``label``).

    Raises:
        BadFile: there is no layout of that size, or it cannot be read.
    """
    layout = f"stamp-{size}"
    head = {"agency": stamp.office, "received_no": stamp.number, "day": stamp.day, "hour": stamp.hour}
    look = SheetLook(sheet_title(ground.templates, layout))
    return compose_sheet(
        ground.office, ground.templates, layout, look, Words(head, (), ""), ground.today, ground.case.id
    )


def receipt_docx(ground: SheetGround) -> bytes:
    """The slip for whoever brings a matter: what was received, when, by whom, and whom to ask. It is given to them.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    case, office = ground.case, ground.office
    entered = next((e for e in case.log if e.did == "receive"), None)
    at = registered_at(case).astimezone(BANGKOK)
    owner = office.coordinator(case.owner)
    group = office.group(owner.group) if owner else None
    phones = (owner.phone if owner else "", group.phone if group else "", *office.phones)
    receiver = office.coordinator(entered.who) if entered else owner
    hour = _clock(at) if entered and at.date() == case.received.on else ""
    head = {
        "agency": f"{office.names.th} {office.names.ministry}",
        "case_number": case.id,
        "day": thai_date(case.received.on),
        "at_hour": "เวลา" if hour else "",
        "hour": hour,
        "subject": case.subject,
        "brought_by": _brought_by(ground),
        "their_paper": their_paper(case),
        "enclosed": _enclosed(case, entered),
        "unit": group.label.th if group else office.names.th,
        "phone": next((phone for phone in phones if phone), ""),
        "email": office.email,
    }
    look = SheetLook(
        sheet_title(ground.templates, "receipt"),
        signer=name_of(office, entered.who if entered else case.owner),
        positions=((receiver.position,) if receiver and receiver.position else ()) + ("ผู้รับเรื่อง",),
    )
    words = Words(head, (), "")
    return compose_sheet(office, ground.templates, "receipt", look, words, ground.today, case.id)


def _brought_by(ground: SheetGround) -> str:
    """Who brought it, as they themselves said: the slip goes to them. Who wants no name given is not named."""
    case = ground.case
    who = case.complainant
    if who is not None and (who.anonymous or who.unnamed or not who.name):
        return "ไม่ประสงค์ออกนาม" if who.anonymous else ""
    if who is not None:
        return who.name
    callee = find_callee(ground.directory, case.received.from_)
    return callee.organisation.name if callee else case.received.from_


def _enclosed(case: Case, entered: Entry | None) -> str:
    """How many papers came with it, as filed on the day it was received."""
    n = sum(1 for one in attached_files(case) if not one.undone and entered and one.entry.id == entered.id)
    return f"{n} ฉบับ" if n else ""
