"""Validation of an office's definitions beyond their shape: names that resolve, gates that open. Pure.

An office changes them by editing files; `srctl check` reports what would not work before a case meets it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from srctl.core.dates import BE_YEARS, be_year
from srctl.core.decoding import Fault, Where
from srctl.core.errors import CommandLine, did_you_mean
from srctl.core.i18n import _
from srctl.core.workdays import CalendarYear
from srctl.model.absences import Absences
from srctl.model.case import SECRECIES, URGENCIES
from srctl.model.clearances import SIGNER, Clearances
from srctl.model.definitions import ANY_GROUP, CLOSED, Chase, Conditions, Field, Kind, Rule, StandingRules
from srctl.model.labels import CHANNELS
from srctl.model.people import (
    DELEGATED,
    MINISTER,
    Directory,
    Office,
    Organisation,
    find_callee,
    is_email,
    staff,
    superiors,
)  # fmt: skip
from srctl.model.standard_paragraphs import StandardParagraph
from srctl.workflow.stages import known_needs

CONDITIONS = ("kind", "stage", "urgency", "secrecy", "owner", "order.by", "received.channel", "received.from", "signer")
# Fields that take a few values only: a condition on another one would never fit.
VALUES: dict[str, tuple[str, ...]] = {
    "urgency": URGENCIES, "secrecy": SECRECIES, "received.channel": ("", *CHANNELS),
}  # fmt: skip
# The values that can occur in this office (``owner``, ``signer``, ``kind``, ``fields.house`` …), by path: a condition
# on another one would never fit. A path that is not there may have any value.
Occurring = Mapping[str, Collection[str]]
NOTHING_KNOWN: Occurring = MappingProxyType({})
# The rules that ship name them; an office that has no secretary is not wrong.
_SHIPPED_SIGNERS = ("head", "secretary", MINISTER)
# What a kind may have asked for when a matter is received, besides its own fields.
ASKABLE = frozenset({
    "received.from", "received.channel", "received.ref", "received.dated", "files", "urgency", "secrecy",
    "order.by", "order.text", "order.due", "complainant", "owner", "backup",
})  # fmt: skip
# From what a rule of each sort may be counted.
_OF_CASE = ("received", "stage_start", "dated", "field")
FITTING: dict[str, tuple[str, ...]] = {
    "case": _OF_CASE, "stage": _OF_CASE, "step": _OF_CASE, "reply": ("sent",), "promise": ("promised",),
    "paper": ("submitted",), "thanks": ("replied",), "decision": ("asked",), "pause": ("paused",),
    "draft": ("drafted",), "dispatch": ("signed",), "decided": ("decided",), "followup": ("touched",),
}  # fmt: skip


def kind_faults(
    kind: Kind, groups: Collection[str], checklists: Collection[str], papers: Collection[str],
    people: Collection[str] = (), occurring: Occurring = NOTHING_KNOWN,
) -> Iterator[Fault]:  # fmt: skip
    """Yield the faults of a kind: stages, needs, fields, rules, and the names of what it uses.

    ``people`` are those a case may be escalated to when nobody answers; ``occurring`` as :data:`Occurring`.
    """
    if kind.group != ANY_GROUP:
        yield from _known(("group",), kind.group, groups)
    for i, name in enumerate(kind.checklists):
        yield from _known(("checklists", i), name, checklists)
    for i, name in enumerate(kind.papers):
        yield from _known(("papers", i), name, papers)
    for i, name in enumerate(kind.letters):
        yield from _known(("letters", i), name, papers)
    yield from _twice(("stages",), [s.name for s in kind.stages])
    needs = {*known_needs(), *(f"fields.{f.name}" for f in kind.fields)}
    for i, stage in enumerate(kind.stages):
        if stage.name == CLOSED:
            yield Fault(("stages", i, "name"), "stage", _("no stage may be called {name}").format(name=CLOSED))
        for n, need in enumerate(stage.needs):
            yield from _known(("stages", i, "needs", n), need, needs)
    yield from _field_faults(kind)
    yield from _question_faults(kind)
    yield from _event_faults(kind)
    values = {**occurring, **_field_values(kind.fields)}
    yield from _rule_faults(kind.deadlines, [s.name for s in kind.stages], {f.name for f in kind.fields}, values)
    yield from _meeting_faults(kind.deadlines, papers, kind.complainant)
    if kind.chase:
        yield from _chase_faults(kind.chase, papers, people)


def standing_faults(
    rules: StandingRules, papers: Collection[str], people: Collection[str], occurring: Occurring = NOTHING_KNOWN
) -> Iterator[Fault]:
    """Yield the faults of the rules that hold for every kind; what only one kind has they cannot name."""
    yield from _rule_faults(rules.deadlines, None, None, occurring)
    yield from _meeting_faults(rules.deadlines, papers)
    yield from _twice(("pauses",), [reason.name for reason in rules.pauses])
    yield from _twice(("undelivered",), [reason.name for reason in rules.undelivered])
    yield from _twice(("order",), [weight.urgency for weight in rules.order])
    for i, weight in enumerate(rules.order):
        yield from _known(("order", i, "urgency"), weight.urgency, URGENCIES)
    yield from _chase_faults(rules.chase, papers, people)


def occurring_values(office: Office, kinds: Mapping[str, Kind]) -> Occurring:
    """The values that can occur in the cases of the office, for the conditions of its rules."""
    found: dict[str, Collection[str]] = {
        "signer": ("", *_SHIPPED_SIGNERS, *(s.id for s in office.signers)),
        "owner": ("", *(c.id for c in office.coordinators)), "kind": tuple(kinds),
    }  # fmt: skip
    # A field that any kind leaves free, or has not at all, may have any value there.
    free = {f"fields.{f.name}" for kind in kinds.values() for f in kind.fields if not f.choices()}
    for kind in kinds.values():
        for path, values in _field_values(kind.fields).items():
            if path not in free:
                found[path] = tuple(dict.fromkeys((*found.get(path, ()), *values)))
    return found


def _field_values(fields: Sequence[Field]) -> dict[str, Collection[str]]:
    """The values of the fields that are choices, by path; each may also be left empty."""
    return {f"fields.{f.name}": ("", *f.choices()) for f in fields if f.choices()}


def _field_faults(kind: Kind) -> Iterator[Fault]:
    """Yield the faults of the fields: names and choices that stand once, choices where there are to be some."""
    yield from _twice(("fields",), [f.name for f in kind.fields])
    for i, field in enumerate(kind.fields):
        where: Where = ("fields", i)
        yield from _twice((*where, "values"), list(field.choices()))
        if field.type == "choice" and not field.values:
            message = _("{name} is a choice without values").format(name=field.name)
            yield Fault((*where, "type"), "choice", message, _("add values, each with th and en"))
        elif field.values and field.type != "choice":
            message = _("values are listed, but the type of {name} is not choice").format(name=field.name)
            yield Fault((*where, "values"), "choice", message, _("add type: choice"))


def _question_faults(kind: Kind) -> Iterator[Fault]:
    """Yield the faults of what is asked when a matter of the kind is received: parts a case has, each once."""
    own = {f"fields.{field.name}" for field in kind.fields}
    for i, part in enumerate(kind.asks or ()):
        yield from _known(("asks", i), part, {*ASKABLE, *own})
    yield from _twice(("asks",), list(kind.asks or ()))
    if kind.sender:
        yield from _known(("sender",), kind.sender, {field.name for field in kind.fields})


def _event_faults(kind: Kind) -> Iterator[Fault]:
    """Yield the faults of ``event``: every field it names is one of the kind, days are days and hours hours."""
    types = {field.name: field.type for field in kind.fields}
    for key, name in kind.event._asdict().items() if kind.event else ():
        if key == "minutes" or not name:
            continue
        yield from _known(("event", key), name, types)
        wanted = "date" if key in ("day", "until") else "time" if key in ("begin", "end") else ""
        if wanted and types.get(name, wanted) != wanted:
            message = _("{name} is a field of type {type}, not {wanted}").format(
                name=name, type=types[name], wanted=wanted)  # fmt: skip
            yield Fault(("event", key), "rule", message, _("name a field of that type"))


def _rule_faults(
    rules: Sequence[Rule], stages: Collection[str] | None, fields: Collection[str] | None, occurring: Occurring
) -> Iterator[Fault]:  # fmt: skip
    """Yield the faults of deadline rules; ``stages`` and ``fields`` are None where any kind's may be named."""
    yield from _twice(("deadlines",), [rule.name for rule in rules])
    for i, rule in enumerate(rules):
        here: Where = ("deadlines", i)
        if rule.from_ not in FITTING[rule.of]:
            message = _("a rule of {of} is not counted from {start}").format(of=rule.of, start=rule.from_)
            yield Fault((*here, "from"), "rule", message, ", ".join(FITTING[rule.of]))
        if rule.of == "stage" or rule.from_ == "stage_start":
            yield from _named((*here, "stage"), rule.stage, stages, _("say which stage"))
        if rule.from_ == "field":
            yield from _named((*here, "field"), rule.field, fields, _("say which field"))
        tables = [("when", rule.when), ("unless", rule.unless)]
        for key, conditions in tables:
            for path, values in conditions.items():
                yield from _condition_faults((*here, key, path), path, values, fields, occurring)
        for n, row in enumerate(rule.instead):
            for path, values in row.when.items():
                where = (*here, "instead", n, "when", path)
                yield from _condition_faults(where, path, values, fields, occurring)


