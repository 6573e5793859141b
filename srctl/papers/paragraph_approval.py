"""Standard paragraphs approved by a superior: a new text recorded, or one of old for a further time."""

from datetime import date
from pathlib import Path

from srctl.core.decoding import FORMAT
from srctl.core.errors import BadFile, CommandLine, UsageError
from srctl.core.i18n import _
from srctl.core.patches import Edit, Value
from srctl.core.records import NamedTuple
from srctl.model.standard_paragraphs import StandardParagraph
from srctl.office.folder import Folder
from srctl.office.writer import Actor, record_files
from srctl.papers.standard_paragraphs import FOLDER, ParagraphFile, kept_paragraphs, of_topic, template_problems
from srctl.store.transaction import FileChange
from srctl.store.yaml.editor import apply
from srctl.store.yaml.reader import read_text
from srctl.store.yaml.source import Source, value_of
from srctl.store.yaml.writer import dump


class Approval(NamedTuple):
    """A decision of a superior on a standard paragraph: ``by`` whom, ``on`` which day, up to and including ``until``.

    Without ``text`` the one kept of the ``topic`` holds on; ``category`` "" leaves it where it is.
    """

    topic: str
    by: str
    on: date
    until: date
    text: str = ""
    category: str = ""


def record_approval(folder: Folder, approval: Approval, actor: Actor) -> ParagraphFile:
    """Record the approval, as a change of the file of the topic or as a new file, and return what holds now.

    Raises:
        NotFound: no text was given, and none of the topic is kept. UsageError: it is over before it begins.
        BadFile: the text cannot be filled, or a file cannot be read.
    """
    if approval.until < approval.on:
        raise UsageError(_("it ends before it begins"), CommandLine("papers approve {} --until DATE", approval.topic))
    shelf = kept_paragraphs(folder.root / "templates")
    kept = [one for one in shelf.kept if one.paragraph.is_of(approval.topic)]
    if not (kept or approval.text):
        kept = of_topic(shelf, approval.topic)
    values: dict[str, Value] = {"category": approval.category, "text": approval.text, "approved_by": approval.by,
                                "approved_on": approval.on, "expires": approval.until}  # fmt: skip
    values = {key: value for key, value in values.items() if value}
    if kept:
        path, raw = kept[-1].source.path, kept[-1].source.raw
        after = apply(raw, [Edit("set", (key,), value) for key, value in values.items()])
        name, before = folder.relative(path).as_posix(), raw
    else:
        name, before = _free_name(folder), None
        after = dump({"format": FORMAT, "topic": approval.topic, **values})
    made = _read(after, Path(name))
    change = FileChange(name, before, after)
    record_files(folder, [change], lambda: _sentence(made.paragraph), "papers-approve", actor)
    return made


def _sentence(paragraph: StandardParagraph) -> str:
    return _("standard paragraph “{topic}” approved by {by} until {day}").format(
        topic=paragraph.topic, by=paragraph.approved_by, day=paragraph.ends.isoformat()
    )


def _free_name(folder: Folder) -> str:
    """The name of the file of a further topic."""
    n = 1
    while (folder.root / (name := f"templates/{FOLDER}/paragraph-{n}.yaml")).exists():
        n += 1
    return name


def _read(raw: bytes, path: Path) -> ParagraphFile:
    """The file as it would be read; BadFile when its text is no template."""
    source: Source = read_text(raw, path)
    kept = ParagraphFile(source, value_of(StandardParagraph, source))
    if problems := [*template_problems(kept)]:
        raise BadFile(problems)
    return kept
