"""Copies and attachments asked for stand on the paper, or the paper is refused: nothing typed is lost in silence.

The layout has a line for them (``each: copies``, ``each: attachments``), or the text of the wording names them.
"""

from collections.abc import Iterable

from srctl.core.errors import UsageError
from srctl.core.i18n import _
from srctl.core.thai import to_arabic_digits
from srctl.documents.docx.content import Words
from srctl.documents.docx.layout import Layout
from srctl.papers.draft_request import Asked, attached


def refuse_unprinted(asked: Asked, printed: Iterable[str], called: str) -> None:
    """Refuse what was asked for and stands in none of the ``printed`` lines; ``called`` is the name of the paper.

    Raises:
        UsageError: it has no place for a copy or an attachment that was asked for.
    """
    text = _folded(" ".join(printed))
    for copy in asked.copies:
        if _folded(copy) not in text:
            message = _("{paper} has no place for who gets a copy: {copy}").format(paper=called, copy=copy)
            raise UsageError(message, _("leave out {option}, or write a letter to them").format(option="--copy"))
    for row in attached(asked.attachments):
        if _folded(str(row["text"])) not in text:
            message = _("{paper} has no place for an attachment: {text}").format(paper=called, text=row["text"])
            raise UsageError(message, _("leave out {option}, or name it in the text").format(option="--attach"))


def printed_lines(words: Words, layout: Layout) -> Iterable[str]:
    """The lines of the text, its closing, and the rows of the lists that the layout prints."""
    yield from (cell for block in words.blocks for cell in (block.text, *block.cells))
    yield words.closing
    lists = {line.each for line in (*layout.head, *layout.close, *layout.foot)}
    for name in lists & words.lists.keys():
        yield from (str(row["text"]) for row in words.lists[name])


def _folded(text: str) -> str:
    return "".join(to_arabic_digits(text).split())
