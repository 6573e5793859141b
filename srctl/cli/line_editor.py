"""The line a person types at a prompt, edited by what is seen. The only door to prompt_toolkit.

Arrow keys, Home, End and Delete step over a letter with its marks (:mod:`srctl.core.cursor`); BackSpace takes back the
last mark alone: it undoes the last keystroke, as in LibreOffice. Everything is drawn on stderr, below what stands there
already; nothing of the screen is taken over, and the terminal is asked nothing.
"""

import os
import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, is_done
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.input.defaults import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import BufferControl, ConditionalContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import Style

from srctl.cli.menus import Shelf
from srctl.core import cursor
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import clean, printable, shorten

_STYLE = Style([("hint", "fg:ansibrightblack"), ("refused", "fg:ansired"), ("chosen", "bold")])
_WITHOUT_COLOUR = Style([("chosen", "bold")])


class NoEditor(Exception):
    """There is no terminal that lines can be edited on."""


class Offer(NamedTuple):
    """A line of the list below the prompt: what choosing it means, and what is read."""

    value: str
    words: str
    why: str = ""  # it cannot be chosen


class Prompt(NamedTuple):
    """What is asked: the prompt, the text the line begins with, and what keys can bring into it.

    ``default`` is brought into an empty line by Right or Tab; ``before`` are earlier answers, the latest last;
    ``offers`` is the list for what is typed, of which ``chosen(text)`` is marked; ``settled(text)`` is what
    stands in the line when it was answered so; ``refused(text)`` is why it cannot be the answer, "" when it can;
    ``hint(text)`` stands below the list. ``lines``: "one" refuses a paste of several, "some" takes it, and
    "long" opens a small editor for it, as F2 does. ``shelves`` are lists of texts that keys bring into the line.
    """

    prompt: str
    typed: str = ""
    default: str = ""
    lines: str = "one"
    before: Sequence[str] = ()
    offers: Callable[[str], Sequence[Offer]] = lambda _text: ()
    chosen: Callable[[str], str] = lambda _text: ""
    settled: Callable[[str], str] = lambda text: text
    refused: Callable[[str], str] = lambda _text: ""
    hint: Callable[[str], str] = lambda _text: ""
    back: bool = False
    shelves: Sequence[Shelf] = ()


def edit_line(question: Prompt) -> str | None:
    """The text typed, or the value chosen from the list; None where the person goes back.

    Raises:
        NoEditor: nothing can be drawn here. KeyboardInterrupt: Ctrl-C. EOFError: Ctrl-D in an empty line.
    """
    try:
        source, output = create_input(), _output()
    except Exception as fault:  # what a console that is none raises differs by system
        raise NoEditor(str(fault)) from fault
    return _Line(question, output).application(source, output).run()


def _output() -> Output:
    """Where the prompt is drawn: stderr, whose cursor is never asked for (CPR)."""
    if sys.platform == "win32":
        from prompt_toolkit.output import create_output

        return create_output(sys.stderr)
    from prompt_toolkit.output.vt100 import Vt100_Output

    made = Vt100_Output.from_pty(sys.stderr, term=os.environ.get("TERM"))
    made.enable_cpr = False
    made.write_raw("\r\x1b[K")  # keys typed before there was a prompt were shown by the terminal; they are read yet
    return made


def _always(_event: KeyPressEvent) -> bool:
    return True


def _never(_event: KeyPressEvent) -> bool:
    return False


class _Drawn(Processor):
    """The text as it is drawn: behind the prompt, no letter parted from its marks at the right margin."""

    def __init__(self, prompt: str) -> None:
        self.prompt = prompt

    def apply_transformation(self, ti: TransformationInput) -> Transformation:
        prompt = self.prompt if ti.lineno == 0 else ""
        whole = prompt + fragment_list_to_text(ti.fragments)
        blanks = cursor.gaps(whole, ti.width)
        drawn = "".join(" " * (at in blanks) + char for at, char in enumerate(whole))

        def to_display(at: int) -> int:
            return at + len(prompt) + bisect_right(blanks, at + len(prompt))

        def to_source(shown: int) -> int:
            return shown - sum(shown >= at + n for n, at in enumerate(blanks)) - len(prompt)

        return Transformation([("", drawn)], to_display, to_source)


