"""Whether a paper may go on, by what it holds and whom it names: refused where surely, warned of where perhaps.

A paper is judged at each step on its way out, since a text may be changed before any of them; who looked and let it
go says why once, and the log keeps it (``override``) for the steps that follow.
"""

from collections.abc import Callable, Sequence
from functools import partial

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple
from srctl.documents.docx.content import NotWordError
from srctl.model.case import Case
from srctl.model.labels import MESSAGES, channel_word, secrecy_word
from srctl.model.number_series import Numbering, paper_secrecy
from srctl.office.folder import Folder
from srctl.papers.proofing.review import judge_text, judge_untouched, named_in, names_stay_in
from srctl.papers.proofing.rules import PERSONS, Finding
from srctl.papers.proofing.unseen import fix_command, heaviest, place_of
from srctl.workflow.actions import Act
from srctl.workflow.paper_state import Paper

_LISTED = 8
_DRAFTED = ("memo", "draft")
_TEXT_BEGUN = (*_DRAFTED, "finish")

_Look = Callable[[Folder, Case, Paper, bytes], tuple[Finding, ...]]


def refuse_named(
    folder: Folder, case: Case, paper: Paper, texts: Sequence[bytes | None], why: str, command: CommandLine
) -> tuple[str, ...]:
    """The warnings of a paper about to go on: each place where its ``texts`` name somebody, or may.

    Raises:
        Refused: a text surely names the complainant, or what its kind keeps private, in a paper that may not, and
            neither ``why`` nor an earlier reason for this text lets it. The hint is ``command``, which gives one.
    """
    return _told(case, paper, _named(folder, case, paper, texts), why or _was_let(case, paper), command)


def refuse_faulty(
    folder: Folder, case: Case, paper: Paper, texts: Sequence[bytes | None], why: str, command: CommandLine, *,
    file: str = "", fresh: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """The warnings of a paper about to be taken, submitted or numbered: what its ``texts`` were let go with.

    A draft that nobody touched since it was made gets a glance alone: the case or its form may have changed under it.

    Raises:
        Refused: a text holds what must never leave the office (the hint takes it out of ``file``), or what stops it,
            and neither ``why`` nor an earlier reason for this text lets it (a ``fresh`` text has none). The hint is
            ``command``, which gives one.
    """
    let = why or (not fresh and _was_let(case, paper))
    look = judge_text if fresh or paper.version.did not in _DRAFTED else judge_untouched
    judged = _judged(folder, case, paper, texts, look)
    if never := heaviest(judged.found, "never"):
        message = _("{id}: {paper} holds what must not leave the office").format(id=case.id, paper=paper.id)
        raise Refused("\n".join((message, *_places(case, never))), _way_out(case, paper, never, file))
    return _told(case, paper, judged, let, command)


class _Judged(NamedTuple):
    """What was found in the texts of a paper, and whether one of them could not be read."""

    found: Sequence[Finding] = ()
    unread: bool = False


def _named(folder: Folder, case: Case, paper: Paper, texts: Sequence[bytes | None]) -> _Judged:
    if not names_stay_in(folder, case, paper):
        return _Judged()
    return _looked(texts, partial(named_in, folder, case, paper))


def _judged(folder: Folder, case: Case, paper: Paper, texts: Sequence[bytes | None], look: _Look) -> _Judged:
    """The findings of each text; the names in the properties only where no number takes them out."""
    looked = _looked(texts, partial(look, folder, case, paper))
    found = [finding for finding in looked.found if finding.code != "author" or paper.drafted.unnumbered]
    return _Judged(found, looked.unread and names_stay_in(folder, case, paper))


def _looked(texts: Sequence[bytes | None], look: Callable[[bytes], tuple[Finding, ...]]) -> _Judged:
    try:
        return _Judged([finding for raw in texts if raw for finding in look(raw)], not texts or not all(texts))
    except NotWordError:
        return _Judged(unread=True)


def _told(case: Case, paper: Paper, judged: _Judged, let: str | bool, command: CommandLine) -> tuple[str, ...]:
    """The places found, when nothing of it stops the paper or there is a reason; Refused otherwise."""
    stops = [finding for finding in judged.found if finding.severity != "told"]
    if stops and not let:
        raise _refusal(case, paper, stops, command)
    places = _places(case, judged.found)
    if judged.unread:
        words = _("{paper}: its text is not here, and nobody looked for names in it")
        return (*places, words.format(paper=paper.id))
    return places


def _refusal(case: Case, paper: Paper, stops: Sequence[Finding], command: CommandLine) -> Refused:
    message = _("{id}: {paper} is not fit to go on")
    hint = _("mend them, or say why it goes as it is: {command}")
    if any(finding.code in PERSONS for finding in stops):
        message = _("{id}: a person named is not to be named in {paper}")
        hint = _("write ผู้ร้อง in its place, draft it --with-complainant, or say why: {command}")
    first = message.format(id=case.id, paper=paper.id)
    return Refused("\n".join((first, *_places(case, stops))), hint.format(command=command))


def _way_out(case: Case, paper: Paper, never: Sequence[Finding], file: str) -> str:
    """How what must not leave is taken out of the file."""
    adopt = CommandLine("paper adopt FILE {} {}", case.id, paper.id)
    if file:
        adopt = CommandLine("paper adopt {} {} {}", file, case.id, paper.id)
    fixable = {finding.code for finding in never if finding.fixable}
    if not fixable:
        return _("fill in what is open, in Word, then: {command}").format(command=adopt)
    words = _("take it out: {fix} , then: {command}")
    return words.format(fix=fix_command(file, fixable), command=adopt)


def _places(case: Case, found: Sequence[Finding]) -> tuple[str, ...]:
    """The first of the places found, each once, and how many more there are."""
    places = tuple(dict.fromkeys(map(_line_of, found)))
    more = len(places) - _LISTED
    if more <= 0:
        return places
    words = ngettext("and {n} further place: {command}", "and {n} further places: {command}", more)
    return (*places[:_LISTED], words.format(n=more, command=CommandLine("paper check {}", case.id)))


def _line_of(finding: Finding) -> str:
    """Where a finding stands in the paper, what it is, and the words themselves, as one line."""
    words = f" “{finding.excerpt}”" if finding.excerpt else ""
    return f"{place_of(finding)}: {finding.message}{words}"


def _was_let(case: Case, paper: Paper) -> bool:
    """Whether somebody gave a reason for this very text: since it was drafted, or finished in Word."""
    entries = [entry for entry in case.happened() if entry.paper == paper.id]
    begun = max((n for n, entry in enumerate(entries) if entry.did in _TEXT_BEGUN), default=0)
    # A signature given before all had passed the paper was let go for that, not for whom the text names.
    return any(entry.override for entry in entries[begun:] if entry.did != "sign")


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
        command = CommandLine('send {} {} --by {} --anyway "…"', case.id, paper.id, by)
        raise Refused(message, _("send it as a letter, or say why: {command}").format(command=command))


def let_go(act: Act, why: str, warnings: tuple[str, ...]) -> Act:
    """The act with what was found, and the reason it was let go logged."""
    entry = partial(act.entry, override=why) if why else act.entry
    return act._replace(entry=entry, warnings=warnings)
