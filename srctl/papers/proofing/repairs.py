"""The mechanical repairs of Thai text in a paper: damage of PDF and keyboard, years, digits. Pure.

Each repair is never wrong in a formal paper (thai-papers §1.2, 1.6, 3.4); whatever needs judgement is only
reported (:mod:`srctl.papers.proofing.rules`). A paper is shown what changed before it is changed.
"""

import re
from collections.abc import Callable, Iterator

from srctl.core.dates import THAI_MONTHS, THAI_SHORT_MONTHS, be_year
from srctl.core.records import NamedTuple
from srctl.core.thai import MARK, TONE, clean, to_arabic_digits, to_official_digits, to_thai_digits
from srctl.model.misspellings import NO_MISSPELLINGS, Misspellings, misspelt

_SARA_AM, _SARA_AA, _NIKHAHIT = "\u0e33", "\u0e32", "\u0e4d"
_VOWELS = frozenset(map(chr, (0x0E31, *range(0x0E34, 0x0E3B))))

# A heading spaced out letter by letter ("ป ร ะ ก า ศ") is as it should be: three single letters or more.
_LETTER = f"[ก-๙][{MARK}]*{_SARA_AM}?"
_SPACED_OUT = f"(?<!\\S)(?:{_LETTER}[ \u00a0]){{2,}}{_LETTER}(?!\\S)"
# No Thai word begins with SARA AA, SARA AM, a vowel or a tone mark, so the space before it came out of a PDF
# (ส านัก, ต ่ากว่า, ศัพท ์).
_SPLIT_AM = (
    f"(?P<split>[ก-ฮ][{TONE}]?){_NIKHAHIT}?[ \u00a0](?P<late>[{TONE}{_NIKHAHIT}]{{0,2}})"
    f"(?:{_SARA_AA}{_NIKHAHIT}?|{_SARA_AM})(?![{TONE}])"
)
_SPLIT_MARK = f"(?<=[ก-ฮ])[ \u00a0](?=[{MARK}])(?![{TONE}{_NIKHAHIT}]{{1,2}}[{_SARA_AA}{_SARA_AM}])"
_TORN_AM = f"[{TONE}{_NIKHAHIT}{_SARA_AA}{_SARA_AM}]{{2,}}"
_MARKS = f"{_SPLIT_MARK}|[{MARK}]{{2,}}|(?<=[ก-ฮ]){_SARA_AA}[{TONE}](?!{_NIKHAHIT})"
_INVISIBLE = "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"

DIGIT = "[0-9๐-๙]"
# The common era as dates reads it: 1900-2199; no number, decimal or list goes on behind it.
CE_YEAR = f"(?P<year>[1๑][9๙]{DIGIT}{{2}}|[2๒][0๐1๑]{DIGIT}{{2}})(?!{DIGIT}|[.,]{DIGIT})"
MONTH = "|".join(map(re.escape, (*THAI_MONTHS, *THAI_SHORT_MONTHS)))
BUDDHIST_ERA = r"(?:พ\.\s?ศ\.|พุทธศักราช)"
_DATE = (
    f"(?<!{DIGIT})(?P<day>{DIGIT}{{1,2}})\\s{{0,3}}(?:{MONTH})\\s{{0,3}}(?:{BUDDHIST_ERA}\\s{{0,3}})?{CE_YEAR}"
    f"|(?<![0-9๐-๙/.-])(?P<first>{DIGIT}{{1,2}})(?P<by>[/-])(?P<month>{DIGIT}{{1,2}})(?P=by){CE_YEAR}(?![/-])"
).replace("?P<year>", "?P<long>", 1)

# A letter o or l typed for ๐ or ๑: only within a number, and not in an address or a word such as CO2.
_LETTER_DIGITS = str.maketrans("oOlI", "๐๐๑๑")
_LETTER_FOR_DIGIT = (
    "(?<![A-Za-z0-9%+@_])(?<![A-Za-z0-9][./:-])"
    "(?:(?=[oOlI.,]*[๐-๙])(?=[๐-๙.,]*[oOlI])[๐-๙oOlI]+(?:[.,][๐-๙oOlI]+)*(?![A-Za-z0-9@_])"
    "|(?=[0-9.,]*[oO])[1-9][0-9oO]*(?:,[0-9oO]{3})*(?![A-Za-z0-9๐-๙@_./-]))"
)
# All that the rule looks at, before and behind; what is longer is no number, and would be gone through again and again.
_DIGITS_AND_LETTERS = "[A-Za-z0-9๐-๙%+@_.,:/-]+"
_LONGEST_NUMBER = 40


_ROUNDS = 1000


class TextEdit(NamedTuple):
    """``text[start:end]`` is to be ``new``."""

    start: int
    end: int
    new: str


