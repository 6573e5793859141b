"""The papers of a case as aligned lines: id, whom each is to, its state and number; then what brings them on."""

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from srctl.cli import view
from srctl.core.i18n import _, ngettext
from srctl.core.thai import display_width, pad, printable, wrapped
from srctl.model.case import Case

Rows = Sequence[Mapping[str, Any]]
_INDENT, _GAP, _LEAST = 2, 2, 12


def show_papers(case: Case, rows: Rows, called: Callable[[str], str], *, closed: bool) -> None:
    """Show each paper by what it is ``called``, with its next command: of several as far, the one for all of them."""
    if not rows:
        return
    view.write_line()
    view.write_line(_("papers"), "bold")
    cells = [_cells(row, called) for row in rows]
    widths = _widths(cells)
    commands = ["" if closed else command for command in _commands(case, rows)]
    for n, (row, texts) in enumerate(zip(rows, cells, strict=True)):
        columns = [wrapped(text, width) for text, width in zip(texts, widths, strict=True)]
        for parts in zip_longest(*columns, fillvalue=""):
            line = (" " * _GAP).join(pad(part, width) for part, width in zip(parts, widths, strict=True))
            view.write_line(" " * _INDENT + line.rstrip())
        for stop in row["route"]:
            view.write_wrapped(_stop(stop), indent=2 * _INDENT, hang=2 * _INDENT + 2)
        for text in (*map(_dispatched, row["dispatches"]), *map(_undelivered, row["undelivered"])):
            if text:
                view.write_wrapped(text, indent=2 * _INDENT, hang=2 * _INDENT + 2)
        for text in (_besides(row), commands[n] if commands[n] not in commands[n + 1 :] else ""):
            if text:
                view.write_wrapped(text, indent=2 * _INDENT)


def _cells(row: Mapping[str, Any], called: Callable[[str], str]) -> tuple[str, ...]:
    """The columns of a paper, each on one line."""
    texts = (called(row["id"]), row["to_name"], row["state_label"], row["number"])
    return tuple(" ".join(printable(text).split()) for text in texts)


def _widths(cells: Sequence[Sequence[str]]) -> list[int]:
    """The width of each column: papers take half the terminal at most, addressees what the others leave."""
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    if room := view.width():
        widths[0] = min(widths[0], room // 2)
        left = room - _INDENT - _GAP * (len(widths) - 1) - (sum(widths) - widths[1])
        widths[1] = min(widths[1], max(left, _LEAST))
    return [max(width, 1) for width in widths]


def _besides(row: Mapping[str, Any]) -> str:
    """What is to be known of a paper besides: when it was sent and is dated, how often it came back, its file."""
    returned, sent = row["returned"], row["sent"] if row["state"] == "cancelled" else None  # it went out all the same
    parts = (
        _("sent {day}").format(day=view.unbroken(view.iso_day(sent))) if sent else "",
        _("dated {day}").format(day=view.unbroken(view.iso_day(row["dated"]))) if row["dated"] else "",
        ngettext("returned once", "returned {n} times", returned).format(n=returned) if returned else "",
        row["file"],
    )
    return " · ".join(part for part in parts if part)


def _dispatched(sent: Mapping[str, Any]) -> str:
    """How a letter went, "" where nothing was noted of it."""
    from srctl.model.labels import joined

    day = _("sent {day}").format(day=view.unbroken(view.iso_day(sent["on"])))
    return joined(day, sent["to_name"], sent["handed"]) if sent["handed"] else ""


def _undelivered(back: Mapping[str, Any]) -> str:
    """That a letter came back, why, and how it had gone."""
    from srctl.model.labels import joined

    day = view.unbroken(view.iso_day(back["on"]))
    head = _("came back {day}: {why}").format(day=day, why=back["why"])
    was = _("sent {day}").format(day=view.unbroken(view.iso_day(back["was"]))) if back["was"] else ""
    return "! " + joined(head, back["to_name"], was, back["handed"])


def _stop(stop: Mapping[str, Any]) -> str:
    """One person on the route of a paper: ✓ passed, ● where it lies, ○ still to come."""
    from srctl.model.labels import lying_words

    mark = {"passed": "✓", "here": "●", "ahead": "○"}[stop["state"]]
    by = _("in place: {who}").format(who=stop["by_name"]) if stop["by"] else ""
    day = view.unbroken(view.iso_day(stop["on"])) if stop["on"] else ""
    since = lying_words(stop["lain"]) if stop["lain"] is not None else ""
    parts = (f"{mark} {stop['name']} ({stop['gives_label']})", by, day, since, stop["note"])
    return " · ".join(part for part in parts if part)


def _commands(case: Case, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The next command of each paper; where several are as far, that for all of them."""
    from srctl.workflow.paper_state import next_for_all, papers_of

    papers = {paper.id: paper for paper in papers_of(case)}
    for_all = [next_for_all(case.id, [papers[row["id"]]]) for row in rows]
    return [
        every if every and for_all.count(every) > 1 else row["next"] for row, every in zip(rows, for_all, strict=True)
    ]
