"""One PDF of all forms with sample values, for the registrar to compare with the regulation and sign. Reads only.

The forms are the office's own; the matters, and whom the letters are to, are those of the sample office.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath

from srctl.core.dates import BANGKOK
from srctl.core.decoding import Serial
from srctl.core.errors import Refused, SrctlError
from srctl.core.i18n import _, speaking
from srctl.core.records import NamedTuple
from srctl.documents.docx.content import Block, Words
from srctl.model.case import Case, Entry, Promise
from srctl.model.people import find_callee
from srctl.office import starter
from srctl.office.folder import Folder
from srctl.papers.composition import draft_paper, sample_asked
from srctl.papers.form_checks import form_states, proof_list
from srctl.papers.wordings import Template, read_template, wording_names
from srctl.reports.binding import BookEntry, Bound, Placed, bind_entries
from srctl.reports.file_book import strips_docx
from srctl.reports.sheets import copies, envelopes, intake_sheets, superior_sheets
from srctl.reports.sheets.composing import SheetGround, SheetLook, compose_sheet, sheet_title
from srctl.workflow.paper_state import papers_of

_OUTSIDE, _INSIDE = "province", "obec"  # in the directory of the sample office
_COMMIT = "0" * 40  # a sample comes from no state of the record
_DOTS = "." * 60


class DrawnForm(NamedTuple):
    """A form as it is drawn: the names of its files, its words, the Word file."""

    forms: tuple[str, ...]
    what: str
    docx: bytes


def proof_book(folder: Folder, today: date, only: Collection[str] | None = None) -> Bound:
    """The book of all forms, or of ``only`` those (paths under ``templates``), with the registrar's checklist in front.

    A form that no sample could be drawn of stands in the contents with the reason.

    Raises:
        Refused: LibreOffice is missing or too slow. BadFile: a definition cannot be read.
    """
    with speaking("th"):
        grounds = _grounds(folder, today)
        drawn = [one for one in (*_wordings(grounds), *_sheets(grounds)) if only is None or {*one.forms} & {*only}]
        entries = [BookEntry(today, one.what, docx=one.docx, mark=_name(one.forms[0])) for one in drawn]
        shown = {*_ITS_OWN, *(form for one in drawn for form in one.forms)}
        left = [state.name for state in form_states(folder.root) if state.name not in shown]
        wanted = [name for name in left if "/_" not in name and (only is None or name in only)]
        entries += [BookEntry(today, _name(name), lack=_("no sample fits it")) for name in wanted]
        ground = grounds[0]
        return bind_entries(
            _TITLE, entries, lambda placed: _front(folder, ground, placed), lambda marks: strips_docx(ground, marks)
        )


_TITLE = "แบบหนังสือพร้อมตัวอย่าง"
_ITS_OWN = ("layouts/file-book.yaml", "layouts/file-book-number.yaml")  # what the book itself is made on


def _name(form: str) -> str:
    """A form as it is typed: its file's name without place and ending."""
    return PurePosixPath(form).stem


def _grounds(folder: Folder, today: date) -> list[SheetGround]:
    """The sample matters on the forms of the office, carried by its first coordinator; the last has a letter sent."""
    sample, office = Folder(starter.source()), folder.office
    kinds = {**sample.kinds.readable(), **folder.kinds.readable()}
    owner = next((one.id for one in office.coordinators if one.active), "")
    cases = [file.case for file in sample.cases() if file.case]
    cases += [_with_letter(case, today) for case in cases[-1:]]
    return [
        SheetGround(case._replace(owner=owner, backup=""), kinds[case.kind], office, sample.directory,
                    folder.root / "templates", today)
        for case in cases
    ]  # fmt: skip


def _with_letter(case: Case, today: date) -> Case:
    """The matter with a letter that was sent and is not answered: envelopes and reminders are about it."""
    at = datetime.combine(today, time(9), BANGKOK) - timedelta(days=9)
    letter = Entry("p1", at, case.owner, "draft", paper="support", with_=_OUTSIDE, wording="support", form="letter")
    deeds = (
        letter,
        letter._replace(id="p2", did="submit"),
        letter._replace(id="p3", did="sign", how="wet"),
        letter._replace(id="p4", did="number", series="ordinary", n=Serial(1), number="…/1", dated=at.date()),
        letter._replace(id="p5", did="send", by="letter", promise=Promise("them", "คำตอบ", today - timedelta(days=2))),
    )
    return case._replace(log=(*case.log, *deeds))


# -- wordings -----------------------------------------------------------------------------------------


def _wordings(grounds: Sequence[SheetGround]) -> Iterator[DrawnForm]:
    """Each wording once on its own form, and each further form once."""
    seen: set[str] = set()
    for name in wording_names(grounds[0].templates):
        template = read_template(grounds[0].templates, name)
        form = template.form
        for wanted in dict.fromkeys(f for f in (form.form, form.inside, *form.also) if f):
            if wanted != form.form and wanted in seen:
                continue
            drawn = _drawn(grounds, template, wanted)
            if drawn:
                seen.add(wanted)
                yield drawn


