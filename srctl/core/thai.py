"""Thai text: how it is stored, compared, sorted, measured and made safe to print.

The same Thai word reaches us in several code sequences (น้ำ น้ํา นํ้า, and "น้ า" out of a PDF),
which no Unicode normal form unites; NFKC even tears SARA AM apart. So we use NFC and repairs of our
own. Characters that are unreadable alone are named by code point.
"""

import re
from functools import lru_cache
from itertools import permutations

TONE = "\u0e48-\u0e4b"
# Signs above and below a consonant. By code point the vowel comes before the tone, as it should.
MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_SARA_AM, _SARA_AA, _NIKHAHIT = "\u0e33", "\u0e32", "\u0e4d"
_LEADING = "เแโใไ"
_TWO_LEADING = "เเ"  # meant for แ
_VOWELS = frozenset(map(chr, (*range(0x0E30, 0x0E3B), *range(0x0E40, 0x0E46))))
_TIE_BREAKERS = frozenset(map(chr, range(0x0E47, 0x0E4F)))
_UNSORTED = frozenset("ฯๆ")

_TO_ARABIC = {ord("๐") + n: str(n) for n in range(10)}
_TO_THAI = {ord("0") + n: chr(ord("๐") + n) for n in range(10)}

# What has to be taken out or mended where it stands; the other faults are of two characters.
_SUSPECT = frozenset("\u200b\u200c\u200d\u2060\ufeff\r") | {_NIKHAHIT}

# Patterns are plain text: compiled at first use, they cost a command that needs none nothing.
_INVISIBLE = "[\u200b-\u200d\u2060\ufeff]"
_UNSEEN = "[\u00ad\u200b-\u200d\u2060]"
# Nikhahit, sara aa and perhaps a tone, in any order, longest first.
_TORN_AM = "|".join(
    "".join(parts)
    for pieces in ((f"[{TONE}]", _NIKHAHIT, _SARA_AA), (_NIKHAHIT, _SARA_AA))
    for parts in permutations(pieces)
)
# A run at once and from its first SARA AM: one by one, a long run would take minutes.
_TONE_AFTER_AM = f"(?<!{_SARA_AM}){_SARA_AM}[{_SARA_AM}{TONE}]*[{TONE}]"
_MARKS = f"[{MARK}]{{2,}}"
_REPEATED_VOWEL = "([ะาำแ-ไ])\\1+"
_SPLIT_AM = f"([ก-ฮ][{TONE}]?){_NIKHAHIT}? {_SARA_AA}"
_LEADING_VOWEL = f"([{_LEADING}])([ก-ฮ])"
# Web and e-mail addresses, and words of Latin letters with digits in them (COVID-19, A4), stay as they are. Each
# begins where a word begins: tried at every letter, a long text of one word would take minutes.
_AS_TYPED = (
    r"(?:https?://|www\.)[!-~]+"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9.-]+"
    r"|(?<![A-Za-z0-9.-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,4}/[!-~]*"
    r"|(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
)
_UNSAFE = (
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"  # controls but tab and newline
    "\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069"  # line separators and bidi controls
    "\\ufeff\\ufffe\\uffff\\ud800-\\udfff\\ue000-\\uf8ff]"  # BOM, no character, private use
)


def to_thai_digits(text: str) -> str:
    """Return ``text`` with 0-9 written ๐-๙."""
    return text.translate(_TO_THAI)


def to_official_digits(text: str) -> str:
    """Return ``text`` with the digits of a formal paper: Thai, but as typed in addresses and Latin words.

    As long as ``text``: each place keeps its offset (thai-papers §1.2, numerals).
    """
    return re.sub(f"{_AS_TYPED}|([0-9]+)", lambda found: to_thai_digits(found[0]) if found[1] else found[0], text)


def to_arabic_digits(text: str) -> str:
    """Return ``text`` with ๐-๙ written 0-9; digits of other scripts stay."""
    return text.translate(_TO_ARABIC)


def clean(text: str) -> str:
    """Return ``text`` as it is stored: NFC, SARA AM and SARA AE whole, no invisible joiners, LF.

    Only repairs that are never wrong; words, spaces and digits stay as typed.
    """
    if _is_clean(text):
        return text
    text = re.sub(_INVISIBLE, "", text).replace("\r\n", "\n").replace("\r", "\n")
    # One repair can lay bare another; cleaning twice must be cleaning once.
    while (mended := _mend(text)) != text:
        text = mended
    return text


def _is_clean(text: str) -> bool:
    """Whether nothing has to be repaired, as in most texts."""
    from unicodedata import is_normalized

    late_tone = _SARA_AM in text and any(_SARA_AM + chr(tone) in text for tone in range(0x0E48, 0x0E4C))
    return not late_tone and _TWO_LEADING not in text and _SUSPECT.isdisjoint(text) and is_normalized("NFC", text)


def _mend(text: str) -> str:
    from unicodedata import normalize

    text = normalize("NFC", text).replace(_TWO_LEADING, "แ")
    text = re.sub(_TORN_AM, _join_am, text)
    return re.sub(_TONE_AFTER_AM, lambda found: "".join(sorted(found[0], key=_SARA_AM.__eq__)), text)


def _join_am(match: re.Match[str]) -> str:
    return match[0].replace(_NIKHAHIT, "").replace(_SARA_AA, "") + _SARA_AM


