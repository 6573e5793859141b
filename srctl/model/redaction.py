"""Redaction: the complainant, and what a kind keeps private, taken out of a text. Pure.

:func:`redactor` takes both out of whatever leaves the office: registers, papers and messages, digests, calendars,
deadline reports. :mod:`srctl.papers.proofing.rules` looks in a finished paper for the same :class:`Identifier`
(design §9: papers for the agency complained of leave the complainant out).

Texts are compared by what is left of them without what may stand between letters or figures: spaces and characters
that cannot be seen, in a number also dots, dashes, strokes and brackets; digits are Arabic, letters small, and a torn
SARA AM or SARA AE is as good as a whole one.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from srctl.core.records import NamedTuple
from srctl.core.thai import clean, to_arabic_digits
from srctl.model.case import Case, Complainant
from srctl.model.definitions import Kind

COMPLAINANT, WITHHELD = "ผู้ร้อง", "(ขอสงวน)"  # in the place of a name, of anything else
Span = tuple[int, int]

_TITLES = (
    r"(?:นางสาว|นาง|นาย|น\.\s?ส\.|นส\.|เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.|ดร\.|ผศ\.|รศ\.|ศ\.|คุณ|ครู|อาจารย์"
    r"|ว่าที่\s?ร(?:้อย|\.)\s?[ตทอ](?:รี|โท|เอก|\.)(?:\s?หญิง)?)"
)
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_GAP = rf"[\s{_UNSEEN}]*"
_NUMBER_GAP = rf"[\s{_UNSEEN}./()\u2010-\u2015-]*"
_TITLED = re.compile(rf"(?:{_TITLES}{_GAP}){{1,2}}\Z")
# The country code of Thailand, or the zero of a call inland.
_DIALLED = re.compile(rf"(?:[+]?[6๖][6๖](?:{_NUMBER_GAP}[0๐])?|[0๐]){_NUMBER_GAP}\Z")
_LONGEST_BEFORE = 60
_LETTER = re.compile(r"[\w\u0e00-\u0e7f]")
_WHOLE = {"ำ": "ํา", "แ": "เเ"}
# Shorter ones would be found in every paper.
_LEAST_NAME, _LEAST_DIGITS, _LEAST_ADDRESS, _LEAST, _LEAST_ALONE = 3, 7, 6, 4, 5


class _Reduced(dict[int, str]):
    """The table for ``str.translate`` before texts are compared: what may stand in a gap is left out."""

    def __init__(self, gap: str) -> None:
        self._gap = re.compile(gap)

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = "" if self._gap.fullmatch(char) else to_arabic_digits(_WHOLE.get(char, char)).casefold()
        return self[code]


_LETTERS, _FIGURES = _Reduced(_GAP), _Reduced(_NUMBER_GAP)


class Identifier(NamedTuple):
    """Something that identifies a person, and how it is found in any text.

    ``what`` is the field it comes from, ``core`` what is left of it when texts are compared, as a ``number`` or as
    letters. What stands ``before`` it belongs to it: a title, a country code. One that is ``alone`` is found only
    where neither letter nor figure touches it: "ก" is in no "การเงิน".
    """

    what: str
    core: str
    number: bool = False
    before: re.Pattern[str] | None = None
    alone: bool = False

    def spans(self, text: str) -> Iterator[Span]:
        """Yield the places in ``text`` where it occurs, in order and without overlap."""
        reduced, end = _reduced(text, self.number), 0
        if self.core not in reduced:
            return
        table = _FIGURES if self.number else _LETTERS
        at = [place for place, char in enumerate(text) for _kept in table[ord(char)]]
        for found in re.finditer(re.escape(self.core), reduced):
            start, stop = at[found.start()], at[found.end() - 1] + 1
            if self.alone and (_LETTER.match(text[start - 1 : start]) or _LETTER.match(text[stop : stop + 1])):
                continue
            if self.before and (more := self.before.search(text, max(end, start - _LONGEST_BEFORE), start)):
                start = more.start()
            yield start, stop
            end = stop

    def replaced(self, text: str, instead: str) -> str:
        """``text`` with ``instead`` in each place where it occurs."""
        for start, stop in reversed([*self.spans(text)]):
            text = text[:start] + instead + text[stop:]
        return text


def redactor(
    case: Case, kind: Kind | None, name: str = COMPLAINANT, other: str = WITHHELD
) -> Callable[[str], str]:  # fmt: skip
    """A function that takes out of a text who complains and what the kind keeps private, however written.

    ``name`` stands in the place of the complainant's name, ``other`` of everything else. The longest goes first: an
    address that holds a name goes whole.
    """
    found = [*identifiers(case.complainant)] if case.complainant else []
    for field in sorted(private_fields(kind, case.fields)):
        found += _free_text(f"fields.{field}", case.fields.get(field, ""))
    found.sort(key=lambda identifier: len(identifier.core), reverse=True)

    def redact(text: str) -> str:
        for identifier in found:
            text = identifier.replaced(text, name if identifier.what == "name" else other)
        return text

    return redact


def private_fields(kind: Kind | None, fields: Iterable[str]) -> set[str]:
    """The fields of a kind that are personal data: all ``fields`` of the case when its kind is unknown."""
    return {field.name for field in kind.fields if field.private} if kind else set(fields)


def identifiers(person: Complainant) -> tuple[Identifier, ...]:
    """The identifiers of ``person``: every field but ``anonymous``, where it is long enough to identify anybody.

    A name of fewer than 3 letters, a number of fewer than 7 digits, and an address of fewer than 6 characters are not
    looked for.
    """
    personal = person.personal().items()
    return tuple(found for field, text in personal for found in _WAYS.get(field, _free_text)(field, text))


@lru_cache(maxsize=64)  # each text is asked for each identifier
def _reduced(text: str, number: bool = False) -> str:
    return text.translate(_FIGURES if number else _LETTERS)


def _name(what: str, text: str) -> Iterator[Identifier]:
    if len(core := _untitled(text)) >= _LEAST_NAME:
        yield Identifier(what, core, before=_TITLED)


def _untitled(text: str) -> str:
    return _reduced(re.sub(rf"^(?:{_TITLES}\s*)+", "", clean(text).strip()))


def _phones(what: str, text: str) -> Iterator[Identifier]:
    """Yield each number: one field may hold several, or one with an extension."""
    numbers = map(_digits, re.split(r"[,;/\n]|หรือ|และ|ต่อ|ext", text, flags=re.IGNORECASE))
    for digits in [number for number in numbers if len(number) >= _LEAST_DIGITS] or [_digits(text)]:
        abroad = digits.startswith("66") and len(digits) >= 10
        core = (digits[2:] if abroad else digits).removeprefix("0")
        if len(digits) >= _LEAST_DIGITS:
            yield Identifier(what, core, number=True, before=_DIALLED)


def _number(what: str, text: str) -> Iterator[Identifier]:
    if len(digits := _digits(text)) >= _LEAST_DIGITS:
        yield Identifier(what, digits, number=True)


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", to_arabic_digits(text))


def _address(what: str, text: str) -> Iterator[Identifier]:
    if len(core := _reduced(clean(text))) >= _LEAST_ADDRESS:
        yield Identifier(what, core)


def _free_text(what: str, text: str) -> Iterator[Identifier]:
    """Yield the identifier of a field of any content: name, number or words; short ones only where they stand alone."""
    core, digits = _untitled(text), _digits(text)
    if any(char.isalpha() for char in core):
        yield Identifier(what, core, before=_TITLED, alone=len(core) < _LEAST)
    elif len(digits) >= _LEAST_DIGITS:
        yield from _phones(what, text)
    elif len(digits) >= _LEAST_ALONE:  # four are a year
        yield Identifier(what, core, alone=True)


# How a field of the complainant is written; any other field is found as it stands.
_WAYS: dict[str, Callable[[str, str], Iterator[Identifier]]] = {
    "name": _name, "phone": _phones, "id_no": _number, "email": _address, "address": _address,
}  # fmt: skip
