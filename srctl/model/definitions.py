"""Definitions of an office: kinds of matter, stages and gates, deadline rules, fields, checklists.

Definitions are data the office owns (``templates/kinds``, ``templates/checklists``); this module only declares
what may stand in them. A newcomer adds a kind by copying one file.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from srctl.core.decoding import Text
from srctl.core.records import NamedTuple
from srctl.core.thai import fold

Of = Literal[
    "stage", "case", "step", "reply", "promise", "paper", "thanks", "decision", "pause",
    "draft", "dispatch", "decided", "followup",
]  # fmt: skip
From = Literal[
    "received", "stage_start", "dated", "field", "sent", "promised", "submitted", "replied", "asked", "paused",
    "drafted", "signed", "decided", "touched",
]  # fmt: skip
Unit = Literal["workday", "day", "month"]
Roll = Literal["next", "previous", "none"]
MetBy = Literal["step", "submitted", "signed", "sent", "answered", "decided", "contacted"]
Extends = Literal["rolled", "nominal"]
Ask = Literal["text", "date", "time", "long", "choice"]

# One list of channels for the file, the prompts and the help.
Channel = Literal["", "voice", "phone", "line", "letter", "email", "fax", "web", "visit", "meeting", "paper"]

Conditions = Mapping[str, tuple[str, ...]]
ANY: Conditions = MappingProxyType({})
ANY_GROUP = "any"
CLOSED = "closed"
VOID, MERGED = "void", "merged"  # set aside: entered by mistake, or part of another case; counted nowhere
ENDED = (CLOSED, VOID, MERGED)


class Stage(NamedTuple):
    """One stage: its name in the log and what must be there to leave it (field paths and named needs)."""

    name: str
    label: Text
    needs: tuple[str, ...] = ()
    about: Text = Text("", "")


class Instead(NamedTuple):
    """A row of a rule's table of other targets: a case that fits ``when`` has this amount (and unit, and basis)."""

    amount: int
    when: Conditions = ANY
    unit: Literal["", "workday", "day", "month"] = ""
    basis: str = ""


class Rule(NamedTuple):
    """A deadline rule (design §5): ``of`` what, counted ``from`` what, so many units.

    Day 0 is the day counted from; due at the end of day ``amount``; a negative amount counts back (``from: field``).
    ``stage`` names the stage that must be left in time when ``of`` is stage, or whose start is counted from. ``side``
    is whose promises a rule of promise means ("" both). A rule of a reply, promise, step, thanks or decision sets the
    day where nobody named one. The rule binds a case that fits ``when`` and does not fit ``unless``; the first row of
    ``instead`` that fits changes its target. ``pauses`` is whether a pause of the case stops it.
    ``met_by`` is what has to happen for a rule of the case or of a stage to be met (:mod:`srctl.deadlines.endings`),
    ``papers`` the wordings that count where that is a paper (empty: any). ``extends`` is the day further time is
    counted from: the ``rolled`` one, or the ``nominal`` last day, rolled or not, as the law counts (CCC section 193/7).
    A rule of ``draft`` is for a paper not submitted, of ``dispatch`` for one signed and not sent, of ``decided`` for a
    decision nobody was told of, of ``followup`` for a case in which nothing else falls due, from its last movement.
    ``basis`` is the law, regulation or seed; ``verified`` is whether a lawyer of the office has checked it.
    """

    name: str
    label: Text
    of: Of
    amount: int
    unit: Unit
    basis: str
    from_: From = "received"
    stage: str = ""
    roll: Roll = "next"
    verified: bool = False
    field: str = ""
    side: Literal["", "us", "them"] = ""
    when: Conditions = ANY
    unless: Conditions = ANY
    instead: tuple[Instead, ...] = ()
    pauses: bool = True
    met_by: MetBy = "step"
    papers: tuple[str, ...] = ()
    extends: Extends = "rolled"


# What an office whose standing rules name no follow-up goes by: no open case is left without a day.
FOLLOW_UP = Rule(
    "follow-up", Text("ติดตามเรื่องที่ไม่เคลื่อนไหว", "Follow-up of a matter that stands still"), "followup", 10, "workday",
    "ค่าตั้งต้นของ srctl (S2 ระบบการติดตามงาน กำหนดเพียงว่าต้องติดตาม)", "touched", pauses=False,
)  # fmt: skip


class UrgencyWeight(NamedTuple):
    """How many working days later than it is a late matter of that urgency counts in what comes worst first."""

    urgency: str
    workdays: int


WEIGHTS = (UrgencyWeight("most-urgent", 20), UrgencyWeight("very-urgent", 10), UrgencyWeight("urgent", 5))


class Chase(NamedTuple):
    """The escalation policy: the first reminder so many working days after a reply was due, then every so many.

    ``letters`` are the wordings of the first, second … reminder (the last serves for every further one). After
    ``escalate_after`` reminders the case is escalated to ``to``: ``group`` (its head), a signer or a coordinator.
    """

    first: int = 1
    every: int = 3
    letters: tuple[str, ...] = ("remind-1", "remind-2", "remind-final")
    escalate_after: int = 3
    to: tuple[str, ...] = ("group",)


class Extension(NamedTuple):
    """How far a deadline may be extended without an override: how often, and by how many working days in all."""

    times: int = 2
    workdays: int = 20


class Reason(NamedTuple):
    """A reason for which a case may be paused, or a letter comes back: its name in the log, its words."""

    name: str
    label: Text


