"""Drafts written into the office folder: which paper, from which commit, to which file.

A draft can be made again at any time and is not recorded itself; the log keeps its sha256 and what was asked for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path

from srctl.core.errors import NotFound, unknown
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.case import Case
from srctl.model.redaction import redactor
from srctl.office.folder import Folder, readable
from srctl.office.process_pool import map_in_processes
from srctl.papers.addressees import expanded, sender_reference
from srctl.papers.composition import Draft
from srctl.papers.composition import draft_paper as compose
from srctl.papers.draft_request import Asked, Drafted
from srctl.papers.template_values import earlier_ids
from srctl.papers.wordings import Template, read_template, wording_names
from srctl.store import atomicfile, outputfile
from srctl.store.git.repository import Repo
from srctl.workflow.paper_state import ALLOWED, Paper, next_paper_id, papers_of

MANY = 40  # files from which on a process pool writes them
# Actions that change nothing a paper is drafted from: the same draft comes out after them.
PAPER_ACTIONS = frozenset({"memo", "draft", "finish", "submit", "sign", "return", "number", "send"})


class Written(NamedTuple):
    """Papers written for one case: what is recorded of each, and the files in their order."""

    papers: tuple[Drafted, ...]
    files: tuple[Path, ...]


def draft_from_case(folder: Folder, case_id: str, paper: str, today: date, asked: Asked = Asked()) -> Draft:  # noqa: B008
    """Return the paper drafted from the case as recorded; the usual paper of its kind when none is named.

    Raises:
        Refused: a value is missing (the hint is the command that supplies it). NotFound: no such paper.
    """
    file = folder.load(case_id)
    case = readable(file)
    wanted = paper or usual_paper(folder, case_id)
    if wanted not in (known := wording_names(folder.root / "templates")):
        raise NotFound(*unknown(_("paper"), wanted, list(known), ", ".join(known)))
    return _composed(folder, case, wanted, today, source_commit(folder, file.path), asked)


def _composed(folder: Folder, case: Case, wording: str, today: date, commit: str, asked: Asked) -> Draft:
    kind, templates = folder.kind(case.kind), folder.root / "templates"
    before = tuple(_earlier(folder, case))
    return compose(case, kind, folder.office, folder.directory, templates, wording, today, commit, asked, before)


def _earlier(folder: Folder, case: Case) -> Iterator[Case]:
    """The earlier matters that can be read, without who complained in them: no paper of another matter tells."""
    for case_id in earlier_ids(case):
        with suppress(NotFound):
            if one := folder.load(case_id).case:
                hide = redactor(one, folder.kinds.get(one.kind))
                yield one._replace(
                    subject=hide(one.subject), report=one.report._replace(result=hide(one.report.result))
                )


def source_commit(folder: Folder, path: Path) -> str:
    """Return the commit that last changed the content of the case (drafting or sending a paper does not).

    A paper drafted in the commit of another act cannot name it: it is drafted from the one before.
    """
    for commit in Repo(folder.root).walk(path.relative_to(folder.root).as_posix()):
        actions = commit.trailers.get("Srctl-Action", "-").split()
        if "draft" not in actions and not PAPER_ACTIONS.issuperset(actions):
            return commit.id
    return ""


def draft_path(folder: Folder, case_id: str, paper: str, to: str = "") -> Path:
    """The path of a draft: in the folder of its case, beside the case file; ``to`` is one addressee of many."""
    whom = f"-{to.replace('/', '-')}" if to else ""
    return folder.case_path(case_id).parent / case_id / f"{case_id}-{paper}{whom}-draft.docx"


def write_draft(file: Path, docx: bytes) -> None:
    """Write the Word file whole, unless it stands there already.

    Raises:
        Refused: it cannot be written (open in Word on Windows, read-only, disk full).
    """
    with outputfile.writing(file, _("close it in Word, or give another place: --to FILE")):
        if not (file.is_file() and not file.is_symlink() and file.read_bytes() == docx):
            atomicfile.write(file, docx)


def usual_paper(folder: Folder, case_id: str) -> str:
    """Return the paper that is usual for the kind of the case ("" when it has none)."""
    return next(iter(folder.kind(readable(folder.load(case_id)).kind).papers), "")


# -- letters: one or many --------------------------------------------------------------------------------


def addressees_of(folder: Folder, template: Template, to: Sequence[str], case: Case) -> tuple[str, ...]:
    """The addressees the wording is written to: those asked for (groups expanded), else its usual one.

    An answer usually goes to the sender of the matter, where they stand in the directory.
    """
    found = expanded(to, folder.directory)
    usual = template.form.to or (sender_reference(case, folder.directory) if template.form.replies else "")
    return found or ((usual,) if usual else ())


def values_drafted(case: Case, template: Template, to: Sequence[str]) -> Mapping[str, str]:
    """The values of the one draft that is made anew by drafting the wording to these; none of a further paper."""
    drafted = _open_drafts(case, template)
    found = drafted.get((to[0] if to else "", ())) if len(to) < 2 else None
    return found.drafted.given if found else {}


def _open_drafts(case: Case, template: Template) -> dict[tuple[str, tuple[str, ...]], Paper]:
    """The papers of the wording that can be drafted anew, by whom they are to."""
    papers = (p for p in papers_of(case) if p.wording == template.name and p.state in ALLOWED["draft"])
    return {(p.with_, p.among): p for p in papers}


def paper_ids(case: Case, template: Template, to: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the papers to make: id in the case and addressees; the draft of the same letter is made anew."""
    open_drafts = {whom: paper.id for whom, paper in _open_drafts(case, template).items()}
    if template.form.one_number or not to:
        alone = (to[0] if len(to) == 1 else "", tuple(to) if len(to) > 1 else ())
        return [(open_drafts.get(alone) or next_paper_id(case, template.name), tuple(to))]
    found: list[tuple[str, tuple[str, ...]]] = []
    taken: set[str] = set()
    for whom in to:
        paper = open_drafts.get((whom, ())) or next_paper_id(case, template.name, taken)
        taken.add(paper)
        found.append((paper, (whom,)))
    return found


