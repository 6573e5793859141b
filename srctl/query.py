"""Finding cases: by id as people type it, by filter, by words. Floor 1, pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from srctl.errors import Command, NotFound
from srctl.i18n import _, ngettext
from srctl.kinds import ANY_GROUP, CLOSED, Kind
from srctl.people import GROUP_HEAD, Office
from srctl.thai import fold, to_arabic_digits
from srctl.values import NamedTuple

if TYPE_CHECKING:  # to find a case by its id takes no case
    from srctl.model import Case

ID = re.compile(r"(?P<year>[0-9]{4})-(?P<book>[A-Z]?)(?P<number>[0-9]{4,6})", re.ASCII)
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


def is_id(text: str) -> bool:
    """Tell whether ``text`` is a whole case id, in ASCII, and nothing else."""
    return ID.fullmatch(text) is not None


def make_id(year: int, book: str, number: int) -> str:
    """Return the id of the ``number``-th case of the register ``book`` in a B.E. year."""
    return f"{year}-{book}{number:04d}"


def last_number(names: Iterable[str], year: int, book: str) -> int:
    """Return the highest number of the book in that B.E. year among ids or names of case files, 0 for none."""
    # One search through all: a year has thousands, and the next number is waited for.
    own = rf"(?<=\0){year}-{book}([0-9]{{4,6}})(?:\.ya?ml)?(?=\0)"
    return max(map(int, re.findall(own, "\0".join(("", *names, "")))), default=0)


_NUMBER = re.compile(r"(?:(?P<year>[0-9]{4})-)?(?P<book>[A-Z]?)(?P<number>[0-9]{1,6})", re.ASCII)


def _typed_id(typed: str) -> str:
    return to_arabic_digits(typed.strip()).upper()


def likely_id(typed: str, year: int, book: str = "") -> str:
    """Return the id that a bare number means first: of this year and this office's own book ("" if it is none)."""
    match = _NUMBER.fullmatch(_typed_id(typed))
    if match is None:
        return ""
    return make_id(int(match["year"] or year), match["book"] or book, int(match["number"]))


def find_id(typed: str, ids: Iterable[str], year: int, book: str = "") -> str:
    """Return the one id that ``typed`` means: whole, unique prefix, or bare number, of ``year`` before others.

    Raises:
        NotFound: none, or several (they are listed in the hint).
    """
    everything = sorted(ids)
    text = _typed_id(typed)
    for certain in (text, likely_id(typed, year, book)):
        if certain in everything:
            return certain
    found = _by_number(text, everything, book) or [i for i in everything if text and i.startswith(text)]
    if len(found) == 1:
        return found[0]
    if not found:
        hint = _("{open} shows the open ones; {all} every one").format(open=Command("list"), all=Command("list --all"))
        raise NotFound(_("there is no case {id}").format(id=typed), hint)
    shown = found[:10] + (["…"] if len(found) > 10 else [])
    message = ngettext("{id} could be any of {n} case", "{id} could be any of {n} cases", len(found))
    raise NotFound(message.format(id=typed, n=len(found)), "\n".join(shown))


def _by_number(text: str, ids: list[str], book: str) -> list[str]:
    """Return the ids of any year whose number is ``text`` (``42``, ``B7``)."""
    match = _NUMBER.fullmatch(text)
    if match is None or match["year"]:
        return []
    wanted = (match["book"] or book, int(match["number"]))
    return [i for i in ids if (m := ID.fullmatch(i)) and (m["book"], int(m["number"])) == wanted]


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
    """Return whom ``whom`` means for the case: for ``group`` the head of the group that carries it ("" : none)."""
    if whom != GROUP_HEAD:
        return whom
    group = office.group(group_of(case, kind, office))
    return group.head if group else ""


def keep(case: "Case", wanted: Filter, kinds: Mapping[str, Kind], office: Office, acting: str = "") -> bool:
    """Tell whether ``case`` passes every part of the filter; ``acting`` is who carries it for an owner away."""
    from srctl.workflow import stage_of

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
    """Tell whether every word of ``text`` occurs in the case, after Thai folding."""
    words = fold(text).split()
    whole = fold("\n".join(_texts(case)))
    return all(word in whole for word in words)


def _texts(case: "Case") -> Iterable[str]:
    """Return the texts of a case that a search looks through."""
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
