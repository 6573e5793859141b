"""`srctl attend`: who of those invited comes, and the name cards and sign-in sheet for them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, options, view
from srctl.cli.acting import do
from srctl.cli.parser import App, argument, option
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.workflow.invitees import Invitee

_WORDS = {
    "self": "self", "มาเอง": "self", "มา": "self", "เข้าร่วม": "self", "sent": "sent", "มอบผู้แทน": "sent", "มอบ": "sent",
    "ส่งผู้แทน": "sent", "absent": "absent", "ไม่มา": "absent", "ไม่เข้าร่วม": "absent",
}  # fmt: skip


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("attend", help=_("Who of those invited comes; name cards and the sign-in sheet."))(attend_event)


def attend_event(
    case_id: arguments.CaseId,
    words: Annotated[
        list[str] | None,
        argument(metavar="[WHOM ANSWER]...", help=_('e.g. obec self vec sent "name, position" onep absent')),
    ] = None,
    cards: Annotated[Path | None, option("--cards", metavar="FILE", help=_("write name cards (Word)"))] = None,
    sheet: Annotated[Path | None, option("--sheet", metavar="FILE", help=_("write the sign-in sheet (Word)"))] = None,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record or show who comes to the event of a case."""
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable
    from srctl.workflow.invitees import attend

    options.act_as(as_)
    workspace = current_workspace()
    answers = _answers(workspace, [options.words(word) for word in words or ()])
    if answers:
        case = do(case_id, as_, json, "", lambda case, _kind: attend(case, answers))
    else:
        case = readable(workspace.folder.load(workspace.find(case_id)))
    if not json:
        _show(workspace, case)
    _write(workspace, case, cards, sheet)


def _answers(workspace: "Workspace", words: list[str]) -> "list[Invitee]":
    """The answers typed: names, then how they take part, then for those who send somebody, whom."""
    from srctl.core.errors import CommandLine, UsageError
    from srctl.workflow.invitees import Invitee

    found: list[Invitee] = []
    waiting: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        answer = _WORDS.get(word)
        if answer is None or not waiting:
            waiting.append(word)
            continue
        sends = rest.pop(0) if answer == "sent" and rest else ""
        found += [Invitee(*_whom(workspace, who), answer, sends) for who in waiting]
        waiting = []
    if waiting:
        message = _("{who}: comes, sends somebody, or does not come?").format(who=", ".join(waiting))
        raise UsageError(message, CommandLine("attend 42 {} self|sent|absent", waiting[-1]))
    return found


def _whom(workspace: "Workspace", typed: str) -> tuple[str, str]:
    """The entry of the directory that is meant, by its id or name, and "" ; else "" and the name typed."""
    from srctl.core.thai import fold
    from srctl.model.people import find_callee

    directory = workspace.folder.directory
    if find_callee(directory, typed):
        return typed, ""
    wanted = fold(typed)
    named = [key for key, each in directory.items() if wanted in (fold(each.short), fold(each.name))]
    return (named[0], "") if len(named) == 1 else ("", typed)


def _show(workspace: "Workspace", case: "Case") -> None:
    """Show each of those invited with the answer, and how many come."""
    from srctl.model.labels import how_word
    from srctl.model.people import find_callee
    from srctl.workflow.invitees import invitees

    found = invitees(case)
    if not found:
        view.write_line(_("nobody is invited yet: no letter of invitation was sent"))
        return
    rows = []
    for each in found:
        callee = find_callee(workspace.folder.directory, each.with_)
        name = callee.name() if callee else each.with_ or each.name
        style = {"absent": "dim", "": "yellow"}.get(each.answer, "")
        rows.append(view.TableRow((name, how_word(each.answer) or _("no answer yet"), each.sends), style=style))
    view.table(
        [view.Column(_("invited"), min_width=20), view.Column(_("answer")), view.Column(_("who comes for them"))], rows
    )
    coming = sum(each.answer in ("self", "sent") for each in found)
    view.write_line("  " + _("{coming} of {all} come").format(coming=coming, all=len(found)), "dim")


def _write(workspace: "Workspace", case: "Case", cards: Path | None, sheet: Path | None) -> None:
    """Write the papers for those who come, in the office's language."""
    from srctl.core.i18n import speaking
    from srctl.reports.attendance import name_cards, sign_in_sheet
    from srctl.store.outputfile import in_folder, output_path, save

    folder = workspace.folder
    for file, usual, make in ((cards, "cards", name_cards), (sheet, "sign-in", sign_in_sheet)):
        if file:
            target = in_folder(output_path(file, ".docx", usual))
            with speaking(folder.office.language):
                made = make(case, folder.kind(case.kind), folder.office, folder.directory, folder.root / "templates")
            save(target, made)
            view.write_line(f"✓ {folder.relative(target)}", "green")
