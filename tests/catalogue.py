"""The catalogues: every message of srctl, and of the command-line library what srctl lets it say.

``python -m tests.catalogue`` merges the messages of the code into each ``srctl.po`` (new ones empty, those no
longer used taken out) and writes the ``srctl.mo`` programs read. Nothing in either tells of a day, a line or
a machine, so the same messages always give the same bytes.
"""

import ast
import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import typer.core
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from srctl.core.i18n import DOMAIN, LANGUAGES, LOCALE_DIR
from tests.conftest import PROJECT

# A text, or the two English forms of what is counted: for one, for many.
Message = str | tuple[str, str]
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")


class Steady(Catalog):
    """A catalogue whose header says only what a reader of it needs."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the lines of the header."""
        return [
            ("Project-Id-Version", "srctl"),
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def po_path(language: str) -> Path:
    """Return where the catalogue people edit stands."""
    return LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def messages_of(path: Path) -> Iterator[tuple[int, Message]]:
    """Yield the line and the text, or the two forms, of each message of a Python file.

    The tree is read: what stands within an f-string is hidden from readers of tokens before Python 3.12.
    """
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Call(func=ast.Name(id="_" | "mark"), args=[ast.Constant(value=str(text))]):
                yield node.lineno, text
            case ast.Call(
                func=ast.Name(id="ngettext"), args=[ast.Constant(value=str(one)), ast.Constant(value=str(many)), _]
            ):
                yield node.lineno, (one, many)
            case ast.Call(func=ast.Name(id="ngettext")):
                raise ValueError(f"{path}:{node.lineno}: two texts and a number")
            case ast.Call(func=ast.Name(id="_" | "mark"), args=[ast.JoinedStr() | ast.BinOp()] | [_, _, *_]):
                raise ValueError(f"{path}:{node.lineno}: a message is one text")


def forms(message: Message) -> tuple[str, ...]:
    """The texts of a message as the code has them."""
    return (message,) if isinstance(message, str) else message


def messages() -> list[Message]:
    """Every message srctl can show, each once, in the order of the alphabet.

    Raises:
        ValueError: one text is the beginning of two messages; a catalogue has but one place for it.
    """
    files = [*sorted((PROJECT / "srctl").rglob("*.py")), Path(str(typer.core.__file__))]
    found = sorted({text for path in files for _line, text in messages_of(path)}, key=forms)
    for before, after in pairwise(found):
        if forms(before)[0] == forms(after)[0]:
            raise ValueError(f"{forms(after)[0]!r} has a plural at one place and none, or another, elsewhere")
    return found


def translations(language: str) -> dict[Message, str]:
    """What the catalogue of a language says now, by message; for what is counted, in its one form."""
    path = po_path(language)
    if not path.exists():
        return {}
    catalogue = read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True)
    said: dict[Message, str] = {}
    for found in catalogue:
        match found.id, found.string:
            case (one, many), (str(text),):
                said[one, many] = text
            case str(message), str(text) if message:
                said[message] = text
    return said


def merged(language: str) -> Steady:
    """The catalogue of a language with exactly the messages of the code."""
    known = translations(language)
    catalogue = Steady(
        locale=language, header_comment="# Edit the translations here, then: make catalogue", fuzzy=False
    )
    for message in messages():
        said = known.get(message, "")
        catalogue.add(message, said if isinstance(message, str) else (said,))
    return catalogue


def po_bytes(catalogue: Steady) -> bytes:
    """Return the file people edit."""
    file = io.BytesIO()
    write_po(file, catalogue, width=0, no_location=True, sort_output=True)
    return file.getvalue()


def mo_bytes(catalogue: Steady) -> bytes:
    """Return the file programs read."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> None:
    """Bring every catalogue up to date and say what is still to be translated."""
    for language in TRANSLATED:
        catalogue = merged(language)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
        empty = [str(m.id) for m in catalogue if m.id and not "".join(m.string or "")]
        print(f"{language}: {len(catalogue)} messages, {len(empty)} to translate", *empty, sep="\n  ")


if __name__ == "__main__":
    main()
