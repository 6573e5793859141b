"""The arguments commands share: a case, a kind, a coordinator, an entry of the directory."""

from collections.abc import Callable
from typing import Annotated

from srctl.cli import names
from srctl.cli.completion import (
    Completion,
    complete_case_and_papers,
    complete_contacts,
    complete_ids,
    complete_kinds,
    complete_people,
)
from srctl.cli.parser import Context, Declared, argument
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _


def chosen(ctx: Context, typed: str) -> str:
    """The case typed; where there is none, the person at the terminal is asked for one, most urgent first."""
    if typed or ctx.resilient_parsing:
        return typed
    from srctl.cli import prompts, wizard
    from srctl.index.workspace import is_interactive

    if not is_interactive():
        raise prompts.missing("ID", f"{ctx.command_path} 42   ({CommandLine('list')})")
    return wizard.choose_case(closed=ctx.info_name == "reopen")


def chosen_words(ctx: Context, typed: list[str] | None) -> list[str]:
    """The words typed; where the first names no case, the one the person at the terminal is asked for."""
    if typed and typed[0].strip():
        return typed
    return [case for case in (chosen(ctx, ""),) if case]


def chosen_parts(ctx: Context, typed: list[str] | None) -> list[str]:
    """As :func:`chosen_words`, of a case and what is in it.

    Raises:
        UsageError: a word is empty, as a variable of a script that was never set.
    """
    words = chosen_words(ctx, typed)
    if not all(word.strip() for word in words):
        raise UsageError(_("an empty word names nothing"), CommandLine("show {}", words[0]))
    return words


def _words(
    metavar: str, help: str, autocompletion: Completion,
    callback: Callable[[Context, list[str] | None], list[str]] = chosen_parts,
) -> Declared:  # fmt: skip
    return argument(metavar=metavar, help=help, autocompletion=autocompletion, show_default=False,
                    callback=callback)  # fmt: skip


CaseWords = Annotated[
    list[str] | None,
    _words("ID…", _("cases; 3-9 is a range, - takes a list piped in"), complete_ids, chosen_words),
]
PaperWords = Annotated[
    list[str] | None,
    _words("ID [PAPER…]", _("case and its papers; more cases and theirs may follow"), complete_case_and_papers),
]
PapersOrAll = Annotated[
    list[str] | None,
    argument(metavar="[ID [PAPER…]]", help=_("case and its papers; none with --all for all that lie with you"),
             autocompletion=complete_case_and_papers, show_default=False),
]  # fmt: skip
StepWords = Annotated[
    list[str] | None,
    _words("ID [STEP…]", _("case and its steps, e.g. s1; more cases and theirs may follow"), complete_ids),
]
PromiseWords = Annotated[
    list[str] | None,
    _words("ID [ENTRY…]", _("case and the entries that made the promises, e.g. a5"), complete_ids),
]
CaseId = Annotated[
    str,
    argument(
        metavar="ID",
        help=_("case: whole id, its beginning, or its number"),
        autocompletion=complete_ids,
        default_factory=str,
        show_default=False,
        callback=chosen,
    ),
]
OtherId = Annotated[str, argument(metavar="OTHER", help=_("the other case"), autocompletion=complete_ids)]
KindId = Annotated[
    str, argument(metavar="[KIND]", help=_("kind of matter"), autocompletion=complete_kinds, callback=names.kind_id)
]
Who = Annotated[
    str, argument(metavar="WHO", help=_("coordinator"), autocompletion=complete_people, callback=names.coordinator_id)
]
Whom = Annotated[
    str,
    argument(
        metavar="WHOM",
        help=_("whom: ORG/PERSON, a name, or a new name and telephone"),
        autocompletion=complete_contacts,
    ),
]
