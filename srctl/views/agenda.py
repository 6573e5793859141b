"""The agenda of a person: what is late, due and coming, whom to call, which papers wait. Pure.

`srctl today` shows it to one person, `srctl digest` lists those of many: both come from :func:`parts_of`. Whatever is
open is with somebody: with its owner, whoever stands in for an owner away, the superior asked to decide; what is
nobody's stands with the head of its group, and what not even a head carries in a part of its own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Literal, get_args

from srctl.core.dates import show_date
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.deadlines.obligations import Obligation, section, worst_first
from srctl.model.absences import has_left, is_active
from srctl.model.case_id import id_order
from srctl.model.labels import secrecy_word, state_word
from srctl.model.people import Coordinator, Office, groups_under, name_of
from srctl.views.list_views import View, ViewContext, counted_by, due_row, people_of, stood_for

if TYPE_CHECKING:
    from srctl.model.absences import Absence
    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.views.workload import Workload

SOON = 3  # working days ahead that still belong to the agenda of today
Name = Literal[
    "late",
    "today",
    "soon",
    "reminders",
    "calls",
    "signature",
    "sign",
    "pass",
    "clearances",
    "papers",
    "decisions",
    "asked",
    "thanks",
    "pauses",
    "watched",
]
NAMES: tuple[Name, ...] = get_args(Name)
TIMES: tuple[Name, ...] = NAMES[:3]
# Of these the text is what somebody typed; of the others it is the name of a rule.
TYPED = ("step", "ours", "theirs", "thanks", "decision", "decided", "reminder")


class Whose(NamedTuple):
    """Whose agenda is asked for: of these people, of what a group carries, or (neither) of everybody.

    ``absent`` are those in whose place one person passes papers today.
    """

    people: frozenset[str] = frozenset()
    group: str = ""
    absent: frozenset[str] = frozenset()

    def everybody(self) -> bool:
        """Whether nothing is left out."""
        return not (self.people or self.group)


EVERYBODY = Whose()


class Waiting(NamedTuple):
    """A paper that waits for the office itself: how far it came, since when, why it came back, what to type."""

    paper: str
    state: str
    since: str
    why: str
    next: str


class Share(NamedTuple):
    """What is to be done about one case, and the ``people`` who carry it; ``by_phone`` are steps to be phoned.

    ``asked`` are those who ever had to decide or to sign something in it, ``reminders`` what people remind themselves
    of today (``whom``), ``watchers`` who keeps it in view: both are shown in that person's day alone.
    """

    case: str
    subject: str
    owner: str
    urgency: str
    group: str
    people: frozenset[str]
    standing_in: str
    asked: frozenset[str]
    items: tuple[Obligation, ...]
    papers: tuple[Waiting, ...]
    by_phone: frozenset[str]
    reminders: tuple[Obligation, ...] = ()
    watchers: frozenset[str] = frozenset()


class AgendaSection(NamedTuple):
    """One heading with its rows, worst first: rows of ``due``, or (``papers``) of :func:`paper_row`."""

    name: Name
    rows: tuple[View, ...]


class AgendaPart(NamedTuple):
    """The agenda of one person (``who``, ``name``), of a group or of the whole office (``who`` is "").

    ``coming`` is what falls due next after all the rows, ``away`` the last day (ISO) of the absence of somebody away
    today, ``left`` that they have left the office. ``below`` is the work of others a superior answers for: that of
    their group for its head, that of every group for a signer and the Minister; ``load`` is what each
    person there carries, ``group`` the id of a part below.
    """

    who: str
    name: str
    sections: tuple[AgendaSection, ...]
    coming: View | None = None
    away: str = ""
    left: bool = False
    below: tuple["AgendaPart", ...] = ()
    load: tuple["Workload", ...] = ()
    group: str = ""

    def rows(self) -> Iterator[View]:
        """Yield the rows of all sections."""
        for part in self.sections:
            yield from part.rows

    def count(self, name: Name) -> int:
        """The number of rows under that heading."""
        return sum(len(part.rows) for part in self.sections if part.name == name)


# -- what concerns whom ---------------------------------------------------------------------------------


def carriers(owner: str, standing_in: str, group: str, context: ViewContext) -> frozenset[str]:
    """The people who carry a case of ``group``: its owner and who stands in, else the head of the group.

    What somebody who has left still owns is with who stands in and with the head, until it is handed over. A case of
    no group is every head's until one of them takes it.
    """
    office = context.office
    known = {who for who in (owner, standing_in) if office.coordinator(who)}
    if is_active(office, owner):
        return frozenset(known)
    heads = {g.head for g in office.groups if group in ("", g.id)}
    return frozenset(known | {head for head in heads if is_active(office, head)})


def redacted_share(case: "Case", kind: "Kind | None", share: Share) -> Share:
    """The share as it may leave the office, redacted by what the file of the case holds.

    Subjects and typed texts are withheld where the case is secret, and name no complainant anywhere.
    """
    subject, redact = _redacted(case, kind)
    items = (
        item._replace(subject=subject, text=redact(item.text) if item.what in TYPED else item.text)
        for item in share.items
    )
    papers = tuple(paper._replace(why=redact(paper.why)) for paper in share.papers)
    reminders = tuple(item._replace(subject=subject, text=redact(item.text)) for item in share.reminders)
    return share._replace(subject=subject, items=tuple(items), papers=papers, reminders=reminders)


def waiting_papers(case: "Case") -> Iterator[Waiting]:
    """Yield the papers of a case that wait for the office itself: to be submitted, mended, numbered, sent."""
    from srctl.workflow.loose_ends import papers_in_hand
    from srctl.workflow.paper_state import next_command

    for paper in papers_in_hand(case):
        last = paper.last
        yield Waiting(paper.id, paper.standing, last.day().isoformat(), last.why, next_command(case.id, paper))


def phoned_steps(case: "Case") -> frozenset[str]:
    """Return the ids of the planned steps that are done by telephone."""
    return frozenset(step.id for step in case.plan.steps if step.by == "phone")


def concerns(share: Share, whose: Whose) -> bool:
    """Whether ``whose`` carries the case, or may have to decide or sign something in it."""
    kept = share.watchers.union(item.whom for item in share.reminders)
    asked = not whose.absent.isdisjoint(share.asked)
    return _carries(share, whose) or asked or not whose.people.isdisjoint(share.asked | kept)


def with_absent(whose: Whose, context: ViewContext) -> Whose:
    """One person's day, with those away in whose place they pass papers."""
    if len(whose.people) != 1 or whose.group:
        return whose
    (person,) = whose.people
    return whose._replace(absent=frozenset(stood_for(person, context)))


