"""Mail as files (RFC 5322): a draft written for the mail program to send, a mail that came in read back.

Nothing is sent from here. A draft states neither date nor Message-ID: the program that sends it does, and the same
paper gives the same bytes. ``X-Unsent: 1`` lets mail programs open it as a draft.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import SMTP, Compat32, compat32, default
from email.utils import getaddresses, parsedate_to_datetime
from encodings.aliases import aliases
from hashlib import sha256
from html import unescape
from itertools import islice
from typing import TypeVar

from srctl.core.dates import BANGKOK
from srctl.core.records import NamedTuple
from srctl.core.thai import clean, printable
from srctl.documents.file_kinds import MIMES, ending_of, mime_of

_AHEAD = timedelta(days=1)  # by which the clock of a sender, or its time zone, may be wrong
_READ = 200_000  # characters of a mail's text that are looked at
# What a mail made to do harm brings the parser to.
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, AssertionError)
_MOST = 200  # parts of a mail that are looked at
_NAME = 120  # characters of the name of a file
_ORNAMENT = 50_000  # bytes; a smaller picture in the text of a mail is a logo or a signature
# Outlook writes Thai so, and Python has no such name.
aliases.update(dict.fromkeys(("windows_874", "x_windows_874"), "cp874"))
_UNSHOWN = re.compile(r"(?is)<(script|style|head)\b.*?</\1\s*>|<[^>]{0,2000}>")


Part = TypeVar("Part", bound=Message)


class Enclosed(NamedTuple):
    """A file in a mail: the name the reader sees, and the bytes."""

    name: str
    raw: bytes


class MailDraft(NamedTuple):
    """A mail to be sent by hand: subject and text, addresses, what is attached.

    ``sender`` is name and address ("" for none: the mail program puts in its own).
    """

    subject: str
    text: str
    to: tuple[str, ...]
    copies: tuple[str, ...] = ()
    sender: tuple[str, str] = ("", "")
    attached: tuple[Enclosed, ...] = ()


class CameIn(NamedTuple):
    """A mail that came in: subject, the sender's address and name, when it was sent (in Bangkok), its text.

    ``sent`` is by the clock of the sender, ``arrived`` by that of the server it reached last.
    """

    subject: str
    address: str = ""
    name: str = ""
    sent: datetime | None = None
    text: str = ""
    arrived: datetime | None = None

    def dated(self, now: datetime) -> date | None:
        """The day it was sent. A clock that is ahead of ours dates no mail after it arrived, or after ``now``.

        A day the sender's clock puts further ahead stands where no server tells another: somebody has to look at it.
        """
        if self.sent is None or self.sent.date() <= now.date():
            return self.sent.date() if self.sent else None
        if self.arrived and self.arrived <= now:
            return self.arrived.date()
        return now.date() if self.sent - now <= _AHEAD else self.sent.date()


def write_mail(draft: MailDraft) -> bytes:
    """The draft as the bytes of an ``.eml`` file; its addresses are such as ``model.people.is_email`` takes."""
    made = EmailMessage(SMTP)
    made["Subject"] = _line(draft.subject)
    name, address = draft.sender
    if address:
        made["From"] = Address(_line(name), addr_spec=address)
    for header, addresses in (("To", draft.to), ("Cc", draft.copies)):
        if addresses:
            made[header] = [Address(addr_spec=one) for one in addresses]
    made["X-Unsent"] = "1"
    made.set_content(draft.text, cte="base64")
    for one in draft.attached:
        main, _slash, sub = mime_of(ending_of(one.name)).partition("/")
        made.add_attachment(one.raw, maintype=main, subtype=sub, filename=_line(one.name))
    if draft.attached:
        made.set_boundary(f"=_{_checksum(draft)}")
    return made.as_bytes()


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _checksum(draft: MailDraft) -> str:
    parts = (draft.text.encode(), *(one.raw for one in draft.attached))
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()[:32]


def read_mail(raw: bytes) -> CameIn:
    """The mail in these bytes; what of it cannot be read is left out. Nothing in it is run, fetched or trusted."""
    try:
        mail = BytesParser(policy=default).parsebytes(raw)
    except _UNREADABLE:
        return CameIn("")
    address, name = _sender(raw)
    subject, sent = _header(mail, "subject"), _moment(_header(mail, "date"))
    arrived = _moment(_header(mail, "received").rpartition(";")[2])  # of several the first is of the last server
    return CameIn(subject, address, name, sent, "\n".join(_texts(mail))[:_READ], arrived)


def _sender(raw: bytes) -> tuple[str, str]:
    """Address and name of the sender; the structured headers of Python 3.11 part a Thai name where a line is folded."""
    try:
        folded = str(BytesHeaderParser(policy=compat32).parsebytes(raw)["from"] or "")
        name, address = next(iter(getaddresses([folded])), ("", ""))
        name = str(make_header(decode_header(name)))
    except (*_UNREADABLE, HeaderParseError):
        return "", ""
    return address.strip().lower(), " ".join(clean(printable(name)).split())


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return " ".join(clean(printable(str(mail[name] or ""))).split())
    except _UNREADABLE:
        return ""


def _moment(text: str) -> datetime | None:
    """The moment in Bangkok; without a zone, or with the unknown one ``-0000``, it is UTC (RFC 5322 §3.3)."""
    try:
        at = parsedate_to_datetime(text)
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(BANGKOK)
    except (*_UNREADABLE, OSError):
        return None


def _texts(mail: EmailMessage) -> Iterator[str]:
    """Yield the text of each part that is text and no attachment, without the marks of HTML."""
    for part in _listed(mail.walk()):
        with suppress(*_UNREADABLE):
            if part.get_content_maintype() == "text" and not part.is_attachment():
                text = str(part.get_content())[: 2 * _READ]
                yield clean(unescape(_UNSHOWN.sub(" ", text)) if part.get_content_subtype() == "html" else text)


def _listed(parts: Iterator[Part]) -> list[Part]:
    found: list[Part] = []
    with suppress(*_UNREADABLE):
        found.extend(islice(parts, _MOST))
    return found


# -- what is attached ----------------------------------------------------------------------------------


class _AsWritten(Compat32):
    """Headers as they were written: the policies of the library replace what is not ASCII by question marks."""

    def header_fetch_parse(self, _name: str, value: str) -> str:
        return value


def enclosed_in(raw: bytes) -> tuple[Enclosed, ...]:
    """The files in the mail, a mail that was forwarded whole among them; not the small pictures of its text.

    Their names are without folders; one that has none is numbered. No file is judged or opened.
    """
    try:
        mail = BytesParser(policy=_AsWritten(max_line_length=0)).parsebytes(raw)
    except _UNREADABLE:
        return ()
    found: list[Enclosed] = []
    for part in _listed(_leaves(mail)):
        with suppress(*_UNREADABLE):
            if (held := _enclosed(part, len(found) + 1)) is not None:
                found.append(held)
    return tuple(found)


def _leaves(part: Message) -> Iterator[Message]:
    """Yield the parts that hold something; a mail within the mail is one."""
    if part.is_multipart() and part.get_content_maintype() != "message":
        for one in part.get_payload():
            yield from _leaves(one)  # type: ignore[arg-type]
    else:
        yield part


def _enclosed(part: Message, n: int) -> Enclosed | None:
    """The file this part is; None for the text of the mail, and for its ornaments."""
    name, main = _file_name(part.get_filename("")), part.get_content_maintype()
    if main == "message":
        if part.get_content_subtype() != "rfc822" or not part.is_multipart():
            return None
        inner = part.get_payload(0)
        assert isinstance(inner, Message)
        stem = _file_name(str(inner["subject"] or "")).removesuffix(".eml")
        return Enclosed(name if ending_of(name) == "eml" else f"{stem or n}.eml", inner.as_bytes())
    attached = part.get_content_disposition() == "attachment"
    if not (attached or name or main != "text"):
        return None
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    if main == "image" and not attached and "content-id" in part and len(raw) < _ORNAMENT:
        return None
    ending = next((ending for ending, mime in MIMES.items() if mime == part.get_content_type()), "")
    return Enclosed(name or (f"{n}.{ending}" if ending else str(n)), raw)


def _file_name(text: str) -> str:
    """The name as a reader sees it, whatever letters it was written in, without the folders before it."""
    if not text.isascii():
        raw = text.encode("utf-8", "surrogateescape")
        for encoding in ("utf-8", "cp874"):
            with suppress(UnicodeError):
                text = raw.decode(encoding)
                break
    with suppress(*_UNREADABLE, HeaderParseError):
        text = str(make_header(decode_header(text)))
    name = " ".join(clean(printable(re.split(r"[\\/]", text)[-1])).split()).lstrip(". ")
    ending = ending_of(name)
    return f"{name[: _NAME - len(ending) - 1]}.{ending}" if len(name) > _NAME and ending else name[:_NAME]