def _meeting_faults(rules: Sequence[Rule], papers: Collection[str], complainant: bool = True) -> Iterator[Fault]:
    """Yield the faults of what meets rules: an event that settles no rule of that sort, or that no case can have."""
    for i, rule in enumerate(rules):
        here: Where = ("deadlines", i)
        if rule.met_by != "step" and rule.of not in ("case", "stage"):
            message = _("a rule of {of} is not met by {event}").format(of=rule.of, event=rule.met_by)
            yield Fault((*here, "met_by"), "rule", message, _("met_by is for rules of case and stage only"))
        if rule.met_by == "answered" and not complainant:
            message = _("nobody complains in this kind: nobody can be answered")
            yield Fault((*here, "met_by"), "rule", message, _("write complainant: true, or another met_by"))
        for n, name in enumerate(rule.papers):
            yield from _known((*here, "papers", n), name, papers)


def calendar_faults(year: CalendarYear) -> Iterator[Fault]:
    """Yield the faults of a calendar file: a year that is none, days of another year, a complete year without any."""
    if year.year not in BE_YEARS:
        message = _("there is no year {year} of the Buddhist Era here").format(year=year.year)
        span = _("a year from {first} to {last}").format(first=BE_YEARS[0], last=BE_YEARS[-1])
        yield Fault(("year",), "range", message, span)
        return
    if year.complete and not year.days:
        message = _("a year without a day off is not complete")
        yield Fault(("complete",), "empty-year", message, _("add the days, or set complete: false"))
    for key, dates in (("days", [d.date for d in year.days]), ("undecided", [d.date for d in year.undecided])):
        for n, on in enumerate(dates):
            if be_year(on) != year.year:
                message = _("{day} is not in {year}").format(day=on.isoformat(), year=year.year)
                yield Fault((key, n, "date"), "other-year", message, _("move the line to the file of its year"))


