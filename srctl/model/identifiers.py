"""Identifiers of a person, and where a text surely names that person or may. Pure.

Two levels, since a wrong word is as bad as a name given away. *Surely* is what can be nobody else: the whole name in
either order, a title or ฯ with the given name, an initial with the surname, a number, a house number with what
follows it in the address. It *may be* the person where only a given name, a surname or a house number stands: the
namesake of the complainant is perhaps who is complained of, and many a name is an ordinary word too.

Texts are compared by what is left of them (:mod:`srctl.model.text_reduction`).
What is left is looked for as a plain word; only where it is found the
text around it is judged, so that a text without any name costs one look for each identifier.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from srctl.core.records import NamedTuple
from srctl.core.thai import clean, to_arabic_digits
from srctl.model.case import Complainant
from srctl.model.personal_names import LETTER, LONGEST_BEFORE, TITLE, Judge, is_torn, names_of, untitled, with_title
from srctl.model.text_reduction import FIGURES, GAP, LETTERS, NUMBER_GAP, UNSEEN, compiled, digits_of, reduce_text

Span = tuple[int, int]

# The country code of Thailand, or the zero of a call inland; behind it the number inside a house.
_DIALLED = rf"(?:(?:[+]|[0๐]{{2}})?[6๖][6๖](?:{NUMBER_GAP}[0๐])?|[0๐]){NUMBER_GAP}\Z"
_EXTENSION = rf"{GAP}(?:ต่อ|ext\.?|#){GAP}[0-9๐-๙]{{1,5}}"
# Nine digits behind the zero or the country code are a mobile telephone, eight another one.
_ONE_PHONE = r"(?:\+?66\D{0,2}0?|(?<!\d)0)\D{0,2}(?:[689](?:\D{0,2}\d){8}|[2-57](?:\D{0,2}\d){7})"
# Whoever's: with no other sign than a space or a dash, as numbers of letters (ศธ 04001/1234) have.
_ANY_PHONE = r"(?<![\d/.])(?:\+66[\s-]?|0)(?:[689](?:[\s-]?\d){8}|[2-57](?:[\s-]?\d){7})(?![\d/])"
_ANY_ID = r"(?<![\d/.])[1-8](?:[\s-]?\d){12}(?![\d/])"
# Shorter ones would be found in every paper.
_LEAST_DIGITS, _LEAST_ADDRESS, _LEAST, _LEAST_ALONE = 7, 6, 4, 5
# The parts of an address by their labels, long and short (ที่อยู่ตามทะเบียนบ้าน).
_LABEL = (
    r"(?:หมู่บ้าน|หมู่ที่|หมู่|บ้าน(?!เลขที่)|ม\.|ซอย|ซ\.|ถนน|ถ\.|ตรอก|ตำบล|ต\.|แขวง|อำเภอ|อ\.|เขต|จังหวัด|จ\."
    r"|อาคาร|ชั้น|ห้อง|รหัสไปรษณีย์)"
)
_HOUSE = r"(?:บ้าน)?(?:เลขที่\s*)?(\d+(?:/\d+)?)"
_HOUSE_BEFORE = rf"(?:บ้าน{GAP})?เลขที่{GAP}\Z|บ้าน{GAP}\Z"
_CLASS = r"(?:[ปม]\.?|อนุบาล|ครั้งที่|ข้อ|มาตรา)\s*\Z"  # ป.1/2 is a class of a school
_BETWEEN = rf"[\s,;{UNSEEN}]*+"


class Mention(NamedTuple):
    """A place in a text that names a person, by ``what`` (a field); ``sure`` when nobody else can be meant."""

    what: str
    start: int
    stop: int
    sure: bool = True


class Identifier(NamedTuple):
    """Something that identifies a person, and how it is found in any text.

    ``what`` is the field it comes from, ``core`` what is left of it when texts are compared, as a ``number`` or as
    letters; ``judge`` says what a place where it occurs is.
    """

    what: str
    core: str
    judge: Judge
    number: bool = False

    def may_stand_in(self, text: str) -> bool:
        """Whether its bare letters or figures stand anywhere in ``text``: if not, it is not mentioned there."""
        return self.core in reduce_text(text, self.number)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield the places in ``text`` where it occurs, in order and without overlap."""
        reduced, end = reduce_text(text, self.number), 0
        if self.core not in reduced:
            return
        table = FIGURES if self.number else LETTERS
        at = [place for place, char in enumerate(text) for _kept in table[ord(char)]]
        for found in re.finditer(re.escape(self.core), reduced):
            start, stop = at[found.start()], at[found.end() - 1] + 1
            judged = self.judge(text, start, stop, end) if start >= end else None
            if judged:
                yield Mention(self.what, *judged)
                end = judged[1]

    def spans(self, text: str) -> Iterator[Span]:
        """Yield the places in ``text`` where it is surely the person, in order and without overlap."""
        return ((found.start, found.stop) for found in self.mentions(text) if found.sure)


