"""`srctl today` and `srctl digest`: one person's day on one screen, everybody's in one file. Floor 4."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

from srctl.cli import options, progress, view
from srctl.cli.parser import App, option
from srctl.core.errors import Command
from srctl.core.i18n import _, language

if TYPE_CHECKING:
    from srctl.core.errors import Problem
    from srctl.index.workspace import Workspace
    from srctl.reports.agenda_export import Digest, Envelope
    from srctl.views.agenda import Part, Share, Whose

Everybody = Annotated[bool, option("--all", "-a", help=_("the whole office"))]
Docx = Annotated[Path | None, option("--docx", metavar="FILE", help=_("write a Word file (replaces it)"))]
Html = Annotated[Path | None, option("--html", metavar="FILE", help=_("write a page for a browser (replaces it)"))]
Eml = Annotated[Path | None, option("--eml", metavar="FILE", help=_("write a mail, not sent (replaces it)"))]


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command(help=_("One person's day: what is late and due, whom to call, what waits for whom."))(today)
    app.command(help=_("The day of each person for the morning round, on the screen or as one file."))(digest)


def today(
    owner: options.Owner = "", group: options.Group = "", everybody: Everybody = False, json: options.Json = False
) -> None:
    """Show one day of one person, of a group, or of the whole office."""
    from srctl.index.workspace import workspace

    desk = workspace()
    if not (owner or group or everybody):
        desk.ask_me()  # git finds out while the rest is loaded
    from srctl.cli import outcome
    from srctl.views.agenda import part_of
    from srctl.views.agenda_text import part_view

    whose, who, name = _whose(desk, owner, group, everybody=everybody)
    shares, problems = _shares(desk, whose)
    part = part_of(shares, desk.around, whose, who, name)
    if json:
        view.print_json(part_view(part, desk.today, problems))
        return
    view.problems(problems)
    outcome.tell_away(desk, who)
    _show((part,), desk)


def digest(
    owner: options.Owner = "", group: options.Group = "", everybody: Everybody = False,
    docx: Docx = None, html: Html = None, eml: Eml = None,
    to: Annotated[list[str] | None, option("--to", metavar="ADDRESS", help=_("to whom the mail goes"))] = None,
) -> None:  # fmt: skip
    """Show the day of each person meant, or write it into files."""
    from srctl.index.workspace import workspace
    from srctl.store.outputfile import target
    from srctl.views.agenda import parts_of

    desk = workspace()
    targets = [target(file, end, "digest") for file, end in ((docx, ".docx"), (html, ".html"), (eml, ".eml")) if file]
    whose, who, _name = _whose(desk, owner, group, everybody=everybody)
    if targets:
        _write(desk, whose, targets, _envelope(desk, who, group, to or []) if eml else None)
        return
    if to:
        _refuse(_("--to is for a mail"), f"--eml digest.eml --to {to[0]}")
    shares, problems = _shares(desk, whose)
    view.problems(problems)
    _show(parts_of(shares, desk.around, whose), desk)


# -- whose day ------------------------------------------------------------------------------------------


def _whose(desk: "Workspace", owner: str, group: str, *, everybody: bool) -> "tuple[Whose, str, str]":
    """Return whose day is asked for, the one person's id (else ""), and what it is called; nobody named means me."""
    from srctl.cli import listing
    from srctl.views.agenda import EVERYBODY, Whose

    if sum(map(bool, (owner, group, everybody))) > 1:
        _refuse(_("--owner, --group and --all exclude one another"), Command("today --all"))
    office = desk.folder.office
    if everybody:
        return EVERYBODY, "", office.names.en if language() == "en" else office.names.th
    listing.check_names(desk, "", owner, group)
    found = office.group(group)
    if found:
        members = frozenset(c.id for c in office.coordinators if c.active and c.group == group)
        return Whose(members, group), "", found.label.in_(language())
    person = (office.coordinator(owner) if owner else None) or desk.me
    return Whose(frozenset({person.id})), person.id, person.name


def _shares(desk: "Workspace", whose: "Whose", *, leaving: bool = False) -> "tuple[list[Share], list[Problem]]":
    """Return what is to be done about each case that concerns them, and what could not be read: one pass.

    ``leaving`` the office it is told otherwise where the file of the case asks for it.
    """
    from srctl.index.queries import shares
    from srctl.office.folder import readable
    from srctl.views.agenda import share_outside

    found, problems = shares(desk.folder, desk.around, whose, progress.reading)
    if leaving:
        cases = [readable(desk.folder.load(share.case)) for share in found]
        kinds = desk.folder.kinds
        found = [share_outside(case, kinds.get(case.kind), share) for case, share in zip(cases, found, strict=True)]
    return found, problems


