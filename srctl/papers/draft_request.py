"""The request for a paper, and the action that records its drafts. Pure.

Everything asked stays in the log entry of the draft, so that the paper can be shown and made again.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

from srctl.core.errors import CommandLine, Refused, UsageError
from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.model.case import NO_FIELDS, SECRECIES, URGENCIES, Case, Entry
from srctl.workflow.actions import Act, require_open

COUNT = "="
_PLACE = r"([0-9๐-๙](?:\.[0-9๐-๙]{1,2})?)\s*[:：]\s*(?=\S)"  # the item an attachment stands behind


class Asked(NamedTuple):
    """A paper as asked for: whom to, on which form, the values typed, marks, what is attached.

    ``id`` is the paper's id in the case ("" for the wording's own). ``named`` lets it name the complainant.
    ``urgency`` and ``secrecy`` are marks other than the case's own, with the reason in ``why``.
    ``attachments`` are ``text`` or ``text=count`` (``สำเนาหนังสือ=2 แผ่น``); ``chases`` the waits it reminds of;
    ``acting`` whom its signer acts for.
    """

    id: str = ""
    to: str = ""
    form: str = ""
    signer: str = ""
    given: Mapping[str, str] = NO_FIELDS
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    urgency: str = ""
    secrecy: str = ""
    why: str = ""
    named: bool = False
    catchword: str = ""
    chases: tuple[str, ...] = ()
    acting: str = ""


class Drafted(NamedTuple):
    """A paper that was drafted: its id, wording and form, the SHA-256 of the file (of all together), who signs.

    ``acting`` is whom the signer acts for.
    ``unnumbered``: its wording has no series of numbers, it goes out as it is signed.
    """

    id: str
    wording: str
    form: str
    sha256: str
    asked: Asked
    among: tuple[str, ...] = ()
    signer: str = ""
    unnumbered: bool = False
    acting: str = ""


def asked_of(entry: Entry) -> Asked:
    """The request that a draft entry records."""
    return Asked(
        entry.paper, entry.with_, entry.form, entry.signer, entry.given, entry.attachments, entry.copies,
        entry.urgency, entry.secrecy, entry.why, entry.named, entry.catchword, entry.chases, entry.acting,
    )  # fmt: skip


def paper_marks(case: Case, asked: Asked, *, urgent: bool = True) -> tuple[str, str]:
    """Return urgency and secrecy of the paper: those asked for, else the case's (no urgency unless ``urgent``).

    Raises:
        UsageError: other marks than the case's and no reason. Refused: a secrecy that must not be kept here.
    """
    urgency, secrecy = asked.urgency or case.urgency, asked.secrecy or case.secrecy
    if urgency not in URGENCIES or secrecy not in SECRECIES:
        raise UsageError(_("there is no such mark"), ", ".join((*URGENCIES, *SECRECIES)))
    if (urgency, secrecy) != (case.urgency, case.secrecy) and not asked.why:
        message = _("say why the paper bears other marks than its case")
        command = CommandLine("letter {} …", case.id)
        if urgency != case.urgency:
            command = command.plus("--urgency {}", urgency)
        if secrecy != case.secrecy:
            command = command.plus("--secrecy {}", secrecy)
        raise UsageError(message, command.plus('--why "…"'))
    if secrecy in ("secret", "top-secret"):
        message = _("secret and top secret papers must not be written here")
        raise Refused(message, _("write it in the secret registry; here only its number"))
    return urgency if urgent or asked.urgency else "none", secrecy


def attached(items: Sequence[str]) -> list[dict[str, object]]:
    """Return attachments with their count: ``จำนวน 1 ฉบับ`` where none is given; a bare number counts ฉบับ.

    Each has its number ``n``, and the ``item`` it stands behind where one is named (``2.2: รายงาน=3 แผ่น``).

    Raises:
        UsageError: an attachment has a count and no name.
    """
    rows: list[dict[str, object]] = []
    for n, item in enumerate(items, 1):
        named = re.match(_PLACE, item)
        text, _equals, count = item[named.end() if named else 0 :].partition(COUNT)
        if not text.strip():
            message = _("an attachment has a name: {item}").format(item=item)
            raise UsageError(message, '--attach "กำหนดการ=1 แผ่น"')
        count = count.strip() or "1"
        count = f"{count} ฉบับ" if count.isdecimal() else count
        count = count if count.startswith("จำนวน") else f"จำนวน {count}"
        place = to_arabic_digits(named[1]) if named else ""
        rows.append({"text": text.strip(), "count": count, "n": n, "item": place})
    return rows


def record_draft(case: Case, papers: Sequence[Drafted], action: Literal["memo", "draft"] = "draft") -> Act:
    """Record that papers were drafted: one entry each, in one act; ``memo`` is the paper a case's gate asks for."""
    if action == "draft":
        require_open(case)
    entries = [_entry(paper) for paper in papers]
    several = ngettext("{n} paper ({wording})", "{n} papers ({wording})", len(papers))
    words = papers[0].id if len(papers) == 1 else several.format(n=len(papers), wording=papers[0].wording)
    return Act(action, _("{paper} drafted").format(paper=words), entry=entries[-1], before=tuple(entries[:-1]))


def _entry(paper: Drafted) -> partial[Entry]:
    asked = paper.asked
    return partial(
        Entry,
        paper=paper.id,
        wording=paper.wording if paper.wording != paper.id else "",
        form=paper.form,
        with_=asked.to,
        among=paper.among,
        signer=paper.signer or asked.signer,
        acting=paper.acting,
        given=asked.given,
        attachments=asked.attachments,
        copies=asked.copies,
        urgency=asked.urgency,
        secrecy=asked.secrecy,
        why=asked.why,
        named=asked.named,
        catchword=asked.catchword,
        chases=asked.chases,
        unnumbered=paper.unnumbered,
        sha256=paper.sha256,
    )
