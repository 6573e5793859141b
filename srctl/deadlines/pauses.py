"""The days on which a case stood still, paused or closed, computed from its log. Pure.

The days ``[pause, resume)`` are not counted: a pause begins on the day it was made for and ends before the day of the
resumption, so that pausing and resuming on one day changes nothing. Of a case opened again the days ``[close,
reopen)`` are not counted either.
"""

from datetime import date
from typing import Literal

from srctl.core.records import NamedTuple
from srctl.model.case import Case, Entry
from srctl.model.definitions import ENDED


class Span(NamedTuple):
    """Days that do not count, and why: from ``start`` up to, and without, ``end``."""

    start: date
    end: date
    why: Literal["paused", "closed"] = "paused"

    def holds(self, day: date) -> bool:
        """Whether ``day`` is one of them."""
        return self.start <= day < self.end


Stops = tuple[Span, ...]


class Pause(NamedTuple):
    """One pause of a case; ``ended`` is None while it lasts."""

    entry: Entry
    began: date
    ended: date | None = None


def pauses_of(case: Case) -> tuple[Pause, ...]:
    """Return the pauses of the case in order; closing the case ends one that is open."""
    found: list[Pause] = []
    for entry in case.happened():
        last = found[-1] if found else None
        if entry.did == "pause":
            found.append(Pause(entry, entry.day()))
        elif last and last.ended is None and (entry.did == "resume" or entry.to in ENDED):
            found[-1] = last._replace(ended=max(entry.day(), last.began))
    return tuple(found)


def open_pause(case: Case) -> Pause | None:
    """The pause the case is in now, None when it is not paused."""
    found = pauses_of(case)
    return found[-1] if found and found[-1].ended is None else None


def closures_of(case: Case) -> tuple[Span, ...]:
    """The days on which the case was closed before it was opened again, in order."""
    found: list[Span] = []
    closed: date | None = None
    for entry in case.happened():
        if entry.to in ENDED:
            closed = entry.day()
        elif entry.to and closed:
            found.append(Span(closed, max(entry.day(), closed), "closed"))
            closed = None
    return tuple(found)


def stops_of(case: Case, today: date) -> Stops:
    """The days on which the case stood still, in order; a pause that lasts is taken to end ``today``."""
    if not any(entry.did in ("pause", "reopen") for entry in case.log):
        return ()
    pauses = (Span(p.began, p.ended or max(today, p.began)) for p in pauses_of(case))
    return tuple(sorted((*pauses, *closures_of(case))))
