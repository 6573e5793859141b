"""How a deadline comes about, in words: for the screen, and as a Word file to attach to a case. Floor 3, reads only.

The Word file is laid out by ``templates/layouts/account.yaml``, as every paper of the office. It is not recorded: it
is made from the case whenever it is wanted. Like a register it goes from hand to hand, so it names no complainant.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from srctl.core.dates import show_date, thai_date, weekday_name
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.deadlines.explanation import CountedDay, Explanation
from srctl.deadlines.pauses import Span, pauses_of
from srctl.documents.docx.content import Provenance, Sheet, Words
from srctl.model.case import Case, Entry
from srctl.model.definitions import Kind, Rule
from srctl.model.labels import span_words
from srctl.model.people import name_of
from srctl.model.redaction import redactor
from srctl.office.folder import STANDING_FILE, Folder
from srctl.store.yaml.reader import read_file

if TYPE_CHECKING:
    from srctl.documents.docx.content import Block

LAYOUT = "account"


class ReportContext(NamedTuple):
    """What the accounts of a case are told with: its folder and kind, the day, and whether on paper or a screen."""

    folder: Folder
    case: Case
    kind: Kind
    today: date
    paper: bool = False

    def written(self, day: date) -> str:
        """Return ``day`` as a paper writes it, or a screen."""
        return thai_date(day) if self.paper else show_date(day, language())


# -- words ----------------------------------------------------------------------------------------------


def rule_in_words(rule: Rule, kind: Kind | None = None) -> str:
    """Return a rule in words: how many of what, after or before which day; ``kind`` has the names of its fields."""
    start = _start(rule, kind)
    if rule.amount == 0:
        return _("on {start}").format(start=start)
    sentence = _("{span} from {start}") if rule.amount > 0 else _("{span} before {start}")
    return sentence.format(span=span_words(abs(rule.amount), rule.unit), start=start)


def _start(rule: Rule, kind: Kind | None) -> str:
    """Return the day a rule counts from, in words; a field by its label."""
    if rule.from_ == "field":
        field = next((f for f in kind.fields if f.name == rule.field), None) if kind else None
        return f"“{field.label.in_(language()) if field else rule.field}”"
    return {
        "received": _("the day of receipt"), "stage_start": _("the start of the stage"),
        "dated": _("the date of the paper"), "sent": _("the day of sending"),
        "promised": _("the day of the promise"), "submitted": _("the day of submitting"),
        "replied": _("the day of the reply"), "asked": _("the day of asking"), "paused": _("the day of the pause"),
    }[rule.from_]  # fmt: skip


def facts(account: Explanation, ground: ReportContext) -> list[tuple[str, str]]:
    """Return what set the deadline as pairs of name and words; a name may come several times."""
    deadline, rule = account.deadline, account.deadline.rule
    rows = []
    if rule:
        verified = _("verified") if rule.verified else _("not verified: ask the office's lawyer")
        rows = [(_("rule"), rule_in_words(rule, ground.kind)), (_("basis"), f"{rule.basis} ({verified})")]
    rows.append((_("written in"), _place(account, ground)))
    if deadline.due != deadline.original:
        rows.append((_("without extension"), ground.written(deadline.original)))
    rows += [(_("extended"), _extension(entry, ground)) for entry in deadline.extensions]
    rows += [(_("paused"), _pause(span, ground)) for span in deadline.stops if _stopped(span, account)]
    return rows


def _extension(entry: Entry, ground: ReportContext) -> str:
    return f"{entry.id} {name_of(ground.folder.office, entry.who)}: {entry.why}"


def _stopped(span: Span, account: Explanation) -> bool:
    """Tell whether the account passes over a day of the pause."""
    return any(day.why == "paused" and span.holds(day.on) for day in account.days)


def _pause(span: Span, ground: ReportContext) -> str:
    """Return from when to when the case stood still, and for what reason."""
    days = _("{start} up to before {end}").format(start=ground.written(span.start), end=ground.written(span.end))
    entry = next((p.entry for p in reversed(pauses_of(ground.case)) if p.began == span.start), None)
    if entry is None:
        return days
    reasons = {reason.name: reason.label.in_(language()) for reason in ground.folder.standing.pauses}
    return " · ".join(part for part in (days, reasons.get(entry.category, entry.category), entry.why) if part)


def _place(account: Explanation, ground: ReportContext) -> str:
    """Return where it is written; on paper, where digits are Thai, a case file is not named by its path."""
    where = source_of_rule(account, ground)
    if account.deadline.rule is None and ground.paper:
        return _("the file of the case, line {line}").format(line=where.rpartition(":")[2])
    return where


def source_of_rule(account: Explanation, ground: ReportContext) -> str:
    """Return file and line of what sets the deadline: the kind, the standing rules, or the case itself."""
    folder, deadline = ground.folder, account.deadline
    if deadline.rule is None:
        path = folder.case_path(ground.case.id)
        return f"{folder.relative(path)}:{read_file(path).line(deadline.where)}"
    for path in (folder.root / "templates" / "kinds" / f"{ground.case.kind}.yaml", folder.root / STANDING_FILE):
        if not path.is_file():
            continue
        source = read_file(path)
        for n, rule in enumerate((source.data or {}).get("deadlines") or []):
            if rule.get("name") == deadline.rule.name:
                return f"{folder.relative(path)}:{source.line(('deadlines', n))}"
    return ""


def headings() -> tuple[str, ...]:
    """Return the headings of the days, in the order of :func:`day_cells`."""
    return _("day no."), _("date"), _("weekday"), _("why")


def day_cells(day: CountedDay, written: str) -> tuple[str, ...]:
    """Return a day as it is printed: its number where it is counted, the date as ``written``, weekday, and why."""
    number = str(day.number) if day.number or day.why == "start" else ""
    source = f" ({day.source})" if day.source else ""
    words = " · ".join(part for part in (_why(day), day.name + source if day.name else day.source) if part)
    return number, written, weekday_name(day.on, language()), words


def _why(day: CountedDay) -> str:
    return {
        "start": _("counting starts, day 0"),
        "counted": "",
        "skipped": _("not counted"),
        "paused": _("not counted · the case was paused"),
        "extended": _("the day it was extended to"),
        "moved": _("the last day, moved to a working day"),
        "given": _("the day that was given"),
    }[day.why]


def warnings(account: Explanation) -> list[str]:
    """Return why the day may still move: the case is paused, or the calendar is not complete."""
    found = []
    if account.deadline.held:
        found.append(_("the case is paused: the day is counted as if it went on today"))
    if not account.complete:
        found.append(_("the calendar of that year is not complete yet: the day may move"))
    return found


# -- the Word file ---------------------------------------------------------------------------------------


def explanation_docx(accounts: Sequence[Explanation], ground: ReportContext) -> bytes:
    """Return the accounts as a Word file, without the complainant and what the kind keeps private.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    from srctl.papers.composition import compose_paper
    from srctl.papers.wordings import sha256_of, sheet_layout

    ground = ground._replace(paper=True)
    case, office = ground.case, ground.folder.office
    hide = redactor(case, ground.kind)
    source, layout = sheet_layout(ground.folder.root / "templates", LAYOUT)
    head = {"title": _("How the deadline comes about"), "office": f"{office.names.th} {office.names.ministry}",
            "subject": hide(case.subject), "id": case.id, "today": ground.written(ground.today)}  # fmt: skip
    blocks = tuple(block for account in accounts for block in _blocks(account, ground, hide))
    sheet = Sheet(
        words=Words(head, blocks, ""),
        title=f"{head['title']} {case.id}",
        office=office.names.th,
        signer="",
        positions=(),
        today=ground.today,
        provenance=Provenance(case.id, LAYOUT, "", "", sha256_of(source.text.encode())),
        secrecy=case.secrecy,
        font=office.fonts.thai,
    )
    return compose_paper(sheet, layout, source, source.path)


def _blocks(account: Explanation, ground: ReportContext, hide: Callable[[str], str]) -> "Iterator[Block]":
    """Yield an account as it stands on paper: what falls due when, why, and the days in a table."""
    from srctl.documents.docx.content import Block

    deadline = account.deadline
    yield Block("heading", hide(f"{deadline.text}: {ground.written(deadline.due)}"))
    for name, words in facts(account, ground):
        yield Block("plain", f"{name}: {hide(words)}")
    for words in warnings(account):
        yield Block("plain", f"! {words}")
    yield Block("columns", "", cells=headings())
    for day in account.days:
        yield Block("row", "", cells=day_cells(day, ground.written(day.on)))
