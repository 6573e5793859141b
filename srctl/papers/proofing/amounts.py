"""Amounts written in figures and again in words: where the two differ. Pure.

Words are read, not compared letter by letter: "หนึ่งร้อยเอ็ด" and "หนึ่งร้อยหนึ่ง" are the same amount. A word that cannot be
read as a number, in a place where only an amount can stand, is told as well.
"""

import re
from collections.abc import Iterator

from srctl.core.i18n import _
from srctl.core.thai import to_arabic_digits
from srctl.papers.proofing.finding import Finding, Texts, found_at
from srctl.papers.proofing.repairs import DIGIT

_ONES = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_TENS = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_WORTH = {word: n for n, word in enumerate(_ONES)} | {"เอ็ด": 1, "ยี่": 2}
_UNIT: dict[str, int] = {word: 10**n for n, word in enumerate(_TENS) if word}
_MILLION = "ล้าน"
_TIMES = {"": 1, _MILLION: 10**6, **_UNIT}
_WORD = re.compile("|".join((*_WORTH, *_UNIT, _MILLION)))
_NUMBER_WORDS = f"(?:{_WORD.pattern})"
# The most that is read: more is no amount of an office.
_MOST = 10**13

_FIGURES = (
    f"(?<![0-9๐-๙.,])(?P<figures>{DIGIT}{{1,3}}(?:,{DIGIT}{{3}}){{1,4}}|{DIGIT}{{1,12}})"
    f"(?:\\.(?P<part>{DIGIT}{{1,6}}|-))?"
)
_BAHT = (
    f"{_FIGURES}\\s?(?P<times>พัน|หมื่น|แสน|ล้าน)?\\s?บาท(?:ถ้วน)?(?:\\s?(?P<satang>{DIGIT}{{1,2}})\\s?สตางค์)?"
    "\\s{0,2}\\((?P<words>[ก-๙ ]{3,160}?(?:บาทถ้วน|บาท|สตางค์))\\)"
)
_COUNT = f"{_FIGURES}\\s?(?P<unit>[ก-ฮเ-ไ][ก-๙]{{1,12}}?)\\s?\\((?P<words>{_NUMBER_WORDS}{{1,20}})\\s?(?P=unit)\\)"


def amount_findings(texts: Texts) -> Iterator[Finding]:
    """Yield each amount whose words in brackets say something else, and words there that are no number."""
    for place, text in texts:
        if "(" not in text:
            continue
        for match in re.finditer(_BAHT, text):
            satang = _in_figures(match)
            if _read_baht(match["words"]) != satang:
                words = _("the amount in words is not that in figures"), _("write: {words}").format(words=baht(satang))
                yield from found_at("amount", place, text, [match.span()], words)
        for match in re.finditer(_COUNT, text):
            count = _whole(match)
            if match["part"] is None and read_number(match["words"]) != count:
                right = f"{number_words(count)}{match['unit']}"
                words = _("the number in words is not that in figures"), _("write: {words}").format(words=right)
                yield from found_at("amount", place, text, [match.span()], words)


def _whole(match: re.Match[str]) -> int:
    return int(to_arabic_digits(match["figures"].replace(",", "")))


def _in_figures(match: re.Match[str]) -> int:
    """The amount in figures, in satang."""
    part = to_arabic_digits(match["part"] or "").replace("-", "")
    times = _TIMES[match["times"] or ""]
    satang: int = round((_whole(match) + (int(part) / 10 ** len(part) if part else 0)) * times * 100)
    return satang + int(to_arabic_digits(match["satang"] or "0"))


def _read_baht(words: str) -> int | None:
    """The satang that words of money say; None when they cannot be read."""
    match = re.fullmatch("(?:(.*)บาท)?(?:ถ้วน)?(?:(.*)สตางค์)?", words.replace(" ", ""))
    if match is None:
        return None
    baht_, satang = (read_number(part) if part else 0 for part in match.groups())
    return None if baht_ is None or satang is None else baht_ * 100 + satang


def read_number(words: str) -> int | None:
    """The number that Thai ``words`` say (ห้าร้อยห้าสิบ: 550); None when they are none, or too large."""
    total = below = 0
    digit: int | None = None
    end = 0
    for match in _WORD.finditer(words):
        if match.start() != end:
            return None
        end, word = match.end(), match[0]
        if word in _WORTH:
            if digit is not None:
                return None
            digit = _WORTH[word]
        elif word == _MILLION:
            total = (total + below + (digit or 0)) * 10**6
            below, digit = 0, None
        else:
            below += (1 if digit is None else digit) * _UNIT[word]
            digit = None
        if total > _MOST:
            return None
    return total + below + (digit or 0) if end and end == len(words) else None


def number_words(number: int) -> str:
    """``number`` in Thai words (550: ห้าร้อยห้าสิบ), as amounts are written."""
    if number >= 10**6:
        rest = number % 10**6
        return number_words(number // 10**6) + _MILLION + (number_words(rest) if rest else "")
    digits = [int(digit) for digit in str(number)]
    words = ""
    for at, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == 0:
            continue
        if at == 1 and digit < 3:
            words += ("", "ยี่")[digit - 1] + "สิบ"
        else:
            words += ("เอ็ด" if at == 0 and digit == 1 and number > 10 else _ONES[digit]) + _TENS[at]
    return words or _ONES[0]


def baht(satang: int) -> str:
    """An amount of money in Thai words: ห้าร้อยบาทถ้วน, สิบบาทห้าสิบสตางค์."""
    whole, part = divmod(satang, 100)
    if part and not whole:
        return f"{number_words(part)}สตางค์"
    return f"{number_words(whole)}บาท" + (f"{number_words(part)}สตางค์" if part else "ถ้วน")
