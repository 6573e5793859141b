"""`srctl due`: what is late, due today, and coming, with whom to call."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from srctl.cli import listing, options, phrases, progress, view
from srctl.cli.parser import App, Context, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, language, ngettext
from srctl.deadlines.obligations import section
from srctl.model.labels import OF_PAPERS, how_late, urgency_word, what_word
from srctl.views.list_views import mark_of, paused_word, person_named

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator
    from datetime import date

    from srctl.core.errors import Problem
    from srctl.documents.ics import Before
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.views.list_views import Due, DueDay, PackedObligation, View

S = TypeVar("S")
T = TypeVar("T")


Ics = Annotated[Path | None, option("--ics", metavar="FILE", help=_("write a calendar file (replaces it)"))]


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("due", help=_("What is due: late first, then today, then coming."))(show_due)


def show_due(
    ctx: Context,
    days: Annotated[int, option("--days", "-d", min=0, max=36500, help=_("how many days ahead"))] = 7,
    owner: options.Owner = "", group: options.Group = "", kind: options.Kind = "",
    everything: Annotated[bool, option("--all", "-a", help=_("however far ahead"))] = False,
    ics: Ics = None, event: options.Event = "", short: options.Short = False,
    as_of: options.AsOf = "", quiet: options.Quiet = False, json: options.Json = False,
) -> None:  # fmt: skip
    """Show what is due, or write it as a calendar."""
    from srctl.index.workspace import current_workspace
    from srctl.views.list_views import envelope

    workspace = current_workspace().as_of(options.parse_day(as_of), ctx.with_resource)
    target = _target(ics, json=json) if ics else None
    options.refuse_both(short, "--short", json or ics, "--json" if json else "--ics")
    listing.check_names(workspace, kind, owner, group)
    ahead = None if everything else days
    found, problems = _found(workspace, ahead, owner, group, kind, event)
    if json:
        from srctl.views.days_off import days_off_view

        shown = envelope(_items(found, workspace.today), workspace.today, problems)
        shown["days_off"] = days_off_view(listing.days_off(workspace, kind, owner, group))
        view.print_json(listing.dated(workspace, shown))
        return
    view.problems(problems)
    if quiet:
        listing.write_ids(due.case for due in found)
        return
    listing.show_as_of(workspace)
    _warn_of_keeper(workspace)
    if target:
        _write_calendar(workspace, target, ahead, owner, group, kind, *filter(None, (event,)))
        return
    if not found:
        soon = ngettext("nothing is late or due within {n} day", "nothing is late or due within {n} days", days)
        view.write_line(_("nothing is due") if everything else soon.format(n=days))
    else:
        _show(found, workspace, owner or workspace.named, short=short)
    listing.show_days_off(listing.days_off(workspace, kind, owner, group))


def _warn_of_keeper(workspace: "Workspace") -> None:
    """Tell once a day that another program keeps the office folder alike on several machines."""
    from srctl.office.synced_folders import warning_of_the_day

    if workspace.folder.root == workspace.here.root:  # a day gone by is looked at without a trace
        phrases.warn(*warning_of_the_day(workspace.here.root, workspace.now.date()))


def _found(
    workspace: "Workspace", days: int | None, owner: str, group: str, kind: str, event: str = ""
) -> "tuple[list[Due], list[Problem]]":  # fmt: skip
    """The obligations due until then, worst first, and the problems found."""
    from datetime import timedelta

    from srctl.index import queries
    from srctl.workflow.filters import Filter

    wanted = Filter(kind=kind, owner=owner, group=group, event_in=options.period(event, workspace))
    last = workspace.today + timedelta(days=days) if days is not None else None
    return queries.due_obligations(workspace.folder, workspace.around, wanted, last, progress.reading)


def _items(found: "list[Due]", today: "date") -> "Iterator[view.Shared]":
    """Yield the items for JSON: those of the same day, or with the same attributes, share a part."""
    from srctl.views.list_views import own_of, shared_part, time_of

    def beside(shared: "PackedObligation") -> "View":
        return {**shared_part(shared), **shared.people}

    day_part, other_part = _once_each(partial(time_of, today=today)), _once_each(beside)
    for due in found:
        yield view.Shared._make((own_of(due), (day_part(due.day), other_part(due.shared))))


def _show(found: "list[Due]", workspace: "Workspace", of: str, *, short: bool) -> None:
    """Show the lines under one heading, worst first, each with whom to call; the marks are explained below.

    ``of`` is whose list it is, or who asks: nobody is told to call themself. ``short``: a line a matter, as many as
    the screen holds.
    """
    from srctl.cli.entry_names import paper_namer
    from srctl.core.dates import weekday_name

    today, owner_named = workspace.today, listing.owner_cells(workspace)
    titles = {"late": _("late"), "today": _("due today"), "coming": _("coming")}
    counts = _counts(found, today)
    summary = " · ".join(f"{title} {n}" for name, title in titles.items() if (n := counts[name]))
    view.write_wrapped(f"{weekday_name(today, language())} {view.day_text(today)}   {summary}", "bold")
    columns = [view.Column(_("due")), view.Column(_("workdays"), right=True), view.Column(_("case")),
               view.Column(_("owner")), view.Column(_("what"), min_width=20)]  # fmt: skip
    more = 0
    if short:
        from srctl.cli import short_list

        found, more = short_list.first_of_each(found, lambda due: due.case)
    shown, beside, above = [], set(), ""
    titled = paper_namer(workspace)
    term_of, about = _once_each(partial(_term, today)), _once_each(partial(_about, of=of, owner_named=owner_named))
    for case, _ref, text, subject, day, shared in found:
        when, due, late, style, incomplete, extended = term_of(day)
        owner, head, call, unverified, held, of_paper = about(shared)
        what = f"{head}{titled(text) if of_paper else text}"
        mark = unverified + incomplete
        note = notes(day, held) if held or extended else ""
        heading = f"{titles[when]} ({counts[when]})" if when != above else ""
        cells = (due + mark, late, case, owner, f"{what}{note}" + (f" · {subject}" if short else ""))
        under = ("", "", style, "") if short else (call, subject, style, heading)
        shown.append(view.TableRow._make((cells, *under)))
        beside.add(mark)
        above = when
    view.table(columns, shown)
    view.show_legend(beside)
    if short:
        short_list.show_more(more, CommandLine("due"))


def _counts(found: "list[Due]", today: "date") -> "Counter[str]":
    """How many of the lines are late, due today and coming."""
    from collections import Counter

    counts: Counter[str] = Counter()
    for day, n in Counter([due.day.first for due in found]).items():
        counts[section(day, today)] += n
    return counts


def _once_each(compute: "Callable[[T], S]") -> "Callable[[T], S]":
    """The function, computed once for each object: many lines share their day and their attributes."""
    known: dict[int, S] = {}

    def once(value: T) -> S:
        found = known.get(id(value))
        if found is None:
            found = known[id(value)] = compute(value)
        return found

    return once


def _about(
    shared: "PackedObligation", of: str, owner_named: "Callable[[str, str], str]"
) -> tuple[str, str, str, str, bool, bool]:
    """The owner, the words before what is due, whom to call, the mark, whether it is paused, whether it is a paper."""
    urgent = urgency_word(shared.urgency)
    head = (f"[{urgent}] " if urgent else "") + f"{what_word(shared.what)}: "
    owner = owner_named(shared.owner, shared.acting)
    return (
        owner,
        head,
        _call(shared.people, of),
        mark_of(shared.verified, complete=True),
        shared.held,
        shared.what in OF_PAPERS,
    )


def _term(today: "date", day: "DueDay") -> tuple[str, str, str, str, str, bool]:
    """The heading of a day, the day in words, how late it is, its colour, its mark, whether it was ever another."""
    when = section(day.first, today)
    mark = mark_of(verified=True, complete=day.complete)
    return (
        when,
        view.day_text(day.first),
        how_late(day.late_first, when),
        view.section_style(when),
        mark,
        day.original not in (None, day.due),
    )


def notes(day: "DueDay", held: bool) -> str:
    """The notes on a day: that it was extended, and from when; by when it is promised now; that it is paused."""
    found = []
    if day.original and day.original != day.due:
        from srctl.cli.phrases import extension, postponed

        moved = day.first != day.due
        found.append(postponed(day.due) if moved else extension(day.original, day.late_original))
    if held:
        found.append(paused_word())
    return f" ({', '.join(found)})" if found else ""


def _call(people: "View", of: str) -> str:
    """The person to call, the number first: it is never what is cut; "" where that is ``of``."""
    if people["whom"]:
        return "" if people["whom"] == of else _("waits for {who}").format(who=person_named(people, "whom"))
    carrier = "acting" if people["acting"] else "owner"
    name, phone = people[f"{carrier}_name"], people[f"{carrier}_phone"]
    if of and not people["call"] and people[carrier] == of:
        return ""
    if people["call"]:
        name, phone = people["call"], people["phone"]
    return _("call {phone} {who}").format(phone=phone, who=name) if phone else str(name)


def _target(file: Path, *, json: bool) -> Path:
    """The place of the calendar; UsageError where JSON is wanted as well, or for a file of another ending."""
    from srctl.core.errors import UsageError
    from srctl.store.outputfile import output_path

    if json:
        raise UsageError(_("{one} and {other} cannot be given at once").format(one="--ics", other="--json"),
                         CommandLine("due --ics {}", file))  # fmt: skip
    return output_path(file, ".ics", "due")


def _redacted(workspace: "Workspace", rows: list[dict[str, Any]]) -> "tuple[list[dict[str, Any]], dict[str, Case]]":
    """The rows redacted to leave the office, and their cases: only the files have the names to be redacted."""
    from srctl.office.folder import readable
    from srctl.views.agenda import redacted_row

    cases = {case_id: readable(workspace.folder.load(case_id)) for case_id in {row["case"] for row in rows}}
    kinds = workspace.folder.kinds
    return [redacted_row(row, cases[row["case"]], kinds.get(cases[row["case"]].kind)) for row in rows], cases


def _write_calendar(workspace: "Workspace", target: Path, days: int | None, *of: str) -> None:
    """Write what is due within ``days`` as a calendar, in the office's language, in place of an earlier one.

    ``of`` is whose (owner, group, kind). The calendar also tells what could not be read.
    NotFound when its folder is not there, Refused when it cannot be written.
    """
    from srctl.cli import outcome
    from srctl.core.i18n import speaking
    from srctl.documents import ics
    from srctl.index.workspace import current_workspace, renew
    from srctl.store.outputfile import in_folder, save

    office = workspace.folder.office
    name = office.names.en if office.language == "en" else office.names.th
    before, warning = _before(
        in_folder(target), "; ".join((name, *of, workspace.past.day.isoformat() if workspace.past else ""))
    )
    with speaking(office.language):
        if not workspace.past:
            renew()  # a problem stays in the language it was first reported in
            workspace = current_workspace()
        rows, cases, problems = _calendar_rows(workspace, before, days, *of)
        notes = [f"! {problem.where()}: {problem.message}" for problem in problems]
        stems = {problem.path.stem for problem in problems if problem.code != "left"}
        before = before._replace(unread=partial(_may_be_unread, stems))
        made = ics.compose_calendar(rows, name, workspace.now, workspace.folder.calendar, notes, before)
    save(target, made)
    outcome.warn_written(workspace, ((cases[row["case"]], row[part]) for row in rows for part in ("subject", "text")))
    view.write_wrapped(f"✓ {workspace.here.relative(target)}: " + _("{n} due").format(n=len(rows)), "green", hang=2)
    if warning:
        view.show_hint("! ", warning)


def _before(file: Path, scope: str) -> "tuple[Before, str]":
    """What the file that is replaced tells, and, where it is no calendar of the same, that nothing is cancelled."""
    from srctl.documents import ics

    try:
        data = b""
        if file.is_file():
            with file.open("rb") as opened:
                data = opened.read(ics.MAX_BYTES + 1)
    except OSError:  # writing it tells
        return ics.Before(scope), ""
    events = ics.earlier_events(data, scope) if len(data) <= ics.MAX_BYTES else None
    if events is None and data:
        return ics.Before(scope), _("{file} was no calendar of the same: nothing in it is cancelled").format(
            file=file.name
        )
    return ics.Before(scope, events or {}), ""


def _calendar_rows(
    workspace: "Workspace", before: "Before", days: int | None, *of: str
) -> "tuple[list[dict[str, Any]], dict[str, Case], list[Problem]]":
    """The rows of the calendar, redacted, with their cases, and the problems.

    They are what is due within ``days``, and of what is due later that which the earlier file has too.
    """
    from srctl.documents.ics import event_uids
    from srctl.views.list_views import due_row

    found, problems = _found(workspace, days, *of)
    around = workspace.around
    rows = [due_row(due.item, around, due.shared.acting, due.shared.people) for due in found]
    if before.events and days is not None:
        listed = set(event_uids(rows))
        later = [due_row(d.item, around, d.shared.acting, d.shared.people) for d in _found(workspace, None, *of)[0]]
        live = {uid for uid, earlier in before.events.items() if not earlier.ended} - listed
        rows += [row for row, uid in zip(later, event_uids(later), strict=True) if uid in live]
    return *_redacted(workspace, rows), problems


def _may_be_unread(stems: set[str], case: str) -> bool:
    """Whether a case is among the files with a fault, or a fault is in a file all cases depend on."""
    return case in stems or not all(stem[:1].isdigit() for stem in stems)
