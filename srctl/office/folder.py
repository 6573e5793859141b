"""The office folder as it is read: where files are, and their content as typed values.

Never writes. Nothing that cannot be read is left out: a broken case is a :class:`CaseFile` with problems, a
broken definition leaves its problem in :attr:`Folder.problems`, and every list shows those too.
"""

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from srctl.core.dates import BE_YEARS
from srctl.core.decoding import FORMAT, decode
from srctl.core.errors import BadFile, CommandLine, NotFound, Problem, Refused, unknown
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.workdays import Calendar, CalendarYear
from srctl.model.case_id import id_order, is_id, likely_id
from srctl.model.definitions import Checklist, Definitions, Kind, StandingRules
from srctl.model.people import Office, Organisation
from srctl.office.calendar_years import calendar_of
from srctl.office.lazy_mapping import LazyMapping

if TYPE_CHECKING:  # most answers need no case and nobody's absence
    from srctl.model.absences import Absence
    from srctl.model.case import Case
    from srctl.store.yaml.source import Source

T = TypeVar("T")
OFFICE_FILE = "office.yaml"
ABSENCES_FILE = "absences.yaml"
STANDING_FILE = "templates/deadlines.yaml"


class CaseFile(NamedTuple):
    """A case file as found: its id (the file name), path, source, and the case when it can be read."""

    id: str
    path: Path
    source: "Source"
    case: "Case | None"
    problems: tuple[Problem, ...]


def find_root(start: Path) -> Path:
    """The office folder that ``start`` is in.

    Raises:
        Refused: it is in none.
    """
    for folder in (start, *start.parents):
        if (folder / OFFICE_FILE).is_file():
            return folder
    raise Refused(
        _("{folder} is not in an office folder (no {file} here or above)").format(folder=start, file=OFFICE_FILE),
        _("{init} makes one; {sample} one with invented cases to try").format(
            init=CommandLine("init DIR"), sample=CommandLine("init --sample DIR")
        ),
    )


class DefinitionCache(Protocol):
    """A cache of the plain data of definitions, so that their files need not be read again."""

    def data(self, path: Path) -> Mapping[str, Any] | None:
        """The data of the file as it is now, None when it must be read."""

    def close(self) -> None:
        """Release its storage."""


