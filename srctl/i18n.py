"""The language of what a clerk sees: gettext catalogues, English in the code, Thai beside it. Floor 0.

The face chooses the language once at start with :func:`use`; everything else only calls :func:`_`. English
is the messages themselves, so it needs no catalogue. ``python -m tests.catalogue`` keeps the Thai one whole.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

LANGUAGES = ("th", "en")
DOMAIN = "srctl"
LOCALE_DIR = Path(__file__).parent / "locale"

_words: dict[str, str] = {}
_language = "en"


def use(language: str) -> None:
    """Speak ``language`` (``th`` or ``en``) from now on; anything else is English."""
    global _words, _language
    _language = language if language in LANGUAGES else "en"
    _words = _read(LOCALE_DIR / _language / "LC_MESSAGES" / f"{DOMAIN}.mo")


@contextmanager
def in_thai() -> Iterator[None]:
    """Speak Thai inside: what the office keeps is in Thai, whatever language the screen speaks."""
    spoken = language()
    use("th")
    try:
        yield
    finally:
        use(spoken)


def lend() -> None:
    """Let the command-line library speak the language in use.

    It asks gettext's own default domain for its words ("Options", "required"), so that domain becomes ours; LANGUAGE
    is the only way to tell it which language.
    """
    import gettext

    os.environ["LANGUAGE"] = _language
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)


@cache
def _read(path: Path) -> dict[str, str]:
    """Return the messages of a ``.mo`` file; none when there is no such file.

    gettext reads it as well, but in five times the time, and every command waits for this.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    count, ours, theirs = struct.unpack_from("<3I", raw, 8)

    def texts(table: int) -> list[str]:
        # A table of (length, offset); the texts stand one behind the other, a zero after each.
        places = struct.unpack_from(f"<{2 * count}I", raw, table)
        return str(raw[places[1] : places[-1] + places[-2]], "utf-8").split("\0")

    words = dict(zip(texts(ours), texts(theirs), strict=True))
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
