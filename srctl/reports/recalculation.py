"""Replanning: deadlines of open cases moved by a changed rule or calendar, and their log entries.

Days are never stored, so a changed definition takes effect at once. Replanning shows the office what that moved: each
case is counted with the definitions it was received under (or those of the last replanning) and with those of today.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from functools import partial

from srctl.core.errors import CommandLine, Problem, Refused, UsageError
from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple
from srctl.deadlines.changes import DeadlineMove, deadline_moves
from srctl.deadlines.obligations import Obligation, obligations
from srctl.deadlines.recounting import as_named
from srctl.index.queries import open_cases
from srctl.model.case import Case, Entry
from srctl.model.definitions import Kind
from srctl.office.folder import Folder
from srctl.office.snapshot import DEFINITIONS, definitions
from srctl.office.writer import Actor, Done, act_many
from srctl.store.git.repository import Repo
from srctl.workflow.actions import Act


class Replan(NamedTuple):
    """What moved, by case; what could not be read; and the definitions changed by hand and not recorded yet."""

    cases: tuple[tuple[Case, tuple[DeadlineMove, ...]], ...]
    problems: tuple[Problem, ...]
    unrecorded: tuple[str, ...]


class _Change(NamedTuple):
    """A change of definitions: when it was recorded (None: not yet), and the commit that had them before.

    ``replanned``: a replanning came after it.
    """

    at: datetime | None
    before: str
    replanned: bool = False


def survey(folder: Folder, today: date) -> Replan:
    """The deadlines of open cases moved by definitions that changed since the last replanning."""
    repo = Repo(folder.root)
    unrecorded = tuple(path for place in DEFINITIONS for path in repo.changed_paths(place))
    changes = _changes(repo)
    if unrecorded:
        changes.append(_Change(None, "HEAD"))
    found: list[tuple[Case, tuple[DeadlineMove, ...]]] = []
    problems: list[Problem] = []
    with ExitStack() as stack:
        ages: dict[str, Folder] = {}
        cases, problems = open_cases(folder, today) if changes else ([], [])
        for case in cases:
            age = _age_of(case, changes)
            if age and age not in ages:
                ages[age] = stack.enter_context(definitions(repo, age))
            was = as_named(case, folder.calendar)
            moves = deadline_moves(_due(ages[age], was, today), _due(folder, case, today)) if age else []
            found += [(case, tuple(moves))] if moves else []
        for age_folder in ages.values():
            problems += age_folder.problems
    return Replan(tuple(found), tuple(dict.fromkeys((*folder.problems, *problems))), unrecorded)


def _changes(repo: Repo) -> list[_Change]:
    """The recorded changes of definitions, oldest first."""
    order = {identity: n for n, (identity, _moment) in enumerate(repo.moments())}
    last = order.get(repo.latest("replan") or "", len(order))
    first = len(order) - 1  # the commit the office began with changed nothing
    commits = {commit.id: commit for place in DEFINITIONS for commit in repo.log(place)}
    fresh = [c for c in commits.values() if order.get(c.id, first) < first]
    return [_Change(c.at, f"{c.id}^", order[c.id] > last) for c in sorted(fresh, key=lambda c: -order[c.id])]


def _age_of(case: Case, changes: Sequence[_Change]) -> str:
    """The commit with the definitions the case was last counted with ("": none has changed since).

    Those of its receipt, or of the last replanning. Where its entry of a replanning was undone, the case stands as
    that replanning found it.
    """
    undone = case.undone()
    taken_back = any(entry.did == "replan" and entry.id in undone for entry in case.log)
    kept = next((e.at for e in reversed(case.happened()) if e.did == "replan"), None)
    since = (kept if taken_back else None) or (case.log[0].at if case.log else None)
    seen = (
        c.before for c in changes
        if (taken_back or not c.replanned) and (c.at is None or since is None or since <= c.at)
    )  # fmt: skip
    return next(seen, "")


def _due(folder: Folder, case: Case, today: date) -> tuple[Obligation, ...]:
    kind = folder.kinds.get(case.kind)
    if kind is None or not folder.has_office:
        return ()
    day_1 = folder.office.receipt_day_1
    return obligations(case, kind, folder.calendar, today, "", day_1)


def record_changes(folder: Folder, found: Replan, why: str, actor: Actor) -> list[Done]:
    """Record in each case what moved, all in one commit.

    Raises:
        UsageError: no reason. Refused: a definition was changed by hand and is not recorded.
    """
    if not why:
        raise UsageError(_("say why the deadlines move"), CommandLine('replan --do --why "…"'))
    if found.unrecorded:
        message = _("{file} is changed by hand and not recorded").format(file=found.unrecorded[0])
        raise Refused(message, CommandLine("adopt {}", found.unrecorded[0]))
    if not found.cases:
        return []
    moves = {case.id: case_moves for case, case_moves in found.cases}
    total = sum(map(len, moves.values()))

    def sentence() -> str:
        cases = ngettext("{n} case", "{n} cases", len(moves)).format(n=len(moves))
        pattern = ngettext("replanned: {n} deadline of {cases}", "replanned: {n} deadlines of {cases}", total)
        return pattern.format(n=total, cases=cases)

    def make(case: Case, _kind: Kind) -> Act:
        entry = partial(Entry, moved=tuple(written_move(move) for move in moves[case.id]), why=why)
        return Act("replan", sentence(), entry=entry, onward=False)

    return act_many(folder, list(moves), make, actor, sentence)


def written_move(move: DeadlineMove) -> str:
    """A move as the log records it: ``opinion 2026-11-23/2026-11-24``; ``..`` for no day."""
    days = (day.isoformat() if day else ".." for day in (move.before, move.after))
    return f"{move.ref} {'/'.join(days)}"