def fold(text: str) -> str:
    """Return the form for comparing and searching; never for storing or showing.

    Beyond :func:`clean`: case and Thai digits folded, spaces collapsed, marks in one order and once
    each, and SARA AM mended where a PDF left consonant, space, SARA AA (``ส านัก``).
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    # One repair can lay bare another ("ก า่"); folding twice must be folding once.
    while (folded := _fold_once(text)) != text:
        text = folded
    return text


def _fold_once(text: str) -> str:
    text = to_arabic_digits(clean(text).casefold())
    text = re.sub(_MARKS, lambda match: "".join(sorted(set(match[0]))), text)
    text = re.sub(_REPEATED_VOWEL, r"\1", text)
    return re.sub(_SPLIT_AM, f"\\1{_SARA_AM}", " ".join(text.split()))


def sort_key(text: str) -> tuple[str, str, str]:
    """Return the key for Thai dictionary order: digits first, then Latin, then Thai.

    A leading vowel counts after its consonant; tones, shortening and silencing marks only break
    ties (พจนานุกรม ฉบับราชบัณฑิตยสถาน); spaces, punctuation, ฯ and ๆ do not count. Thai and Arabic
    digits are alike.
    """
    turned = re.sub(_LEADING_VOWEL, r"\2\1", fold(text))
    primary = "".join(c for c in turned if c not in _UNSORTED and (c.isalnum() or c in _VOWELS))
    secondary = "".join(c if c in _TIE_BREAKERS else " " for c in turned)
    return primary, secondary, clean(text)


def unsafe_characters(text: str) -> list[tuple[int, str]]:
    """Return (offset, ``U+202E``) of each character that misleads a reader or breaks a document."""
    found = () if _is_printable(text) else _compiled(_UNSAFE).finditer(text)
    return [(match.start(), f"U+{ord(match[0]):04X}") for match in found]


def printable(text: str) -> str:
    """Return ``text`` without the characters :func:`unsafe_characters` names: safe to print."""
    return text if _is_printable(text) else _compiled(_UNSAFE).sub("", text)


def _is_printable(text: str) -> bool:
    """Whether the text is surely without unsafe characters: none of them is printable."""
    return text.isprintable() or text.replace("\n", " ").replace("\u00a0", " ").isprintable()


@lru_cache(maxsize=16_384)  # a table asks for the width of each of its texts several times
def display_width(text: str) -> int:
    """Return the terminal cells of ``text``: marks and controls 0, East Asian wide 2, others 1."""
    if text.isascii() and text.isprintable():
        return len(text)
    # Most of what is shown is Thai and ASCII, where only the marks take no cell of their own.
    if _COMMON.issuperset(text):
        return len(text) - sum(map(text.count, _NO_CELL))
    return sum(map(_cells, text))


_NO_CELL = tuple(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))
# Letters, digits and signs of one cell, ASCII and what Unicode has of Thai, and the marks.
_COMMON = frozenset(map(chr, (*range(0x20, 0x7F), *range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)))) | {
    *"\u00a0·–—‘’“”…→"
}


@lru_cache(maxsize=16)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=4096)
def _cells(char: str) -> int:
    import unicodedata

    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, width: int) -> str:
    """Return ``text`` filled up with spaces to ``width`` cells; longer text stays whole."""
    return text + " " * (width - display_width(text))


def shorten(text: str, width: int) -> str:
    """Return ``text`` in at most ``width`` cells, with … where it was cut.

    Never cuts between a consonant and its marks, its SARA AM or its leading vowel.
    """
    if display_width(text) <= width:
        return text
    if width < 1:
        return ""
    kept, used = [], 0
    for cluster in clusters(text):
        used += display_width(cluster)
        if used > width - 1:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + "…"


def wrapped(paragraph: str, room: int, lead: int = 0) -> list[str]:
    """Return a paragraph in lines of at most ``room`` cells, the first up to ``lead`` cells longer.

    They are broken at spaces, else between clusters: Thai has few spaces, and no mark leaves its letter.
    """
    lines: list[str] = []
    line = ""
    for word in paragraph.split(" "):
        fits = room + (0 if lines else lead)
        between = f"{line} {word}" if line else word
        if display_width(between) <= fits:
            line = between
            continue
        # A piece longer than a line goes on behind a short beginning rather than leave it alone.
        if line and not (display_width(word) > room and display_width(line) < fits // 2):
            lines.append(line)
            between = word
        line = between
        while display_width(line) > (fits := room + (0 if lines else lead)):
            head = shorten(f"{line} ", fits + 1).removesuffix("…")
            lines.append(head)
            line = line[len(head) :].lstrip(" ")
    return [*lines, line]


def excerpt(text: str, start: int, end: int, around: int = 16) -> str:
    """Return the place ``text[start:end]`` with some ``around`` characters on each side, for a line of a list.

    A long place is cut, … stands where more follows, and what cannot be seen is named by its code point. No
    consonant is cut from its marks.
    """
    left, right = max(0, start - around), min(len(text), min(end, start + 2 * around) + around)
    for _step in range(around):
        left -= 0 < left < len(text) and _joined(text[left - 1], text[left])
        right += right < len(text) and _joined(text[right - 1], text[right])
    shown = re.sub(f"{_UNSEEN}|{_UNSAFE}", lambda found: f"‹U+{ord(found[0]):04X}›", text[left:right])
    return "…" * (left > 0) + re.sub("[\t\n]", " ", shown) + "…" * (right < len(text))


def _joined(before: str, char: str) -> bool:
    return char == _SARA_AM or before in _LEADING or _cells(char) == 0


def clusters(text: str) -> list[str]:
    """Return ``text`` in pieces that must stay together: a consonant with its marks, SARA AM and leading vowel."""
    starts = [at for at, char in enumerate(text) if at == 0 or not _joined(text[at - 1], char)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=False)]
