"""The commits a case came by. Floor 3, reads only."""

from srctl.office.folder import CaseFile, Folder
from srctl.store.git.repository import Commit, Repo
from srctl.workflow.commit_message import written_entries


def commits_of(folder: Folder, file: CaseFile) -> list[Commit]:
    """Return every commit that touched the case file, oldest first.

    Once each entry of its log has been met with the commit that wrote it, the first one included, no commit can be
    older: there git stops looking. A case that came with entries of its own, or cannot be read, is looked for to the
    beginning of history.
    """
    missing = {entry.id for entry in file.case.log} if file.case else set()
    found = []
    for commit in Repo(folder.root).walk(file.path.relative_to(folder.root).as_posix(), strict=True):
        found.append(commit)
        told = missing.intersection(written_entries(commit.trailers, file.id))
        missing -= told
        if told and not missing:
            break
    return found[::-1]
