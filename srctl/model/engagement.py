"""The event of a case: on which days and at which hours it is, where, with whom; when two events clash. Pure.

A kind says by its key ``event`` which of its fields are the day, the hours, the place (:class:`EventFields`). A kind
written before there was such a key has an event when it has a field ``date`` of a day and ``time`` of an hour.
"""

from collections.abc import Iterable
from datetime import date

from srctl.core.date_spans import Days
from srctl.core.dates import parse_iso
from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.model.case import Case, Entry
from srctl.model.definitions import EventFields, Kind

NOBODY = "-"  # in who goes: the invitation is declined
_MIDNIGHT = 24 * 60


class Engagement(NamedTuple):
    """The event of a case: first and last day, hours of each of its days (``09:30``, "": not known), and who goes.

    ``attends`` is "" where the Minister goes, ``-`` where nobody does. ``minutes`` is how long it is reckoned to last
    while its end is not known.
    """

    day: date
    until: date
    begin: str = ""
    end: str = ""
    place: str = ""
    host: str = ""
    dress: str = ""
    parking: str = ""
    attends: str = ""
    minutes: int = EventFields().minutes


def event_fields(kind: Kind) -> EventFields | None:
    """Which fields of the kind say when and where its event is; None for a kind without events."""
    if kind.event:
        return kind.event
    usual, types = EventFields(), {field.name: field.type for field in kind.fields}
    return usual if types.get(usual.day) == "date" and types.get(usual.begin) == "time" else None


def event_of(case: Case, kind: Kind) -> Engagement | None:
    """The event of the case; None where its kind has none, or its day is not known.

    A day or hour written by hand in another way than files have it counts as not known.
    """
    fields = event_fields(kind)
    first = _day(case.fields.get(fields.day, "")) if fields else None
    if fields is None or first is None:
        return None
    last = _day(case.fields.get(fields.until, ""))

    def text(name: str) -> str:
        return case.fields.get(name, "")

    return Engagement(
        first, max(first, last or first), _hour(text(fields.begin)), _hour(text(fields.end)), text(fields.place),
        text(fields.host), text(fields.dress), text(fields.parking), text(fields.attends), fields.minutes,
    )  # fmt: skip


def event_parts(case: Case, kind: Kind) -> dict[str, str]:
    """What is known of the event of the case, by the names of :class:`Engagement`, also while its day is not.

    ``day`` is as values of papers hold it: one day or several (:meth:`srctl.core.date_spans.Days.iso`).
    """
    fields, event = event_fields(kind), event_of(case, kind)
    if fields is None:
        return {}
    own = {part: case.fields.get(name, "") for part, name in fields._asdict().items() if isinstance(name, str)}
    attends = "" if own["attends"] == NOBODY else own["attends"]
    day = Days(event.day, event.until).iso() if event else ""
    return {**own, "day": day, "begin": _hour(own["begin"]), "end": _hour(own["end"]), "attends": attends}


def postponed_open(case: Case) -> Entry | None:
    """The entry that last postponed the event of the case, where that was without a new day."""
    last = next((e for e in reversed(case.happened()) if e.did == "postpone" and e.was), None)
    return last if last and last.until is None else None


def moved_refs(entry: Entry) -> set[str]:
    """What moved by an entry, each by its ref: the steps of a postponement, the deadlines of a replan."""
    return {moved.partition(" ")[0] for moved in entry.moved}


def waiting_steps(case: Case, kind: Kind) -> set[str]:
    """The steps that wait for the new day of an event that was put off without one, while it has none."""
    put_off = postponed_open(case)
    return moved_refs(put_off) if put_off and event_of(case, kind) is None else set()


def clash(one: Engagement, other: Engagement, minister: Iterable[str]) -> bool:
    """Whether one person would be at both events at once: the same days, and hours that overlap or are not known.

    ``minister`` are the words the Minister is called by: where nobody is named, or one of them stands, the Minister
    goes. Somebody else goes to both where the same is written in both.
    """
    if NOBODY in (one.attends, other.attends) or one.day > other.until or other.day > one.until:
        return False
    called = [fold(word) for word in minister if word]
    goes = [fold(event.attends) for event in (one, other)]
    ministers = [not who or any(word in who for word in called) for who in goes]
    if not all(ministers) and (any(ministers) or goes[0] != goes[1]):
        return False
    (first, first_end), (second, second_end) = hours(one), hours(other)
    return first < second_end and second < first_end


def hours(event: Engagement) -> tuple[int, int]:
    """First and last minute of each of its days, counted from midnight; the whole day where no hour is known."""
    if not event.begin:
        return 0, _MIDNIGHT
    begin = _minutes(event.begin)
    end = _minutes(event.end) if event.end else 0
    return begin, end if end > begin else min(begin + event.minutes, _MIDNIGHT)


def _minutes(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])


def _day(text: str) -> date | None:
    try:
        return parse_iso(text)
    except ValueError:
        return None


def _hour(text: str) -> str:
    """The hour of a file, ``HH:MM``; "" for what is none."""
    there = len(text) == 5 and text[2] == ":" and text[:2].isdecimal() and text[3:].isdecimal()
    return text if there and text.isascii() and text < "24" and text[3:] < "60" else ""
