"""Finding cases: by filter, by words. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.model.definitions import ANY_GROUP, CLOSED, ENDED, Kind
from srctl.model.people import GROUP_HEAD, Directory, Office, find_callee

if TYPE_CHECKING:  # to keep what passes a filter takes no case
    from srctl.core.periods import Period
    from srctl.model.case import Case

NOBODY: Directory = MappingProxyType({})
_LEAST_DIGITS = 7  # of a telephone number: fewer are a year or a number of a letter
_UNSEARCHED = ("phone", "email", "id_no")  # of a complainant: a search is for words


class Filter(NamedTuple):
    """What `list` and `due` keep; an empty field keeps everything. ``closed`` None means both.

    ``closed_in`` is when the case was closed, ``event_in`` when its event takes place (on some day of it).
    """

    kind: str = ""
    stage: str = ""
    owner: str = ""
    group: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None
    closed: bool | None = False
    closed_in: "Period | None" = None
    event_in: "Period | None" = None


def group_of(case: "Case", kind: Kind | None, office: Office) -> str:
    """Return the group that carries the case: its kind's, or its owner's when the kind is anybody's."""
    return carrying_group(kind, case.owner, office)


def carrying_group(kind: Kind | None, owner: str, office: Office) -> str:
    """Return the group that carries the cases of a kind and an owner."""
    if kind and kind.group != ANY_GROUP:
        return kind.group
    person = office.coordinator(owner)
    return person.group if person else ""


def head_of(case: "Case", kind: Kind | None, office: Office, whom: str) -> str:
    """The person ``whom`` means for the case: for ``group`` the head of the group that carries it ("": none)."""
    if whom != GROUP_HEAD:
        return whom
    group = office.group(group_of(case, kind, office))
    return group.head if group else ""


def passes(
    case: "Case", wanted: Filter, kinds: Mapping[str, Kind], office: Office, acting: str = "",
    directory: Directory = NOBODY,
) -> bool:  # fmt: skip
    """Whether ``case`` passes every part of the filter; ``acting`` is who carries it for an owner away.

    Words are also looked for in the names that the ``directory`` has for those the case turns to.
    """
    from srctl.workflow.stages import stage_of

    stage = stage_of(case)
    if not wanted.stage and ((wanted.closed is False and stage in ENDED) or (wanted.closed and stage != CLOSED)):
        return False
    return (
        wanted.kind in ("", case.kind)
        and wanted.stage in ("", stage)
        and wanted.owner in ("", case.owner, case.backup, acting)
        and (not wanted.group or wanted.group == group_of(case, kinds.get(case.kind), office))
        and (wanted.since is None or case.received.on >= wanted.since)
        and (wanted.until is None or case.received.on <= wanted.until)
        and _in_periods(case, kinds.get(case.kind), wanted)
        and (not wanted.text or matches(case, wanted.text, directory))
    )


def closed_on(case: "Case") -> date | None:
    """The day the case was closed, None for one that is open."""
    last = next((entry for entry in reversed(case.happened()) if entry.to), None)
    return last.day() if last and last.to == CLOSED else None


def _in_periods(case: "Case", kind: Kind | None, wanted: Filter) -> bool:
    """Whether it was closed, and its event takes place, in the periods asked for."""
    if wanted.closed_in:
        day = closed_on(case)
        if day is None or not wanted.closed_in.first <= day <= wanted.closed_in.last:
            return False
    if wanted.event_in:
        from srctl.model.engagement import event_of

        event = event_of(case, kind) if kind else None
        return event is not None and event.day <= wanted.event_in.last and event.until >= wanted.event_in.first
    return True


def matches(case: "Case", text: str, directory: Directory = NOBODY) -> bool:
    """Whether every word of ``text`` occurs in the case, after Thai folding."""
    return contains("\n".join((*_texts(case), *_names(case, directory))), text)


def contains(whole: str, text: str) -> bool:
    """Whether every word of ``text`` occurs in ``whole`` after Thai folding, or it is a telephone number in it.

    A number is the same however it is spaced, with the country code or without.
    """
    folded, typed = fold(whole), fold(text)
    if all(word in folded for word in typed.split()):
        return True
    number = re.sub(r"[\s().+/-]", "", typed)
    if not (number.isdecimal() and len(number) >= _LEAST_DIGITS):
        return False
    inland = number.removeprefix("66") if len(number) > _LEAST_DIGITS + 2 else number
    return inland.removeprefix("0") in re.sub(r"(?<=\d)[ \u00a0().-]+(?=\d)", "", folded)


def _names(case: "Case", directory: Directory) -> Iterable[str]:
    """Yield the names the directory has for those whom the case turns to: the person and the organisation."""
    turned_to = {entry.with_ for entry in case.log} | {step.with_ for step in case.plan.steps}
    turned_to |= {whom for entry in case.log for whom in entry.among}
    yield from (text for person in case.people for text in (person.name, person.phone))
    for reference in sorted(turned_to - {""}):
        if callee := find_callee(directory, reference):
            yield from (callee.organisation.name, callee.organisation.short)
            yield callee.person.name if callee.person else ""


def _texts(case: "Case") -> Iterable[str]:
    """Yield the texts of a case that a search looks through."""
    yield from (case.id, case.subject, case.received.from_, case.received.ref)
    yield from (
        case.order.by,
        case.order.text,
        case.plan.result,
        case.report.result,
        case.report.lesson,
    )
    yield from (*case.analysis.issues, *case.analysis.facts, *case.analysis.law)
    yield from (case.analysis.opinion, case.analysis.proposal, case.analysis.power)
    yield from (step.do for step in case.plan.steps)
    if case.complainant:
        yield from (text for name, text in case.complainant.personal().items() if name not in _UNSEARCHED)
    yield from case.fields.values()
    for entry in case.log:
        yield from (entry.said, entry.agreed, entry.text, entry.decision, entry.why)
        yield from (entry.ref, entry.number, entry.subject, entry.addressee, entry.with_)
        if entry.promise:
            yield entry.promise.what
