"""The review of a Word file against its case, and the repair of its mechanical faults.

The rules are those of :mod:`srctl.papers.proofing.rules`; gathered here are the facts they need: whose paper it is,
on which form, to whom.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from srctl.core.errors import BadFile, CommandLine, NotFound, Problem, Refused, SrctlError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents.docx import word_file
from srctl.documents.docx.content import Changes, Hidden, Inventory, NotWordError, Provenance, Resolution
from srctl.model.case import Case
from srctl.model.people import Office
from srctl.model.redaction import every_identifier, private_values
from srctl.office.folder import Folder, readable
from srctl.papers.addressees import Addressee, addressee
from srctl.papers.proofing.office_facts import misspellings_of, office_facts, staff_names, with_form
from srctl.papers.proofing.rules import Finding, Paperfacts, findings, mended, name_findings
from srctl.papers.proofing.unseen import heaviest, unseen_findings
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


class Resolved(NamedTuple):
    """A file as it is mended: its bytes, its paragraphs before and after, and what was taken out or decided.

    Before are the words as they would be had its tracked changes been decided the other way: the difference is then
    what the decision did.
    """

    raw: bytes
    before: Sequence[str]
    after: Sequence[str]
    settled: tuple[Finding, ...]


class Reviewer:
    """The review of many files of one office: each is read once, and a case once for all its papers in a row."""

    def __init__(self, folder: Folder) -> None:
        self._folder, self._office = folder, office_facts(folder)
        self._last: tuple[str, Case | None, dict[str, Paper]] = ("", None, {})

    def review(self, file: Path) -> Reviewed:
        """Review the Word file, against its case and paper when it names them.

        Raises:
            NotFound: there is no such file. BadFile: it is no Word file.
        """
        held = _held(file, _raw(file))
        made = held.provenance
        if _is_sheet(made):
            return Reviewed(file, made.case, "", _unseen_of_sheet(held, self._folder.office))
        case, papers = self._of_case(made.case)
        paper = papers.get(made.paper)
        found = _findings(self._folder, self._office, case, paper, made.wording or made.paper, held)
        return Reviewed(file, case.id if case else "", made.paper if case else "", found)

    def _of_case(self, named: str) -> tuple[Case | None, dict[str, Paper]]:
        """The case and its papers a file names as its own, when the office has them."""
        if named != self._last[0]:
            try:
                case = readable(self._folder.load(named)) if named else None
            except SrctlError:
                case = None
            self._last = (named, case, {p.id: p for p in papers_of(case)} if case else {})
        return self._last[1:]


def _is_sheet(made: Provenance) -> bool:
    """Whether a file is a sheet of the registry (envelope, label, name card, register): on a layout, of no wording."""
    return bool(made.layout) and not made.template


def _unseen_of_sheet(held: Inventory, office: Office) -> tuple[Finding, ...]:
    """What was put into a sheet beside its text; it is no letter, and its pages have no number to be seen."""
    unseen = tuple(one for one in held.unseen if one.story != "header")
    return unseen_findings(held._replace(unseen=unseen, paragraphs=(), margins=()), office.names)


def judge_text(folder: Folder, case: Case, paper: Paper, raw: bytes) -> tuple[Finding, ...]:
    """The findings of a text of the paper.

    Raises:
        NotWordError: it is no Word file, or one that is not let in.
    """
    return _findings(folder, office_facts(folder), case, paper, paper.wording, word_file.inventory(raw))


def _findings(
    folder: Folder, office: Paperfacts, case: Case | None, paper: Paper | None, wording: str, held: Inventory
) -> tuple[Finding, ...]:
    beside = (*held.margins, *held.notes)
    facts = _facts(folder, office._replace(fonts=held.fonts), case, paper, wording, held.paragraphs, held.margins)
    found = (*findings(held.paragraphs, beside, facts), *unseen_findings(held, folder.office.names))
    return tuple(sorted(found, key=lambda finding: finding.place))


def names_stay_in(folder: Folder, case: Case, paper: Paper) -> bool:
    """Whether the paper may not name somebody whom the case names: it goes out, and was not allowed to."""
    facts = _facts(folder, Paperfacts(), case, paper, paper.wording, (), ())
    return facts.leaves and bool(every_identifier(facts.complainant, facts.private))


def named_in(folder: Folder, case: Case, paper: Paper, raw: bytes) -> tuple[Finding, ...]:
    """The findings of a text of the paper that name a person, or may.

    Raises:
        NotWordError: it is no Word file.
    """
    return _named(folder, case, paper, word_file.inventory(raw))


def judge_untouched(folder: Folder, case: Case, paper: Paper, raw: bytes) -> tuple[Finding, ...]:
    """The findings of a draft nobody touched: whom it names, and what a form or the case brought that never leaves.

    Raises:
        NotWordError: it is no Word file.
    """
    held = word_file.inventory(raw)
    return (*_named(folder, case, paper, held), *heaviest(unseen_findings(held, folder.office.names), "never"))


def _named(folder: Folder, case: Case, paper: Paper, held: Inventory) -> tuple[Finding, ...]:
    office = Paperfacts(staff=staff_names(folder.office))
    facts = _facts(folder, office, case, paper, paper.wording, held.paragraphs, held.margins)
    return name_findings(held.paragraphs, (*held.margins, *held.notes), facts)


def mend_file(folder: Folder, docx: bytes, changes: Changes = "", hidden: Hidden = "") -> Resolved:
    """The file with mechanical faults repaired and comments, colours, names out; ``changes`` and ``hidden`` as told."""
    office = folder.office.names
    how = Resolution(changes, hidden, comments=True, highlight=True, office=office.th)
    mend = partial(mended, misspellings=misspellings_of(folder))
    after = word_file.replace_text(word_file.resolve(docx, how), mend)
    held, left = word_file.inventory(docx), word_file.inventory(after)
    before = held.paragraphs
    if changes:
        other = Resolution("reject" if changes == "accept" else "accept")
        before = word_file.paragraphs(word_file.resolve(docx, other))
    stays = {one._replace(place=0, around="") for one in left.unseen}
    gone = held._replace(unseen=tuple(o for o in held.unseen if o._replace(place=0, around="") not in stays))
    return Resolved(after, before, left.paragraphs, tuple(f for f in unseen_findings(gone, office) if f.fixable))


def read_docx(file: Path) -> bytes:
    """Return the bytes of a Word file that was typed on the command line (NotFound, BadFile)."""
    raw = _raw(file)
    _held(file, raw)
    return raw


def _raw(file: Path) -> bytes:
    if not file.is_file():
        raise NotFound(_("there is no file {file}").format(file=file), CommandLine("show ID"))
    if file.stat().st_size > MAX_BYTES:
        raise BadFile([Problem(file, 0, "large", _("this file is larger than any paper"))])
    return file.read_bytes()


def _held(file: Path, raw: bytes) -> Inventory:
    try:
        return word_file.inventory(raw)
    except NotWordError as reason:
        raise BadFile([Problem(file, 0, "not-word", str(reason), _("save it in Word as a .docx"))]) from None


def _facts(
    folder: Folder, office: Paperfacts, case: Case | None, paper: Paper | None, wording: str,
    lines: Sequence[str], margins: Sequence[str],
) -> Paperfacts:  # fmt: skip
    long = sum(len(line) for line in lines) > PAGE_OF_TEXT
    facts = office._replace(pages=2 if long else 1, page_number=any("{PAGE}" in text for text in margins))
    if case is None:
        return facts
    templates = folder.root / "templates"
    try:
        template = read_template(templates, wording)
    except SrctlError:
        return facts
    form = template.form
    on = (paper.form if paper else "") or form.form
    heads = read_heads(templates)[1].forms.get(on, {})
    whom = _whom(folder, case, paper.with_ if paper else form.to)
    named = _may_be_named(paper, form)
    return with_form(facts, folder, template, on, heads, paper)._replace(
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
