"""`srctl due`: what is late, due today, and coming, with whom to call. Floor 4."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from srctl.cli import listing, options, phrases, progress, view
from srctl.cli.parser import App, Context, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, language, ngettext
from srctl.deadlines.obligations import section
from srctl.model.labels import urgency_word, what_word
from srctl.views.list_views import mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from srctl.core.errors import Problem
    from srctl.index.workspace import Workspace
    from srctl.views.list_views import Due, DueDay, PackedObligation, View

S = TypeVar("S")
T = TypeVar("T")


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("due", help=_("What is due: late first, then today, then coming."))(show_due)


def show_due(
    ctx: Context,
    days: Annotated[int, option("--days", "-d", min=0, max=36500, help=_("how many days ahead"))] = 7,
    owner: options.Owner = "", group: options.Group = "", kind: options.Kind = "",
    everything: Annotated[bool, option("--all", "-a", help=_("however far ahead"))] = False,
    ics: Annotated[Path | None, option("--ics", metavar="FILE", help=_("write a calendar file (replaces it)"))]
        = None,
    as_of: options.AsOf = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Show what is due, or write it as a calendar."""
    from srctl.index.workspace import current_workspace
    from srctl.views.list_views import due_row, envelope

    workspace = current_workspace().as_of(options.parse_day(as_of), ctx.with_resource)
    target = _target(ics, json=json) if ics else None
    listing.check_names(workspace, kind, owner, group)
    found, problems = _found(workspace, None if everything else days, owner, group, kind)
    if json:
        view.print_json(listing.dated(workspace, envelope(_items(found, workspace.today), workspace.today, problems)))
        return
    listing.tell_past(workspace)
    view.problems(problems)
    if target:
        rows = [due_row(due.item, workspace.around, due.shared.acting, due.shared.people) for due in found]
        _write_calendar(workspace, rows, problems, target)
        return
    if not found:
        soon = ngettext("nothing is late or due within {n} day", "nothing is late or due within {n} days", days)
        view.write_line(_("nothing is due") if everything else soon.format(n=days))
        return
    _show(found, workspace.today)


def _found(
    workspace: "Workspace", days: int | None, owner: str, group: str, kind: str
) -> "tuple[list[Due], list[Problem]]":  # fmt: skip
    """Return what falls due until then, worst first, and what could not be read."""
    from datetime import timedelta

    from srctl.index import queries
    from srctl.workflow.filters import Filter

    wanted = Filter(kind=kind, owner=owner, group=group)
    last = workspace.today + timedelta(days=days) if days is not None else None
    return queries.due_obligations(workspace.folder, workspace.around, wanted, last, progress.reading)


def _items(found: "list[Due]", today: "date") -> "Iterator[view.Shared]":
    """Yield the lines for JSON: what follows from the day, and from the bearing, is one and the same in many."""
    from srctl.views.list_views import own_of, shared_part, time_of

    def beside(bearing: "PackedObligation") -> "View":
        return {**shared_part(bearing), **bearing.people}

    time_told, bearing_told = _for_each(partial(time_of, today=today)), _for_each(beside)
    for due in found:
        yield view.Shared._make((own_of(due), (time_told(due.day), bearing_told(due.shared))))


def _show(found: "list[Due]", today: "date") -> None:
    """Show the lines under one heading, worst first, each with whom to call; the marks are explained below."""
    from collections import Counter

    from srctl.core.dates import weekday_name

    titles = {"late": _("late"), "today": _("due today"), "coming": _("coming")}
    counts: Counter[str] = Counter()
    for each, n in Counter([due.day.due for due in found]).items():
        counts[section(each, today)] += n
    summary = " · ".join(f"{title} {n}" for name, title in titles.items() if (n := counts[name]))
    view.write_wrapped(f"{weekday_name(today, language())} {view.day_text(today)}   {summary}", "bold")
    columns = [view.Column(_("due")), view.Column(_("workdays"), right=True), view.Column(_("case")),
               view.Column(_("owner")), view.Column(_("what"), gives=20)]  # fmt: skip
    shown, beside, above = [], set(), ""
    term_of, about = _for_each(partial(_term, today)), _for_each(_about)
    for case, _ref, text, subject, day, bearing in found:
        when, due, late, style, moves, extended = term_of(day)
        owner, head, call, unsure, held = about(bearing)
        mark = unsure + moves
        more = notes(day, held) if held or extended else ""
        heading = f"{titles[when]} ({counts[when]})" if when != above else ""
        cells = (due + mark, late, case, owner, f"{head}{text}{more}")
        shown.append(view.TableRow._make((cells, call, subject, style, heading)))
        beside.add(mark)
        above = when
    view.table(columns, shown)
    view.show_legend(beside)


