"""What is shown of a case, as plain data: the one source of both the screens and ``--json``. Pure.

The keys of these dictionaries are a promise to programs (docs/json.md); a test holds them. Lines of lists are in
:mod:`srctl.views.list_views`.
"""

from collections.abc import Sequence

from srctl.core.decoding import plain
from srctl.core.i18n import language
from srctl.core.numbered_items import items_of
from srctl.deadlines.obligations import Obligation, deadline_of, obligations
from srctl.deadlines.pauses import open_pause, pauses_of
from srctl.model.absences import Absence, acting, away_on
from srctl.model.case import Case, Entry
from srctl.model.definitions import Kind
from srctl.model.labels import gives_word, handed_words, state_word, whom_word
from srctl.model.people import name_of
from srctl.views.addressee_names import named_addressee, named_reference
from srctl.views.list_views import Matter, View, ViewContext, due_row, matter_row, standing_in
from srctl.workflow.attached_files import AttachedFile, attached_files
from srctl.workflow.clearances import RouteStop, route_of
from srctl.workflow.filters import group_of
from srctl.workflow.paper_state import Paper, next_command, papers_of
from srctl.workflow.stages import missing_for, open_promises, overrides, promised_before, stage_of, steps_settled


def due_of(case: Case, kind: Kind | None, context: ViewContext) -> tuple[Obligation, ...]:
    """Return the open obligations of a case; none when its kind is unknown."""
    if kind is None:
        return ()
    day_1 = context.office.receipt_day_1
    group = group_of(case, kind, context.office)
    return obligations(case, kind, context.calendar, context.today, group, day_1)


def stand_in(case: Case, context: ViewContext) -> str:
    """The coordinator who stands in for the owner: the owner when nobody does, "" when the owner is present."""
    return standing_in(case.owner, case.backup, context)


def case_row(case: Case, kind: Kind | None, context: ViewContext) -> View:
    """Return one line of a list of cases."""
    return matter_row(matter_of(case, kind, context), kind)


def matter_of(case: Case, kind: Kind | None, context: ViewContext) -> Matter:
    """The state of the case, as lists show it."""
    nearest = deadline_of(due_of(case, kind, context))
    return Matter(
        case.id, case.kind, stage_of(case), case.subject, case.owner, case.backup, case.received.on.isoformat(),
        case.urgency, case.secrecy, open_pause(case) is not None,
        nearest.first.isoformat() if nearest else None, nearest.late_first if nearest else None,
        nearest.verified if nearest else True, group_of(case, kind, context.office), stand_in(case, context),
        nearest.complete if nearest else True,
    )  # fmt: skip


def absence_row(absence: Absence, absences: Sequence[Absence], context: ViewContext) -> View:
    """One line of who is away; ``acting`` is who stands in today, or on the first day of one to come."""
    day = max(absence.from_, context.today)
    over = absence.to < context.today
    person = context.office.coordinator(absence.who)
    return {
        "who": absence.who,
        "name": person.name if person else absence.who,
        "from": absence.from_.isoformat(),
        "to": absence.to.isoformat(),
        "state": "past" if over else "now" if day == context.today else "coming",
        "backup": absence.backup,
        "acting": "" if over else acting(absence.who, "", context.office, away_on(absences, day)),
        "why": absence.why,
    }


