"""The proof of all forms: the PDF made, what changed since the registrar compared them, their comparison recorded."""

from pathlib import Path
from typing import TYPE_CHECKING

from srctl.cli import options, view
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srctl.index.workspace import Workspace
    from srctl.papers.form_checks import FormState


def record_comparison(workspace: "Workspace", typed: str, by: str, *, json: bool) -> None:
    """Record that all forms were compared on the day typed, by whom."""
    from srctl.papers import form_checks

    day = options.parse_day(typed, workspace=workspace)
    assert day, "asked for only where a day was typed"
    if day > workspace.today:
        raise UsageError(_("{day} is still to come").format(day=view.day_text(day)))
    who = by or workspace.me.name
    recorded = form_checks.record_check(workspace.folder, day, who, workspace.actor)
    count = len(form_checks.form_states(workspace.folder.root))
    if json:
        view.print_json({"format": 1, "checked": count, "on": day.isoformat(), "by": who})
        return
    for sentence in recorded.repaired:
        view.say("! " + sentence)
    told = ngettext("{n} form compared by {who}", "{n} forms compared by {who}", count).format(n=count, who=who)
    view.write_wrapped(f"✓ {told}  {view.day_text(day)}", "green", hang=2)


def make_proof(workspace: "Workspace", to: Path | None, *, changed: bool, open_: bool, json: bool) -> None:
    """Make the PDF, of all forms or of those not compared as they are; name these.

    Raises:
        Refused: LibreOffice is missing, or the file cannot be written.
    """
    from srctl.papers.form_checks import form_states
    from srctl.reports.proof_book import proof_book
    from srctl.store.outputfile import in_folder, output_path, save

    states = form_states(workspace.folder.root)
    open_states = [state for state in states if state.changed or not state.check]
    if changed and not json:
        _tell_changed(open_states)
    if changed and not open_states:
        if json:
            view.print_json({"format": 1, "file": None, "forms": []})
        return
    usual = workspace.folder.root / "cases" / "papers-proof-draft.pdf"
    file = in_folder(output_path(to, ".pdf", usual.stem)) if to else usual
    file.parent.mkdir(exist_ok=True)
    book = proof_book(workspace.folder, workspace.today, {state.name for state in open_states} if changed else None)
    save(file, book.pdf)
    if open_:
        from srctl.documents.pdf import open_file

        open_file(file)
    if json:
        forms = [{"form": s.name, "checked_on": s.check.on.isoformat() if s.check else None,
                  "by": s.check.by if s.check else "", "changed": s.changed} for s in states]  # fmt: skip
        view.print_json({"format": 1, "file": str(file), "pages": book.pages, "forms": forms})
        return
    lacking = [entry.what for entry, _page in book.entries if entry.lack]
    if lacking:
        view.say("! " + _("no sample fits: {forms}").format(forms=", ".join(lacking)))
    told = ngettext("{n} page", "{n} pages", book.pages).format(n=book.pages)
    view.write_wrapped(f"✓ {workspace.folder.relative(file)}  ({told})", "green", hang=2)
    view.write_wrapped(
        _("when it is signed: {command}").format(command=CommandLine('papers proof --checked DATE --by "…"')), hang=2
    )


def _tell_changed(states: "Sequence[FormState]") -> None:
    if not states:
        view.write_line(_("every form is as it was compared"))
    for state in states:
        when = _("changed since {day}").format(day=view.day_text(state.check.on)) if state.check else _("not compared")
        view.write_wrapped(f"{state.name}  {when}", indent=2, hang=4)