def _for_each(told: "Callable[[T], S]") -> "Callable[[T], S]":
    """Return the same, worked out once for each value: many lines share their day, and their bearing."""
    known: dict[int, S] = {}

    def once(shared: T) -> S:
        found = known.get(id(shared))
        if found is None:
            found = known[id(shared)] = told(shared)
        return found

    return once


def _about(bearing: "PackedObligation") -> tuple[str, str, str, str, bool]:
    """Return who carries it, the words before the name of what is due, whom to call, the mark, whether it is held."""
    urgent = urgency_word(bearing.urgency)
    head = (f"[{urgent}] " if urgent else "") + f"{what_word(bearing.what)}: "
    owner = listing.owner_cell(bearing.owner, bearing.acting)
    return owner, head, _call(bearing.people), mark_of(bearing.verified, complete=True), bearing.held


def _term(today: "date", day: "DueDay") -> tuple[str, str, str, str, str, bool]:
    """Return under which heading a day stands, the day in words, how late it is, colour, mark, whether extended."""
    when = section(day.due, today)
    mark = mark_of(verified=True, complete=day.complete)
    return (
        when,
        view.day_text(day.due),
        view.how_late(day.late, when),
        view.section_style(when),
        mark,
        _is_extended(day),
    )


def notes(day: "DueDay", held: bool) -> str:
    """Return what is to be known of the day itself: that it was extended, and from when; that it stands still."""
    found = []
    if day.original and _is_extended(day):
        found.append(phrases.extension(day.original, day.late_original))
    if held:
        found.append(_("paused"))
    return f" ({', '.join(found)})" if found else ""


def _is_extended(day: "DueDay") -> bool:
    return day.original not in (None, day.due)


def _call(people: "View") -> str:
    """Return whom to call, the number first: it is never what is cut."""
    if people["whom"]:
        return _("waits for {who}").format(who=people["whom_name"])
    carrier = "acting" if people["acting"] else "owner"
    name, phone = people[f"{carrier}_name"], people[f"{carrier}_phone"]
    if people["call"]:
        name, phone = people["call"], people["phone"]
    return _("call {phone} {who}").format(phone=phone, who=name) if phone else str(name)


def _target(file: Path, *, json: bool) -> Path:
    """The place of the calendar; UsageError where JSON is wanted as well, or for a file of another ending."""
    from srctl.core.errors import UsageError
    from srctl.store.outputfile import output_path

    if json:
        raise UsageError(_("--ics and --json cannot be given at once"), CommandLine("due --ics {}", file))
    return output_path(file, ".ics", "due")


def _outside(workspace: "Workspace", rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows as they may leave the office; whose name must not stand there only the case file tells."""
    from srctl.office.folder import readable
    from srctl.views.agenda import redacted_row

    cases = {case_id: readable(workspace.folder.load(case_id)) for case_id in {row["case"] for row in rows}}
    return [redacted_row(row, cases[row["case"]], workspace.folder.kinds.get(cases[row["case"]].kind)) for row in rows]


def _write_calendar(
    workspace: "Workspace", rows: list[dict[str, Any]], problems: "list[Problem]", target: Path
) -> None:
    """Write the rows as a calendar that also tells what could not be read.

    NotFound when its folder is not there, Refused when it cannot be written.
    """
    from srctl.documents import ics
    from srctl.store.outputfile import in_folder, save

    names = workspace.folder.office.names
    name = names.en if language() == "en" else names.th
    notes = [f"! {problem.where()}: {problem.message}" for problem in problems]
    made = ics.compose_calendar(_outside(workspace, rows), name, workspace.now, workspace.folder.calendar, notes)
    save(in_folder(target), made)
    view.write_line(f"✓ {workspace.here.relative(target)}: " + _("{n} due").format(n=len(rows)), "green")
