"""What goes up to a superior and comes back: cover of the file, list of letters to sign, the order on the paper.

No sheet names a complainant: subjects go through the redactor, as in every register.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from srctl.core.dates import thai_date
from srctl.core.errors import CommandLine, NotFound, Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents.docx.content import Block, Words
from srctl.model.case import SECRECIES, URGENCIES, Case, Entry
from srctl.model.clearances import Clearances, Level
from srctl.model.labels import whom_word
from srctl.model.people import MINISTER, Directory, Office, Signer, find_callee
from srctl.model.redaction import COMPLAINANT as THE_COMPLAINANT
from srctl.model.redaction import redactor
from srctl.papers.wordings import read_clearances, read_template
from srctl.reports.registers import PUBLIC
from srctl.reports.sheets.composing import SheetGround, SheetLook, compose_sheet, layout_of, sheet_title, their_paper
from srctl.workflow.clearances import way_of
from srctl.workflow.paper_state import COMPLAINANT, Paper, State, named_paper, papers_of

GOES_UP: tuple[State, ...] = ("draft", "submitted", "returned")
_MEMOS = ("memo", "memo-ops", "summary", "answer", "talking-points")
_BLANK_NAME = "\u00a0" * 40  # room to write a name between the brackets


class Passing(NamedTuple):
    """Somebody a file passes on its way up, or several side by side: in which turn, name or "" and position."""

    turn: int
    name: str
    position: str


class ForSigning(NamedTuple):
    """A paper that waits for its signature, with its case, its subject and the Thai name of its wording."""

    case: Case
    paper: Paper
    subject: str
    wording: str


# -- cover --------------------------------------------------------------------------------------------


def passing(ground: SheetGround, papers: Sequence[Paper]) -> tuple[Passing, ...]:
    """Whom the file with these papers passes, in turn: the levels of the route each is on or will take.

    Where none takes a route: the coordinator, the head of the group, the head of the office.
    """
    rules = read_clearances(ground.templates)
    levels = dict.fromkeys(level.who for paper in papers for level in _route(ground, paper, rules))
    if levels:
        return tuple(_passing(ground, turn, who) for turn, level in enumerate(levels, 1) for who in level)
    owner = ground.office.coordinator(ground.case.owner)
    group = ground.office.group(owner.group) if owner else None
    usual = dict.fromkeys((ground.case.owner, group.head if group else "", *(s.id for s in ground.office.signers[:1])))
    return tuple(_passing(ground, turn, who) for turn, who in enumerate(filter(None, usual), 1))


def _route(ground: SheetGround, paper: Paper, rules: Clearances) -> Sequence[Level]:
    if paper.state not in ("draft", "returned"):
        return paper.route
    signer = paper.drafted.signer or read_template(ground.templates, paper.wording).form.signer
    return way_of(rules, ground.case, ground.kind, paper, signer, ground.office).route


def _passing(ground: SheetGround, turn: int, who: str) -> Passing:
    found = who_decided(ground.office, who)
    return Passing(turn, found.name, found.positions[0] if found.positions else "")


def cover_docx(ground: SheetGround, named: Sequence[str]) -> bytes:
    """The cover of the file that goes up, with the papers in it and those it passes.

    Raises:
        Refused: no paper of the case is on its way up. NotFound: a paper named is not there.
    """
    case, redact = ground.case, redactor(ground.case, ground.kind)
    papers = [named_paper(case, one) for one in named] or [p for p in papers_of(case) if p.state in GOES_UP]
    if not papers:
        message = _("{id} has no paper that goes up").format(id=case.id)
        raise Refused(message, CommandLine("memo {}", case.id))
    superior = _superior(ground, papers)
    considered = any(paper.form in _MEMOS for paper in papers)
    signed = any(paper.form not in _MEMOS for paper in papers)
    head = {
        "to_superior": superior,
        "subject": redact(case.subject),
        "case_number": case.id,
        "unit": _unit(ground),
        "consider": _ticked(considered),
        "sign": _ticked(signed),
        "inform": _ticked(False),
        "day": thai_date(ground.today),
    }
    passed = [one for one in passing(ground, papers) if one.position != superior]
    listed = (Block("heading", "เอกสารในแฟ้ม"), *_paper_rows(ground, papers))
    blocks = (*listed, Block("heading", "การเสนอผ่าน"), *_signatures(passed))
    look = _marked(ground, papers, "cover")
    return compose_sheet(ground.office, ground.templates, "cover", look, Words(head, blocks, ""), ground.today, case.id)


def _superior(ground: SheetGround, papers: Sequence[Paper]) -> str:
    """To whom the file goes: the Minister for what is to them, else who signs the first paper."""
    office = ground.office
    if any(paper.with_ in ("", MINISTER) and not paper.among for paper in papers):
        return office.minister.title
    wording = read_template(ground.templates, papers[0].wording).form
    signer = office.signer(papers[0].drafted.signer or wording.signer)
    return signer.positions[0] if signer else office.minister.title


def _ticked(yes: bool) -> str:
    return "/" if yes else ""


def _unit(ground: SheetGround) -> str:
    owner = ground.office.coordinator(ground.case.owner)
    group = ground.office.group(owner.group) if owner else None
    words = (group.label.th if group else ground.office.names.th, owner.name if owner else "")
    phone = (owner.phone if owner else "") or (group.phone if group else "")
    return " ".join((*filter(None, words), f"โทร. {phone}" if phone else "")).strip()


def _paper_rows(ground: SheetGround, papers: Sequence[Paper]) -> Iterator[Block]:
    yield Block("columns", "", cells=("ลำดับ", "เอกสาร", "เรียน/ถึง", "หมายเหตุ"))
    for n, paper in enumerate(papers, 1):
        label = read_template(ground.templates, paper.wording).form.label.th
        yield Block("row", "", cells=(str(n), label, whom_of(paper, ground.office, ground.directory), ""))


def _signatures(through: Sequence[Passing]) -> Iterator[Block]:
    yield Block("columns", "", cells=("ลำดับ", "ผู้เสนอผ่าน", "ความเห็น/ลายมือชื่อ", "วันที่"))
    for one in through:
        yield Block("row", "", cells=(str(one.turn), " ".join(filter(None, (one.name, one.position))), "", ""))


def _marked(ground: SheetGround, papers: Sequence[Paper], layout: str) -> SheetLook:
    """The look with the highest urgency and secrecy of the case and the papers in it."""
    case = ground.case
    urgency = max((case.urgency, *(p.drafted.urgency for p in papers)), key=lambda u: _rank(u, URGENCIES))
    secrecy = max((case.secrecy, *(p.drafted.secrecy for p in papers)), key=lambda s: _rank(s, SECRECIES))
    return SheetLook(sheet_title(ground.templates, layout), urgency=urgency, secrecy=secrecy)


def _rank(mark: str, order: Sequence[str]) -> int:
    return order.index(mark) if mark in order else -1


def whom_of(paper: Paper, office: Office, directory: Directory) -> str:
    """To whom a paper is, in words that may stand on any sheet; the complainant has no name there."""
    if paper.among:
        return f"{len(paper.among)} หน่วยงาน"
    if paper.with_ in ("", MINISTER):
        return office.minister.title
    callee = find_callee(directory, paper.with_)
    if callee:
        return callee.organisation.head or callee.organisation.name
    return THE_COMPLAINANT if paper.with_ == COMPLAINANT else whom_word(paper.with_)


# -- letters to sign --------------------------------------------------------------------------------------


def awaiting(cases: Iterable[Case]) -> list[tuple[Case, Paper]]:
    """The papers of the cases that are submitted and wait for their signature."""
    return [(case, paper) for case in cases for paper in papers_of(case) if paper.state == "submitted"]


def signing_list_docx(
    office: Office, directory: Directory, templates: Path, papers: Sequence[ForSigning], today: date
) -> bytes:
    """The letters that wait for signature, of one case or many, in one table.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    head = {"agency": office.names.th, "day": thai_date(today), "count": f"{len(papers)} ฉบับ"}
    marks = [one.paper.drafted.secrecy or one.case.secrecy for one in papers]
    secrecy = max(marks, key=lambda mark: _rank(mark, SECRECIES), default="none")
    look = SheetLook(sheet_title(templates, "signing-list"), secrecy=secrecy)
    marks_of = layout_of(templates, "signing-list").marks.urgency
    words = Words(head, tuple(_signing_rows(office, directory, papers, marks_of)), "")
    return compose_sheet(office, templates, "signing-list", look, words, today, papers[0].case.id if papers else "")


