"""What each command is for: the purposes of the office's work, each with the commands it is done with.

`srctl help` is made of this. A command stands under one purpose: `daily` are those typed every day, which the first
page explains; the others stand on the page of their purpose.
"""

from srctl.core.i18n import _
from srctl.core.records import NamedTuple


class Purpose(NamedTuple):
    """A purpose: the word for it that is typed, and its commands."""

    id: str
    daily: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its name in the language in use."""
        return {
            "receive": _("take in"),
            "coordinate": _("coordinate"),
            "papers": _("papers"),
            "follow": _("follow up"),
            "correct": _("correct"),
            "report": _("report"),
            "office": _("look after the office"),
        }[self.id]

    def commands(self) -> tuple[str, ...]:
        """All its commands, the daily ones first."""
        return (*self.daily, *self.others)


PURPOSES = (
    Purpose("receive", ("new",), ("receive", "do", "file", "scans", "kinds")),
    Purpose(
        "coordinate", ("contact",),
        ("step", "promise", "analyse", "plan", "decide", "note", "escalate", "chase", "pause", "resume", "extend",
         "assign", "handover", "attend"),
    ),
    Purpose(
        "papers", ("letter", "send"),
        ("memo", "submit", "pass", "sign", "return", "number", "cancel", "paper", "papers", "sheet", "open", "print"),
    ),
    Purpose(
        "follow", ("today", "show", "next"),
        ("due", "list", "digest", "events", "remind", "watch", "unwatch", "explain", "calc"),
    ),
    Purpose(
        "correct", ("undo",),
        ("set", "redo", "edit", "adopt", "reopen", "link", "merge", "move", "void", "postpone"),
    ),
    Purpose("report", ("close",), ("report", "file-book", "register", "journal", "history")),
    Purpose(
        "office", ("contacts",),
        ("away", "backup", "init", "whoami", "calendar", "check", "doctor", "repair", "replan", "restore", "upgrade",
         "demo", "help"),
    ),
)  # fmt: skip


def purpose_of(word: str) -> Purpose | None:
    """The purpose typed by its id or by its name in the language in use; None when it is none."""
    from srctl.core.thai import fold

    return next((each for each in PURPOSES if fold(word) in (each.id, fold(each.label))), None)


def show_beginning() -> None:
    """Show how to begin, in three lines: what srctl is told outside an office."""
    from srctl.cli import view
    from srctl.core.errors import CommandLine

    view.pairs([
        (CommandLine("init {}", _("DIR")), _("make the folder of your office, and work in it")),
        (CommandLine("init --sample {}", _("DIR")), _("make one with invented matters, to try")),
        (CommandLine("help"), _("the commands by what they are for")),
    ])  # fmt: skip
