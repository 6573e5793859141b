"""Case ids (``2569-0042``, ``2569-B0007``): made, and found as people type them. Pure."""

import re
from collections.abc import Iterable

from srctl.core.decoding import MOST_SERIAL
from srctl.core.errors import CommandLine, NotFound, Refused
from srctl.core.i18n import _, ngettext
from srctl.core.thai import to_arabic_digits

# Compiled when first asked for: most commands ask for none.
ID = r"(?P<year>[0-9]{4})-(?P<book>[A-Z]?)(?P<number>[0-9]{4,7})"  # as far as a serial number goes


def parse_id(text: str) -> re.Match[str] | None:
    """The ``year`` (B.E.), ``book`` and ``number`` of a whole case id, in ASCII; None for anything else."""
    return re.fullmatch(ID, text, re.ASCII)


def is_id(text: str) -> bool:
    """Whether ``text`` is a whole case id, in ASCII, and nothing else."""
    return parse_id(text) is not None


def make_id(year: int, book: str, number: int) -> str:
    """Return the id of the ``number``-th case of the register ``book`` in a B.E. year."""
    if number > MOST_SERIAL:
        message = _("there is no number after {n}").format(n=MOST_SERIAL)
        raise Refused(message, _("look whether {n} was given by mistake").format(n=number - 1))
    return f"{year}-{book}{number:04d}"


def short_number(case_id: str, year: int) -> str:
    """Return the number by which people call a case of that B.E. year (1 for 2569-0001), its whole id for another."""
    this_year, _dash, number = case_id.partition("-")
    if this_year != str(year):
        return case_id
    book = number[:1] if number[:1].isalpha() else ""
    return book + number[len(book) :].lstrip("0")


def id_order(case_id: str) -> str:
    """Return a text by which ids sort as their numbers do: 2569-10000 after 2569-9999 (other texts: as they are)."""
    year, _dash, number = case_id.partition("-")
    book = number[:1] if number[:1].isalpha() else ""
    return f"{year}-{book}{number[len(book) :]:0>7}"


def last_number(names: Iterable[str], year: int, book: str) -> int:
    """Return the highest number of the book in that B.E. year among ids or names of case files, 0 for none."""
    # One search through all: a year has thousands, and the next number is waited for.
    own = rf"(?<=\0){year}-{book}([0-9]{{4,7}})(?:\.ya?ml)?(?=\0)"
    return max(map(int, re.findall(own, "\0".join(("", *names, "")))), default=0)


_NUMBER = r"(?:(?P<year>[0-9]{4})-)?(?P<book>[A-Z]?)(?P<number>[0-9]{1,7})"  # asked for once in a command, if at all


def _typed_id(typed: str) -> str:
    return to_arabic_digits(typed.strip()).upper()


def likely_id(typed: str, year: int, book: str = "") -> str:
    """Return the id that a bare number means first: of this year and this office's own book ("" if it is none)."""
    match = re.fullmatch(_NUMBER, _typed_id(typed), re.ASCII)
    if match is None:
        return ""
    return make_id(int(match["year"] or year), match["book"] or book, int(match["number"]))


def find_id(typed: str, ids: Iterable[str], year: int, book: str = "") -> str:
    """Return the one id that ``typed`` means: whole, unique prefix, or bare number, of ``year`` before others.

    Raises:
        NotFound: none, or several (they are listed in the hint).
    """
    everything = sorted(ids, key=id_order)
    text = _typed_id(typed)
    for certain in (text, likely_id(typed, year, book)):
        if certain in everything:
            return certain
    found = _by_number(text, everything, book) or [i for i in everything if text and i.startswith(text)]
    if len(found) == 1:
        return found[0]
    if not found:
        hint = _("{open} shows the open ones; {all} every one").format(
            open=CommandLine("list"), all=CommandLine("list --all")
        )
        raise NotFound(_("there is no case {id}").format(id=typed), hint)
    shown = found[:10] + (["…"] if len(found) > 10 else [])
    message = ngettext("{id} could be any of {n} case", "{id} could be any of {n} cases", len(found))
    raise NotFound(message.format(id=typed, n=len(found)), "\n".join(shown))


def _by_number(text: str, ids: list[str], book: str) -> list[str]:
    """Return the ids of any year whose number is ``text`` (``42``, ``B7``)."""
    match = re.fullmatch(_NUMBER, text, re.ASCII)
    if match is None or match["year"]:
        return []
    wanted = (match["book"] or book, int(match["number"]))
    return [i for i in ids if (m := parse_id(i)) and (m["book"], int(m["number"])) == wanted]