def _signing_rows(
    office: Office, directory: Directory, papers: Sequence[ForSigning], marks: Mapping[str, str]
) -> Iterator[Block]:
    yield Block("columns", "", cells=("ลำดับ", "เลขเรื่อง", "เรื่อง", "เรียน/ถึง", "แบบหนังสือ", "ลงนาม/ข้อสั่งการ"))
    for n, one in enumerate(papers, 1):
        urgency = marks.get(one.paper.drafted.urgency or one.case.urgency, "")
        subject = f"{one.subject} ({urgency})" if urgency else one.subject
        whom = whom_of(one.paper, office, directory)
        yield Block("row", "", cells=(str(n), one.case.id, subject, whom, one.wording, ""))


# -- the order on the paper --------------------------------------------------------------------------------


def the_decision(case: Case, typed: str) -> Entry:
    """The decision to be printed: the entry named, else the last one.

    Raises:
        NotFound: nothing was decided yet, or that entry is no decision.
    """
    found = [entry for entry in case.happened() if entry.did == "decide" and typed in ("", entry.id)]
    if found:
        return found[-1]
    message = _("{id}: no decision {entry}") if typed else _("{id}: nothing is decided yet")
    hint = CommandLine('decide {} --by "…" --what "…"', case.id)
    raise NotFound(message.format(id=case.id, entry=typed), hint)


