"""Numbers of registered post, as Thailand Post prints them on the label and the receipt. Pure.

They have the form of the Universal Postal Union's standard S10: two letters for the service, eight digits, a check
digit, and the country (``RR 1234 5678 5 TH``). Labels come in rolls: many letters are named by the first and the last.
"""

import re
from collections.abc import Iterator, Sequence

from srctl.core.errors import UsageError
from srctl.core.i18n import _
from srctl.core.thai import to_arabic_digits

_FORM = re.compile(r"(?P<service>[A-Z]{2})(?P<serial>\d{8})(?P<check>\d)(?P<country>[A-Z]{2})")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_TO = re.compile(r"\s*(?:\.\.\.?|[-–—]|ถึง|\bto\b)\s*", re.I)
EXAMPLE = "RR123456785TH"
MOST = 9999  # numbers of one range


def check_digit(serial: str) -> str:
    """The check digit of eight digits by S10."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(serial, _WEIGHTS, strict=True)) % 11
    return {10: "0", 11: "5"}.get(rest, str(rest))


def read_post_number(text: str) -> str:
    """The number typed, without spaces, in capitals and Arabic digits.

    Raises:
        UsageError: it has not the form of such a number, is of another country, or a digit of it is mistyped.
    """
    number = re.sub(r"\s", "", to_arabic_digits(text)).upper()
    found = _FORM.fullmatch(number)
    if not found:
        message = _("{given} is no number of registered post").format(given=text.strip() or '""')
        raise UsageError(message, _("two letters, nine digits, TH: {example}").format(example=EXAMPLE))
    if found["country"] != "TH":
        message = _("{given} is not of Thailand Post: it ends in {country}").format(
            given=number, country=found["country"]
        )
        raise UsageError(message, _("two letters, nine digits, TH: {example}").format(example=EXAMPLE))
    if found["check"] != check_digit(found["serial"]):
        message = _("{given}: the ninth digit does not fit the eight before it").format(given=spaced(number))
        raise UsageError(message, _("one digit is mistyped; compare it with the receipt of the post office"))
    return number


def read_post_numbers(text: str) -> tuple[str, ...]:
    """The numbers typed, one after the other with commas between, or the first and the last of a row.

    Raises:
        UsageError: one of them is none, stands twice, or a row goes backwards or over to another service.
    """
    found: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        first, *last = _TO.split(part)
        found += _row(first, last[0]) if len(last) == 1 else [read_post_number(part)]
    twice = next((number for number in found if found.count(number) > 1), "")
    if twice:
        raise UsageError(_("{given} stands twice").format(given=spaced(twice)), _("each letter has its own number"))
    return tuple(found)


def _row(first: str, last: str) -> Iterator[str]:
    begin, end = read_post_number(first), read_post_number(last)
    count = int(end[2:10]) - int(begin[2:10]) + 1
    if begin[:2] != end[:2] or not 0 < count <= MOST:
        message = _("{first} to {last} is no row of numbers").format(first=spaced(begin), last=spaced(end))
        raise UsageError(message, _("type the first and the last of one roll: {example}").format(
            example=f"{EXAMPLE}-{label_after(EXAMPLE, 3)}"))  # fmt: skip
    return (label_after(begin, n) for n in range(count))


def label_after(number: str, n: int) -> str:
    """The number that comes ``n`` labels after ``number`` on the roll."""
    serial = f"{(int(number[2:10]) + n) % 10**8:08d}"
    return f"{number[:2]}{serial}{check_digit(serial)}{number[11:]}"


def spaced(number: str) -> str:
    """The number as it is printed on the label: ``RR 1234 5678 5 TH``."""
    return " ".join((number[:2], number[2:6], number[6:10], number[10:11], number[11:])) if number else ""


def shared_out(numbers: Sequence[str], letters: int) -> None:
    """Refuse numbers that are not as many as the letters they are for."""
    if len(numbers) == letters:
        return
    message = _("letters: {letters}, numbers of registered post: {numbers}").format(
        letters=letters, numbers=len(numbers)
    )
    row = f"{numbers[0]}-{label_after(numbers[0], letters - 1)}" if numbers and letters > 1 else ""
    raise UsageError(message, _("from the first on: {row}").format(row=row) if row else "")