class StandingRules(NamedTuple):
    """``templates/deadlines.yaml``: what holds for every kind that does not define its own.

    A rule of the same name in a kind takes the place of the one here; ``pauses`` are the reasons a case may be
    paused for, ``undelivered`` those for which a letter comes back; ``order`` is what urgency weighs where what is due
    stands worst first.
    """

    format: int
    deadlines: tuple[Rule, ...] = ()
    pauses: tuple[Reason, ...] = ()
    undelivered: tuple[Reason, ...] = ()
    chase: Chase = Chase()
    extension: Extension = Extension()
    order: tuple[UrgencyWeight, ...] = WEIGHTS

    def weights(self) -> dict[str, int]:
        """The working days each urgency weighs in what comes worst first; an urgency not named weighs nothing."""
        return {weight.urgency: weight.workdays for weight in self.order}

    def with_defaults(self, kind: "Kind") -> "Kind":
        """``kind`` with what it leaves out filled in from the standing rules."""
        own = {rule.name for rule in kind.deadlines}
        shared = tuple(rule for rule in self.deadlines if rule.name not in own)
        rules = (*kind.deadlines, *shared)
        return kind._replace(
            deadlines=rules if any(rule.of == "followup" for rule in rules) else (*rules, FOLLOW_UP),
            chase=kind.chase or self.chase,
            extension=kind.extension or self.extension,
        )


class Field(NamedTuple):
    """A field this kind asks for, under ``fields`` of the case; ``private`` ones are personal data.

    A ``choice`` has one of ``values``; what stands in the case, and in conditions of rules, is its Thai wording.
    """

    name: str
    label: Text
    type: Ask = "text"
    private: bool = False
    hint: Text = Text("", "")
    values: tuple[Text, ...] = ()

    def choices(self) -> tuple[str, ...]:
        """The texts a case may have in this field; none where any text may stand there."""
        return tuple(value.th for value in self.values) if self.type == "choice" else ()

    def chosen(self, typed: str) -> str:
        """The choice that is ``typed`` in either language, however spaced; the text as typed when it is none."""
        wanted = _unspaced(typed)
        return next((v.th for v in self.values if wanted in (_unspaced(v.th), _unspaced(v.en))), typed)


def _unspaced(text: str) -> str:
    """The form in which what people type is compared with a choice: ``อื่นๆ`` is ``อื่น ๆ``."""
    return fold(text).replace(" ", "")


class Target(NamedTuple):
    """The measure of success of the yearly plan (seed 004): percent in time and correct."""

    percent: int
    label: Text
    basis: str


class Defaults(NamedTuple):
    """How a matter of the kind came in unless something else is typed: the channel, from whom, who ordered it.

    ``minister`` in ``from`` and ``by`` is the Minister by the short name of ``office.yaml``.
    """

    channel: Channel = ""
    from_: str = ""
    by: str = ""


class EventFields(NamedTuple):
    """Which fields of a kind say when and where its event is: names of fields ("": the kind has no such field).

    ``day`` is the first day, ``until`` the last one where there are several, ``begin`` and ``end`` the hours of each,
    ``attends`` who goes. ``minutes`` is how long it is reckoned to last while its end is not known.
    """

    day: str = "date"
    until: str = "date_end"
    begin: str = "time"
    end: str = "time_end"
    place: str = "place"
    host: str = "host"
    dress: str = "dress"
    parking: str = "parking"
    attends: str = "attends"
    minutes: int = 60


class Kind(NamedTuple):
    """A kind of matter, whole. ``id`` is the file name; ``papers`` are forms, the first the usual memo.

    ``letters`` are the wordings that `srctl letter` offers first for a case of it.
    ``asks`` are the parts of the case asked for at a terminal when it is received, in their order, beside the subject
    and what the first gate needs; None where the kind does not say. ``sender`` is the field that names from whom it
    came, so that nobody is asked twice; ``complainant_label`` what who complains is called in this kind.
    ``chase`` and ``extension`` are None in a file that leaves them to the standing rules; ``event`` is asked for with
    :func:`srctl.model.engagement.event_fields`.
    """

    format: int
    label: Text
    group: str
    about: Text
    source: str
    stages: tuple[Stage, ...]
    deadlines: tuple[Rule, ...] = ()
    fields: tuple[Field, ...] = ()
    checklists: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    complainant: bool = False
    complainant_label: Text = Text("", "")
    default: Defaults = Defaults()
    sender: str = ""
    asks: tuple[str, ...] | None = None
    target: Target | None = None
    order: int = 50
    id: str = ""
    chase: Chase | None = None
    extension: Extension | None = None
    event: EventFields | None = None

    def stage(self, name: str) -> Stage | None:
        """Return the stage of that name, or None."""
        return next((s for s in self.stages if s.name == name), None)

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def stage_names(self) -> tuple[str, ...]:
        """Return the names of the stages in order, ``closed`` last."""
        return (*(s.name for s in self.stages), CLOSED)


class Item(NamedTuple):
    """One line of a checklist; ``days`` is working days before (negative) or after the event, if fixed."""

    do: Text
    by: str = ""
    days: int | None = None


class Checklist(NamedTuple):
    """A list of things to do, carried whole from its source; planning copies it into steps."""

    format: int
    label: Text
    source: str
    items: tuple[Item, ...]
    pitfalls: tuple[Text, ...] = ()
    id: str = ""


class Definitions(NamedTuple):
    """Everything an office has defined, by id."""

    kinds: Mapping[str, Kind]
    checklists: Mapping[str, Checklist]