class Folder:
    """An office folder, read lazily. ``problems`` collects those of the files read so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.memory: DefinitionCache | None = None
        # Of a commit of many acts, while it is planned: the cases as they stand, the files that will be written.
        self.underway: dict[str, Case] = {}
        self.unsaved: dict[Path, bytes] = {}
        self.listed: dict[str, frozenset[str]] = {}  # the files recorded in a folder, read once

    def close(self) -> None:
        """Close the definition cache, if there is one; later reads come from the files."""
        if self.memory:
            self.memory.close()
            self.memory = None

    # -- definitions --------------------------------------------------------------------------------

    @cached_property
    def office(self) -> Office:
        """The content of ``office.yaml`` (BadFile when it cannot be read)."""
        path = self.root / OFFICE_FILE
        value = self._from_cache(Office, path)
        if value is None:
            value, problems = self._typed(Office, self._read_source(path))
            if value is None:
                raise BadFile(problems)
        return value

    @cached_property
    def has_office(self) -> bool:
        """Whether ``office.yaml`` can be read: without it a file is validated by its shape alone."""
        try:
            return bool(self.office)
        except BadFile:
            return False

    @cached_property
    def kinds(self) -> LazyMapping[Kind]:
        """The kinds of matter by id; one that cannot be read counts as absent and leaves its problem."""
        return LazyMapping(self.root / "templates" / "kinds", self._kind)

    def _kind(self, path: Path) -> Kind | None:
        kind = self._definition(Kind, path)
        return self.standing.with_defaults(kind) if kind else None

    @cached_property
    def standing(self) -> StandingRules:
        """What holds for every kind (``templates/deadlines.yaml``); no rules and a problem without the file."""
        path = self.root / STANDING_FILE
        if not path.is_file():
            hint = _("{command} in another folder makes a fresh one").format(command=CommandLine("init"))
            self.problems.append(Problem(Path(STANDING_FILE), 0, "missing", _("this file is missing"), hint))
            return StandingRules(1)
        return self._definition(StandingRules, path) or StandingRules(1)

    @property
    def weights(self) -> dict[str, int]:
        """What urgencies weigh in the order of lists; no list tells that the file is missing, since kinds do."""
        found = self.standing if (self.root / STANDING_FILE).is_file() else StandingRules(1)
        return found.weights()

    @cached_property
    def checklists(self) -> LazyMapping[Checklist]:
        """The checklists by id."""
        return LazyMapping(self.root / "templates" / "checklists", lambda p: self._definition(Checklist, p))

    @cached_property
    def directory(self) -> LazyMapping[Organisation]:
        """The organisations of ``contacts/`` by id."""
        return LazyMapping(self.root / "contacts", lambda path: self._definition(Organisation, path))

    def definitions(self) -> Definitions:
        """Return all kinds and checklists that can be read."""
        return Definitions(self.kinds.readable(), self.checklists.readable())

    @cached_property
    def calendar(self) -> Calendar:
        """The working days: every calendar year on file (:func:`srctl.office.calendar_years.calendar_of`)."""
        paths = sorted((self.root / "templates" / "calendar").glob("*.yaml"))
        years = [(year, path) for path in paths if (year := self._definition(CalendarYear, path))]
        return calendar_of(year for year, path in years if self._in_range(year, path))

    def _in_range(self, year: CalendarYear, path: Path) -> bool:
        """Whether the year of a calendar file is one; otherwise that is noted as a problem of the folder."""
        if year.year not in BE_YEARS:
            from srctl.store.yaml.source import located
            from srctl.workflow.definition_validation import calendar_faults

            self.problems.extend(located(self._read_source(path), calendar_faults(year)))
        return year.year in BE_YEARS

    @cached_property
    def absences(self) -> "tuple[Absence, ...]":
        """Who is away when; none before the file is first written."""
        from srctl.model.absences import Absences

        path = self.root / ABSENCES_FILE
        found = self._definition(Absences, path) if path.is_file() else None
        return found.absences if found else ()

    def kind(self, kind_id: str) -> Kind:
        """A kind that must exist.

        Raises:
            BadFile: its file cannot be read.
            NotFound: there is none of that name.
        """
        kind = self.kinds.get(kind_id)
        if kind is not None:
            return kind
        self.refuse_unreadable("templates/kinds", kind_id)
        raise NotFound(*unknown(_("kind"), kind_id, self.kinds, CommandLine("kinds")))

    def refuse_unreadable(self, place: str, name: str) -> None:
        """Raise BadFile when a definition is not missing but its file could not be read."""
        broken = [p for p in self.problems if p.path == Path(place, f"{name}.yaml")]
        if broken:
            raise BadFile(broken)

    def _definition(self, cls: type[T], path: Path) -> T | None:
        value = self._from_cache(cls, path)
        if value is None:
            value, problems = self._typed(cls, self._read_source(path))
            self.problems.extend(problems)
        if value is not None and "id" in cls._fields:  # type: ignore[attr-defined]
            return value._replace(id=path.stem)  # type: ignore[attr-defined,no-any-return]
        return value

    def _from_cache(self, cls: type[T], path: Path) -> T | None:
        """The definition from the cache; None when its file must be read: not cached, or at fault."""
        data = self.memory.data(path) if self.memory else None
        if data is None or is_newer(data):
            return None
        return decode(cls, data)

    def _typed(self, cls: type[T], source: "Source") -> tuple[T | None, tuple[Problem, ...]]:
        from srctl.store.yaml.source import read_typed

        newer = format_problem(source)
        return (None, (newer,)) if newer else read_typed(cls, source)

    def relative(self, path: Path) -> Path:
        """``path`` as it is shown: relative to the office folder."""
        text, home = str(path), f"{self.root}{os.sep}"
        return Path(text[len(home) :]) if text.startswith(home) else path

    def _read_source(self, path: Path) -> "Source":
        """The file at ``path`` as read, under its relative path."""
        from srctl.store.yaml.reader import read_file

        return read_file(path, self.relative(path))

    # -- cases --------------------------------------------------------------------------------------

    def case_places(self) -> list[tuple[str, str]]:
        """Return name and path of every file in ``cases/YEAR/MONTH/`` that should be a case, by name.

        Names only are read: an office keeps its matters for decades, and most commands concern one.
        """
        return sorted((place for month in self.months() for place in _names(month)), key=_place_order)

    def latest_places(self, most: int) -> list[tuple[str, str]]:
        """Return name and path of the cases of the latest months, latest first, ``most`` at most."""
        found: list[tuple[str, str]] = []
        for year in reversed(_subfolders(self.root / "cases")):
            for month in reversed(_subfolders(year)):
                found += sorted(_names(month), key=_place_order, reverse=True)
                if len(found) >= most:
                    return found[:most]
        return found

    def months(self, year: str = "") -> list[Path]:
        """Return the folders ``cases/YEAR/MONTH``, of one year when it is given."""
        cases = self.root / "cases"
        return [month for each in ([cases / year] if year else _subfolders(cases)) for month in _subfolders(each)]

    def case_ids(self) -> frozenset[str]:
        """Return the names of the case files."""
        return frozenset(name for name, _path in self.case_places())

    def likely(self, typed: str, year: int) -> str:
        """The id of the case that a bare number or a whole id most likely means, ``""`` when there is no such case."""
        likely = likely_id(typed, year, self.office.book)
        return likely if likely and self._places(likely) else ""

    def case_path(self, case_id: str) -> Path:
        """The path of the case file; NotFound when there is none."""
        places = self._places(case_id) if is_id(case_id) else []
        if not places:
            raise NotFound(_("there is no case {id}").format(id=case_id), CommandLine("list"))
        return places[0]

    def _places(self, case_id: str) -> list[Path]:
        """The paths of the files of that name: one, unless somebody copied it into another month."""
        months = _subfolders(self.root / "cases" / case_id[:4])
        paths = [month / f"{case_id}.yaml" for month in months]
        return [path for path in paths if path.is_file() or path.is_symlink()]

    def load(self, case_id: str) -> CaseFile:
        """Return the case file of that id, readable or not; of two such files neither is used."""
        places = self._places(case_id) if is_id(case_id) else []
        if len(places) > 1:
            return self._no_case(places[0], *_duplicate_id(case_id))
        return self.read_case(places[0] if places else self.case_path(case_id))

    def cases(self) -> Iterator[CaseFile]:
        """Yield every case file, readable or not, by id; then the stray files and links above the months."""
        places = self.case_places()
        doubles = {name for (name, _place), (after, _other) in pairwise(places) if name == after}
        for name, place in places:
            yield self.judged(Path(place), doubled=name in doubles)
        yield from self.between()

    def judged(self, path: Path, *, doubled: bool = False) -> CaseFile:
        """The file as a case, or with the problem why it is none (``doubled``: another file has its name)."""
        year, _month, name = path.parts[-3:]
        if doubled:
            return self._no_case(path, *_duplicate_id(path.stem))
        if not (name.endswith(".yaml") and is_id(name[:-5])):
            message = _("{name} is no case id; this file is not counted as a case").format(name=name)
            return self._no_case(path, "stray", message, _("move it out of cases/, or record it as a new case"))
        if not name.startswith(f"{year}-"):
            message = _("a case file stands in cases/YEAR/MONTH/")
            return self._no_case(path, "stray", message, _("move it to its month"))
        return self.read_case(path)

    def between(self) -> Iterator[CaseFile]:
        """Yield the problems of what may hide cases above the months: links to folders, case files outside a month."""
        cases = self.root / "cases"
        for folder in (cases, *_subfolders(cases)):
            for entry in _entries(folder):
                if entry.is_symlink():
                    message = _("a folder of cases is a link to another place; it is not followed")
                    hint = _("put the folder itself in its place")
                    yield self._no_case(Path(entry.path), "symlink", message, hint)
                elif entry.name.endswith((".yaml", ".yml")):
                    message = _("a case file stands in cases/YEAR/MONTH/")
                    yield self._no_case(Path(entry.path), "stray", message, _("move it to its month"))

    def _no_case(self, path: Path, code: str, message: str, hint: str) -> CaseFile:
        from srctl.store.yaml.source import Source

        problem = Problem(self.relative(path), 0, code, message, hint)
        return CaseFile(path.stem, path, Source(problem.path, "", None, (problem,)), None, (problem,))

    def read_case(self, path: Path) -> CaseFile:
        """Return the case file at ``path``."""
        return self._case_file(self._read_source(path), path)

    def parse_case(self, raw: bytes, path: Path) -> CaseFile:
        """The case file that ``raw`` would be at ``path``."""
        from srctl.store.yaml.reader import read_text

        return self._case_file(read_text(raw, self.relative(path)), path)

    def _case_file(self, shown: "Source", path: Path) -> CaseFile:
        from srctl.model.case import Case

        name, (case, problems) = path.stem, self._typed(Case, shown)
        if case is not None and (case.id != name or not is_id(name)):
            message = _("the id {id} is not the file name {name}").format(id=case.id, name=name)
            hint = _("an id is given once and never changed: put the old one back")
            problems = (Problem(shown.path, shown.line(("id",)), "id", message, hint),)
            case = None
        if case is not None and b"counted:" in shown.raw:
            from srctl.deadlines.recounting import recounted

            case = recounted(case, self.calendar)
        return CaseFile(name, path, shown, case, problems)


def format_problem(source: "Source") -> Problem | None:
    """The problem of a file written by a newer srctl, whose other content is not validated."""
    given = (source.data or {}).get("format", "")
    if is_newer(source.data or {}):
        message = _("the file has format {given}; this srctl knows {known}").format(given=given, known=FORMAT)
        return Problem(source.path, source.line(("format",)), "format", message, _("update srctl"))
    return None


def is_newer(data: Mapping[str, Any]) -> bool:
    """Whether a newer srctl wrote the file, by the format in its data."""
    given = data.get("format", "")
    return isinstance(given, str) and given.isdecimal() and int(given) > FORMAT


def _duplicate_id(case_id: str) -> tuple[str, str, str]:
    """Code, message and hint of the problem that two files have one id."""
    message = _("there are two files named {name}").format(name=case_id)
    return "duplicate-id", message, _("keep the one that is recorded; move the other out of cases/")


def readable(file: CaseFile) -> "Case":
    """Return the case of a file; BadFile with its problems when it cannot be read."""
    if file.case is None:
        raise BadFile(file.problems)
    return file.case


def _names(month: Path) -> list[tuple[str, str]]:
    """Return name and path of the files of a month that should be cases."""
    with os.scandir(month) as entries:
        return [(e.name.rpartition(".")[0], e.path) for e in entries if e.name.endswith((".yaml", ".yml"))]


def _place_order(place: tuple[str, str]) -> tuple[str, str]:
    """The sort key of name and path of a case file."""
    return id_order(place[0]), place[1]


def _subfolders(folder: Path) -> list[Path]:
    return [Path(entry.path) for entry in _entries(folder) if entry.is_dir(follow_symlinks=False)]


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    """The entries of a folder, by name; none when there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
