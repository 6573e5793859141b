"""The case as a frozen value: what is, is a field; what happened, is a log entry. Pure.

Field names are the keys of the case file (design §3); all text in a file is text until it is read here.
Personal data of who complains stands under :class:`Complainant` only.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, cast, get_args

from srctl.core.dates import BANGKOK
from srctl.core.decoding import FORMAT as FORMAT
from srctl.core.decoding import Items, Serial, Size
from srctl.core.records import NamedTuple
from srctl.model.clearances import Level
from srctl.model.labels import Channel

Urgency = Literal["none", "urgent", "very-urgent", "most-urgent"]
Secrecy = Literal["none", "confidential", "secret", "top-secret"]
Did = Literal[
    "receive", "analyse", "plan", "contact", "step", "promise", "decide", "memo", "report", "close",
    "reopen", "set", "assign", "note", "link", "edit", "adopt", "undo", "file",
    "draft", "finish", "submit", "sign", "return", "number", "send", "reply", "cancel",
    "pause", "resume", "extend", "escalate", "replan", "postpone", "attend", "redo", "void", "merge", "move",
    "remind", "reminded", "watch", "unwatch", "pass", "undelivered", "delivered",
]  # fmt: skip
Side = Literal["us", "them"]
Relation = Literal["earlier", "related", "duplicate", "follows"]

URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
SECRECIES: tuple[Secrecy, ...] = get_args(Secrecy)
RELATIONS: tuple[Relation, ...] = get_args(Relation)
NO_FIELDS: Mapping[str, str] = MappingProxyType({})
_MENDING = frozenset({"undo", "redo", "move", "undelivered"})  # what decides which other entries count


class Received(NamedTuple):
    """When and how the matter came in. ``ref`` and ``dated`` are those of the paper that brought it."""

    on: date
    at: str = ""
    channel: Channel = ""
    from_: str = ""
    ref: str = ""
    dated: date | None = None


class Order(NamedTuple):
    """What was ordered, by whom, and until when; voice and paper alike (seed 002, scope).

    ``counted`` here and below: how the day was counted in working days (:mod:`srctl.core.named_days`).
    """

    by: str = ""
    text: str = ""
    due: date | None = None
    counted: str = ""


class Complainant(NamedTuple):
    """Personal data of who complains; ``anonymous``: the name must not be given on, ``unnamed``: none was given.

    A field added here can be set, is shown, found by a search, and taken out of whatever leaves the office.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    id_no: str = ""
    anonymous: bool = False
    unnamed: bool = False

    def is_stated(self) -> bool:
        """Whether it is recorded who complains, or why no name stands here."""
        return bool(self.name) or self.anonymous or self.unnamed

    def personal(self) -> dict[str, str]:
        """The personal data, by field: every text that is filled in."""
        return {name: text for name, text in self._asdict().items() if text and isinstance(text, str)}


class Analysis(NamedTuple):
    """Issues, facts, law, earlier matters, opinion and proposal; ``power`` is who may decide (seed 002).

    Several opinions or proposals are one text here, an item a numbered line (:mod:`srctl.core.numbered_items`).
    """

    issues: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    opinion: Items = ""
    proposal: Items = ""
    power: str = ""


class Step(NamedTuple):
    """One planned task: what, with whom (``organisation/person``), by what channel, until when."""

    id: str
    do: str
    with_: str = ""
    by: Channel = ""
    due: date | None = None
    counted: str = ""


class Plan(NamedTuple):
    """The result wanted and the steps to it."""

    result: str = ""
    steps: tuple[Step, ...] = ()


class CasePerson(NamedTuple):
    """Somebody this case speaks with who stands in no directory: named on the telephone, typed as they came up.

    ``id`` is ``p1``, ``p2`` …; whatever says ``with: ~p1`` means them.
    """

    id: str
    name: str
    phone: str = ""


