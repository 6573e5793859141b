"""One case, whole, on the screen."""

from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from srctl.cli import outcome, paper_list, view
from srctl.cli.entry_names import entry_namer, paper_namer
from srctl.core.i18n import _, language
from srctl.core.thai import display_width, pad

if TYPE_CHECKING:
    from collections.abc import Callable

    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.model.definitions import Kind

_UNSHOWN = ("email", "id_no")  # of a complainant: in the file and --json


def show_details(workspace: "Workspace", case: "Case", kind: "Kind", shown: dict[str, Any]) -> None:
    """Show everything of a case: head, parts that are filled, deadlines, log, what is missing."""
    from srctl.model.labels import secrecy_word, urgency_word

    marks = [m for m in (urgency_word(case.urgency), secrecy_word(case.secrecy)) if m]
    view.write_wrapped(f"{case.id}  " + (f"[{' · '.join(marks)}] " if marks else "") + case.subject, "bold", hang=2)
    view.pairs(_head(workspace, case, kind, shown), indent=2)
    _section(_("analysis"), _analysis(case))
    _plan(workspace, case, shown)
    _section(
        _("report"),
        [(_("what came of it"), case.report.result), (_("lesson noted"), case.report.lesson)],
    )
    paper_list.show_papers(case, shown["papers"], paper_namer(workspace), closed=shown["stage"] == "closed")
    _files(workspace, case.id, shown["files"])
    _deadlines(shown["deadlines"], paper_namer(workspace), {p["entry"]: p["broken"] for p in shown["promises"]})
    _log(workspace, case, kind)
    outcome.show_warnings(workspace)
    if shown["stage"] != "closed" and not workspace.past:
        view.write_line()
        outcome.show_next(shown["missing"], case.id, shown["stage"] == kind.stages[-1].name)


def _head(workspace: "Workspace", case: "Case", kind: "Kind", shown: dict[str, Any]) -> list[tuple[str, str]]:
    from srctl.model.labels import channel_word
    from srctl.model.people import sender_name

    office = workspace.folder.office
    received = " ".join(
        part for part in (view.unbroken(view.day_text(case.received.on)), case.received.at,
                          channel_word(case.received.channel) if case.received.channel else "") if part
    )  # fmt: skip
    paper = " ".join(p for p in (case.received.ref, view.unbroken(view.day_text(case.received.dated))) if p)
    people = [office.coordinator(i) for i in (case.owner, case.backup) if i]
    owners = "\n".join(f"{c.name} ({c.id}) {view.unbroken(c.phone)}".strip() for c in people if c)
    due = view.day_text(case.order.due)
    order = f"{case.order.by}: {case.order.text}" if case.order.by else case.order.text
    return [
        (_("kind"), kind.label.in_(language())),
        (_("stage"), shown["stage_label"] + _pause(shown) + _into(case)),
        (_("received"), received),
        (_("from"), sender_name(workspace.folder.directory, case.received.from_)),
        (_("paper"), paper),
        (kind.complainant_label.in_(language()) or _("complainant"), _complainant(case, kind)),
        (_("order"), order),
        (_("deadline"), due),
        (_("coordinator"), owners),
        *(_field(kind, name, value) for name, value in case.fields.items()),
        (_("links"), ", ".join(_links(case, shown))),
    ]


def _links(case: "Case", shown: dict[str, Any]) -> list[str]:
    """The links of the case, and those other cases have to it, each once."""
    from srctl.model.labels import relation_back_word, relation_word

    own = [f"{item.case} ({relation_word(item.as_)})" for item in case.links]
    back = [f"{item['case']} ({relation_back_word(item['as'])})" for item in shown["linked_from"]]
    return list(dict.fromkeys((*own, *back)))


def _into(case: "Case") -> str:
    """The case this one was merged into, "" for one that was not."""
    from srctl.workflow.stages import set_aside

    aside = set_aside(case)
    return f" → {aside.case}" if aside and aside.case else ""


def _pause(shown: dict[str, Any]) -> str:
    """Since when and why the case is paused, "" when it is not."""
    last = shown["pauses"][-1] if shown["paused"] else None
    return f" · {_('paused since {day}').format(day=view.iso_day(last['from']))}: {last['why']}" if last else ""


def _field(kind: "Kind", name: str, value: str) -> tuple[str, str]:
    """Return label and value of a field of the kind; a date as dates are shown."""
    from srctl.core.dates import parse_iso

    field = next((f for f in kind.fields if f.name == name), None)
    if field is None:
        return name, value
    if field.type == "date":
        with suppress(ValueError):  # `check` reports the fault; here the value is shown as it stands
            value = view.day_text(parse_iso(value))
    return field.label.in_(language()), value


def _complainant(case: "Case", kind: "Kind") -> str:
    """Who complains; an empty name is not known, only the clerk says that somebody wants none given."""
    who = case.complainant
    if who is None:
        return _("no name known") if kind.complainant else ""
    shown = {name: text for name, text in who.personal().items() if name not in _UNSHOWN}
    text = " ".join(view.unbroken(text) if name == "phone" else text for name, text in shown.items())
    if who.unnamed and not who.name:
        return f"{_('no name given')} {text}".strip()
    if not (who.name or who.anonymous):
        return f"{_('no name known')} {text}".strip()
    if who.anonymous:
        return f"{text} ({_('wants no name given')})".strip()
    return text


def _analysis(case: "Case") -> list[tuple[str, str]]:
    from srctl.core.numbered_items import items_of
    from srctl.workflow.stages import label

    found: list[tuple[str, str]] = []
    for key in ("issues", "facts", "law", "earlier", "opinion", "proposal", "power"):
        value = getattr(case.analysis, key)
        for i, item in enumerate(items_of(value) if isinstance(value, str) else value):
            found.append((label(f"analysis.{key}") if i == 0 else " ", item))
    return found


