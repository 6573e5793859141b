"""What is left of a text when it is compared with a name or a number: letters or figures alone. Pure.

Left out is what may stand between: spaces and characters that cannot be seen, in a number also dots, dashes, strokes
and brackets. Digits are Arabic, letters small, and a torn SARA AM or SARA AE is as good as a whole one.
"""

import re
from functools import cache, lru_cache

from srctl.core.thai import to_arabic_digits

UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
GAP = rf"[\s{UNSEEN}]*+"
NUMBER_GAP = rf"[\s{UNSEEN}./()\u2010-\u2015-]*"
_WHOLE = {"ำ": "ํา", "แ": "เเ"}


class _Reduced(dict[int, str]):
    """The table for ``str.translate`` before texts are compared: what may stand in a gap is left out."""

    def __init__(self, gap: str) -> None:
        self._gap = gap

    def __missing__(self, code: int) -> str:
        char = chr(code)
        gap = compiled(self._gap).fullmatch(char)
        self[code] = "" if gap else to_arabic_digits(_WHOLE.get(char, char)).casefold()
        return self[code]


LETTERS, FIGURES = _Reduced(GAP), _Reduced(NUMBER_GAP)


@cache
def compiled(text: str) -> re.Pattern[str]:
    """The pattern, compiled at first use: a command that judges no text pays for none."""
    return re.compile(text)


@lru_cache(maxsize=64)  # each text is asked for each identifier
def reduce_text(text: str, number: bool = False) -> str:
    """The text without what may stand between its letters, or (``number``) its figures."""
    return text.translate(FIGURES if number else LETTERS)


def digits_of(text: str) -> str:
    """The digits of the text, Arabic."""
    return re.sub("[^0-9]", "", to_arabic_digits(text))
