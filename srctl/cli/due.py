"""`srctl due`: what is late, due today, and coming, with whom to call. Floor 4."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from srctl.cli import options, view
from srctl.i18n import _

if TYPE_CHECKING:
    from srctl.cli.context import Desk
    from srctl.errors import Problem


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
    _show(rows)


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


def _show(rows: list[dict[str, Any]]) -> None:
    from srctl.cli.detail import due_text

    titles = {"late": _("late"), "today": _("due today"), "coming": _("coming")}
    columns = [view.Column(_("due")), view.Column(_("time left"), right=True), view.Column(_("case")),
               view.Column(_("owner")), view.Column(_("what"), gives=True)]  # fmt: skip
    for section, title in titles.items():
        part = [row for row in rows if row["section"] == section]
        if not part:
            continue
        view.out(f"{title} ({len(part)})", "bold")
        view.table(
            columns,
            [
                view.Row(
                    [
                        view.iso_day(r["due"]),
                        view.lateness(r["late"]),
                        r["case"],
                        r["owner"],
                        due_text(r),
                    ],
                    _under(r),
                    view.style_of(r),
                )
                for r in part
            ],
        )
        view.out()


def _under(row: dict[str, Any]) -> str:
    """Return the second line: the subject, then whom to call."""
    if row["call"]:
        call = _("call {who} {phone}").format(who=row["call"], phone=row["phone"]).strip()
    elif row["owner_name"]:
        call = f"{row['owner_name']} {row['owner_phone']}".strip()
    else:
        call = ""
    return f"{call} · {row['subject']}" if call else str(row["subject"])
