"""Where a text tells who complains: the name, numbers and addresses of a complainant, however written. Floor 1, pure.

What :mod:`srctl.paperdata` takes out of a paper's values and :mod:`srctl.paperlint` looks for in a finished paper
are the same patterns (design §9: papers for the agency complained of leave the complainant out).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from srctl.model import Complainant
from srctl.thai import clean, to_arabic_digits
from srctl.values import NamedTuple

What = Literal["name", "phone", "id", "email", "address"]

_TITLES = (
    r"(?:นางสาว|นาง|นาย|น\.ส\.|เด็กชาย|เด็กหญิง|ด\.ช\.|ด\.ญ\.|ดร\.|ผศ\.|รศ\.|ศ\.|คุณ|ครู|อาจารย์"
    r"|ว่าที่\s?ร(?:้อย|\.)\s?[ตทอ](?:รี|โท|เอก|\.)(?:\s?หญิง)?)"
)
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_GAP = rf"[\s{_UNSEEN}]*"
_NUMBER_GAP = rf"[\s{_UNSEEN}./()\u2010-\u2015-]*"
_DIGITS = {str(n): f"[{n}{chr(0x0E50 + n)}]" for n in range(10)}
# Shorter ones would be found in every paper.
_LEAST_LETTERS, _LEAST_DIGITS, _LEAST_ADDRESS = 3, 7, 6


class Trace(NamedTuple):
    """One thing that tells who somebody is, and the pattern that finds it in any text."""

    what: What
    pattern: re.Pattern[str]


def patterns(person: Complainant) -> tuple[Trace, ...]:
    """Return what finds ``person``: with or without title, in Thai or Arabic digits, spaced or dashed in any way.

    A name of fewer than 3 letters, a number of fewer than 7 digits and an address of fewer than 6 characters are not
    looked for.
    """
    return tuple(Trace(what, re.compile(written, re.IGNORECASE)) for what, written in _written(person))


def _written(person: Complainant) -> Iterator[tuple[What, str]]:
    bare = re.sub(rf"^(?:{_TITLES}\s*)+", "", clean(person.name).strip())
    name = "".join(bare.split())
    if len(name) >= _LEAST_LETTERS:
        yield "name", rf"(?:{_TITLES}{_GAP}){{0,2}}{_GAP.join(map(re.escape, name))}"
    # One field may hold several numbers, or one with an extension.
    for number in re.split(r"[,;/\n]|หรือ|และ|ต่อ|ext", person.phone, flags=re.IGNORECASE):
        if len(digits := _digits(number)) >= _LEAST_DIGITS:
            yield "phone", _phone(digits)
    if len(digits := _digits(person.id_no)) >= _LEAST_DIGITS:
        yield "id", _NUMBER_GAP.join(_either(digits))
    if len(person.email.strip()) >= _LEAST_ADDRESS:
        yield "email", _GAP.join(map(_any_digits, person.email.split()))
    if len(person.address.strip()) >= _LEAST_ADDRESS:
        yield "address", _GAP.join(map(_any_digits, clean(person.address).split()))


def _digits(number: str) -> str:
    return "".join(c for c in to_arabic_digits(number) if c in _DIGITS)


def _phone(digits: str) -> str:
    """Return the pattern of a telephone number, inland or with the country code of Thailand before it."""
    abroad = digits.startswith("66") and len(digits) >= 10
    rest = digits[2:] if abroad else digits.removeprefix("0")
    zero = f"(?:{_NUMBER_GAP}{_DIGITS['0']})?"
    before = f"(?:[+]?{_DIGITS['6']}{_DIGITS['6']}{zero}|{_DIGITS['0']})"
    return f"(?:{before}{_NUMBER_GAP})?" + _NUMBER_GAP.join(_either(rest))


def _either(digits: Iterable[str]) -> Iterator[str]:
    return (_DIGITS[digit] for digit in digits)


def _any_digits(word: str) -> str:
    return "".join(_DIGITS.get(c, re.escape(c)) for c in to_arabic_digits(word))
