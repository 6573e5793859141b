"""A letter as the message e-saraban systems of the state exchange (TH e-GIF, e-CMS), written and read. Files only.

The standard's own text and schema were not at hand: names of elements and their order are those three public clients
write (VB.NET 2012, C#, Java). So a message is read by the names of its elements alone, whatever stands around them
(a SOAP envelope, another order, another prefix); what it is written as has to be tried with the ministry's system.
A message comes from anybody: no document type, no entity is taken, nothing is fetched, its size is bounded.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from srctl.core.records import NamedTuple

MAX_BYTES = 60_000_000  # of a message; its files are a third smaller
MAX_FILES = 50
RSM = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
RAM = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
_LETTER = "CorrespondenceLetter"
_LONGEST = 20_000  # characters of one element that is no file

Node = Any  # an lxml element; its types are not published


class BadMessageError(ValueError):
    """These bytes are no such message: the line where that shows (0: unknown), and the name of what is wrong."""

    def __init__(self, line: int, what: str, named: str = "") -> None:
        super().__init__(what)
        self.line, self.what, self.named = line, what, named


class Party(NamedTuple):
    """Who sends or receives: a person, their position, and the codes of ministry and department."""

    given_name: str = ""
    family_name: str = ""
    title: str = ""
    ministry: str = ""
    department: str = ""


class Reference(NamedTuple):
    """An earlier letter that is referred to."""

    number: str
    dated: date | None = None
    subject: str = ""


class EnclosedFile(NamedTuple):
    """A file in a message: its type (``application/pdf``) and its bytes."""

    mime: str
    raw: bytes


class LetterMessage(NamedTuple):
    """A letter as its message tells it; ``speed`` and ``secrecy`` are codes of the list in use, ``enclosed`` words."""

    number: str
    dated: date | None
    subject: str
    sender: Party
    receiver: Party
    secrecy: str = ""
    speed: str = ""
    references: tuple[Reference, ...] = ()
    enclosed: str = ""
    sent: date | None = None
    description: str = ""
    main: EnclosedFile | None = None
    attachments: tuple[EnclosedFile, ...] = ()


def encode_letter(letter: LetterMessage) -> bytes:
    """The message of ``letter``; the same letter gives the same bytes."""
    from lxml import etree

    root = etree.Element("CorrespondenceLetterOutboundRequest", nsmap={"rsm": RSM, "ram": RAM})
    place = etree.SubElement(etree.SubElement(root, f"{{{RSM}}}GovernmentDocument"), f"{{{RAM}}}{_LETTER}", ID="Letter")
    _put(place, "ID", letter.number)
    _put(place, "CorrespondenceDate", _iso(letter.dated))
    _put(place, "Subject", letter.subject)
    _put(place, "SecretCode", letter.secrecy)
    _put(place, "SpeedCode", letter.speed)
    for name, party in (("SenderParty", letter.sender), ("ReceiverParty", letter.receiver)):
        _put_party(_put(place, name), party)
    for one in letter.references:
        node = _put(place, "ReferenceCorrespondence")
        for name, text in (("ID", one.number), ("CorrespondenceDate", _iso(one.dated)), ("Subject", one.subject)):
            _put(node, name, text)
    _put(place, "Attachment", letter.enclosed)
    _put(place, "SendDate", _iso(letter.sent))
    _put(place, "Description", letter.description)
    files = [("MainLetterBinaryObject", one) for one in (letter.main,) if one]
    for name, file in (*files, *(("AttachmentBinaryObject", one) for one in letter.attachments)):
        _put(place, name, base64.b64encode(file.raw).decode()).set("mimeCode", file.mime)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def _put(above: Node, name: str, text: str = "") -> Node:
    from lxml import etree

    node = etree.SubElement(above, f"{{{RAM}}}{name}")
    # What XML cannot hold a paper cannot show either.
    node.text = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text) or None
    return node


def _put_party(node: Node, party: Party) -> None:
    _put(node, "GivenName", party.given_name)
    _put(node, "FamilyName", party.family_name)
    _put(node, "JobTitle", party.title)
    _put(_put(node, "MinistryOrganization"), "ID", party.ministry)
    _put(_put(node, "DepartmentOrganization"), "ID", party.department)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def decode_letter(raw: bytes) -> LetterMessage:
    """The letter a message tells.

    Raises:
        BadMessageError: it is too large, no XML, carries a document type or entities, tells no letter or several, a day
            or a file in it cannot be read, or it lacks the number, the day or the subject.
    """
    found = [node for node in _parsed(raw).iter() if _name(node) == _LETTER]
    if len(found) != 1:
        raise BadMessageError(0, "several" if found else "none")
    letter = found[0]
    files = {name: list(_files(letter, name)) for name in ("MainLetterBinaryObject", "AttachmentBinaryObject")}
    if sum(map(len, files.values())) > MAX_FILES or len(files["MainLetterBinaryObject"]) > 1:
        raise BadMessageError(letter.sourceline or 0, "files")
    for needed in ("ID", "CorrespondenceDate", "Subject"):
        if not _text(letter, needed):
            raise BadMessageError(letter.sourceline or 0, "missing", needed)
    return LetterMessage(
        _text(letter, "ID"), _day(letter, "CorrespondenceDate"), _text(letter, "Subject"),
        _party(letter, "SenderParty"), _party(letter, "ReceiverParty"),
        _text(letter, "SecretCode"), _text(letter, "SpeedCode"),
        tuple(Reference(_text(one, "ID"), _day(one, "CorrespondenceDate"), _text(one, "Subject"))
              for one in _children(letter, "ReferenceCorrespondence")),
        _text(letter, "Attachment"), _day(letter, "SendDate"), _text(letter, "Description"),
        next(iter(files["MainLetterBinaryObject"]), None), tuple(files["AttachmentBinaryObject"]),
    )  # fmt: skip


def _parsed(raw: bytes) -> Node:
    from lxml import etree

    if len(raw) > MAX_BYTES:
        raise BadMessageError(0, "large")
    # huge_tree lets in one long text, which a file in base64 is; what could blow up needs a document type. Read as
    # UTF-8 whatever it says of itself, so that none hides in another encoding.
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", raw, re.IGNORECASE):
        raise BadMessageError(0, "doctype")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as fault:
        raise BadMessageError(fault.lineno or 0, "xml") from None
    except ValueError:
        raise BadMessageError(0, "xml") from None
    return root


def _name(node: Node) -> str:
    """The name of an element without its namespace; "" of a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _children(node: Node, name: str) -> Iterator[Node]:
    return (child for child in node if _name(child) == name)


