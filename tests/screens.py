"""srctl in a real terminal: a pseudo-terminal of a given size, read until what is awaited is there.

`python -m tests.screens FOLDER [WORDS…]` shows the screen of a command (of all of them without words) at 80 and
120 columns, in Thai and English, and marks every line that is wider than the terminal.
"""

import fcntl
import os
import re
import select
import shlex
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress

import pyte

from srctl.core.thai import display_width

# The real entry point at a given moment; everything else is as when a person types it.
AT = """
import os, sys
from datetime import datetime
from srctl.core import i18n
i18n.use(os.environ.get("SRCTL_LANG", "th"))
sys.argv[0] = "srctl"
from srctl.index.workspace import set_settings
from srctl.core.dates import BANGKOK
set_settings(now=datetime.fromisoformat(sys.argv.pop(1)).replace(tzinfo=BANGKOK))
from srctl.__main__ import main
main()
"""
NOW = "2026-11-20T09:12"
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PATIENCE = 60  # seconds without a word before a test gives up; never waited out when all is well

SCREENS = (
    "due", "due --all", "list", "list --all", "show 2569-0004", "next 2569-0004", "history 2569-0004", "kinds",
    "kinds show complaint", "contacts list", "contacts show obec", "calendar show", "whoami --list", "check",
    "today", "today --all", "digest --all", "chase --all", "journal", "replan", "away", "explain 2569-0010",
    "show 9999", "new --nonsense", "--help", "new --help", "contact --help",
)  # fmt: skip


def plain(text: str) -> str:
    """Return what a screen shows, without the codes that colour it."""
    return CODES.sub("", text).replace("\r\n", "\n")


def too_wide(text: str, columns: int) -> list[str]:
    """Return the lines that are wider than the terminal."""
    return [line for line in plain(text).split("\n") if display_width(line) > columns]


ROWS = 50
KEYS = {
    "Left": "\x1b[D", "Right": "\x1b[C", "Up": "\x1b[A", "Down": "\x1b[B", "Home": "\x1b[1~", "End": "\x1b[4~",
    "BackSpace": "\x7f", "Delete": "\x1b[3~", "Enter": "\r", "Tab": "\t", "F2": "\x1bOQ",
    "F3": "\x1bOR", "F4": "\x1bOS", "Esc-Enter": "\x1b\r",
    **{f"Ctrl-{chr(n + 64)}": chr(n) for n in range(1, 27) if n not in (9, 13)}, "Ctrl-_": "\x1f",
}  # fmt: skip


PROMPT = "\x1b[?2004h"  # what a line editor says first of each prompt


class _Screen(pyte.Screen):
    """A screen on which every Thai mark joins its letter, as terminals draw them; pyte leaves most of them out."""

    def draw(self, data: str) -> None:
        for char in data:
            if display_width(char) or not self.cursor.x:
                super().draw(char)
                continue
            row, column = self.buffer[self.cursor.y], self.cursor.x - 1
            row[column] = row[column]._replace(data=row[column].data + char)


