"""Prompts at the terminal for missing values: menus, texts, yes or no, with defaults.

Enter takes what stands in brackets, so that another answer is typed with nothing to erase first; Right brings it into
the line to be changed. A wrong answer is explained and asked again with what was typed still in the line; Ctrl-B, or
``<`` alone, goes back a question where there is one; Ctrl-C stops and saves nothing.
All of it goes to stderr: stdout has the result of a command and nothing else.

Lines are edited by :mod:`srctl.cli.line_editor`; where no terminal can do that (``TERM=dumb``), plainly by typer.
"""

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from srctl.cli import menus, options, typed_before, view
from srctl.cli.parser import Abort
from srctl.core.errors import SrctlError, UsageError
from srctl.core.i18n import _
from srctl.core.thai import fold, shorten
from srctl.index.workspace import renew

Choice = menus.Choice
MOST_KNOWN = 8  # answers listed to choose from while a text is typed
NOTHING = menus.NOTHING
BACK = "<"
# What arrow keys, Home, End and Delete send where the terminal does not handle them.
_KEYS = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z~]|O[A-Za-z])")


class Back(Exception):
    """The person goes back to the question before this one."""


def text(
    label: str, default: str = "", *, required: bool = True, long: bool = False, field: str = "",
    secret_history: bool = False, check: Callable[[str], object] | None = None, back: bool = False,
    typed: str = "", note: str = "", empty: str = "", several: bool = False,
    known: Sequence[Choice] = (), shelves: Sequence[menus.Shelf] = (),
) -> str:  # fmt: skip
    """Ask for a text until there is one that ``check`` does not refuse (by raising SrctlError: the reason is shown).

    ``required``: where it is not, the prompt says so, Enter passes it, and ``-`` means none in spite of a default.
    ``long``: F2, or a paste of several lines, opens a small editor. ``several``: a paste of several lines is taken,
    one item a line. ``field`` names what is asked: Up brings what the person answered there before, but never where
    ``secret_history`` says that it is somebody's personal data. ``typed`` stands in the line to begin with;
    ``note`` is an example or a word of help in the prompt, ``empty`` says there what no answer means.
    ``known`` are choices of which what fits is listed while something is typed; anything else is taken as well.
    ``shelves`` are texts that a key lists, to be brought into the line.

    Raises:
        Back: Ctrl-B or ``<``, where ``back`` allows it. Abort: Ctrl-C, or the end of input.
    """
    field = "" if secret_history else field
    prompt = _heading(label, default, note, "" if required else empty or _("optional"))
    while True:
        more: dict[str, Any] = {
            "lines": "long" if long else "some" if several else "one",
            "before": typed_before.recalled(field),
            "shelves": shelves,
        }
        more |= _listed(known) if known and _can_edit() else {}
        refused = _refuse_nothing if required and not default else _refuse_none
        typed = options.words(_typed(prompt, default, typed=typed, back=back, refused=refused, **more)) or default
        if not required and typed == NOTHING:
            return ""
        if typed or not required:
            if _passes(check, typed):
                typed_before.remember(field, typed)
                return typed
        else:
            view.say(_refuse_nothing(""))


def _heading(label: str, default: str, note: str, empty: str) -> str:
    """The prompt: what is asked, the default, and what else the person should know."""
    if default and empty:
        empty = _("{nothing} for none").format(nothing=NOTHING)
    notes = "; ".join(part for part in (note, empty) if part)
    if notes and label.endswith(")") and not default:  # one pair of brackets for what the label says and these
        return f"{label[:-1]}; {notes})"
    return label + (f" [{default}]" if default else "") + (f" ({notes})" if notes else "")


def _listed(known: Sequence[Choice]) -> dict[str, Any]:
    """The parts of a prompt that narrow ``known`` to what is typed; nothing is listed before something is."""
    from srctl.cli.line_editor import Offer

    listed = menus.Menu.of(known, "", (), {})

    def offers(typed: str) -> list[Offer]:
        found = listed.fitting(typed)[:MOST_KNOWN] if len(fold(typed)) > 1 else []
        return [Offer(code, f"{'':>2}  {listed.line(code)}") for code in found]

    return {
        "offers": offers,
        "settled": lambda typed: listed.words.get(typed, typed),
        "hint": lambda typed: _("Down or Tab chooses; Enter takes what was typed") if offers(typed) else "",
    }


def _refuse_none(_text: str) -> str:
    return ""


def _refuse_nothing(text: str) -> str:
    """Why an answer is refused that is needed and has nothing in it."""
    return "" if text.strip() else _("an answer is needed here (Ctrl-C stops)")


def _passes(check: Callable[[str], object] | None, typed: str) -> bool:
    """Whether ``check`` lets an answer pass; the reason is shown where it does not."""
    try:
        if check and typed:
            check(typed)
    except SrctlError as error:
        view.error(error)
        return False
    return True