class Repair(NamedTuple):
    """One rule: its code, and the function that yields its edits of a text, in order and apart from each other."""

    code: str
    edits: Callable[[str], Iterator[TextEdit]]


def _replaced(pattern: str, new: Callable[[re.Match[str]], str]) -> Callable[[str], Iterator[TextEdit]]:
    """Return the edits that put ``new`` in place of each match, where that changes anything."""

    def edits(text: str) -> Iterator[TextEdit]:
        for found in re.finditer(pattern, text):
            if (wanted := new(found)) != found[0]:
                yield TextEdit(found.start(), found.end(), wanted)

    return edits


def _whole_am(found: re.Match[str]) -> str:
    if found["split"]:
        return found["split"] + found["late"].replace(_NIKHAHIT, "") + _SARA_AM
    return found[0] if found["spaced"] else clean(found[0])


def _ordered(found: re.Match[str]) -> str:
    """Return the signs of one consonant in order, vowel before tone, none twice, no space before them."""
    if found[0][0] == _SARA_AA:
        return found[0][::-1]
    if found[0].isspace():
        return ""
    signs = sorted(found[0], key=lambda sign: sign not in _VOWELS)
    return "".join(sign for i, sign in enumerate(signs) if i == 0 or sign != signs[i - 1])


def _buddhist(found: re.Match[str]) -> str:
    year = found["long"] or found["year"]
    day, month = (int(to_arabic_digits(n or "1")) for n in (found["day"] or found["first"], found["month"]))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return found[0]
    arabic = str(be_year(int(to_arabic_digits(year))))
    return found[0].removesuffix(year) + (arabic if year.isascii() else to_thai_digits(arabic))


def _date_edits(text: str) -> Iterator[TextEdit]:
    kept = to_official_digits(text)
    for edit in _replaced(_DATE, _buddhist)(text):
        # Arabic digits that stay Arabic are part of an address.
        if not kept[edit.start : edit.end].isascii():
            yield edit


def _digit_edits(text: str) -> Iterator[TextEdit]:
    official = to_official_digits(text)
    for found in re.finditer("[0-9]+", text):
        if (wanted := official[found.start() : found.end()]) != found[0]:
            yield TextEdit(found.start(), found.end(), wanted)


def _spelling_edits(table: Misspellings) -> Callable[[str], Iterator[TextEdit]]:
    def edits(text: str) -> Iterator[TextEdit]:
        for wrong in misspelt(text, table.words, table.keep):
            yield TextEdit(wrong.start, wrong.stop, wrong.right)

    return edits


def _as_digits(found: re.Match[str]) -> str:
    letters = found[0].translate(_LETTER_DIGITS)
    return to_thai_digits(letters) if re.search("[๐-๙]", letters) else letters


def _letter_digit_edits(text: str) -> Iterator[TextEdit]:
    numbers = re.compile(_LETTER_FOR_DIGIT)
    for run in re.finditer(_DIGITS_AND_LETTERS, text):
        if len(run[0]) <= _LONGEST_NUMBER:
            for found in numbers.finditer(text, *run.span()):
                yield TextEdit(found.start(), found.end(), _as_digits(found))


REPAIRS = (
    Repair("invisible", _replaced(_INVISIBLE, lambda _found: "")),
    Repair("sara-ae", _replaced("เเ", lambda _found: "แ")),
    Repair("sara-am", _replaced(f"(?P<spaced>{_SPACED_OUT})|{_SPLIT_AM}|{_TORN_AM}", _whole_am)),
    Repair("marks", _replaced(_MARKS, _ordered)),
    Repair("letter-digit", _letter_digit_edits),
    Repair("ce-year", _date_edits),
    Repair("digits", _digit_edits),
)


def repairs_of(misspellings: Misspellings) -> tuple[Repair, ...]:
    """Return the repairs, with that of the misspellings of an office."""
    return (*REPAIRS, Repair("misspelling", _spelling_edits(misspellings))) if misspellings.words else REPAIRS


def mended(text: str, misspellings: Misspellings = NO_MISSPELLINGS) -> str:
    """Return one paragraph's text with every mechanical repair made; mending twice is mending once.

    Spaces between words, e-mail and web addresses stay as typed. A year of the common era is turned into the
    Buddhist Era only in a date with its day and month. A word goes that is surely misspelt by ``misspellings``.
    """
    if not text or text.isspace():
        return text
    repairs = repairs_of(misspellings)
    # One repair can lay bare another; words an office turns round in a circle must not.
    for _round in range(_ROUNDS):
        if (after := _mended_once(text, repairs)) == text:
            break
        text = after
    return text


def _mended_once(text: str, repairs: tuple[Repair, ...]) -> str:
    for repair in repairs:
        parts: list[str] = []
        end = 0
        for edit in repair.edits(text):
            parts += (text[end : edit.start], edit.new)
            end = edit.end
        text = "".join((*parts, text[end:]))
    return text
