"""The book of papers dispatched on the screen and as a file: `srctl register dispatch`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from srctl.cli import options, view
from srctl.core.i18n import _, ngettext, speaking

if TYPE_CHECKING:
    from srctl.reports.dispatch_book import DispatchRow


def show_book(typed: str, docx: Path | None, *, json: bool) -> None:
    """Show the letters sent in the period typed, today where none is; or write the book into a Word file."""
    from srctl.core.date_spans import Days
    from srctl.core.periods import Period
    from srctl.index.workspace import current_workspace
    from srctl.papers.wordings import read_numbering
    from srctl.reports.dispatch_book import book_docx, dispatch_view, dispatched
    from srctl.reports.registers import RegisterContext
    from srctl.store.outputfile import output_path, save
    from srctl.views.list_views import envelope

    workspace = current_workspace()
    folder, today = workspace.folder, workspace.today
    period = options.period(typed, workspace) or Period(today, today)
    target = output_path(docx, ".docx", "register") if docx else None
    context = RegisterContext(
        folder.office, folder.directory, folder.kinds, read_numbering(folder.root / "templates")
    )  # fmt: skip
    files = list(folder.cases())
    cases = [file.case for file in files if file.case]
    problems = [*folder.problems, *(p for file in files if file.case is None for p in file.problems)]
    if target:
        notes = [f"! {problem.where()}: {problem.message}" for problem in problems]
        with speaking(folder.office.language):
            rows = dispatched(cases, context, period.first, period.last)
            made = book_docx(
                rows, notes, folder.office, folder.root / "templates", Days(period.first, period.last), today
            )
        save(target, made)
    rows = dispatched(cases, context, period.first, period.last)
    if json:
        about = {"from": period.first.isoformat(), "until": period.last.isoformat(), "file": str(target or "")}
        view.print_json({**envelope([dispatch_view(row) for row in rows], today, problems), **about})
        return
    view.problems(problems)
    words = ngettext("{n} letter", "{n} letters", len(rows)).format(n=len(rows))
    if target:
        view.write_wrapped(f"✓ {_('Book of papers dispatched')} ({words}): {folder.relative(target)}", "green", hang=2)
        return
    _show(rows, words)


def _show(rows: "Sequence[DispatchRow]", words: str) -> None:
    from srctl.cli.wrapped_table import show_whole
    from srctl.model.labels import joined

    view.write_line(f"{_('Book of papers dispatched')} ({words})", "bold")
    if not rows:
        return
    columns = [view.Column(_("number")), view.Column(_("sent")), view.Column(_("to"), min_width=14),
               view.Column(_("receiver"), min_width=10)]  # fmt: skip
    show_whole(columns, [
        view.TableRow([row.number, view.day_text(row.day), row.to, row.receiver], row.note, joined(row.case, row.paper))
        for row in rows
    ])  # fmt: skip
