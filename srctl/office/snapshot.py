"""The office as it was recorded by the end of a day: the files of that day's commit.

The bytes are taken out of history by id, so that no filter or attribute of the repository applies, into a temporary
folder. What nobody had recorded by then is not part of it.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath

from srctl.core.dates import BANGKOK, be_year, show_date
from srctl.core.errors import CommandLine, Problem, Refused, UsageError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.model.case_id import find_id
from srctl.office.folder import ABSENCES_FILE, OFFICE_FILE, STANDING_FILE, Folder
from srctl.store.git.objects import TreeEntry
from srctl.store.git.repository import Repo, check_path

# The files by which deadlines are counted.
DEFINITIONS = (OFFICE_FILE, STANDING_FILE, "templates/kinds", "templates/calendar")
PLACES = (OFFICE_FILE, ABSENCES_FILE, "templates", "contacts", "cases")
_ORDINARY = (b"100644", b"100755", b"100664")  # the last is what git wrote in its first months


class Past(NamedTuple):
    """The office of a day: the day, the commit it is read from, and its files as an ordinary folder."""

    day: date
    commit: str
    folder: Folder


@contextmanager
def open_snapshot(root: Path, day: date, today: date, case: str = "") -> Iterator[Past]:
    """Yield the office at ``root`` as it was at the end of ``day`` in Bangkok; ``root`` is only read.

    With ``case`` (as typed) it has no other case. Entries that were not ordinary files are reported in the folder's
    problems.

    Raises:
        UsageError: the day is after ``today``. Refused: nothing was recorded by then. NotFound: not that case.
    """
    from tempfile import TemporaryDirectory

    if day > today:
        message = _("{day} is still to come: it has no record").format(day=show_date(day, language()))
        raise UsageError(message, _("give today or a day before it"))
    repo = Repo(root)
    commit = last_commit(repo.moments(), day)
    entries = {name: entry for name, entry in repo.tree(commit, *PLACES).items() if _is_read(name, entry)}
    if OFFICE_FILE not in entries:
        message = _("this folder was no office yet on {day}").format(day=show_date(day, language()))
        raise Refused(message, _("give a later day"))
    with TemporaryDirectory(prefix="srctl-") as place:
        folder = Folder(Path(place))
        cases = {name: entries.pop(name) for name in list(entries) if name.startswith("cases/")}
        folder.problems += _write(repo, entries, folder.root)
        if case:
            wanted = find_id(case, map(_stem, cases), be_year(day), folder.office.book)
            cases = {name: entry for name, entry in cases.items() if _stem(name) == wanted}
        folder.problems += _write(repo, cases, folder.root)
        with closing(folder):
            yield Past(day, commit, folder)


@contextmanager
def definitions(repo: Repo, commit: str) -> Iterator[Folder]:
    """Yield the rules and the calendar as ``commit`` has them, as a folder without cases."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="srctl-") as place:
        folder = Folder(Path(place))
        folder.problems += _write(repo, repo.tree(commit, *DEFINITIONS), folder.root)
        yield folder


def last_commit(moments: list[tuple[str, datetime]], day: date) -> str:
    """The newest commit (they come newest first) whose time is not after the end of ``day``.

    Where clocks disagreed, the order of history comes before the times. Refused when there is none, with the first day.
    """
    if not moments:
        raise Refused(_("nothing is recorded in this office yet"), CommandLine("check"))
    end = datetime.combine(day, time(23, 59, 59), BANGKOK)
    found = next((commit for commit, moment in moments if moment <= end), None)
    if found is None:
        first = min(moment for _commit, moment in moments).astimezone(BANGKOK).date()
        message = _("nothing was recorded by {day}; the record begins on {first}")
        days = {"day": show_date(day, language()), "first": show_date(first, language())}
        raise Refused(message.format(**days), CommandLine("list --as-of {}", first.isoformat()))
    return found


def _write(repo: Repo, entries: Mapping[str, TreeEntry], root: Path) -> list[Problem]:
    """Write the files of ``entries`` below ``root``; return the problems of those left out."""
    problems = []
    with repo.objects() as objects:
        for name, entry in entries.items():
            problem = _problem(name, entry)
            if problem:
                problems.append(problem)
                continue
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(objects.need(entry.id).data)
    return problems


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _is_read(name: str, entry: TreeEntry) -> bool:
    """Whether the file is part of a snapshot: papers and scans of a case, in its own folder, are not."""
    path = PurePosixPath(name)
    if path.parts[0] != "cases" or (entry.mode not in _ORDINARY and len(path.parts) < 4):
        return True
    return len(path.parts) <= 4 and path.suffix in (".yaml", ".yml")


def _problem(name: str, entry: TreeEntry) -> Problem | None:
    """Why the file is left out, or None: a link or submodule is not followed, an unsafe name not written."""
    try:
        check_path(name)
    except Refused as fault:
        return Problem(Path(ascii(name)), 0, "name", fault.message, _("what it held that day is left out"))
    if entry.mode in _ORDINARY:
        return None
    return Problem(
        Path(name), 0, "not-a-file", _("this is not an ordinary file"), _("what it held that day is left out")
    )
