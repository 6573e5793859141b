"""Papers issued from an office folder: submitted, signed, numbered, sent, and replies to them.

Each function plans one act from the state of the folder at that moment; :func:`srctl.office.writer.act` calls it
under the lock, so no two clerks take the same number. The numbers taken stand in the logs of the cases, also of those
changed by hand.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from srctl.core.dates import be_year, thai_date
from srctl.core.errors import BadFile, CommandLine, NotFound, Refused, SrctlError
from srctl.core.i18n import _, ngettext
from srctl.core.named_days import NamedDay, workdays_from
from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.documents.docx import word_file
from srctl.documents.docx.content import OPEN_PLACES, Resolution
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.labels import Channel
from srctl.model.number_series import Series, Taken, next_n, number_text, series_of, taken
from srctl.model.people import name_of
from srctl.model.redaction import redactor
from srctl.model.voices import voice_of
from srctl.office import attachments
from srctl.office.attachments import Given
from srctl.office.folder import CaseFile, Folder
from srctl.papers import drafts, lifecycle
from srctl.papers.addressees import addressee
from srctl.papers.draft_request import asked_of
from srctl.papers.lifecycle import NO_FILE, NOT_NOTED, Dispatch, Handed, Kept, Numbered
from srctl.papers.proofing.naming import let_go, refuse_faulty, refuse_named, refuse_open_channel
from srctl.papers.signers import refuse_lapsed
from srctl.papers.wordings import Wording, read_numbering, read_salutations, read_template
from srctl.store.git.repository import Repo
from srctl.workflow.actions import Act
from srctl.workflow.draft_commands import draft_command
from srctl.workflow.paper_state import COMPLAINANT, Paper, typed_day

_HEAD = 25  # paragraphs in which the head of a paper stands
_NUMBERS = b"number"


class Copy(NamedTuple):
    """The text of a paper for one addressee ("" when there is one text only): its file, None when it is gone."""

    whom: str
    path: Path
    raw: bytes | None


def copies(folder: Folder, case: Case, paper: Paper) -> tuple[Copy, ...]:
    """Return the latest text of the paper as it is on disk (a kept file: else as it is in history)."""
    if paper.version.file:
        name = paper.version.file
        return (Copy("", attachments.home(folder, case.id) / name, attachments.kept(folder, case.id, name)),)
    places = [(whom, drafts.draft_path(folder, case.id, paper.id, whom)) for whom in paper.among or ("",)]
    return tuple(Copy(whom, path, path.read_bytes() if path.is_file() else None) for whom, path in places)


def copies_digest(texts: Sequence[bytes]) -> str:
    """Return the SHA-256 a paper is known by: of its text, or of those of all its copies together."""
    found = [sha256(raw).hexdigest() for raw in texts]
    return found[0] if len(found) == 1 else sha256("".join(found).encode()).hexdigest()


def submission(folder: Folder, case: Case, paper: Paper, on: date | None = None, override: str = "") -> Act:
    """Plan the submission of the paper, when the file on disk is the text the log records.

    Raises:
        Refused: it was changed in Word, or is not there; the hint is how to adopt it, or to make it again. Or it
            names who is not to be named, without a reason (``override``).
    """
    found = copies(folder, case, paper)
    gone = next((copy.path for copy in found if copy.raw is None), None)
    if gone is not None:
        message = _("{file} is not there").format(file=folder.relative(gone))
        raise Refused(message, draft_command(case.id, paper))
    _refuse_changed(folder, paper, found)
    command = CommandLine('submit {} {} --anyway "…"', case.id, paper.id)
    file = str(folder.relative(found[0].path))
    warnings = refuse_faulty(folder, case, paper, [copy.raw for copy in found], override, command, file=file)
    return let_go(lifecycle.submit(case, paper, on=on), override, warnings)


def _refuse_changed(folder: Folder, paper: Paper, found: Sequence[Copy]) -> None:
    """Refuse when the text on disk, all of it there, is not the one the log records."""
    texts = [copy.raw for copy in found if copy.raw is not None]
    if len(texts) == len(found) and copies_digest(texts) != paper.version.sha256:
        file = folder.relative(found[0].path)
        message = _("{file} is not the text that was drafted: somebody changed it").format(file=file)
        raise Refused(message, _("take it as it is: {command}").format(command=CommandLine("paper adopt {}", file)))


def signature(
    folder: Folder, case: Case, paper: Paper, by: str, how: str, *, on: date | None, today: date,
    scans: Sequence[Given] = (),
) -> Act:  # fmt: skip
    """Plan the signing of the paper by the signer whose name it prints, with its scan kept.

    Raises:
        Refused: the text on disk was changed after its submission, it names another signer, or who signs does not act
            for the other on that day. A draft that is gone is no matter: paper was signed.
    """
    _refuse_changed(folder, paper, copies(folder, case, paper))
    signer = paper.drafted.signer or wording_of(folder, paper).signer
    other = find_signer(folder, by) if by else signer
    if other != signer:
        _refuse_other_signer(folder, case, paper, signer, other)
    refuse_lapsed(folder.office, signer, paper.drafted.acting, on or today)
    kept = keep_files(folder, case, f"{paper.id}-signed", scans)
    return lifecycle.sign(case, paper, signer, how, on=on, kept=kept)


def _refuse_other_signer(folder: Folder, case: Case, paper: Paper, signer: str, other: str) -> NoReturn:
    """Refuse a signature under the name of another, with the commands that draft the paper for whoever signs."""
    printed, named = name_of(folder.office, signer), name_of(folder.office, other)
    message = _("{id}: the name on {paper} is {printed}; {named} cannot have signed it")
    back = CommandLine('return {} {} --why "…"', case.id, paper.id)
    hint = _("draft it anew for them: {command}").format(command=back)
    again = draft_command(case.id, paper)
    if paper.drafted.did == "memo":
        again = CommandLine("letter {} {}", case.id, paper.wording)
    acts = any(row.by == other and row.for_ == signer for row in folder.office.acting)
    again = again.plus("--signer {}", other)
    hint += f"\n{again.plus('--acting-for {}', signer) if acts else again}"
    if not acts and folder.office.signer(other) is None:
        hint += "\n" + _("who acts for a signer is entered under acting: in office.yaml")
    raise Refused(message.format(id=case.id, paper=paper.id, printed=printed, named=named), hint)


def find_signer(folder: Folder, typed: str) -> str:
    """Return the id of who signs: a signer, the Minister, or a coordinator acting for one (NotFound otherwise)."""
    office = folder.office
    people = {s.id: s.name for s in office.signers} | {"minister": office.minister.name}
    people |= {c.id: c.name for c in office.coordinators if c.id not in people}
    for person, name in people.items():
        if typed in (person, name):
            return person
    listed = ", ".join(f"{s.id} ({s.name})" for s in office.signers)
    raise NotFound(_("nobody signs as {signer}").format(signer=typed), listed)


def keep_files(folder: Folder, case: Case, stem: str, given: Sequence[Given]) -> Kept:
    """Return the files as they are kept with the case, each under a name of its own."""
    attached, files = attachments.keep_all(folder, case, stem, given)
    return Kept(attached[0].file, attached[0].sha256, files, attached) if attached else NO_FILE


def wording_of(folder: Folder, paper: Paper) -> Wording:
    """The wording the paper was drafted from (NotFound when it was taken out since)."""
    return read_template(folder.root / "templates", paper.wording).form


# -- numbers -------------------------------------------------------------------------------------------


def numbers_taken(folder: Folder) -> list[Taken]:
    """Return every number ever given in this office, in any case, also where a hand changed the file since.

    Raises:
        BadFile: a file in which a number may stand cannot be read: it could be given twice.
    """
    found: list[Taken] = []
    known: set[tuple[str, str]] = set()
    for file in _with_numbers(folder):
        if file.case is None:
            raise BadFile(file.problems)
        for item in taken([file.case]):
            if (item.case.id, item.entry.id) not in known:
                known.add((item.case.id, item.entry.id))
                found.append(item)
    return found


class NumberBook:
    """The numbers given, while one commit gives several: the files are read once, the cases underway each time."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._recorded: list[Taken] | None = None

    def given(self) -> list[Taken]:
        """Every number given until now (:func:`numbers_taken`), those of the commit being planned included."""
        if self._recorded is None:
            self._recorded = numbers_taken(self._folder)
        known = {(item.case.id, item.entry.id) for item in self._recorded}
        return [
            *self._recorded,
            *(t for t in taken(self._folder.underway.values()) if (t.case.id, t.entry.id) not in known),
        ]


