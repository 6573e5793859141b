"""Sheets made on request: the words typed, the sheet they mean, where it is written, what is said of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srctl.cli import view
from srctl.cli.parser import Exit
from srctl.core.errors import PROBLEMS, CommandLine, NotFound, SrctlError, UsageError, unknown
from srctl.core.i18n import _, language, ngettext
from srctl.core.records import NamedTuple

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.reports.sheets.composing import SheetGround


class NamedCase(NamedTuple):
    """A case, and the papers, or the entry, named behind it."""

    id: str
    named: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The first thing named of the case, a paper or an entry; "" for none."""
        return self.named[0] if self.named else ""


class SheetRequest(NamedTuple):
    """A sheet as asked for: its name, the cases it is of, size, who certifies."""

    sheet: str
    cases: tuple[NamedCase, ...]
    size: str = ""
    by: str = ""

    @property
    def case(self) -> NamedCase:
        """The case, of a sheet of one."""
        return self.cases[0]


class SheetMade(NamedTuple):
    """A sheet made: its bytes, the end of its file's name, what is told of it, and further data for programs."""

    docx: bytes
    stem: str
    told: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    data: tuple[tuple[str, Any], ...] = ()


class Delivery(NamedTuple):
    """What is done with the file: a PDF made, opened, printed."""

    pdf: bool = False
    open: bool = False
    print: bool = False


def list_sheets(*, json: bool) -> None:
    """Show the sheets there are: how each is typed, and what it is for."""
    from srctl.reports.sheets.catalogue import sheet_kinds

    kinds = sheet_kinds()
    if json:
        items = [
            {"sheet": k.name, "label": {"th": k.label.th, "en": k.label.en}, "about": k.about, "usage": k.usage}
            for k in kinds
        ]
        view.print_json({"format": 1, "items": items})
        return
    view.pairs((f"{kind.label.in_(language())} ({kind.name})", kind.about) for kind in kinds)
    view.write_wrapped(_("so: {command}").format(command=CommandLine("sheet {} 42", kinds[1].name)))


def asked_sheets(workspace: "Workspace", sheet: str, words: Sequence[str], size: str, by: str) -> list[SheetRequest]:
    """The sheets asked for: one of each case named, or one of them all. A number begins a case, behind it its papers.

    Whoever sits at a terminal is asked for a missing case.

    Raises:
        NotFound: there is no such sheet, or no such case. UsageError: no case is named.
    """
    from srctl.index.workspace import is_interactive

    if sheet not in _MAKERS:
        raise NotFound(*unknown(_("sheet"), sheet, list(_MAKERS), CommandLine("sheet")))
    if not words and sheet != "signing-list":
        from srctl.cli import prompts, wizard

        if not is_interactive():
            raise prompts.missing("ID", CommandLine("sheet {} 42", sheet))
        words = [wizard.choose_case()]
    cases: list[NamedCase] = []
    for word in words:
        if cases and not word[:1].isdigit():
            cases[-1] = cases[-1]._replace(named=(*cases[-1].named, word))
        else:
            cases.append(NamedCase(workspace.find(word)))
    found = tuple(cases)
    groups = [found] if sheet in _OF_ALL else [(case,) for case in found]
    return [SheetRequest(sheet, group, size, by) for group in groups]


def _ground(workspace: "Workspace", wanted: SheetRequest) -> "SheetGround":
    from srctl.reports.sheets.composing import ground_of

    return ground_of(workspace.folder, wanted.case.id, workspace.today)


def _size(ground: "SheetGround", wanted: SheetRequest, usual: str) -> str:
    """The size asked for, of those there is a layout for."""
    from srctl.reports.sheets.composing import sizes_of

    known = sizes_of(ground.templates, wanted.sheet)
    size = wanted.size.lower() or usual
    if size not in known:
        raise UsageError(_("there is no size {size}").format(size=wanted.size or usual), ", ".join(known))
    return size


# -- the sheets ---------------------------------------------------------------------------------------


def _envelope(workspace: "Workspace", wanted: SheetRequest) -> SheetMade:
    from srctl.model.labels import whom_word
    from srctl.reports.sheets.composing import ground_of
    from srctl.reports.sheets.envelopes import make_envelopes

    asked = [(ground_of(workspace.folder, case.id, workspace.today), case.named) for case in wanted.cases]
    made = make_envelopes(asked, _size(asked[0][0], wanted, "c5"))
    lacking = {
        _("no address, so not made: {names}"): made.no_address,
        _("no postcode: {names}"): made.no_postcode,
    }  # fmt: skip
    warnings = [
        message.format(names=", ".join(f"{one.case} {whom_word(one.to)}" for one in those))
        for message, those in lacking.items()
        if those
    ]
    data: list[tuple[str, Any]] = [("n", made.n)]
    data += [("no_address", [one._asdict() for one in made.no_address])]
    data += [("no_postcode", [one._asdict() for one in made.no_postcode])]
    return SheetMade(made.docx, "envelope", (_("made: {n}").format(n=made.n),), tuple(warnings), tuple(data))


def _copy(workspace: "Workspace", wanted: SheetRequest) -> SheetMade:
    from srctl.reports.sheets.copies import copied_paper, marked, text_to_copy

    ground = _ground(workspace, wanted)
    paper = copied_paper(ground.case, wanted.case.first, wanted.sheet)
    text = text_to_copy(workspace.folder, ground.case, paper)
    by = (wanted.by or workspace.me.id) if wanted.sheet == "certified-copy" else ""
    return SheetMade(marked(ground, paper, text, wanted.sheet, by), f"{paper.id}-{wanted.sheet}")


def _cover(workspace: "Workspace", wanted: SheetRequest) -> SheetMade:
    from srctl.reports.sheets.superior_sheets import cover_docx

    return SheetMade(cover_docx(_ground(workspace, wanted), wanted.case.named), "cover")


