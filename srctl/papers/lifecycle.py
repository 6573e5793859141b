"""The actions of a paper on its way out and back: functions from what was typed to an act. Pure.

Submitted, signed or returned with a note, numbered, sent, answered (ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๔๑-๔๔ for
what goes out, ข้อ ๓๘ for what comes in). Sentences name the paper and its number, never a person outside the office.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from srctl.core.dates import show_date
from srctl.core.decoding import Serial
from srctl.core.errors import CommandLine, Refused, UsageError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.model.case import Attached, Case, Entry, Promise
from srctl.model.case_people import TypedPerson
from srctl.model.labels import Channel, channel_word, gives_word
from srctl.workflow.actions import Act, refuse_unknown_promises, require_open
from srctl.workflow.clearances import Way
from srctl.workflow.paper_state import Paper, recipients, which
from srctl.workflow.stages import is_closed, open_promises, promised_before

HOWS = ("wet", "digital")
_LISTED = 8  # addressees listed of a circular that went to many
Files = tuple[tuple[str, bytes], ...]


class Kept(NamedTuple):
    """Files kept with an act: name in the folder of the case and SHA-256 of the first, what is written, and all."""

    name: str = ""
    sha256: str = ""
    files: Files = ()
    attached: tuple[Attached, ...] = ()


class Numbered(NamedTuple):
    """A number as given: in which series, which one, as printed, and what it freezes of the paper."""

    series: str
    n: Serial
    number: str
    dated: date
    subject: str
    addressee: str


class LevelPassed(NamedTuple):
    """A level passed: for whom, by whom in their place, with what note, agreeing or not, and what the level gives."""

    whom: str
    by: str = ""
    note: str = ""
    adverse: bool = False
    on: date | None = None
    gives: str = "initial"


NO_FILE = Kept()
NO_WAY = Way()


def submit(case: Case, paper: Paper, *, on: date | None = None) -> Act:
    """Record that the latest text of the paper was submitted for signature."""
    require_open(case)
    sentence = _("{paper} submitted").format(paper=paper.id)
    return Act("submit", sentence, entry=partial(Entry, paper=paper.id, sha256=paper.version.sha256, on=on))


def on_its_way(act: Act, way: Way) -> Act:
    """A submission on its way: the route, and the time for all of it, are kept as they are now."""
    entry = partial(act.entry, route=way.route, amount=way.within, unit=way.unit if way.within else "", level=way.level,
                    again=way.again, until=way.until, counted=way.counted)  # fmt: skip
    return act._replace(entry=entry) if way.route or way.until else act


def pass_paper(case: Case, paper: Paper, passing: LevelPassed) -> Act:
    """Record that somebody passed the paper on to the next level of its route, agreeing or not.

    Raises:
        UsageError: they do not agree and say nothing, or the day is before the paper was submitted.
    """
    require_open(case)
    command = CommandLine("pass {} {}", case.id, paper.id)
    if passing.adverse and not passing.note:
        message = _("say why {who} does not agree").format(who=passing.whom)
        raise UsageError(message, command.plus('--disagree --note "…"'))
    _not_before(paper, passing.on, command.plus("--on DATE"))
    entry = partial(Entry, paper=paper.id, level=paper.level, whom=passing.whom, by=passing.by, text=passing.note,
                    adverse=passing.adverse, on=passing.on)  # fmt: skip
    words = _("{paper} passed by {who}: {gives}")
    gives = gives_word(passing.gives, adverse=passing.adverse)
    return Act("pass", words.format(paper=paper.id, who=passing.whom, gives=gives), entry=entry, onward=False)


def record_finished(case: Case, paper: Paper, kept: Kept, until: date | None = None) -> Act:
    """Record a text that somebody finished in Word as the one to be submitted; ``until``: the day it asks for."""
    require_open(case)
    if kept.sha256 == paper.version.sha256:
        message = _("{id}: this is exactly the text of {paper} already").format(id=case.id, paper=paper.id)
        raise Refused(message, CommandLine("submit {} {}", case.id, paper.id))
    entry = partial(Entry, paper=paper.id, sha256=kept.sha256, file=kept.name, until=until)
    return Act("finish", _("{paper} finished in Word").format(paper=paper.id), entry=entry, files=kept.files)


def sign(
    case: Case, paper: Paper, by: str, how: str, *, on: date | None = None, kept: Kept = NO_FILE
) -> Act:  # fmt: skip
    """Record who signed the paper, by hand or digitally, and the scan of it.

    Raises:
        UsageError: ``how`` is neither, or the day is before the paper was submitted.
    """
    require_open(case)
    if how not in HOWS:
        raise UsageError(_("a paper is signed by hand or digitally"), "--how wet|digital")
    _not_before(paper, on, CommandLine("sign {} {} --on DATE", case.id, paper.id))
    entry = partial(Entry, paper=paper.id, by=by, how=how, on=on, sha256=kept.sha256, file=kept.name,
                    attached=kept.attached)  # fmt: skip
    return Act("sign", _("{paper} signed").format(paper=paper.id), entry=entry, files=kept.files)


def _not_before(paper: Paper, on: date | None, command: CommandLine) -> None:
    submitted = paper.submitted
    if on and submitted and on < submitted.day():
        day = show_date(submitted.day(), language())
        raise UsageError(_("{paper} was submitted only on {day}").format(paper=paper.id, day=day), command)


def return_paper(
    case: Case, paper: Paper, why: str, *, on: date | None = None, by: str = "", whom: str = ""
) -> Act:  # fmt: skip
    """Record that the signer, or a level of its route, returned the paper, with what is to be mended.

    ``whom`` is the person of that level, ``by`` who did it in their place. Returns are counted per paper.
    """
    require_open(case)
    command = CommandLine('return {} {} --why "…"', case.id, paper.id)
    if not why:
        raise UsageError(_("say why it is returned"), command)
    _not_before(paper, on, command)
    level = paper.level or (len(paper.route) if paper.state == "signed" else 0)
    entry = partial(Entry, paper=paper.id, why=why, on=on, level=level, whom=whom, by=by)
    return Act("return", _("{paper} returned").format(paper=paper.id), entry=entry)


def record_number(case: Case, paper: Paper, given: Numbered, *, kept: Kept = NO_FILE, why: str = "") -> Act:
    """Record the number the paper bears; from here on number, date, subject and addressee stand as they are."""
    require_open(case)
    entry = partial(
        Entry, paper=paper.id, with_=paper.with_, series=given.series, n=given.n, number=given.number,
        dated=given.dated, subject=given.subject, addressee=given.addressee, sha256=kept.sha256, file=kept.name,
        why=why,
    )  # fmt: skip
    sentence = _("{paper} numbered {number}").format(paper=paper.id, number=given.number)
    return Act("number", sentence, entry=entry, files=kept.files)


def refuse_backdated(case: Case, paper: Paper, dated: date, last: date | None, why: str) -> None:
    """Refuse a date that cannot be, or that breaks the order of the register without a reason that shows it."""
    command = CommandLine("number {} {}", case.id, paper.id)
    signed = paper.last.day()
    if not why and (dated < signed or (last and dated < last)):
        early = _("dated {dated}, before it was signed ({last})")
        if last and dated < last:
            early = _("dated {dated}, before the last number of the series ({last})")
        after = last if last and dated < last else signed
        message = early.format(dated=show_date(dated, language()), last=show_date(after, language()))
        raise Refused(message, _("the reason stays visible: {command}").format(
            command=command.plus('--dated {} --why "…"', dated.isoformat())))  # fmt: skip


class Handed(NamedTuple):
    """How letters were handed over: by post, by a messenger (``carrier``), into the hands of a ``receiver``, when.

    ``posts`` are the numbers of registered post, in the order of the addressees.
    """

    posts: tuple[str, ...] = ()
    carrier: str = ""
    receiver: str = ""
    hour: str = ""

    def post(self, n: int) -> str:
        """The number of the letter to the n-th addressee, "" for none."""
        return self.posts[n] if n < len(self.posts) else ""


NOT_NOTED = Handed()


class Dispatch(NamedTuple):
    """How a paper is sent: channel, until when a reply is awaited, what it meets and keeps, how it was handed over."""

    by: Channel
    until: date | None = None
    meets: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    on: date | None = None
    counted: str = ""
    handed: Handed = NOT_NOTED


def send(case: Case, paper: Paper, how: Dispatch, *, series: str = "") -> Act:
    """Record that the paper was sent; with ``until`` a reply is awaited, from each addressee of a circular.

    What came back undelivered is sent again to those from whom it came back.

    ``series`` is where papers of this wording are numbered: one that has a series is not sent without a number.
    """
    require_open(case)
    if series and not paper.numbered:
        message = _("{id}: {paper} has no number yet").format(id=case.id, paper=paper.id)
        raise Refused(message, CommandLine("number {} {}", case.id, paper.id))
    refuse_unknown_promises(case, how.keeps)
    refuse_wrong_days(case, paper, how)
    what = _("reply to {paper}").format(paper=paper.number or paper.id)
    promise = Promise("them", what, how.until, how.counted) if how.until else None
    # Each of many answers by itself; where nobody is waited for, one entry records that all were sent.
    whom = recipients(paper) if paper.among and (how.until or how.handed.posts) else (paper.with_,)
    if paper.undelivered:
        whom = recipients(paper)
    entries = []
    for n, reference in enumerate(whom):
        reminded = _reminded(case, paper, reference)
        breaks, chases = (reminded, ()) if promise else ((), reminded)
        entries.append(partial(Entry, paper=paper.id, by=how.by, on=how.on, with_=reference, promise=promise,
                               breaks=breaks, chases=chases, post=how.handed.post(n), carrier=how.handed.carrier,
                               receiver=how.handed.receiver, hour=how.handed.hour))  # fmt: skip
    entries[-1] = partial(entries[-1], meets=how.meets, keeps=how.keeps)
    named = f"{paper.id} {paper.number}".strip()
    sentence = _("{paper} sent: {channel}").format(paper=named, channel=channel_word(how.by))
    if how.until:
        sentence += "; " + _("reply awaited by {day}").format(day=show_date(how.until, language()))
    return Act("send", sentence, entry=entries[-1], before=tuple(entries[:-1]))


def _reminded(case: Case, paper: Paper, whom: str) -> tuple[str, ...]:
    """Return the waits for ``whom`` that the paper reminds of: those of its draft, or what took their place."""
    wanted = set(paper.drafted.chases)
    return tuple(
        o.entry.id
        for o in open_promises(case)
        if wanted & {o.entry.id, *(e.id for e in promised_before(case, o.entry.id))}
        and (o.entry.with_ == whom or same_house(o.entry.with_, whom))
    ) if wanted else ()  # fmt: skip


def refuse_wrong_days(case: Case, paper: Paper, how: Dispatch) -> None:
    """Refuse a day of sending before the date the paper bears, and a reply awaited before it was sent."""
    sent = how.on
    if sent and paper.dated and sent < paper.dated:
        shown = {"dated": show_date(paper.dated, language()), "day": show_date(sent, language())}
        message = _("dated {dated}, it cannot have been sent on {day}").format(**shown)
        raise UsageError(message, CommandLine("send {} {} --on DATE", case.id, paper.id))
    if how.until and sent and how.until < sent:
        shown = {"due": show_date(how.until, language()), "day": show_date(sent, language())}
        message = _("a reply by {due} cannot be awaited from {day}").format(**shown)
        raise UsageError(message, CommandLine("send {} {} --until +7wd", case.id, paper.id))


class Reply(NamedTuple):
    """A paper that came in: from whom, its number and date, what it says.

    ``new`` is a sender whom neither the directory nor the case knows.
    """

    with_: str = ""
    ref: str = ""
    dated: date | None = None
    said: str = ""
    keeps: tuple[str, ...] = ()
    on: date | None = None
    new: TypedPerson | None = None


def record_reply(
    case: Case, paper: Paper | None, reply: Reply, *, thanks: bool = False, kept: Kept = NO_FILE,
    today: date | None = None,
) -> Act:  # fmt: skip
    """Record a reply (or, without ``paper``, a letter that came for the case), also when the case is closed.

    It stops the wait for it and keeps the promises named; with ``thanks`` a letter of thanks is owed, due as
    the rules of ``thanks`` say (seed 003 §3.2.6: at once).
    """
    refuse_unknown_promises(case, reply.keeps)
    if paper is None and not reply.with_:
        raise UsageError(_("say from whom it came"), CommandLine("receive {} --from ORG/PERSON", case.id))
    keeps = tuple(dict.fromkeys((*(_waits(case, paper, reply.with_) if paper else ()), *reply.keeps)))
    _refuse_wrong_receipt(case, paper, reply, reply.on or today)
    owed = thanks and not is_closed(case) and not (paper and _owes_thanks(case, paper, reply.with_))
    entry = partial(
        Entry, paper=paper.id if paper else "", with_=reply.with_, ref=reply.ref, dated=reply.dated, said=reply.said,
        keeps=keeps, on=reply.on, sha256=kept.sha256, file=kept.name, attached=kept.attached,
        promise=Promise("us", _("write a letter of thanks")) if owed else None,
    )  # fmt: skip
    named = f"{paper.id} {paper.number}".strip() if paper else ""
    sentence = _("reply to {paper} received").format(paper=named) if paper else _("letter received")
    return Act("reply", sentence, entry=entry, files=kept.files)


def _waits(case: Case, paper: Paper, sender: str) -> list[str]:
    """Return the waits a reply from ``sender`` ends: all of a letter to one, of a circular that organisation's."""
    open_ = {o.entry.id: o.entry.with_ for o in open_promises(case)}
    waiting = [entry_id for entry_id in paper.waiting if entry_id in open_]
    if not paper.among:
        return waiting
    if not any(same_house(whom, sender) for whom in paper.among):
        message = _("{id}: {paper} was not sent to {who}").format(id=case.id, paper=paper.id, who=sender or "…")
        asked = [open_[entry_id] for entry_id in waiting] or list(paper.among)
        listed = ", ".join(asked[:_LISTED]) + (" …" if len(asked) > _LISTED else "")
        raise UsageError(message, f"{CommandLine('receive {} {} --from …', case.id, paper.id)}   ({listed})")
    return [entry_id for entry_id in waiting if same_house(open_[entry_id], sender)]


