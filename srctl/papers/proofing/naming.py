"""Whether a paper may go on, by whom it names: refused where surely, warned of where perhaps.

A paper is judged at each step on its way out, since a text may be changed before any of them; who looked and let it
go says why once, and the log keeps it (``override``) for the steps that follow.
"""

from collections.abc import Sequence
from functools import partial

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, ngettext
from srctl.documents.docx.content import NotWordError
from srctl.model.case import Case
from srctl.model.labels import MESSAGES, channel_word, secrecy_word
from srctl.model.number_series import Numbering, paper_secrecy
from srctl.office.folder import Folder
from srctl.papers.proofing.review import named_in, names_stay_in
from srctl.papers.proofing.rules import PERHAPS, Finding
from srctl.workflow.actions import Act
from srctl.workflow.paper_state import Paper

_LISTED = 8
_TEXT_BEGUN = ("memo", "draft", "finish")


def refuse_named(
    folder: Folder, case: Case, paper: Paper, texts: Sequence[bytes | None], why: str, command: CommandLine, *,
    fresh: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """The warnings of a paper about to go on: each place where its ``texts`` name somebody, or may.

    Raises:
        Refused: a text surely names the complainant, or what its kind keeps private, in a paper that may not, and
            neither ``why`` nor an earlier reason for this text lets it (a ``fresh`` text has none). The hint is
            ``command``, which gives one.
    """
    if not names_stay_in(folder, case, paper):
        return ()
    try:
        found = [finding for raw in texts if raw for finding in named_in(folder, case, paper, raw)]
        unread = not texts or not all(texts)
    except NotWordError:
        found, unread = [], True
    places = _places(case, found)
    sure = _places(case, [finding for finding in found if finding.code != PERHAPS])
    if sure and not (why or (_was_let(case, paper) and not fresh)):
        message = _("{id}: a person named is not to be named in {paper}").format(id=case.id, paper=paper.id)
        hint = _("write ผู้ร้อง in its place, draft it --with-complainant, or say why: {command}")
        raise Refused("\n".join((message, *sure)), hint.format(command=command))
    if unread:
        words = _("{paper}: its text is not here, and nobody looked for names in it")
        return (*places, words.format(paper=paper.id))
    return places


def _places(case: Case, found: Sequence[Finding]) -> tuple[str, ...]:
    """The first of the places found, each once, and how many more there are."""
    places = tuple(dict.fromkeys(map(place_of, found)))
    more = len(places) - _LISTED
    if more <= 0:
        return places
    words = ngettext("and {n} further place: {command}", "and {n} further places: {command}", more)
    return (*places[:_LISTED], words.format(n=more, command=CommandLine("paper check {}", case.id)))


def place_of(finding: Finding) -> str:
    """Where a finding stands in the paper, what it is, and the words themselves, as one line."""
    where = _("paragraph {n}").format(n=finding.place) if finding.place else _("whole paper")
    return f"{where}: {finding.message} “{finding.excerpt}”"


def _was_let(case: Case, paper: Paper) -> bool:
    """Whether somebody gave a reason for this very text: since it was drafted, or finished in Word."""
    entries = [entry for entry in case.happened() if entry.paper == paper.id]
    begun = max((n for n, entry in enumerate(entries) if entry.did in _TEXT_BEGUN), default=0)
    return any(entry.override for entry in entries[begun:])


def refuse_open_channel(case: Case, paper: Paper, numbering: Numbering, by: str, why: str) -> None:
    """Refuse a paper with a secrecy mark on a channel that others read, without a reason.

    Source: ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. ๒๕๔๔.
    """
    series = paper.numbered.series if paper.numbered else ""
    secrecy = paper_secrecy(case, paper.drafted, series, numbering)
    if secrecy and by in MESSAGES and not why:
        message = _("{id}: {paper} is marked {mark}: it is not sent by {channel}").format(
            id=case.id, paper=paper.id, mark=secrecy_word(secrecy), channel=channel_word(by)
        )
        command = CommandLine('send {} {} --by {} --override "…"', case.id, paper.id, by)
        raise Refused(message, _("send it as a letter, or say why: {command}").format(command=command))


def let_go(act: Act, why: str, warnings: tuple[str, ...]) -> Act:
    """The act with what was found, and the reason it was let go logged."""
    entry = partial(act.entry, override=why) if why else act.entry
    return act._replace(entry=entry, warnings=warnings)
