"""Phrases that several commands use."""

from datetime import date

from srctl.cli import view
from srctl.core.i18n import _


def postponed(due: date) -> str:
    """The day something promised or asked for again is to come by now, in words."""
    return _("now by {day}").format(day=view.day_text(due))


def extension(original: date, late: int) -> str:
    """The original day of an extended deadline in words, and how late it is by that day."""
    words = _("extended from {day}").format(day=view.day_text(original))
    return f"{words}: {_('{n} wd late').format(n=late)}" if late > 0 else words


def warn(message: str, hint: str) -> None:
    """Show a warning and what to do on stderr; nothing where the message is empty."""
    if message:
        view.show_hint("! ", message)
        view.show_hint("  → ", hint)
