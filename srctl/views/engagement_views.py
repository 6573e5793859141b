"""Lines of the calendar of events as plain data, made from the index or from a case. Pure."""

from collections.abc import Callable, Sequence
from datetime import date

from srctl.core.i18n import language
from srctl.core.records import NamedTuple
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.engagement import Engagement, clash, event_of, postponed_open
from srctl.model.labels import stage_word
from srctl.model.people import Office
from srctl.model.redaction import private_fields
from srctl.views.list_views import View
from srctl.workflow.engagements import EventState, event_state_word
from srctl.workflow.stages import stage_of


class EventAttributes(NamedTuple):
    """What the calendar shows of an event beside its days; ``was`` is the day it was put off from, in ISO."""

    state: str
    kind: str
    stage: str
    subject: str
    owner: str
    urgency: str
    begin: str = ""
    end: str = ""
    place: str = ""
    host: str = ""
    dress: str = ""
    parking: str = ""
    attends: str = ""
    minutes: int = 0
    was: str = ""
    why: str = ""


class EventLine(NamedTuple):
    """One event of the calendar: its case, its days (None: put off without one) and what is shown of it."""

    case: str
    event: Engagement | None
    about: EventAttributes


def event_attributes(case: Case, kind: Kind, state: EventState, redact: Callable[[str], str]) -> EventAttributes:
    """What the calendar shows of the event of a case, its texts redacted; private fields of the kind are left out."""
    private = private_fields(kind, case.fields)
    open_fields = {name: value for name, value in case.fields.items() if name not in private}
    event = event_of(case._replace(fields=open_fields), kind)
    put_off = postponed_open(case)
    about = EventAttributes(state, case.kind, stage_of(case), case.subject, case.owner, case.urgency)
    if put_off and put_off.was:
        about = about._replace(was=put_off.was.isoformat(), why=redact(put_off.why))
    if event is None:
        return about
    return about._replace(
        begin=event.begin, end=event.end, place=redact(event.place), host=redact(event.host), dress=redact(event.dress),
        parking=redact(event.parking), attends=redact(event.attends), minutes=event.minutes,
    )  # fmt: skip


def event_line(case: str, day: str, until: str, about: EventAttributes) -> EventLine:
    """The line of an event as the index keeps it; ``day`` is "" for one put off without a day."""
    if not day:
        return EventLine(case, None, about)
    event = Engagement(
        date.fromisoformat(day), date.fromisoformat(until), about.begin, about.end, about.place, about.host,
        about.dress, about.parking, about.attends, about.minutes,
    )  # fmt: skip
    return EventLine(case, event, about)


def by_time(line: EventLine) -> tuple[date, str, str]:
    """The order of the calendar: by day and hour; what has no day comes last."""
    return (line.event.day, line.event.begin, line.case) if line.event else (date.max, "", line.case)


def minister_words(office: Office) -> tuple[str, ...]:
    """The words by which who goes to an event is the Minister."""
    return (office.minister.title, office.minister.short, office.minister.name)


def clashing(line: EventLine, lines: Sequence[EventLine], office: Office) -> list[EventLine]:
    """Those of ``lines`` that clash with the event of another case."""
    event, words = line.event, minister_words(office)
    if event is None:
        return []
    return [other for other in lines if other.case != line.case and other.event and clash(event, other.event, words)]


def event_row(line: EventLine, lines: Sequence[EventLine], office: Office, kind: Kind | None) -> View:
    """One event of the calendar as plain data; ``clashes`` are the cases of ``lines`` it clashes with."""
    event, about = line.event, line.about
    return {
        "case": line.case,
        "subject": about.subject,
        "kind": about.kind,
        "kind_label": kind.label.in_(language()) if kind else about.kind,
        "stage": about.stage,
        "stage_label": stage_word(kind, about.stage),
        "day": event.day.isoformat() if event else None,
        "until": event.until.isoformat() if event else None,
        "begin": about.begin,
        "end": about.end,
        "place": about.place,
        "host": about.host,
        "dress": about.dress,
        "parking": about.parking,
        "attends": about.attends,
        "state": about.state,
        "state_label": event_state_word(about.state),
        "owner": about.owner,
        "urgency": about.urgency,
        "clashes": [other.case for other in clashing(line, lines, office)],
        "postponed_from": about.was or None,
        "why": about.why,
    }


def hours_words(begin: str, end: str) -> str:
    """The hours of an event: ``09.00–12.00 น.`` in Thai, ``09:00–12:00`` otherwise; "" while none is known."""
    hours = f"{begin}–{end}" if begin and end else begin
    return f"{hours.replace(':', '.')} น." if hours and language() == "th" else hours
