"""Papers that go out by mail or LINE, made ready to be sent by hand: a draft with the paper in it, or a text to paste.

What is written here is no proof of anything: a clerk opens the draft and sends it, and `send` records that it was sent.
The files lie in ``outbox`` in the folder of the case, which history leaves out; none is written over.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from srctl.core.errors import CommandLine, Refused, SrctlError
from srctl.core.i18n import _, speaking
from srctl.core.records import NamedTuple
from srctl.documents import pdf as office_suite
from srctl.documents.file_kinds import ending_of
from srctl.documents.mail import Enclosed, MailDraft, write_mail
from srctl.model.case import Case
from srctl.model.labels import Channel, secrecy_word, urgency_word
from srctl.model.number_series import paper_secrecy
from srctl.model.people import Coordinator, Signer, find_callee, is_email
from srctl.model.redaction import redactor
from srctl.office import attachments
from srctl.office.folder import Folder
from srctl.papers.addressees import Addressee, addressee
from srctl.papers.enclosed_files import Enclosure, enclosed_files
from srctl.papers.issuing import Copy, copies, issued_texts, paper_subject, texts_of, wording_of
from srctl.papers.messages import filled_message
from srctl.papers.proofing.naming import refuse_named, refuse_open_channel
from srctl.papers.template_values import PaperContext, values_of
from srctl.papers.wordings import read_numbering, read_salutations
from srctl.store import atomicfile, outputfile
from srctl.workflow.paper_state import COMPLAINANT, MINISTER, Paper

Medium = Literal["email", "line"]  # by which something is made ready to be sent
OUTBOX = "outbox"
_NOBODY = Signer("", "", ())
_NAME, _CALLED = 40, 80  # characters of a subject, of an enclosure, in the name of an attached file


class MadeReady(NamedTuple):
    """What was made ready for one addressee: the file, the text, the addresses it goes to, what is attached.

    ``by_hand`` are the enclosures the case holds no file of.
    """

    whom: str
    file: Path
    text: str
    to: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()


def make_ready(
    folder: Folder, case: Case, paper: Paper, by: Medium, me: Coordinator, today: date, *, pdf: bool = False
) -> list[MadeReady]:
    """Write what is to be sent by hand, one for each addressee, and return it.

    A mail holds the scan of the signed paper where there is one, else the issued file (``pdf``: as PDF).

    Raises:
        Refused: the paper's file is not there, LibreOffice is not, or nothing can be written. BadFile: the text in
            ``templates/messages/`` cannot be filled.
    """
    if by == "line":
        return [_line_text(folder, case, paper, today)]
    return [_mail(folder, case, paper, copy, me, today, pdf=pdf) for copy in _texts(folder, case, paper)]


def refuse_unready(folder: Folder, case: Case, paper: Paper, by: Channel, why: str) -> tuple[str, ...]:
    """The warnings of a paper that is about to be made ready.

    Raises:
        Refused: it has no number yet; or it is secret, or names who is not to be named, without a reason (``why``).
    """
    if not paper.numbered and wording_of(folder, paper).series:
        message = _("{id}: {paper} has no number yet").format(id=case.id, paper=paper.id)
        raise Refused(message, CommandLine("number {} {}", case.id, paper.id))
    refuse_open_channel(case, paper, read_numbering(folder.root / "templates"), by, why)
    command = CommandLine('send {} {} --by {} --draft --anyway "…"', case.id, paper.id, by)
    return refuse_named(folder, case, paper, [copy.raw for copy in _texts(folder, case, paper)], why, command)


def _texts(folder: Folder, case: Case, paper: Paper) -> Sequence[Copy]:
    """The paper as it goes to each addressee."""
    if texts := issued_texts(folder, case, paper):
        return texts
    if name := paper.numbered.file if paper.numbered else "":
        return (Copy("", attachments.home(folder, case.id) / name, attachments.kept(folder, case.id, name)),)
    return texts_of(folder, case, paper) or copies(folder, case, paper)


# -- mail ----------------------------------------------------------------------------------------------


def _mail(
    folder: Folder, case: Case, paper: Paper, copy: Copy, me: Coordinator, today: date, *, pdf: bool
) -> MadeReady:  # fmt: skip
    whom = copy.whom or paper.with_
    subject, *lines = _words(folder, case, paper, whom, today, "mail")
    enclosures = tuple(enclosed_files(folder, case, paper))
    attached = (*_attached(folder, case, paper, copy, pdf=pdf), *_enclosed(folder, case, paper, whom, enclosures))
    to = _addresses(folder, case, whom)
    sender = (me.name, me.emails[0]) if me.emails and is_email(me.emails[0]) else ("", "")
    text = "\n\n".join(lines) + "\n"
    raw = write_mail(MailDraft(subject, text, to, _copied(folder, paper), sender, attached))
    file = _written(folder, case, _stem(case, paper, copy.whom), "eml", raw)
    by_hand = tuple(one.called for one in enclosures if not one.raw)
    return MadeReady(whom, file, text, to, tuple(one.name for one in attached), by_hand)


def _attached(folder: Folder, case: Case, paper: Paper, copy: Copy, *, pdf: bool) -> Iterator[Enclosed]:
    """Yield the scans of the signed paper; where there is none the paper itself."""
    name = _shown_name(folder, case, paper)
    scans = _signed_scans(folder, case, paper) if not paper.among else []
    for n, (ending, raw) in enumerate(scans, 1):
        yield Enclosed(f"{name} ({n}).{ending}" if len(scans) > 1 else f"{name}.{ending}", raw)
    if scans:
        return
    if copy.raw is None:
        message = _("{file} is not there: nothing can be attached").format(file=folder.relative(copy.path))
        raise Refused(message, _("attach the paper yourself"))
    if not pdf:
        yield Enclosed(f"{name}.docx", copy.raw)
        return
    with TemporaryDirectory() as place:
        made = Path(place, "paper.pdf")
        office_suite.convert(copy.raw, made)
        yield Enclosed(f"{name}.pdf", made.read_bytes())


def _enclosed(
    folder: Folder, case: Case, paper: Paper, whom: str, enclosures: Sequence[Enclosure]
) -> Iterator[Enclosed]:  # fmt: skip
    """Yield the enclosures at hand, called as the letter calls them; only by their number beside a secret paper."""
    bare, redact = bool(_secrecy(folder, case, paper)), redactor(case, folder.kind(case.kind))
    for n, one in enumerate(enclosures, 1):
        if one.raw:
            called = "" if bare else one.called if whom == COMPLAINANT else redact(one.called)
            number = str(n) if len(enclosures) > 1 else ""
            yield Enclosed(f"{_file_name(f'สิ่งที่ส่งมาด้วย {number} {called[:_CALLED]}')}.{one.ending}", one.raw)


def _signed_scans(folder: Folder, case: Case, paper: Paper) -> list[tuple[str, bytes]]:
    """The scans handed in when the paper was signed, each with its ending."""
    signed = [entry for entry in case.happened() if entry.paper == paper.id and entry.did == "sign"][-1:]
    found = [(kept.file, attachments.kept(folder, case.id, kept.file)) for e in signed for kept in e.attached]
    return [(ending_of(name), raw) for name, raw in found if raw]


def _shown_name(folder: Folder, case: Case, paper: Paper) -> str:
    """The name the reader sees: number and subject, as far as a file may be called so; no subject of a secret paper."""
    subject = "" if _secrecy(folder, case, paper) else paper_subject(folder, case, paper)[:_NAME]
    words = f"{paper.number} {subject}".strip() or f"{case.id}-{paper.id}"
    return _file_name(words)


def _file_name(words: str) -> str:
    """The words as far as a file may be called so."""
    return " ".join("".join(sign if sign not in '\\:*?"<>|' else " " for sign in words.replace("/", "-")).split())


def _addresses(folder: Folder, case: Case, whom: str) -> tuple[str, ...]:
    """The address the mail goes to: the person's own, else that of their organisation; () for none known."""
    if whom == COMPLAINANT:
        found = case.complainant.email if case.complainant else ""
    else:
        callee = find_callee(folder.directory, whom)
        found = ((callee.person and callee.person.email) or callee.organisation.email) if callee else ""
    return (found,) if is_email(found) else ()