def _signing_list(workspace: "Workspace", wanted: SheetRequest) -> SheetMade:
    from srctl.core.errors import Refused
    from srctl.office.folder import readable
    from srctl.papers.issuing import paper_subject, wording_of
    from srctl.reports.sheets.superior_sheets import ForSigning, awaiting, signing_list_docx
    from srctl.workflow.stages import is_closed

    folder = workspace.folder
    if wanted.cases:
        cases = [readable(folder.load(case.id)) for case in wanted.cases]
    else:
        cases = [file.case for file in folder.cases() if file.case and not is_closed(file.case)]
    found = awaiting(cases)
    if not found:
        raise Refused(_("no letter waits for signature"), CommandLine("submit 42"))
    papers = [
        ForSigning(case, paper, paper_subject(folder, case, paper), wording_of(folder, paper).label.th)
        for case, paper in found
    ]
    docx = signing_list_docx(folder.office, folder.directory, folder.root / "templates", papers, workspace.today)
    told = ngettext("{n} letter", "{n} letters", len(papers)).format(n=len(papers))
    return SheetMade(docx, "signing-list", (told,), data=(("n", len(papers)),))


def _endorsement(workspace: "Workspace", wanted: SheetRequest) -> SheetMade:
    from srctl.reports.sheets.superior_sheets import order_docx, the_decision

    ground = _ground(workspace, wanted)
    return SheetMade(order_docx(ground, the_decision(ground.case, wanted.case.first)), "endorsement")


def _stamp(workspace: "Workspace", wanted: SheetRequest) -> SheetMade:
    from srctl.papers.wordings import read_numbering
    from srctl.reports.sheets.intake_sheets import receipt_stamp, stamp_docx

    folder, ground = workspace.folder, _ground(workspace, wanted)
    cases = [file.case for file in folder.cases() if file.case]
    stamp = receipt_stamp(ground, wanted.case.first, cases, folder.kinds, read_numbering(ground.templates))
    docx = stamp_docx(ground, stamp, _size(ground, wanted, "corner"))
    return SheetMade(docx, "stamp", stamp.lines(), data=(("stamp", stamp._asdict()),))


def _receipt(workspace: "Workspace", wanted: SheetRequest) -> SheetMade:
    from srctl.reports.sheets.intake_sheets import receipt_docx

    return SheetMade(receipt_docx(_ground(workspace, wanted)), "receipt")


_MAKERS: dict[str, Callable[["Workspace", SheetRequest], SheetMade]] = {
    "stamp": _stamp, "receipt": _receipt, "endorsement": _endorsement, "cover": _cover, "signing-list": _signing_list,
    "office-copy": _copy, "certified-copy": _copy, "envelope": _envelope,
}  # fmt: skip
_OF_ALL = ("signing-list", "envelope")  # one file, of how many cases it be


# -- where it goes ------------------------------------------------------------------------------------


def make_sheets(
    workspace: "Workspace", requests: Sequence[SheetRequest], to: Path | None, how: Delivery, *, json: bool
) -> None:
    """Make each sheet and deliver it; of several those that can be made, the others are told.

    Raises:
        Refused: none could be made, or a file cannot be written. UsageError: one file is named for several sheets.
        Exit: one of several could not be made.
    """
    if to and len(requests) > 1:
        raise UsageError(_("--to names one file, and several sheets are asked for"))
    refused: list[SrctlError] = []
    items: list[dict[str, Any]] = []
    for wanted in requests:
        try:
            made = _MAKERS[wanted.sheet](workspace, wanted)
        except SrctlError as fault:
            refused.append(fault)
            continue
        file = _delivered(workspace, wanted, made, to, how)
        cases = [case.id for case in wanted.cases]
        items.append({"sheet": wanted.sheet, "cases": cases, "file": str(file), **dict(made.data)})
        if not json:
            _tell(workspace, made, file)
    if not items:
        raise refused[0]
    if json:
        view.print_json({"format": 1, "items": items, "refused": [str(one) for one in refused]})
    for one in refused:
        view.say(f"✗ {one}")
    if refused:
        raise Exit(PROBLEMS)


def _delivered(
    workspace: "Workspace", wanted: SheetRequest, made: SheetMade, to: Path | None, how: Delivery
) -> Path:  # fmt: skip
    """Write the sheet beside the case, or to ``to``; make the PDF, open and print as asked."""
    from srctl.documents import pdf as office_suite
    from srctl.papers.drafts import write_draft
    from srctl.store.outputfile import in_folder, output_path

    file = in_folder(output_path(to, ".docx", made.stem)) if to else _usual_place(workspace, wanted, made.stem)
    write_draft(file, made.docx)
    if how.pdf:
        office_suite.convert(made.docx, file.with_suffix(".pdf"))
        file = file.with_suffix(".pdf")
    if how.open:
        office_suite.open_file(file)
    if how.print:
        office_suite.print_file(file)
    return file


def _tell(workspace: "Workspace", made: SheetMade, file: Path) -> None:
    for line in made.told:
        view.write_line("  " + line)
    for line in made.warnings:
        view.say("! " + line)
    view.write_wrapped(f"✓ {workspace.folder.relative(file)}", "green", hang=2)


def _usual_place(workspace: "Workspace", wanted: SheetRequest, stem: str) -> Path:
    """Beside the case; a sheet of several, or of all, in the folder of the cases. Neither is kept in history."""
    from srctl.papers.drafts import draft_path

    if len(wanted.cases) == 1:
        return draft_path(workspace.folder, wanted.case.id, f"{stem}-sheet")
    return workspace.folder.root / "cases" / f"{stem}-sheet-draft.docx"
