"""The provenance of a file: which paper it is, whether it was changed, and how to adopt it.

A Word file carries in its properties the case, commit and wording it was drafted from (design §8); the log keeps the
SHA-256 of every text that mattered. Properties are trusted only as a hint: anybody can write them.
"""

from datetime import date
from hashlib import sha256
from pathlib import Path

from srctl.core.dates import thai_date
from srctl.core.errors import CommandLine, NotFound, SrctlError, UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.documents.docx import word_file
from srctl.documents.docx.content import Provenance
from srctl.model.case import Case, Entry
from srctl.model.case_id import is_id
from srctl.office.attachments import Given
from srctl.office.folder import Folder, readable
from srctl.papers import drafts, lifecycle
from srctl.papers.incoming_files import WORD, let_in, read_given
from srctl.papers.issuing import keep_files, texts_of
from srctl.papers.proofing.naming import let_go, refuse_faulty
from srctl.papers.wordings import read_template
from srctl.workflow.actions import Act
from srctl.workflow.paper_state import Paper, papers_of, the_paper, typed_day

SAME, CHANGED, GONE = "same", "changed", "gone"
NOWHERE = Provenance("", "", "", "", "")


class Found(NamedTuple):
    """The provenance found of a file. ``entry`` is the log entry that has exactly these bytes, None when none has.

    ``wording`` and ``since`` are the states of the wording and the case it was drafted from: ``same``, ``changed``,
    ``gone`` or "" when the file does not name it.
    """

    sha256: str
    made: Provenance
    case: Case | None = None
    paper: Paper | None = None
    entry: Entry | None = None
    wording: str = ""
    since: str = ""


def read_word(path: Path) -> tuple[Given, Provenance]:
    """A Word file and its provenance; raises as :func:`srctl.papers.incoming_files.read_scan` does."""
    given = let_in(path, read_given(path, WORD))
    return given, word_file.properties(given.raw)


def whose(made: Provenance, case_id: str, paper: str) -> tuple[str, str]:
    """Return the case and paper a file is taken for: those typed, else those its properties name.

    Raises:
        UsageError: neither names a case.
    """
    found = case_id or made.case
    if not found:
        raise UsageError(_("the file does not say which case it is of"), CommandLine("paper adopt FILE ID PAPER"))
    return found, paper or (made.paper if found == made.case else "")


def adoption(folder: Folder, case: Case, typed: str, given: Given, override: str = "", file: str = "") -> Act:
    """Plan the adoption of a text finished in Word as the one that is submitted, and keep it.

    Raises:
        Refused: it holds what must not leave the office, or has faults and no reason (``override``) to go with them;
            the hint names it as ``file``.
    """
    paper = the_paper(case, typed, "finish")
    command = CommandLine('paper adopt FILE {} {} --anyway "…"', case.id, paper.id)
    if file:
        command = CommandLine('paper adopt {} {} {} --anyway "…"', file, case.id, paper.id)
    warnings = refuse_faulty(folder, case, paper, [given.raw], override, command, file=file, fresh=True)
    kept = keep_files(folder, case, f"{paper.id}-final", [given])
    until = _still_named(paper, given.raw)
    return let_go(lifecycle.record_finished(case, paper, kept, until), override, warnings)


def _still_named(paper: Paper, raw: bytes) -> date | None:
    """The day typed for the paper as the one an answer is asked for by, where its text still has that date."""
    day = typed_day(paper)
    text = to_arabic_digits(" ".join(" ".join(word_file.paragraphs(raw)).split())) if day else ""
    return day if day and to_arabic_digits(thai_date(day)) in text else None


def text_before(folder: Folder, case: Case, paper: Paper) -> bytes | None:
    """Return the latest text of the paper to compare with, None when it is gone and cannot be made again."""
    found = texts_of(folder, case, paper)
    return found[0].raw if found else None


def find_provenance(folder: Folder, raw: bytes, made: Provenance = NOWHERE) -> Found:
    """The provenance of a file with these bytes and properties."""
    found = Found(sha256(raw).hexdigest(), made)
    if made.case:
        found = _from_properties(folder, found)
    return found if found.entry else _from_logs(folder, found)


def _from_properties(folder: Folder, found: Found) -> Found:
    made = found.made
    try:
        file = folder.load(made.case) if is_id(made.case) else None
    except NotFound:
        file = None
    if file is None:
        return found._replace(wording=_wording_state(folder, made))
    case = readable(file)
    paper = next((p for p in papers_of(case) if p.id == made.paper), None)
    since = ""
    if made.commit:
        since = SAME if drafts.source_commit(folder, file.path) == made.commit else CHANGED
    entry = _entry_of(case, found.sha256) or (_copy_of(folder, case, paper, found.sha256) if paper else None)
    return found._replace(case=case, paper=paper, entry=entry, wording=_wording_state(folder, made), since=since)


def _wording_state(folder: Folder, made: Provenance) -> str:
    if not made.template:
        return ""
    try:
        now = read_template(folder.root / "templates", made.wording or made.paper).sha256
    except SrctlError:
        return GONE
    return SAME if now == made.template else CHANGED


def _entry_of(case: Case, digest_: str) -> Entry | None:
    """Return the latest entry with that SHA-256; the one that made the text rather than the one that submitted it."""
    found = [e for e in case.happened() if digest_ in (e.sha256, *(kept.sha256 for kept in e.attached))]
    return next((e for e in reversed(found) if e.did != "submit"), found[-1] if found else None)


def _copy_of(folder: Folder, case: Case, paper: Paper, digest_: str) -> Entry | None:
    """Return the entry of a paper to many, when the file is one of its copies."""
    if not paper.among:
        return None
    texts = [copy.raw or b"" for copy in texts_of(folder, case, paper)]
    return paper.version if digest_ in [sha256(text).hexdigest() for text in texts] else None


def _from_logs(folder: Folder, found: Found) -> Found:
    """Search the logs of all cases for the very bytes: a scan has no properties."""
    wanted = found.sha256.encode()
    for _name, place in folder.case_places():
        path = Path(place)
        if not path.is_file() or wanted not in path.read_bytes():
            continue
        case = folder.read_case(path).case
        entry = _entry_of(case, found.sha256) if case else None
        if case and entry:
            paper = next((p for p in papers_of(case) if p.id == entry.paper), None)
            return found._replace(case=case, paper=paper, entry=entry)
    return found
