"""Every fault of every file of an office folder: what `srctl check` reports. Reads only."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from srctl.audit.conflict_copies import conflict_problems
from srctl.audit.emblem import emblem_fault
from srctl.audit.filed_papers import place_problems, unrecorded_files, unrecorded_problems
from srctl.core.decoding import Fault
from srctl.core.errors import CommandLine, Problem
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.workdays import CalendarYear
from srctl.index.cache import Progress, ask, current, no_progress
from srctl.index.leavers import left_behind
from srctl.model.absences import Absences
from srctl.model.clearances import CLEARANCES_FILE, Clearances, time_faults
from srctl.model.definitions import Checklist, Kind, StandingRules
from srctl.model.people import Office, Organisation, superiors
from srctl.model.standard_paragraphs import StandardParagraph, approval_faults
from srctl.office.folder import ABSENCES_FILE, OFFICE_FILE, STANDING_FILE, CaseFile, Folder, format_problem
from srctl.office.own_files import own_places
from srctl.office.process_pool import map_in_processes
from srctl.office.writer import case_problems
from srctl.papers.standard_paragraphs import FOLDER as PARAGRAPHS
from srctl.papers.standard_paragraphs import paragraph_problems
from srctl.papers.template_checks import validate_wordings
from srctl.papers.wordings import paper_forms, wording_names
from srctl.store import damage, taken_back, work_tree
from srctl.store.git.objects import TreeEntry, identify
from srctl.store.git.repository import Repo
from srctl.store.yaml.linting import lint
from srctl.store.yaml.reader import read_file
from srctl.store.yaml.source import located, read_typed
from srctl.workflow import definition_validation


class Findings(NamedTuple):
    """How many files were checked, and what is wrong with them, by file and line."""

    files: int
    problems: tuple[Problem, ...]


FILES: tuple[tuple[str, type[Any]], ...] = (
    (OFFICE_FILE, Office),
    (STANDING_FILE, StandingRules),
    (ABSENCES_FILE, Absences),
    (CLEARANCES_FILE, Clearances),
)
DEFINITIONS: tuple[tuple[str, type[Any]], ...] = (
    ("templates/kinds", Kind),
    ("templates/checklists", Checklist),
    ("templates/calendar", CalendarYear),
    (f"templates/{PARAGRAPHS}", StandardParagraph),
    ("contacts", Organisation),
)
PART = 100  # cases in one task of the process pool
MANY = 1500  # cases from which on the process pool pays


class _Place(NamedTuple):
    """A case file to check: its name in the office, whether another has its id, the blob recorded ("": none)."""

    name: str
    doubled: bool
    blob: str


class _Checked(NamedTuple):
    """The result for some case files: their problems, and the names of those that differ from what was recorded."""

    problems: list[Problem]
    altered: list[str]


def inspect(folder: Folder, today: date, case_ids: Sequence[str] = (), progress: Progress = no_progress) -> Findings:
    """The faults of the cases named, or of every file when none is; many cases are checked in a process pool.

    ``progress`` is called with the number of cases checked and of all. The order of the faults does not depend on the
    number of processes; no file stays in memory after its check.
    """
    repo = Repo(folder.root)
    if broken := damage.broken_end_problems(folder.root):
        return _findings(0, broken)  # nothing can be compared with what was recorded before that is mended
    lost = taken_back.lost_acts(folder.root) if (folder.root / ".git").is_dir() else []
    if case_ids:
        return _inspect_some(folder, today, case_ids, [problem for problem in lost if problem.path.stem in case_ids])
    recorded = repo.tree("HEAD", "cases") if repo.head() else {}
    places = _places(folder, recorded)
    problems = lost
    altered = [n for n in recorded.keys() - {p.name for p in places} if not _is_blob(folder.root / n, recorded[n].id)]
    with _checking(folder, today, places) as checking:
        definitions = _definition_files(folder)
        for path, cls in definitions:
            problems += _definition_problems(folder, path, cls)
        if folder.has_office:
            problems += _paper_problems(folder)
        for part, found in enumerate(checking, 1):
            problems += found.problems
            altered += found.altered
            progress(min(part * PART, len(places)), len(places))
    strays = list(folder.between())
    problems += _case_problems(folder, today, frozenset(), strays)
    altered += [_name(folder, file) for file in strays]
    homes = [Path(path).with_suffix("") for _id, path in folder.case_places()]
    problems += unrecorded_problems(unrecorded_files(folder, repo, homes))
    # Drafts beside a case are not tracked; what was recorded with it (issued, signed, scanned) is.
    problems += _hand_edits(repo, [n for n in altered if n in recorded or n.endswith(".yaml")], own_places(folder))
    if folder.has_office:
        current(folder, today, full=True, progress=progress)  # so that it has closed cases changed in place
        problems += ask(folder, today, lambda store: left_behind(store, folder.office))
    return _findings(len(definitions) + len(places) + len(strays), _with_copies(folder, problems))


def _inspect_some(folder: Folder, today: date, case_ids: Sequence[str], lost: list[Problem]) -> Findings:
    """The faults of the cases named, and what was ``lost`` of them."""
    repo, files = Repo(folder.root), [folder.load(i) for i in case_ids]
    problems = _case_problems(folder, today, folder.case_ids(), files, thorough=True)
    homes = [file.path.with_suffix("") for file in files]
    problems += unrecorded_problems(unrecorded_files(folder, repo, homes))
    inside = [name for home in homes for name in repo.names(home.relative_to(folder.root).as_posix())]
    altered = _hand_edits(repo, [*(_name(folder, file) for file in files), *inside])
    return _findings(len(files), [*problems, *lost, *altered])


def _with_copies(folder: Folder, problems: Iterable[Problem]) -> list[Problem]:
    """The problems with those of conflict copies: what differs says all there is to say of one."""
    copies = conflict_problems(folder)
    named = {problem.path for problem in copies}
    return [*(problem for problem in problems if problem.path not in named), *copies]


def _findings(files: int, problems: Iterable[Problem]) -> Findings:
    return Findings(files, tuple(dict.fromkeys(sorted(problems, key=lambda p: (str(p.path), p.line)))))


# -- cases ---------------------------------------------------------------------------------------------


def _places(folder: Folder, recorded: Mapping[str, TreeEntry]) -> list[_Place]:
    """Every file that should be a case, by id."""
    found, start = folder.case_places(), len(f"{folder.root}/")
    names = [path[start:].replace(os.sep, "/") for _id, path in found]
    doubles = {before for (before, _path), (after, _other) in pairwise(found) if before == after}
    blobs = [recorded[name].id if name in recorded else "" for name in names]
    return [_Place(name, case in doubles, blob) for (case, _path), name, blob in zip(found, names, blobs, strict=True)]


def _checking(
    folder: Folder, today: date, places: Sequence[_Place]
) -> AbstractContextManager[Iterator[_Checked]]:  # fmt: skip
    """The results for the case files, part by part; where there are many, the process pool has begun with them."""
    ids = frozenset(place.name.rpartition("/")[2].rpartition(".")[0] for place in places)
    parts = [places[n : n + PART] for n in range(0, len(places), PART)]
    if len(places) < MANY:
        return nullcontext(map(partial(_check, folder, today, ids), parts))
    return map_in_processes(partial(_check_in_process, folder.root, today, ids), parts)


def _check_in_process(root: Path, today: date, ids: frozenset[str]) -> Callable[[Sequence[_Place]], _Checked]:
    """The check of some cases, for a process of the pool: it opens the office folder itself."""
    return partial(_check, Folder(root), today, ids)


def _check(folder: Folder, today: date, ids: frozenset[str], places: Sequence[_Place]) -> _Checked:
    files = [folder.judged(folder.root / place.name, doubled=place.doubled) for place in places]
    problems = _case_problems(folder, today, ids, files)
    pairs = zip(places, files, strict=True)
    return _Checked(problems, [p.name for p, file in pairs if not _is_blob(file.path, p.blob, file.source.raw)])


def _case_problems(
    folder: Folder, today: date, ids: frozenset[str], files: Iterable[CaseFile], *, thorough: bool = False
) -> list[Problem]:
    found = []
    for file in files:
        found += case_problems(folder, file, today, ids)
        found += place_problems(folder, file, thorough=thorough)
        # Of two files with one id neither was read.
        found += lint(file.source if file.source.raw else read_file(file.path)._replace(path=file.source.path))
    return found


def _is_blob(path: Path, blob: str, raw: bytes = b"") -> bool:
    """Whether the file (read before as ``raw``) is the blob of that id; only a regular file is."""
    if not raw:
        if path.is_symlink() or not path.is_file():
            return False
        raw = path.read_bytes()
    return identify("blob", raw, "sha256" if len(blob) == 64 else "sha1") == blob


# -- definitions ---------------------------------------------------------------------------------------


def _definition_files(folder: Folder) -> list[tuple[Path, type[Any]]]:
    places = ((folder.root / name, cls) for name, cls in FILES)
    found = [(path, cls) for path, cls in places if cls is Office or path.is_file()]
    for place, cls in DEFINITIONS:
        found += [(path, cls) for path in sorted((folder.root / place).glob("*.yaml"))]
    return found


def definition_problems(folder: Folder, path: Path) -> list[Problem]:
    """Every problem of one of the office's own files; papers and layouts are checked together."""
    name = path.relative_to(folder.root).as_posix()
    known = {**dict(FILES), **{f"{place}/{path.name}": cls for place, cls in DEFINITIONS}}
    if name in known and path.suffix == ".yaml":
        problems = _definition_problems(folder, path, known[name])
        if known[name] is StandardParagraph and not problems:
            return _located_in(folder, paragraph_problems(folder.root / "templates"))
        return problems
    if folder.has_office and name == folder.office.emblem:
        fault = emblem_fault(folder.root, name)
        return [Problem(Path(name), 0, "emblem", fault)] if fault else []
    return _paper_problems(folder)


