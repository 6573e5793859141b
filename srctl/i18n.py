"""The language of what a clerk sees: gettext catalogues, English in the code, Thai beside it. Floor 0.

The face chooses the language once at start with :func:`use`; everything else only calls :func:`_`. English
is the messages themselves, so it needs no catalogue. ``python -m tests.catalogue`` keeps the Thai one whole.
"""

import gettext
import os
from pathlib import Path

LANGUAGES = ("th", "en")
DOMAIN = "srctl"
LOCALE_DIR = Path(__file__).parent / "locale"

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak ``language`` (``th`` or ``en``) from now on; anything else is English.

    The command-line library asks gettext's own default domain for its words ("Options", "required"),
    so that domain becomes ours; LANGUAGE is the only way to tell it which language.
    """
    global _current, _language
    _language = language if language in LANGUAGES else "en"
    os.environ["LANGUAGE"] = _language
    gettext.bindtextdomain(DOMAIN, LOCALE_DIR)
    gettext.textdomain(DOMAIN)
    _current = gettext.translation(DOMAIN, LOCALE_DIR, [_language], fallback=True)


def language() -> str:
    """Return the language in use: ``th`` or ``en``."""
    return _language


def _(message: str) -> str:
    """Return ``message`` in the language in use."""
    return _current.gettext(message)


def mark(message: str) -> str:
    """Return ``message`` as it is: marked for the catalogue, put into words later by :func:`_`."""
    return message
