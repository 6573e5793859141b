"""The explanation of a deadline in words, for the screen and as a Word file. Reads only.

The Word file is laid out by ``templates/layouts/account.yaml``, as every paper of the office. It is not recorded: it
is made from the case whenever it is wanted. Like a register it is passed on, so it names no complainant.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from srctl.core.dates import file_date, show_date, weekday_name
from srctl.core.i18n import _, language
from srctl.core.named_days import read_count
from srctl.core.records import NamedTuple
from srctl.deadlines.endings import Ending
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
    """What the explanations of a case are written with; ``paper``: for a paper, not for the screen."""

    folder: Folder
    case: Case
    kind: Kind
    today: date
    paper: bool = False

    def written(self, day: date) -> str:
        """``day`` as it is written on paper or on a screen."""
        return file_date(day, language()) if self.paper else show_date(day, language())


# -- words ----------------------------------------------------------------------------------------------


def rule_in_words(rule: Rule, kind: Kind | None = None) -> str:
    """A rule in words: the span, and the day it is counted from; ``kind`` has the labels of its fields."""
    start = _start(rule, kind)
    if rule.amount == 0:
        return _("on {start}").format(start=start)
    sentence = _("{span} from {start}") if rule.amount > 0 else _("{span} before {start}")
    return sentence.format(span=span_words(abs(rule.amount), rule.unit), start=start)


def _start(rule: Rule, kind: Kind | None) -> str:
    """The day a rule counts from, in words; a field by its label."""
    if rule.from_ == "field":
        field = next((f for f in kind.fields if f.name == rule.field), None) if kind else None
        return f"“{field.label.in_(language()) if field else rule.field}”"
    return {
        "received": _("the day of receipt"), "stage_start": _("the start of the stage"),
        "dated": _("the date of the paper"), "sent": _("the day of sending"),
        "promised": _("the day of the promise"), "submitted": _("the day of submitting"),
        "replied": _("the day of the reply"), "asked": _("the day of asking"), "paused": _("the day of the pause"),
        "drafted": _("the day of drafting"), "signed": _("the day of signing"),
        "decided": _("the day of the decision"), "touched": _("the day it last moved"),
    }[rule.from_]  # fmt: skip


def facts(explanation: Explanation, context: ReportContext) -> list[tuple[str, str]]:
    """What set the deadline, as pairs of name and words; a name may occur several times."""
    deadline, rule = explanation.deadline, explanation.deadline.rule
    rows = []
    if rule:
        verified = _("verified") if rule.verified else _("not verified: ask the office's lawyer")
        rows = [(_("rule"), rule_in_words(rule, context.kind)), (_("basis"), f"{rule.basis} ({verified})")]
    elif count := read_count(deadline.counted):
        words = _("{span} from {day}") if count.amount > 0 else _("{span} before {day}")
        span = span_words(abs(count.amount), "workday")
        rows = [(_("counted"), words.format(span=span, day=context.written(count.start)))]
    if rule and rule.met_by != "step":
        rows.append((_("met by"), event_in_words(rule)))
    rows.append((_("written in"), _place(explanation, context)))
    if deadline.due != deadline.original:
        words = _("without extension") if deadline.extensions else _("first due")
        rows.append((words, context.written(deadline.original)))
    rows += [(_("extended"), _extension(entry, context)) for entry in deadline.extensions]
    rows += [(_stood(span), _pause(span, context)) for span in deadline.stops if _stopped(span, explanation)]
    if explanation.ending:
        rows.append((_("result"), _result(explanation.ending, context)))
    return rows


def event_in_words(rule: Rule) -> str:
    """What has to happen for the rule to be met, in words."""
    return {
        "step": _("the work of the stage being done"), "submitted": _("the memo being submitted"),
        "signed": _("the paper being signed"), "sent": _("the paper being sent"),
        "answered": _("the complainant being told"), "decided": _("the decision of a superior"),
        "contacted": _("those concerned being reached"),
    }[rule.met_by]  # fmt: skip


def _result(ending: Ending, context: ReportContext) -> str:
    """How a deadline ended, in words."""
    day, late = context.written(ending.on), span_words(ending.late, "workday")
    match ending.event:
        case "met":
            return _("met on {day}").format(day=day)
        case "missed" if _broken(ending, context.case):
            return _("not kept, promised again on {day}").format(day=day)
        case "missed" if not ending.late:
            return _("missed, done on {day}").format(day=day)
        case "missed":
            return _("missed by {span}, done on {day}").format(span=late, day=day)
        case "not-done":
            return _("not done when the matter was closed on {day}").format(day=day)
        case "dropped":
            return _("dropped on {day}").format(day=day)


def _broken(ending: Ending, case: Case) -> bool:
    """Whether a promise ended by another that took its place: nothing was done that day."""
    return any(entry.id == ending.entry and ending.deadline.ref in entry.breaks for entry in case.log)


def _extension(entry: Entry, context: ReportContext) -> str:
    return f"{entry.id} {name_of(context.folder.office, entry.who)}: {entry.why}"


def _stopped(span: Span, explanation: Explanation) -> bool:
    """Whether the explanation skips a day of the pause."""
    return any(day.why == span.why and span.holds(day.on) for day in explanation.days)


def _stood(span: Span) -> str:
    return _("closed") if span.why == "closed" else _("paused")


def _pause(span: Span, context: ReportContext) -> str:
    """The days of a pause and its reason, in words."""
    days = _("{start} up to before {end}").format(start=context.written(span.start), end=context.written(span.end))
    entry = next((p.entry for p in reversed(pauses_of(context.case)) if p.began == span.start), None)
    if entry is None or span.why == "closed":
        return days
    reasons = {reason.name: reason.label.in_(language()) for reason in context.folder.standing.pauses}
    return " · ".join(part for part in (days, reasons.get(entry.category, entry.category), entry.why) if part)


def _place(explanation: Explanation, context: ReportContext) -> str:
    """Where the deadline is set; on paper, where digits are Thai, a case file is not named by its path."""
    where = source_of_rule(explanation, context)
    if explanation.deadline.rule is None and context.paper:
        return _("the file of the case, line {line}").format(line=where.rpartition(":")[2])
    return where


def source_of_rule(explanation: Explanation, context: ReportContext) -> str:
    """File and line of what sets the deadline, in the kind, the standing rules or the case; "" where not found."""
    folder, deadline = context.folder, explanation.deadline
    if deadline.rule is None:
        path = folder.case_path(context.case.id)
        return f"{folder.relative(path)}:{read_file(path).line(deadline.where)}"
    for path in (folder.root / "templates" / "kinds" / f"{context.case.kind}.yaml", folder.root / STANDING_FILE):
        if not path.is_file():
            continue
        source = read_file(path)
        for n, rule in enumerate((source.data or {}).get("deadlines") or []):
            if rule.get("name") == deadline.rule.name:
                return f"{folder.relative(path)}:{source.line(('deadlines', n))}"
    return ""


def headings() -> tuple[str, ...]:
    """The headings of the days, in the order of :func:`day_cells`."""
    return _("day no."), _("date"), _("weekday"), _("why")


def day_cells(day: CountedDay, written: str) -> tuple[str, ...]:
    """The cells of a day: its number where it is counted, the date as ``written``, the weekday, and why."""
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
        "closed": _("not counted · the case was closed"),
        "extended": _("the day it was extended to"),
        "moved": _("the last day, moved to a working day"),
        "given": _("the day that was given"),
    }[day.why]


def warnings(explanation: Explanation) -> list[str]:
    """Why the day may still move: the case is paused, or the calendar is not complete."""
    found: list[str] = []
    if explanation.ending:
        return found
    if explanation.deadline.held:
        found.append(_("the case is paused: the day is counted as if it went on today"))
    if not explanation.complete:
        found.append(_("the calendar of that year is not complete yet: the day may move"))
    return found


# -- the Word file ---------------------------------------------------------------------------------------


def explanation_docx(explanations: Sequence[Explanation], context: ReportContext) -> bytes:
    """The explanations as a Word file, without the complainant and what the kind keeps private.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    from srctl.papers.composition import compose_paper
    from srctl.papers.wordings import sha256_of, sheet_layout

    context = context._replace(paper=True)
    case, office = context.case, context.folder.office
    redact = redactor(case, context.kind)
    source, layout = sheet_layout(context.folder.root / "templates", LAYOUT)
    head = {"title": _("How the deadline comes about"), "office": f"{office.names.th} {office.names.ministry}",
            "subject": redact(case.subject), "id": case.id, "today": context.written(context.today)}  # fmt: skip
    blocks = tuple(block for explanation in explanations for block in _blocks(explanation, context, redact))
    sheet = Sheet(
        words=Words(head, blocks, ""),
        title=f"{head['title']} {case.id}",
        office=office.names.th,
        signer="",
        positions=(),
        today=context.today,
        provenance=Provenance(case.id, LAYOUT, "", "", sha256_of(source.text.encode())),
        secrecy=case.secrecy,
        font=office.fonts.thai,
    )
    return compose_paper(sheet, layout, source, source.path)


def _blocks(explanation: Explanation, context: ReportContext, redact: Callable[[str], str]) -> "Iterator[Block]":
    """Yield an explanation as the blocks of a paper: what falls due when, why, and a table of the days."""
    from srctl.documents.docx.content import Block

    deadline = explanation.deadline
    yield Block("heading", redact(f"{deadline.text}: {context.written(deadline.due)}"))
    for name, words in facts(explanation, context):
        yield Block("plain", f"{name}: {redact(words)}")
    for words in warnings(explanation):
        yield Block("plain", f"! {words}")
    yield Block("columns", "", cells=headings())
    for day in explanation.days:
        yield Block("row", "", cells=day_cells(day, context.written(day.on)))