def _named(where: Where, name: str, known: Collection[str] | None, ask: str) -> Iterator[Fault]:
    """Yield a fault when the name is empty or not known (``known`` None: it may be any kind's)."""
    if not name:
        yield Fault(where, "rule", ask, ", ".join(known or ()) or f"{where[-1]}: …")
    elif known is not None:
        yield from _known(where, name, known)


def _condition_faults(
    where: Where, path: str, values: Sequence[str], fields: Collection[str] | None, occurring: Occurring
) -> Iterator[Fault]:  # fmt: skip
    """Yield a fault when a condition asks for a field or value that no case has."""
    for n, value in enumerate(values):
        known = VALUES.get(path) or occurring.get(path)
        if known:
            yield from _known((*where, n), value, known)
    if path.startswith("fields."):
        if fields is not None:
            yield from _known(where, path.removeprefix("fields."), fields)
    elif path not in CONDITIONS:
        yield from _known(where, path, CONDITIONS)


def _chase_faults(chase: Chase, papers: Collection[str], people: Collection[str]) -> Iterator[Fault]:
    for i, name in enumerate(chase.letters):
        yield from _known(("chase", "letters", i), name, papers)
    for i, name in enumerate(chase.to):
        yield from _known(("chase", "to", i), name, people)


def office_faults(office: Office) -> Iterator[Fault]:
    """Yield the faults of ``office.yaml``: people, groups and backups that resolve and stand once."""
    people = [c.id for c in office.coordinators]
    groups = [g.id for g in office.groups]
    yield from _twice(("coordinators",), people)
    yield from _twice(("groups",), groups)
    yield from _twice(("signers",), [s.id for s in office.signers])
    emails: dict[str, str] = {}
    for i, person in enumerate(office.coordinators):
        if person.group:
            yield from _known(("coordinators", i, "group"), person.group, groups)
        if person.backup:
            yield from _known(("coordinators", i, "backup"), person.backup, people)
        for n, email in enumerate(person.emails):
            if not is_email(email):
                message = _("{address} is no e-mail address").format(address=f"“{email}”")
                yield Fault(
                    ("coordinators", i, "emails", n), "bad-email", message, _("write it like malee@example.go.th")
                )
            other = emails.setdefault(email.lower(), person.id)
            if other != person.id:
                message = _("{email} is also the address of {other}").format(email=email, other=other)
                yield Fault(("coordinators", i, "emails", n), "duplicate-id", message, _("one address, one person"))
    for i, group in enumerate(office.groups):
        if group.head:
            yield from _known(("groups", i, "head"), group.head, people)


