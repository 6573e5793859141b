"""What a paper's wording may speak of: case, office and people as plain values. Floor 3, pure.

Who complains is told only where it may be (design §9): a paper that is not ``private``, or a
complainant who wants no name given, gets neither the record nor the name, telephone or address
wherever a clerk wrote them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date

from srctl.kinds import Kind
from srctl.model import Case, Complainant, Entry
from srctl.people import Directory, Office, Signer, find_callee
from srctl.shape import is_shape, key_of
from srctl.thai import to_arabic_digits

ANONYMOUS = "ประชาชน (ขอสงวนนาม)"
COMPLAINANT = "ผู้ร้อง"
WITHHELD = "(ขอสงวน)"
CONSIDER = "พิจารณา"
_TITLES = r"(?:นางสาว|นาง|นาย|น\.ส\.|เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.|ดร\.)"
_ASKED = re.compile(r"(?:เห็นควร|^)\s*(?:โปรด|ให้ความ)?(อนุมัติ|เห็นชอบ|รับทราบ)")
_DIGITS = {str(n): f"[{n}{chr(0x0E50 + n)}]" for n in range(10)}
Hide = Callable[[str], str]


def values_of(
    case: Case,
    kind: Kind,
    office: Office,
    directory: Directory,
    signer: Signer,
    today: date,
    *,
    private: bool,
) -> dict[str, object]:
    """Return the values a template may name, plain (docs/papers.md lists them)."""
    owner = office.coordinator(case.owner)
    return {
        **_matter(case, kind, directory, private=private),
        "kind": plain(kind),
        "office": plain(office),
        "minister": plain(office.minister),
        "owner": plain(owner),
        "group": plain(office.group(owner.group)) if owner else None,
        "signer": plain(signer),
        "today": today,
    }


def _matter(case: Case, kind: Kind, directory: Directory, *, private: bool) -> dict[str, object]:
    """Return the values that come from the case, the complainant only where they may be told."""
    person = case.complainant
    withheld = person is not None and (person.anonymous or not private)
    hide = _hiding(person) if person and withheld else _as_it_is
    told = case._replace(log=(), complainant=None if withheld else person)
    if withheld or not private:
        told = told._replace(fields=_public_fields(case, kind))
    linked = (link.case for link in case.links if link.as_ == "earlier")
    values = {
        "case": plain(told),
        "sender": _sender(case, kind, withheld=withheld),
        "issues": list(case.analysis.issues),
        "facts": list(case.analysis.facts),
        "laws": list(case.analysis.law),
        "earlier": list(dict.fromkeys((*case.analysis.earlier, *linked))),
        "contacts": [_contact(e, directory) for e in case.happened() if e.did == "contact"],
        "ask": _ask(case.analysis.proposal),
    }
    return {key: hidden(value, hide) for key, value in values.items()}


def plain(value: object) -> object:
    """Return a frozen value as plain mappings and lists under the keys of the files."""
    if is_shape(type(value)):
        named = value._asdict()  # type: ignore[attr-defined]
        return {key_of(name): plain(item) for name, item in named.items()}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def hidden(value: object, hide: Hide) -> object:
    """Return a plain value with ``hide`` applied to every text in it."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {key: hidden(item, hide) for key, item in value.items()}
    if isinstance(value, list):
        return [hidden(item, hide) for item in value]
    return value


def _as_it_is(text: str) -> str:
    return text


def _public_fields(case: Case, kind: Kind) -> dict[str, str]:
    private = {field.name for field in kind.fields if field.private}
    return {name: value for name, value in case.fields.items() if name not in private}


def _sender(case: Case, kind: Kind, *, withheld: bool) -> str:
    """Return whom the matter is from, as a paper may say it."""
    person = case.complainant
    if person and person.name and not withheld:
        return f"{person.name} ({COMPLAINANT})"
    if person and person.anonymous:
        return ANONYMOUS
    return case.received.from_ or (ANONYMOUS if person or kind.complainant else "")


def _ask(proposal: str) -> str:
    """Return what the superior is asked: the verb of the proposal, else to consider (seed 002)."""
    found = _ASKED.search(proposal)
    return found[1] if found else CONSIDER


def _contact(entry: Entry, directory: Directory) -> dict[str, object]:
    callee = find_callee(directory, entry.with_)
    name = callee.name() if callee else entry.with_
    return {
        "on": entry.day(),
        "with": name,
        "by": entry.by,
        "said": entry.said,
        "agreed": entry.agreed,
    }


def _hiding(person: Complainant) -> Hide:
    """Return the function that takes the complainant out of a text, however spaced or numbered."""
    rules: list[tuple[re.Pattern[str], str]] = []
    name = re.sub(f"^{_TITLES}", "", person.name.strip()).split()
    if sum(map(len, name)) >= 3:
        written = r"\s*".join(re.escape(part) for part in name)
        rules.append((re.compile(rf"{_TITLES}?\s*{written}"), COMPLAINANT))
    for number in (person.phone, person.id_no):
        digits = [_DIGITS[c] for c in to_arabic_digits(number) if c in _DIGITS]
        if len(digits) >= 7:
            rules.append((re.compile(r"[\s.\-]*".join(digits)), WITHHELD))
    for words in (person.email, person.address):
        if len(words.strip()) >= 6:
            spaced = r"\s+".join(re.escape(part) for part in words.split())
            rules.append((re.compile(spaced, re.IGNORECASE), WITHHELD))

    def hide(text: str) -> str:
        for pattern, instead in rules:
            text = pattern.sub(instead, text)
        return text

    return hide
