"""What a letter encloses (สิ่งที่ส่งมาด้วย), and which of it the case holds as a file: it goes into the mail as well.

An enclosure is a file only where it is called exactly so, or is the copy of a letter of the case by its number: what
merely resembles it might be a paper that is none of the addressee's business.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import PurePath

from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.documents.file_kinds import ending_of
from srctl.model.case import Case
from srctl.model.incoming_paper import fold_ref
from srctl.office import attachments
from srctl.office.folder import Folder
from srctl.papers.draft_request import attached
from srctl.papers.inbox import paper_named
from srctl.workflow.attached_files import attached_files
from srctl.workflow.paper_state import Paper, named_paper

_COPY = fold("สำเนา")  # the file of a paper is a copy of it anyway


class Enclosure(NamedTuple):
    """An enclosure as the letter names it; the ending of its file and the bytes, "" and b"" where none is at hand."""

    called: str
    ending: str = ""
    raw: bytes = b""


def enclosed_files(folder: Folder, case: Case, paper: Paper) -> Iterator[Enclosure]:
    """Yield the enclosures of the letter in their order."""
    for row in attached(paper.drafted.attachments):
        called = str(row["text"])
        name = _file_called(case, called) or _letter_named(case, paper, called)
        yield Enclosure(called, ending_of(name), (name and attachments.kept(folder, case.id, name)) or b"")


def _file_called(case: Case, called: str) -> str:
    """The only file of the case that was filed under this name, or as this; "" for none or several."""
    wanted, found = _folded(called), {}
    for one in attached_files(case):
        names = [PurePath(one.kept.name).stem, one.entry.text if len(one.entry.attached) == 1 else ""]
        if one.kept.file and not one.undone and wanted and wanted in map(_folded, names):
            found[one.kept.sha256] = one.kept.file
    return next(iter(found.values())) if len(found) == 1 else ""


def _letter_named(case: Case, paper: Paper, called: str) -> str:
    """The file of another letter of the case whose number the words state: the scan of it signed, else as issued."""
    other = paper_named(case, fold_ref(called))
    if not other or other == paper.id:
        return ""
    numbered = named_paper(case, other).numbered
    signed = [e.file for e in case.happened() if (e.paper, e.did) == (other, "sign") and e.file]
    return signed[-1] if signed else (numbered.file if numbered else "")


def _folded(text: str) -> str:
    """The text as names are compared: letters, their marks and digits; a file cannot be called by every other sign."""
    kept = (sign for sign in fold(text) if sign.isalnum() or unicodedata.category(sign) in ("Mn", "Mc"))
    return "".join(kept).removeprefix(_COPY)
