"""The language of messages: gettext catalogues, English in the code, Thai beside it.

The interface sets the language once at start with :func:`use`; everything else only calls :func:`_`, and
:func:`ngettext` for what is counted. English is the messages themselves, so it needs no catalogue.
``python -m tests.catalogue`` keeps the Thai one whole.
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
    """Show messages in ``language`` (``th`` or ``en``) from now on; anything else is English."""
    global _words, _language
    _language = language if language in LANGUAGES else "en"
    _words = _read(LOCALE_DIR / _language / "LC_MESSAGES" / f"{DOMAIN}.mo")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use ``language`` inside the block: what the office keeps is in its own, whatever the screen speaks."""
    before = _language
    use(language)
    try:
        yield
    finally:
        use(before)


def lend() -> None:
    """Let the command-line library use our catalogue and language.

    It asks gettext's own default domain for its words ("Options", "required"), so that domain becomes ours; LANGUAGE
    is the only way to choose its language.
    """
    import gettext

    os.environ["LANGUAGE"] = _language
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    gettext.textdomain(DOMAIN)


@cache
def _read(path: Path) -> dict[str, str]:
    """The messages of a ``.mo`` file, one with a plural under its singular; none when there is no such file.

    gettext reads it as well, but in four times the time, and every command waits for this.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    count, ours, theirs = struct.unpack_from("<3I", raw, 8)

    def texts(table: int) -> tuple[tuple[int, ...], list[str]]:
        # A table of (length, offset); the texts stand one behind the other, a zero after each.
        places = struct.unpack_from(f"<{2 * count}I", raw, table)
        return places[::2], str(raw[places[1] : places[-1] + places[-2]], "utf-8").split("\0")

    words: dict[str, str] = {}
    lengths, messages = texts(ours)
    following = iter(messages)
    for length, translation in zip(lengths, texts(theirs)[1], strict=True):
        message = next(following)
        words[message] = translation
        if len(message) != length and len(message.encode()) != length:
            next(following)  # the form for many: it stands behind a zero within the same text
    words.pop("", None)  # the header of the catalogue
    return words


def language() -> str:
    """Return the language in use: ``th`` or ``en``."""
    return _language


def _(message: str) -> str:
    """Return ``message`` in the language in use."""
    return _words.get(message, message)


def ngettext(one: str, many: str, n: float) -> str:
    """The message for ``n`` things in the language in use: ``one`` for exactly 1 in English; Thai has one form."""
    return _words.get(one, one if n == 1 else many)


def mark(message: str) -> str:
    """Return ``message`` as it is: marked for the catalogue, put into words later by :func:`_`."""
    return message
