"""The papers a case received: those that brought it and those that came later; whether two are one. Pure.

A paper is what is written (:data:`WRITTEN`, or anything with a number or date of its own); a spoken order or a call
is a matter, but no paper.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from srctl.core.dates import BANGKOK
from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.model.case import FORMAT, Case, Entry, Received
from srctl.model.labels import Channel
from srctl.model.people import Directory, find_callee

WRITTEN: tuple[Channel, ...] = ("letter", "email", "fax", "web", "paper")
_NOT_COMPARED = re.compile("[\\s.\u00ad\u200b-\u200d\u2060\ufeff]+")


class IncomingPaper(NamedTuple):
    """A paper received: ``entry`` is the reply or letter it is logged as, None for the one that brought the case.

    ``registered`` is the moment it was entered, ``on`` the day it came; ``sender`` as written in the case: words, or
    an entry of the directory.
    """

    case: Case
    entry: Entry | None
    registered: datetime
    on: date
    sender: str
    ref: str
    dated: date | None

    @staticmethod
    def unrecorded(sender: str, ref: str, dated: date | None, now: datetime) -> "IncomingPaper":
        """A paper that is about to be entered, to be compared with those that were."""
        nowhere = Case(FORMAT, "", "", "", Received(now.date()))
        return IncomingPaper(nowhere, None, now, now.date(), sender, ref, dated)

    @property
    def place(self) -> str:
        """The id of the case, with the entry of a later paper: ``2569-0042/a9``."""
        return f"{self.case.id}/{self.entry.id}" if self.entry else self.case.id


def registered_at(case: Case) -> datetime:
    """The moment the case was entered, which its id counts by; for a log that lacks it, the day of receipt."""
    entry = next((e for e in case.log if e.did == "receive"), None)
    return entry.at if entry else datetime.combine(case.received.on, time.min, BANGKOK)


def brought_by_paper(case: Case) -> bool:
    """Whether a paper brought the case: the channel is one of what is written, or it has a number or date."""
    received = case.received
    return received.channel in WRITTEN or bool(fold_ref(received.ref)) or received.dated is not None


def incoming_papers(case: Case) -> Iterator[IncomingPaper]:
    """Yield the papers of the case in the order of the log; also those that an undo took back."""
    received = case.received
    if brought_by_paper(case):
        at = registered_at(case)
        yield IncomingPaper(case, None, at, received.on, received.from_, received.ref, received.dated)
    for entry in case.log:
        if entry.did == "reply":
            yield IncomingPaper(case, entry, entry.at, entry.day(), entry.with_, entry.ref, entry.dated)


def fold_ref(ref: str) -> str:
    """The number of a paper for comparing: ``ที่ ศธ. ๐๔๐๐๑/๑๒`` is ``ศธ 04001/12``; "" for none (``-``)."""
    folded = _NOT_COMPARED.sub("", fold(ref)).removeprefix("ที่")
    return folded if any(char.isalnum() for char in folded) else ""


def sender_key(sender: str, directory: Directory) -> str:
    """The sender for comparing: the organisation where the directory knows it by id, name or short name."""
    callee = find_callee(directory, sender)
    if callee:
        return callee.organisation.id
    words = _NOT_COMPARED.sub("", fold(sender))
    named = (o.id for o in directory.values() if words in (_NOT_COMPARED.sub("", fold(n)) for n in (o.name, o.short)))
    return next(named, words) if words else ""


def is_same(one: IncomingPaper, other: IncomingPaper, directory: Directory) -> bool:
    """Whether two papers are one: of one number, and of sender and date at least one the same and none different.

    What is not given is not different: the second clerk often leaves out what the first wrote down.
    """
    if not fold_ref(one.ref) or fold_ref(one.ref) != fold_ref(other.ref):
        return False
    senders = {sender_key(one.sender, directory), sender_key(other.sender, directory)} - {""}
    dates = {one.dated, other.dated} - {None}
    given = (one.sender and other.sender) or (one.dated and other.dated)
    return bool(given) and len(senders) < 2 and len(dates) < 2