def _with_numbers(folder: Folder) -> Iterator[CaseFile]:
    """Yield the case files with a number in them: as they are on disk, then as recorded where that differs."""
    for _name, place in folder.case_places():
        path = Path(place)
        raw = path.read_bytes() if path.is_file() else b""
        if _NUMBERS in raw:
            yield folder.parse_case(raw, path)
    repo = Repo(folder.root)
    for name in repo.changed_paths("cases"):
        held = repo.read(name) if name.endswith(".yaml") else None
        if held is not None and _NUMBERS in held:
            yield folder.parse_case(held, folder.root / name)


def assign_number(
    folder: Folder, case: Case, paper: Paper, today: date, *, dated: date | None = None, why: str = "",
    override: str = "", book: NumberBook | None = None,
) -> Act:  # fmt: skip
    """Plan the next number of its series for the paper, and the file as it is issued.

    ``book`` holds the numbers where one commit gives several.

    Raises:
        Refused: papers of this wording bear no number, the date breaks the order of the register, or it names who
            is not to be named, without a reason (``override``).
        BadFile: a case in which a number may stand cannot be read.
    """
    dated = dated or today
    if dated > today:
        raise Refused(_("a paper is not dated ahead"), CommandLine("number {} {}", case.id, paper.id))
    name, series = _series(folder, case, paper)
    given = (book or NumberBook(folder)).given()
    last = max((t.entry.dated or t.entry.day() for t in given if t.entry.series == name), default=None)
    lifecycle.refuse_backdated(case, paper, dated, last, why)
    year = be_year(dated)
    n = next_n(given, name, year, series.begins.get(str(year), 1))
    printed = number_text(series, _prefix(folder, paper), n, year)
    texts = texts_of(folder, case, paper)
    command = CommandLine('number {} {} --anyway "…"', case.id, paper.id)
    file = str(folder.relative(texts[0].path)) if texts else ""
    warnings = refuse_faulty(folder, case, paper, [copy.raw for copy in texts], override, command, file=file)
    frozen = Numbered(name, n, printed, dated, _subject(folder, case, texts), _addressee(folder, case, paper, texts))
    kept = _issued(folder, case, paper, texts, printed, dated)
    return let_go(lifecycle.record_number(case, paper, frozen, kept=kept, why=why), override, warnings)