@lru_cache(maxsize=64)
def identifiers(person: Complainant) -> tuple[Identifier, ...]:
    """The identifiers of ``person``: every field but ``anonymous``, where it is long enough to identify anybody.

    A name of one letter, a number of fewer than 7 digits, and an address of fewer than 6 characters are not
    looked for.
    """
    personal = person.personal().items()
    return tuple(found for field, text in personal for found in _WAYS.get(field, free_text)(field, text))


def free_text(what: str, text: str) -> Iterator[Identifier]:
    """Yield the identifiers of a field of any content: name, number or words; short ones only where they stand alone.

    "ก" is in no "การเงิน".
    """
    core, digits = untitled(text), digits_of(text)
    if any(char.isalpha() for char in core):
        yield Identifier(what, core, _judge_alone if len(core) < _LEAST else _judge_titled)
        if compiled(rf"\s*{TITLE}{GAP}\S+\s+\S").match(text):
            yield from _names(what, text)
    elif len(digits) >= _LEAST_DIGITS:
        yield from _phones(what, text)
    elif len(digits) >= _LEAST_ALONE:  # four are a year
        yield Identifier(what, core, _judge_alone)


def mentions(text: str, found: Iterable[Identifier]) -> tuple[Mention, ...]:
    """The places in ``text`` that name a person, in order: what is surely one is one place, however many tell it."""
    every = sorted((m for one in found for m in one.mentions(text)), key=lambda m: (m.start, -m.stop))
    sure: list[Mention] = []
    for mention in every:
        if not mention.sure:
            continue
        if sure and mention.start < sure[-1].stop:  # an address that holds a name goes whole, as an address
            last = sure[-1]
            longer = mention if mention.stop - mention.start > last.stop - last.start else last
            sure[-1] = Mention(longer.what, last.start, max(last.stop, mention.stop))
        else:
            sure.append(mention)
    unsure: list[Mention] = []
    for mention in every:
        taken = any(mention.start < one.stop and one.start < mention.stop for one in (*sure, *unsure[-1:]))
        if not (mention.sure or taken):
            unsure.append(mention)
    return tuple(sorted((*sure, *unsure), key=lambda m: m.start))


def personal_numbers(text: str) -> tuple[Mention, ...]:
    """The places in ``text`` that look like a telephone number or a 13-digit identity number, whoever's it is."""
    found = compiled(f"{_ANY_ID}|{_ANY_PHONE}").finditer(to_arabic_digits(text))
    return tuple(Mention("number", place.start(), place.end()) for place in found)


# -- numbers, addresses and free texts -----------------------------------------------------------------


def _judge_titled(text: str, start: int, stop: int, floor: int) -> tuple[int, int, bool]:
    return with_title(text, start, floor), stop, True


def _judge_alone(text: str, start: int, stop: int, floor: int) -> tuple[int, int, bool] | None:
    letter = compiled(LETTER)
    if letter.match(text[start - 1 : start]) or letter.match(text[stop : stop + 1]):
        return None
    return with_title(text, start, floor), stop, True


def _judge_whole(_text: str, start: int, stop: int, _floor: int) -> tuple[int, int, bool]:
    return start, stop, True


def _judge_digits(text: str, start: int, stop: int, _floor: int) -> tuple[int, int, bool]:
    """A number is surely the one looked for where no further figure touches it."""
    return start, stop, not (text[start - 1 : start].isdigit() or text[stop : stop + 1].isdigit())


