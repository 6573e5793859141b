"""Thai names in Latin letters, for ids: readable and always the same. Pure.

The letters are those of the royal general system; where Thai writes no vowel one is put in by position, so that a name
is near to what it sounds like and not more.
"""

import re

from srctl.core.thai import clean

_LETTERS = {
    "k": "ก", "kh": "ขฃคฅฆ", "ng": "ง", "ch": "จฉชฌ", "s": "ซศษส", "y": "ญย", "d": "ฎด", "t": "ฏต", "th": "ฐฑฒถทธ",
    "n": "ณน", "b": "บ", "p": "ป", "ph": "ผพภ", "f": "ฝฟ", "m": "ม", "r": "ร", "l": "ลฬ", "w": "ว", "h": "หฮ", "": "อ",
}  # fmt: skip
_CONSONANTS = {consonant: latin for latin, consonants in _LETTERS.items() for consonant in consonants}
# A vowel that stands before its consonant is read behind it; the longest spelling is looked for first.
_VOWELS = {
    "เีย": "ia", "เือ": "uea", "เาะ": "o", "เา": "ao", "เอ": "oe", "เิ": "oe", "เ": "e", "แ": "ae", "โ": "o",
    "ใ": "ai", "ไ": "ai", "ัว": "ua", "รร": "an", "ือ": "ue", "ำ": "am", "ั": "a", "า": "a", "ะ": "a", "ิ": "i",
    "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u", "ฤ": "rue",
}  # fmt: skip
_LEADING = re.compile("([เแโใไ])([ก-ฮ])")
_SILENT = re.compile("[ก-ฮ][ิุ]?์|[็่้๊๋ฯๆ]|ห(?=[งญนมยรลว])")
_PIECE = re.compile("|".join([*sorted(_VOWELS, key=len, reverse=True), "[ก-ฮ]", "[a-z0-9]+"]))


def romanised(name: str) -> str:
    """The name in the letters a-z, digits and hyphens between its words; "" where it has nothing of them."""
    return "-".join(filter(None, (_word(word) for word in re.split(r"[\s./()_-]+", clean(name).casefold()))))


def _word(word: str) -> str:
    pieces = _PIECE.findall(_LEADING.sub(r"\2\1", _SILENT.sub("", word)))
    found: list[str] = []
    open_ = False  # whether what stands before ends in a vowel, which a consonant may close
    for at, piece in enumerate(pieces):
        after, then = (*pieces[at + 1 : at + 3], "", "")[:2]
        letter = _CONSONANTS.get(piece)
        if letter is None:
            found.append(_VOWELS.get(piece, piece))
            open_ = True
        elif piece == "อ" and found and not open_ and after not in _VOWELS:
            found.append("o")
            open_ = True
        elif after in _VOWELS or open_ or after == "อ" or not after:
            found.append(letter)
            open_ = False
        else:
            open_ = then not in _VOWELS
            found.append(letter + ("o" if open_ else "a"))
    return "".join(found)
