"""A log entry in sentences, as `show` and `history` print it. Pure."""

from collections.abc import Sequence

from srctl.core.dates import parse_iso, show_date
from srctl.core.i18n import _, language, ngettext
from srctl.model.case import Entry
from srctl.model.definitions import Kind
from srctl.model.labels import (
    action_word,
    channel_word,
    handed_words,
    how_word,
    joined,
    span_words,
    stage_word,
    whom_word,
)
from srctl.workflow.paper_state import LIFECYCLE_ACTIONS
from srctl.workflow.stages import label

_OF_PAPERS = frozenset({*LIFECYCLE_ACTIONS, "attend"})  # a draft has words of its own


def entry_sentences(entry: Entry, kind: Kind | None = None, log: Sequence[Entry] = ()) -> list[str]:
    """The lines of an entry: a first one of what and with whom, then what was said, agreed, promised.

    The kind gives the names of stages and needs; without it their codes stand there. The ``log`` gives what the entry
    that was taken back, done again or moved says.
    """
    lines = [_headline(entry, kind)]
    named = entry.of if entry.did not in ("undelivered", "delivered") else ""
    about = next((other for other in log if named and other.id == named), None)
    if about:
        lines[0] += f" ({_headline(about, kind)})"
    for head, text in (
        (_("it says") if entry.did in ("reply", "receive") else _("said"), entry.said),
        (_("agreed"), entry.agreed),
        (_("decided by {who}").format(who=entry.by or "…"), entry.decision),
        (_("on paper"), entry.paper if entry.did == "decide" else ""),
        ("", entry.text),
        (_("taken over from"), entry.origin),
        (_("why"), entry.why),
        (_("passed by override"), _override(entry, kind)),
    ):
        if text:
            lines.append(f"{head}: {text}" if head else text)
    if entry.promise:
        side = _("they promise") if entry.promise.of == "them" else _("we promise")
        side = _("what is to be decided") if entry.did == "escalate" else side
        due = entry.promise.due
        until = " " + _("by {day}").format(day=show_date(due, language())) if due else ""
        lines.append(f"{side}: {entry.promise.what}{until}")
    if entry.refers:
        lines.append(f"{_('to be spoken with next')}: {whom_word(entry.refers)}")
    return lines


def _headline(entry: Entry, kind: Kind | None) -> str:
    match entry.did:
        case "contact":
            head = f"{channel_word(entry.by)}: {whom_word(entry.with_)}"
        case "step":
            word = _("step {step} dropped") if entry.dropped else _("step {step} done")
            head = word.format(step=entry.step)
        case "memo" | "draft":
            head = _("{paper} drafted").format(paper=entry.paper) + _towards(entry.with_)
        case "assign":
            head = _("assigned to {who}").format(who=entry.owner or entry.backup)
        case "link" | "merge" | "move" | "undo" | "redo":
            head = _mending_headline(entry)
        case "remind" | "extend" | "escalate" | "replan" | "postpone":
            head = _time_headline(entry)
        case did if did in _OF_PAPERS:
            head = _paper_headline(entry)
        case _:
            head = _("kind changed") if entry.kind else action_word(entry.did)
    head += _files(entry)
    if entry.keeps:
        words = ngettext("promise kept: {ids}", "promises kept: {ids}", len(entry.keeps))
        head += "; " + words.format(ids=", ".join(entry.keeps))
    if entry.breaks:
        words = ngettext("promise broken: {ids}", "promises broken: {ids}", len(entry.breaks))
        head += "; " + words.format(ids=", ".join(entry.breaks))
    if entry.chases:
        words = _("about: {ids}") if entry.did == "escalate" else _("reminded of: {ids}")
        head += "; " + words.format(ids=", ".join(entry.chases))
    if entry.waives:
        words = ngettext("promise waived: {ids}", "promises waived: {ids}", len(entry.waives))
        head += "; " + words.format(ids=", ".join(entry.waives))
    return f"{head} → {stage_word(kind, entry.to)}" if entry.to and entry.did != "close" else head


def _mending_headline(entry: Entry) -> str:
    """The headline of an entry that mends: taken back, done again; moved to, merged with or linked to a case."""
    match entry.did:
        case "undo":
            words = _("took back {entry}")
        case "redo":
            words = _("did {entry} again")
        case "link":
            words = _("linked to {other}")
        case "move":
            words = _("{entry} moved to {case}")
        case _:
            words = _("merged into {case}") if entry.to else _("took in {case}")
    return words.format(entry=entry.of, case=entry.case, other=entry.case)


