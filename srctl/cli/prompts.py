"""Prompts at the terminal for missing values: menus, texts, dates, yes or no, with defaults.

Enter takes what stands in brackets; a wrong answer is explained and asked again; Ctrl-C stops and saves nothing.
All of it goes to stderr: stdout has the result of a command and nothing else.
"""

import re
import sys
from collections.abc import Sequence

from srctl.cli import options, view
from srctl.cli.parser import Abort
from srctl.core.errors import UsageError
from srctl.core.i18n import _
from srctl.core.thai import fold, shorten, to_arabic_digits
from srctl.index.workspace import renew

Choice = tuple[str, str]  # the code that is recorded, the words that are read
MOST = 20  # choices shown at once; more are found by part of a name
NOTHING = "-"
# What arrow keys, Home, End and Delete send where the terminal does not handle them.
_KEYS = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z~]|O[A-Za-z])")


def text(label: str, default: str = "", *, required: bool = True) -> str:
    """Ask for a line of text until there is one; where it is optional, ``-`` means none in spite of a default."""
    while True:
        value = options.words(_typed(label, default))
        if not required and value == NOTHING:
            return ""
        if value or not required:
            return value
        view.say(_("please type something, or Ctrl-C to stop"))


def _typed(label: str, default: str) -> str:
    """The answer typed at a prompt (Abort on Ctrl-C and at the end of input)."""
    import typer

    try:
        typed = str(typer.prompt(label, default=default, show_default=bool(default), err=True))
    except typer.Abort:
        raise Abort from None
    renew()  # an answer may take long, and others go on working
    answer = _KEYS.sub("", typed)
    if answer != typed:
        view.say(_("arrow keys do not work here; taken as: “{text}”").format(text=answer))
    return answer


def yes(label: str, *, default: bool) -> bool:
    """Ask for yes or no, in Thai or English."""
    answers = {"y": True, "yes": True, "ใช่": True, "ช": True, "n": False, "no": False, "ไม่": False, "ม": False}
    while True:
        typed = fold(text(f"{label} (y/n)", "y" if default else "n"))
        if typed in answers:
            return answers[typed]
        view.say(_("y for yes, n for no"))


def menu(
    label: str, choices: Sequence[Choice], default: str = "", *, near: Sequence[str] = (), required: bool = True
) -> str:
    """Ask for one of the choices, by its number, its code, or part of its words; return the code.

    Where there are more than :data:`MOST` only those ``near`` are listed at first; part of a name finds others.
    """
    words = dict(choices)
    shown = [code for code in near if code in words] if len(choices) > MOST else list(words)
    _show([(code, words[code]) for code in shown])
    if len(shown) < len(words):
        view.say("  " + _("type part of a name to find others"))
    while True:
        typed = text(label, _number(default, shown), required=required)
        if not typed:
            return ""
        found = _chosen(typed, shown) or _matching(typed, choices)
        if isinstance(found, str):
            return found
        if len(found) == 1:
            view.show_hint("  → ", _line(found[0]))
            return found[0][0]
        if found:
            shown = [code for code, _words in found[:MOST]]
            _show(found[:MOST])
            if len(found) > MOST:
                view.say("  " + _("… and {n} more: type more of the name").format(n=len(found) - MOST))
        elif shown:
            refusal = _("nothing is called {typed}; a number from 1 to {n}, or part of a name")
            view.show_hint("", refusal.format(typed=typed, n=len(shown)))
        else:
            view.show_hint("", _("nothing is called {typed}; type part of a name").format(typed=typed))


def _number(default: str, shown: Sequence[str]) -> str:
    return str(shown.index(default) + 1) if default in shown else default


def _chosen(typed: str, shown: Sequence[str]) -> str:
    """Return the code of the number typed, in Thai or Arabic digits."""
    answer = to_arabic_digits(typed)
    return shown[int(answer) - 1] if answer.isdecimal() and 1 <= int(answer) <= len(shown) else ""


def _matching(typed: str, choices: Sequence[Choice]) -> str | list[Choice]:
    """Return the code typed in full, else the choices that have every word typed."""
    whole = fold(typed)
    for code, words in choices:
        if whole in (fold(code), fold(words)):
            return code
    parts = whole.split()
    return [choice for choice in choices if all(part in fold(" ".join(choice)) for part in parts)]


def _show(choices: Sequence[Choice]) -> None:
    room = view.width(sys.stderr) or 10_000
    for number, choice in enumerate(choices, 1):
        view.say(shorten(f"  {number:>2}  {_line(choice)}", room))


def _line(choice: Choice) -> str:
    code, words = choice
    return words if code in words.split() or not code else f"{words}  ({code})"


def missing(name: str, example: str) -> UsageError:
    """Return the refusal for a value that is missing where nobody can be asked."""
    return UsageError(_("{name} is missing").format(name=name), example)