class Terminal:
    """A command in a terminal of ``columns`` × 50, as a person would sit before it."""

    def __init__(
        self,
        words: Sequence[str],
        columns: int = 80,
        env: Mapping[str, str] | None = None,
        now: str = NOW,
        program: str = AT,
    ) -> None:
        surroundings = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        for name in ("COLUMNS", "LINES"):
            surroundings.pop(name, None)
        self._fd, child = os.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, now, *words], stdin=child, stdout=child, stderr=child, env=surroundings,
            start_new_session=True, preexec_fn=_own_terminal,
        )  # fmt: skip
        os.close(child)
        self.said = ""
        self._seen = self._read = 0
        self._edits = surroundings["TERM"] != "dumb"
        self._bytes = b""
        self._screen = _Screen(columns, ROWS)
        self._stream = pyte.ByteStream(self._screen)

    def _more(self) -> bool:
        """Read what comes next; tell whether there was anything."""
        if not select.select([self._fd], [], [], PATIENCE)[0]:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"nothing more came after:\n{plain(self.said)}")
        try:
            read = os.read(self._fd, 65536)
            self._bytes += read
            self._stream.feed(read)
            got = True
        except OSError:  # Linux says so when the last writer is gone
            got = False
        self.said = self._bytes.decode("utf-8", errors="replace")
        return got

    def until(self, text: str) -> str:
        """Read until ``text`` is shown anew; return what was shown since the last time."""
        while (found := plain(self.said).find(text, self._seen)) < 0:
            if not self._more():
                raise AssertionError(f"ended without {text!r}:\n{plain(self.said)}")
        start, self._seen = self._seen, found + len(text)
        return plain(self.said)[start : self._seen]

    def press(self, *keys: str) -> None:
        """Press keys, named as in :data:`KEYS`; what is not named there is typed as it stands."""
        os.write(self._fd, "".join(KEYS.get(key, key) for key in keys).encode())

    def paste(self, text: str) -> None:
        """Paste as terminals do: between marks, a line ended as Enter would."""
        os.write(self._fd, f"\x1b[200~{text}\x1b[201~".replace("\n", "\r").encode())

    def screen(self) -> str:
        """What the screen shows, its lines without spaces at the end."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def seen(self, wanted: str) -> str:
        """Read until ``wanted`` stands on the screen; return the screen."""
        while wanted not in self.screen():
            assert self._more(), f"ended without {wanted!r} on the screen:\n{self.screen()}"
        return self.screen()

    def line(self, wanted: str) -> None:
        """Read until a line of the screen is ``wanted``, and nothing more."""
        while wanted not in self.screen().split("\n"):
            assert self._more(), f"ended without the line {wanted!r}:\n{self.screen()}"

    def type(self, text: str) -> None:
        """Type a line and press Enter."""
        os.write(self._fd, (text + "\r").encode())

    def again(self, text: str) -> None:
        """Type another line in place of the one that was refused."""
        os.write(self._fd, ("\x15" + text + "\r").encode())

    def interrupt(self) -> None:
        """Press Ctrl-C, again if need be: one that falls between a prompt and the reading after it is not heard."""
        for _try in range(PATIENCE // 5):
            os.write(self._fd, b"\x03")
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
                return

    def awaits(self, prompt: str) -> str:
        """Read until ``prompt`` is asked anew, not only drawn; return what was shown since the last time."""
        before = self._seen
        if self._edits:  # the line before is drawn once more when it is done: it is not the prompt waited for
            while (begun := self.said.find(PROMPT, self._read)) < 0:
                assert self._more(), f"ended without {prompt!r}:\n{plain(self.said)}"
            self._read = begun + len(PROMPT)
            self._seen = max(self._seen, len(plain(self.said[:begun])))
        self.until(prompt)
        return plain(self.said)[before : self._seen]

    def answer(self, prompt: str, text: str) -> str:
        """Wait for ``prompt`` and type ``text``; return what was shown before."""
        shown = self.awaits(prompt)
        self.type(text)  # keys are read since before the prompt was drawn
        return shown

    def end(self) -> int:
        """Read to the end; return the exit code."""
        while self._more():
            pass
        os.close(self._fd)
        return self._process.wait(PATIENCE)


def _own_terminal() -> None:
    """Make stdin the terminal that Ctrl-C of this process comes from."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a background job hands on that it is ignored


def capture(
    words: Sequence[str], columns: int = 80, env: Mapping[str, str] | None = None, now: str = NOW
) -> tuple[int, str]:
    """Return exit code and screen, colour codes and all, of a command that asks nothing."""
    terminal = Terminal(words, columns, env, now)
    code = terminal.end()
    return code, terminal.said


def show_all(folder: str, wanted: Sequence[str]) -> None:
    """Print the screens, with a mark before every line that is too wide."""
    for words in [shlex.join(wanted)] if wanted else SCREENS:
        for columns in (80, 120):
            for language in ("th", "en"):
                code, said = capture(["-C", folder, *shlex.split(words)], columns, {"SRCTL_LANG": language})
                print(f"\n=== {words} · {columns} · {language} → {code}")
                wide = too_wide(said, columns)
                for line in said.replace("\r\n", "\n").split("\n"):
                    print(("▶▶ " if plain(line) in wide else "") + line)


if __name__ == "__main__":
    show_all(sys.argv[1], sys.argv[2:])
