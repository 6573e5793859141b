"""Envelopes and labels for the addressees of papers: each on a page, or in a label, of its own.

A secret paper goes in two: the inner one bears the mark, the outer one bears none (ระเบียบว่าด้วยการรักษาความลับของทางราชการ
พ.ศ. ๒๕๔๔, from general knowledge: its text was not at hand).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from srctl.core.errors import CommandLine, Refused, SrctlError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.documents.docx.content import Words
from srctl.model.case import Case
from srctl.model.labels import whom_word
from srctl.model.people import Directory, find_callee
from srctl.papers.addressees import Addressee, addressee
from srctl.papers.wordings import read_salutations
from srctl.reports.sheets.composing import SheetGround, SheetLook, compose_sheet, layout_of, sheet_title
from srctl.workflow.paper_state import COMPLAINANT, MINISTER, Paper, named_paper, papers_of

_POSTCODE = re.compile(r"\s*([0-9]{5})\s*$", re.ASCII)
_DISTRICT = re.compile(r" (?=(?:อำเภอ|กิ่งอำเภอ|อ\.|เขต(?!พื้นที่)))")
_Asked = Sequence[tuple[SheetGround, Sequence[str]]]


class AddressedPaper(NamedTuple):
    """One addressee as an envelope has them; ``marks`` is false for the outer one of a secret paper."""

    paper: Paper
    whom: Addressee
    address: str
    postcode: str
    marks: bool = True


class Lacking(NamedTuple):
    """Whose address, or postcode, is missing: the case, and the reference of the addressee."""

    case: str
    to: str


class Envelopes(NamedTuple):
    """Envelopes made, and whose address, or whose postcode, is missing."""

    docx: bytes
    n: int
    no_address: tuple[Lacking, ...]
    no_postcode: tuple[Lacking, ...]


def split_address(address: str) -> tuple[str, str]:
    """The address without its postcode, and the postcode ("" where it ends in none)."""
    plain = to_arabic_digits(" ".join(address.split()))
    found = _POSTCODE.search(plain)
    return (plain[: found.start()], found[1]) if found else (plain, "")


def papers_to_send(case: Case, named: Sequence[str]) -> tuple[Paper, ...]:
    """The papers named, else all of the case that are to somebody outside and were not cancelled.

    Raises:
        NotFound: a paper named is not there. Refused: no paper goes to anybody.
    """
    if named:
        return tuple(named_paper(case, one) for one in named)
    found = [p for p in papers_of(case) if p.state != "cancelled" and (p.among or p.with_ not in ("", MINISTER))]
    if not found:
        message = _("{id} has no paper that goes to anybody").format(id=case.id)
        raise Refused(message, CommandLine("letter {}", case.id))
    return tuple(found)


def make_envelopes(asked: _Asked, size: str) -> Envelopes:
    """Envelopes, or labels, for the papers named of each case (none: all that go out), in one file.

    Raises:
        Refused: no paper goes to anybody, or no address is known. BadFile: there is no layout of that size.
    """
    found = [
        (ground, one)
        for ground, named in asked
        for paper in papers_to_send(ground.case, named)
        for one in _addressed(ground, paper)
    ]
    whole = [(ground, one) for ground, one in found if one.address]
    missing = _lacking((ground, one) for ground, one in found if not one.address)
    if not whole:
        names = ", ".join(whom_word(one.to) for one in missing)
        raise Refused(_("no address is known of {names}").format(names=names), _fill(missing[0]))
    pages = [_printed(ground, one, size) for ground, envelope in whole for one in _doubled(ground, envelope)]
    ground, layout = asked[0][0], f"envelope-{size}"
    look = SheetLook(sheet_title(ground.templates, layout))
    words = Words(_sender(ground), (), "", pages=tuple(pages))
    case_id = ground.case.id if len(asked) == 1 else ""
    docx = compose_sheet(ground.office, ground.templates, layout, look, words, ground.today, case_id)
    return Envelopes(docx, len(pages), missing, _lacking((g, one) for g, one in whole if not one.postcode))


def _lacking(envelopes: Iterable[tuple[SheetGround, AddressedPaper]]) -> tuple[Lacking, ...]:
    return tuple(dict.fromkeys(Lacking(ground.case.id, one.whom.reference) for ground, one in envelopes))


def _fill(whose: Lacking) -> CommandLine:
    """The command that supplies the address of somebody."""
    if whose.to == COMPLAINANT:
        return CommandLine('set {} complainant.address="…"', whose.case)
    return CommandLine('contacts edit {} address="…"', whose.to.partition("/")[0])


def _addressed(ground: SheetGround, paper: Paper) -> Iterator[AddressedPaper]:
    table = read_salutations(ground.templates)
    for reference in paper.among or (paper.with_,):
        if not reference:
            continue
        try:
            whom = addressee(reference, ground.case, ground.office, ground.directory, table)
        except SrctlError:  # no longer in the directory, or royal: such envelopes are written by hand
            yield AddressedPaper(paper, Addressee(reference, ""), "", "")
            continue
        frozen = paper.numbered.addressee if paper.numbered and not paper.among else ""
        address, postcode = split_address(_address(ground.case, ground.directory, reference))
        yield AddressedPaper(paper, whom._replace(name=frozen or whom.name), address, postcode)


def _address(case: Case, directory: Directory, reference: str) -> str:
    if reference == COMPLAINANT:
        return case.complainant.address if case.complainant else ""
    callee = find_callee(directory, reference)
    return callee.organisation.address if callee else ""


def _doubled(ground: SheetGround, envelope: AddressedPaper) -> tuple[AddressedPaper, ...]:
    """The envelope, and for a secret paper the outer one without marks behind it."""
    secret = (envelope.paper.drafted.secrecy or ground.case.secrecy) not in ("", "none")
    return (envelope, envelope._replace(marks=False)) if secret else (envelope,)


def _sender(ground: SheetGround) -> dict[str, str]:
    office = ground.office
    address, postcode = split_address(office.address.replace(f"{office.names.ministry} ", ""))
    return {"agency": f"{office.names.th} {office.names.ministry}", "office_address": f"{address} {postcode}".strip()}


def _printed(ground: SheetGround, envelope: AddressedPaper, size: str) -> dict[str, str]:
    """The values of the lines of an envelope; what the outer one of a secret paper may not tell is left out."""
    paper, whom, case = envelope.paper, envelope.whom, ground.case
    marks = layout_of(ground.templates, f"envelope-{size}").marks
    secrecy = marks.secrecy.get(paper.drafted.secrecy or case.secrecy, "")
    stamped = paper.form == "stamped"
    name = (whom.organisation or whom.name) if stamped else whom.name
    street, _space, district = _DISTRICT.sub("\n", envelope.address, count=1).partition("\n")
    return {
        "paper_number": paper.number if envelope.marks else paper.number.removeprefix(f"{secrecy} "),
        "urgency_mark": marks.urgency.get(paper.drafted.urgency or case.urgency, ""),
        "secrecy_mark": secrecy if envelope.marks else "",
        "salutation": "ถึง" if stamped else whom.opening,
        "to": name,
        "organisation": "" if whom.organisation in name else whom.organisation,
        "address": street,
        "district": district,
        "postcode": envelope.postcode,
    }
