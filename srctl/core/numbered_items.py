"""A text of several items, as people type and paste it: ``1. … 2. …``, lines ``๑. …``, ``๓.๑ …``, ``- …``.

The forms of the office number what they print (seed 002: ๓.๑–๓.x, ๔.๑–๔.x where there is more than one), so the numbers
typed are no part of an item. In a file the items of a text stand in one text, a numbered line each. Pure.
"""

import re
from collections.abc import Iterable, Sequence

from srctl.core.thai import to_arabic_digits

# Patterns are plain text: a command that reads no items does not compile them.
_NUMBER = r"\(?(?P<n>[0-9]{1,2})[.)](?![0-9])[ \t]*"
_LINE = r"(?m)^[ \t]*" + _NUMBER
_POINT = r"(?m)^[ \t]*ข้อ[ \t]*(?P<n>[0-9]{1,2})[.):]?[ \t]+"
_DOTTED = r"(?m)^[ \t]*(?P<above>[0-9]{1,2})\.(?P<n>[0-9]{1,2})\.?[ \t]+"
_BULLET = r"(?m)^[ \t]*[-–•*][ \t]+"
# Within a line: not what a sentence refers to (ข้อ 2. ครั้งที่ 2. มาตรา 2.).
_INLINE = r"(?:^|(?<=\s))(?<!ข้อ )(?<!ที่ )(?<!าตรา )(?<!รรค )" + _NUMBER
# What a pasted list is led by, which the form prints by itself.
_LEAD = r"(?:สร\.\s*)?(?:ได้)?(?:พิจารณาแล้ว)?\s*(?:เห็น(?:ว่า|ควร|สมควร)?)?\s*(?:ดังนี้)?\s*[:：]?\s*"


def items_of(text: str) -> tuple[str, ...]:
    """The items of a text, without their numbers; one item where it numbers none, nothing of an empty text."""
    figures = to_arabic_digits(text)  # a digit for a digit: places stay
    for pattern in (_LINE, _POINT, _DOTTED, _INLINE):
        if len(places := _in_turn(pattern, figures)) > 1 and re.fullmatch(_LEAD, text[: places[0].start()]):
            return _between(text, places)
    bullets = list(re.finditer(_BULLET, figures))
    if len(bullets) > 1 and re.fullmatch(_LEAD, text[: bullets[0].start()]):
        return _between(text, bullets)
    return tuple(filter(None, (_unnumbered(text, figures),)))


def all_items(texts: Iterable[str]) -> tuple[str, ...]:
    """The items of all texts, in their order."""
    return tuple(item for text in texts for item in items_of(text))


def numbered_text(items: Sequence[str]) -> str:
    """The items as one text: a numbered line each, a single one as it is."""
    if len(items) < 2:
        return "".join(items)
    return "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))


def joined_items(typed: Sequence[str]) -> str:
    """What was typed for one text: the items of all that was given, or the single text as it stands."""
    items = all_items(typed)
    return numbered_text(items) if len(items) > 1 else "".join(typed).strip()


def _in_turn(pattern: str, text: str) -> list[re.Match[str]]:
    """The marks that count 1, 2, 3 … under the same number above, from the first 1 on."""
    found: list[re.Match[str]] = []
    for mark in re.finditer(pattern, text):
        above = mark.groupdict().get("above")
        if int(mark["n"]) == len(found) + 1 and (not found or found[0].groupdict().get("above") == above):
            found.append(mark)
    return found


def _between(text: str, marks: Sequence[re.Match[str]]) -> tuple[str, ...]:
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    items = (text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True))
    return tuple(filter(None, items))


def _unnumbered(text: str, figures: str) -> str:
    """The text without the number of an item typed by itself (``2. …``)."""
    mark = re.match(r"\s*" + _NUMBER + r"(?<=[ \t])(?=\S)", figures)
    return text[mark.end() :].strip() if mark else text.strip()