def _prefix(folder: Folder, paper: Paper) -> str:
    """What begins the number of the paper: the prefix of whoever's voice it has."""
    signer = folder.office.signer(paper.drafted.acting or paper.drafted.signer)
    return voice_of(folder.office, signer).letter_prefix if signer else folder.office.letter_prefix


def _series(folder: Folder, case: Case, paper: Paper) -> tuple[str, Series]:
    numbering = read_numbering(folder.root / "templates")
    wording = wording_of(folder, paper)
    if not wording.series:
        message = _("{paper} bears no number: it goes out as it is signed").format(paper=paper.id)
        raise Refused(message, CommandLine("send {} {}", case.id, paper.id))
    name = series_of(numbering, wording.series, paper.drafted.secrecy or case.secrecy)
    if name not in numbering.series:
        message = _("there is no series {series}").format(series=name)
        raise NotFound(message, ", ".join(numbering.series))
    return name, numbering.series[name]


def texts_of(folder: Folder, case: Case, paper: Paper) -> tuple[Copy, ...]:
    """Return the copies of the very text that was signed; none when it is not there and cannot be made again."""
    found = copies(folder, case, paper)
    if all(copy.raw for copy in found) and copies_digest([c.raw or b"" for c in found]) == paper.version.sha256:
        return found
    again = made_again(folder, case, paper)
    same = again and copies_digest(again) == paper.version.sha256
    return tuple(c._replace(raw=raw) for c, raw in zip(found, again, strict=True)) if same else ()


def made_again(folder: Folder, case: Case, paper: Paper) -> tuple[bytes, ...]:
    """Return the drafts of the paper made again from the case as it is; none when that cannot be done."""
    drafted = paper.drafted
    try:
        return tuple(
            drafts.draft_from_case(
                folder, case.id, paper.wording, drafted.day(), asked_of(drafted)._replace(to=whom)
            ).docx
            for whom in paper.among or (drafted.with_,)
        )
    except SrctlError:  # the wording, an addressee or a value is gone since
        return ()


def _issued(
    folder: Folder, case: Case, paper: Paper, texts: Sequence[Copy], printed: str, dated: date
) -> Kept:  # fmt: skip
    """Return the paper as issued, number and date in their places; of a circular a file for each addressee."""
    files, touched = [], paper.version.did == "finish"
    office = Resolution(comments=True, office=folder.office.names.th)
    for copy in texts:
        # What a program added to a draft goes; a draft nobody touched has nothing of it.
        clean = word_file.resolve(copy.raw or b"", office) if touched else copy.raw or b""
        raw, _unplaced = word_file.fill_places(clean, {"number": printed, "date": thai_date(dated)})
        stem = f"{paper.id}-{copy.whom.replace('/', '-')}" if copy.whom else paper.id
        files.append((attachments.free_name(folder, case, stem, "docx", raw), raw))
    return Kept(files[0][0], copies_digest([raw for _name, raw in files]), tuple(files)) if files else NO_FILE