def order_docx(ground: SheetGround, decision: Entry) -> bytes:
    """The order of a superior as it is written on the paper that came in: to whom, what, who, which day.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    case, redact = ground.case, redactor(ground.case, ground.kind)
    signer = who_decided(ground.office, decision.by)
    owner = ground.office.coordinator(case.owner)
    group = ground.office.group(owner.group) if owner else None
    head = {
        "from": _sender(ground),
        "their_paper": redact(their_paper(case)),
        "subject": redact(case.subject),
        "case_number": case.id,
        "to": f"หัวหน้า{group.label.th}" if group else (owner.name if owner else ground.office.names.th),
        "signed_on": thai_date(decision.day()),
    }
    text = redact(decision.decision)
    words = Words(head, tuple(Block("plain", line) for line in text.splitlines() if line.strip()), "")
    look = _marked(ground, (), "endorsement")._replace(signer=signer.name or _BLANK_NAME, positions=signer.positions)
    return compose_sheet(ground.office, ground.templates, "endorsement", look, words, ground.today, case.id)


def _sender(ground: SheetGround) -> str:
    case = ground.case
    if case.complainant is not None:
        return PUBLIC
    callee = find_callee(ground.directory, case.received.from_)
    name = callee.organisation.name if callee else case.received.from_
    return redactor(case, ground.kind)(name)


def who_decided(office: Office, by: str) -> Signer:
    """Name and position of who decided, by any way they are called; as typed where nobody of the office is."""
    minister = office.minister
    if by in (MINISTER, minister.short, minister.title, minister.name):
        return Signer(MINISTER, minister.name, (minister.title,))
    for signer in office.signers:
        if by in (signer.id, signer.name, *signer.positions):
            return signer
    for one in office.coordinators:
        if by in (one.id, one.name, one.short, one.position):
            return Signer(one.id, one.name, (one.position,) if one.position else ())
    return Signer("", "", (by,))
