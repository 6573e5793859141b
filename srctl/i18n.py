"""The language of what a clerk sees: gettext catalogues, English in the code, Thai beside it. Floor 0.

The face chooses the language once at start with :func:`use`; everything else only calls :func:`_`. English
is the messages themselves, so it needs no catalogue. ``python -m tests.catalogue`` keeps the Thai one whole.
"""

import gettext
import os
import struct
from pathlib import Path

LANGUAGES = ("th", "en")
DOMAIN = "srctl"
LOCALE_DIR = Path(__file__).parent / "locale"

_words: dict[str, str] = {}
_language = "en"


def use(language: str) -> None:
    """Speak ``language`` (``th`` or ``en``) from now on; anything else is English.

    The command-line library asks gettext's own default domain for its words ("Options", "required"),
    so that domain becomes ours; LANGUAGE is the only way to tell it which language.
    """
    global _words, _language
    _language = language if language in LANGUAGES else "en"
    os.environ["LANGUAGE"] = _language
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)
    _words = _read(LOCALE_DIR / _language / "LC_MESSAGES" / f"{DOMAIN}.mo")


def _read(path: Path) -> dict[str, str]:
    """Return the messages of a ``.mo`` file; none when there is no such file.

    gettext reads it as well, but in thrice the time, and every command waits for this.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    count, ours, theirs = struct.unpack_from("<3I", raw, 8)
    # Two tables of (length, offset), the messages' and the translations', in the same order.
    messages = struct.iter_unpack("<2I", raw[ours : ours + 8 * count])
    translations = struct.iter_unpack("<2I", raw[theirs : theirs + 8 * count])
    words = {
        str(raw[at : at + size], "utf-8"): str(raw[to : to + length], "utf-8")
        for (size, at), (length, to) in zip(messages, translations, strict=True)
    }
    words.pop("", None)  # the header of the catalogue
    return words


def language() -> str:
    """Return the language in use: ``th`` or ``en``."""
    return _language


def _(message: str) -> str:
    """Return ``message`` in the language in use."""
    return _words.get(message, message)


def mark(message: str) -> str:
    """Return ``message`` as it is: marked for the catalogue, put into words later by :func:`_`."""
    return message
