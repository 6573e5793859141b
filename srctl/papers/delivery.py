"""Who took a letter that was sent, told later: the day, the hour and the name stand in the log and the dispatch book.

A messenger brings the book back signed, the post a card: only then it is known. Pure.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from srctl.core.dates import show_date
from srctl.core.errors import CommandLine, NotFound, Refused, UsageError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.model.case import Case, Entry
from srctl.model.definitions import Kind
from srctl.model.labels import channel_word
from srctl.model.redaction import redactor
from srctl.workflow.actions import Act
from srctl.workflow.paper_state import Paper, whom_words


class Receipt(NamedTuple):
    """Who took a letter, on which day (today: none named) at what hour (HH:MM), for which of its addressees."""

    receiver: str
    today: date
    on: date | None = None
    hour: str = ""
    whom: tuple[str, ...] = ()


def delivered(case: Case, kind: Kind | None, paper: Paper, receipt: Receipt) -> Act:
    """Record who took a letter that was sent, also when the case is closed; a complainant is not named.

    Raises:
        NotFound: it went to many and none is named, or not to one of those named. Refused: it is told already who took
            it, or it went by another way than as a letter. UsageError: the day is before it was sent.
    """
    entries = []
    for sent, whom in _taken(case, paper, receipt.whom):
        if sent.by not in ("", "letter"):
            message = _("{id}: {paper} was sent by {channel}, nobody took it").format(
                id=case.id, paper=paper.id, channel=channel_word(sent.by)
            )
            raise Refused(message, CommandLine("show {}", case.id))
        if had := paper.receipt(sent, whom):
            message = _("{id}: {paper} was received by {who}").format(id=case.id, paper=paper.id, who=had.receiver)
            raise Refused(message, CommandLine("undo {} {}", case.id, had.id))
        if (receipt.on or receipt.today) < sent.day():
            message = _("{paper} was sent only on {day}").format(paper=paper.id, day=show_date(sent.day(), language()))
            raise UsageError(message, CommandLine('send {} {} --received-by "…" --on DATE', case.id, paper.id))
        entries.append(partial(Entry, paper=paper.id, of=sent.id, with_=whom, on=receipt.on, hour=receipt.hour,
                               receiver=redactor(case, kind)(receipt.receiver)))  # fmt: skip
    sentence = " ".join(_("{paper} {number} was taken").format(paper=paper.id, number=paper.number).split())
    return Act("delivered", sentence, entry=entries[-1], before=tuple(entries[:-1]), onward=False)


def _taken(case: Case, paper: Paper, whom: Sequence[str]) -> Iterator[tuple[Entry, str]]:
    """Yield the dispatch of each letter that was taken, with whom it was to."""
    sent, among = {e.with_: e for e in paper.dispatches}, paper.among or (paper.with_,)
    if len(among) > 1 and not whom:
        message = _("{id}: {paper} went to many; say for whom it was taken").format(id=case.id, paper=paper.id)
        raise NotFound(message, "\n".join(
            CommandLine('send {} {} --to {} --received-by "…"', case.id, paper.id, to) for to in among))  # fmt: skip
    for to in whom or among:
        found = sent.get(to) or sent.get(paper.with_)
        if found is None or to not in among:
            message = _("{id}: {paper} did not go to {whom}").format(id=case.id, paper=paper.id, whom=to)
            raise NotFound(message, whom_words(paper))
        yield found, to