def issued_texts(folder: Folder, case: Case, paper: Paper) -> tuple[Copy, ...]:
    """The files of an issued circular, one for each addressee as :func:`_issued` names them; none for other papers.

    The log names the first; the others have its name with another addressee.
    """
    name = paper.numbered.file if paper.numbered else ""
    if not (name and paper.among):
        return ()
    begun = [f"{case.id}-{paper.id}-{whom.replace('/', '-')}" for whom in paper.among]
    names = [f"{beginning}{name.removeprefix(begun[0])}" for beginning in begun]
    at, found = attachments.home(folder, case.id), [attachments.kept(folder, case.id, one) for one in names]
    return tuple(Copy(whom, at / one, raw) for whom, one, raw in zip(paper.among, names, found, strict=True))


def unplaced(folder: Folder, case: Case, paper: Paper) -> tuple[str, ...]:
    """The open places, number and date, that the issued file lacks: they are to be written by hand."""
    if paper.numbered is None or not paper.numbered.file:
        return OPEN_PLACES
    raw = attachments.kept(folder, case.id, paper.numbered.file)
    text = to_arabic_digits(_plain("\n".join(word_file.paragraphs(raw)))) if raw else ""
    wanted = {"number": paper.number, "date": thai_date(paper.dated) if paper.dated else ""}
    return tuple(n for n, words in wanted.items() if to_arabic_digits(_plain(words)) not in text)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def _line_of(texts: Sequence[Copy], heads: str) -> str:
    """The text behind one of ``heads`` (a pattern) in the head of the paper, in Arabic digits."""
    for copy in texts[:1]:
        for line in word_file.paragraphs(copy.raw or b"")[:_HEAD]:
            match = re.match(rf"\s*(?:{heads})[\s\u00a0]+(\S.*)", line)
            if match:
                return to_arabic_digits(_plain(match[1]))
    return ""


def paper_subject(folder: Folder, case: Case, paper: Paper) -> str:
    """The subject of the paper: as frozen with its number, else as its text bears it now. It names no complainant."""
    frozen = paper.numbered.subject if paper.numbered else ""
    return frozen or _subject(folder, case, [copy for copy in copies(folder, case, paper) if copy.raw])


def _subject(folder: Folder, case: Case, texts: Sequence[Copy]) -> str:
    """The subject as the paper bears it, else the case's; who complains is taken out: the log names nobody."""
    return redactor(case, folder.kinds.get(case.kind))(_line_of(texts, "เรื่อง") or case.subject)


def _addressee(folder: Folder, case: Case, paper: Paper, texts: Sequence[Copy]) -> str:
    """The addressee as the paper names them; "" for the complainant (``with`` shows it is them)."""
    if paper.with_ == COMPLAINANT:
        return ""
    if paper.among:
        return ngettext("{n} addressee", "{n} addressees", len(paper.among)).format(n=len(paper.among))
    if not paper.with_:
        return _line_of(texts, "เรียน|กราบเรียน|ถึง|นมัสการ")
    try:
        table = read_salutations(folder.root / "templates")
        return addressee(paper.with_, case, folder.office, folder.directory, table).name
    except SrctlError:  # no longer in the directory: the paper was written when it was
        return _line_of(texts, "เรียน|กราบเรียน|ถึง|นมัสการ") or paper.with_


# -- out and back --------------------------------------------------------------------------------------


def dispatch(
    folder: Folder, case: Case, kind: Kind, paper: Paper, by: Channel, today: date, *,
    on: date | None, until: NamedDay, keeps: Sequence[str], override: str = "", handed: Handed = NOT_NOTED,
) -> Act:  # fmt: skip
    """Plan the dispatch of the paper; its wording defines what that starts (a reply awaited, a rule met).

    Raises:
        Refused: it names who is not to be named, or it is secret and goes where others read, without a reason
            (``override``).
    """
    refuse_open_channel(case, paper, read_numbering(folder.root / "templates"), by, override)
    command = CommandLine('send {} {} --by {} --anyway "…"', case.id, paper.id, by)
    texts = issued_texts(folder, case, paper) or texts_of(folder, case, paper) or copies(folder, case, paper)
    warnings = refuse_named(folder, case, paper, [copy.raw for copy in texts], override, command)
    wording = wording_of(folder, paper)
    starts, sent = wording.starts, on or today
    if until.on is None:
        until = NamedDay(typed_day(paper))
    if until.on is None and starts.reply:
        until = workdays_from(sent, starts.reply, folder.calendar)
    rules = {rule.name for rule in kind.deadlines}
    paid = lifecycle.thanked(case, paper) if starts.thanked else ()
    meets = tuple(name for name in starts.meets if name in rules)
    how = Dispatch(by, until.on, meets, tuple(dict.fromkeys((*keeps, *paid))), on, until.counted, handed)
    lifecycle.refuse_wrong_days(case, paper, how._replace(on=sent))
    return let_go(lifecycle.send(case, paper, how, series=wording.series), override, warnings)
