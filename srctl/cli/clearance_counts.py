"""The counts of papers passed and sent back on the screen: `srctl papers returns`."""

from typing import TYPE_CHECKING, Any

from srctl.cli import options, view
from srctl.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from srctl.reports.clearance_counts import ClearanceCount


def show_counts(typed: str, *, json: bool) -> None:
    """Show the counts of the period typed, this year where none is: of each person, then of each wording."""
    from srctl.core.dates import be_year
    from srctl.core.periods import parse_period
    from srctl.index.workspace import current_workspace
    from srctl.model.people import name_of
    from srctl.reports.clearance_counts import by_person, by_wording, lyings
    from srctl.views.list_views import problem_view

    workspace = current_workspace()
    period = options.period(typed, workspace) or parse_period(str(be_year(workspace.today)), workspace.today)
    files = list(workspace.folder.cases())
    problems = [*workspace.folder.problems, *(p for file in files if file.case is None for p in file.problems)]
    cases = [file.case for file in files if file.case]
    found = lyings(cases, workspace.folder.calendar, period.first, period.last)
    office = workspace.folder.office
    if json:
        view.print_json({
            "format": 1, "from": period.first.isoformat(), "until": period.last.isoformat(),
            "people": [{**row._asdict(), "label": name_of(office, row.name)} for row in by_person(found)],
            "wordings": [{**row._asdict(), "label": row.name} for row in by_wording(found)],
            "problems": [problem_view(problem) for problem in problems],
        })  # fmt: skip
        return
    view.problems(problems)
    if not found:
        view.write_line(_("no paper was passed or sent back on a route in this time"))
        return
    _table(_("with whom it lay"), by_person(found), lambda who: name_of(office, who))
    view.write_line()
    _table(_("wording"), by_wording(found), str)


def _table(heading: str, rows: "Sequence[ClearanceCount]", named: "Callable[[str], str]") -> None:
    columns = [view.Column(heading, min_width=20), *(view.Column(words, right=True) for words in (
        _("papers"), _("passed at first go"), _("passed"), _("returned"), _("working days on average")))]  # fmt: skip
    view.table(columns, [view.TableRow(_cells(row, named)) for row in rows])


def _cells(row: "ClearanceCount", named: "Callable[[str], str]") -> list[Any]:
    return [named(row.name), *map(str, (row.papers, row.first, row.passed, row.returned, row.workdays))]