def case_view(case: Case, kind: Kind, context: ViewContext) -> View:
    """All there is to show of one case, computed parts included."""
    view = {**case_row(case, kind, context), **plain(case, iso=True)}
    view["deadlines"] = [due_row(o, context, view["acting"]) for o in due_of(case, kind, context)]
    view["missing"] = missing_view(case, kind)
    view["promises"] = [
        {
            "entry": o.entry.id,
            "with": o.entry.with_,
            "whom": o.entry.whom,
            **plain(o.promise, iso=True),
            "broken": [
                {"entry": e.id, "due": e.promise.due.isoformat() if e.promise and e.promise.due else None}
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
            "from": p.began.isoformat(),
            "until": p.ended.isoformat() if p.ended else None,
        }
        for p in pauses_of(case)
    ]
    view["plan"]["steps"] = _steps_view(case)
    view["analysis"] |= {
        "opinions": list(items_of(case.analysis.opinion)), "proposals": list(items_of(case.analysis.proposal)),
    }  # fmt: skip
    # Changes and links of other cases are known to the record and the index only.
    view |= {"undone": list(case.undone()), "overrides": len(overrides(case)), "changes": [], "linked_from": []}
    papers = [paper_view(case.id, paper, context) for paper in papers_of(case)]
    return {**view, "papers": papers, "files": [file_view(one) for one in attached_files(case)]}


def file_view(one: AttachedFile) -> View:
    """A file that came in: its number, what it is, who filed it when, and where it is kept."""
    return {
        "n": one.n,
        "what": one.what,
        "entry": one.entry.id,
        "did": one.entry.did,
        "paper": one.entry.paper,
        "who": one.entry.who,
        "at": one.entry.at.isoformat(),
        "on": one.entry.day().isoformat(),
        "name": one.kept.name,
        "file": one.kept.file,
        "size": one.kept.size or None,
        "sha256": one.kept.sha256,
        "place": one.kept.place,
        "undone": one.undone,
    }


def _steps_view(case: Case) -> list[View]:
    """The planned steps, and whether each is done or not needed any more."""
    settled = steps_settled(case)
    return [
        plain(step, iso=True) | {"done": step.id in settled, "dropped": step.id in settled and settled[step.id].dropped}
        for step in case.plan.steps
    ]


def paper_view(case_id: str, paper: Paper, context: ViewContext) -> View:
    """The state of a paper, with the command for its next step."""
    return {
        "id": paper.id,
        "wording": paper.wording,
        "form": paper.form,
        "state": paper.state,
        "state_label": state_word(paper.standing),
        "to": paper.with_,
        "to_name": named_addressee(context.directory, paper),
        "among": list(paper.among),
        "number": paper.number,
        "dated": paper.dated.isoformat() if paper.dated else None,
        "returned": paper.returned,
        "sent": paper.sent.day().isoformat() if paper.sent else None,
        "dispatches": [_dispatch_view(entry, context, paper) for entry in paper.dispatches],
        "undelivered": [_dispatch_view(entry, context, paper) for entry in paper.undelivered],
        "sha256": paper.version.sha256,
        "file": paper.version.file,
        "route": [_stop_view(stop, context) for stop in route_of(paper)],
        "next": next_command(case_id, paper),
    }


def _dispatch_view(entry: Entry, context: ViewContext, paper: Paper) -> View:
    """One dispatch of a paper, or its coming back: to whom, when, how; why it came back and when it had been sent."""
    taken = paper.receipt(entry, entry.with_)
    receiver, hour = (taken.receiver, taken.hour) if taken else ("", "")
    return {
        "entry": entry.id,
        "to": entry.with_,
        "to_name": named_reference(context.directory, entry.with_) or whom_word(entry.with_),
        "on": entry.day().isoformat(),
        "by": entry.by,
        "post": entry.post,
        "carrier": entry.carrier,
        "receiver": receiver,
        "taken": taken.day().isoformat() if taken else None,
        "hour": hour,
        "handed": handed_words(entry.post, entry.carrier, receiver, hour),
        "why": entry.why,
        "category": entry.category,
        "was": entry.was.isoformat() if entry.was else None,
    }


def _stop_view(stop: RouteStop, context: ViewContext) -> View:
    """One person on the route of a paper: how far it is with them."""
    return {
        "level": stop.level,
        "who": stop.who,
        "name": name_of(context.office, stop.who),
        "gives": stop.gives,
        "gives_label": gives_word(stop.gives, adverse=stop.adverse),
        "state": stop.state,
        "on": stop.on.isoformat() if stop.on else None,
        "lain": context.calendar.workdays_between(stop.on, context.today) if stop.on and stop.state == "here" else None,
        "by": stop.by,
        "by_name": name_of(context.office, stop.by),
        "note": stop.note,
        "adverse": stop.adverse,
    }


def missing_view(case: Case, kind: Kind) -> list[View]:
    """The needs not met to leave the present stage, each with the command that supplies it."""
    missing = missing_for(case, kind, stage_of(case), language())
    return [{"need": m.need, "label": m.label, "command": m.command} for m in missing]


def entry_view(entry: Entry) -> View:
    """Return a log entry without its empty keys."""
    return {key: value for key, value in plain(entry, iso=True).items() if value not in (None, "", [], {}, False)}
