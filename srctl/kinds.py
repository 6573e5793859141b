"""The shape of definitions: kinds of matter, their stages and gates, deadline rules, fields, checklists. Floor 1.

Definitions are data the office owns (``templates/kinds``, ``templates/checklists``); this module only says
what may stand in them. A newcomer adds a kind by copying one file.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from srctl.shape import Text

Of = Literal["stage", "case", "reply", "promise", "paper"]
From = Literal["received", "stage_start", "dated", "sent"]
Unit = Literal["workday", "day", "month"]
Roll = Literal["next", "previous", "none"]
Ask = Literal["text", "date", "time", "long"]

ANY_GROUP = "any"
CLOSED = "closed"


class Stage(NamedTuple):
    """One stage: its name in the walk and what must be there to leave it (field paths and named needs)."""

    name: str
    label: Text
    needs: tuple[str, ...] = ()
    about: Text = Text("", "")


class Rule(NamedTuple):
    """A deadline rule (design §5). ``stage`` names the stage that must be left in time when ``of`` is stage.

    Day 0 is the day counted from; due at the end of day ``amount``. ``basis`` is the law, regulation or seed;
    ``verified`` says whether a lawyer of the office has checked it.
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


class Field(NamedTuple):
    """A field this kind asks for, under ``fields`` of the case; ``private`` ones are personal data."""

    name: str
    label: Text
    type: Ask = "text"
    private: bool = False
    hint: Text = Text("", "")


class Target(NamedTuple):
    """The measure of success of the yearly plan (seed 004): percent in time and correct."""

    percent: int
    label: Text
    basis: str


class Kind(NamedTuple):
    """A kind of matter, whole. ``id`` is the file name; ``papers`` are forms, the first the usual memo."""

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
    complainant: bool = False
    target: Target | None = None
    order: int = 50
    id: str = ""

    def stage(self, name: str) -> Stage | None:
        """Return the stage of that name, or None."""
        return next((s for s in self.stages if s.name == name), None)

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
