"""What became of deadlines, by whom and why, read from the git history. Reads only.

Each commit is judged with the definitions and the calendar of its own moment; a commit that changed those is judged
by what it moved in the cases that were open then.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from srctl.core.dates import BANGKOK
from srctl.core.records import NamedTuple
from srctl.deadlines.events import Milestone, between, overdue
from srctl.deadlines.pauses import open_pause
from srctl.deadlines.rules import Deadline, deadlines
from srctl.index.queries import open_cases
from srctl.model.case import Case, Entry
from srctl.model.case_id import id_order
from srctl.office.folder import Folder
from srctl.office.snapshot import DEFINITIONS, definitions
from srctl.store.git.commits import Commit, Touched
from srctl.store.git.process import Objects
from srctl.store.git.repository import Repo
from srctl.workflow.stages import is_closed


class DeadlineHistory(NamedTuple):
    """What happened to deadlines, oldest first, and the files of the history that could not be read."""

    milestones: tuple[Milestone, ...]
    unreadable: tuple[str, ...]


class _Age(NamedTuple):
    """The definitions in force during one stretch of history, as a folder."""

    folder: Folder
    day_1: bool


def deadline_history(folder: Folder, since: date, until: date, today: date) -> DeadlineHistory:
    """What happened to deadlines from ``since`` to ``until``, with those overdue ``today`` when it reaches that far."""
    repo = Repo(folder.root)
    found: list[Milestone] = []
    unreadable: list[str] = []
    with ExitStack() as stack, repo.objects() as objects:
        age: _Age | None = None
        for touched in repo.changes(since):
            before, commit = age, touched.commit
            if before is None:
                before = _age(stack, repo, f"{commit.id}^") if touched.has_parent else None
            changed = age is None and before is None
            changed = changed or any(path.startswith(DEFINITIONS) for path in touched.files)
            age = _age(stack, repo, commit.id) if changed else before
            assert age is not None
            if commit.at.astimezone(BANGKOK).date() > until:
                break
            reader = _Reader(objects, unreadable)
            if before is not None and age is not before:
                found += _of_definitions(repo, reader, touched, before, age)
            found += _of_cases(reader, touched, before or age, age)
    if until >= today:
        found += _passed(folder, since, today)
    found.sort(key=lambda milestone: (milestone.on, id_order(milestone.case)))
    return DeadlineHistory(tuple(found), tuple(dict.fromkeys(unreadable)))


def _age(stack: ExitStack, repo: Repo, commit: str) -> _Age:
    folder = stack.enter_context(definitions(repo, commit))
    day_1 = not folder.has_office or folder.office.receipt_day_1
    return _Age(folder, day_1)


class _Reader(NamedTuple):
    """Reads cases out of the history, and collects the names of those that cannot be read."""

    objects: Objects
    unreadable: list[str]

    def case(self, age: _Age, path: str, blob: str) -> Case | None:
        """The case of ``blob`` (None for no file, or one that cannot be read)."""
        if not blob.strip("0"):
            return None
        file = age.folder.parse_case(self.objects.need(blob).data, age.folder.root / path)
        if file.case is None:
            self.unreadable.append(path)
        return file.case


def _of_cases(reader: _Reader, touched: Touched, before: _Age, age: _Age) -> Iterator[Milestone]:
    """Yield what a commit did to the deadlines of the cases it changed."""
    commit = touched.commit
    for path, (old, new) in touched.files.items():
        if not _is_case(path):
            continue
        was, now = reader.case(before, path, old), reader.case(age, path, new)
        if now is None:
            continue
        known = {entry.id for entry in was.log} if was else set()
        fresh = [entry for entry in now.log if entry.id not in known]
        yield from _milestones(was, now, fresh, age, age, commit)


def _of_definitions(repo: Repo, reader: _Reader, touched: Touched, before: _Age, age: _Age) -> Iterator[Milestone]:
    """Yield what a commit that changed rules or the calendar moved in the cases that were open."""
    for path, entry in repo.tree(touched.commit.id, "cases").items():
        if _is_case(path) and path not in touched.files:
            case = reader.case(age, path, entry.id)
            if case:
                for milestone in _milestones(case, case, (), before, age, touched.commit):
                    yield milestone._replace(why=touched.commit.subject)


def _milestones(
    was: Case | None, now: Case, fresh: "list[Entry] | tuple[()]", before: _Age, age: _Age, commit: Commit
) -> list[Milestone]:  # fmt: skip
    on = commit.at.astimezone(BANGKOK).date()
    had, has = open_pause(was) if was else None, open_pause(now)
    # While a case is paused its days move on with today: what the pause moved is reported once, when it ends.
    stood = had.began if had and not has and not is_closed(now) else on
    stands = has.began if has and not had else on
    then = _bound(was, before, stood) if was else ()
    return between(then, _bound(now, age, stands), now, fresh, age.folder.calendar, commit.author_name, on)


def _bound(case: Case, age: _Age, on: date) -> tuple[Deadline, ...]:
    kind = age.folder.kinds.get(case.kind)
    return deadlines(case, kind, age.folder.calendar, on, age.day_1) if kind else ()


def _passed(folder: Folder, since: date, today: date) -> Iterator[Milestone]:
    """Yield the deadlines missed from ``since`` on that are still open."""
    age = _Age(folder, folder.office.receipt_day_1)
    for case in open_cases(folder, today)[0]:
        yield from overdue(_bound(case, age, today), case, since, today, folder.calendar)


def _is_case(path: str) -> bool:
    return path.startswith("cases/") and path.endswith(".yaml") and len(Path(path).parts) == 4
