"""Menus as values: the choices with the one number each keeps, and what is meant by what is typed."""

from collections.abc import Callable, Mapping, Sequence

from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import fold, to_arabic_digits

Choice = tuple[str, str]  # the code that is recorded, the words that are read
NOTHING = "-"
MOST = 20  # choices shown at once; more are found by part of a name
_TONES = {ord(tone): None for tone in "็่้๊๋์"}


class ReadyText(NamedTuple):
    """A text that can be brought into a line, how it reads in a list, and why it cannot be taken ("" when it can)."""

    text: str
    words: str
    why: str = ""


class Shelf(NamedTuple):
    """Texts that a ``key`` (``f3``) lists below a line; ``none`` is said where there are none."""

    key: str
    label: str
    texts: Callable[[], Sequence[ReadyText]]
    none: str


class Menu(NamedTuple):
    """Choices by code in their order, those listed at first, the number of each, the default ("" for none)."""

    words: Mapping[str, str]
    first: Sequence[str]
    numbers: Mapping[str, str]
    default: str

    @classmethod
    def of(cls, choices: Sequence[Choice], default: str, near: Sequence[str], numbers: Mapping[str, str]) -> "Menu":
        """The menu of the choices: of many those ``near`` first, else as they stand; numbered unless told."""
        words = dict(choices)
        default = default if default in words else ""
        first = [*words]
        if len(words) > MOST:
            first = ([code for code in dict.fromkeys([*near, default]) if code in words] or first)[:MOST]
            words = {code: words[code] for code in dict.fromkeys([*first, *words])}
        counted = {code: str(n) for n, code in enumerate(words, 1)}
        return cls(words, first, {code: numbers.get(code, counted[code]) for code in words}, default)

    def has_more(self) -> bool:
        """Whether there are choices that are not listed at first."""
        return len(self.first) < len(self.words)

    def line(self, code: str) -> str:
        """A choice as it is read: its words, and its code where they do not have it and people type it."""
        words = self.words[code]
        return words if code == words or not code[:1].isalnum() or code in words.split() else f"{words}  ({code})"

    def meant(self, typed: str) -> str:
        """The code of the choice typed; of the default for nothing; "" where it is not one choice."""
        if not typed.strip() or typed.strip() == NOTHING:
            return "" if typed.strip() else self.default
        found = self.matches(typed)
        return found[0] if len(found) == 1 else ""

    def matches(self, typed: str) -> list[str]:
        """The codes that fit: the one whose number, code or words were typed, else those with every word typed."""
        whole, number = fold(typed), to_arabic_digits(typed.strip())
        for code, words in self.words.items():
            if number == self.numbers[code]:
                return [code]
            if whole in (fold(code), fold(words)):
                return [code]
        parts = whole.split()
        return [code for code in self.words if all(part in fold(f"{code} {self.words[code]}") for part in parts)]

    def offers(self, typed: str) -> list[tuple[str, str]]:
        """The list for what is typed so far, as (number, line): what fits, else what is like it, and the default."""
        codes = self.first
        if typed.strip():
            codes = (self._numbered(typed) or self.fitting(typed))[:MOST]
        codes = [*codes, self.default] if self.default and self.default not in codes else codes
        lines = {code: self.line(code) for code in codes}
        before = {
            code: "" if self.numbers[code] == lines[code].partition(" ")[0] else self.numbers[code] for code in codes
        }
        wide = max([2, *map(len, before.values())])
        return [(self.numbers[code], f"{before[code]:>{wide}}  {lines[code]}") for code in codes]

    def fitting(self, typed: str) -> list[str]:
        """The codes that fit what is typed, else those that are like it."""
        return self.matches(typed) or self._like(typed)

    def _numbered(self, typed: str) -> list[str]:
        """The codes whose number begins as typed."""
        number = to_arabic_digits(typed.strip())
        return [c for c, own in self.numbers.items() if own.startswith(number)] if number.isdecimal() else []

    def _like(self, typed: str) -> list[str]:
        """The codes with the letters typed in that order and near one another, tones and mistakes of them aside."""
        wanted = fold(typed).translate(_TONES).replace(" ", "")
        found = []
        for code, words in self.words.items():
            span = _span(wanted, fold(f"{code} {words}").translate(_TONES))
            if span and span <= 2 * len(wanted):
                found.append((span, code))
        return [code for _span, code in sorted(found, key=lambda item: item[0])] if len(wanted) > 1 else []

    def marked(self, typed: str) -> str:
        """The number of the choice that Enter takes, "" where it takes none."""
        code = self.meant(typed)
        return self.numbers[code] if code else ""

    def settled(self, typed: str) -> str:
        """The choice taken as it is read; what was typed where it was none."""
        code = self.meant(typed)
        return self.line(code) if code else typed

    def refusal(self, typed: str, *, required: bool) -> str:
        """Why what was typed cannot be taken, "" when it can."""
        if typed.strip() == NOTHING and not required:
            return ""
        if not typed.strip():
            return "" if self.default or not required else _("an answer is needed here (Ctrl-C stops)")
        found = self.matches(typed)
        if len(found) == 1:
            return ""
        if found:
            return _("several are called so: type a number, or more of the name")
        numbers = [int(number) for number in self.numbers.values() if number.isdecimal()]
        if self.has_more() or not numbers or max(numbers) != len(numbers):
            return _("nothing is called “{typed}”; type part of a name").format(typed=typed)
        refusal = _("nothing is called “{typed}”; type a number from 1 to {n}, or part of a name")
        return refusal.format(typed=typed, n=len(numbers))


def _span(wanted: str, text: str) -> int:
    """The shortest run of ``text`` that has the letters of ``wanted`` in their order; 0 where none has."""
    best = 0
    for start in (at for at, char in enumerate(text) if wanted and char == wanted[0]):
        end = start
        for char in wanted[1:]:
            end = text.find(char, end + 1)
            if end < 0:
                return best
        best = min(best or len(text), end - start + 1)
    return best
