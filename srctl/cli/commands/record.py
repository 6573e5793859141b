"""`srctl history`, `undo` and `redo`: the commits of a case in sentences, acts taken back and done again."""

from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import arguments, options, view
from srctl.cli.completion import complete_ids
from srctl.cli.parser import App, Context, argument, option
from srctl.core.i18n import _

if TYPE_CHECKING:
    from datetime import date, datetime

    from srctl.model.case import Entry
    from srctl.model.definitions import Kind
    from srctl.office.undoing import Mended
    from srctl.store.git.commits import Commit
    from srctl.workflow.field_changes import FieldChange


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("history", help=_("Tell the story of a case from the record."))(history)
    app.command("undo", help=_("Take back an act on a case, the last or any other; nothing is erased."))(undo_act)
    app.command("redo", help=_("Do again what was taken back."))(redo_act)


def history(case_id: arguments.CaseId, json: options.Json = False) -> None:
    """Show the history of a case: who did what, when, oldest first."""
    from srctl.cli.entry_names import entry_namer
    from srctl.index.workspace import current_workspace
    from srctl.office.case_history import changes_of, commits_of
    from srctl.views.case_views import entry_view
    from srctl.workflow.commit_message import written_entries
    from srctl.workflow.field_changes import change_sentence
    from srctl.workflow.log_text import entry_sentences

    workspace = current_workspace()
    found = workspace.find(case_id)
    file, kinds = workspace.folder.load(found), workspace.folder.kinds
    commits = commits_of(workspace.folder, file)
    entries = {e.id: e for e in file.case.log} if file.case else {}
    undone = file.case.undone() if file.case else {}
    kind = kinds.get(file.case.kind) if file.case else None
    changes = changes_of(workspace.folder, file, commits, kind)
    written = [written_entries(commit.trailers, found) for commit in commits]
    wrote = [entries.get(ids[-1]) if ids else None for ids in written]
    earlier = [entry for entry_id, entry in entries.items() if not any(entry_id in ids for ids in written)]
    if json:
        items = [
            _commit_view(c, entry, changes.get(c.id, ()), kind) | {"undone": bool(entry and entry.id in undone)}
            for c, entry in zip(commits, wrote, strict=True)
        ]
        view.print_json({"format": 1, "id": found, "before": [*map(entry_view, earlier)], "items": items})
        return
    view.problems(file.problems)
    # A case that came with the folder happened before its first commit: only its log has that.
    named = entry_namer(workspace, file.case)
    for old in map(named, earlier):
        lines = entry_sentences(old, kind)
        _headline(f"{_moment(old.day(), old.at)}  {old.who}: {lines[0]}", undone.get(old.id))
        _details(lines[1:])
    for commit, entry in zip(commits, wrote, strict=True):
        head = f"{_moment(commit.at.date(), commit.at)}  {commit.author_name}: {commit.subject}"
        _headline(head, undone.get(entry.id) if entry else None)
        _details([change_sentence(change, kind, kinds) for change in changes.get(commit.id, ())])
        _details(entry_sentences(named(entry), kind)[1:] if entry else [])


def _moment(day: "date", at: "datetime") -> str:
    return view.unbroken(f"{view.day_text(day)} {at:%H:%M}")


def _headline(text: str, by: "Entry | None") -> None:
    """Write the headline of an act; one that counts no more is marked with what was done ``by`` another."""
    from srctl.model.labels import action_word

    mark, style = (f" ✗ {action_word(by.did)}", "dim strike") if by else ("", "")
    view.write_wrapped(text + mark, style, hang=4)


def _commit_view(
    commit: "Commit", entry: "Entry | None", changes: "tuple[FieldChange, ...]", kind: "Kind | None"
) -> "dict[str, Any]":
    from srctl.views.case_views import entry_view
    from srctl.workflow.field_changes import change_view

    return {
        "commit": commit.id, "at": commit.at.isoformat(), "who": commit.author_name, "email": commit.author_email,
        "sentence": commit.subject, "action": commit.trailers.get("Srctl-Action", ""),
        "changes": [change_view(entry.id if entry else "", change, kind) for change in changes],
        "entry": entry_view(entry) if entry else None,
    }  # fmt: skip


def _details(lines: list[str]) -> None:
    for line in lines:
        for part in view.wrap(line, 4):
            view.write_line("    " + part)


Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)]
EntryId = Annotated[str, argument(metavar="[ENTRY]", help=_("entry of the log, e.g. a5; none: the last act"))]
Together = Annotated[bool, option("--together", help=_("in every case it was done in at once"))]


def undo_act(
    ctx: Context,
    case_id: Annotated[str, argument(metavar="[ID]", help=_("case: whole id, its beginning, or its number"),
                                     autocompletion=complete_ids)] = "",
    entry: EntryId = "", why: Why = "",
    last: Annotated[bool, option("--last", help=_("my own last act, whatever case it was in"))] = False,
    together: Together = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Take back an act: the last one, or the one named."""
    from srctl.index.workspace import current_workspace
    from srctl.office import undoing

    options.act_as(as_)
    workspace = current_workspace()
    if last:
        _refuse_both(case_id)
        found, entry = undoing.last_of(workspace.folder, workspace.actor)
    else:
        found = workspace.find(arguments.chosen(ctx, case_id))
    mended = undoing.undo(workspace.folder, found, entry, why, workspace.actor, together=together or last)
    _show_mended(mended, _("took back: {what}"), json)


def redo_act(
    case_id: arguments.CaseId, entry: EntryId = "", why: Why = "", together: Together = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Do again what was taken back."""
    from srctl.index.workspace import current_workspace
    from srctl.office import undoing

    options.act_as(as_)
    workspace = current_workspace()
    mended = undoing.redo(workspace.folder, workspace.find(case_id), entry, why, workspace.actor, together=together)
    _show_mended(mended, _("did again: {what}"), json)


def _refuse_both(case_id: str) -> None:
    from srctl.core.errors import CommandLine, UsageError

    if case_id:
        raise UsageError(_("one of the two: a case, or --last"), CommandLine("undo --last"))


def _show_mended(mended: "Mended", words: str, json: bool) -> None:
    """Show what was taken back or done again; of several cases a line each."""
    from srctl.cli import outcome
    from srctl.core.errors import CommandLine
    from srctl.core.i18n import ngettext
    from srctl.index.workspace import current_workspace

    workspace, first = current_workspace(), mended.done[0]
    said = words.format(what=f"{mended.what} ({', '.join(mended.entries)})")
    outcome.show_outcome(workspace, first, said, json)
    if json:
        return
    for done in mended.done[1:]:
        view.write_wrapped(f"✓ {done.case.id}  {done.sentence}", "green", hang=2)
    for case_id, refusal in mended.left:
        view.write_wrapped(f"! {refusal}", "yellow", hang=2)
        view.show_hint("  ", str(refusal.hint or CommandLine("show {}", case_id)))
    if others := len(mended.others):
        entry, redone = mended.entries[-1], first.case.log[-1].did == "redo"
        both = CommandLine("undo {} {} --together", first.case.id, entry)
        both = CommandLine("redo {} {} --together", first.case.id, entry) if redone else both
        told = ngettext(
            "done together in {n} further case: {command}", "done together in {n} further cases: {command}", others
        )
        view.write_wrapped(told.format(n=others, command=both), indent=2, hang=4)
