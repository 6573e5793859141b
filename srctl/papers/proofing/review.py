"""The review of a Word file against its case, and the repair of its mechanical faults.

The rules are those of :mod:`srctl.papers.proofing.rules`; gathered here are the facts they need: whose paper it is,
on which form, to whom.
"""

from collections.abc import Sequence
from pathlib import Path

from srctl.core.errors import BadFile, CommandLine, NotFound, Problem, Refused, SrctlError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents.docx import word_file
from srctl.documents.docx.content import NotWordError, Provenance
from srctl.model.case import Case
from srctl.model.redaction import every_identifier, private_values
from srctl.office.folder import Folder, readable
from srctl.papers.addressees import Addressee, addressee
from srctl.papers.proofing.rules import Finding, Paperfacts, findings, mended, name_findings
from srctl.papers.wordings import Wording, read_heads, read_salutations, read_template
from srctl.workflow.paper_state import COMPLAINANT, MINISTER, Paper, papers_of

MAX_BYTES = 20_000_000
PAGE_OF_TEXT = 1800  # characters of a full page of a letter at 16 pt: fewer and it is surely one page


class Reviewed(NamedTuple):
    """The review of a file: its case and paper ("" when it names none), and the findings."""

    file: Path
    case: str
    paper: str
    findings: tuple[Finding, ...]


def review(folder: Folder, file: Path) -> Reviewed:
    """Review the Word file, against its case and paper when it names them.

    Raises:
        NotFound: there is no such file. BadFile: it is no Word file.
    """
    docx = read_docx(file)
    made = word_file.properties(docx)
    case, paper = _known(folder, made)
    lines, margins = word_file.paragraphs(docx), word_file.margins_text(docx)
    facts = _facts(folder, case, paper, made.wording or made.paper, lines, margins)
    return Reviewed(file, case.id if case else "", made.paper if case else "", findings(lines, margins, facts))


def names_stay_in(folder: Folder, case: Case, paper: Paper) -> bool:
    """Whether the paper may not name somebody whom the case names: it goes out, and was not allowed to."""
    facts = _facts(folder, case, paper, paper.wording, (), ())
    return facts.leaves and bool(every_identifier(facts.complainant, facts.private))


def named_in(folder: Folder, case: Case, paper: Paper, raw: bytes) -> tuple[Finding, ...]:
    """The findings of a text of the paper that name a person, or may.

    Raises:
        NotWordError: it is no Word file.
    """
    lines, margins = word_file.paragraphs(raw), word_file.margins_text(raw)
    return name_findings(lines, margins, _facts(folder, case, paper, paper.wording, lines, margins))


def mend_file(file: Path) -> tuple[bytes, Sequence[str], Sequence[str]]:
    """Return the file with every mechanical fault repaired, and its paragraphs before and after."""
    docx = read_docx(file)
    after = word_file.replace_text(docx, mended)
    return after, word_file.paragraphs(docx), word_file.paragraphs(after)


def read_docx(file: Path) -> bytes:
    """Return the bytes of a Word file that was typed on the command line (NotFound, BadFile)."""
    if not file.is_file():
        raise NotFound(_("there is no file {file}").format(file=file), CommandLine("show ID"))
    if file.stat().st_size > MAX_BYTES:
        raise BadFile([Problem(file, 0, "large", _("this file is larger than any paper"))])
    raw = file.read_bytes()
    try:
        word_file.refuse_unsafe(raw)
    except NotWordError as reason:
        raise BadFile([Problem(file, 0, "not-word", str(reason), _("save it in Word as a .docx"))]) from None
    return raw


def _known(folder: Folder, made: Provenance) -> tuple[Case | None, Paper | None]:
    """Return the case and paper a file names as its own, when the office has them."""
    try:
        case = readable(folder.load(made.case)) if made.case else None
    except SrctlError:
        return None, None
    return case, next((p for p in papers_of(case) if p.id == made.paper), None) if case else None


def _facts(
    folder: Folder, case: Case | None, paper: Paper | None, wording: str, lines: Sequence[str], margins: Sequence[str]
) -> Paperfacts:
    long = sum(len(line) for line in lines) > PAGE_OF_TEXT
    facts = Paperfacts(pages=2 if long else 1, page_number=any("{PAGE}" in text for text in margins))
    if case is None:
        return facts
    templates = folder.root / "templates"
    try:
        form = read_template(templates, wording).form
    except SrctlError:
        return facts
    on = (paper.form if paper else "") or form.form
    heads = read_heads(templates)[1].forms.get(on, {})
    whom = _whom(folder, case, paper.with_ if paper else form.to)
    named = _may_be_named(paper, form)
    return facts._replace(
        form=on,
        leaves="respect" in heads or "sender" in heads or _goes_out(paper),
        salutation=whom.opening if whom and "salutation" in heads and "respect" in heads else "",
        respect=whom.closing if whom and "respect" in heads else "",
        has_respect="respect" in heads,
        complainant=None if named else case.complainant,
        private=() if named else private_values(folder.kinds.get(case.kind), case.fields),
    )


def _goes_out(paper: Paper | None) -> bool:
    """Whether it goes to somebody beside the Minister: who is complained of is often an office of the ministry."""
    return paper is not None and (bool(paper.among) or paper.with_ not in ("", MINISTER, COMPLAINANT))


def _whom(folder: Folder, case: Case, reference: str) -> Addressee | None:
    try:
        table = read_salutations(folder.root / "templates")
        return addressee(reference, case, folder.office, folder.directory, table) if reference else None
    except (NotFound, Refused):
        return None


def _may_be_named(paper: Paper | None, form: Wording) -> bool:
    """Whether the paper may name the complainant: it is to them, for the Minister alone, or was allowed to."""
    return form.private or (paper is not None and (paper.with_ == COMPLAINANT or paper.drafted.named))


def files_of(folder: Folder, case_id: str) -> list[Path]:
    """Return the Word files of a case on disk: drafts, finished and issued papers, by name.

    Raises:
        NotFound: there is none.
    """
    place = folder.case_path(case_id).parent / case_id
    found = sorted(path for path in place.glob("*.docx") if path.is_file() and not path.name.startswith("~$"))
    if not found:
        raise NotFound(_("{id} has no paper on disk").format(id=case_id), CommandLine("memo {}", case_id))
    return found
