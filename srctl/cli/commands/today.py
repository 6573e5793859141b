"""`srctl today` and `srctl digest`: the agenda of a person, a group or everybody, also as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

from srctl.cli import options, progress, view
from srctl.cli.completion import complete_people
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, language

if TYPE_CHECKING:
    from srctl.core.errors import Problem
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.reports.agenda_export import Digest, Envelope
    from srctl.views.agenda import AgendaPart, Share, Whose

Everybody = Annotated[bool, option("--all", "-a", help=_("the whole office"))]
Docx = Annotated[Path | None, option("--docx", metavar="FILE", help=_("write a Word file (replaces it)"))]
Html = Annotated[Path | None, option("--html", metavar="FILE", help=_("write a page for a browser (replaces it)"))]
Eml = Annotated[Path | None, option("--eml", metavar="FILE", help=_("write a mail, not sent (replaces it)"))]


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("today", help=_("One person's day: what is late and due, whom to call, what waits for whom."))(
        show_today
    )
    app.command("digest", help=_("The day of each person for the morning round, on the screen or as one file."))(
        show_digest
    )


def show_today(
    who: Annotated[str, argument(metavar="[WHO]", help=_("whose day; yours where nobody is named"),
                                 autocompletion=complete_people)] = "",
    owner: options.Owner = "", group: options.Group = "", everybody: Everybody = False,
    short: options.Short = False, quiet: options.Quiet = False, json: options.Json = False,
) -> None:  # fmt: skip
    """Show today's agenda of one person, of a group, or of the whole office."""
    from srctl.index.workspace import current_workspace

    workspace = current_workspace()
    if who and owner:
        _refuse(_("one person's day at a time"), CommandLine("today {}", who))
    options.refuse_both(short, "--short", json, "--json")
    owner = who or owner
    if not (owner or group or everybody):
        workspace.prefetch_me()  # git finds out while the rest is loaded
    from srctl.cli import agenda_screen
    from srctl.views.agenda import day_of, part_of
    from srctl.views.agenda_text import part_view

    whose, who, name = _whose(workspace, owner, group, everybody=everybody)
    shares, problems = _shares(workspace, whose)
    if who:
        part = day_of(shares, workspace.around, who, workspace.folder.absences)
    else:
        part = part_of(shares, workspace.around, whose, who, name)
    if json:
        view.print_json(part_view(part, workspace.today, problems))
        return
    view.problems(problems)
    if quiet:
        _write_ids(part)
        return
    _warn_away(workspace, who)
    if short:
        agenda_screen.show_short(part, workspace)
    else:
        agenda_screen.show_parts((part,), workspace)
        agenda_screen.show_first_command(part, workspace)


def _write_ids(part: "AgendaPart") -> None:
    from srctl.cli import listing

    listing.write_ids(row["case"] for section in part.sections for row in section.rows)


def _warn_away(workspace: "Workspace", who: str) -> None:
    if who in workspace.away:
        from srctl.cli import outcome

        outcome.warn_away(workspace, who)


def show_digest(
    owner: options.Owner = "", group: options.Group = "", everybody: Everybody = False,
    docx: Docx = None, html: Html = None, eml: Eml = None,
    to: Annotated[list[str] | None, option("--to", metavar="ADDRESS", help=_("to whom the mail goes"))] = None,
) -> None:  # fmt: skip
    """Show today's agenda of each person meant, or write it into files."""
    from srctl.index.workspace import current_workspace
    from srctl.store.outputfile import output_path

    workspace = current_workspace()
    targets = [
        output_path(file, end, "digest") for file, end in ((docx, ".docx"), (html, ".html"), (eml, ".eml")) if file
    ]
    whose, who, _name = _whose(workspace, owner, group, everybody=everybody)
    if targets:
        _write(workspace, (whose, who), targets, _envelope(workspace, who, group, to or []) if eml else None)
        return
    if to:
        _refuse(_("--to is for a mail"), f"--eml digest.eml --to {to[0]}")
    shares, problems = _shares(workspace, whose)
    view.problems(problems)
    from srctl.cli import agenda_screen

    agenda_screen.show_parts(_parts(workspace, shares, (whose, who)), workspace)


# -- whose day ------------------------------------------------------------------------------------------


def _whose(workspace: "Workspace", owner: str, group: str, *, everybody: bool) -> "tuple[Whose, str, str]":
    """Whose work is to be read, the id of a single person (else ""), and the name to show; none named: who asks."""
    from srctl.cli import listing
    from srctl.views.agenda import EVERYBODY, Whose, seen_by

    if sum(map(bool, (owner, group, everybody))) > 1:
        _refuse(_("--owner, --group and --all exclude one another"), CommandLine("today --all"))
    office = workspace.folder.office
    if everybody:
        return EVERYBODY, "", office.names.en if language() == "en" else office.names.th
    listing.check_names(workspace, "", owner, group)
    found = office.group(group)
    if found:
        members = frozenset(c.id for c in office.coordinators if c.active and c.group == group)
        return Whose(members, group), "", found.label.in_(language())
    person = owner or workspace.asking
    return seen_by(office, person), person, ""