def _paper_problems(folder: Folder) -> list[Problem]:
    templates = folder.root / "templates"
    return _located_in(folder, validate_wordings(templates, folder.office, folder.kinds.readable()))


def _located_in(folder: Folder, problems: Iterable[Problem]) -> list[Problem]:
    return [problem._replace(path=folder.relative(problem.path)) for problem in problems]


def _definition_problems(folder: Folder, path: Path, cls: type[Any]) -> list[Problem]:
    source = read_file(path, folder.relative(path))
    newer = format_problem(source)
    if newer:
        return [newer]
    value, problems = read_typed(cls, source)
    if value is not None and folder.has_office:
        problems = located(source, _semantic_faults(folder, value))
    return [*problems, *(lint(source) if source.data is not None else ())]


def _semantic_faults(folder: Folder, value: object) -> Iterable[Fault]:
    """The semantic faults of a definition: those beyond its shape."""
    if isinstance(value, Kind | StandingRules):
        papers, people = wording_names(folder.root / "templates"), superiors(folder.office)
        occurring = definition_validation.occurring_values(folder.office, folder.kinds.readable())
        if isinstance(value, StandingRules):
            return definition_validation.standing_faults(value, papers, people, occurring)
        groups = [g.id for g in folder.office.groups]
        return definition_validation.kind_faults(value, groups, [*folder.checklists], papers, people, occurring)
    if isinstance(value, Clearances):
        templates = folder.root / "templates"
        occurring = definition_validation.occurring_values(folder.office, folder.kinds.readable())
        forms = paper_forms(templates) if any(rule.forms for rule in value.clearances) else ()
        papers = wording_names(templates)
        named = definition_validation.clearance_faults(value, forms, papers, folder.office, occurring)
        return (*named, *time_faults(value))
    if isinstance(value, Office):
        return (*definition_validation.office_faults(value), *definition_validation.acting_faults(value))
    if isinstance(value, StandardParagraph):
        return (*approval_faults(value), *definition_validation.paragraph_faults(value, folder.office))
    if isinstance(value, CalendarYear):
        return definition_validation.calendar_faults(value)
    if isinstance(value, Absences):
        return definition_validation.absence_faults(value, folder.office)
    if isinstance(value, Organisation):
        return definition_validation.organisation_faults(value, folder.directory)
    return ()


