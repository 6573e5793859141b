"""The day of a person, a group or the office on the screen."""

from functools import cache, partial
from typing import TYPE_CHECKING

from srctl.cli import short_list, view
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, language, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srctl.index.workspace import Workspace
    from srctl.views.agenda import AgendaPart
    from srctl.views.workload import Workload

MOST_OF_GROUP = 5  # rows of each group where there are several: the worst; the others are a command away


def show_parts(parts: "Sequence[AgendaPart]", workspace: "Workspace") -> None:
    """Show the counts (of each part where there are several), then the parts."""
    from srctl.views.agenda_text import agenda_legend, beneath, overview, pressing

    if len(parts) == 1:
        _show_title(parts[0], workspace)
    else:
        view.write_line(_day(workspace).replace(view.JOINED, " "), "bold")
        view.pairs(overview(parts), indent=2)
    for part in parts:
        if len(parts) == 1:
            _show_part(part)
        elif part.sections:
            view.write_line()
            view.write_line(f"── {part.name}", "bold")
            _show_part(part)
        if part.below:
            view.write_line()
            view.pairs(beneath(part), indent=2)
        _show_pressing(pressing(part), alone=len(part.below) == 1)
        _show_load(part.load)
    shown = [*parts, *(below for part in parts for below in pressing(part))]
    for words in agenda_legend(shown):
        view.write_wrapped(words, "dim", hang=2)


def show_short(part: "AgendaPart", workspace: "Workspace") -> None:
    """Show the part with a line a matter, the worst first, no longer than the screen; of a superior the groups too."""
    from srctl.cli.entry_names import paper_namer
    from srctl.views.agenda_text import agenda_lines, next_line, pressing

    _show_title(part, workspace)
    titled = paper_namer(workspace)
    meant = [one for one in (part, *pressing(part)) if one.sections]
    if not meant:
        view.write_wrapped(next_line(part))
        return
    lines = [line for one in meant for _name, lines in agenda_lines(one, titled=titled) for line in lines]
    shown, more = short_list.first_of_each(lines, lambda line: line.case)
    columns = [view.Column(_("due")), view.Column(_("workdays"), right=True), view.Column(_("case")),
               view.Column(_("what"), min_width=20)]  # fmt: skip
    rows = [
        view.TableRow((line.due, line.late, line.case, " · ".join(filter(None, (line.what, line.subject)))), "", "",
                      view.section_style(line.when))
        for line in shown
    ]  # fmt: skip
    view.table(columns, rows)
    short_list.show_more(more, CommandLine("today {}", part.who) if part.who else CommandLine("today"))


def show_first_command(part: "AgendaPart", workspace: "Workspace") -> None:
    """Show what to type about the worst of a person's day, and where the other commands stand."""
    from srctl.views.agenda_text import first_command

    command = first_command(part) if part.who and workspace.folder.office.coordinator(part.who) else ""
    if command:
        words = _("to begin: {command} · all commands: {help}")
        view.write_wrapped(words.format(command=view.unbroken(command), help=view.unbroken(CommandLine("help"))), "dim")


def _day(workspace: "Workspace") -> str:
    from srctl.core.dates import weekday_name

    return f"{weekday_name(workspace.today, language())} {view.unbroken(view.day_text(workspace.today))}"


def _show_title(part: "AgendaPart", workspace: "Workspace") -> None:
    from srctl.views.agenda_text import counts, title

    words = " · ".join(map(view.unbroken, counts(part)))
    view.write_wrapped(f"{_day(workspace)}  {view.unbroken(title(part))}   {words}", "bold")


def _show_part(part: "AgendaPart", most: int = 0) -> int:
    """Show a part as one table with its headings, ``most`` rows of it (0: all); return how many are left out.

    A part of several people has a column for the owner.
    """
    from srctl.cli.entry_names import paper_namer
    from srctl.index.workspace import current_workspace
    from srctl.model.people import short_name
    from srctl.views.agenda_text import agenda_lines, counted_heading, next_line

    if not part.sections:
        view.write_wrapped(next_line(part))
        return 0
    columns = [view.Column(_("due")), view.Column(_("workdays"), right=True), view.Column(_("case")),
               *(() if part.who else (view.Column(_("owner")),)), view.Column(_("what"), min_width=20)]  # fmt: skip
    workspace = current_workspace()
    called, titled = cache(partial(short_name, workspace.folder.office)), paper_namer(workspace)
    rows = []
    for name, lines in agenda_lines(part, owners=bool(part.who), named=called, titled=titled):
        for place, line in enumerate(lines):
            above = counted_heading(part, name) if not place else ""
            cells = [line.due, line.late, line.case, *(() if part.who else (line.owner,)), line.what]
            rows.append(view.TableRow(cells, line.under, line.subject, view.section_style(line.when), above))
    view.table(columns, rows[: most or None])
    return max(len(rows) - most, 0) if most else 0


def _show_pressing(groups: "Sequence[AgendaPart]", *, alone: bool) -> None:
    """Show what is late and due in each group below a superior; of several groups the worst."""
    for group in groups:
        if not alone:
            view.write_line()
            view.write_line(f"── {group.name}", "bold")
        more = _show_part(group, 0 if alone else MOST_OF_GROUP)
        if more:
            words = ngettext("and {n} further line: {command}", "and {n} further lines: {command}", more)
            view.write_line(words.format(n=more, command=CommandLine("today -g {}", group.group)), "dim")


def _show_load(loads: "Sequence[Workload]") -> None:
    """Show what each person below a superior carries, and who of them is away this week."""
    if not loads:
        return
    columns = [view.Column(_("owner"), min_width=12), view.Column(_("open matters"), right=True),
               view.Column(_("late"), right=True), view.Column(_("this week"), right=True),
               view.Column(_("away this week"))]  # fmt: skip
    rows = [
        view.TableRow((load.name, str(load.open), str(load.late or ""), str(load.week or ""),
                       ", ".join(absence.days() for absence in load.absences)), "", "", "red" if load.late else "")
        for load in loads
    ]  # fmt: skip
    view.write_line()
    view.table(columns, rows)
