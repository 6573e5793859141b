"""Salutations and closings of letters: the table of ``templates/salutations.yaml`` applied. Pure.

Source of the table: ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖ ภาคผนวก ๒ as amended (thai-papers §1.5); each row names its own.
A royal addressee, or a class the table does not know, is refused: such letters are drafted by hand. A name that begins
as a monk's or a royal one does, and fits no class, is asked about: the wrong greeting is never guessed.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from srctl.core.decoding import Text
from srctl.core.errors import NotFound, Refused
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple

GENERAL = "general"
MONK = "พระ"
_PINTHU = "\u0e3a"
_BRACKETED = re.compile(r"\s*\([^()]*\)")  # of a monk of rank: his own name and ฉายา behind the title
_UNHEARD = str.maketrans("", "", " .\u00a0")  # ประธาน กกต., ประธาน ก.ก.ต.
_LEAST = 3  # letters of a title behind the words it begins with


class Salutation(NamedTuple):
    """One class of addressee: คำขึ้นต้น, คำลงท้าย, and the pronouns for oneself and for them.

    ``titles`` are beginnings of positions or names that belong to the class when a contact does not state its own;
    ``styles`` those of the titles of rank a monk is named by (ราชทินนาม), which are one word; ``endings`` those of the
    Pali name (ฉายา) that stands behind a monk's own name. ``refused`` is the reason why srctl writes no letter to this
    class.
    """

    label: Text
    opening: str = ""
    closing: str = ""
    me: str = ""
    you: str = ""
    titles: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    source: str = ""
    checked_on: date | None = None
    refused: Text = Text("", "")


class Salutations(NamedTuple):
    """``templates/salutations.yaml``, whole: the classes by name.

    ``offices`` are beginnings of positions that letters are addressed to by the position alone. ``asked`` are those of
    names which must be of a class: where they are of none, it is asked.
    """

    format: int
    classes: Mapping[str, Salutation]
    offices: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


class ClassUnknownError(Refused):
    """It is not guessed how somebody is greeted: their class is to be stated."""


def class_of(table: Salutations, stated: str, *titles: str) -> str:
    """The class of an addressee: the one stated, else that of the first of ``titles`` that is of one, else general.

    Of one title the longest beginning counts.

    Raises:
        ClassUnknownError: a title is of no class, and begins as those of monks and of the Royal Family do.
    """
    if stated:
        return stated
    for title in titles:
        found = max(_fitting(table, title), default=(0, ""))[1]
        if found:
            return found
        if title.startswith(table.asked):
            message = _("how is {name} greeted: of which class of addressee?").format(name=title)
            raise ClassUnknownError(message, "\n".join(f"{key}: {label}" for key, label in classes_asked(table)))
    return GENERAL


def classes_asked(table: Salutations) -> list[tuple[str, str]]:
    """The classes, each with its label, that somebody who is asked about may be of."""
    return [(name, row.label.in_(language())) for name, row in table.classes.items()]


def _fitting(table: Salutations, title: str) -> Iterator[tuple[int, str]]:
    """The classes a title is of, each with the length of the words that say so."""
    bare = _BRACKETED.sub("", title).strip()
    heard = bare.translate(_UNHEARD)
    for name, row in table.classes.items():
        yield from ((len(words), name) for words in row.titles if heard.startswith(words.translate(_UNHEARD)))
        yield from ((len(words), name) for words in row.styles if _is_style(bare, words))
        if _has_pali_name(bare, row.endings):
            yield len(MONK), name


def _is_style(name: str, words: str) -> bool:
    """Whether a name is one title of rank that begins with ``words``."""
    return name.startswith(words) and len(name) >= len(words) + _LEAST and " " not in name


def _has_pali_name(name: str, endings: tuple[str, ...]) -> bool:
    """Whether it is a monk's own name with his ฉายา: พระไพศาล วิสาโล."""
    own, _space, pali = name.replace("\u00a0", " ").partition(" ")
    return bool(endings and pali and own.startswith(MONK) and (_PINTHU in pali or pali.endswith(endings)))


def salutation(table: Salutations, stated: str, *titles: str) -> Salutation:
    """The row for an addressee (``titles``: name and position).

    Raises:
        NotFound: the class stated is not in the table. Refused: the table says to draft such letters by hand.
        ClassUnknownError: their class must be stated.
    """
    name = class_of(table, stated, *titles)
    row = table.classes.get(name)
    if row is None:
        message = _("there is no class of addressee {name} in templates/salutations.yaml").format(name=name)
        raise NotFound(message, ", ".join(table.classes))
    if row.refused.th or not row.opening:
        message = _("{label}: {reason}").format(label=row.label.in_(language()), reason=row.refused.in_(language()))
        raise Refused(message, _("draft this letter by hand"))
    return row
