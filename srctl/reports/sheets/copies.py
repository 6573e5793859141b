"""สำเนาคู่ฉบับ and สำเนาถูกต้อง of a paper: a copy of its file with the mark, the paper itself left as it is.

The names come from the log: who drafted, who finished it in Word, and the head of the group who reads it over
(ระเบียบงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๓๐-๓๑, from general knowledge of the regulation).
"""

from srctl.core.dates import thai_date
from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _
from srctl.documents.docx.content import Words
from srctl.documents.docx.copy_marks import mark_copy
from srctl.model.case import Case
from srctl.model.people import name_of
from srctl.office.folder import Folder
from srctl.papers.issuing import copies
from srctl.papers.wordings import sheet_layout
from srctl.reports.sheets.composing import SheetGround, SheetLook, blank_sheet
from srctl.workflow.draft_commands import draft_command
from srctl.workflow.paper_state import Paper, State, the_paper

# An office copy goes up beside the paper and is initialled with it; what is certified must be signed.
_STATES: dict[str, tuple[State, ...]] = {
    "office-copy": ("submitted", "signed", "numbered", "sent", "answered"),
    "certified-copy": ("signed", "numbered", "sent", "answered"),
}


def copied_paper(case: Case, typed: str, sheet: str) -> Paper:
    """The paper a copy is made of: the one named, or the only one that has come so far.

    Raises:
        NotFound: no such paper, or several and none named. Refused: it is not signed yet.
    """
    return the_paper(case, typed, sheet, _STATES[sheet])


def text_to_copy(folder: Folder, case: Case, paper: Paper) -> bytes:
    """The Word file of the paper as it is; of a circular that of the first addressee.

    Raises:
        Refused: it is not there.
    """
    found = next((copy.raw for copy in copies(folder, case, paper) if copy.raw), None)
    if found is None:
        message = _("the file of {paper} is not here").format(paper=paper.id)
        raise Refused(message, draft_command(case.id, paper))
    return found


def marked(ground: SheetGround, paper: Paper, text: bytes, sheet: str, certifier: str = "") -> bytes:
    """The copy of ``text`` marked as ``sheet`` says; ``certifier`` is the coordinator who certifies it.

    Raises:
        BadFile: the layout is missing or cannot be read.
    """
    head = _certified(ground, certifier) if sheet == "certified-copy" else _initials(ground, paper)
    source, layout = sheet_layout(ground.templates, sheet)
    look = SheetLook(layout.label.th)
    return mark_copy(
        text, blank_sheet(ground.office, source, sheet, look, Words(head, (), ""), ground.today, ""), layout
    )


def _initials(ground: SheetGround, paper: Paper) -> dict[str, str]:
    """Who drafted, typed and read the paper over."""
    office, case = ground.office, ground.case
    owner = office.coordinator(case.owner)
    group = office.group(owner.group) if owner else None
    return {
        "drafter": name_of(office, paper.drafted.who),
        "typist": name_of(office, paper.version.who if paper.version.did == "finish" else paper.drafted.who),
        "checker": name_of(office, group.head) if group and group.head else "",
    }


def _certified(ground: SheetGround, certifier: str) -> dict[str, str]:
    who = ground.office.coordinator(certifier)
    signer = ground.office.signer(certifier)
    name, position = (who.name, who.position) if who else (signer.name, signer.positions[0]) if signer else ("", "")
    if not name:
        message = _("{who} is nobody of this office").format(who=certifier)
        raise Refused(message, CommandLine("whoami --list"))
    return {"name": f"({name})", "position": position, "day": thai_date(ground.today)}