def acting_faults(office: Office) -> Iterator[Fault]:
    """Yield the faults of the orders by which somebody signs for another: unknown people, days that cannot be or met.

    Orders of delegated powers may stand side by side; of those who stand in for one who is not there one holds a day.
    One that is over is no fault: the papers of its days are read by it.
    """
    signers = dict.fromkeys((*(s.id for s in office.signers), *((MINISTER,) if office.signer(MINISTER) else ())))
    people = (*signers, *(c.id for c in office.coordinators))
    for i, row in enumerate(office.acting):
        yield from _known(("acting", i, "for"), row.for_, tuple(signers))
        yield from _known(("acting", i, "by"), row.by, people)
        if row.by == row.for_:
            yield Fault(("acting", i, "by"), "acting", _("nobody acts for themselves"), _("name another signer"))
        if row.to and row.to < row.from_:
            hint = _("write the first day and the last, both included")
            yield Fault(("acting", i, "to"), "acting", _("it ends before it begins"), hint)
        for other in office.acting[:i]:
            if other.for_ == row.for_ and DELEGATED not in (row.as_, other.as_) and row.meets(other):
                message = _("{one} and {other} both act for {signer} on the same days")
                words = message.format(one=other.by, other=row.by, signer=row.for_)
                yield Fault(("acting", i, "from"), "acting", words, _("end the one before the other begins"))


def paragraph_faults(paragraph: StandardParagraph, office: Office) -> Iterator[Fault]:
    """Yield the faults of a standard paragraph: empty, approved by nobody of the office."""
    for key, text in (("topic", paragraph.topic), ("text", paragraph.text)):
        if not text.strip():
            yield Fault((key,), "empty", _("this is empty"), _("write what papers are to say"))
    if paragraph.approved_by:
        yield from _known(("approved_by",), paragraph.approved_by, staff(office))