class _Line:
    """One question while it is answered: the text, the list below it, and what the keys do."""

    def __init__(self, question: Prompt, output: Output) -> None:
        self.question = question
        self.output = output
        self._rows = max(output.get_size().rows - 4, 1)  # of the list; the prompt stays to be seen
        self.buffer = Buffer(document=Document(question.typed), multiline=True)
        self.buffer.on_text_changed.add_handler(lambda _buffer: self._narrow())
        self.buffer.on_cursor_position_changed.add_handler(lambda _buffer: self._step_off_marks())
        self.many = question.lines == "long" and "\n" in question.typed
        self.before = [*question.before, question.typed]  # the last is what is being typed
        self.remembered = len(question.before)
        self.word = ""  # why a key did nothing, until the next one
        self.offers: Sequence[Offer] = ()
        self.picked = -1
        self.shelf: Shelf | None = None  # of which the list below the line is
        self._narrow()

    # -- what is seen

    def application(self, source: object, output: Output) -> "Application[str | None]":
        """The application that draws the line and reads keys until it is answered."""
        plain = bool(os.environ.get("NO_COLOR"))
        line = Window(
            BufferControl(self.buffer, input_processors=[_Drawn(self.question.prompt)]),
            wrap_lines=True, dont_extend_height=True,
        )  # fmt: skip
        below = Window(FormattedTextControl(self._below), dont_extend_height=True)
        shown = Condition(lambda: bool(self._below())) & ~is_done
        return Application(
            Layout(HSplit([line, ConditionalContainer(below, shown)])), key_bindings=self._keys(),
            style=_WITHOUT_COLOUR if plain else _STYLE, color_depth=ColorDepth.MONOCHROME if plain else None,
            input=source, output=output,  # type: ignore[arg-type]
        )  # fmt: skip

    def _below(self) -> StyleAndTextTuples:
        """The lines below the prompt: the list, a word of why, the keys that end a long text."""
        lines: StyleAndTextTuples = []

        def put(style: str, text: str) -> None:
            # A mark at the end of a line would be drawn twice, and the cursor thought a cell further on than it is.
            lines.extend((("", "\n" if lines else ""), (style, shorten(text, self._columns() - 1) + " ")))

        for n, offer in enumerate(self.offers):
            marked = n == self.picked or (self.picked < 0 and offer.value == self.question.chosen(self.buffer.text))
            put("class:chosen" if marked else "", ("→ " if marked else "  ") + offer.words)
        if self.word:
            put("class:refused", self.word)
        elif hint := self.question.hint(self.buffer.text):
            put("class:hint", "  " + hint)
        elif self.question.lines == "long" or self.question.shelves:
            put("class:hint", self._keys_told())
        return lines

    def _keys_told(self) -> str:
        """What the keys of a long text do, and those that bring a text into the line."""
        if self.shelf:
            return _("Enter: into the line · {key}: close").format(key=self.shelf.key.upper())
        keys = _("Enter: a new line · F2 or Esc-Enter: end") if self.many else _("Enter: end · F2: several lines")
        first = (keys,) if self.question.lines == "long" else ()
        return " · ".join((*first, *(f"{shelf.key.upper()}: {shelf.label}" for shelf in self.question.shelves)))

    def _columns(self) -> int:
        return max(self.output.get_size().columns, 20)

    def _narrow(self) -> None:
        self.picked, self.word, self.shelf = -1, "", None
        self.offers = self.question.offers(self.buffer.text)[: self._rows]

    def _step_off_marks(self) -> None:
        there = cursor.place_at(self.buffer.text, self.buffer.cursor_position)
        if there != self.buffer.cursor_position:
            self.buffer.cursor_position = there

    # -- what the keys do

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        changes = (self.backspace, self.delete, self.delete_or_end, self.enter, self.right, self.tab, self.paste)
        for names, act in self._acts().items():
            for name in names.split():
                keys.add(*name.split("+"), save_before=_always if act in changes else _never)(self._bound(act))
        return keys

    def _bound(self, act: Callable[[KeyPressEvent], None]) -> Callable[[KeyPressEvent], None]:
        def press(event: KeyPressEvent) -> None:
            self.word = ""
            try:
                act(event)
            except Exception as fault:  # noqa: BLE001 - told by whoever asked; the loop would stop and wait
                event.app.exit(exception=fault)

        return press

    def _acts(self) -> dict[str, Callable[[KeyPressEvent], None]]:
        return {
            "left s-left": self.left,
            "right c-f s-right": self.right,
            "home c-a s-home": self.home,
            "end c-e s-end": self.line_end,
            "up s-up": lambda _event: self.vertical(-1),
            "down s-down": lambda _event: self.vertical(1),
            "tab": self.tab,
            "s-tab": lambda _event: self._pick(-1),
            "backspace c-h": self.backspace,
            "delete": self.delete,
            "c-d": self.delete_or_end,
            "c-z c-_": self.undo,
            "c-y": self.redo,
            "enter c-j": self.enter,
            "f2 escape+enter escape+c-j": self.end,
            "c-b": self.back,
            "c-c <sigint>": lambda event: event.app.exit(exception=KeyboardInterrupt),
            # Of no use in a line, or unseen: nothing is selected.
            "c-t c-r c-s c-o c-@ c-q c-s-left c-s-right c-s-home c-s-end": lambda _event: None,
            Keys.BracketedPaste.value: self.paste,
            **{shelf.key: partial(self.look_on, shelf) for shelf in self.question.shelves},
        }

    def _move(self, place: int) -> None:
        self.buffer.cursor_position = place

    def left(self, _event: KeyPressEvent) -> None:
        """A step left."""
        self._move(cursor.place_before(self.buffer.text, self.buffer.cursor_position))

    def home(self, _event: KeyPressEvent) -> None:
        """To the beginning of the line."""
        self._move(self.buffer.text.rfind("\n", 0, self.buffer.cursor_position) + 1)

    def line_end(self, _event: KeyPressEvent) -> None:
        """To the end of the line."""
        end = self.buffer.text.find("\n", self.buffer.cursor_position)
        self._move(len(self.buffer.text) if end < 0 else end)

    def right(self, _event: KeyPressEvent) -> None:
        """A step right; in an empty line: the default, to be changed."""
        if not self.buffer.text and self.question.default:
            self.buffer.insert_text(self.question.default)
        self._move(cursor.place_after(self.buffer.text, self.buffer.cursor_position))

    def vertical(self, rows: int) -> None:
        """Up or down: a row of the screen, the list, or what was typed before."""
        if self.offers:
            self._pick(rows)
            return
        text, at = self.buffer.text, self.buffer.cursor_position
        there = cursor.place_on_row(text, at, rows, self._columns(), self.question.prompt)
        if there is not None and self.remembered == len(self.before) - 1:
            self._move(there)
        elif 0 <= self.remembered + rows < len(self.before):
            if self.remembered == len(self.before) - 1:
                self.before[-1] = text
            self.remembered += rows
            self.buffer.document = Document(self.before[self.remembered])

    def _pick(self, step: int) -> None:
        if self.offers:
            if self.picked < 0:
                marked = self.question.chosen(self.buffer.text)
                values = [offer.value for offer in self.offers]
                self.picked = values.index(marked) if marked in values else -1 if step > 0 else len(values)
            self.picked = (self.picked + step) % len(self.offers)

    def tab(self, event: KeyPressEvent) -> None:
        """The next of the list; without one, as Right."""
        if self.offers:
            self._pick(1)
        else:
            self.right(event)

    def backspace(self, _event: KeyPressEvent) -> None:
        """What was typed last before the cursor: a mark alone, its letter stays."""
        self.buffer.delete_before_cursor()

    def delete(self, _event: KeyPressEvent) -> None:
        """What stands under the cursor: a letter with its marks."""
        at = self.buffer.cursor_position
        self.buffer.delete(cursor.place_after(self.buffer.text, at) - at)

    def delete_or_end(self, event: KeyPressEvent) -> None:
        """Ctrl-D: delete, or in an empty line the end of typing."""
        if self.buffer.text:
            self.delete(event)
        else:
            event.app.exit(exception=EOFError)

    def undo(self, _event: KeyPressEvent) -> None:
        """The text as it was before the last run of keys."""
        self.buffer.undo()

    def redo(self, _event: KeyPressEvent) -> None:
        """What was undone last, again."""
        self.buffer.redo()

    def enter(self, event: KeyPressEvent) -> None:
        """The end of the answer; in the small editor: a new line."""
        if self.many and not self.shelf:
            self.buffer.insert_text("\n")
        else:
            self._answer(event)

    def end(self, event: KeyPressEvent) -> None:
        """F2 opens the small editor where there is one, and ends it."""
        if self.question.lines == "long" and not (self.many or self.shelf) and event.key_sequence[0].key == Keys.F2:
            self.many = True
        else:
            self._answer(event)

    def look_on(self, shelf: Shelf, _event: KeyPressEvent) -> None:
        """The list of a shelf, to choose a text from; again: back to the line."""
        if self.shelf is shelf:
            self._narrow()
            return
        found = [Offer(*text) for text in shelf.texts()][: self._rows]
        if found:
            self.shelf, self.offers, self.picked = shelf, found, 0
        else:
            self.word = shelf.none

    def _take(self) -> None:
        """The text chosen from a shelf, into the line: it is an answer when the person says so."""
        offer = self.offers[self.picked]
        self.word = offer.why
        if not offer.why:
            self.many = self.many or "\n" in offer.value
            self.buffer.insert_text(offer.value)

    def _answer(self, event: KeyPressEvent) -> None:
        if self.shelf:
            self._take()
            return
        value = self.offers[self.picked].value if 0 <= self.picked < len(self.offers) else self.buffer.text
        self.word = self.question.refused(value)
        if self.word:
            return
        self.buffer.document = Document(self.question.settled(value))
        event.app.exit(result=value)

    def back(self, event: KeyPressEvent) -> None:
        """To the question before this one, where there is one."""
        if self.question.back:
            event.app.exit(result=None)
        else:
            self.word = _("there is no question before this one")

    def paste(self, event: KeyPressEvent) -> None:
        """Take a paste whole; several lines only where they fit."""
        text = clean(printable(event.data.replace("\r\n", "\n").replace("\r", "\n"))).replace("\t", " ").strip("\n")
        if "\n" in text and self.question.lines == "one":
            self.word = _("several lines do not fit here: paste one")
            return
        self.many = self.many or ("\n" in text and self.question.lines == "long")
        self.buffer.insert_text(text)
