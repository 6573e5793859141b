"""An issued letter as the message of an e-saraban system, and such a message read as a matter that came in.

srctl sends and fetches nothing: the file goes into the ministry's system, and comes out of it, by hand
(:mod:`srctl.documents.egif` on what of the standard was at hand).
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from srctl.core.errors import BadFile, CommandLine, Problem, Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents import egif
from srctl.documents.egif import EnclosedFile, LetterMessage, Party, Reference
from srctl.documents.file_kinds import MIMES, judge, mime_of
from srctl.model.case import Case
from srctl.model.egif_codes import EGIF_FILE, EgifCodes, OrganisationCode, code_meaning
from srctl.model.labels import secrecy_word
from srctl.model.number_series import paper_secrecy
from srctl.model.people import COMPLAINANT, Signer
from srctl.office import attachments
from srctl.office.attachments import Given
from srctl.office.folder import Folder
from srctl.papers.addressees import Addressee, addressee
from srctl.papers.clearing import printed_signer
from srctl.papers.incoming_files import let_in
from srctl.papers.wordings import read_egif_codes, read_numbering, read_salutations
from srctl.workflow.paper_state import Paper


class IncomingLetter(NamedTuple):
    """What a message says, in the words and ids of this office; ``from_`` is an organisation's id where it is known."""

    number: str
    dated: str
    subject: str
    from_: str
    urgency: str
    secrecy: str
    files: tuple[Given, ...]


def letter_message(folder: Folder, case: Case, paper: Paper, main: Given | None, others: Sequence[Given]) -> bytes:
    """The message of a numbered letter; ``main`` stands for the issued file, ``others`` are what is enclosed.

    Raises:
        Refused: it has no number yet, goes to the complainant or to several, is marked secret, or its file is gone.
    """
    templates = folder.root / "templates"
    codes = read_egif_codes(templates)
    numbered = paper.numbered
    if numbered is None or paper.dated is None:
        message = _("{id}: {paper} has no number yet").format(id=case.id, paper=paper.id)
        raise Refused(message, CommandLine("number {} {}", case.id, paper.id))
    if paper.with_ in ("", COMPLAINANT) or paper.among:
        message = _("{id}: {paper} does not go to one organisation").format(id=case.id, paper=paper.id)
        raise Refused(message, _("only a letter from one office to another goes by e-saraban"))
    secrecy = paper_secrecy(case, paper.drafted, numbered.series, read_numbering(templates))
    if secrecy:
        message = _("{id}: {paper} is marked {mark}: it does not go by e-saraban").format(
            id=case.id, paper=paper.id, mark=secrecy_word(secrecy)
        )
        raise Refused(message, CommandLine("send {} {} --by letter", case.id, paper.id))
    whom = addressee(paper.with_, case, folder.office, folder.directory, read_salutations(templates))
    signer = folder.office.signer(paper.last.signer or printed_signer(folder, paper))
    urgency = paper.drafted.urgency or case.urgency
    return egif.encode_letter(LetterMessage(
        paper.number, paper.dated, numbered.subject or case.subject, _sender(signer, codes),
        Party(title=whom.name, **_codes_of(paper.with_, codes)._asdict()),
        codes.secrecy["none"], codes.speed[urgency], tuple(_references(folder, case, whom)),
        "\n".join(item.replace("=", " จำนวน ") for item in paper.drafted.attachments),
        (paper.sent.on or paper.sent.at.date()) if paper.sent else None, "",
        _enclosed(main or _issued(folder, case, paper)), tuple(map(_enclosed, others)),
    ))  # fmt: skip


def _issued(folder: Folder, case: Case, paper: Paper) -> Given:
    name = paper.numbered.file if paper.numbered else ""
    raw = attachments.kept(folder, case.id, name) if name else None
    if raw is None:
        message = _("{id}: the issued file of {paper} is not here").format(id=case.id, paper=paper.id)
        raise Refused(message, CommandLine("paper ecms {} {} --signed FILE", case.id, paper.id))
    return Given("docx", raw, name)


