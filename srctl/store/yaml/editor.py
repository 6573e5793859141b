"""YAML edited by splicing: what an edit does not concern stays byte for byte.

The only door to ruamel.yaml, which locates each value; nothing is ever written back by it (a library
that writes the whole file again changes quotes, folds lines and drops ``null``). Each result is read
again and must say exactly what was meant; otherwise nothing is changed.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from srctl.core.errors import BadFile, CommandLine, Problem
from srctl.core.i18n import _
from srctl.core.patches import Edit, Value, Where
from srctl.store.yaml.guards import BOM, ReadingError
from srctl.store.yaml.patch import apply_step, copied, normalise
from srctl.store.yaml.positions import separator_tabs
from srctl.store.yaml.reader import read_text
from srctl.store.yaml.source import Source
from srctl.store.yaml.splice import Document, Splice
from srctl.store.yaml.writer import UNNAMED, Tall


def append_item(raw: bytes, where: Where, item: Value, flow: bool = True) -> bytes:
    """``raw`` with ``item`` last in the list at ``where``, on one line if ``flow``.

    A missing or empty list is made. Raises BadFile like :func:`apply`.
    """
    if isinstance(item, Mapping) and not flow:
        item = Tall(item)
    return apply(raw, [Edit("append", where, item)])


def apply(raw: bytes, edits: Sequence[Edit], path: Path = UNNAMED) -> bytes:
    """``raw`` with all ``edits`` applied in order, checked once at the end.

    ``path`` names the file in errors. Raises BadFile when ``raw`` cannot be read, a path leads
    nowhere, or the result would not read back as exactly the data that was meant.
    """
    source = _readable(raw, path)
    session = _EditSession(source.text, path)
    data: dict[str, Any] = copied(dict(source.data or {}))
    try:
        for edit in edits:
            for step in normalise(data, edit):
                apply_step(data, step)
                session.add(step)
    except ReadingError as fault:
        raise BadFile([fault.at(path)]) from None
    new = (BOM if raw.startswith(BOM) else b"") + session.finish().encode("utf-8", "surrogatepass")
    if new != raw and _readable(new, path).data != data:
        raise BadFile([_too_tangled(path, 0)])
    return new


def item_texts(raw: bytes, where: Where) -> list[str]:
    """The source text of each item of the list at ``where``, without dashes; [] if there is no such list.

    Wrapped in Verbatim it can be appended to another file byte for byte.
    """
    text = _readable(raw, UNNAMED).text
    document = Document(text, _compose(text, UNNAMED))
    found = document.locate(where)
    if found is None or found.node.id != "sequence":
        return []
    return [text[slice(*document.extent(item))] for item in found.node.value]


class _EditSession:
    """A text with pending splices, composed again only when edits conflict."""

    def __init__(self, text: str, path: Path) -> None:
        self._text = text
        self._path = path
        self._document: Document | None = None
        self._pending: list[Splice] = []
        self._touched: list[Edit] = []
        self._line_break = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"

    def add(self, edit: Edit) -> None:
        """Turn one step of an edit into pending splices."""
        if any(_related(edit, other) for other in self._touched):
            self._apply_pending()
        alone = edit.op == "remove" and self._composed().is_alone(edit.where)
        splices = self._splices(edit)
        if alone or any(new.conflicts(pending) for new in splices for pending in self._pending):
            self._apply_pending()
            splices = self._splices(edit)
        self._pending += splices
        self._touched.append(edit)
        if alone:  # the parent itself is written anew
            self._apply_pending()

    def finish(self) -> str:
        """The text with all splices applied."""
        self._apply_pending()
        return self._text

    def _composed(self) -> Document:
        """The document of the text, pending splices not applied."""
        if self._document is None:
            self._document = Document(self._text, _compose(self._text, self._path))
        return self._document

    def _splices(self, edit: Edit) -> list[Splice]:
        document = self._composed()
        if edit.op == "remove":
            return document.remove(edit.where)
        if edit.op == "append":
            return document.append(edit.where, edit.value, edit.before, len(self._touched))
        return document.set(edit.where, edit.value, edit.before)

    def _apply_pending(self) -> None:
        """Apply the pending splices, the last in the text first."""
        size, ended = len(self._text), self._text.endswith("\n")
        unended = not ended and any("\n" in s.text and s.end == size for s in self._pending)
        for start, end, text, _slot, _fresh in sorted(self._pending, key=lambda s: s.start)[::-1]:
            broken = text.replace("\r\n", "\n").replace("\n", self._line_break)
            self._text = self._text[:start] + broken + self._text[end:]
        if unended:  # a last line of several must end, or a literal block would lose its line end
            self._text += self._line_break
        if self._pending:
            self._document = None
        self._pending, self._touched = [], []


def _related(edit: Edit, other: Edit) -> bool:
    """Whether ``edit`` must see the result of ``other`` before its place can be found."""
    if edit.op == other.op == "append" and edit.where == other.where:
        return False
    shared = min(len(edit.where), len(other.where))
    if edit.where[:shared] == other.where[:shared]:
        return True
    # Positions have moved, or two removals may leave nothing together.
    return other.op == "remove" and (isinstance(other.where[-1], int) or edit.op == "remove")


def _compose(text: str, path: Path) -> Any:
    """The node tree of a readable text, with the position of each node."""
    characters = list(text)
    for at in separator_tabs(text):
        characters[at] = " "  # ruamel.yaml refuses tabs that other readers allow; offsets stay
    try:
        return YAML(typ="safe", pure=True).compose("".join(characters))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadFile([_too_tangled(path, mark.line + 1 if mark else 0)]) from None


def _readable(raw: bytes, path: Path) -> Source:
    """The file as read; BadFile when it has problems."""
    source = read_text(raw, path)
    if source.problems:
        raise BadFile(source.problems)
    return source


def _too_tangled(path: Path, line: int) -> Problem:
    return Problem(
        path,
        line,
        "edit",
        _("the file is written in a way that a command cannot change safely; nothing was changed"),
        _("change the line by hand, then run: {command}").format(command=CommandLine("check")),
    )