# -- the screen -----------------------------------------------------------------------------------------


def _show(parts: "tuple[Part, ...]", desk: "Workspace") -> None:
    """Show the counts, where there are several parts of each, then each part."""
    from srctl.core.dates import weekday_name
    from srctl.views.agenda_text import counts, legend, overview

    day = f"{weekday_name(desk.today, language())} {view.joined(view.day(desk.today))}"
    if len(parts) == 1:
        words = " · ".join(map(view.joined, counts(parts[0])))
        view.flow(f"{day}  {view.joined(parts[0].name)}   {words}", "bold")
    else:
        view.out(day.replace(view.JOINED, " "), "bold")
        view.pairs(overview(parts), indent=2)
    for part in parts:
        if len(parts) == 1:
            _show_part(part)
        elif part.sections:
            view.out()
            view.out(f"── {part.name}", "bold")
            _show_part(part)
    for words in legend(parts):
        view.flow(words, "dim", hang=2)


def _show_part(part: "Part") -> None:
    """Show a part as one table with its headings; the owner has a column where it is nobody's alone."""
    from srctl.views.agenda_text import label, lines_of, next_line

    if not part.sections:
        view.flow(next_line(part))
        return
    columns = [view.Column(_("due")), view.Column(_("workdays"), right=True), view.Column(_("case")),
               *(() if part.who else (view.Column(_("owner")),)), view.Column(_("what"), gives=20)]  # fmt: skip
    rows = []
    for name, lines in lines_of(part, owners=bool(part.who)):
        for place, line in enumerate(lines):
            above = f"{label(name)} ({len(lines)})" if not place else ""
            cells = [line.due, line.late, line.case, *(() if part.who else (line.owner,)), line.what]
            rows.append(view.Row(cells, line.under, line.subject, view.style_of(line.when), above))
    view.table(columns, rows)


# -- files ----------------------------------------------------------------------------------------------


def _refuse(message: str, hint: str) -> NoReturn:
    from srctl.core.errors import UsageError

    raise UsageError(message, hint)


def _envelope(desk: "Workspace", who: str, group: str, to: list[str]) -> "Envelope":
    """Return from whom the mail is and to whom: those named, else the owner, the head of the group, the office."""
    from srctl.reports.agenda_export import Envelope

    office, me = desk.folder.office, desk.me
    found = office.group(group)
    person = office.coordinator(who or (found.head if found else ""))
    usual = person.emails[:1] if person else (office.email,) if office.email and not found else ()
    addresses = tuple(map(options.one_line, to)) or usual
    if not addresses:
        _refuse(_("say to whom the mail goes"), "--to NAME@PLACE")
    if not me.emails:
        _refuse(_("{who} has no e-mail address in office.yaml").format(who=me.id), Command("whoami --list"))
    return Envelope(me.name, me.emails[0], addresses, desk.now)


def _write(desk: "Workspace", whose: "Whose", targets: list[Path], envelope: "Envelope | None") -> None:
    """Write the digest into each file, in Thai whatever language the screen speaks: it is the office's paper."""
    from srctl.core.i18n import in_thai
    from srctl.index.workspace import renew, workspace
    from srctl.reports.agenda_export import Digest
    from srctl.store.outputfile import in_folder, save
    from srctl.views.agenda import parts_of

    view.problems(_shares(desk, whose)[1])
    with in_thai():
        renew()  # a problem stays in the language it was first told in
        shares, problems = _shares(workspace(), whose, leaving=True)
        notes = tuple(f"! {problem.where()}: {problem.message}" for problem in problems)
        told = Digest(parts_of(shares, desk.around, whose), desk.folder.office, desk.today, notes)
        made = [(target, _made(desk, told, target, envelope)) for target in targets]
    for target, data in made:
        save(in_folder(target), data)
        view.out(f"✓ {desk.folder.relative(target)}", "green")


def _made(desk: "Workspace", told: "Digest", target: Path, envelope: "Envelope | None") -> bytes:
    from srctl.reports import agenda_export

    if target.suffix.lower() == ".docx":
        return agenda_export.as_docx(told, desk.folder.root / "templates")
    if envelope is None or target.suffix.lower() == ".html":
        return agenda_export.as_html(told)
    try:
        return agenda_export.as_eml(told, envelope)
    except ValueError:
        addresses = ", ".join((envelope.address, *envelope.to))
        _refuse(_("{address} is no e-mail address").format(address=addresses), "--to NAME@PLACE")
