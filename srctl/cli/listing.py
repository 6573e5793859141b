"""Lists of cases on the screen and as JSON. Floor 4."""

from datetime import date
from typing import TYPE_CHECKING, Any

from srctl.cli import view
from srctl.errors import NotFound, UsageError
from srctl.i18n import _
from srctl.kinds import CLOSED

if TYPE_CHECKING:
    from srctl.cli.context import Desk
    from srctl.errors import Problem
    from srctl.query import Filter


def check_names(desk: "Desk", kind: str, owner: str, group: str, stage: str = "") -> None:
    """Refuse a filter by a name that does not exist: an empty list would look like the truth."""
    from srctl.cli.intake import person_exists
    from srctl.folder import unknown

    if kind:
        desk.folder.kind(kind)
    person_exists(desk, owner)
    if group and desk.folder.office.group(group) is None:
        known = [g.id for g in desk.folder.office.groups]
        raise NotFound(*unknown(_("group"), group, known, ", ".join(known)))
    if stage:
        stages = {s for k in desk.folder.kinds.readable().values() for s in k.stage_names()}
        if stage not in stages:
            raise NotFound(*unknown(_("stage"), stage, sorted(stages), ", ".join(sorted(stages))))


def dated(desk: "Desk", shown: dict[str, Any]) -> dict[str, Any]:
    """Return what ``--json`` prints; of a day past it says so in ``as_of``."""
    return {**shown, "as_of": desk.past.day.isoformat()} if desk.past else shown


def tell_past(desk: "Desk") -> None:
    """Say of what day and commit the answer is, when that was asked for."""
    if desk.past:
        told = _("as of {day}, commit {commit}").format(day=view.day(desk.past.day), commit=desk.past.commit[:7])
        view.out(told, "dim")


def show(desk: "Desk", wanted: "Filter", sort: str, json: bool) -> None:
    """Show the cases that pass the filter, and every case that cannot be read."""
    from srctl import matters
    from srctl.views import envelope

    if wanted.text:
        rows, problems = _searched(desk, wanted)
    else:
        rows, problems = matters.cases(desk.folder, desk.around, wanted, view.reading)
    _sort(rows, sort)
    if json:
        view.print_json(dated(desk, envelope(rows, desk.today, problems)))
        return
    tell_past(desk)
    view.problems(problems)
    if not rows:
        view.out(_("no cases"))
        return
    view.table(_columns(), [_row(row, desk.today) for row in rows])
    view.out(_("{n} cases").format(n=len(rows)), "dim")
    view.legend(rows)


def _searched(desk: "Desk", wanted: "Filter") -> "tuple[list[dict[str, Any]], list[Problem]]":
    """Return the rows of the cases in which the words stand: they are looked for in the files themselves."""
    from srctl.query import keep
    from srctl.views import case_row, stand_in

    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for file in desk.folder.cases():
        if file.case is None:
            problems.extend(file.problems)
        elif keep(file.case, wanted, desk.folder.kinds, desk.folder.office, stand_in(file.case, desk.around)):
            rows.append(case_row(file.case, desk.folder.kinds.get(file.case.kind), desk.around))
    return rows, [*desk.folder.problems, *problems]


def _columns() -> list[view.Column]:
    return [
        view.Column(_("case")),
        view.Column(_("due")),
        view.Column(_("workdays"), right=True),
        view.Column(_("stage"), gives=12),
        view.Column(_("owner")),
        view.Column(_("subject"), gives=24),
    ]


def _row(row: dict[str, Any], today: date) -> view.Row:
    from srctl.views import marks
    from srctl.words import urgency_word

    mark = urgency_word(row["urgency"])
    subject = f"[{mark}] {row['subject']}" if mark else row["subject"]
    when = view.section(date.fromisoformat(row["due"]), today) if row["due"] else ""
    cells = [
        row["id"],
        view.iso_day(row["due"]) + marks(row),
        view.how_late(row["late"], when),
        row["stage_label"],
        carrier(row),
        subject,
    ]
    return view.Row(cells, style=view.style_of(when) or ("dim" if row["stage"] == CLOSED else ""))


def carrier(row: dict[str, Any]) -> str:
    """Return who carries the row: the owner, with who stands in where the owner is away (``–``: nobody)."""
    if not row["acting"]:
        return str(row["owner"])
    return f"{row['owner']}→{row['acting'] if row['acting'] != row['owner'] else '–'}"


def _sort(rows: list[dict[str, Any]], by: str) -> None:
    from srctl.thai import sort_key

    match by:
        case "id":
            rows.sort(key=lambda r: r["id"])
        case "due":
            rows.sort(key=lambda r: (r["due"] or "9999", r["id"]))
        case "owner" | "subject":
            rows.sort(key=lambda r: (sort_key(r[by]), r["id"]))
        case _:
            raise UsageError(_("cannot sort by {by}").format(by=by), "id, due, owner, subject")
