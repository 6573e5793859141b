"""The proof of all forms: the PDF made, what changed since the registrar compared them, their comparison recorded."""

from pathlib import Path
from typing import TYPE_CHECKING

from srctl.cli import options, view
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, ngettext
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srctl.index.workspace import Workspace
    from srctl.papers.form_checks import FormState


class Forms(NamedTuple):
    """The forms meant: those ``typed``, ``all`` of them, or those ``changed`` since they were compared."""

    typed: "Sequence[str]" = ()
    all: bool = False
    changed: bool = False


def record_comparison(workspace: "Workspace", day_typed: str, by: str, forms: Forms, *, json: bool) -> None:
    """Record that the forms were compared on the day typed, by whom.

    Raises:
        UsageError: neither forms are named nor all, or the day is still to come. NotFound: there is no such form.
    """
    from srctl.papers import form_checks

    day = options.parse_day(day_typed, workspace=workspace)
    assert day, "asked for only where a day was typed"
    if day > workspace.today:
        raise UsageError(_("{day} is still to come").format(day=view.day_text(day)))
    states = form_checks.form_states(workspace.folder.root)
    chosen = states if forms.all else form_checks.chosen_forms(states, forms.typed)
    if not chosen:
        command = CommandLine("papers proof {} --checked {}", "memo", day_typed)
        hint = "\n".join((command, _("all of them: {command}").format(command=CommandLine("papers proof --all"))))
        raise UsageError(_("say which forms were compared"), hint)
    who = by or workspace.me.name
    check = form_checks.FormCheck(day, who)
    recorded = form_checks.record_check(workspace.folder, chosen, check, workspace.actor)
    count = len(chosen)
    if json:
        view.print_json({"format": 1, "checked": count, "on": day.isoformat(), "by": who})
        return
    for sentence in recorded.repaired:
        view.say("! " + sentence)
    told = ngettext("{n} form compared by {who}", "{n} forms compared by {who}", count).format(n=count, who=who)
    view.write_wrapped(f"✓ {told}  {view.day_text(day)}", "green", hang=2)
    left = sum(1 for state in form_checks.form_states(workspace.folder.root) if not state.holds)
    if left:
        told = ngettext("{n} form is still to be compared", "{n} forms are still to be compared", left).format(n=left)
        view.write_wrapped(f"{told}: {CommandLine('papers proof --list')}", hang=2)


def list_forms(workspace: "Workspace", forms: Forms, *, json: bool) -> None:
    """Show which forms are compared, by whom and when, and which were changed since."""
    chosen = _chosen(workspace, forms)
    if json:
        view.print_json({"format": 1, "forms": _as_data(chosen)})
        return
    view.pairs((state.name, _standing(state)) for state in chosen)


def _chosen(workspace: "Workspace", forms: Forms) -> "Sequence[FormState]":
    """The forms meant: all where none is named."""
    from srctl.papers.form_checks import chosen_forms, form_states

    states = form_states(workspace.folder.root)
    named = chosen_forms(states, forms.typed) if forms.typed else states
    return [state for state in named if not (forms.changed and state.holds)]


def _standing(state: "FormState") -> str:
    if not state.check:
        return _("not compared")
    compared = _("compared by {who} on {day}").format(who=state.check.by, day=view.day_text(state.check.on))
    return (
        _("changed since, to be compared again ({compared})").format(compared=compared) if state.changed else compared
    )


def _as_data(states: "Sequence[FormState]") -> list[dict[str, object]]:
    return [{"form": s.name, "checked_on": s.check.on.isoformat() if s.check else None,
             "by": s.check.by if s.check else "", "changed": s.changed} for s in states]  # fmt: skip


def make_proof(workspace: "Workspace", to: Path | None, forms: Forms, *, open_: bool, json: bool) -> None:
    """Make the PDF, of all forms, of those named or of those not compared as they are; name these.

    Raises:
        Refused: LibreOffice is missing, or the file cannot be written.
    """
    from srctl.reports.proof_book import proof_book
    from srctl.store.outputfile import in_folder, output_path, save

    chosen = _chosen(workspace, forms)
    if forms.changed and not json:
        _tell_changed(chosen)
    if not chosen:
        if json:
            view.print_json({"format": 1, "file": None, "forms": []})
        return
    usual = workspace.folder.root / "cases" / "papers-proof-draft.pdf"
    file = in_folder(output_path(to, ".pdf", usual.stem)) if to else usual
    file.parent.mkdir(exist_ok=True)
    some = {state.name for state in chosen} if forms.typed or forms.changed else None
    book = proof_book(workspace.folder, workspace.today, some)
    save(file, book.pdf)
    if open_:
        from srctl.documents.pdf import open_file

        open_file(file)
    if json:
        view.print_json({"format": 1, "file": str(file), "pages": book.pages, "forms": _as_data(chosen)})
        return
    lacking = [entry.what for entry, _page in book.entries if entry.lack]
    if lacking:
        view.say("! " + _("no sample fits: {forms}").format(forms=", ".join(lacking)))
    told = ngettext("{n} page", "{n} pages", book.pages).format(n=book.pages)
    view.write_wrapped(f"✓ {workspace.folder.relative(file)}  ({told})", "green", hang=2)
    view.write_wrapped(
        _("when it is signed: {command}").format(command=CommandLine('papers proof FORM --checked DATE --by "…"')),
        hang=2,
    )


def _tell_changed(states: "Sequence[FormState]") -> None:
    if not states:
        view.write_line(_("every form is as it was compared"))
    for state in states:
        view.write_wrapped(f"{state.name}  {_standing(state)}", indent=2, hang=4)
