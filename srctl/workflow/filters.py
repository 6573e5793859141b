"""Finding cases: by filter, by words. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.model.definitions import ANY_GROUP, CLOSED, Kind
from srctl.model.people import GROUP_HEAD, Office

if TYPE_CHECKING:  # to keep what passes a filter takes no case
    from srctl.model.case import Case

_UNSEARCHED = ("phone", "email", "id_no")  # of a complainant: a search is for words


class Filter(NamedTuple):
    """What `list` and `due` keep; an empty field keeps everything. ``closed`` None means both."""

    kind: str = ""
    stage: str = ""
    owner: str = ""
    group: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None
    closed: bool | None = False


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


def passes(case: "Case", wanted: Filter, kinds: Mapping[str, Kind], office: Office, acting: str = "") -> bool:
    """Whether ``case`` passes every part of the filter; ``acting`` is who carries it for an owner away."""
    from srctl.workflow.stages import stage_of

    stage = stage_of(case)
    if wanted.closed is not None and not wanted.stage and (stage == CLOSED) != wanted.closed:
        return False
    return (
        wanted.kind in ("", case.kind)
        and wanted.stage in ("", stage)
        and wanted.owner in ("", case.owner, case.backup, acting)
        and (not wanted.group or wanted.group == group_of(case, kinds.get(case.kind), office))
        and (wanted.since is None or case.received.on >= wanted.since)
        and (wanted.until is None or case.received.on <= wanted.until)
        and (not wanted.text or matches(case, wanted.text))
    )


def matches(case: "Case", text: str) -> bool:
    """Whether every word of ``text`` occurs in the case, after Thai folding."""
    words = fold(text).split()
    whole = fold("\n".join(_texts(case)))
    return all(word in whole for word in words)


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
        if entry.promise:
            yield entry.promise.what
