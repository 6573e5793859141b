"""What became of deadlines, by whom and why, read from the git history. Reads only.

Each commit is judged with the definitions and the calendar of its own moment; a commit that changed those is judged
by what it moved in the cases that were open then.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path

from srctl.core.dates import BANGKOK
from srctl.core.errors import SrctlError
from srctl.core.records import NamedTuple
from srctl.deadlines.endings import endings
from srctl.deadlines.events import Milestone, between, one_result, overdue
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
from srctl.workflow.stages import is_closed, set_aside


class DeadlineHistory(NamedTuple):
    """What happened to deadlines, oldest first, and the files of the history that could not be read."""

    milestones: tuple[Milestone, ...]
    unreadable: tuple[str, ...]


class _Age(NamedTuple):
    """The definitions in force during one stretch of history, as a folder."""

    folder: Folder
    day_1: bool


def deadline_history(folder: Folder, since: date, until: date, today: date) -> DeadlineHistory:
    """What happened to deadlines from ``since`` to ``until``, with those overdue ``today`` when it reaches that far.

    The order is that of history, whatever the clocks said: a commit dated out of order stands on the day of the one
    before it.
    """
    repo = Repo(folder.root)
    found: list[Milestone] = []
    unreadable: list[str] = []
    days = _days(repo, today)
    first = next((commit for commit, day in days.items() if day >= since), "")
    with ExitStack() as stack, repo.objects() as objects:
        age: _Age | None = None
        for touched in repo.changes(first) if first else ():
            before, commit = age, touched.commit
            if before is None:
                before = _age(stack, repo, f"{commit.id}^") if touched.has_parent else None
            changed = age is None and before is None
            changed = changed or any(path.startswith(DEFINITIONS) for path in touched.files)
            age = _age(stack, repo, commit.id) if changed else before
            assert age is not None
            on = days.get(commit.id, today)
            if on > until and commit.trailers.get("Srctl-Action") != "replan":
                continue
            reader = _Reader(objects, unreadable)
            if before is not None and age is not before:
                found += _of_definitions(repo, reader, touched, before, age, on)
            found = _explained(found, reader, touched, age)
            found += _of_cases(reader, touched, before or age, age, on)
    found = [m for m in found if m.on <= until]
    if until >= today:
        found += _passed(folder, since, today)
    aside = _set_aside(folder, {m.case for m in found})
    told = sorted(one_result([m for m in found if m.case not in aside]), key=lambda m: (m.on, id_order(m.case)))
    return DeadlineHistory(tuple(told), tuple(dict.fromkeys(unreadable)))


def _set_aside(folder: Folder, ids: Iterable[str]) -> set[str]:
    """Those of the cases that are none of their own now: entered by mistake, or merged into another."""
    found = set()
    for case_id in ids:
        with suppress(SrctlError, OSError):  # a case that is gone
            if any(mark in folder.case_path(case_id).read_bytes() for mark in (b"did: void", b"did: merge")):
                case = folder.load(case_id).case
                found.update([case_id] if case and set_aside(case) else [])
    return found


def _days(repo: Repo, today: date) -> dict[str, date]:
    """The day of every first-parent commit, oldest first; none is ahead of ``today``."""
    moments = repo.moments()[::-1]
    days = days_in_order([moment.astimezone(BANGKOK).date() for _commit, moment in moments], today)
    return {commit: day for (commit, _moment), day in zip(moments, days, strict=True)}


def days_in_order(told: Sequence[date], today: date) -> list[date]:
    """The days of commits in the order of history, as their clocks ``told`` them, with what cannot be set right.

    Of the days up to ``today`` as many as stand in order are believed (the longest such run); every other commit was
    made on the day of the believed one before it, or the first of all.
    """
    tails: list[date] = []  # the smallest last day of a run of each length
    ends: list[int] = []  # the commit that day is of
    back: dict[int, int] = {}
    for n, day in enumerate(told):
        if day <= today:
            length = bisect_right(tails, day)
            back[n] = ends[length - 1] if length else -1
            tails[length:] = [day]
            ends[length:] = [n]
    believed, n = set[int](), ends[-1] if ends else -1
    while n >= 0:
        believed.add(n)
        n = back[n]
    last = min((told[n] for n in believed), default=today)
    days = []
    for n, day in enumerate(told):
        last = day if n in believed else last
        days.append(last)
    return days


def _explained(found: list[Milestone], reader: "_Reader", touched: Touched, age: "_Age") -> list[Milestone]:
    """``found`` with the reason a replanning gave for what the change of rule or calendar before it had moved."""
    if touched.commit.trailers.get("Srctl-Action") != "replan":
        return found
    for path, (_old, new) in touched.files.items():
        case = reader.case(age, path, new) if _is_case(path) else None
        entry = next((e for e in reversed(case.happened()) if e.did == "replan"), None) if case else None
        if case is None or entry is None or not entry.why:
            continue
        refs = {row.split(" ")[0] for row in entry.moved}
        latest = {m.ref: n for n, m in enumerate(found) if m.case == case.id and m.event == "moved" and m.ref in refs}
        for n in latest.values():
            found[n] = found[n]._replace(why=entry.why)
    return found


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


def _of_cases(reader: _Reader, touched: Touched, before: _Age, age: _Age, on: date) -> Iterator[Milestone]:
    """Yield what a commit did to the deadlines of the cases it changed."""
    for path, (old, new) in touched.files.items():
        if not _is_case(path):
            continue
        was, now = reader.case(before, path, old), reader.case(age, path, new)
        if now is None:
            continue
        known = {entry.id for entry in was.log} if was else set()
        fresh = [entry for entry in now.log if entry.id not in known]
        yield from _milestones(was, now, fresh, (age, age), touched.commit, on)


def _of_definitions(
    repo: Repo, reader: _Reader, touched: Touched, before: _Age, age: _Age, on: date
) -> Iterator[Milestone]:
    """Yield what a commit that changed rules or the calendar moved in the cases that were open."""
    for path, entry in repo.tree(touched.commit.id, "cases").items():
        if _is_case(path) and path not in touched.files:
            case = reader.case(age, path, entry.id)
            if case:
                for milestone in _milestones(case, case, (), (before, age), touched.commit, on):
                    yield milestone._replace(why=touched.commit.subject)


def _milestones(
    was: Case | None, now: Case, fresh: Sequence[Entry], ages: tuple[_Age, _Age], commit: Commit, on: date
) -> list[Milestone]:
    before, age = ages
    had, has = open_pause(was) if was else None, open_pause(now)
    # While a case is paused its days move on with today: what the pause moved is reported once, when it ends.
    stood = had.began if had and not has and not is_closed(now) else on
    stands = has.began if has and not had else on
    then = _bound(was, before, stood) if was else ()
    kind = age.folder.kinds.get(now.kind)
    ended = endings(now, kind, age.folder.calendar, on, age.day_1) if kind and fresh else ()
    return between(then, _bound(now, age, stands), now, fresh, age.folder.calendar, commit.author_name, on, ended)


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
