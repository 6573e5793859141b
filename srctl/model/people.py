"""The office and the directory (ทำเนียบ): who works here, who is called elsewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from srctl.core.decoding import Text
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from srctl.core.name_matching import Known

# Addressees that stand in no directory.
COMPLAINANT = "complainant"
MINISTER = "minister"


# dot-atom "@" dot-atom (RFC 5322 §3.4.1): what mail programs and git both take; no comment, nothing quoted, ASCII.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_EMAIL = rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"


def is_email(text: str) -> bool:
    """Whether ``text`` is one e-mail address, alone: ``malee@example.go.th``."""
    return len(text) <= 254 and re.fullmatch(_EMAIL, text) is not None


class OfficeNames(NamedTuple):
    """The names of the office and its ministry as papers print them."""

    th: str
    en: str
    short: str
    ministry: str
    ministry_en: str = ""
    ministry_short: str = ""


class Minister(NamedTuple):
    """The Minister the office serves: how papers address (``title``) and how notes abbreviate (``short``)."""

    title: str
    short: str
    name: str = ""


class Group(NamedTuple):
    """A group of the office; ``head`` is a coordinator's id."""

    id: str
    label: Text
    head: str = ""
    phone: str = ""


class Coordinator(NamedTuple):
    """A coordinator. ``emails`` are the git identities that are this person; ``backup`` stands in (ตัวรอง).

    Somebody who has left stays in the file with ``active: false``: what they did keeps its name.
    """

    id: str
    name: str
    group: str = ""
    position: str = ""
    phone: str = ""
    emails: tuple[str, ...] = ()
    backup: str = ""
    short: str = ""
    active: bool = True


class Speaks(NamedTuple):
    """In whose name a signer's papers speak: ``th`` in sentences, ``full`` in the head; the prefix of their numbers."""

    th: str = ""
    full: str = ""
    letter_prefix: str = ""


class Signer(NamedTuple):
    """Somebody who signs papers; ``positions`` are printed one a line under the name.

    ``speaks`` is in whose name, where that does not follow from the position (:mod:`srctl.model.voices`).
    """

    id: str
    name: str
    positions: tuple[str, ...]
    speaks: Speaks = Speaks()


DELEGATED = "ปฏิบัติราชการแทน"  # by a superior who is there: theirs to sign unless another is asked for


class Acting(NamedTuple):
    """An order by which ``by`` (a signer or coordinator) signs for the signer ``for``, both days included.

    ``as`` are the words of it as papers print them, ``order`` its number; without ``to`` it holds until taken out.
    """

    as_: Literal["รักษาราชการแทน", "ปฏิบัติราชการแทน", "ทำการแทน", "รักษาการในตำแหน่ง"]
    for_: str
    by: str
    from_: date
    to: date | None = None
    order: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return self.from_ <= day and (self.to is None or day <= self.to)

    def meets(self, other: "Acting") -> bool:
        """Whether the two have a day in common."""
        return (other.to is None or self.from_ <= other.to) and (self.to is None or other.from_ <= self.to)


class Fonts(NamedTuple):
    """Font of papers; never shipped, the office's machines have it."""

    thai: str = "TH SarabunPSK"


class Office(NamedTuple):
    """``office.yaml``, whole. ``book`` is the register book letter of this clone (empty for a single office).

    ``backup_within`` is the number of working days after which `srctl doctor` finds the last backup old.
    ``largest_file`` is the size, in MB, up to which a file that came in is kept in the office; a larger one stays where
    it lies and is recorded with its place. ``scans`` is the folder the scanner writes to, from the office folder.
    ``acting`` are the orders by which somebody signs for another.
    ``sign_on_send``: papers are signed outside srctl, and `send --signed` records it with their dispatch.
    """

    format: int
    names: OfficeNames
    letter_prefix: str
    minister: Minister
    groups: tuple[Group, ...]
    coordinators: tuple[Coordinator, ...]
    signers: tuple[Signer, ...]
    address: str = ""
    phones: tuple[str, ...] = ()
    fax: str = ""
    email: str = ""
    language: Literal["th", "en"] = "th"
    fonts: Fonts = Fonts()
    emblem: str = ""
    book: str = ""
    nonworking_receipt: Literal["next_day_is_0", "next_day_is_1"] = "next_day_is_1"
    backup_within: int = 5
    largest_file: int = 25
    scans: str = ""
    sign_on_send: bool = False
    acting: tuple[Acting, ...] = ()

    @property
    def receipt_day_1(self) -> bool:
        """Whether a receipt on a day off makes the next working day day 1 of what is counted from it."""
        return self.nonworking_receipt == "next_day_is_1"

    def coordinator(self, coordinator_id: str) -> Coordinator | None:
        """Return the coordinator of that id, or None."""
        return next((c for c in self.coordinators if c.id == coordinator_id), None)

    def signer(self, signer_id: str) -> Signer | None:
        """The signer of that id, or None; the Minister signs by name and title where no row of theirs says more."""
        found = next((s for s in self.signers if s.id == signer_id), None)
        if found is None and signer_id == MINISTER and self.minister.name:
            return Signer(MINISTER, self.minister.name, (self.minister.title,))
        return found

    def group(self, group_id: str) -> Group | None:
        """Return the group of that id, or None."""
        return next((g for g in self.groups if g.id == group_id), None)


