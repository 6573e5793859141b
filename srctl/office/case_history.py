"""The commits of a case. Reads only."""

from srctl.office.folder import CaseFile, Folder
from srctl.store.git.commits import Commit
from srctl.store.git.repository import Repo
from srctl.workflow.commit_message import written_entries


def commits_of(folder: Folder, file: CaseFile) -> list[Commit]:
    """Every commit that touched the case file, oldest first.

    Once the commit of each entry of its log has been found, the first one included, no commit can be older: there the
    walk ends. For a case whose entries were not all written by commits, or that cannot be read, it goes to the
    beginning of history.
    """
    missing = {entry.id for entry in file.case.log} if file.case else set()
    found = []
    for commit in Repo(folder.root).walk(file.path.relative_to(folder.root).as_posix(), strict=True):
        found.append(commit)
        written = missing.intersection(written_entries(commit.trailers, file.id))
        missing -= written
        if written and not missing:
            break
    return found[::-1]