def _refuse_wrong_receipt(case: Case, paper: Paper | None, reply: Reply, came: date | None) -> None:
    """Refuse a paper dated after the day it came, and a reply that came before what it answers was sent."""
    command = CommandLine("receive {} {}", case.id, paper.id) if paper else CommandLine("receive {}", case.id)
    if reply.dated and came and reply.dated > came:
        day = show_date(reply.dated, language())
        raise UsageError(_("the paper is dated {day}, after its receipt").format(day=day), command.plus("--dated DATE"))
    if paper and paper.sent and came and came < paper.sent.day():
        day = show_date(paper.sent.day(), language())
        raise UsageError(_("{paper} was sent only on {day}").format(paper=paper.id, day=day), command.plus("--on DATE"))


def _owes_thanks(case: Case, paper: Paper, sender: str) -> bool:
    """Whether an earlier reply of that organisation to the paper owes thanks already: one letter thanks for all."""
    return any(
        e.did == "reply" and e.paper == paper.id and e.promise and same_house(e.with_, sender) for e in case.happened()
    )


def same_house(one: str, other: str) -> bool:
    """Whether two references name the same organisation: an office answers, not a person."""
    return bool(one) and one.partition("/")[0] == other.partition("/")[0]


def thanked(case: Case, paper: Paper) -> tuple[str, ...]:
    """Return the thank-you letters owed to the addressee, which a letter of thanks pays (seed 003 §3.2.6)."""
    return tuple(
        o.entry.id
        for o in open_promises(case)
        if o.entry.did == "reply" and o.promise.of == "us" and same_house(o.entry.with_, paper.with_)
    )


def cancel(case: Case, paper: Paper, why: str) -> Act:
    """Record that the paper is not used any more: its number is void, nobody waits for a reply."""
    require_open(case)
    if not why:
        raise UsageError(_("say why it is cancelled"), CommandLine('cancel {} {} --why "…"', case.id, paper.id))
    open_ = {o.entry.id for o in open_promises(case)}
    waives = tuple(entry_id for entry_id in paper.waiting if entry_id in open_)
    named = f"{paper.id} {paper.number}".strip()
    entry = partial(Entry, paper=paper.id, why=why, waives=waives)
    return Act("cancel", _("{paper} cancelled").format(paper=named), entry=entry)


def answered_paper(case: Case, papers: Sequence[Paper], sender: str) -> Paper | None:
    """Return the paper among ``papers`` that a letter from ``sender`` answers: the only one sent to them."""
    found = [p for p in papers if any(same_house(whom, sender) for whom in p.among or (p.with_,))]
    waiting = [p for p in found if p.waiting]
    if len(waiting) == 1 or len(found) == 1:
        return (waiting or found)[0]
    if not found:
        return None
    raise which(case, found)