class Report(NamedTuple):
    """What came of it, and the lesson noted (ถอดบทเรียน)."""

    result: str = ""
    lesson: str = ""


class Promise(NamedTuple):
    """Something promised in a contact, by us or by them (seed 003 §3.1.6)."""

    of: Side
    what: str
    due: date | None = None
    counted: str = ""


class Attached(NamedTuple):
    """A file kept with an entry: its name in the folder of the case, its SHA-256, and the name it came with.

    ``size`` is in bytes, 0 where it was not recorded. One that is too large to be kept has no ``file``, but the
    ``place`` where it lies.
    """

    sha256: str
    file: str = ""
    name: str = ""
    size: Size = Size(0)
    place: str = ""


class Entry(NamedTuple):
    """One thing that happened. Only ``id``, ``at``, ``who`` and ``did`` are always there.

    ``on`` is the day it happened when that is not the day it was written. ``to`` is the stage the case
    is in after it. ``keeps`` and ``waives`` name the entries whose promises it settles. ``of`` is the
    entry an undo takes back, a redo brings back or a move gives to the ``case`` named. ``missing`` are the
    needs an ``override`` passed.

    What concerns a paper names it in ``paper`` (its id in the case: ``memo``, ``support``, ``support-2``). Its
    ``draft`` keeps the values it was made from, to be shown and to make it again; ``number`` freezes ``number``,
    ``dated``, ``subject`` and ``addressee`` (never a complainant's name: they are ``with: complainant``).

    ``breaks`` are the promises that were not kept and that this entry's promise takes the place of; ``chases`` the
    waits it reminds of. A ``pause`` has its ``category``; an ``extend`` names the ``deadline`` and its new day
    (``until``, with ``counted``) or how much longer (``amount`` and ``unit``); an ``escalate`` asks ``whom`` in the
    office; a ``replan`` lists what ``moved`` as ``name 2026-11-23/2026-11-24``.

    A ``postpone`` moves the event from the day it ``was`` on to ``until`` (none: without a new day) and lists the steps
    that ``moved`` with it; an ``attend`` says ``how`` one invited (``with``, or by name ``addressee``) takes part, and
    in ``text`` who comes for them.

    ``unnumbered``: papers of that wording bear no number.

    ``file`` and ``sha256`` are those of the (first) file kept; ``attached`` are all that were handed in. ``origin`` is
    the entry of another case that this one was taken over from (``2569-0013/a28``); ``kind`` the kind that a change of
    kind took the case to. ``refers`` is whom a contact named as the one to speak with
    next.

    A ``submit`` keeps the ``route`` the paper takes (:mod:`srctl.model.clearances`), the time for all of it (``amount``
    and ``unit``, or ``until`` a day), where it goes on after a return (``again``) and at which ``level`` it begins; a
    ``pass`` and a ``return`` say at which ``level``, for ``whom``, and who did it in their place (``by``). ``adverse``:
    it passed with an opinion against it.

    A ``send`` keeps how a letter went: the number of its registered ``post``, the messenger who carried it
    (``carrier``), the ``receiver`` who took it by hand. An ``undelivered`` tells that it came back: ``of`` is the
    dispatch that counts no more, ``reopens`` the entries of the steps that it had settled, ``category`` and ``why`` the
    reason; the day it ``was`` sent, how (``by``) and the number of its ``post`` are kept with it. A ``delivered`` tells
    who took (``receiver``) what went out by the dispatch ``of``, and at what ``hour`` (HH:MM).
    """

    id: str
    at: datetime
    who: str
    did: Did
    on: date | None = None
    with_: str = ""
    by: str = ""
    said: str = ""
    agreed: str = ""
    promise: Promise | None = None
    keeps: tuple[str, ...] = ()
    waives: tuple[str, ...] = ()
    step: str = ""
    dropped: bool = False
    text: str = ""
    decision: str = ""
    paper: str = ""
    sha256: str = ""
    owner: str = ""
    backup: str = ""
    case: str = ""
    to: str = ""
    override: str = ""
    missing: tuple[str, ...] = ()
    why: str = ""
    of: str = ""
    wording: str = ""
    form: str = ""
    signer: str = ""
    among: tuple[str, ...] = ()
    given: Mapping[str, str] = NO_FIELDS
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    urgency: str = ""
    secrecy: str = ""
    named: bool = False
    unnumbered: bool = False
    catchword: str = ""
    how: str = ""
    series: str = ""
    n: Serial = Serial(0)
    number: str = ""
    dated: date | None = None
    subject: str = ""
    addressee: str = ""
    ref: str = ""
    file: str = ""
    meets: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    chases: tuple[str, ...] = ()
    category: str = ""
    deadline: str = ""
    until: date | None = None
    counted: str = ""
    amount: int = 0
    unit: str = ""
    whom: str = ""
    moved: tuple[str, ...] = ()
    was: date | None = None
    attached: tuple[Attached, ...] = ()
    origin: str = ""
    kind: str = ""
    refers: str = ""
    acting: str = ""
    route: tuple[Level, ...] = ()
    level: int = 0
    again: str = ""
    adverse: bool = False
    post: str = ""
    carrier: str = ""
    receiver: str = ""
    hour: str = ""
    reopens: tuple[str, ...] = ()

    def day(self) -> date:
        """Return the day it happened: the one given, else that of ``at`` in Bangkok."""
        return self.on or self.at.astimezone(BANGKOK).date()