def _copied(folder: Folder, paper: Paper) -> tuple[str, ...]:
    """The addresses of those who get a copy, where the directory knows them by the words of the paper."""
    known = {
        name: o.email for o in folder.directory.values() for name in (o.name, o.short, o.head) if is_email(o.email)
    }
    return tuple(dict.fromkeys(known[words] for words in paper.drafted.copies if words in known))


# -- LINE ----------------------------------------------------------------------------------------------


def _line_text(folder: Folder, case: Case, paper: Paper, today: date) -> MadeReady:
    whom = paper.with_ if not paper.among else ""
    text = "\n".join(_words(folder, case, paper, whom if whom != COMPLAINANT else "", today, "line"))
    text = redactor(case, folder.kind(case.kind))(text)
    file = _written(folder, case, f"{_stem(case, paper)}-line", "txt", (text + "\n").encode())
    return MadeReady(whom, file, text)


# -- both ----------------------------------------------------------------------------------------------


def _words(folder: Folder, case: Case, paper: Paper, whom: str, today: date, name: str) -> list[str]:
    """The lines of the message; who complains stands in none but a mail to them."""
    context = PaperContext(case, folder.kind(case.kind), folder.office, folder.directory, today)
    to, secrecy = _greeted(folder, case, whom), _secrecy(folder, case, paper)
    urgency = paper.drafted.urgency or case.urgency
    with speaking("th"):
        marks = {"secrecy": secrecy_word(secrecy), "urgency": urgency_word(urgency)}
    given = {
        "label": wording_of(folder, paper).label.th,
        "number": paper.number,
        "dated": paper.dated,
        "subject": "" if secrecy else paper_subject(folder, case, paper),
        "by": _day(paper.drafted.given.get("by", "")),  # only a day that the paper itself names
        "enclosures": len(paper.drafted.attachments) or None,
        **marks,
    }
    values = values_of(context, _NOBODY, to, given, private=whom == COMPLAINANT)
    lines = filled_message(folder, name, values)
    return lines if whom == COMPLAINANT else [*map(redactor(case, folder.kind(case.kind)), lines)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # a wording may ask for something else under this name
        return None


def _greeted(folder: Folder, case: Case, whom: str) -> Addressee | None:
    """The addressee as the message greets them; None where nobody is named, or not any more."""
    if whom in ("", MINISTER):
        return None
    try:
        return addressee(whom, case, folder.office, folder.directory, read_salutations(folder.root / "templates"))
    except SrctlError:
        return None


def _secrecy(folder: Folder, case: Case, paper: Paper) -> str:
    series = paper.numbered.series if paper.numbered else ""
    return paper_secrecy(case, paper.drafted, series, read_numbering(folder.root / "templates"))


def _stem(case: Case, paper: Paper, whom: str = "") -> str:
    return f"{case.id}-{paper.id}-{whom.replace('/', '-')}" if whom else f"{case.id}-{paper.id}"


def _outbox(folder: Folder, case: Case) -> Path:
    """The folder these files lie in, which history leaves out whatever the office's own ``.gitignore`` says."""
    place = attachments.home(folder, case.id) / OUTBOX
    with outputfile.writing(folder.relative(place)):
        place.mkdir(parents=True, exist_ok=True)
        if not (place / ".gitignore").exists():
            atomicfile.write(place / ".gitignore", b"*\n")
    return place


def _written(folder: Folder, case: Case, stem: str, ending: str, raw: bytes) -> Path:
    """The file with these bytes: one that is there already, else a new one under a free name."""
    place, count = _outbox(folder, case), 1
    while True:
        file = place / f"{stem}{f'-{count}' if count > 1 else ''}.{ending}"
        if file.is_file() and file.read_bytes() == raw:
            return file
        if not file.exists():
            outputfile.save(file, raw)
            return file
        count += 1
