"""Who must pass a paper before it is signed: the office's rules, and the route a paper takes by them. Pure.

The rules are data (``templates/clearances.yaml``); an office without the file has none, and a submitted paper waits
for its signature alone. What the regulation says of it is only that a paper goes up through the line of command; the
levels, and how long each may keep a paper, are the office's own.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Literal

from srctl.core.dates import BANGKOK
from srctl.core.decoding import Fault, Text, Where
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.definitions import ANY, Conditions

CLEARANCES_FILE = "templates/clearances.yaml"
Gives = Literal["initial", "opinion", "signature"]
Span = Literal["workday", "day", "hour"]
Again = Literal["same", "first"]
OWNER_HEAD, SIGNER = "group", "signer"  # roles: the head of the owner's group, whoever signs the paper
_BEGINS, _ENDS = time(8, 30), time(16, 30)  # the usual hours of a government office; the regulation was not at hand
_HOUR, _DAY_HOURS = timedelta(hours=1), 8


class Level(NamedTuple):
    """One level of a route: who stand there side by side, what each gives, within what time.

    ``who`` are ids of coordinators and signers, ``minister``, and in the rules also ``group`` and ``signer``.
    ``within`` 0 leaves the time to the standing rules of papers.
    """

    who: tuple[str, ...]
    gives: Gives = "initial"
    within: int = 0
    unit: Span = "workday"


class Shorter(NamedTuple):
    """A row of other times: a case that fits ``when`` has so long for the whole route."""

    within: int
    when: Conditions = ANY
    unit: Span = "workday"


class Clearance(NamedTuple):
    """A rule: which papers take the route of its ``levels``, and within what time all must have signed.

    ``forms`` and ``papers`` (wordings) are those it is for (empty: any); ``when`` and ``unless`` are conditions on the
    case, as in a rule of deadlines. The first row of ``instead`` that fits changes the whole time. A paper sent back
    and mended begins ``again`` at the level that returned it (``same``), or at the first.
    """

    levels: tuple[Level, ...]
    label: Text = Text("", "")
    forms: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    when: Conditions = ANY
    unless: Conditions = ANY
    within: int = 0
    unit: Span = "workday"
    instead: tuple[Shorter, ...] = ()
    again: Again = "same"
    basis: str = ""


class Clearances(NamedTuple):
    """``templates/clearances.yaml``, whole: the first rule that fits a paper holds for it."""

    format: int
    clearances: tuple[Clearance, ...] = ()


NO_CLEARANCES = Clearances(1)


def time_faults(rules: Clearances) -> Iterator[Fault]:
    """Yield the times of the rules that are none: fewer than no days, and a row of other times without one."""
    for i, rule in enumerate(rules.clearances):
        here: Where = ("clearances", i)
        times: list[tuple[Where, int, int]] = [((), rule.within, 0)]
        times += [(("levels", n), level.within, 0) for n, level in enumerate(rule.levels)]
        times += [(("instead", n), row.within, 1) for n, row in enumerate(rule.instead)]
        for where, within, least in times:
            if within < least:
                message = _("{key}: {given} is no length of time").format(key="within", given=within)
                hint = _("write 1 or more, or leave the line out") if least == 0 else _("write 1 or more")
                yield Fault((*here, *where, "within"), "amount", message, hint)


def level_reached(route: Sequence[Level], passed: Collection[tuple[int, str]]) -> int:
    """The level a paper lies at, from 1; that of the signature, the last one, is never passed but signed.

    ``passed`` are level and person of each pass. 0 where there is no route.
    """
    for n, level in enumerate(route, 1):
        if n == len(route) or any((n, who) not in passed for who in level.who):
            return n
    return 0


def workdays_in(hours: int, at: datetime) -> int:
    """How many working days after the day of ``at`` so many office hours (8.30 to 16.30) end: 0 on the same day."""
    clock = at.astimezone(BANGKOK)
    end = datetime.combine(clock.date(), _ENDS, BANGKOK)
    begun = max(clock, datetime.combine(clock.date(), _BEGINS, BANGKOK))
    left = max(end - begun, timedelta())
    over = timedelta(hours=hours) - left
    return 0 if over <= timedelta() else -(-over // (_DAY_HOURS * _HOUR))
