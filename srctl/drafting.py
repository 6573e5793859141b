"""Drafts of papers in the office folder: which paper, from which state of the case, written where. Floor 3.

A draft can be made again at any time and is not recorded itself; the log keeps its sha256.
"""

from datetime import date
from pathlib import Path

from srctl import atomicfile
from srctl.errors import NotFound, Refused
from srctl.folder import Folder, readable, unknown
from srctl.gitrepo import Repo
from srctl.i18n import _
from srctl.papers import Draft, names
from srctl.papers import draft as compose


def draft(folder: Folder, case_id: str, paper: str, today: date) -> Draft:
    """Return the paper drafted from the case as recorded; the usual paper of its kind when none is named.

    Raises:
        Refused: a value is missing (the hint is the command that supplies it). NotFound: no such paper.
    """
    file = folder.load(case_id)
    case = readable(file)
    kind = folder.kind(case.kind)
    wanted = paper or next(iter(kind.papers), "")
    templates = folder.root / "templates"
    if wanted not in (known := names(templates)):
        raise NotFound(*unknown(_("paper"), wanted, list(known), ", ".join(known)))
    commit = source_commit(folder, file.path)
    return compose(case, kind, folder.office, folder.directory, templates, wanted, today, commit)


def source_commit(folder: Folder, path: Path) -> str:
    """Return the commit that last changed what the case says (drafting a paper does not)."""
    for commit in Repo(folder.root).log(path.relative_to(folder.root).as_posix()):
        if commit.trailers.get("Srctl-Action") != "memo":
            return commit.id
    return ""


def place(folder: Folder, case_id: str, paper: str) -> Path:
    """Return where the draft of a case belongs: in its folder beside the case file."""
    return folder.case_path(case_id).parent / case_id / f"{case_id}-{paper}-draft.docx"


def write(file: Path, docx: bytes) -> None:
    """Write the Word file whole; Refused when it cannot be (open in Word on Windows, read-only, disk full)."""
    try:
        atomicfile.write(file, docx)
    except OSError as error:
        raise Refused(
            _("cannot write {file}: {why}").format(file=file, why=error.strerror),
            _("close it in Word, or give another place: --to FILE"),
        ) from None


def is_logged(folder: Folder, case_id: str, paper: str, digest: str) -> bool:
    """Tell whether the log already says that exactly this draft was made last."""
    case = readable(folder.load(case_id))
    last = next((e for e in reversed(case.happened()) if e.did == "memo" and e.paper == paper), None)
    return last is not None and last.sha256 == digest
