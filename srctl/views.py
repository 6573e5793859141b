"""What is shown, as plain data: the one source of both the tables and ``--json``. Floor 1, pure.

The keys of these dictionaries are a promise to programs (docs/json.md); a test holds them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from srctl.absences import NOBODY_AWAY, Absence, Away, acting, away_on
from srctl.due import Obligation, deadline_of, obligations, section
from srctl.errors import Problem
from srctl.i18n import _, language
from srctl.kinds import Kind
from srctl.model import Case, Entry
from srctl.papertrail import Paper, next_command, papers_of
from srctl.pauses import open_pause, pauses_of
from srctl.people import Directory, Office, find_callee, name_of
from srctl.query import group_of
from srctl.words import stage_word, whom_word
from srctl.workdays import Calendar
from srctl.workflow import missing_for, open_promises, overrides, promised_before, stage_of, steps_settled

View = dict[str, Any]
# Marks beside a day: the rule behind it is not verified against the law; holidays up to it may be added.
UNVERIFIED, MAY_MOVE = "*", "~"


class Around(NamedTuple):
    """What a view needs beside the case."""

    office: Office
    calendar: Calendar
    directory: Directory
    today: date
    away: Away = NOBODY_AWAY


def due_of(case: Case, kind: Kind | None, around: Around) -> tuple[Obligation, ...]:
    """Return the open obligations of a case; none when its kind is unknown."""
    if kind is None:
        return ()
    day_1 = around.office.nonworking_receipt == "next_day_is_1"
    group = group_of(case, kind, around.office)
    return obligations(case, kind, around.calendar, around.today, group, day_1)


def stand_in(case: Case, around: Around) -> str:
    """Return who carries the case while its owner is away: the owner when nobody stands in, "" when present."""
    return standing_in(case.owner, case.backup, around)


def standing_in(owner: str, backup: str, around: Around) -> str:
    """Return who carries what ``owner`` is away from: the owner when nobody stands in, "" when present."""
    if owner not in around.away:
        return ""
    return acting(owner, backup, around.office, around.away)


class Matter(NamedTuple):
    """How a case stands, in a line: what its file says and, in ``due`` and ``late``, what falls due first."""

    id: str
    kind: str
    stage: str
    subject: str
    owner: str
    backup: str
    received: str
    urgency: str
    secrecy: str
    paused: bool
    due: str | None
    late: int | None
    verified: bool


def case_row(case: Case, kind: Kind | None, around: Around) -> View:
    """Return one line of a list of cases."""
    nearest = deadline_of(due_of(case, kind, around))
    matter = Matter(
        case.id, case.kind, stage_of(case), case.subject, case.owner, case.backup, _iso(case.received.on),
        case.urgency, case.secrecy, open_pause(case) is not None,
        _iso(nearest.due) if nearest else None, nearest.late if nearest else None,
        nearest.verified if nearest else True,
    )  # fmt: skip
    return matter_row(matter, kind, group_of(case, kind, around.office), stand_in(case, around))


def matter_row(matter: Matter, kind: Kind | None, group: str, acting: str) -> View:
    """Return one line of a list of cases, with the names of kind and stage, the group, and who stands in."""
    return {
        "id": matter.id,
        "kind": matter.kind,
        "kind_label": kind.label.in_(language()) if kind else matter.kind,
        "subject": matter.subject,
        "stage": matter.stage,
        "stage_label": stage_word(kind, matter.stage),
        "owner": matter.owner,
        "acting": acting,
        "backup": matter.backup,
        "group": group,
        "received": matter.received,
        "due": matter.due,
        "late": matter.late,
        "verified": matter.verified,
        "urgency": matter.urgency,
        "secrecy": matter.secrecy,
        "paused": matter.paused,
    }


def marks(row: View) -> str:
    """Return the marks beside the day of a row."""
    return ("" if row.get("verified", True) else UNVERIFIED) + ("" if row.get("calendar_complete", True) else MAY_MOVE)


def legend(rows: Iterable[View]) -> tuple[str, ...]:
    """Return what the marks beside days mean, where one stands."""
    beside = "".join(map(marks, rows))
    meanings = {UNVERIFIED: _("rule not verified"), MAY_MOVE: _("calendar incomplete")}
    return tuple(f"{mark} {words}" for mark, words in meanings.items() if mark in beside)


def absence_row(absence: Absence, absences: Sequence[Absence], around: Around) -> View:
    """Return one line of who is away; ``acting`` is who stands in today, or on the first day of one to come."""
    day = max(absence.from_, around.today)
    over = absence.to < around.today
    person = around.office.coordinator(absence.who)
    return {
        "who": absence.who,
        "name": person.name if person else absence.who,
        "from": _iso(absence.from_),
        "to": _iso(absence.to),
        "state": "past" if over else "now" if day == around.today else "coming",
        "backup": absence.backup,
        "acting": "" if over else acting(absence.who, "", around.office, away_on(absences, day)),
        "why": absence.why,
    }


def due_row(item: Obligation, around: Around, standing_in: str = "", people: View | None = None) -> View:
    """Return one line of what is due; ``standing_in`` is who carries it today, ``people`` what is known already."""
    return {
        "case": item.case,
        "what": item.what,
        "text": item.text,
        "due": _iso(item.due),
        "section": section(item, around.today),
        "late": item.late,
        **(people or people_of(item, around, standing_in)),
        "group": item.group,
        "subject": item.subject,
        "urgency": item.urgency,
        "ref": item.ref,
        "rule": item.rule,
        "basis": item.basis,
        "verified": item.verified,
        "calendar_complete": item.complete,
        "original": _iso(item.original) if item.original else None,
        "late_original": item.late_original,
        "held": item.held,
    }


def people_of(item: Obligation, around: Around, standing_in: str) -> View:
    """Return the part of the line that is about people: the owner, who stands in, whom to call, who has to act."""
    owner = around.office.coordinator(item.owner)
    other = around.office.coordinator(standing_in)
    callee = find_callee(around.directory, item.with_) if item.with_ else None
    return {
        "owner": item.owner,
        "owner_name": owner.name if owner else item.owner,
        "owner_phone": owner.phone if owner else "",
        "acting": standing_in,
        "acting_name": other.name if other else standing_in,
        "acting_phone": other.phone if other else "",
        "with": item.with_,
        "call": callee.name() if callee else whom_word(item.with_),
        "phone": callee.phone() if callee else "",
        "whom": item.whom,
        "whom_name": name_of(around.office, item.whom) if item.whom else "",
    }


def case_view(case: Case, kind: Kind, around: Around) -> View:
    """Return everything there is to show of one case, computed parts included."""
    settled = steps_settled(case)
    view = {**case_row(case, kind, around), **plain(case)}
    view["deadlines"] = [due_row(o, around, view["acting"]) for o in due_of(case, kind, around)]
    view["missing"] = missing_view(case, kind)
    view["promises"] = [
        {
            "entry": o.entry.id,
            "with": o.entry.with_,
            "whom": o.entry.whom,
            **plain(o.promise),
            "broken": [
                {"entry": e.id, "due": _iso(e.promise.due) if e.promise and e.promise.due else None}
                for e in promised_before(case, o.entry.id)
            ],
        }
        for o in open_promises(case)
    ]
    view["pauses"] = [
        {
            "entry": p.entry.id,
            "category": p.entry.category,
            "why": p.entry.why,
            "from": _iso(p.began),
            "until": _iso(p.ended) if p.ended else None,
        }
        for p in pauses_of(case)
    ]
    view["plan"]["steps"] = [
        {
            **plain(step),
            "done": step.id in settled,
            "dropped": step.id in settled and settled[step.id].dropped,
        }
        for step in case.plan.steps
    ]
    view["overrides"] = len(overrides(case))
    view["papers"] = [paper_view(case.id, paper) for paper in papers_of(case)]
    return view


def paper_view(case_id: str, paper: Paper) -> View:
    """Return how far a paper has come, with the command that brings it on."""
    return {
        "id": paper.id,
        "wording": paper.wording,
        "form": paper.form,
        "state": paper.state,
        "to": paper.with_,
        "among": list(paper.among),
        "number": paper.number,
        "dated": _iso(paper.dated) if paper.dated else None,
        "returned": paper.returned,
        "sha256": paper.version.sha256,
        "file": paper.version.file,
        "next": next_command(case_id, paper),
    }


def missing_view(case: Case, kind: Kind) -> list[View]:
    """Return what is missing to leave the present stage, each with the command that supplies it."""
    missing = missing_for(case, kind, stage_of(case), language())
    return [{"need": m.need, "label": m.label, "command": m.command} for m in missing]


def problem_view(problem: Problem) -> View:
    """Return a problem as data."""
    return {
        "file": problem.path.as_posix(),
        "line": problem.line,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def envelope(items: Iterable[Any], around_today: date, problems: Iterable[Problem] = ()) -> View:
    """Return what ``--json`` prints of a list."""
    return {
        "format": 1,
        "today": _iso(around_today),
        "items": list(items),
        "problems": [problem_view(p) for p in problems],
    }


def plain(value: Any) -> Any:
    """Return a frozen value as plain data with the keys files have."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name.removesuffix("_"): plain(getattr(value, name)) for name in value._fields}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def entry_view(entry: Entry) -> View:
    """Return a log entry without its empty keys."""
    return {key: value for key, value in plain(entry).items() if value not in (None, "", [], {}, False)}


def _iso(day: date) -> str:
    return day.isoformat()
