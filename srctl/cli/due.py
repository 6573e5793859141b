"""`srctl due`: what is late, due today, and coming, with whom to call. Floor 4."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from srctl.cli import options, view
from srctl.i18n import _, language

if TYPE_CHECKING:
    from datetime import date

    from srctl.cli.context import Desk
    from srctl.errors import Problem

# Marks beside a day: the rule behind it is not verified against the law; holidays up to it may be added.
UNVERIFIED, MAY_MOVE = "*", "~"


def add_to(app: typer.Typer) -> None:
    """Add the commands of this noun."""
    app.command(help=_("What is due: late first, then today, then coming."))(due)


def due(
    days: Annotated[int, typer.Option("--days", "-d", min=0, max=36500, help=_("how many days ahead"))] = 7,
    owner: options.Owner = "", group: options.Group = "", kind: options.Kind = "",
    everything: Annotated[bool, typer.Option("--all", "-a", help=_("however far ahead"))] = False,
    json: options.Json = False,
) -> None:  # fmt: skip
    """Show what is due."""
    from srctl.cli import listing
    from srctl.cli.context import Desk
    from srctl.views import envelope

    desk = Desk()
    listing.check_names(desk, kind, owner, group)
    rows, problems = _rows(desk, None if everything else days, owner, group, kind)
    if json:
        view.print_json(envelope(rows, desk.today, problems))
        return
    view.problems(problems)
    if not rows:
        view.out(_("nothing is due") if everything else _("nothing is late or due within {n} days").format(n=days))
        return
    _show(rows, desk.today)


def _rows(
    desk: "Desk", days: int | None, owner: str, group: str, kind: str
) -> "tuple[list[dict[str, Any]], list[Problem]]":
    """Return the rows that fall due until then, worst first, and what could not be read."""
    from datetime import timedelta

    from srctl.due import worst_first
    from srctl.query import Filter, keep
    from srctl.views import due_of, due_row

    wanted = Filter(kind=kind, owner=owner, group=group)
    last = desk.today + timedelta(days=days) if days is not None else None
    found = []
    problems: list[Problem] = []
    for file in desk.folder.cases():
        if file.case is None:
            problems.extend(file.problems)
            continue
        if keep(file.case, wanted, desk.folder.kinds, desk.folder.office):
            items = due_of(file.case, desk.folder.kinds.get(file.case.kind), desk.around)
            found += [o for o in items if last is None or o.due <= last]
    rows = [due_row(o, desk.around) for o in worst_first(found)]
    return rows, [*desk.folder.problems, *problems]


def _show(rows: list[dict[str, Any]], today: "date") -> None:
    """Show the rows under one heading, worst first, each with whom to call; the marks are explained below."""
    from srctl.dates import weekday_name

    titles = {"late": _("late"), "today": _("due today"), "coming": _("coming")}
    counts = {section: sum(row["section"] == section for row in rows) for section in titles}
    summary = " · ".join(f"{titles[section]} {n}" for section, n in counts.items() if n)
    view.flow(f"{weekday_name(today, language())} {view.day(today)}   {summary}", "bold")
    columns = [view.Column(_("due")), view.Column(_("workdays"), right=True), view.Column(_("case")),
               view.Column(_("owner")), view.Column(_("what"), gives=20)]  # fmt: skip
    shown = []
    above = ""
    for row in rows:
        title = f"{titles[row['section']]} ({counts[row['section']]})"
        cells = [
            view.iso_day(row["due"]) + _marks(row),
            view.how_late(row["late"], row["section"]),
            row["case"],
            row["owner"],
            _what(row),
        ]
        shown.append(
            view.Row(cells, _call(row), row["subject"], view.style_of(row["section"]), title if title != above else "")
        )
        above = title
    view.table(columns, shown)
    _explain(rows)


def _what(row: dict[str, Any]) -> str:
    from srctl.words import urgency_word, what_word

    mark = urgency_word(row["urgency"])
    return (f"[{mark}] " if mark else "") + f"{what_word(row['what'])}: {row['text']}"


def _call(row: dict[str, Any]) -> str:
    """Return whom to call, the number first: it is never what is cut."""
    who, phone = (row["call"], row["phone"]) if row["call"] else (row["owner_name"], row["owner_phone"])
    if not phone:
        return str(who)
    return _("call {phone} {who}").format(phone=phone, who=who)


def _marks(row: dict[str, Any]) -> str:
    return ("" if row["verified"] else UNVERIFIED) + ("" if row["calendar_complete"] else MAY_MOVE)


def _explain(rows: list[dict[str, Any]]) -> None:
    """Say what the marks beside a day mean, where one stands."""
    if not all(row["verified"] for row in rows):
        view.flow(f"{UNVERIFIED} " + _("rule not verified"), "dim", hang=2)
    if not all(row["calendar_complete"] for row in rows):
        view.flow(f"{MAY_MOVE} " + _("calendar incomplete"), "dim", hang=2)
