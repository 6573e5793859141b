"""The addressee of a paper: found in directory, case or office, with their salutation. Pure.

Official letters go from office to office: to a position, or to the head of the organisation an officer belongs to
(ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๑๑). The greeting comes from the table of salutations.
"""

from collections.abc import Sequence

from srctl.core.errors import CommandLine, NotFound, Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.model.case import Case, Complainant
from srctl.model.case_people import person_of
from srctl.model.people import OF_CASE, Callee, Directory, Office, Person, find_callee, is_former
from srctl.model.salutations import ClassUnknownError, Salutations, salutation
from srctl.workflow.paper_state import COMPLAINANT, MINISTER

GROUP = "@"
EVERYBODY = "@all"


class Addressee(NamedTuple):
    """An addressee as a paper speaks of them; ``name`` is what stands after คำขึ้นต้น.

    ``inside``: they belong to the office's own ministry (internal form).
    """

    reference: str
    name: str
    person: str = ""
    position: str = ""
    organisation: str = ""
    short: str = ""
    opening: str = ""
    closing: str = ""
    me: str = ""
    you: str = ""
    inside: bool = False


def addressee(reference: str, case: Case, office: Office, directory: Directory, table: Salutations) -> Addressee:
    """Return the addressee that ``reference`` names: ``complainant``, ``minister``, ``org`` or ``org/person``.

    Raises:
        NotFound: nobody is so called. Refused: they cannot be addressed (royal, no name given, head unknown).
    """
    if reference == MINISTER:
        title = office.minister.title
        greeted = Addressee(reference, title, office.minister.name, title, office.names.ministry, inside=True)
        return _greeted(greeted, table, "")
    if reference == COMPLAINANT:
        person = _complainant(case)
        named = CommandLine('set {} complainant.name="…"', case.id)
        return _greeted(Addressee(reference, person.name, person.name), table, "", named)
    callee = find_callee(directory, reference)
    if stranger := person_of(case, reference):
        message = _("{name} stands in no directory, from which letters take title and salutation")
        keep = CommandLine("contacts keep {} {}", case.id, reference.removeprefix(OF_CASE))
        raise Refused(message.format(name=stranger.name), keep)
    if callee is None:
        message = _("{name} is not in the directory").format(name=reference or "…")
        add = CommandLine("contacts add {}", reference or "ORG")
        raise NotFound(message, f"{CommandLine('contacts list')}   ({add})")
    return _of_directory(reference, callee, table)


def _complainant(case: Case) -> Complainant:
    person = case.complainant
    if person is None or not person.name:
        message = _("{id}: the complainant has no name to write to").format(id=case.id)
        raise Refused(message, CommandLine('set {} complainant.name="…"', case.id))
    return person


def _of_directory(reference: str, callee: Callee, table: Salutations) -> Addressee:
    organisation, person = callee
    if person and _in_person(person, table):
        name, stated = person.addressed or person.position or person.name, person.class_
    elif organisation.head:
        name, stated = organisation.head, organisation.class_
    else:
        message = _("it is not known to whom letters to {name} are addressed")
        place = CommandLine('contacts edit {} head="…"', organisation.id)
        if person:
            place = CommandLine('contacts edit {} addressed="{}"', reference, person.name)
        raise Refused(message.format(name=person.name if person else organisation.name), place)
    found = Addressee(
        reference, name, person.name if person else "", person.position if person else organisation.head,
        organisation.name, organisation.short or organisation.name, inside=organisation.inside,
    )  # fmt: skip
    return _greeted(found, table, stated, CommandLine("contacts edit {} class=…", greeted_entry(callee, table)))


def _in_person(person: Person, table: Salutations) -> bool:
    """Whether letters go to the person, by name or office, and not to the head of the organisation."""
    return bool(person.addressed or person.class_ or person.position.startswith(table.offices))


def greeted_entry(callee: Callee, table: Salutations) -> str:
    """The id of the entry of the directory whose ``class`` says how a letter to ``callee`` greets."""
    organisation, person = callee
    return f"{organisation.id}/{person.id}" if person and _in_person(person, table) else organisation.id


def _greeted(found: Addressee, table: Salutations, stated: str, keep: CommandLine | None = None) -> Addressee:
    """The addressee with their salutation; of a class nobody knows, refused with the command ``keep``."""
    # A person of rank is greeted by it, whatever office they hold: so the name is judged first.
    themselves = found.person if found.name in (found.person, found.position) else ""
    try:
        row = salutation(table, stated, themselves, found.name)
    except ClassUnknownError as fault:
        raise ClassUnknownError(fault.message, f"{keep}\n{fault.hint}" if keep else fault.hint) from None
    return found._replace(opening=row.opening, closing=row.closing, me=row.me, you=row.you)


def sender_reference(case: Case, directory: Directory) -> str:
    """The reference of whom the matter came from, by id or by the name of the organisation; "" when it has none."""
    sender = case.received.from_
    if not sender or find_callee(directory, sender):
        return sender
    wanted = fold(sender)
    return next((key for key, each in directory.items() if wanted in (fold(each.name), fold(each.short))), "")


def expanded(references: Sequence[str], directory: Directory) -> tuple[str, ...]:
    """Return the references with each group put in place of ``@name``: the organisations of that network.

    ``@all`` are all organisations; a network is named in full or by part of its name; each stands once.

    Raises:
        NotFound: no organisation is of that network.
    """
    found: list[str] = []
    for reference in references:
        found += _group(reference, directory) if reference.startswith(GROUP) else [reference]
    return tuple(dict.fromkeys(found))


def _group(reference: str, directory: Directory) -> list[str]:
    if reference == EVERYBODY:
        return list(directory)
    wanted = fold(reference.removeprefix(GROUP))
    members = [
        key
        for key, organisation in directory.items()
        if wanted and wanted in fold(organisation.network) and not is_former(organisation)
    ]
    if not members:
        networks = sorted({o.network for o in directory.values() if o.network})
        message = _("no organisation is of the network {name}").format(name=reference.removeprefix(GROUP) or "…")
        raise NotFound(message, ", ".join([EVERYBODY, *(f"{GROUP}{n}" for n in networks)]))
    return members