GROUP_HEAD = "group"


def superiors(office: Office) -> tuple[str, ...]:
    """The ids of those a case may be escalated to: ``group`` (its head), signers, the Minister, coordinators."""
    people = (*(s.id for s in office.signers), MINISTER, *(c.id for c in office.coordinators if c.active))
    return tuple(dict.fromkeys((GROUP_HEAD, *people)))


def staff(office: Office) -> tuple[str, ...]:
    """The ids of all whose day can be asked for: coordinators, those who left as well, signers and the Minister."""
    people = (*(c.id for c in office.coordinators), *(s.id for s in office.signers), MINISTER)
    return tuple(dict.fromkeys(people))


def known_staff(office: Office) -> "list[Known]":
    """Everybody of :func:`staff` by what they are called: name, short name, position."""
    from srctl.core.name_matching import Known

    minister = office.minister
    coordinators = [Known(c.id, (c.name, *filter(None, (c.short,)))) for c in office.coordinators]
    signers = [Known(s.id, (s.name, *s.positions)) for s in office.signers if not office.coordinator(s.id)]
    return [*coordinators, *signers, Known(MINISTER, (minister.short, minister.title, *filter(None, (minister.name,))))]


def groups_under(office: Office, person: str) -> tuple[Group, ...]:
    """The groups whose work the person answers for: their own for its head, all for a signer and the Minister."""
    if person == MINISTER or office.signer(person):
        return office.groups
    return tuple(group for group in office.groups if group.head == person)


def name_of(office: Office, person: str) -> str:
    """Return the name behind the id of a coordinator, a signer, or the Minister (the id when it is nobody's)."""
    if person == MINISTER:
        return office.minister.name or office.minister.title
    found = office.coordinator(person) or office.signer(person)
    return found.name if found else person


_CALLED = ("นางสาว", "นาง", "นาย")


def short_name(office: Office, person: str) -> str:
    """What colleagues call a coordinator: the given name, where it says who is meant, else as :func:`name_of`."""
    name = name_of(office, person)
    given = _given(name)
    return given if given and [_given(c.name) for c in office.coordinators].count(given) == 1 else name


def _given(name: str) -> str:
    """The given name of a name of two words without another title than those of everybody; "" of any other."""
    first, _space, surname = name.partition(" ")
    title = next((title for title in _CALLED if first.startswith(title)), "")
    return "" if "." in first or " " in surname or not surname else first.removeprefix(title)


class Post(NamedTuple):
    """A post somebody held before: at which organisation (its id), as what, from when until when."""

    organisation: str
    position: str = ""
    from_: date | None = None
    to: date | None = None


class Person(NamedTuple):
    """Somebody at an organisation; ``secretary_of`` names the person whose door they keep (seed 003).

    ``class`` is their row in ``templates/salutations.yaml``; empty, it follows from the position. ``addressed`` is
    how letters to them are addressed when that is neither their office nor the head of their organisation.

    Whoever is ``retired`` is offered no more, and stands in old logs by name. ``merged_into`` (``obec/somsak``) and
    ``moved_to`` say where they are found now; ``posts`` are those held before, ``since`` the day of the present one.
    """

    id: str
    name: str
    position: str = ""
    level: str = ""
    phone: str = ""
    mobile: str = ""
    fax: str = ""
    email: str = ""
    line: str = ""
    secretary_of: str = ""
    note: str = ""
    class_: str = ""
    addressed: str = ""
    retired: bool = False
    merged_into: str = ""
    moved_to: str = ""
    since: date | None = None
    posts: tuple[Post, ...] = ()


