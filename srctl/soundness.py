"""What must be true of an office's own definitions beyond their shape: names that resolve, gates that open. Floor 1.

An office changes kinds, people and checklists by editing files; `srctl check` tells what would not work before a
case meets it.
"""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from srctl.i18n import _
from srctl.kinds import ANY_GROUP, CLOSED, Kind
from srctl.people import Office, Organisation
from srctl.shape import Fault, Where
from srctl.workflow import known_needs

COMPUTED = ("stage", "case")  # the deadline rules this version counts


def kind_faults(
    kind: Kind, groups: Collection[str], checklists: Collection[str], papers: Collection[str]
) -> Iterator[Fault]:
    """Yield the faults of a kind: stages, needs, rules, and the names of what it uses."""
    if kind.group != ANY_GROUP:
        yield from _known(("group",), kind.group, groups)
    for i, name in enumerate(kind.checklists):
        yield from _known(("checklists", i), name, checklists)
    for i, name in enumerate(kind.papers):
        yield from _known(("papers", i), name, papers)
    yield from _twice(("stages",), [s.name for s in kind.stages])
    yield from _twice(("fields",), [f.name for f in kind.fields])
    needs = {*known_needs(), *(f"fields.{f.name}" for f in kind.fields)}
    for i, stage in enumerate(kind.stages):
        if stage.name == CLOSED:
            yield Fault(("stages", i, "name"), "stage", _("no stage may be called {name}").format(name=CLOSED))
        for n, need in enumerate(stage.needs):
            yield from _known(("stages", i, "needs", n), need, needs)
    stages = [s.name for s in kind.stages]
    for i, rule in enumerate(kind.deadlines):
        if rule.of not in COMPUTED:
            message = _("a rule of {of} is not counted by this version").format(of=rule.of)
            yield Fault(("deadlines", i, "of"), "rule", message, ", ".join(COMPUTED))
        elif rule.of == "stage":
            yield from _known(("deadlines", i, "stage"), rule.stage, stages)


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
            other = emails.setdefault(email.lower(), person.id)
            if other != person.id:
                message = _("{email} is also the address of {other}").format(email=email, other=other)
                yield Fault(("coordinators", i, "emails", n), "duplicate-id", message, _("one address, one person"))
    for i, group in enumerate(office.groups):
        if group.head:
            yield from _known(("groups", i, "head"), group.head, people)


def organisation_faults(organisation: Organisation) -> Iterator[Fault]:
    """Yield the faults of a contact file: ids that stand once, secretaries of somebody."""
    people = [p.id for p in organisation.people]
    yield from _twice(("people",), people)
    for i, person in enumerate(organisation.people):
        if person.secretary_of:
            yield from _known(("people", i, "secretary_of"), person.secretary_of, people)


def _known(where: Where, name: str, known: Iterable[str]) -> Iterator[Fault]:
    names = sorted(known)
    if name in names:
        return
    near = get_close_matches(name, names, n=1)
    hint = _("did you mean {near}?").format(near=near[0]) if near else ", ".join(names)
    yield Fault(where, "unknown-name", _("there is no {name}").format(name=name or "…"), hint)


def _twice(where: Where, ids: list[str]) -> Iterator[Fault]:
    for i, item in enumerate(ids):
        if item in ids[:i]:
            message = _("the id {id} stands twice").format(id=item)
            yield Fault((*where, i), "duplicate-id", message, _("give one of them another"))