def _name(folder: Folder, file: CaseFile) -> str:
    return file.path.relative_to(folder.root).as_posix()


# -- what was recorded ---------------------------------------------------------------------------------


def _hand_edits(repo: Repo, altered: Iterable[str], defined: Iterable[str] = ()) -> list[Problem]:
    """The files that differ from the last commit: changed, new or deleted by hand.

    Of the files below ``cases`` only those that seem ``altered`` are compared; of the places ``defined`` every one.
    """
    names = set(altered)
    months = {"/".join(name.split("/")[:3]) for name in names}
    changed = names & {name for month in sorted(months) for name in repo.changed_paths(month)}
    changed.update(name for place in defined for name in repo.changed_paths(place))
    behind = work_tree.behind(repo.root, changed)
    rest = sorted(changed - {problem.path.as_posix() for problem in behind})
    return [*behind, *(hand_edit(repo, Path(name)) for name in rest if not Path(name).name.startswith("."))]


def hand_edit(repo: Repo, path: Path) -> Problem:
    """The problem of a file that differs from the last commit."""
    of_case = path.parts[0] == "cases"
    if not (repo.root / path).exists():
        staged = repo.read(path.as_posix(), "")  # what git's index holds; `git rm` takes it out there as well
        hint = CommandLine("repair") if staged is not None else f"git checkout HEAD -- {path.as_posix()}"
        return Problem(path, 0, "hand-edit", _("deleted by hand"), hint)
    message = _("changed by hand and not recorded")
    if of_case and path.suffix != ".yaml":
        message = _("changed by hand: it is another file than was filed")
        hint = _("it becomes a further paper, and the one that was filed comes back: {command}")
        return Problem(path, 0, "hand-edit", message, hint.format(command=CommandLine("adopt {}", path.as_posix())))
    adopt = CommandLine("adopt {}", path.stem if of_case else path.as_posix())
    return Problem(path, 0, "hand-edit", message, adopt)