def _section(title: str, items: list[tuple[str, str]]) -> None:
    if any(value for _label, value in items):
        view.write_line()
        view.write_line(title, "bold")
        view.pairs(items, indent=2)


def _plan(workspace: "Workspace", case: "Case", shown: dict[str, Any]) -> None:
    from srctl.model.case_people import spelled
    from srctl.model.labels import whom_word
    from srctl.model.people import find_callee

    directory = workspace.folder.directory
    items = [(_("the result wanted"), case.plan.result)]
    for step in shown["plan"]["steps"]:
        mark = "–" if step["dropped"] else "✓" if step["done"] else "□"
        when = view.unbroken(view.iso_day(step["due"]))
        callee = find_callee(directory, step["with"])
        whom = callee.name() if callee else whom_word(spelled(case, step["with"]))
        tail = "  ".join(part for part in (whom, when) if part)
        items.append((f"{mark} {step['id']}", f"{step['do']}" + (f"  ({tail})" if tail else "")))
    _section(_("plan"), items)


def _files(workspace: "Workspace", case_id: str, rows: list[dict[str, Any]]) -> None:
    """Show what came in: number, what it is, when and by whom filed, the sender's own name of it, size and sum."""
    from srctl.cli import filed_papers

    rows = [row for row in rows if not row["undone"]]
    if rows:
        view.write_line()
        view.write_line(_("papers filed"), "bold")
        for row in rows:
            filed_papers.show_file(workspace, case_id, row)


def _deadlines(
    rows: list[dict[str, Any]], titled: "Callable[[str], str]", broken: dict[str, list[dict[str, Any]]]
) -> None:
    if not rows:
        return
    view.write_line()
    view.write_line(_("what is due"), "bold")
    from srctl.model.labels import lateness
    from srctl.views.list_views import counted_by

    columns = [
        view.Column(_("due")),
        view.Column(_("time left"), right=True),
        view.Column(_("what"), min_width=20),
    ]
    ordered = sorted(rows, key=counted_by)
    cells = [
        [view.iso_day(first), lateness(late, r["section"]), _due_text(r, titled, broken.get(r["ref"], []))]
        for r, (first, late) in zip(ordered, map(counted_by, ordered), strict=True)
    ]
    view.table(
        columns, [view.TableRow(c, style=view.section_style(r["section"])) for c, r in zip(cells, ordered, strict=True)]
    )


def _due_text(row: dict[str, Any], titled: "Callable[[str], str]", broken: list[dict[str, Any]]) -> str:
    """An obligation in words: its kind, its text, and notes (extended, paused, rule not verified)."""
    from datetime import date

    from srctl.model.labels import OF_PAPERS, what_word
    from srctl.views.list_views import counted_by, day_marks, meaning, paused_word

    notes = [row["call"]] if row["call"] else []
    before = [view.iso_day(promise["due"]) for promise in broken if promise["due"]]
    if before:
        notes.append(_("promised before for {days}").format(days=", ".join(before)))
    if counted_by(row)[0] != row["due"]:
        from srctl.cli.phrases import postponed

        notes.append(postponed(date.fromisoformat(row["due"])))
    elif row["original"] and row["original"] != row["due"]:
        from srctl.cli.phrases import extension

        notes.append(extension(date.fromisoformat(row["original"]), row["late_original"]))
    if row["held"]:
        notes.append(paused_word())
    notes += map(meaning, day_marks(row))
    text = titled(row["text"]) if row["what"] in OF_PAPERS else row["text"]
    return f"{what_word(row['what'])}: {text}" + (f" ({', '.join(notes)})" if notes else "")


def _log(workspace: "Workspace", case: "Case", kind: "Kind") -> None:
    from srctl.model.people import short_name
    from srctl.office.case_history import changes_by_entry
    from srctl.workflow.field_changes import change_sentence
    from srctl.workflow.log_text import entry_sentences

    view.write_line()
    view.write_line(_("log"), "bold")
    undone = case.undone()
    changes = changes_by_entry(workspace.here, workspace.here.load(case.id), kind)
    named = entry_namer(workspace, case)
    log = [named(entry) for entry in case.log]
    whose = cache(partial(short_name, workspace.folder.office))
    wide = max((display_width(whose(entry.who)) for entry in case.log), default=0)
    for entry, said in zip(case.log, log, strict=True):
        lines = entry_sentences(said, kind, log)
        lines[1:1] = [change_sentence(change, kind, workspace.folder.kinds) for change in changes.get(entry.id, ())]
        mark = " ✗" if entry.id in undone else ""
        # The hour is that of writing: it says nothing about an earlier day the entry is dated.
        hour = f"{entry.at:%H:%M}" if entry.on in (None, entry.at.date()) else "     "
        head = f"{view.day_text(entry.day())} {hour}  {entry.id:<3} {pad(whose(entry.who), wide)}"
        style = "dim strike" if mark else "dim"
        text = f"{view.unbroken(head)}  {lines[0]}{_former(workspace, entry.with_)}{mark}"
        view.write_wrapped(text, style, indent=2, hang=8)
        for line in lines[1:]:
            view.write_wrapped(line, style, indent=8)


def _former(workspace: "Workspace", reference: str) -> str:
    """That whom a reference means holds the post no more."""
    from srctl.model.people import find_callee

    callee = find_callee(workspace.folder.directory, reference)
    return f" ({_('former post')})" if callee and callee.former else ""