class Link(NamedTuple):
    """Another case this one has to do with."""

    case: str
    as_: Relation = "related"


class Case(NamedTuple):
    """One matter, whole. ``fields`` holds what its kind asks for beyond the common fields."""

    format: int
    id: str
    kind: str
    subject: str
    received: Received
    order: Order = Order()
    urgency: Urgency = "none"
    secrecy: Secrecy = "none"
    owner: str = ""
    backup: str = ""
    complainant: Complainant | None = None
    fields: Mapping[str, str] = NO_FIELDS
    analysis: Analysis = Analysis()
    plan: Plan = Plan()
    report: Report = Report()
    links: tuple[Link, ...] = ()
    people: tuple[CasePerson, ...] = ()
    log: tuple[Entry, ...] = ()

    def happened(self) -> tuple[Entry, ...]:
        """The log without what was undone or came back undelivered, in order: what every computation starts from."""
        if _MENDING.isdisjoint(entry.did for entry in self.log):
            return self.log
        gone = {*self.undone()}
        gone |= {name for e in self.log if e.did == "undelivered" and e.id not in gone for name in (e.of, *e.reopens)}
        return tuple(e for e in self.log if e.id not in gone and e.did not in ("undo", "redo"))

    def undone(self) -> dict[str, Entry]:
        """The entries that do not count, by id: each with the entry that undid it, or moved it to another case."""
        found: dict[str, Entry] = {}
        for entry in self.log:
            if entry.did == "undo":
                found[entry.of] = entry
            elif entry.did == "redo":
                found.pop(entry.of, None)
        moved = {e.of: e for e in self.log if e.did == "move" and e.of and e.id not in found}
        return {**moved, **found}

    def entry(self, entry_id: str) -> Entry | None:
        """Return the log entry of that id, or None."""
        return next((e for e in self.log if e.id == entry_id), None)

    def field(self, path: str) -> object:
        """Return the value at a dotted path such as ``analysis.opinion`` or ``fields.dress`` (None if absent)."""
        value: object = self
        for key in path.split("."):
            if isinstance(value, Mapping):
                value = cast("Mapping[str, object]", value).get(key)
            else:
                fields: tuple[str, ...] = getattr(value, "_fields", ())
                name = next((n for n in (key, f"{key}_") if n in fields), "")
                value = getattr(value, name, None)
        return value
