"""Texts used again, at the terminal: standard paragraphs by ``@TOPIC`` or a key, earlier texts by a key."""

from functools import partial
from typing import TYPE_CHECKING

from srctl.cli import view
from srctl.cli.menus import ReadyText, Shelf
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.model.standard_paragraphs import StandardParagraph
    from srctl.papers.earlier_texts import TextPlace
    from srctl.papers.standard_paragraphs import ParagraphFile, Paragraphs
    from srctl.papers.template_values import PaperContext

SIGN = "@"  # begins the name of a topic in the place of a text


def paragraph_taken(workspace: "Workspace", case: "Case", text: str) -> str:
    """The text typed; of ``@TOPIC`` alone the standard paragraph on that topic, filled with the case.

    Raises:
        NotFound, Refused, BadFile: as :func:`srctl.papers.standard_paragraphs.paragraph_on` and ``filled_paragraph``.
    """
    typed = text.strip()
    if not typed.startswith(SIGN) or "\n" in typed:
        return text
    from srctl.papers.standard_paragraphs import filled_paragraph, paragraph_on

    kept = paragraph_on(_kept(workspace), typed.removeprefix(SIGN).strip(), workspace.today)
    return filled_paragraph(kept, _context(workspace, case))


def shelves(workspace: "Workspace", case: "Case", place: "TextPlace") -> tuple[Shelf, ...]:
    """What keys list while a text is typed: F3 the standard paragraphs, F4 what the office wrote on like matters."""
    return (
        Shelf("f3", _("standard paragraphs"), partial(_offered_paragraphs, workspace, case),
              _("no standard paragraph")),
        Shelf("f4", _("earlier ones"), partial(_offered_earlier, workspace, case, place),
              _("nothing was written here in a like matter yet")),
    )  # fmt: skip


def _offered_paragraphs(workspace: "Workspace", case: "Case") -> list[ReadyText]:
    """The standard paragraphs filled with the case; what does not hold, or cannot be filled, says why."""
    from srctl.core.errors import SrctlError
    from srctl.papers.standard_paragraphs import approve_command, filled_paragraph

    shelf, found = _kept(workspace), []
    for kept in shelf.kept:
        paragraph, text, why = kept.paragraph, "", ""
        if workspace.today > paragraph.ends:
            why = _("it is over: {command}").format(command=approve_command(paragraph.topic))
        try:
            text = filled_paragraph(kept, _context(workspace, case))
        except SrctlError as fault:
            why = why or fault.message
        if workspace.today >= paragraph.begins:
            by = _("{by} until {day}").format(by=paragraph.approved_by, day=until_words(paragraph, workspace))
            found.append(ReadyText(text, f"{paragraph.topic} ({by})  {' '.join(text.split())}", why))
    return [*found, *(ReadyText("", f"{p.path}:{p.line}  {p.message}", p.message) for p in shelf.problems)]


def _offered_earlier(workspace: "Workspace", case: "Case", place: "TextPlace") -> list[ReadyText]:
    from srctl.papers.earlier_texts import earlier_texts

    return [
        ReadyText(one.text, f"{one.number or one.case}  {view.day_text(one.day)}  {' '.join(one.text.split())}")
        for one in earlier_texts(workspace.folder, case, place)
    ]


def _kept(workspace: "Workspace") -> "Paragraphs":
    from srctl.papers.standard_paragraphs import Paragraphs, kept_paragraphs

    shelf = kept_paragraphs(workspace.folder.root / "templates")
    found = (p._replace(path=workspace.folder.relative(p.path)) for p in shelf.problems)
    return Paragraphs(shelf.kept, tuple(found))


def _context(workspace: "Workspace", case: "Case") -> "PaperContext":
    from srctl.papers.template_values import PaperContext

    folder = workspace.folder
    return PaperContext(case, folder.kind(case.kind), folder.office, folder.directory, workspace.today)


def list_paragraphs(workspace: "Workspace", topic: str, *, json: bool) -> None:
    """List the standard paragraphs, or show the text of one; NotFound when nothing is called so."""
    from srctl.papers.standard_paragraphs import of_topic
    from srctl.views.list_views import envelope

    shelf = _kept(workspace)
    kept = of_topic(shelf, topic) if topic else shelf.kept
    if json:
        view.print_json(envelope([_as_data(workspace, one) for one in kept], workspace.today, [*shelf.problems]))
        return
    view.problems(shelf.problems)
    if topic:
        for one in kept:
            _show(workspace, one)
        return
    if not kept:
        view.write_line(_("no standard paragraph"))
        view.write_wrapped(_("to record one: {command}").format(command=_new_command()), indent=2, hang=4)
        return
    columns = [view.Column(_("topic"), min_width=12), view.Column(_("category")), view.Column(_("approved by")),
               view.Column(_("until"))]  # fmt: skip
    rows = [
        view.TableRow([p.topic, p.category, p.approved_by, until_words(p, workspace)],
                      style="" if p.holds(workspace.today) else "dim")
        for _source, p in kept
    ]  # fmt: skip
    view.table(columns, rows)
    view.write_wrapped(_("taken while drafting: {command}").format(command=_taking()), indent=2, hang=4)


def _new_command() -> CommandLine:
    return CommandLine('papers approve TOPIC --text "…" --by WHO --until DATE')


def _taking() -> CommandLine:
    return CommandLine("letter ID WORDING --ask @TOPIC")


def until_words(paragraph: "StandardParagraph", workspace: "Workspace") -> str:
    """Until when it holds, and that it does no more, or not yet."""
    if paragraph.approved_on is None:
        return _("not approved yet")
    day = view.day_text(paragraph.expires)
    if paragraph.holds(workspace.today):
        return day
    if workspace.today < paragraph.begins:
        return _("from {day}").format(day=view.day_text(paragraph.approved_on))
    return _("{day}, over").format(day=day)


def _show(workspace: "Workspace", kept: "ParagraphFile") -> None:
    from srctl.model.people import name_of

    paragraph = kept.paragraph
    view.write_line(paragraph.topic, "bold")
    by, office = paragraph.approved_by, workspace.folder.office
    approved = f"{name_of(office, by)}  {view.day_text(paragraph.approved_on)}" if by else ""
    view.pairs([
        (_("category"), paragraph.category),
        (_("approved by"), approved),
        (_("until"), until_words(paragraph, workspace)),
        (_("file"), str(workspace.folder.relative(kept.source.path))),
    ], indent=2)  # fmt: skip
    for line in paragraph.text.splitlines():
        view.write_wrapped(line, indent=2, hang=2)


def _as_data(workspace: "Workspace", kept: "ParagraphFile") -> dict[str, object]:
    from srctl.core.decoding import plain

    data = plain(kept.paragraph, iso=True)
    del data["format"]
    return {**data, "holds": kept.paragraph.holds(workspace.today),
            "file": str(workspace.folder.relative(kept.source.path))}  # fmt: skip