def _judge_phone(text: str, start: int, stop: int, floor: int) -> tuple[int, int, bool]:
    dialled = compiled(_DIALLED).search(text, max(floor, start - LONGEST_BEFORE), start)
    begin = dialled.start() if dialled else start
    further = compiled(f"(?i:{_EXTENSION})").match(text, stop)
    return begin, further.end() if further else stop, _judge_digits(text, begin, stop, floor)[2]


def _judge_house(values: tuple[str, ...], text: str, start: int, stop: int, floor: int) -> tuple[int, int, bool] | None:
    """A house number: surely the address with a further part of it behind, else it may be."""
    if compiled(r"[\d/]").match(text[start - 1 : start]) or compiled(r"\s?/?\d|/").match(text, stop):
        return None
    labelled = compiled(_HOUSE_BEFORE).search(text, max(floor, start - 20), start)
    begin = labelled.start() if labelled else start
    end = stop
    while more := next(filter(None, (_part_end(text, end, value, end > stop) for value in values)), 0):
        end = more
    if end > stop:
        return begin, end, True
    telling = "/" in text[start:stop] and not compiled(_CLASS).search(text, max(floor, start - 10), start)
    return (begin, stop, False) if labelled or telling else None


def _part_end(text: str, stop: int, value: str, further: bool) -> int:
    """Where the part ``value`` of an address ends that follows at ``stop``; 0 where something else does.

    A short number is one only behind its label or ``further`` on, where a part stands before it.
    """
    between = compiled(_BETWEEN).match(text, stop)
    at = between.end() if between else stop
    label = compiled(rf"{_LABEL}{GAP}").match(text, at)
    if not (label or further) and value.isdigit() and len(value) < _LEAST_ALONE:
        return 0
    end = at = label.end() if label else at
    read = ""
    while len(read) < len(value) and end < len(text):
        read += LETTERS[ord(text[end])]
        end += 1
    goes_on = text[end : end + 1].isdigit() if value.isdigit() else is_torn(text, at, end)
    return end if read == value and not goes_on else 0


def _names(what: str, text: str) -> Iterator[Identifier]:
    return (Identifier(what, core, judge) for core, judge in names_of(text))


def _phones(what: str, text: str) -> Iterator[Identifier]:
    """Yield each number: one field may hold several, or one with an extension, or a range of them."""
    written = to_arabic_digits(text)
    whole = re.split(r"[,;/\n]|หรือ|และ|ต่อ|ext", written, flags=re.IGNORECASE)
    numbers = [digits_of(found) for found in compiled(_ONE_PHONE).findall(written)]
    numbers = numbers or [number for number in map(digits_of, whole) if len(number) >= _LEAST_DIGITS]
    for digits in numbers or [digits_of(text)]:
        abroad = digits.startswith("66") and len(digits) >= 10
        core = (digits[2:] if abroad else digits).removeprefix("0")
        if len(digits) >= _LEAST_DIGITS:
            yield Identifier(what, core, _judge_phone, number=True)


def _number(what: str, text: str) -> Iterator[Identifier]:
    if len(digits := digits_of(text)) >= _LEAST_DIGITS:
        yield Identifier(what, digits, _judge_digits, number=True)


def _address(what: str, text: str) -> Iterator[Identifier]:
    """Yield the address as it stands, and its house number with the parts that may follow in any form."""
    written = clean(text)
    if len(core := reduce_text(written)) < _LEAST_ADDRESS:
        return
    yield Identifier(what, core, _judge_whole)
    plain = to_arabic_digits(written)
    house = compiled(_HOUSE).search(plain)
    if house is None or compiled(rf"{_LABEL}\s*\Z").search(plain, 0, house.start()):
        return
    parts = re.split(rf"[\s,;]+|{_LABEL}", plain[house.end() :])
    values = sorted({reduced for part in parts if (reduced := reduce_text(part))}, key=len, reverse=True)
    yield Identifier(what, house[1], partial(_judge_house, tuple(values)))


def _email(what: str, text: str) -> Iterator[Identifier]:
    if len(core := reduce_text(clean(text))) >= _LEAST_ADDRESS:
        yield Identifier(what, core, _judge_whole)


# How a field of the complainant is written; any other field is found as it stands.
_WAYS: dict[str, Callable[[str, str], Iterator[Identifier]]] = {
    "name": _names, "phone": _phones, "id_no": _number, "email": _email, "address": _address,
}  # fmt: skip
