"""People a case speaks with who stand in no directory: as typed, as kept in the case, as shown. Pure.

A chain of referrals runs through strangers (seed 003, case study 3): each call names the next one, and none of them
is worth a directory entry before it is known who helps. They are kept in the case and named by ``~p1``, ``~p2`` …;
where they turn out to be who complains they are named as that and nothing else.
"""

from srctl.core.records import NamedTuple
from srctl.core.thai import clean, fold, to_arabic_digits
from srctl.model.case import Case, CasePerson, Complainant, Entry
from srctl.model.people import COMPLAINANT, OF_CASE, SPELLED, Callee, Directory, find_callee
from srctl.model.text_reduction import compiled, digits_of

_NUMBER = r"[0-9๐-๙][0-9๐-๙ ()\-–]*[0-9๐-๙](?:\s*(?:ต่อ|ext\.?|x)\s*[0-9๐-๙]+)?"
_CALLED = r"(?:หมายเลข|เบอร์)?(?:โทรศัพท์|โทร|มือถือ|เบอร์|tel|phone)(?:มือถือ)?[.:]?"
_PHONE = rf"(?i)[\s,;(]*(?:{_CALLED}\s*(?P<said>\+?{_NUMBER})|(?<![0-9๐-๙/.])(?P<bare>(?:\+|(?=[0๐])){_NUMBER}))\)?"
_ASKED_TO = r"(?:ขอ)?(?:ให้)?\s*(?:ติดต่อ|ประสาน|สอบถาม|โทร(?:ศัพท์)?(?:หา|ไป(?:ที่|หา)?|ถึง))(?:กับ|ไปที่|ไปยัง|ที่)?"
_ASKED = rf"(?i)\s*(?:{_ASKED_TO}|(?:please\s+)?(?:call|contact|ask)\b)\s*"
_REFERRAL = (
    rf"(?i)(?:{_ASKED_TO}|\b(?:call|contact|ask)\b)\s*(?P<name>[^\n,;/]{{2,80}}?)[\s,]*"
    rf"{_CALLED}\s*(?P<phone>\+?{_NUMBER})"
)
_LEAST_DIGITS = 7  # of a number that no word calls one


class TypedPerson(NamedTuple):
    """Somebody as typed: a name and, where one was given, a telephone number."""

    name: str
    phone: str = ""


def typed_person(text: str) -> TypedPerson:
    """The name and the telephone number in what was typed: ``นางพิมพ์ ตัวอย่าง 02 000 1111``, ``ให้ติดต่อ … โทร …``.

    A number is one that ``โทร`` (or a like word) stands before, else one of at least 7 digits that begins as
    telephone numbers do.
    """
    text = " ".join(clean(text).split())
    numbers = compiled(_PHONE).finditer(text)
    found = next((m for m in numbers if m["said"] or len(digits_of(m["bare"])) >= _LEAST_DIGITS), None)
    phone = to_arabic_digits(found["said"] or found["bare"]) if found else ""
    name = f"{text[: found.start()]} {text[found.end() :]}" if found else text
    return TypedPerson(" ".join(compiled(_ASKED).sub("", name, count=1).split()).strip(" ,;:.-()"), phone)


def referral(said: str) -> TypedPerson | None:
    """Whom a talk names to be called next, None where nobody is: ``ให้ติดต่อ นางพิมพ์ ตัวอย่าง โทร 02 000 1111``.

    Only who is named with a number counts: "ให้ติดต่อกลับ" refers to nobody.
    """
    found = compiled(_REFERRAL).search(" ".join(clean(said).split()))
    return TypedPerson(found["name"].strip(" ,;:"), to_arabic_digits(found["phone"])) if found else None


def is_complainant(case: Case, typed: TypedPerson) -> bool:
    """Whether somebody typed by name or number is who complains."""
    from srctl.model.personal_names import untitled

    who = case.complainant
    if who is None:
        return False
    named = bool(who.name) and untitled(typed.name) == untitled(who.name)
    return named or (bool(typed.phone) and digits_of(typed.phone) == digits_of(who.phone))


def person_of(case: Case, reference: str) -> CasePerson | None:
    """The person a reference ``~p1`` of the case means, None for nobody."""
    return next((p for p in case.people if OF_CASE + p.id == reference), None)


def reference_to(case: Case, typed: TypedPerson) -> str:
    """The reference of somebody the case knows: ``complainant`` or ``~p1``; "" for nobody."""
    from srctl.model.personal_names import untitled

    if is_complainant(case, typed):
        return COMPLAINANT
    for person in case.people:
        same_name = fold(typed.name) == fold(person.name) or untitled(typed.name) == untitled(person.name)
        if typed.name in (person.id, OF_CASE + person.id) or (same_name and _may_be(typed.phone, person.phone)):
            return OF_CASE + person.id
    return ""


def _may_be(one: str, other: str) -> bool:
    """Whether two numbers do not speak against one person: the same, or one of them unknown."""
    return not one or not other or digits_of(one) == digits_of(other)


def next_person_id(case: Case) -> str:
    """The next free id of a person of the case (``p1``, ``p2`` …)."""
    numbers = [int(p.id[1:]) for p in case.people if p.id[:1] == "p" and p.id[1:].isdecimal()]
    return f"p{max(numbers, default=0) + 1}"


def spelled(case: Case, reference: str) -> str:
    """A reference with the name and number behind it where it means somebody of the case, else as it is.

    Lists keep it so, having no case to look in. Who complains, by name or number, is taken out.
    """
    person = person_of(case, reference) if reference.startswith(OF_CASE) else None
    if person is None:
        return reference
    name, phone = _redacted(case.complainant, person)
    return SPELLED.join((reference, name, phone))


def spelled_out(case: Case, entry: Entry, directory: Directory) -> Entry:
    """The entry with its people spelled out as :func:`spelled` does, and whom to speak with next by name."""
    if not (entry.refers or entry.with_.startswith(OF_CASE)):
        return entry
    refers = spelled(case, entry.refers)
    callee = find_callee(directory, refers)
    named = SPELLED.join((OF_CASE, name_and_phone(callee), callee.phone())) if callee else refers
    return entry._replace(with_=spelled(case, entry.with_), refers=named)


def name_and_phone(callee: Callee) -> str:
    """Whom to call, with the number to try first."""
    return f"{callee.name()} {callee.phone()}".strip()


def _redacted(complainant: Complainant | None, person: CasePerson) -> tuple[str, str]:
    if complainant is None:
        return person.name, person.phone
    from srctl.model.redaction import every_identifier, redactor_of

    redact = redactor_of(every_identifier(complainant, ()))
    return redact(person.name), redact(person.phone) if person.phone else ""
