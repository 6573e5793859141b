"""`srctl replan` and `srctl journal`: deadlines moved by a changed rule or calendar; their history."""

from typing import TYPE_CHECKING, Annotated, Any

from srctl.cli import completion, listing, options, view
from srctl.cli.parser import App, argument, option
from srctl.core.errors import CommandLine
from srctl.core.i18n import _, ngettext

if TYPE_CHECKING:
    from srctl.deadlines.events import Milestone
    from srctl.reports.recalculation import Replan


def add_to(app: App) -> None:
    """Add the commands of this noun."""
    app.command("replan", help=_("Show what a changed rule or calendar moves; with --do record it in the cases."))(
        replan
    )
    app.command(
        "journal", help=_("Tell what became of deadlines: set, moved, met, missed; by whom and why, from git.")
    )(journal)


def replan(
    do: Annotated[bool, option("--do", help=_("record it: one entry in each case, one commit"))] = False,
    why: Annotated[str, option("--why", "-w", help=_("the reason"), callback=options.words)] = "",
    as_: options.As = "", json: options.Json = False,
) -> None:  # fmt: skip
    """Show, or record in the cases, the deadlines that a changed rule or calendar moves."""
    from srctl.index.workspace import current_workspace
    from srctl.reports.recalculation import record_changes, survey
    from srctl.views.list_views import envelope

    options.act_as(as_)
    workspace = current_workspace()
    found = survey(workspace.folder, workspace.today)
    done = record_changes(workspace.folder, found, why, workspace.actor) if do else []
    rows = [_moved(case.id, case.subject, case.owner, change) for case, changes in found.cases for change in changes]
    if json:
        shown = envelope(rows, workspace.today, found.problems)
        from srctl.views.days_off import days_off_view

        off = days_off_view(listing.days_off(workspace))
        view.print_json({**shown, "commit": done[0].recorded.commit if done else "", "days_off": off})
        return
    view.problems(found.problems)
    for sentence in done[0].recorded.repaired if done else ():
        view.say("! " + sentence)
    if rows:
        _show_moves(found, rows, recorded=bool(done))
    else:
        view.write_line(_("no deadline of an open case moves"))
    listing.show_days_off(listing.days_off(workspace))


def _show_moves(found: "Replan", rows: list[dict[str, Any]], *, recorded: bool) -> None:
    """Show what moved, and whether it was recorded or how it would be."""
    from srctl.views.list_views import day_marks

    columns = [view.Column(_("case")), view.Column(_("owner")), view.Column(_("before")), view.Column(_("after")),
               view.Column(_("what"), min_width=20)]  # fmt: skip
    view.table(columns, [view.TableRow(_cells(row), row["subject"]) for row in rows])
    view.show_legend(map(day_marks, rows))
    cases = ngettext("{n} case", "{n} cases", len(found.cases)).format(n=len(found.cases))
    moved = ngettext("{n} deadline of {cases}", "{n} deadlines of {cases}", len(rows))
    summary = moved.format(n=len(rows), cases=cases)
    view.write_line(
        f"✓ {summary}" if recorded else summary + "  " + _("(dry run: nothing is recorded)"),
        "green" if recorded else "bold",
    )
    if not recorded:
        view.say("  → " + CommandLine('replan --do --why "…"'))


def _moved(case: str, subject: str, owner: str, change: Any) -> dict[str, Any]:
    return {"case": case, "subject": subject, "owner": owner, "ref": change.ref, "text": change.text,
            "before": _iso(change.before), "after": _iso(change.after), "verified": change.verified}  # fmt: skip


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _cells(row: dict[str, Any]) -> list[str]:
    from srctl.views.list_views import day_marks

    after = view.iso_day(row["after"]) + day_marks(row) if row["after"] else "–"
    return [row["case"], row["owner"], view.iso_day(row["before"]) or "–", after,
            f"{row['text']} ({row['ref']})"]  # fmt: skip


def journal(
    case_id: Annotated[
        str, argument(metavar="[ID]", help=_("only this case"), autocompletion=completion.complete_ids)
    ] = "",
    since: Annotated[str, option("--since", metavar="DATE", help=_("from this day; seven days ago"))] = "",
    until: Annotated[str, option("--until", metavar="DATE", help=_("up to this day; today"))] = "",
    json: options.Json = False,
) -> None:
    """Show the history of deadlines: set, moved, met, missed, dropped."""
    from datetime import timedelta

    from srctl.core.decoding import plain
    from srctl.core.errors import UsageError
    from srctl.index.workspace import current_workspace
    from srctl.reports.deadline_history import deadline_history

    workspace = current_workspace()
    first, last = (
        options.parse_day(since) or workspace.today - timedelta(days=7),
        options.parse_day(until) or workspace.today,
    )
    if last < first:
        raise UsageError(_("the last day is before the first"), CommandLine("journal --since DATE --until DATE"))
    wanted = workspace.find(case_id) if case_id else ""
    found = deadline_history(workspace.folder, first, last, workspace.today)
    milestones = [m for m in found.milestones if wanted in ("", m.case)]
    if json:
        view.print_json({"format": 1, "since": first.isoformat(), "until": last.isoformat(),
                         "items": [plain(m, iso=True) for m in milestones],
                         "unreadable": list(found.unreadable)})  # fmt: skip
        return
    view.problems(workspace.folder.problems)
    for path in found.unreadable:
        view.say("! " + _("{file}: a version of it in history cannot be read").format(file=path))
    _show(milestones)


def _show(milestones: "list[Milestone]") -> None:
    if not milestones:
        view.write_line(_("no deadline was set, moved, met or missed in that time"))
        return
    from srctl.views.list_views import day_marks

    # The text of the deadline is on the line under the row: 80 cells hold four columns with no day cut off.
    columns = [view.Column(_("day")), view.Column(_("case")), view.Column(_("what happened")),
               view.Column(_("deadline"))]  # fmt: skip
    rows = []
    for m in milestones:
        due = view.day_text(m.due) + day_marks(m._asdict())
        days = f"{view.day_text(m.before)} → {due}" if m.before else due
        under = " · ".join(part for part in (m.text, m.who or _("open still"), m.why) if part)
        style = {"missed": "red", "not-done": "red", "met": "green"}.get(m.event, "")
        rows.append(view.TableRow([view.day_text(m.on), m.case, _event(m), days], under, m.subject, style=style))
    view.table(columns, rows)
    view.show_legend(day_marks(m._asdict()) for m in milestones)
    counts = {
        event: sum(m.event == event for m in milestones)
        for event in ("set", "moved", "met", "missed", "not-done", "dropped")
    }
    view.write_line(" · ".join(f"{_word(event)} {n}" for event, n in counts.items() if n), "dim")


def _event(m: "Milestone") -> str:
    return _word(m.event) + (f" {_('{n} wd late').format(n=m.late)}" if m.late else "")


def _word(event: str) -> str:
    return {
        "set": _("set"),
        "moved": _("moved"),
        "met": _("met"),
        "missed": _("missed"),
        "not-done": _("not done"),
        "dropped": _("dropped"),
    }[event]
