"""`srctl memo` and `srctl letter`: draft the papers of a case as Word files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from srctl.cli import arguments, completion, names, options, paper_check
from srctl.cli.parser import App, argument, option
from srctl.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("memo", help=_("Draft the memo of a case as a Word file."))(draft_memo)
    app.command("letter", help=_("Draft a letter or another paper of a case: one file for each addressee."))(
        draft_letters
    )


Texts = list[str] | None
Pdf = Annotated[bool, option("--pdf", help=_("make a PDF beside it (LibreOffice)"))]
Open = Annotated[bool, option("--open", help=_("open it when it is written"))]
Signer = Annotated[str, option("--signer", help=_("who signs (office.yaml)"), callback=names.signer_id)]
ActingFor = Annotated[
    str,
    option("--acting-for", metavar="WHO", callback=names.signer_id,
           help=_("for whom, where who signs acts for several")),
]  # fmt: skip


def draft_memo(
    case_id: arguments.CaseId,
    paper: Annotated[
        str,
        option("--paper", "-p", help=_("another paper than the usual one of the kind"),
                     autocompletion=completion.complete_papers, callback=names.wording_name),
    ] = "",
    signer: Signer = "", acting_for: ActingFor = "",
    to: Annotated[Path | None, option("--to", metavar="FILE", help=_("write the file there instead"))] = None,
    pdf: Pdf = False, open_: Open = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Draft a memo."""
    from srctl.cli import letter_drafts
    from srctl.index.workspace import current_workspace
    from srctl.papers.draft_request import Asked
    from srctl.papers.drafts import usual_paper

    options.act_as(as_)
    workspace = current_workspace()
    found = workspace.find(case_id)
    wanted, whom, asked = letter_drafts.completed(
        workspace, found, paper or usual_paper(workspace.folder, found), (), Asked(signer=signer, acting=acting_for)
    )
    done, written = letter_drafts.drafted(workspace, found, wanted, whom, asked, "memo", to.absolute() if to else None)
    shown = _shown(written.files, pdf=pdf, open_=open_)
    if json:
        letter_drafts.show_memo(found, written, shown)
    else:
        letter_drafts.show_letters(workspace, found, done, written, shown)


def _shown(files: "Sequence[Path]", *, pdf: bool, open_: bool) -> "Sequence[Path]":
    """Return the files to show, the PDFs when they were asked for, and open the first when that was."""
    if pdf:
        from srctl.documents import pdf as office_suite

        made = [file.with_suffix(".pdf") for file in files]
        for file, target in zip(files, made, strict=True):
            paper_check.tell_unresolved(file)
            office_suite.convert(file.read_bytes(), target)
        files = made
    if open_:
        from srctl.documents import pdf as office_suite

        office_suite.open_file(files[0])
    return files


Wording = Annotated[
    str,
    argument(
        metavar="[WORDING]",
        help=_("which paper: srctl papers"),
        autocompletion=completion.complete_papers,
        callback=names.wording_name,
    ),
]
To = Annotated[
    Texts,
    option(
        "--to",
        "-t",
        metavar="WHOM",
        help=_("ORG, ORG/PERSON, complainant, minister, @NETWORK or @all; may be repeated"),
        autocompletion=completion.complete_contacts,
        callback=names.addressee_ids,
    ),
]
ToList = Annotated[
    str,
    option("--to-list", metavar="FILE", help=_("all in this file, an id or a name a line; - takes a list piped in")),
]
Values = Annotated[
    Texts, option("--value", "-v", metavar="NAME=TEXT", help=_("a value of the wording; may be repeated"))
]
Attach = Annotated[
    Texts,
    option("--attach", metavar="TEXT=COUNT", help=_("an attachment; may be repeated"), callback=options.lines),
]
Copy = Annotated[Texts, option("--copy", help=_("who gets a copy; may be repeated"), callback=options.lines)]
Asked = Annotated[str, option("--ask", "-a", help=_("what is asked for"), callback=options.words)]
By = Annotated[str, option("--by", "-b", metavar="DATE", help=_("by which day"))]
Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)]
Named = Annotated[bool, option("--with-complainant", help=_("let it name the complainant"))]
Catchword = Annotated[str, option("--catchword", help=_("the catchword of page 1"), callback=options.one_line)]


def draft_letters(
    case_id: arguments.CaseId,
    wording: Wording = "", to: To = None, to_list: ToList = "",
    ask_: Asked = "", by: By = "", value: Values = None, attach: Attach = None, copy: Copy = None,
    form: Annotated[str, option("--form", help=_("another form the wording allows"))] = "",
    signer: Signer = "", acting_for: ActingFor = "",
    urgency: Annotated[str, option("--urgency", "-u", help=_("another urgency than the case"))] = "",
    secrecy: Annotated[str, option("--secrecy", help=_("another secrecy than the case"))] = "",
    why: Why = "", named: Named = False, catchword: Catchword = "",
    pdf: Pdf = False, open_: Open = False,
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Draft a letter."""
    from srctl.cli import addressee_list, letter_drafts, letter_form
    from srctl.index.workspace import current_workspace
    from srctl.papers.draft_request import Asked

    options.act_as(as_)
    workspace = current_workspace()
    found = workspace.find(case_id)
    asked = Asked(
        form=form, signer=signer, given=letter_drafts.typed_values(ask_, by, value or ()),
        attachments=tuple(attach or ()), copies=tuple(copy or ()),
        urgency=options.choice(urgency, "urgency"), secrecy=options.choice(secrecy, "secrecy"),
        why=why, named=named, catchword=catchword, acting=acting_for,
    )  # fmt: skip
    whom = [*(to or ()), *(addressee_list.read_addressees(to_list) if to_list else ())]
    with letter_form.asked_letter(workspace, found, wording, whom, asked) as letter:
        done, written = letter_drafts.drafted(letter[0], found, *letter[1:])
    shown = _shown(written.files, pdf=pdf, open_=open_)
    if json:
        letter_drafts.show_data(found, done, written, shown)
    else:
        outside = workspace.folder.office.sign_on_send
        letter_drafts.show_letters(workspace, found, done, written, shown, outside=outside)