class Organisation(NamedTuple):
    """One file of ``contacts/``: an organisation, its mandate and its people. ``id`` is the file name.

    ``head`` is the title letters to it are addressed to (เลขาธิการ…), ``class`` the head's row in
    ``templates/salutations.yaml``. ``inside`` is true for a part of the office's own ministry: it is written to
    on the internal form (หนังสือภายใน, ระเบียบงานสารบรรณ ข้อ ๑๒). One that is ``retired`` or ``merged_into``
    another is offered no more.
    """

    format: int
    name: str
    mandate: str = ""
    short: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    network: str = ""
    people: tuple[Person, ...] = ()
    id: str = ""
    head: str = ""
    class_: str = ""
    inside: bool = False
    retired: bool = False
    merged_into: str = ""

    def person(self, person_id: str) -> Person | None:
        """Return the person of that id, or None."""
        return next((p for p in self.people if p.id == person_id), None)


class Callee(NamedTuple):
    """Whom to call: a person at an organisation, or the organisation itself."""

    organisation: Organisation
    person: Person | None

    @property
    def former(self) -> bool:
        """Whether the entry is offered no more: retired, or somebody who moved to another post."""
        return is_former(self.person) if self.person else is_former(self.organisation)

    def name(self) -> str:
        """Return the person with the organisation's short name, or the organisation."""
        short = self.organisation.short or self.organisation.name
        return f"{self.person.name} ({short})" if self.person else self.organisation.name

    def phone(self) -> str:
        """Return the number to try first: the person's desk phone, their mobile, the organisation."""
        if self.person:
            return self.person.phone or self.person.mobile or self.organisation.phone
        return self.organisation.phone


Directory = Mapping[str, Organisation]


# A reference to somebody of the case itself (``~p1``), and what parts it from the name and number spelled behind it.
OF_CASE, SPELLED = "~", "\t"


def is_former(entry: Person | Organisation) -> bool:
    """Whether an entry of the directory is offered no more: it stands there for the logs that name it."""
    moved = isinstance(entry, Person) and entry.moved_to
    return bool(entry.retired or entry.merged_into or moved)


def offered_callees(organisations: Iterable[Organisation]) -> Iterator[Callee]:
    """Yield the organisations that may be turned to, each followed by its people."""
    for organisation in organisations:
        if not is_former(organisation):
            yield Callee(organisation, None)
            yield from (Callee(organisation, person) for person in organisation.people if not is_former(person))


_MERGED_HOPS = 5  # of entries merged one into another; a ring of them ends


def find_callee(directory: Directory, reference: str) -> Callee | None:
    """Whom to call for the reference ``organisation/person`` (or ``organisation``); None when it names nobody.

    An entry merged into another is that other one. Somebody who stands in no directory is named by a reference that is
    spelled out (:func:`srctl.model.case_people.spelled`).
    """
    found = _callee(directory, reference)
    for _hop in range(_MERGED_HOPS):
        merged = (found.person or found.organisation).merged_into if found else ""
        if not merged:
            break
        found = _callee(directory, merged)
    return found


def _callee(directory: Directory, reference: str) -> Callee | None:
    if reference.startswith(OF_CASE):
        bare, spelled, said = reference.partition(SPELLED)
        name, _gap, phone = said.partition(SPELLED)
        return Callee(Organisation(1, name, phone=phone, id=bare), None) if spelled else None
    organisation_id, _slash, person_id = reference.partition("/")
    organisation = directory.get(organisation_id)
    if organisation is None:
        return None
    person = organisation.person(person_id) if person_id else None
    if person_id and person is None:
        return None
    return Callee(organisation, person)


def sender_name(directory: Directory, sender: str) -> str:
    """Whom a paper came from: the organisation where ``sender`` is an entry of the directory, else as it was typed."""
    callee = find_callee(directory, sender)
    return callee.organisation.name if callee else sender