def _carried(people: Collection[str], group: str, whose: Whose) -> bool:
    return whose.everybody() or group == (whose.group or None) or not whose.people.isdisjoint(people)


def redacted_row(row: View, case: "Case", kind: "Kind | None") -> View:
    """A row of ``due`` of the case (as its file has it) as it may leave the office."""
    subject, redact = _redacted(case, kind)
    return {**row, "subject": subject, "text": redact(row["text"]) if row["what"] in TYPED else row["text"]}


def _redacted(case: "Case", kind: "Kind | None") -> tuple[str, Callable[[str], str]]:
    """The subject as it may leave the office, and the function that redacts a typed text of the case."""
    from srctl.model.redaction import redactor

    if mark := secrecy_word(case.secrecy):
        return f"{case.id} ({mark})", lambda _text: ""
    redact = redactor(case, kind, _("the complainant"), "…")
    return redact(case.subject), redact


# -- the agenda ---------------------------------------------------------------------------------------


def part_of(shares: Iterable[Share], context: ViewContext, whose: Whose, who: str = "", name: str = "") -> AgendaPart:
    """The agenda of ``whose``, a heading only where something stands under it, the worst first under each.

    An obligation stands once under late, today or soon, and again under what is to be done about it.
    """
    whose = with_absent(whose, context)
    mine = {share.case: share for share in shares if concerns(share, whose)}
    soon = context.calendar.add_workdays(context.today, SOON)
    items = [item for share in mine.values() for item in share.items if _falls_to(item, share, whose)]
    found: dict[Name, list[View]] = {heading: [] for heading in NAMES}
    coming = None
    people: dict[tuple[str, ...], View] = {}
    for item in worst_first(items, context.today, context.weights):
        share = mine[item.case]
        places = tuple(_places(item, share, whose, context.today, soon))
        if places or (coming is None and not item.held):
            known = (item.owner, share.standing_in, item.with_, item.whom)
            if known not in people:
                people[known] = people_of(context, *known)
            row = due_row(item, context, share.standing_in, people[known])
            coming = coming if places else row
        for place in places:
            found[place].append(row)
    for place, item in _kept_in_view(mine.values(), context, who):
        found[place].append(due_row(item, context, mine[item.case].standing_in))
    found["papers"] = [paper_row(p, s, context) for s in mine.values() for p in s.papers if _carries(s, whose)]
    found["papers"].sort(key=lambda row: (row["since"], id_order(row["case"])))
    sections = tuple(AgendaSection(heading, tuple(rows)) for heading, rows in found.items() if rows)
    absence = context.away.get(who)
    until = absence.to.isoformat() if absence else ""
    return AgendaPart(who, name, sections, coming, until, has_left(context.office, who))


