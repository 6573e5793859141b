"""A sheet that has no wording of its own, composed on its layout: the same values give the same bytes."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from srctl.core.dates import thai_date
from srctl.core.records import NamedTuple
from srctl.documents.docx.content import Provenance, Sheet, Words
from srctl.documents.docx.layout import Layout
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.people import Directory, Office
from srctl.office.folder import Folder, readable
from srctl.papers.composition import compose_paper, read_emblem
from srctl.papers.wordings import sha256_of, sheet_layout
from srctl.store.yaml.source import Source


class SheetGround(NamedTuple):
    """What the sheets of a case are made from: the case, its kind, the office, and the day they are made."""

    case: Case
    kind: Kind
    office: Office
    directory: Directory
    templates: Path
    today: date


class SheetLook(NamedTuple):
    """What stands around the words of a sheet: its title in the file's properties, who signs, the marks."""

    title: str
    signer: str = ""
    positions: tuple[str, ...] = ()
    urgency: str = "none"
    secrecy: str = "none"


def ground_of(folder: Folder, case_id: str, today: date) -> SheetGround:
    """The ground of the case of that id (BadFile when it cannot be read)."""
    case = readable(folder.load(case_id))
    return SheetGround(
        case, folder.kind(case.kind), folder.office, folder.directory, folder.root / "templates", today
    )  # fmt: skip


def compose_sheet(
    office: Office, templates: Path, layout_name: str, look: SheetLook, words: Words, today: date, case_id: str = ""
) -> bytes:
    """The sheet as a Word file.

    Raises:
        BadFile: the layout is missing or cannot be read, or the emblem cannot be used.
    """
    source, layout = sheet_layout(templates, layout_name)
    sheet = blank_sheet(office, source, layout_name, look, words, today, case_id)
    emblem, picture = read_emblem(templates.parent, office.emblem) if layout.emblem else (source.path, b"")
    return compose_paper(sheet._replace(emblem=picture), layout, source, emblem)


def blank_sheet(
    office: Office, source: Source, layout_name: str, look: SheetLook, words: Words, today: date, case_id: str
) -> Sheet:  # fmt: skip
    """The values of a sheet, with the layout it is made on in its properties."""
    made = Provenance(case_id, layout_name, "", "", sha256_of(source.text.encode()))
    sheet = Sheet(words, look.title, office.names.th, look.signer, look.positions, today, made, font=office.fonts.thai)
    return sheet._replace(urgency=look.urgency, secrecy=look.secrecy)


def their_paper(case: Case) -> str:
    """Number and date of the paper that brought the case, as a line has them; "" where it has neither."""
    received = case.received
    number = "" if received.ref in ("", "-") else f"ที่ {received.ref.removeprefix('ที่').strip()}"
    return " ".join(filter(None, (number, f"ลงวันที่ {thai_date(received.dated)}" if received.dated else "")))


def sheet_title(templates: Path, layout_name: str) -> str:
    """The Thai name of a sheet, as its layout has it: it stands in the properties of the file."""
    return sheet_layout(templates, layout_name)[1].label.th


def layout_of(templates: Path, layout_name: str) -> Layout:
    """The layout of a sheet (BadFile when it is missing or cannot be read)."""
    return sheet_layout(templates, layout_name)[1]


def sizes_of(templates: Path, sheet: str) -> tuple[str, ...]:
    """The sizes a sheet may be made in: ``c5`` where there is a layout ``envelope-c5.yaml``."""
    found: Sequence[Path] = sorted((templates / "layouts").glob(f"{sheet}-*.yaml"))
    return tuple(path.stem.removeprefix(f"{sheet}-") for path in found)