def _time_headline(entry: Entry) -> str:
    """The headline of an entry about time: extended, a decision asked for, moved by a changed calendar."""
    match entry.did:
        case "remind":
            return _("reminder for {day}").format(day=show_date(entry.until, language()) if entry.until else "…")
        case "escalate":
            return _("decision asked of {who}").format(who=entry.whom)
        case "postpone":
            return _postponed(entry)
        case "replan":
            words = ngettext("deadline replanned", "deadlines replanned", len(entry.moved))
            return f"{words}: {', '.join(map(moved_words, entry.moved))}"
    if entry.until:
        how = _("until {day}").format(day=show_date(entry.until, language()))
    else:
        how = _("by {time}").format(time=span_words(entry.amount, entry.unit))
    return _("{what} extended {how}").format(what=entry.deadline, how=how)


def _postponed(entry: Entry) -> str:
    """The headline of a postponement: from which day to which, and the steps that moved."""
    was = show_date(entry.was, language()) if entry.was else ""
    if not was:
        return _("hour or place of the event moved")
    if entry.until is None:
        head = _("event of {old} postponed without a new day").format(old=was)
    else:
        head = _("event moved from {old} to {day}").format(old=was, day=show_date(entry.until, language()))
    return head + (f"; {', '.join(map(moved_words, entry.moved))}" if entry.moved else "")


def moved_words(text: str) -> str:
    """``opinion 2026-11-23/2026-11-24`` with both days as a screen shows them."""
    name, _space, days = text.rpartition(" ")
    if days.endswith("/.."):
        return _("{name}: waiting for the new day").format(name=name)
    try:
        before, after = (show_date(parse_iso(day), language()) for day in days.split("/"))
    except ValueError:  # written by hand
        return text
    return f"{name} {before} → {after}"


def _paper_headline(entry: Entry) -> str:
    """The headline of an entry about a paper: the action, its number, whom it went to or came from."""
    dated = " " + _("dated {day}").format(day=show_date(entry.dated, language())) if entry.dated else ""
    match entry.did:
        case "attend":
            head = f"{whom_word(entry.with_) or entry.addressee}: {how_word(entry.how)}"
        case "sign":
            ways = (entry.by, how_word(entry.how))
            head = f"{entry.paper} {action_word('sign')}: " + ", ".join(way for way in ways if way)
        case "pass" | "return":
            head = _passed(entry)
        case "number":
            head = f"{entry.paper} {action_word('number')}: {entry.number}{dated}"
        case "send":
            head = f"{entry.paper} {action_word('send')}: {channel_word(entry.by)}{_towards(entry.with_)}"
            head = joined(head, handed_words(entry.post, entry.carrier, entry.receiver, entry.hour))
        case "delivered":
            head = f"{entry.paper}{_towards(entry.with_)}: {handed_words('', '', entry.receiver, entry.hour)}"
        case "undelivered":
            head = f"{entry.paper} {action_word('undelivered')}{_towards(entry.with_)}"
            head = joined(head, handed_words(entry.post, "", ""))
        case "reply":
            what = _("reply to {paper}").format(paper=entry.paper) if entry.paper else _("letter received")
            came = " ".join(part for part in (entry.ref, dated.strip()) if part)
            sender = _("from {who}").format(who=whom_word(entry.with_)) if entry.with_ else ""
            head = " ".join(part for part in (what, sender, came) if part)
        case _:
            head = f"{entry.paper} {action_word(entry.did)}"
    return head


def _passed(entry: Entry) -> str:
    """The headline of a level passed, or of a return: at which level, by whom, and for whom where they were away."""
    word = _("passed, does not agree") if entry.adverse else action_word(entry.did)
    head = f"{entry.paper} {word}"
    if entry.level:
        head += " " + _("(level {n})").format(n=entry.level)
    whom = whom_word(entry.whom)
    if entry.by:
        return f"{head}: " + _("{who}, in place of {whom}").format(who=whom_word(entry.by), whom=whom)
    return f"{head}: {whom}" if whom else head


def _files(entry: Entry) -> str:
    """The files kept with the entry, in brackets."""
    names = dict.fromkeys(filter(None, (entry.file, *(kept.file or kept.name for kept in entry.attached))))
    return f" ({', '.join(names)})" if names else ""


def _towards(reference: str) -> str:
    return f" → {whom_word(reference)}" if reference else ""


def _override(entry: Entry, kind: Kind | None) -> str:
    missing = ", ".join(label(need, kind, language()) if kind else need for need in entry.missing)
    return f"{entry.override} ({missing})" if entry.override and missing else entry.override
