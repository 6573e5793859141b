"""`srctl away` and `srctl handover`: absences with stand-ins; matters handed over to another."""

from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import arguments, completion, days, names, options, view
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine, NotFound, UsageError
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.absences import Absence
    from srctl.office.staffing import Handover


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("away", help=_("Say from when to when somebody is away; without days, list who is."))(away)
    app.command("handover", help=_("Give every open matter of one coordinator to another, in one act."))(handover)


Somebody = Annotated[
    str,
    argument(
        metavar="[WHO]", help=_("coordinator"), autocompletion=completion.complete_people, callback=names.coordinator_id
    ),
]
StandIn = Annotated[
    str,
    option(
        "--backup", help=_("who stands in"), autocompletion=completion.complete_people, callback=names.coordinator_id
    ),
]
Why = Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.one_line)]


def away(
    who: Somebody = "",
    first: Annotated[str, argument(metavar="[FROM]", help=_("first day away"))] = "",
    last: Annotated[str, argument(metavar="[TO]", help=_("last day away"))] = "",
    why: Why = "", backup: StandIn = "",
    cancel: Annotated[bool, option("--cancel", help=_("take the absence out"))] = False,
    everything: Annotated[bool, option("--all", "-a", help=_("past ones too"))] = False,
    _sure: options.Sure = False, as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Record an absence, take one out, or list them."""
    from srctl.index.workspace import current_workspace, renew

    options.act_as(as_)
    said: list[str] = []
    if cancel:
        said = _cancel(current_workspace(), who, first)
    elif first:
        said = _add(current_workspace(), who, first, last, backup, why)
    if said and not json:
        view.write_wrapped(f"✓ {said[0]}", "green", hang=2)
    for line in said[1:]:
        view.say(line)
    if json or not said:
        renew()  # what was recorded is to be in it
        _list(current_workspace(), who, everything=everything, json=json)


def _add(workspace: "Workspace", who: str, first: str, last: str, backup: str, why: str) -> list[str]:
    """Record the absence; return the sentence about it, then the warnings."""
    from srctl.cli import listing, wizard
    from srctl.model.absences import Absence
    from srctl.office.staffing import add_absence

    for person in (who, backup):
        listing.person_exists(workspace, person)
    begins = days.day(first, "period", workspace)
    to = last or wizard.future_day(_("last day away"), CommandLine("away {} {} TO", who, first), "period")
    ends = days.day(to, "period", workspace)
    assert begins
    assert ends
    new = Absence(who, begins, ends, backup, why)
    done = add_absence(workspace.folder, new, workspace.actor)
    notes = [*done.repaired, *_stand_in(workspace, new), *_left_alone(workspace, new)]
    said = " – ".join(days.in_words(day, "period", workspace) for day in dict.fromkeys((begins, ends)))
    return [f"{who}  {said}", *(f"! {note}" for note in notes)]


def _stand_in(workspace: "Workspace", new: "Absence") -> list[str]:
    """The warning where nobody, or not always somebody, stands in for the absent person."""
    from srctl.model.absences import acting, away_on, days_there

    others = workspace.folder.absences
    if new.backup:
        missing = (new.to - new.from_).days + 1 - days_there(new.backup, new, others)
        return [_("{who} is away too on {n} of these days").format(who=new.backup, n=missing)] if missing else []
    away = away_on((*others, new), new.from_)
    if acting(new.who, "", workspace.folder.office, away) != new.who:
        return []
    return [_("nobody stands in where a matter has no backup who is there; to name somebody: --backup WHO")]


def _left_alone(workspace: "Workspace", new: "Absence") -> list[str]:
    """A warning for each person the absent one was to stand in for at that time."""
    met = [other for other in workspace.folder.absences if other.backup == new.who and other.meets(new)]
    words = _("{who} was to stand in for {other}: {days}")
    return [words.format(who=new.who, other=other.who, days=other.days()) for other in met]


def _cancel(workspace: "Workspace", who: str, first: str) -> list[str]:
    """Take the absence out; return the sentence about it, then the warnings."""
    from srctl.cli import wizard
    from srctl.office.staffing import cancel_absence

    who = who or wizard.colleague(_("coordinator"), CommandLine("away WHO --cancel"))
    gone, done = cancel_absence(workspace.folder, who, options.parse_day(first, workspace=workspace), workspace.actor)
    said = _("{who} not away: {days}").format(who=who, days=gone.days())
    return [said, *(f"! {sentence}" for sentence in done.repaired)]


def _list(workspace: "Workspace", who: str, *, everything: bool, json: bool) -> None:
    """List who is away and who will be, of one person or of all."""
    from srctl.core.errors import unknown
    from srctl.views.case_views import absence_row
    from srctl.views.list_views import envelope

    if who and workspace.folder.office.coordinator(who) is None:
        known = [c.id for c in workspace.folder.office.coordinators]
        raise NotFound(*unknown(_("coordinator"), who, known, CommandLine("whoami --list")))
    absences = sorted(workspace.folder.absences, key=lambda a: (a.from_, a.who))
    found = [a for a in absences if who in ("", a.who) and (everything or a.to >= workspace.today)]
    rows = [absence_row(a, absences, workspace.around) for a in found]
    if json:
        view.print_json(envelope(rows, workspace.today, workspace.folder.problems))
        return
    view.problems(workspace.folder.problems)
    if not rows:
        view.write_line(_("nobody is away"))
        return
    columns = [view.Column(_("coordinator")), view.Column(_("first day")), view.Column(_("last day")),
               view.Column(_("who stands in")), view.Column(_("why"), min_width=10)]  # fmt: skip
    styles = {"now": "yellow", "past": "dim"}
    view.table(columns, [view.TableRow(_cells(row), style=styles.get(row["state"], "")) for row in rows])


def _cells(row: dict[str, Any]) -> list[str]:
    stands = "–" if row["acting"] == row["who"] else row["acting"] or row["backup"]
    return [row["who"], view.iso_day(row["from"]), view.iso_day(row["to"]), stands, row["why"]]


def handover(
    giver: arguments.Who,
    to: Annotated[str, option("--to", metavar="WHO", help=_("who takes them over"),
                                    autocompletion=completion.complete_people, callback=names.coordinator_id)] = "",
    kind: options.Kind = "", why: Why = "",
    dry_run: Annotated[bool, option("--dry-run", help=_("only show what would be handed over"))] = False,
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Give every open matter of one coordinator to another."""
    from srctl.index.workspace import current_workspace
    from srctl.office.staffing import Handover, hand_over, matters_of
    from srctl.views.case_views import case_row

    options.act_as(as_)
    workspace = current_workspace()
    asked = Handover(giver, _taker(workspace, giver, to), kind, why)
    if kind:
        workspace.folder.kind(kind)
    matters = matters_of(workspace.folder, giver, kind)
    done = [] if dry_run else hand_over(workspace.folder, asked, matters.owned, workspace.actor)
    for sentence in done[0].recorded.repaired if done else ():
        view.say("! " + sentence)
    cases = [d.case for d in done] or matters.owned
    rows = [case_row(case, workspace.folder.kinds.get(case.kind), workspace.around) for case in cases]
    if json:
        commit = done[0].recorded.commit if done else ""
        view.print_json({"format": 1, "commit": commit, "from": giver, "to": asked.owner, "items": rows})
    else:
        _show_handed(rows, f"{giver} → {asked.owner}", dry_run=dry_run)
    _warn_left_over(workspace, asked, matters.backed)


def _taker(workspace: "Workspace", giver: str, to: str) -> str:
    """The coordinator who takes the matters over: another one, who works here."""
    from srctl.cli import listing, wizard

    to = to or wizard.colleague(_("who takes them over"), CommandLine("handover {} --to WHO", giver))
    listing.person_exists(workspace, to)
    if to == giver:
        raise UsageError(
            _("the matters are {who}'s already").format(who=to), CommandLine("handover {} --to WHO", giver)
        )
    return to


def _warn_left_over(workspace: "Workspace", asked: "Handover", backed: int) -> None:
    """Warn of what a handover does not settle: the new owner is away, the giver still is a backup."""
    from srctl.cli import outcome
    from srctl.model.people import name_of

    outcome.warn_away(workspace, asked.owner)
    if backed:
        view.say(
            "! "
            + ngettext(
                "{who} is still the backup of {n} matter of others",
                "{who} is still the backup of {n} matters of others",
                backed,
            ).format(who=name_of(workspace.folder.office, asked.giver), n=backed)
        )
        view.say(f"  → {CommandLine('list --owner {}', asked.giver)}")


def _show_handed(rows: list[dict[str, Any]], whose: str, *, dry_run: bool) -> None:
    """Show the cases that were, or would be, handed over: case, next due, subject."""
    n = ngettext("{n} case", "{n} cases", len(rows)).format(n=len(rows))
    if dry_run:
        view.write_line(f"{n}  {whose}  " + _("(dry run: nothing is recorded)"), "bold")
    else:
        view.write_wrapped(f"✓ {n}  {whose}", "green", hang=2)
    columns = [view.Column(_("case")), view.Column(_("due")), view.Column(_("subject"), min_width=24)]
    view.table(columns, [view.TableRow([row["id"], view.iso_day(row["due"]), row["subject"]]) for row in rows])
