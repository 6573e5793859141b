"""Words that are often misspelt: the table of ``templates/misspellings.yaml`` applied. Pure.

Thai has no spaces between words, so a misspelling is looked for within the text. It counts only where it cannot be
part of a right word: no vowel sign goes on behind it, no leading vowel stands before it, and no right word that holds
it (the one meant, and those under ``keep``) stands there.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from srctl.core.decoding import Fault
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import MARK

NO_WORDS: Mapping[str, str] = MappingProxyType({})


class Misspellings(NamedTuple):
    """``templates/misspellings.yaml``, whole: the right word by the wrong one.

    ``words`` are never right; ``perhaps`` may be (a name, an older spelling), and are only told. ``keep`` are right
    words in which a wrong one stands, or begins.
    """

    format: int
    words: Mapping[str, str] = NO_WORDS
    perhaps: Mapping[str, str] = NO_WORDS
    keep: tuple[str, ...] = ()
    source: str = ""
    checked_on: date | None = None


class Misspelt(NamedTuple):
    """``text[start:stop]`` is misspelt; ``right`` is the word meant."""

    start: int
    stop: int
    right: str


NO_MISSPELLINGS = Misspellings(1)


def occurring(table: Misspellings, text: str) -> Misspellings:
    """``table`` with those of its words only that stand somewhere in ``text``: mostly none."""
    words, perhaps = ({w: right for w, right in rows.items() if w in text} for rows in (table.words, table.perhaps))
    return table._replace(words=words, perhaps=perhaps)


def misspelt(text: str, words: Mapping[str, str], keep: tuple[str, ...]) -> Iterator[Misspelt]:
    """Yield the places of ``text`` where one of the wrong ``words`` stands, in order and apart from each other."""
    # Nearly every text has none: to look for each word is quicker than to try them all at every letter.
    wrong = tuple(word for word in words if word and word in text)
    if not wrong:
        return
    for match in _pattern(wrong, tuple(words[word] for word in wrong), keep).finditer(text):
        if match["wrong"]:
            yield Misspelt(match.start(), match.end(), words[match["wrong"]])


@lru_cache(maxsize=256)
def _pattern(wrong: tuple[str, ...], right: tuple[str, ...], keep: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern that passes over right words and stops at wrong ones."""
    held = {*keep, *(word for word in right if word not in wrong and any(one in word for one in wrong))}
    longest = ("|".join(map(re.escape, sorted(some, key=len, reverse=True))) for some in (held, wrong))
    passed, stops = longest
    whole = f"(?<![เแโใไ])(?P<wrong>{stops})(?![ะาำๅ{MARK}])"
    return re.compile(f"{passed}|{whole}" if held else whole)


def misspelling_faults(table: Misspellings) -> Iterator[Fault]:
    """Yield the rows that would mend a word into one that is misspelt itself, or a single letter wherever it stands."""
    for rows in ("words", "perhaps"):
        words: Mapping[str, str] = getattr(table, rows)
        for wrong, right in words.items():
            if len(wrong.strip()) < 3 or wrong == right or any(misspelt(right, words, table.keep)):
                message = _("{wrong}: {right} does not mend a word").format(wrong=wrong, right=right)
                yield Fault((rows, wrong), "misspelling", message, _("write the wrong word, then the right one"))
