"""`srctl file`, `srctl open`, `srctl print`: papers filed to a case, opened and printed."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from srctl.cli import arguments, days, options
from srctl.cli.parser import App, argument, option
from srctl.core.i18n import _, ngettext


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("file", help=_("File papers to a case: scans, letters, pictures, whatever came in."))(file_papers)
    app.command("open", help=_("Open a paper of a case with the program the machine has for it."))(open_paper)
    app.command("print", help=_("Print a paper of a case."))(print_paper)


WhichFile = Annotated[
    str, argument(metavar="[N]", help=_("number of the paper, as `show` lists it, or one of ours, e.g. memo"))
]


def file_papers(
    case_id: arguments.CaseId,
    files: Annotated[list[Path] | None,
                     argument(metavar="[FILE…]", help=_("what came in: pdf jpg docx xlsx eml zip …"))] = None,
    what: Annotated[str, option("--what", "-w", help=_('what it is, e.g. "signed minutes"'),
                                callback=options.one_line)] = "",
    on: options.On = "", as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """File papers to a case."""
    from srctl.cli import filed_papers, outcome, receipt, scan_filing
    from srctl.index.workspace import current_workspace
    from srctl.office.writer import act
    from srctl.papers.filing import filing

    options.act_as(as_)
    workspace, day = current_workspace(), days.day(on)
    if not files and (mail := receipt.of_mail(workspace, case_id)):
        case_id, files, what = mail.case, [Path(case_id)], what or mail.said
    scans = () if files else (scan_filing.choose(workspace, case_id),)
    given = scan_filing.read_in(workspace, scans) if scans else options.read_scans(files)
    done = act(
        workspace.folder, workspace.find(case_id),
        lambda case, _kind: filing(workspace.folder, case, given, what, on=day), workspace.actor,
    )  # fmt: skip
    kept = len(done.case.log[-1].attached)
    outcome.show_outcome(workspace, done, ngettext("{n} paper filed", "{n} papers filed", kept).format(n=kept), json)
    scan_filing.put_all_aside(workspace, scans, done.case, quiet=json)
    filed_papers.tell_kept_apart(given, quiet=json)


def open_paper(case_id: arguments.CaseId, which: WhichFile = "") -> None:
    """Open a paper."""
    from srctl.documents.pdf import open_file

    _hand_over(case_id, which, _("opened: {file}"), open_file)


def print_paper(case_id: arguments.CaseId, which: WhichFile = "") -> None:
    """Print a paper."""
    from srctl.cli.paper_check import tell_unresolved
    from srctl.documents.pdf import print_file

    def printed(path: Path) -> None:
        tell_unresolved(path)
        print_file(path)

    _hand_over(case_id, which, _("sent to the printer: {file}"), printed)


def _hand_over(case_id: str, which: str, said: str, program: Callable[[Path], None]) -> None:
    """Give the file of the paper named to a program of the machine, and say so."""
    from srctl.cli import filed_papers, view
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable

    workspace = current_workspace()
    case = readable(workspace.folder.load(workspace.find(case_id)))
    path = filed_papers.the_file(workspace, case, which)
    program(path)
    view.write_wrapped("✓ " + said.format(file=workspace.folder.relative(path)), "green", hang=2)
