"""`srctl attend`: who of those invited comes, and the name cards and sign-in sheet for them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, options, prompts, view
from srctl.cli.acting import do
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine, NotFound
from srctl.core.i18n import _
from srctl.index.workspace import is_interactive

if TYPE_CHECKING:
    from srctl.core.name_matching import Known
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.workflow.invitees import Invitee

_WORDS = {
    "self": "self", "มาเอง": "self", "มา": "self", "เข้าร่วม": "self", "sent": "sent", "มอบผู้แทน": "sent", "มอบ": "sent",
    "ส่งผู้แทน": "sent", "absent": "absent", "ไม่มา": "absent", "ไม่เข้าร่วม": "absent",
}  # fmt: skip

_ALIKE = 0.8  # of 1: a slip of the pen; people share titles and parts of names
_ID_ALIKE = 0.7  # ids are short
_GUEST = ""  # the id of a guest who stands in no directory


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
    new: Annotated[bool, option("--new", help=_("who is not known is a new guest"))] = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record or show who comes to the event of a case."""
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable
    from srctl.workflow.invitees import attend

    options.act_as(as_)
    workspace = current_workspace()
    known = _Guests(workspace, case_id, new=new)
    answers = _answers(known, [options.words(word) for word in words or ()])
    if answers:
        case = do(case_id, as_, json, "", lambda case, _kind: attend(case, answers))
    else:
        case = readable(workspace.folder.load(workspace.find(case_id)))
    if not json:
        _show(workspace, case)
    _write(workspace, case, cards, sheet)


def _answers(known: "_Guests", words: list[str]) -> "list[Invitee]":
    """The answers typed: names, then how they take part, then for those who send somebody, whom."""
    from difflib import get_close_matches

    from srctl.core.errors import UsageError
    from srctl.workflow.invitees import Invitee

    found: list[Invitee] = []
    waiting: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        answer = _WORDS.get(word)
        if answer is None or not waiting:
            if waiting and (near := get_close_matches(word, _WORDS, n=1, cutoff=_ALIKE)):
                message = _("{who}: comes, sends somebody, or does not come?").format(who=waiting[-1])
                raise UsageError(message, _("did you mean {near}?").format(near=near[0]))
            waiting.append(word)
            continue
        sends = rest.pop(0) if answer == "sent" and rest else ""
        found += [Invitee(*known.whom(who), answer, sends) for who in waiting]
        waiting = []
    if waiting:
        message = _("{who}: comes, sends somebody, or does not come?").format(who=", ".join(waiting))
        raise UsageError(message, CommandLine("attend 42 {} self|sent|absent", waiting[-1]))
    return found


class _Guests:
    """Who can be named: those invited to the event of a case, and the directory; ``new``: anybody else is a guest."""

    def __init__(self, workspace: "Workspace", case_id: str, *, new: bool) -> None:
        self.workspace, self.case_id, self.new = workspace, case_id, new

    def whom(self, typed: str) -> tuple[str, str]:
        """The entry of the directory that is meant, and ""; else "" and the name typed: of a guest.

        Raises:
            NotFound: somebody known is called nearly so, or it is no name.
        """
        from srctl.cli.names import known_callees
        from srctl.core.name_matching import matching, nearest
        from srctl.model.people import find_callee

        if find_callee(self.workspace.folder.directory, typed):
            return typed, ""
        invited, listed = self._invited(), list(known_callees(self.workspace))
        found = matching(typed, invited) or [one for one in listed if typed in one.names]
        if len(found) == 1:
            return _meant(found[0])
        name = typed.partition(",")[0]
        near = nearest(name, [*invited, *listed], least=_ID_ALIKE if name.isascii() else _ALIKE)
        if self.new or not (near or typed.isascii()):
            return "", typed
        if near and is_interactive():
            question = _("{name}: did you mean {near}?").format(name=f"“{typed}”", near=near[0].shown())
            return _meant(near[0]) if prompts.yes(question, default=True) else ("", typed)
        hint = _("a new guest: {command}").format(command=CommandLine("attend {} {} self --new", self.case_id, typed))
        if near:
            hint = _("did you mean {near}?").format(near=" · ".join(one.shown() for one in near)) + "\n" + hint
        raise NotFound(_("{name} is not invited and not in the directory").format(name=f"“{typed}”"), hint)

    def _invited(self) -> "list[Known]":
        """Those invited and the guests entered before, by all they are called."""
        from srctl.cli.names import known_callees
        from srctl.core.name_matching import Known
        from srctl.office.folder import readable
        from srctl.workflow.invitees import invitees

        workspace, found = self.workspace, []
        named = {one.id: one for one in known_callees(workspace)}
        for each in invitees(readable(workspace.folder.load(workspace.find(self.case_id)))):
            if each.with_:
                found.append(named.get(each.with_, Known(each.with_, ())))
            else:
                found.append(Known(_GUEST, (each.name, each.name.partition(",")[0])))
        return found


def _meant(one: "Known") -> tuple[str, str]:
    return ("", one.names[0]) if one.id == _GUEST else (one.id, "")


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
            view.write_wrapped(f"✓ {folder.relative(target)}", "green", hang=2)
