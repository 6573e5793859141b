"""A log entry in sentences, as `show` and `history` tell it. Floor 1, pure."""

from srctl.dates import show_date
from srctl.i18n import _, language
from srctl.kinds import Kind
from srctl.model import Entry
from srctl.words import channel_word, deed_word, stage_word
from srctl.workflow import label


def tell(entry: Entry, kind: Kind | None = None) -> list[str]:
    """Return what happened: a first line of what and with whom, then what was said, agreed, promised.

    The kind gives the names of stages and needs; without it their codes stand there.
    """
    lines = [_headline(entry, kind)]
    for head, text in (
        (_("said"), entry.said),
        (_("agreed"), entry.agreed),
        (_("decided by {who}").format(who=entry.by or "…"), entry.decision),
        (_("on paper"), entry.paper if entry.did == "decide" else ""),
        ("", entry.text),
        (_("why"), entry.why),
        (_("passed by override"), _override(entry, kind)),
    ):
        if text:
            lines.append(f"{head}: {text}" if head else text)
    if entry.promise:
        side = _("they promise") if entry.promise.of == "them" else _("we promise")
        due = entry.promise.due
        until = " " + _("by {day}").format(day=show_date(due, language())) if due else ""
        lines.append(f"{side}: {entry.promise.what}{until}")
    return lines


def _headline(entry: Entry, kind: Kind | None) -> str:
    match entry.did:
        case "contact":
            head = f"{channel_word(entry.by)}: {entry.with_}"
        case "step":
            word = _("step {step} dropped") if entry.dropped else _("step {step} done")
            head = word.format(step=entry.step)
        case "memo":
            head = _("{paper} drafted").format(paper=entry.paper)
        case "assign":
            head = _("assigned to {who}").format(who=entry.owner or entry.backup)
        case "link":
            head = _("linked to {other}").format(other=entry.case)
        case "undo":
            head = _("took back {entry}").format(entry=entry.of)
        case _:
            head = deed_word(entry.did)
    if entry.keeps:
        head += "; " + _("promise kept: {ids}").format(ids=", ".join(entry.keeps))
    if entry.waives:
        head += "; " + _("promise waived: {ids}").format(ids=", ".join(entry.waives))
    return f"{head} → {stage_word(kind, entry.to)}" if entry.to and entry.did != "close" else head


def _override(entry: Entry, kind: Kind | None) -> str:
    missing = ", ".join(label(need, kind, language()) if kind else need for need in entry.missing)
    return f"{entry.override} ({missing})" if entry.override else ""
