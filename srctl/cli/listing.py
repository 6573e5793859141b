"""Lists of cases on the screen and as JSON."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from srctl.cli import progress, view
from srctl.core.errors import CommandLine, NotFound, UsageError
from srctl.core.i18n import _, language, ngettext
from srctl.deadlines.obligations import section
from srctl.model.definitions import ENDED
from srctl.model.labels import how_late, urgency_word
from srctl.views.list_views import mark_of, paused_word

if TYPE_CHECKING:
    from srctl.core.errors import Problem
    from srctl.index.workspace import Workspace
    from srctl.views.days_off import DayOff
    from srctl.views.list_views import Matter
    from srctl.workflow.filters import Filter


def check_names(workspace: "Workspace", kind: str, owner: str, group: str, stage: str = "") -> None:
    """Refuse a filter by a name that does not exist: an empty list would look like the truth."""
    from srctl.core.errors import unknown

    if kind:
        workspace.folder.kind(kind)
    staff_exists(workspace, owner)
    if group and workspace.folder.office.group(group) is None:
        known = [g.id for g in workspace.folder.office.groups]
        raise NotFound(*unknown(_("group"), group, known, ", ".join(known)))
    if stage:
        stages = {s for k in workspace.folder.kinds.readable().values() for s in k.stage_names()}
        if stage not in stages | {*ENDED}:
            raise NotFound(*unknown(_("stage"), stage, sorted(stages), ", ".join(sorted(stages))))


def staff_exists(workspace: "Workspace", who: str) -> None:
    """Refuse a name that is nobody's whose matters can be asked for: also who has left, and who signs."""
    from srctl.core.errors import unknown
    from srctl.model.people import staff

    known = staff(workspace.folder.office)
    if who and who not in known:
        raise NotFound(*unknown(_("coordinator"), who, known, CommandLine("whoami --list")))


def person_exists(workspace: "Workspace", who: str) -> None:
    """Refuse a name that is no coordinator's, naming the nearest."""
    from srctl.core.errors import unknown

    office = workspace.folder.office
    known = [c.id for c in office.coordinators if c.active]
    if who and who not in known:
        raise NotFound(*unknown(_("coordinator"), who, known, CommandLine("whoami --list")))


def dated(workspace: "Workspace", shown: dict[str, Any]) -> dict[str, Any]:
    """The object for ``--json``, with the day in ``as_of`` when a past day was asked for."""
    return {**shown, "as_of": workspace.past.day.isoformat()} if workspace.past else shown


def show_as_of(workspace: "Workspace") -> None:
    """Show the day and the commit of the snapshot, when a past day was asked for."""
    if workspace.past:
        words = _("as of {day}, commit {commit}").format(
            day=view.day_text(workspace.past.day), commit=workspace.past.commit[:7]
        )
        view.write_line(words, "dim")


def show_list(workspace: "Workspace", wanted: "Filter", sort: str, *, json: bool, quiet: bool = False) -> None:
    """Show the cases that pass the filter (``quiet``: their ids alone), and every case that cannot be read."""
    from srctl.index import queries
    from srctl.views.list_views import envelope, matter_row

    if wanted.text:
        found, problems = _searched(workspace, wanted)
    else:
        found, problems = queries.cases(workspace.folder, workspace.around, wanted, progress.reading)
    found = _sorted(found, sort, workspace)
    if json:
        rows = [matter_row(matter, workspace.folder.kinds.get(matter.kind)) for matter in found]
        view.print_json(dated(workspace, envelope(rows, workspace.today, problems)))
        return
    view.problems(problems)
    if quiet:
        write_ids(matter.id for matter in found)
        return
    show_as_of(workspace)
    if not found:
        view.write_line(_("no cases"))
        return
    view.table(_columns(), _lines(found, workspace))
    view.write_line(ngettext("{n} case", "{n} cases", len(found)).format(n=len(found)), "dim")
    view.show_legend(map(_mark, found))


def write_ids(ids: "Iterable[str]") -> None:
    """Write each case id once, one a line: what other commands take at ``-``."""
    for case_id in dict.fromkeys(ids):
        view.write_line(case_id)