def seen_by(office: Office, who: str) -> Whose:
    """Whose work has to be read for the day of one person: a superior's shows that of others too."""
    groups = groups_under(office, who)
    if len(groups) > 1:
        return EVERYBODY
    members = frozenset({who, *(c.id for group in groups for c in office.coordinators if c.group == group.id)})
    return Whose(members, groups[0].id if groups else "")


def day_of(shares: Iterable[Share], context: ViewContext, who: str, absences: Sequence["Absence"] = ()) -> AgendaPart:
    """The agenda of one person, of the shares :func:`seen_by` says, with the work of others they answer for below.

    ``absences`` are those on file, for the load of the people they answer for.
    """
    found, office = tuple(shares), context.office
    person = office.coordinator(who)
    name = _name(person, context) if person else name_of(office, who)
    part = part_of(found, context, Whose(frozenset({who})), who, name)
    others = [share for share in found if who not in share.people]
    below = []
    for group in groups_under(office, who):
        whose = Whose(frozenset(c.id for c in office.coordinators if c.group == group.id), group.id)
        part_below = part_of(others, context, whose, "", group.label.in_(language()))
        below.append(part_below._replace(group=group.id))
    return part._replace(below=tuple(below), load=_load(found, context, who, absences))


def _load(
    shares: Sequence[Share], context: ViewContext, who: str, absences: Sequence["Absence"]
) -> tuple["Workload", ...]:  # fmt: skip
    groups = [group.id for group in groups_under(context.office, who)]
    if not groups:
        return ()
    from srctl.views.workload import workloads

    people = [c for c in context.office.coordinators if c.active and c.group in groups]
    return workloads(people, [(share.people, share.items) for share in shares], absences, context.today)


def _kept_in_view(shares: Iterable[Share], context: ViewContext, who: str) -> Iterator[tuple[Name, Obligation]]:
    """Yield what ``who`` reminds themself of today, and the worst of each matter of others they watch."""
    watched = []
    for share in shares:
        yield from (("reminders", item) for item in share.reminders if who and item.whom == who)
        if who in share.watchers and not _carries(share, Whose(frozenset({who}))):
            watched += worst_first(share.items, context.today, context.weights)[:1]
    yield from (("watched", item) for item in worst_first(watched, context.today, context.weights))