def absence_faults(absences: Absences, office: Office) -> Iterator[Fault]:
    """Yield the faults of ``absences.yaml``: people there are, days in order, nobody away twice at once."""
    people = [c.id for c in office.coordinators]
    rows = absences.absences
    for i, row in enumerate(rows):
        where: Where = ("absences", i)
        yield from _known((*where, "who"), row.who, people)
        if row.backup:
            yield from _known((*where, "backup"), row.backup, people)
        if row.backup == row.who:
            yield Fault((*where, "backup"), "own-backup", _("nobody stands in for themselves"), _("name somebody else"))
        if row.to < row.from_:
            message = _("the last day away is before the first")
            yield Fault((*where, "to"), "date-order", message, _("the day is the last one away"))
        met = next((other for other in rows[:i] if other.who == row.who and other.meets(row)), None)
        if met:
            message = _("{who} is away already: {days}").format(who=row.who, days=met.days())
            yield Fault(where, "overlap", message, _("take one of the two out"))


def clearance_faults(
    rules: Clearances, forms: Collection[str], papers: Collection[str], office: Office, occurring: Occurring
) -> Iterator[Fault]:  # fmt: skip
    """Yield the faults of ``clearances.yaml``: forms, wordings, people and conditions that nothing here has."""
    people = (*superiors(office), SIGNER)
    for i, rule in enumerate(rules.clearances):
        here: Where = ("clearances", i)
        for key, names, known in (("forms", rule.forms, forms), ("papers", rule.papers, papers)):
            for n, name in enumerate(names):
                yield from _known((*here, key, n), name, known)
        for n, level in enumerate(rule.levels):
            if not level.who:
                yield Fault((*here, "levels", n, "who"), "empty", _("a level is somebody's"), ", ".join(people))
            for place, name in enumerate(level.who):
                yield from _known((*here, "levels", n, "who", place), name, people)
        tables: list[tuple[Where, Conditions]] = [(("when",), rule.when), (("unless",), rule.unless)]
        tables += [(("instead", n, "when"), row.when) for n, row in enumerate(rule.instead)]
        for where, conditions in tables:
            for path, values in conditions.items():
                yield from _condition_faults((*here, *where, path), path, values, None, occurring)


def organisation_faults(organisation: Organisation, directory: Directory | None = None) -> Iterator[Fault]:
    """Yield the faults of a contact file: ids that stand once, secretaries of somebody, former entries that lead on.

    Without the ``directory`` it is not asked where an entry that was merged or moved leads.
    """
    people = [p.id for p in organisation.people]
    yield from _twice(("people",), people)
    if organisation.id and organisation.merged_into == organisation.id:
        yield Fault(("merged_into",), "merged", _("nobody is merged into themselves"), _("name another"))
    for i, person in enumerate(organisation.people):
        if organisation.id and person.merged_into == f"{organisation.id}/{person.id}":
            yield Fault(
                ("people", i, "merged_into"), "merged", _("nobody is merged into themselves"), _("name another")
            )
        if person.secretary_of:
            yield from _known(("people", i, "secretary_of"), person.secretary_of, people)
    if directory is not None:
        yield from _leading_nowhere(organisation, directory)


def _leading_nowhere(organisation: Organisation, directory: Directory) -> Iterator[Fault]:
    """Yield the entries said to be found in another's place that is not in the directory."""
    led: list[tuple[Where, str]] = [(("merged_into",), organisation.merged_into)]
    for i, person in enumerate(organisation.people):
        led += [(("people", i, "merged_into"), person.merged_into), (("people", i, "moved_to"), person.moved_to)]
    for where, reference in led:
        if reference and find_callee(directory, reference) is None:
            message = _("{name} is not in the directory").format(name=reference)
            yield Fault(where, "unknown", message, CommandLine("contacts list"))


def _known(where: Where, name: str, known: Iterable[str]) -> Iterator[Fault]:
    names = sorted(known)
    if name in names:
        return
    hint = did_you_mean(name, names, ", ".join(filter(None, names)))
    yield Fault(where, "unknown-name", _("there is no {name}").format(name=name or "…"), hint)


def _twice(where: Where, ids: list[str]) -> Iterator[Fault]:
    for i, item in enumerate(ids):
        if item in ids[:i]:
            message = _("the id {id} stands twice").format(id=item)
            yield Fault((*where, i), "duplicate-id", message, _("give one of them another"))
