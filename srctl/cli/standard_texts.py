"""Standard paragraphs at the terminal: taken by ``@TOPIC`` in place of a text, listed, approved."""

from typing import TYPE_CHECKING

from srctl.cli import view
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case
    from srctl.model.standard_paragraphs import StandardParagraph
    from srctl.papers.standard_paragraphs import ParagraphFile, Shelf
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

    kept = paragraph_on(_shelf(workspace), typed.removeprefix(SIGN).strip(), workspace.today)
    return filled_paragraph(kept, _context(workspace, case))


def _shelf(workspace: "Workspace") -> "Shelf":
    from srctl.papers.standard_paragraphs import Shelf, kept_paragraphs

    shelf = kept_paragraphs(workspace.folder.root / "templates")
    found = (p._replace(path=workspace.folder.relative(p.path)) for p in shelf.problems)
    return Shelf(shelf.kept, tuple(found))


def _context(workspace: "Workspace", case: "Case") -> "PaperContext":
    from srctl.papers.template_values import PaperContext

    folder = workspace.folder
    return PaperContext(case, folder.kind(case.kind), folder.office, folder.directory, workspace.today)


def list_paragraphs(workspace: "Workspace", topic: str, *, json: bool) -> None:
    """List the standard paragraphs, or show the text of one; NotFound when nothing is called so."""
    from srctl.papers.standard_paragraphs import of_topic
    from srctl.views.list_views import envelope

    shelf = _shelf(workspace)
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
    """Until when it holds, and that it does no more."""
    day = view.day_text(paragraph.expires)
    if paragraph.holds(workspace.today):
        return day
    if workspace.today < paragraph.approved_on:
        return _("from {day}").format(day=view.day_text(paragraph.approved_on))
    return _("{day}, over").format(day=day)


def _show(workspace: "Workspace", kept: "ParagraphFile") -> None:
    from srctl.model.people import name_of

    paragraph = kept.paragraph
    view.write_line(paragraph.topic, "bold")
    by, office = paragraph.approved_by, workspace.folder.office
    approved = f"{name_of(office, by)}  {view.day_text(paragraph.approved_on)}"
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