def _carries(share: Share, whose: Whose) -> bool:
    return _carried(share.people, share.group, whose)


def _falls_to(item: Obligation, share: Share, whose: Whose) -> bool:
    in_place = item.what == "clearance" and item.whom in whose.absent
    return _carries(share, whose) or item.whom in whose.people or in_place


def _places(item: Obligation, share: Share, whose: Whose, today: date, soon: date) -> Iterator[Name]:
    """Yield the headings an obligation stands under.

    What a pause holds is due on no day, it moves on with the pause: only what can be done about it is listed.
    """
    when = section(item.first, today)
    if item.first <= soon and not item.held:
        yield "soon" if when == "coming" else when
    if item.due <= today and (item.what == "theirs" or item.ref in share.by_phone):
        yield "calls"
    match item.what:
        case "paper":
            yield "sign" if whose.people == {item.whom} else "signature"
        case "clearance":
            yield "pass" if item.whom in whose.absent or whose.people == {item.whom} else "clearances"
        case "decision":
            yield "asked" if whose.people == {item.whom} else "decisions"
        case "thanks":
            yield "thanks"
        case "pause" if item.due <= soon:
            yield "pauses"


def paper_row(paper: Waiting, share: Share, context: ViewContext) -> View:
    """One line of a paper that waits for the office itself, with the command for its next step."""
    return {
        "case": share.case,
        "paper": paper.paper,
        "state": paper.state,
        "state_label": state_word(paper.state),
        "since": paper.since,
        "why": paper.why,
        "next": paper.next,
        "owner": share.owner,
        "owner_name": name_of(context.office, share.owner),
        "owner_left": has_left(context.office, share.owner),
        "acting": share.standing_in,
        "acting_name": name_of(context.office, share.standing_in),
        "subject": share.subject,
        "urgency": share.urgency,
    }


def parts_of(shares: Sequence[Share], context: ViewContext, whose: Whose) -> tuple[AgendaPart, ...]:
    """A part for each coordinator meant by ``whose``, the worst off first, then what is with none of them.

    What somebody away carries stands with who stands in for them, and once; that they are away stands with their name.
    """
    office = context.office
    order = {group.id: place for place, group in enumerate(office.groups)}
    people = sorted((c for c in office.coordinators if c.active), key=lambda c: order.get(c.group, len(order)))
    if not whose.everybody():
        people = [c for c in people if c.id in whose.people]
    known = frozenset(c.id for c in people)
    shares = [_with_stand_in(share, known) for share in shares]
    parts = [part_of(shares, context, Whose(frozenset({c.id})), c.id, _name(c, context)) for c in people]
    parts.sort(key=partial(_standing, weights=context.weights))  # those alike stay group by group
    rest = [share for share in shares if share.people.isdisjoint(known) and _carries(share, whose)]
    others = part_of(rest, context, EVERYBODY, "", _("with nobody above"))
    return (*parts, *((others,) if others.sections else ()))


def _with_stand_in(share: Share, people: Collection[str]) -> Share:
    """The share without its absent owner, where who stands in is one of those ``people`` the day is made for."""
    if share.standing_in in ("", share.owner) or share.standing_in not in people:
        return share
    return share._replace(people=share.people - {share.owner})


def _name(person: Coordinator, context: ViewContext) -> str:
    """The name of a coordinator, and until when they are away."""
    absence = context.away.get(person.id)
    if absence is None:
        return person.name
    return f"{person.name} ({_('away until {day}').format(day=show_date(absence.to, language()))})"


def _standing(part: AgendaPart, weights: Mapping[str, int]) -> tuple[float, int]:
    """The key that sorts the worst off first: by the weight of what is worst of theirs, then by how much is late."""
    late = next((found.rows for found in part.sections if found.name == "late"), ())
    worst = max((counted_by(row)[1] + weights.get(row["urgency"], 0) for row in late), default=float("-inf"))
    return -worst, -len(late)
