"""The agenda of a day (digest) as a Word file, an HTML page and a mail. Reads only.

The Word file is laid out by ``templates/layouts/register.yaml``, the office's landscape table. The page is one
self-contained file without scripts; the mail holds it as the alternative to plain text, and is not sent: it is opened
in the mail program and goes from there. The same day gives the same bytes.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from srctl.core.dates import file_date, weekday_name
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.core.thai import printable
from srctl.documents.docx.content import Provenance, Sheet, Words
from srctl.model.people import Office
from srctl.views.agenda import AgendaPart
from srctl.views.agenda_text import (
    AgendaLine,
    agenda_legend,
    agenda_lines,
    beneath,
    counted_heading,
    next_line,
    overview,
    pressing,
)

if TYPE_CHECKING:
    from srctl.documents.docx.content import Block

LAYOUT = "register"
_BOUNDARY = "=_srctl_digest"  # occurs in no text encoded as quoted-printable or base64
_STYLE = """
body { font: 16px/1.5 "TH SarabunPSK", "TH Sarabun New", Sarabun, "Noto Sans Thai", sans-serif; margin: 1.5em; }
h1 { font-size: 1.5em; margin: 0; } h2 { font-size: 1.25em; margin: 1.5em 0 0; border-top: 2px solid #444; }
h3 { font-size: 1em; margin: 1em 0 .25em; } p { margin: .25em 0; }
table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
td, th { border: 1px solid #aaa; padding: .15em .5em; text-align: left; vertical-align: top; }
th { white-space: nowrap; width: 12em; } td.day { white-space: nowrap; width: 7em; }
.under, .subject { display: block; } .subject { color: #555; }
tr.late td.day { color: #b00020; font-weight: bold; } tr.today td.day { color: #8a5a00; font-weight: bold; }
@page { size: A4; margin: 1.5cm; } @media print { body { margin: 0; font-size: 12pt; } }
"""


class Digest(NamedTuple):
    """What is shown: the parts of the agenda, the office, the day, and ``notes`` on what could not be read.

    ``titled`` says what a paper is called, by its id.
    """

    parts: tuple[AgendaPart, ...]
    office: Office
    today: date
    notes: tuple[str, ...] = ()
    titled: Callable[[str], str] = str

    def title(self) -> str:
        """The title of the digest, with its day."""
        return _("Work of {weekday} {day}").format(weekday=weekday_name(self.today, language()), day=self.day())

    def day(self) -> str:
        """The day in words, in the Buddhist Era where the file is in Thai."""
        return file_date(self.today, language(), thai_digits=False)

    def full(self) -> tuple[AgendaPart, ...]:
        """The parts that are not empty, a single part even when it is; below a superior what presses in each group."""
        if len(self.parts) != 1:
            return tuple(part for part in self.parts if part.sections)
        return (*self.parts, *pressing(self.parts[0]))

    def overview(self) -> tuple[tuple[str, str], ...]:
        """The counts of each part, and of each group below a superior's."""
        return (*overview(self.parts), *(pair for part in self.parts for pair in beneath(part)))


class Envelope(NamedTuple):
    """The head of a mail: name and address of the sender, the recipients, and the moment it was made, with its zone."""

    name: str
    address: str
    to: tuple[str, ...]
    now: datetime


# -- Word -----------------------------------------------------------------------------------------------


def digest_docx(digest: Digest, templates: Path) -> bytes:
    """The digest as a Word file; the last column is left for notes by hand.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    from srctl.papers.composition import compose_paper
    from srctl.papers.wordings import sha256_of, sheet_layout

    source, layout = sheet_layout(templates, LAYOUT)
    office = digest.office
    head = {"title": digest.title(), "office": f"{office.names.th} {office.names.ministry}"}
    sheet = Sheet(
        words=Words(head, tuple(_blocks(digest)), ""),
        title=digest.title(),
        office=office.names.th,
        signer="",
        positions=(),
        today=digest.today,
        provenance=Provenance("", "digest", "", "", sha256_of(source.text.encode())),
        font=office.fonts.thai,
    )
    return compose_paper(sheet, layout, source, source.path)


def _blocks(digest: Digest) -> "Iterator[Block]":
    from srctl.documents.docx.content import Block

    headings = (_("due"), _("workdays"), _("case"), _("owner"), _("contact"), _("what"), _("subject"), _("remarks"))
    yield from (Block("plain", note) for note in digest.notes)
    yield from (Block("plain", f"{name}: {words}") for name, words in digest.overview())
    for part in digest.full():
        yield Block("heading", part.name)
        if not part.sections:
            yield Block("plain", next_line(part))
        for name, lines in agenda_lines(part, owners=False, titled=digest.titled):
            yield Block("plain", counted_heading(part, name))
            yield Block("columns", "", cells=headings)
            yield from (Block("row", "", cells=_cells(line)) for line in lines)
    yield from (Block("plain", words) for words in agenda_legend(digest.full()))


def _cells(line: AgendaLine) -> tuple[str, ...]:
    return (line.due, line.late, line.case, line.people, line.under, line.what, line.subject, "")


# -- HTML ----------------------------------------------------------------------------------------------


def as_html(digest: Digest) -> bytes:
    """The digest as one self-contained HTML page; markup in a text is escaped."""
    root = Xml.Element("html", lang=language())
    head, body = Xml.SubElement(root, "head"), Xml.SubElement(root, "body")
    Xml.SubElement(head, "meta", charset="utf-8")
    Xml.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _put(head, "title", digest.title())
    Xml.SubElement(head, "style").text = _STYLE
    _put(body, "h1", digest.title())
    _put(body, "p", f"{digest.office.names.th} {digest.office.names.ministry}")
    for note in digest.notes:
        _put(body, "p", note)
    table = Xml.SubElement(body, "table")
    for name, words in digest.overview():
        row = Xml.SubElement(table, "tr")
        _put(row, "th", name)
        _put(row, "td", words)
    for part in digest.full():
        _put_part(body, part, digest.titled)
    for words in agenda_legend(digest.full()):
        _put(body, "p", words)
    page: bytes = Xml.tostring(root, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + page + b"\n"


def _put(above: Xml.Element, tag: str, text: str, kind: str = "") -> Xml.Element:
    made = Xml.SubElement(above, tag, {"class": kind} if kind else {})
    made.text = printable(text)
    return made


def _put_part(body: Xml.Element, part: AgendaPart, titled: Callable[[str], str]) -> None:
    _put(body, "h2", part.name)
    if not part.sections:
        _put(body, "p", next_line(part))
    for name, lines in agenda_lines(part, titled=titled):
        _put(body, "h3", counted_heading(part, name))
        table = Xml.SubElement(body, "table")
        for line in lines:
            row = Xml.SubElement(table, "tr", {"class": line.when} if line.when else {})
            for text in (line.due, line.late, line.case):
                _put(row, "td", text, "day")
            what = _put(row, "td", line.what)
            for kind, text in (("under", line.under), ("subject", line.subject)):
                if text:
                    _put(what, "span", text, kind)


# -- mail ----------------------------------------------------------------------------------------------


def as_eml(digest: Digest, envelope: Envelope) -> bytes:
    """The digest as a mail (RFC 5322) in plain text and HTML, which mail programs open as a draft.

    Its addresses are such as :func:`srctl.model.people.is_email` takes.
    """
    sender = Address(printable(envelope.name), addr_spec=envelope.address)
    made = EmailMessage(SMTP)
    made["Subject"] = digest.title() + (f": {printable(digest.parts[0].name)}" if len(digest.parts) == 1 else "")
    made["From"] = sender
    made["To"] = [Address(addr_spec=address) for address in envelope.to]
    made["Date"] = envelope.now
    made["Message-ID"] = f"<digest.{envelope.now:%Y%m%d%H%M%S}.{_checksum(digest, envelope)}@{sender.domain}>"
    made["X-Unsent"] = "1"
    made.set_content(as_text(digest), cte="base64")
    made.add_alternative(as_html(digest).decode(), subtype="html", cte="base64")
    made.set_boundary(_BOUNDARY)
    return made.as_bytes()


def _checksum(digest: Digest, envelope: Envelope) -> str:
    """A checksum that distinguishes the mails made at one moment: whose agenda, and for whom."""
    about = " ".join((envelope.address, *envelope.to, *(part.name for part in digest.parts)))
    return sha256(about.encode()).hexdigest()[:16]


def as_text(digest: Digest) -> str:
    """The digest as plain text."""
    return "\n".join(map(printable, _texts(digest))) + "\n"


def _texts(digest: Digest) -> Iterator[str]:
    yield from (digest.title(), f"{digest.office.names.th} {digest.office.names.ministry}", *digest.notes)
    yield from (f"{name}: {words}" for name, words in digest.overview())
    for part in digest.full():
        yield from ("", f"== {part.name} ==", *(() if part.sections else (next_line(part),)))
        for name, lines in agenda_lines(part, titled=digest.titled):
            yield from ("", counted_heading(part, name))
            for line in lines:
                when = f" ({line.late})" if line.late else ""
                yield f"- {line.due}{when} {line.case} {line.what}"
                yield from (f"  {text}" for text in (line.under, line.subject) if text)
    yield from ("", *agenda_legend(digest.full()))
