"""Every fault of every file of an office folder: what `srctl check` reports. Floor 3, reads only."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from srctl import soundness
from srctl.absences import Absences
from srctl.errors import Problem
from srctl.folder import (
    ABSENCES_FILE,
    OFFICE_FILE,
    STANDING_FILE,
    CalendarYear,
    CaseFile,
    Folder,
    format_problem,
    located,
)
from srctl.gitrepo import Repo
from srctl.i18n import _
from srctl.index import current
from srctl.kinds import Checklist, Kind, StandingRules
from srctl.office import case_problems
from srctl.paperchecks import check
from srctl.people import Office, Organisation, superiors
from srctl.shape import Fault, build
from srctl.wordings import names
from srctl.yamlfile import lint, read_file


class Findings(NamedTuple):
    """How many files were looked at, and what is wrong with them, by file and line."""

    files: int
    problems: tuple[Problem, ...]


FILES: tuple[tuple[str, type[Any]], ...] = (
    (OFFICE_FILE, Office),
    (STANDING_FILE, StandingRules),
    (ABSENCES_FILE, Absences),
)
DEFINITIONS: tuple[tuple[str, type[Any]], ...] = (
    ("templates/kinds", Kind),
    ("templates/checklists", Checklist),
    ("templates/calendar", CalendarYear),
    ("contacts", Organisation),
)


def inspect(folder: Folder, today: date, case_ids: Sequence[str] = ()) -> Findings:
    """Return the faults of the cases named, or of every file when none is."""
    problems: list[Problem] = []
    files = 0
    if not case_ids:
        for path, cls in _definition_files(folder):
            files += 1
            problems += _definition_problems(folder, path, cls)
        if folder.has_office:
            problems += _paper_problems(folder)
    ids = folder.case_ids()
    cases = [folder.load(i) for i in case_ids] if case_ids else list(folder.cases())
    for file in cases:
        files += 1
        problems += case_problems(folder, file, today, ids)
        problems += _text_problems(folder, file.path)
    problems += _hand_edits(folder, cases, bool(case_ids))
    if not case_ids and folder.has_office:
        current(folder, today, thorough=True)  # a closed case changed in place is known from now on
    return Findings(files, tuple(dict.fromkeys(sorted(problems, key=lambda p: (str(p.path), p.line)))))


def _definition_files(folder: Folder) -> list[tuple[Path, type[Any]]]:
    places = ((folder.root / name, cls) for name, cls in FILES)
    found = [(path, cls) for path, cls in places if cls is Office or path.is_file()]
    for place, cls in DEFINITIONS:
        found += [(path, cls) for path in sorted((folder.root / place).glob("*.yaml"))]
    return found


def definition_problems(folder: Folder, path: Path) -> list[Problem]:
    """Return every problem of one of the office's own files; papers and layouts are judged together."""
    name = path.relative_to(folder.root).as_posix()
    known = {**dict(FILES), **{f"{place}/{path.name}": cls for place, cls in DEFINITIONS}}
    if name in known and path.suffix == ".yaml":
        return _definition_problems(folder, path, known[name])
    return _paper_problems(folder)


def _paper_problems(folder: Folder) -> list[Problem]:
    templates = folder.root / "templates"
    return [p._replace(path=folder.relative(p.path)) for p in check(templates, folder.office, folder.kinds.readable())]


def _definition_problems(folder: Folder, path: Path, cls: type[Any]) -> list[Problem]:
    from srctl.schema import faults

    source = read_file(path)
    source = source._replace(path=folder.relative(path))
    if source.data is None:
        return [p._replace(path=source.path) for p in source.problems]
    newer = format_problem(source)
    if newer:
        return [newer]
    found = faults(cls, source.data)
    if not found and folder.has_office:
        found = list(_senseless(folder, build(cls, source.data)[0]))
    return [*located(source, found), *_text_problems(folder, path)]


def _senseless(folder: Folder, value: object) -> Iterable[Fault]:
    """Return what is wrong with a definition beyond its shape."""
    if isinstance(value, Kind):
        groups = [g.id for g in folder.office.groups]
        papers = names(folder.root / "templates")
        return soundness.kind_faults(value, groups, [*folder.checklists], papers, superiors(folder.office))
    if isinstance(value, StandingRules):
        return soundness.standing_faults(value, names(folder.root / "templates"), superiors(folder.office))
    if isinstance(value, Office):
        return soundness.office_faults(value)
    if isinstance(value, Absences):
        return soundness.absence_faults(value, folder.office)
    if isinstance(value, Organisation):
        return soundness.organisation_faults(value)
    return ()


def _text_problems(folder: Folder, path: Path) -> list[Problem]:
    """Return what is readable but not as srctl writes it (BOM, CRLF, nulls, comments that cut a text)."""
    if path.is_symlink() or not path.is_file():
        return []
    return [p._replace(path=folder.relative(path)) for p in lint(path.read_bytes(), path)]


def _hand_edits(folder: Folder, cases: Sequence[CaseFile], only_named: bool) -> list[Problem]:
    """Return the files that are not what was last recorded: changed, new or deleted by hand."""
    repo = Repo(folder.root)
    changed = set()
    for place in ("cases", "contacts", "templates", OFFICE_FILE, ABSENCES_FILE):
        changed.update(repo.changed_paths(place))
    named = {file.path.relative_to(folder.root).as_posix() for file in cases}
    found = []
    for name in sorted(changed & named if only_named else changed):
        path = Path(name)
        kept = path.parts[0] == "cases" and path.suffix != ".yaml"
        # Drafts beside a case are nobody's record; what was kept with it (issued, signed, scanned) is.
        if path.name.startswith(".") or (kept and repo.read(name) is None):
            continue
        gone = not (folder.root / path).exists()
        message = _("deleted by hand") if gone else _("changed by hand and not recorded")
        hint = f"srctl adopt {path.stem if path.parts[0] == 'cases' else name}"
        if gone or kept:
            hint = f"git checkout -- {name}"
        found.append(Problem(path, 0, "hand-edit", message, hint))
    return found
