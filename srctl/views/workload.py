"""How much each person of a group carries, and who of them is not there this week. Pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from srctl.core.records import NamedTuple
from srctl.model.absences import Absence
from srctl.model.people import Coordinator

if TYPE_CHECKING:
    from srctl.deadlines.obligations import Obligation

Carried = tuple[Collection[str], Sequence["Obligation"]]  # a matter: who carries it, what falls due in it


class Workload(NamedTuple):
    """What one person carries, in matters: open, with something late, with something due until the week is over.

    A matter of somebody away counts for who stands in as well. ``absences`` are theirs of today and this week.
    """

    who: str
    name: str
    group: str
    open: int
    late: int
    week: int
    absences: tuple[Absence, ...] = ()


def workloads(
    people: Iterable[Coordinator], matters: Sequence[Carried], absences: Sequence[Absence], today: date
) -> tuple[Workload, ...]:
    """The load of each of those people, whoever has most that is late first, then whoever has most."""
    sunday = today + timedelta(days=6 - today.weekday())
    week = Absence("", today, sunday)
    found = []
    for person in people:
        own = [items for carriers, items in matters if person.id in carriers]
        due = [[item.first for item in items if not item.held] for items in own]
        found.append(Workload(
            person.id, person.name, person.group, len(own),
            sum(any(day < today for day in days) for days in due),
            sum(any(today <= day <= sunday for day in days) for days in due),
            tuple(absence for absence in absences if absence.who == person.id and absence.meets(week)),
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda load: (-load.late, -load.open)))