def _enclosed(file: Given) -> EnclosedFile:
    if file.place:
        raise Refused(_("{file} is too large for a message").format(file=file.name), _("scan it smaller"))
    return EnclosedFile(mime_of(file.ending), file.raw)


def _sender(signer: Signer | None, codes: EgifCodes) -> Party:
    given, _space, family = (" ".join(signer.name.split()) if signer else "").rpartition(" ")
    title = " ".join(signer.positions) if signer else ""
    return Party(given or family, family if given else "", title, *codes.own)


def _codes_of(reference: str, codes: EgifCodes) -> OrganisationCode:
    return codes.organisations.get(reference.partition("/")[0], OrganisationCode())


def _references(folder: Folder, case: Case, whom: Addressee) -> Iterator[Reference]:
    """Yield the paper the case began with, when it came from whom the letter goes to."""
    came = case.received
    known = folder.directory.get(whom.reference.partition("/")[0])
    names = {known.id, known.name, known.short} if known else set()
    if came.ref.strip("-") and came.from_.partition("/")[0] in names:
        yield Reference(came.ref, came.dated, case.subject)


def read_letter(folder: Folder, path: Path, raw: bytes) -> IncomingLetter:
    """The letter of a message that came in, in the words of this office.

    Raises:
        BadFile: it is no such message, or one with a code the office's lists do not have. Refused: a file in it is
            not let in.
    """
    codes = read_egif_codes(folder.root / "templates")
    try:
        letter = egif.decode_letter(raw)
    except egif.BadMessageError as fault:
        hint = _("ask whoever sent it, or enter it by hand: {command}").format(command=CommandLine("new"))
        raise BadFile([Problem(path, fault.line, "egif", _fault(fault), hint)]) from None
    words = []
    for name, listed, code in (("SpeedCode", codes.speed, letter.speed), ("SecretCode", codes.secrecy, letter.secrecy)):
        word = code_meaning(listed, code)
        if word is None:
            message = _("{name} {code} is in no list of codes").format(name=name, code=f"{code:.20}")
            raise BadFile([Problem(path, 0, "egif-code", message, _("add it to {file}").format(file=EGIF_FILE))])
        words.append(word)
    dated = letter.dated.isoformat() if letter.dated else ""
    files = [_given(letter.number, 0, letter.main)] if letter.main else []
    files += [_given(letter.number, n, file) for n, file in enumerate(letter.attachments, 1)]
    from_ = _sender_of(folder, letter.sender, codes)
    return IncomingLetter(letter.number, dated, letter.subject, from_, words[0], words[1], tuple(files))


def _fault(fault: egif.BadMessageError) -> str:
    if fault.named:
        words = {
            "missing": _("the message lacks {name}"), "day": _("this is no day: {name}"),
            "base64": _("a file in the message is damaged ({name})"), "long": _("the text of {name} is too long"),
        }  # fmt: skip
        return words[fault.what].format(name=fault.named)
    return {
        "large": _("this message is larger than any letter"),
        "doctype": _("it carries a document type or entities: such a message is not let in"),
        "xml": _("this is no XML, or it is cut off"),
        "none": _("no letter is in it"),
        "several": _("several letters are in it"),
        "files": _("more files are in it than a letter has"),
    }[fault.what]


def _sender_of(folder: Folder, party: Party, codes: EgifCodes) -> str:
    """The organisation of the directory with the sender's codes, else the sender in words."""
    code = OrganisationCode(party.ministry, party.department)
    for reference, known in codes.organisations.items():
        if any(code) and known == code and folder.directory.get(reference):
            return reference
    name = " ".join(filter(None, (party.given_name, party.family_name)))
    return party.title or name or " ".join(filter(None, code))


def _given(number: str, n: int, file: EnclosedFile) -> Given:
    """A file of the message, judged as every file that comes in; its name is the letter's number."""
    ending = next((ending for ending, mime in MIMES.items() if mime == file.mime), "")
    stem = f"{number}-{n}" if n else number
    name = f"{stem}.{ending}".replace("/", "-") if ending else stem.replace("/", "-")
    found = judge(name, io.BytesIO(file.raw))
    return let_in(Path(name), Given(found, file.raw, name))