def _text(node: Node, name: str) -> str:
    text = next(((child.text or "") for child in _children(node, name)), "")
    if len(text) > _LONGEST:
        raise BadMessageError(node.sourceline or 0, "long", name)
    return " ".join(text.split()) if name != "Attachment" else text.strip()


def _party(letter: Node, name: str) -> Party:
    node = next(_children(letter, name), None)
    if node is None:
        return Party()
    ministry, department = (
        next((_text(one, "ID") for one in _children(node, name)), "")
        for name in ("MinistryOrganization", "DepartmentOrganization")
    )
    return Party(_text(node, "GivenName"), _text(node, "FamilyName"), _text(node, "JobTitle"), ministry, department)


def _day(node: Node, name: str) -> date | None:
    """The day an element says; a time behind it is left out, a year of the Buddhist Era is none."""
    text = _text(node, name)
    try:
        day = date.fromisoformat(text[:10]) if text else None
    except ValueError:
        day = date.max
    if day and not 1900 <= day.year < 2400:
        raise BadMessageError(next(_children(node, name)).sourceline or 0, "day", f"{name}: {text:.40}")
    return day


def _files(letter: Node, name: str) -> Iterator[EnclosedFile]:
    for node in _children(letter, name):
        try:
            raw = base64.b64decode("".join((node.text or "").split()), validate=True)
        except (binascii.Error, ValueError):
            raise BadMessageError(node.sourceline or 0, "base64", name) from None
        if raw:
            yield EnclosedFile(node.get("mimeCode", "").strip().lower()[:100], raw)