def _drawn(grounds: Sequence[SheetGround], template: Template, form: str) -> DrawnForm | None:
    """The wording on that form of the first matter that has what it needs; None where none has."""
    asked = sample_asked(template)
    also = form if form in template.form.also else ""
    for ground in grounds:
        for to in dict.fromkeys((asked.to, *(_whom(ground) if not asked.to else ()))):
            try:
                made = draft_paper(ground.case, ground.kind, ground.office, ground.directory, ground.templates,
                                   template.name, ground.today, _COMMIT, asked._replace(to=to, form=also))  # fmt: skip
            except SrctlError:
                continue
            if made.form == form:
                file = template.path.relative_to(ground.templates).as_posix()
                what = f"{template.form.label.th} (แบบ {form})"
                return DrawnForm((file, f"layouts/{form}.yaml"), what, made.docx)
    return None


def _whom(ground: SheetGround) -> Iterator[str]:
    """Somebody outside the ministry and somebody inside it, as far as the directory has them."""
    return (to for to in (_OUTSIDE, _INSIDE) if find_callee(ground.directory, to))


# -- sheets -------------------------------------------------------------------------------------------


def _sheets(grounds: Sequence[SheetGround]) -> Iterator[DrawnForm]:
    """Each of the registry's sheets once, of the first matter that has what it tells of."""
    for layout, make in _MAKERS.items():
        for ground in grounds:
            try:
                docx = make(ground)
            except (SrctlError, IndexError):  # this matter has no paper, no decision
                continue
            yield DrawnForm((f"layouts/{layout}.yaml",), sheet_title(ground.templates, layout), docx)
            break


def _envelope(size: str) -> Callable[[SheetGround], bytes]:
    return lambda ground: envelopes.make_envelopes([(ground, ())], size).docx


def _stamp(size: str) -> Callable[[SheetGround], bytes]:
    def make(ground: SheetGround) -> bytes:
        stamp = intake_sheets.Stamp(ground.office.names.th, "12", "1 ธ.ค. 2569", "09.12 น.")
        return intake_sheets.stamp_docx(ground, stamp, size)

    return make


def _copy(sheet: str) -> Callable[[SheetGround], bytes]:
    def make(ground: SheetGround) -> bytes:
        paper = papers_of(ground.case)[0]
        template = read_template(ground.templates, paper.wording)
        drawn = _drawn((ground,), template, template.form.form)
        if drawn is None:
            raise Refused(_("no sample fits it"))
        return copies.marked(ground, paper, drawn.docx, sheet, ground.case.owner)

    return make


def _cover(ground: SheetGround) -> bytes:
    return superior_sheets.cover_docx(ground, [papers_of(ground.case)[0].id])


def _signing_list(ground: SheetGround) -> bytes:
    paper = papers_of(ground.case)[0]
    label = read_template(ground.templates, paper.wording).form.label.th
    listed = [superior_sheets.ForSigning(ground.case, paper, ground.case.subject, label)]
    return superior_sheets.signing_list_docx(ground.office, ground.directory, ground.templates, listed, ground.today)


def _order(ground: SheetGround) -> bytes:
    return superior_sheets.order_docx(ground, superior_sheets.the_decision(ground.case, ""))


_MAKERS: dict[str, Callable[[SheetGround], bytes]] = {
    "stamp-corner": _stamp("corner"), "stamp-label": _stamp("label"), "receipt": intake_sheets.receipt_docx,
    "endorsement": _order, "cover": _cover, "signing-list": _signing_list,
    "office-copy": _copy("office-copy"), "certified-copy": _copy("certified-copy"),
    "envelope-c5": _envelope("c5"), "envelope-dl": _envelope("dl"), "envelope-labels": _envelope("labels"),
}  # fmt: skip


# -- in front -----------------------------------------------------------------------------------------


def _front(folder: Folder, ground: SheetGround, placed: Placed) -> bytes:
    """The registrar's checklist, the forms with their pages, and the place to sign."""
    head = {"part": _TITLE, "agency": f"{folder.office.names.th} {folder.office.names.ministry}"}
    listed = proof_list(folder.root)
    ticks = [
        Block("row", "", cells=(str(n), "(\u00a0\u00a0\u00a0\u00a0)", item.th, ""))
        for n, item in enumerate(listed.items, 1)
    ]
    rows = [
        Block("row", "", cells=(str(n), entry.mark, f"{entry.what} {entry.lack}".strip(), str(page) if page else "–"))
        for n, (entry, page) in enumerate(placed, 1)
    ]
    blocks = (
        Block("plain", listed.label.th), Block("columns", "", cells=("ที่", "ตรงกัน", "รายการตรวจ", "")), *ticks,
        Block("plain", ""), *(Block("plain", f"{label} {_DOTS}") for label in ("ลงชื่อผู้ตรวจ", "ตำแหน่ง", "วันที่")),
        Block("plain", ""), Block("columns", "", cells=("ที่", "ชื่อแบบ", "แบบ", "หน้า")), *rows,
    )  # fmt: skip
    words, look = Words(head, blocks, ""), SheetLook(_TITLE)
    return compose_sheet(folder.office, ground.templates, "file-book", look, words, ground.today)
