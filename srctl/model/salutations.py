"""Salutations and closings of letters: the table of ``templates/salutations.yaml`` applied. Pure.

Source of the table: ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖ ภาคผนวก ๒ as amended (thai-papers §1.5); each row names its own.
A royal addressee, or a class the table does not know, is refused: such letters are drafted by hand.
"""

from collections.abc import Mapping
from datetime import date

from srctl.core.decoding import Text
from srctl.core.errors import NotFound, Refused
from srctl.core.i18n import _
from srctl.core.records import NamedTuple

GENERAL = "general"


class Salutation(NamedTuple):
    """One class of addressee: คำขึ้นต้น, คำลงท้าย, and the pronouns for oneself and for them.

    ``titles`` are beginnings of positions or names that belong to the class when a contact does not state its own.
    ``refused`` is the reason why srctl writes no letter to this class.
    """

    label: Text
    opening: str = ""
    closing: str = ""
    me: str = ""
    you: str = ""
    titles: tuple[str, ...] = ()
    source: str = ""
    checked_on: date | None = None
    refused: Text = Text("", "")


class Salutations(NamedTuple):
    """``templates/salutations.yaml``, whole: the classes by name.

    ``offices`` are beginnings of positions that letters are addressed to by the position alone.
    """

    format: int
    classes: Mapping[str, Salutation]
    offices: tuple[str, ...] = ()


def class_of(table: Salutations, stated: str, *titles: str) -> str:
    """Return the class of an addressee: the one stated, else that of the longest title found, else ``general``."""
    if stated:
        return stated
    best = ("", GENERAL)
    for name, row in table.classes.items():
        for title in row.titles:
            if len(title) > len(best[0]) and any(text.startswith(title) for text in titles):
                best = (title, name)
    return best[1]


def salutation(table: Salutations, stated: str, *titles: str) -> Salutation:
    """Return the row for an addressee (``titles``: position and name).

    Raises:
        NotFound: the class stated is not in the table. Refused: the table says to draft such letters by hand.
    """
    name = class_of(table, stated, *titles)
    row = table.classes.get(name)
    if row is None:
        message = _("there is no class of addressee {name} in templates/salutations.yaml").format(name=name)
        raise NotFound(message, ", ".join(table.classes))
    if row.refused.th or not row.opening:
        from srctl.core.i18n import language

        message = _("{label}: {reason}").format(label=row.label.in_(language()), reason=row.refused.in_(language()))
        raise Refused(message, _("draft this letter by hand"))
    return row
