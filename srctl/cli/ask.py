"""Asking the person at the terminal for what is missing: menus, texts, dates, with defaults. Floor 4."""

from collections.abc import Sequence
from datetime import date

import typer

from srctl.cli import options, view
from srctl.errors import UsageError
from srctl.i18n import _


def text(label: str, default: str = "", *, required: bool = True) -> str:
    """Ask for a line of text until there is one (or accept none when it is not required)."""
    while True:
        typed = typer.prompt(label, default=default, show_default=bool(default), err=True)
        value = options.words(str(typed))
        if value or not required:
            return value
        view.say(_("please type something, or Ctrl-C to stop"))


def when(label: str, default: str = "", *, required: bool = False) -> date | None:
    """Ask for a date in any of the usual ways until it is one; say what is wrong with it."""
    while True:
        typed = text(label, default, required=required)
        try:
            return options.day(typed)
        except UsageError as error:
            view.error(error)


def menu(label: str, choices: Sequence[tuple[str, str]], default: str = "") -> str:
    """Show numbered choices (code, words) and return the code chosen by number or by code."""
    for number, (code, words) in enumerate(choices, 1):
        view.say(f"  {number:>2}  {words}" + (f"  ({code})" if words != code else ""))
    codes = [code for code, _words in choices]
    shown = str(codes.index(default) + 1) if default in codes else ""
    while True:
        typed = text(label, shown)
        from srctl.thai import to_arabic_digits

        answer = to_arabic_digits(typed).strip()
        if answer in codes:
            return answer
        if answer.isdecimal() and 1 <= int(answer) <= len(codes):
            return codes[int(answer) - 1]
        view.say(_("a number from 1 to {n}, or the word in brackets").format(n=len(codes)))


def missing(name: str, example: str) -> UsageError:
    """Return the refusal for a value that is missing where nobody can be asked."""
    return UsageError(_("{name} is missing").format(name=name), example)
