"""Scans filed to matters: by number, to a new one, or each asked about at the terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srctl.cli import options, prompts, view
from srctl.core.errors import CommandLine, NotFound, Refused, SrctlError, UsageError
from srctl.core.i18n import _, ngettext
from srctl.core.thai import to_arabic_digits

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.office.attachments import Given
    from srctl.office.scan_folder import ScannedFile

NEW, OPEN = ("n", "น", "new", "ใหม่"), ("o", "ป", "open", "เปิด")


def file_to(
    workspace: "Workspace", scans: "Sequence[ScannedFile]", typed: str, what: str = "", json: bool = False
) -> "Case":
    """File the scans to the case typed, and show the outcome; what it has already is not filed again."""
    from srctl.cli import filed_papers, outcome
    from srctl.office.folder import readable
    from srctl.office.writer import act
    from srctl.papers.filing import filing
    from srctl.workflow.attached_files import attached_files

    found, given = workspace.find(typed), read_in(workspace, scans)
    case = readable(workspace.folder.load(found))
    had = {one.kept.sha256 for one in attached_files(case) if not one.undone}
    if all(one.sha256 in had for one in given):  # an earlier run was ended before it put them aside
        view.say(_("{id} has them already").format(id=case.id))
        return case
    done = act(
        workspace.folder, found, lambda case, _kind: filing(workspace.folder, case, given, what), workspace.actor
    )
    kept = len(done.case.log[-1].attached)
    outcome.show_outcome(workspace, done, ngettext("{n} paper filed", "{n} papers filed", kept).format(n=kept), json)
    filed_papers.tell_kept_apart(given, quiet=json)
    return done.case


def receive_with(
    workspace: "Workspace", scans: "Sequence[ScannedFile]", kind: str = "", subject: str = "", json: bool = False
) -> "Case":
    """Receive a new matter with the scans: what its kind asks for is asked at the terminal."""
    from srctl.cli import intake, outcome, receiving

    given = read_in(workspace, scans)
    typed = intake.Typed(
        kind=kind, subject=subject, from_="", channel="", received="", at="", ref="", dated="", by="", order="", due="",
        urgency="", secrecy="", owner="", backup="", complainant={"name": "", "phone": "", "anonymous": False},
        fields=(), files=given,
    )  # fmt: skip
    done, met = receiving.receive_matter(workspace, typed)
    outcome.show_outcome(workspace, done, done.case.subject, json, met)
    return done.case


def read_in(workspace: "Workspace", scans: "Sequence[ScannedFile]") -> "tuple[Given, ...]":
    """The scans, read and let in; one too large to be kept is filed from the place where it is to stay."""
    limit = workspace.folder.office.largest_file
    given = options.read_scans([scan.path for scan in scans])
    for one in given:
        if one.place:
            message = _("{file} is larger than {size} MB").format(file=one.name, size=limit)
            hint = _("put it where it is to stay, then: {command}").format(command=CommandLine("file 42 FILE"))
            raise Refused(message, hint)
    return given


def choose(workspace: "Workspace", case_id: str) -> "ScannedFile":
    """Ask which of the scans that lie in the scan folder belongs to the case.

    Raises:
        UsageError: nobody can be asked. NotFound: nothing lies there. Refused: no scan folder is named.
    """
    from srctl.index.workspace import is_interactive
    from srctl.office.scan_folder import scan_folder, scans_in

    command = CommandLine("file {} FILE", case_id)
    if not is_interactive():
        raise UsageError(_("no file is named"), command)
    scans = scans_in(scan_folder(workspace.folder))
    if not scans:
        raise NotFound(_("no scan waits to be filed"), command)
    choices = [
        (str(scan.n), f"{scan.path.name}  {view.day_text(scan.at.date())} {scan.at:%H:%M}") for scan in reversed(scans)
    ]
    typed = prompts.menu(_("which scan"), choices, choices[0][0], numbers={code: code for code, _words in choices})
    return next(scan for scan in scans if str(scan.n) == typed)


def put_all_aside(workspace: "Workspace", scans: "Sequence[ScannedFile]", case: "Case", *, quiet: bool = False) -> None:
    """Put the scans that the case has now aside, and say of one that stays that it does."""
    from srctl.office.scan_folder import move_to_filed

    for scan in scans:
        if move_to_filed(workspace.folder, case, scan.path) is None:
            view.say("! " + _("{file} changed while it was filed: it stays, file it again").format(file=scan.path.name))
        elif not quiet:
            view.write_wrapped(_("put aside: {file}").format(file=f"filed/{scan.path.name}"), indent=2, hang=4)


def walk(workspace: "Workspace", scans: "Sequence[ScannedFile]") -> None:
    """Ask for each scan where it belongs: the number of a matter, a new one, or none yet; a mistake is asked again."""
    for scan in scans:
        view.say(_("n: a new matter · o: open it first · Enter: leave it · Ctrl-C: stop")) if scan is scans[0] else None
        while not _placed(workspace, scan):
            pass


def _matter_of(workspace: "Workspace", scan: "ScannedFile") -> str:
    """The id of the matter a mail belongs to by its number, "" for none and for everything else that lies there."""
    from srctl.cli import receipt

    try:
        mail = receipt.of_mail(workspace, str(scan.path))
    except SrctlError:
        return ""
    return mail.case if mail else ""


def _placed(workspace: "Workspace", scan: "ScannedFile") -> bool:
    """Whether the answer given for a scan was carried out; False to ask again."""
    label = _("no. {n} {file}: number of the matter").format(n=scan.n, file=scan.path.name)
    typed = to_arabic_digits(options.one_line(prompts.text(label, _matter_of(workspace, scan), required=False)))
    if not typed:
        return True
    try:
        if typed.casefold() in OPEN:
            from srctl.documents.pdf import open_file

            open_file(scan.path)
            return False
        case = receive_with(workspace, [scan]) if typed.casefold() in NEW else file_to(workspace, [scan], typed)
        put_all_aside(workspace, [scan], case)
    except SrctlError as fault:
        view.error(fault)
        return False
    return True
