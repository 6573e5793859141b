"""The commits of a case, and what each changed in its fields. Reads only."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from srctl.model.definitions import Kind
from srctl.office.folder import CaseFile, Folder
from srctl.workflow.field_changes import FieldChange, change_view, field_changes

if TYPE_CHECKING:
    from srctl.store.git.commits import Commit

# The acts that say by themselves only that something was changed.
CHANGING = ("set", "edit", "adopt", "undo", "redo")


def commits_of(folder: Folder, file: CaseFile) -> "list[Commit]":
    """Every commit that touched the case file, oldest first.

    Once the commit of each entry of its log has been found, the first one included, no commit can be older: there the
    walk ends. For a case whose entries were not all written by commits, or that cannot be read, it goes to the
    beginning of history.
    """
    from srctl.store.git.repository import Repo
    from srctl.workflow.commit_message import written_entries

    missing = {entry.id for entry in file.case.log} if file.case else set()
    found = []
    for commit in Repo(folder.root).walk(file.path.relative_to(folder.root).as_posix(), strict=True):
        found.append(commit)
        written = missing.intersection(written_entries(commit.trailers, file.id))
        missing -= written
        if written and not missing:
            break
    return found[::-1]


def changes_of(
    folder: Folder, file: CaseFile, commits: "Iterable[Commit]", kind: Kind | None
) -> dict[str, tuple[FieldChange, ...]]:
    """What each commit of a :data:`CHANGING` act changed in the fields of the case, by its id."""
    from srctl.store.git.repository import Repo

    path = file.path.relative_to(folder.root).as_posix()
    found = {}
    with Repo(folder.root).objects() as objects:
        for commit in commits:
            if commit.trailers.get("Srctl-Action") not in CHANGING:
                continue
            held = [objects.get(f"{rev}:{path}") for rev in (f"{commit.id}^", commit.id)]
            cases = [folder.parse_case(version.data, file.path).case if version else None for version in held]
            if cases[0] and cases[1]:
                found[commit.id] = field_changes(cases[0], cases[1], kind)
    return found


def changes_view(folder: Folder, case_id: str, kind: Kind | None) -> list[dict[str, Any]]:
    """What the acts on a case changed in its fields, oldest first, as plain data."""
    found = changes_by_entry(folder, folder.load(case_id), kind)
    return [change_view(entry_id, change, kind) for entry_id, changes in found.items() for change in changes]


def changes_by_entry(folder: Folder, file: CaseFile, kind: Kind | None) -> dict[str, tuple[FieldChange, ...]]:
    """What was changed by the entries of a :data:`CHANGING` act, by their ids; history is read only for those."""
    if not file.case or not any(entry.did in CHANGING for entry in file.case.log):
        return {}
    from srctl.workflow.commit_message import written_entries

    commits = commits_of(folder, file)
    changes = changes_of(folder, file, commits, kind)
    written = {commit.id: written_entries(commit.trailers, file.id) for commit in commits}
    return {written[commit][-1]: changed for commit, changed in changes.items() if written[commit]}
