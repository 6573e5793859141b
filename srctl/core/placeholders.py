"""The words in capitals that stand for what is to be typed, in the language of the screen."""

import re
from functools import cache

from srctl.core.i18n import _, language

_CAPITALS = re.compile(r"(?<![A-Za-z_-])[A-Z]{2,}(?:/[A-Z]+)?(?![A-Za-z_.])")


def localized(text: str) -> str:
    """The text with its placeholders (``ORG/PERSON``, ``DATE``) localized; every other word as it is."""
    if language() == "en":
        return text
    words = _words(language())
    return _CAPITALS.sub(lambda found: words.get(found[0], found[0]), text)


@cache
def _words(_language: str) -> dict[str, str]:
    return {
        "ADDRESS": _("ADDRESS"), "DATE": _("DATE"), "DIR": _("DIR"), "ENTRY": _("ENTRY"), "FILE": _("FILE"),
        "FROM": _("FROM"), "ID": _("ID"), "KIND": _("KIND"), "NAME": _("NAME"), "ORG": _("ORG"),
        "ORG/PERSON": _("ORG/PERSON"), "OTHER": _("OTHER"), "PAPER": _("PAPER"), "PERSON": _("PERSON"),
        "REASON": _("REASON"), "STAGE": _("STAGE"), "STEP": _("STEP"), "TEXT": _("TEXT"), "TO": _("TO"),
        "VALUE": _("VALUE"), "WHAT": _("WHAT"), "WHO": _("WHO"), "WHOM": _("WHOM"), "WHY": _("WHY"),
        "WORDING": _("WORDING"), "YEAR": _("YEAR"), "COUNT": _("COUNT"), "ANSWER": _("ANSWER"), "DAY": _("DAY"),
        "COMMAND": _("COMMAND"), "FIELD": _("FIELD"), "IDS": _("IDS"), "INTO": _("INTO"), "NEW": _("NEW"),
        "OLD": _("OLD"), "PERIOD": _("PERIOD"), "PURPOSE": _("PURPOSE"), "SHEET": _("SHEET"),
        "NUMBER": _("NUMBER"),
        "TOPIC": _("TOPIC"), "FORM": _("FORM"),
    }  # fmt: skip