def _searched(workspace: "Workspace", wanted: "Filter") -> "tuple[list[Matter], list[Problem]]":
    """The cases that contain the words, searched in the files themselves, and the problems found there.

    A case is found by the name of who complains, and its line does not show it, as in every list.
    """
    from srctl.model.redaction import redactor
    from srctl.views.case_views import matter_of, stand_in
    from srctl.workflow.filters import passes

    found: list[Matter] = []
    problems: list[Problem] = []
    for file in workspace.folder.cases():
        if file.case is None:
            problems.extend(file.problems)
        elif passes(
            file.case, wanted, workspace.folder.kinds, workspace.folder.office,
            stand_in(file.case, workspace.around), workspace.folder.directory,
        ):  # fmt: skip
            kind = workspace.folder.kinds.get(file.case.kind)
            line = matter_of(file.case, kind, workspace.around)
            found.append(line._replace(subject=redactor(file.case, kind)(line.subject)))
    return found, [*workspace.folder.problems, *problems]


def _columns() -> list[view.Column]:
    return [
        view.Column(_("case")),
        view.Column(_("due")),
        view.Column(_("workdays"), right=True),
        view.Column(_("stage"), min_width=12),
        view.Column(_("owner")),
        view.Column(_("subject"), min_width=24),
    ]


def _lines(found: "Sequence[Matter]", workspace: "Workspace") -> list[view.TableRow]:
    from srctl.model.labels import stage_word

    def when_due(day: str | None, late: int | None, mark: str) -> tuple[str, str, str]:
        """Return the day, how late it is, and the colour of that."""
        if day is None:
            return "", "", ""
        when = section(date.fromisoformat(day), workspace.today)
        return view.iso_day(day) + mark, how_late(late, when), view.section_style(when)

    owner_named = owner_cells(workspace)

    def stage_named(kind: str, stage: str, paused: bool) -> str:
        note = f" ({paused_word()})" if paused else ""
        return stage_word(workspace.folder.kinds.get(kind), stage) + note

    when_due, stage_named, carried, marked = cache(when_due), cache(stage_named), owner_named, cache(urgency_word)
    rows = []
    for m in found:
        due, late, style = when_due(m.due, m.late, _mark(m))
        mark, subject = marked(m.urgency), m.subject
        if mark:
            subject = f"[{mark}] {subject}"
        cells = (m.id, due, late, stage_named(m.kind, m.stage, m.paused), carried(m.owner, m.acting), subject)
        rows.append(view.TableRow._make((cells, "", "", style or ("dim" if m.stage in ENDED else ""), "")))
    return rows


def _mark(matter: "Matter") -> str:
    return mark_of(matter.verified, matter.complete)


def owner_cells(workspace: "Workspace") -> "Callable[[str, str], str]":
    """The function that names the owner of a matter, with the stand-in while the owner is away (``–``: nobody)."""
    from srctl.model.people import short_name

    called = cache(partial(short_name, workspace.folder.office))

    def named(owner: str, acting: str) -> str:
        if not acting:
            return called(owner)
        return f"{called(owner)}→{called(acting) if acting != owner else '–'}"

    return cache(named)


def _sorted(found: "list[Matter]", by: str, workspace: "Workspace") -> "list[Matter]":
    """The cases, which come by id, sorted; those alike stay so."""
    from srctl.core.thai import sort_key
    from srctl.views.list_views import worst_matters

    match by:
        case "id":
            return found
        case "due":
            return worst_matters(found, workspace.around)
        case "owner" | "subject":
            return sorted(found, key=lambda m: sort_key(getattr(m, by)))
        case _:
            raise UsageError(_("cannot sort by {by}").format(by=by), "id, due, owner, subject")


def days_off(workspace: "Workspace", kind: str = "", owner: str = "", group: str = "") -> "list[DayOff]":
    """The days ahead that somebody named and that are no working days, however far; none as of a past day."""
    from srctl.index.queries import due_on_days_off
    from srctl.workflow.filters import Filter

    if workspace.past:
        return []
    items = due_on_days_off(workspace.folder, workspace.around, Filter(kind=kind, owner=owner, group=group))
    if not items:
        return []
    from srctl.views.days_off import named_days_off

    return named_days_off(items, workspace.folder.calendar, workspace.today)


def show_days_off(found: "Sequence[DayOff]") -> None:
    """Show each of those days, with the holiday and the command that mends it."""
    from srctl.core.dates import weekday_name

    if not found:
        return
    heading = ngettext("{n} day that was named is no working day:", "{n} days that were named are no working days:",
                       len(found))  # fmt: skip
    view.say("! " + heading.format(n=len(found)))
    for each in found:
        when = f"{weekday_name(each.due, language())} {view.day_text(each.due)}"
        holiday = f" ({each.holiday})" if each.holiday else ""
        view.say(f"  {each.case}  {each.text}: {when}{holiday}")
        view.say(f"    → {each.command}")
