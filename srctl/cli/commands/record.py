"""`srctl history` and `srctl undo`: the commits of a case in sentences, and undoing the last action."""

from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import arguments, options, view
from srctl.cli.parser import App, option
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.model.case import Entry
    from srctl.model.definitions import Kind
    from srctl.store.git.commits import Commit
    from srctl.workflow.field_changes import FieldChange


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("history", help=_("Tell the story of a case from the record."))(history)
    app.command("undo", help=_("Take back the last act on a case; nothing is erased."))(undo_act)


def history(case_id: arguments.CaseId, json: options.Json = False) -> None:
    """Show the history of a case: who did what, when, oldest first."""
    from srctl.index.workspace import current_workspace
    from srctl.office.case_history import changes_of, commits_of
    from srctl.views.case_views import entry_view
    from srctl.workflow.commit_message import written_entries
    from srctl.workflow.field_changes import change_sentence
    from srctl.workflow.log_text import entry_sentences

    workspace = current_workspace()
    found = workspace.find(case_id)
    file = workspace.folder.load(found)
    commits = commits_of(workspace.folder, file)
    entries = {e.id: e for e in file.case.log} if file.case else {}
    kind = workspace.folder.kinds.get(file.case.kind) if file.case else None
    changes = changes_of(workspace.folder, file, commits, kind)
    written = [written_entries(commit.trailers, found) for commit in commits]
    wrote = [entries.get(ids[-1]) if ids else None for ids in written]
    earlier = [entry for entry_id, entry in entries.items() if not any(entry_id in ids for ids in written)]
    if json:
        before = [entry_view(entry) for entry in earlier]
        items = [_commit_view(c, entry, changes.get(c.id, ()), kind) for c, entry in zip(commits, wrote, strict=True)]
        view.print_json({"format": 1, "id": found, "before": before, "items": items})
        return
    view.problems(file.problems)
    # A case that came with the folder happened before its first commit: only its log has that.
    for old in earlier:
        lines = entry_sentences(old, kind)
        at = view.unbroken(f"{view.day_text(old.day())} {old.at:%H:%M}")
        view.write_wrapped(f"{at}  {old.who}: {lines[0]}", hang=4)
        _details(lines[1:])
    for commit, entry in zip(commits, wrote, strict=True):
        at = view.unbroken(f"{view.day_text(commit.at.date())} {commit.at:%H:%M}")
        view.write_wrapped(f"{at}  {commit.author_name}: {commit.subject}", hang=4)
        _details([change_sentence(change, kind) for change in changes.get(commit.id, ())])
        _details(entry_sentences(entry, kind)[1:] if entry else [])


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


def undo_act(
    case_id: arguments.CaseId,
    why: Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)] = "",
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Undo the last action."""
    from srctl.cli import outcome
    from srctl.index.workspace import current_workspace
    from srctl.office.writer import undo_last

    options.act_as(as_)
    workspace = current_workspace()
    done, entry = undo_last(workspace.folder, workspace.find(case_id), why, workspace.actor)
    outcome.show_outcome(workspace, done, _("took back {entry}").format(entry=entry), json)