class _Sheet(NamedTuple):
    """One file to write: which paper of the case it is, to whom, and where."""

    paper: str
    whom: str
    file: Path


class _Made(NamedTuple):
    """A file that was written: its sha256, its form, who signs it, acting for whom."""

    digest: str
    form: str
    signer: str
    acting: str


class _Letter(NamedTuple):
    """The input shared by all files of one run."""

    case: Case
    wording: str
    today: date
    commit: str
    asked: Asked


def write_letters(
    folder: Folder,
    case_id: str,
    wording: str,
    to: Sequence[str],
    asked: Asked,
    today: date,
    file: Path | None = None,
    report: Callable[[int, int], None] = lambda _done, _all: None,
) -> Written:
    """Write the paper to every addressee, a file each, and return what is to be recorded.

    Nothing is recorded here: the papers go into one act. ``file`` is another place for a paper that is one file;
    ``report`` is called with how many of all are written. Many are written by a process pool. Where it was stopped,
    the same run again leaves the files that are right as they are.

    Raises:
        Refused: a value is missing; files written before it stay as drafts.
    """
    found = folder.load(case_id)
    case = folder.underway.get(case_id) or readable(found)
    commit = source_commit(folder, found.path)
    template = read_template(folder.root / "templates", wording)
    todo = paper_ids(case, template, addressees_of(folder, template, to, case))
    sheets = []
    for paper, among in todo:
        merged = len(among) > 1
        for whom in among or ("",):
            target = (not merged and file) or draft_path(folder, case_id, paper, whom if merged else "")
            sheets.append(_Sheet(paper, whom, target))
    done: list[_Made] = []
    with _writing(folder, _Letter(case, wording, today, commit, asked), sheets) as writing:
        for made in writing:
            done.append(made)
            report(len(done), len(sheets))
    rest = iter(done)
    papers = [_drafted(paper, among, template, asked, list(islice(rest, len(among) or 1))) for paper, among in todo]
    return Written(tuple(papers), tuple(sheet.file for sheet in sheets))


def _writing(folder: Folder, letter: _Letter, sheets: Sequence[_Sheet]) -> AbstractContextManager[Iterator[_Made]]:
    if len(sheets) < MANY:
        return nullcontext(map(partial(_write_one, folder, letter), sheets))
    return map_in_processes(partial(_writer, folder.root, letter), sheets)


def _writer(root: Path, letter: _Letter) -> Callable[[_Sheet], _Made]:
    """Return the function that writes one file, for a process that has its own view of the office."""
    return partial(_write_one, Folder(root), letter)


def _write_one(folder: Folder, letter: _Letter, sheet: _Sheet) -> _Made:
    asked = letter.asked._replace(id=sheet.paper, to=sheet.whom)
    made = _composed(folder, letter.case, letter.wording, letter.today, letter.commit, asked)
    write_draft(sheet.file, made.docx)
    return _Made(sha256(made.docx).hexdigest(), made.form, made.signer, made.acting)


def _drafted(
    paper: str, among: tuple[str, ...], template: Template, asked: Asked, made: Sequence[_Made]
) -> Drafted:  # fmt: skip
    """The record of a paper, to one addressee or to many alike."""
    merged = len(among) > 1
    wanted = asked._replace(id=paper, to="" if merged else (among[0] if among else ""))
    last = made[-1]
    digest = sha256("".join(m.digest for m in made).encode()).hexdigest() if merged else last.digest
    to_all, unnumbered = among if merged else (), not template.form.series
    return Drafted(paper, template.name, last.form, digest, wanted, to_all, last.signer, unnumbered, last.acting)


def fresh(case: Case, papers: Sequence[Drafted]) -> list[Drafted]:
    """The papers whose draft differs from the last one logged: only those are worth an entry."""
    logged = {p.id: p.last.sha256 for p in papers_of(case) if p.last.did in ("memo", "draft")}
    return [paper for paper in papers if logged.get(paper.id) != paper.sha256]