def _parts(workspace: "Workspace", shares: "list[Share]", asked: "tuple[Whose, str]") -> "tuple[AgendaPart, ...]":
    """The parts of a digest: one person's day, or a part for each of those asked for."""
    from srctl.views.agenda import day_of, parts_of

    whose, who = asked
    if not who:
        return parts_of(shares, workspace.around, whose)
    return (day_of(shares, workspace.around, who, workspace.folder.absences),)


def _shares(workspace: "Workspace", whose: "Whose") -> "tuple[list[Share], list[Problem]]":
    """The work due in each case that concerns them, and the problems found, in one pass."""
    from srctl.index.queries import shares

    return shares(workspace.folder, workspace.around, whose, progress.reading)


def _redacted(workspace: "Workspace", shares: "list[Share]") -> "tuple[list[Share], dict[str, Case]]":
    """The shares redacted for a file that leaves the office, and their cases, whose files have what is withheld."""
    from srctl.office.folder import readable
    from srctl.views.agenda import redacted_share

    cases = {share.case: readable(workspace.folder.load(share.case)) for share in shares}
    kinds = workspace.folder.kinds
    return [redacted_share(cases[s.case], kinds.get(cases[s.case].kind), s) for s in shares], cases


# -- files ----------------------------------------------------------------------------------------------


def _refuse(message: str, hint: str) -> NoReturn:
    from srctl.core.errors import UsageError

    raise UsageError(message, hint)


def _envelope(workspace: "Workspace", who: str, group: str, to: list[str]) -> "Envelope":
    """The sender and the addressees of the mail: those named, else the owner, the head of the group, the office."""
    from srctl.model.people import is_email
    from srctl.reports.agenda_export import Envelope

    office, me = workspace.folder.office, workspace.me
    found = office.group(group)
    person = office.coordinator(who or (found.head if found else ""))
    usual = person.emails[:1] if person else (office.email,) if office.email and not found else ()
    addresses = tuple(map(options.one_line, to)) or usual
    if not addresses:
        _refuse(_("say to whom the mail goes"), "--to me@example.go.th")
    if not me.emails:
        _refuse(_("{who} has no e-mail address in office.yaml").format(who=me.id), CommandLine("whoami --list"))
    for address in (me.emails[0], *addresses):
        if not is_email(address):
            _refuse(_("{address} is no e-mail address").format(address=f"“{address}”"), "--to me@example.go.th")
    return Envelope(me.name, me.emails[0], addresses, workspace.now)


def _write(
    workspace: "Workspace", asked: "tuple[Whose, str]", targets: list[Path], envelope: "Envelope | None"
) -> None:
    """Write the digest into each file, in the office's language whatever the screen speaks: it is its paper."""
    from srctl.cli import outcome
    from srctl.cli.entry_names import paper_namer
    from srctl.core.i18n import speaking
    from srctl.index.workspace import current_workspace, renew
    from srctl.reports.agenda_export import Digest
    from srctl.store.outputfile import in_folder, save

    view.problems(_shares(workspace, asked[0])[1])
    with speaking(workspace.folder.office.language):
        renew()  # a problem stays in the language it was first reported in
        shares, problems = _shares(current_workspace(), asked[0])
        shares, cases = _redacted(current_workspace(), shares)
        notes = tuple(f"! {problem.where()}: {problem.message}" for problem in problems)
        titled = paper_namer(workspace)
        digest = Digest(_parts(workspace, shares, asked), workspace.folder.office, workspace.today, notes, titled)
        made = [(target, _made(workspace, digest, target, envelope)) for target in targets]
    for target, data in made:
        save(in_folder(target), data)
        view.write_wrapped(f"✓ {workspace.folder.relative(target)}", "green", hang=2)
    rows = [row for part in digest.parts for row in part.rows()]
    texts = ((cases[row["case"]], row.get(name, "")) for row in rows for name in ("subject", "text", "why"))
    outcome.warn_written(workspace, texts)


def _made(workspace: "Workspace", digest: "Digest", target: Path, envelope: "Envelope | None") -> bytes:
    from srctl.reports import agenda_export

    if target.suffix.lower() == ".docx":
        return agenda_export.digest_docx(digest, workspace.folder.root / "templates")
    if envelope is None or target.suffix.lower() == ".html":
        return agenda_export.as_html(digest)
    return agenda_export.as_eml(digest, envelope)
