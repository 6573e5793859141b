"""The route of a paper up to its signature: planned by the rules of the office, and as far as it has come. Pure.

A route is fixed when a paper is submitted; a later change of the rules moves no paper under way. It ends with whoever
signs: levels above the signer are for papers signed higher up.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from srctl.core.errors import CommandLine, NotFound, Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.absences import has_left, is_active
from srctl.model.case import URGENCIES, Case, Entry
from srctl.model.clearances import (
    CLEARANCES_FILE,
    OWNER_HEAD,
    SIGNER,
    Clearance,
    Clearances,
    Gives,
    Level,
    Span,
)
from srctl.model.definitions import Kind
from srctl.model.people import MINISTER, Office, staff
from srctl.workflow.conditions import holds
from srctl.workflow.filters import head_of
from srctl.workflow.paper_state import LIFECYCLE_ACTIONS, Paper, folded


class Way(NamedTuple):
    """The way a paper is submitted on: its ``route`` (none: to the signer alone), the time for all of it, its begin.

    ``within`` in ``unit`` is the time for the whole route, ``until`` a day named in its place; ``again`` is where it
    goes on after a return, ``level`` the level it begins at (from 1).
    """

    route: tuple[Level, ...] = ()
    within: int = 0
    unit: Span = "workday"
    until: date | None = None
    counted: str = ""
    again: str = ""
    level: int = 0


class RouteStop(NamedTuple):
    """One person on the route of a paper: at which ``level``, what they give, and how far it is with them.

    ``on`` is the day they passed or signed it; while it lies with them, the day it came. ``by`` is who did it in their
    place, ``note`` what they noted, ``adverse`` that they did not agree.
    """

    level: int
    who: str
    gives: Gives
    state: Literal["passed", "here", "ahead"]
    on: date | None = None
    by: str = ""
    note: str = ""
    adverse: bool = False


# -- as planned ----------------------------------------------------------------------------------------


def way_of(
    rules: Clearances, case: Case, kind: Kind | None, paper: Paper, signer: str, office: Office
) -> Way:  # fmt: skip
    """The way the paper takes when it is submitted now; ``signer`` is whose name it prints.

    A paper sent back keeps the route it had, unless another signs it now, somebody on it has left, or the rule sends it
    through all levels again.

    Raises:
        Refused: a role of the rule is nobody in this office.
    """
    back = paper.back
    if back and back.level and paper.route and paper.route[-1].who == (signer,) and not _left(paper, office):
        submitted = _last_submission(case, paper.id)
        level = 1 if submitted.again == "first" else back.level
        return Way(paper.route, submitted.amount, _span(submitted.unit), None, "", submitted.again, level)
    own = next((u for u in URGENCIES if u == paper.drafted.urgency), case.urgency)  # more urgent than its case, or less
    marked = case._replace(urgency=own)
    rule = rule_for(rules, marked, paper, signer)
    if rule is None:
        return Way()
    shorter = next((row for row in rule.instead if holds(row.when, marked, signer)), rule)
    route = tuple(_route(rule, case, kind, signer, office))
    again = rule.again if rule.again != "same" else ""
    return Way(route, shorter.within, shorter.unit, None, "", again, 1)


def _left(paper: Paper, office: Office) -> bool:
    """Whether somebody on the route of the paper is not in the office any more."""
    people = staff(office)
    return any(who not in people or has_left(office, who) for level in paper.route for who in level.who)


def _span(unit: str) -> Span:
    return "day" if unit == "day" else "hour" if unit == "hour" else "workday"


def _last_submission(case: Case, paper_id: str) -> Entry:
    return next(e for e in reversed(case.happened()) if e.did == "submit" and e.paper == paper_id)


def rule_for(rules: Clearances, case: Case, paper: Paper, signer: str) -> Clearance | None:
    """The rule that holds for the paper: the first that is meant for its form and wording, and whose case fits."""
    for rule in rules.clearances:
        meant = (not rule.forms or paper.form in rule.forms) and (not rule.papers or paper.wording in rule.papers)
        if meant and not (rule.unless and holds(rule.unless, case, signer)) and holds(rule.when, case, signer):
            return rule
    return None


def _route(rule: Clearance, case: Case, kind: Kind | None, signer: str, office: Office) -> Iterator[Level]:
    """Yield the levels up to the signer, with the people of this office in place of roles; the last one signs.

    Nobody passes one paper twice: whoever stands at two levels gives at the lower one what they have to give.
    """
    last, seen = Level((signer,), "signature"), {signer}
    for level in rule.levels:
        people = tuple(dict.fromkeys(_person(role, case, kind, signer, office) for role in level.who))
        others = tuple(who for who in people if who not in seen)
        if others and not (level.gives == "signature" and signer in people):
            yield level._replace(who=others)
        seen.update(people)
        if signer in people:
            last = last._replace(within=level.within, unit=level.unit) if level.gives == "signature" else last
            break
    yield last


def _person(role: str, case: Case, kind: Kind | None, signer: str, office: Office) -> str:
    if role == SIGNER:
        return signer
    who = head_of(case, kind, office, role)
    if who == MINISTER or office.signer(who) or is_active(office, who):
        return who
    if role == OWNER_HEAD:
        message = _("{id}: the group of its owner has no head, who is to pass the paper").format(id=case.id)
        raise Refused(message, CommandLine("assign {} WHO", case.id))
    message = _("{file}: {who} is nobody in this office").format(file=CLEARANCES_FILE, who=role)
    raise NotFound(message, CommandLine("check"))


# -- as far as it has come -----------------------------------------------------------------------------


def route_of(paper: Paper) -> tuple[RouteStop, ...]:
    """Everybody on the route of the paper in their order, as far as it has come; none where it takes no route."""
    return tuple(stop for n, level in enumerate(paper.route, 1) for stop in _stops(paper, n, level))


def _stops(paper: Paper, n: int, level: Level) -> Iterator[RouteStop]:
    passes = {e.whom: e for e in paper.passes if e.level == n}
    came = came_on(paper)
    signed = paper.last if n == len(paper.route) and paper.state not in ("draft", "submitted", "returned") else None
    for who in level.who:
        entry = passes.get(who)
        if entry:
            yield RouteStop(n, who, level.gives, "passed", entry.day(), entry.by, entry.text, entry.adverse)
        elif signed:
            yield RouteStop(n, who, level.gives, "passed")
        elif paper.level == n:
            yield RouteStop(n, who, level.gives, "here", came)
        else:
            yield RouteStop(n, who, level.gives, "ahead")


def came_by(paper: Paper) -> Entry | None:
    """The entry by which a submitted paper came to where it lies: the last pass of the level below, or its submission.

    None while it is not submitted.
    """
    if paper.state != "submitted" or paper.submitted is None:
        return None
    below = [e for e in paper.passes if e.level == paper.level - 1]
    begun = paper.submitted.level or 1
    return below[-1] if below and paper.level > begun else paper.submitted


def came_on(paper: Paper) -> date | None:
    """The day a submitted paper came to where it lies, None while it is not submitted."""
    entry = came_by(paper)
    return entry.day() if entry else None


def asked_people(case: Case) -> Iterator[str]:
    """Yield the people ever asked to decide or to sign something in the case, each once."""
    named = ((entry.whom, entry.signer, *(who for level in entry.route for who in level.who)) for entry in case.log)
    yield from dict.fromkeys(name for names in named for name in names if name)


def submitted_replays(case: Case) -> Iterator[tuple[Entry, Paper]]:
    """Yield every entry that concerns a submitted paper, with the paper as it lay before that entry."""
    papers: tuple[Paper, ...] = ()
    for entry in case.happened():
        if entry.paper and entry.did in LIFECYCLE_ACTIONS:
            had = next((p for p in papers if p.id == entry.paper and p.state == "submitted"), None)
            if had:
                yield entry, had
        papers = folded(papers, (entry,))
