"""Letters that came back: what they had started and settled is open again, and they are to be sent once more. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from srctl.core.dates import show_date
from srctl.core.errors import CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _, language
from srctl.core.name_matching import Known, matching
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Entry
from srctl.model.definitions import Reason
from srctl.workflow.actions import Act, require_open
from srctl.workflow.paper_state import Paper, whom_words


class CameBack(NamedTuple):
    """How a letter came back: the reason as typed, on which day, from which of its addressees (all: none named)."""

    why: str
    today: date
    on: date | None = None
    whom: tuple[str, ...] = ()


def came_back(case: Case, paper: Paper, back: CameBack, reasons: Sequence[Reason]) -> Act:
    """Record that a letter that was sent came back undelivered.

    Raises:
        UsageError: the reason is none of those of the office, or the day is before it was sent. NotFound: it was not
            sent to one of those named, or to many and none is named. Refused: somebody took it with their own hands.
    """
    require_open(case)
    category, why = reason_meant(case, paper, back.why, reasons)
    entries = []
    for sent, whom in _dispatches(case, paper, back.whom):
        if taken := paper.receipt(sent, whom):
            message = _("{id}: {paper} was received by {who}").format(id=case.id, paper=paper.id, who=taken.receiver)
            raise Refused(message, CommandLine("undo {} {}", case.id, taken.id))
        if (back.on or back.today) < sent.day():
            message = _("{paper} was sent only on {day}").format(paper=paper.id, day=show_date(sent.day(), language()))
            raise UsageError(message, CommandLine("return {} {} --on DATE", case.id, paper.id))
        alone = sent.with_ == whom
        entries.append(partial(
            Entry, paper=paper.id, with_=whom, of=sent.id if alone else "", category=category, why=why, on=back.on,
            reopens=tuple(_steps_settled_by(case, sent)) if alone else (), was=sent.day(), by=sent.by, post=sent.post,
        ))  # fmt: skip
    sentence = " ".join(_("{paper} {number} came back undelivered").format(paper=paper.id, number=paper.number).split())
    return Act("undelivered", sentence, entry=entries[-1], before=tuple(entries[:-1]))


def reason_meant(case: Case, paper: Paper, typed: str, reasons: Sequence[Reason]) -> tuple[str, str]:
    """The name of the reason typed, and its words; what stands behind a colon is added to them.

    Where the office has no list of reasons, any words do.

    Raises:
        UsageError: it is none of them.
    """
    if not reasons and typed:
        return "", typed
    head, colon, more = typed.partition(":")
    found = matching(head, [Known(r.name, (r.label.th, r.label.en)) for r in reasons])
    if len(found) != 1:
        command = CommandLine('return {} {} --why "…"', case.id, paper.id)
        message = _("for what reason did it come back?")
        if typed:
            message = _("{given} is no reason for which a letter comes back").format(given=typed)
        # In one line: a refusal shows a few of many, and each of these is a choice.
        listed = " · ".join(f"{r.name} {r.label.in_(language())}" for r in reasons)
        raise UsageError(message, "\n".join(filter(None, (command, listed))))
    label = next(r.label.in_(language()) for r in reasons if r.name == found[0].id)
    return found[0].id, f"{label}: {more.strip()}" if colon and more.strip() else label


def _dispatches(case: Case, paper: Paper, whom: Sequence[str]) -> Iterator[tuple[Entry, str]]:
    """Yield the dispatch of each letter that came back, with whom it was to."""
    open_ = {e.with_: e for e in paper.dispatches}
    among = paper.among or (paper.with_,)
    if len(among) > 1 and not whom:
        message = _("{id}: {paper} went to many; say from whom it came back").format(id=case.id, paper=paper.id)
        raise NotFound(message, "\n".join(CommandLine('return {} {} --to {} --why "…"', case.id, paper.id, to)
                                          for to in among))  # fmt: skip
    gone = {e.with_ for e in paper.undelivered}
    for to in whom or among:
        sent = None if to in gone or to not in among else open_.get(to) or open_.get(paper.with_)
        if sent is None:
            message = _("{id}: {paper} did not go to {whom}").format(id=case.id, paper=paper.id, whom=to)
            raise NotFound(message, whom_words(paper))
        yield sent, to


def _steps_settled_by(case: Case, sent: Entry) -> Iterator[str]:
    """Yield the entries of the steps that its dispatch settled: they stand right before it and name its paper."""
    for entry in reversed(case.log[: case.log.index(sent)]):
        if entry.did != "step" or entry.paper != sent.paper:
            return
        yield entry.id