def _typed(prompt: str, default: str = "", *, back: bool = False, **more: Any) -> str:
    """The answer typed at a prompt, "" for the default.

    Raises:
        Back: as :func:`text`. Abort: Ctrl-C, or the end of input.
    """
    answer: str | None = None
    why = more.get("refused", _refuse_none)
    more["refused"] = lambda text: "" if back and text.strip() == BACK else why(text)
    try:
        answer = _edited(prompt, default, back, more) if _can_edit() else _plain(prompt, default)
    except (KeyboardInterrupt, EOFError):
        raise Abort from None
    finally:
        renew()  # an answer may take long, and others go on working
    if answer is None or (back and answer.strip() == BACK):
        raise Back
    return answer


def _can_edit() -> bool:
    """Whether a person sits at a terminal that lines can be edited on."""
    dumb = os.environ.get("TERM", "" if sys.platform != "win32" else "console") in ("", "dumb", "unknown")
    return not dumb and sys.stdin.isatty() and sys.stderr.isatty()


def _edited(prompt: str, default: str, back: bool, more: Mapping[str, Any]) -> str | None:
    from srctl.cli import line_editor

    with suppress(line_editor.NoEditor):
        return line_editor.edit_line(line_editor.Prompt(f"{prompt}: ", default=default, back=back, **more))
    return _plain(prompt, default)


def _plain(prompt: str, default: str) -> str:
    """The answer typed where the terminal edits lines itself, if at all."""
    import typer

    try:
        typed = str(typer.prompt(prompt, default="", show_default=False, err=True))
    except typer.Abort:
        raise Abort from None
    answer = _KEYS.sub("", typed)
    if answer != typed:
        view.say(_("arrow keys do not work here; taken as: “{text}”").format(text=answer))
    return answer or default


def yes(label: str, *, default: bool, back: bool = False) -> bool:
    """Ask for yes or no, in Thai or English; Back as :func:`text`."""
    # "ั" and "ื" are the keys of y and n while the keyboard is Thai.
    answers = {"y": True, "yes": True, "ใช่": True, "ช": True, "ั": True}
    answers |= {"n": False, "no": False, "ไม่": False, "ม": False, "ื": False}
    usual = "y" if default else "n"

    def refused(typed: str) -> str:
        return "" if fold(typed or usual) in answers else _("y for yes, n for no")

    while True:
        typed = _typed(f"{label} (y/n) [{usual}]", back=back, refused=refused) or usual
        if not refused(typed):
            return answers[fold(typed)]
        view.say(refused(typed))


def menu(
    label: str, choices: Sequence[Choice], default: str = "", *, near: Sequence[str] = (), required: bool = True,
    back: bool = False, numbers: Mapping[str, str] | None = None, others: str = "",
) -> str:  # fmt: skip
    """Ask for one of the choices, by its number, its code, or part of its words; return the code ("" for none).

    A choice has one number for as long as it is asked: its place, those ``near`` first, or what ``numbers`` says of
    its code (a case has its own). Of many (:data:`srctl.cli.menus.MOST`) only those near are listed at first, and
    ``others`` says how to find the rest. The default stands in every list and is marked; where the answer is not
    ``required``, ``-`` is none in spite of it.

    Raises:
        Back, Abort: as :func:`text`.
    """
    listed = menus.Menu.of(choices, default, near, numbers or {})
    prompt = _heading(label, listed.numbers.get(listed.default, ""), "", "" if required else _("optional"))
    others = (others or _("type part of a name to find more")) if listed.has_more() else ""
    if not _can_edit():
        return _plain_menu(prompt, listed, required, back, others)
    refused = lambda typed: listed.refusal(typed, required=required)  # noqa: E731
    from srctl.cli import line_editor

    offers = lambda typed: [line_editor.Offer(*offer) for offer in listed.offers(typed)]  # noqa: E731
    answer = _typed(
        prompt,
        back=back,
        offers=offers,
        chosen=listed.marked,
        settled=listed.settled,
        refused=refused,
        hint=lambda _text: others,
    )
    return listed.meant(answer)


def _plain_menu(prompt: str, listed: menus.Menu, required: bool, back: bool, others: str) -> str:
    """:func:`menu` where lists are written above the prompt."""
    _show(listed, listed.offers(""))
    if others:
        view.say("  " + others)
    while True:
        typed = options.words(_typed(prompt, back=back))
        why = listed.refusal(typed, required=required)
        if not why:
            code = listed.meant(typed)
            if typed and code and typed != listed.numbers[code]:
                view.show_hint("  → ", listed.line(code))
            return code
        if offers := listed.offers(typed) if typed else []:
            _show(listed, offers)
        view.show_hint("", why)


def _show(listed: menus.Menu, offers: Sequence[tuple[str, str]]) -> None:
    room = view.width(sys.stderr) or 10_000
    for number, words in offers:
        mark = "→ " if number == listed.marked("") else "  "
        view.say(shorten(mark + words, room))


def missing(name: str, example: str) -> UsageError:
    """Return the refusal for a value that is missing where nobody can be asked."""
    return UsageError(_("{name} is missing").format(name=name), example)
