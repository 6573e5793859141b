"""Standard paragraphs found by their topic, filled with a case, checked. Reads only.

A paragraph is taken into a draft as text: what a paper says does not change when the paragraph is renewed. It is
filled without the complainant (:mod:`srctl.papers.template_values`), since the office uses it in any paper.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from srctl.core.dates import show_date
from srctl.core.errors import BadFile, CommandLine, NotFound, Problem, Refused, unknown
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.documents import text_template
from srctl.model.people import Signer
from srctl.model.standard_paragraphs import StandardParagraph
from srctl.papers.template_values import PaperContext, values_of
from srctl.papers.wordings import read_typed_file, refuse
from srctl.store.yaml.source import Source

FOLDER = "paragraphs"
NOBODY = Signer("", "", ())


class ParagraphFile(NamedTuple):
    """A standard paragraph and the file it stands in."""

    source: Source
    paragraph: StandardParagraph


class Paragraphs(NamedTuple):
    """Every standard paragraph of the office by category and topic, and the files that cannot be read."""

    kept: tuple[ParagraphFile, ...]
    problems: tuple[Problem, ...]


def kept_paragraphs(templates: Path) -> Paragraphs:
    """The standard paragraphs of the office; an unreadable file is among the problems."""
    kept: list[ParagraphFile] = []
    problems: list[Problem] = []
    for path in sorted((templates / FOLDER).glob("*.yaml")):
        try:
            kept.append(ParagraphFile(*read_typed_file(path, StandardParagraph)))
        except BadFile as fault:
            problems += fault.problems
    kept.sort(key=lambda one: (one.paragraph.category, one.paragraph.topic, one.paragraph.begins))
    return Paragraphs(tuple(kept), tuple(problems))


def paragraph_on(known: Paragraphs, topic: str, day: date) -> ParagraphFile:
    """The text that holds on ``day`` of the topic typed: its name, or a part that only one topic has.

    Raises:
        NotFound: no topic is called so, or several. Refused: its text does not hold on that day, or two do.
        BadFile: it is not found, and a file cannot be read.
    """
    found = of_topic(known, topic)
    holding = [one for one in found if one.paragraph.holds(day)]
    if len(holding) == 1:
        return holding[0]
    if holding:
        raise BadFile([*_doubles(holding)])
    raise expired(found[-1].paragraph, day)


def expired(paragraph: StandardParagraph, day: date) -> Refused:
    """The refusal of a paragraph that does not hold on ``day``, with the command that renews it."""
    if paragraph.approved_on is None:
        message = _("the standard paragraph “{topic}” is a sample that nobody approved yet")
        way = _("when it was approved: {command}").format(command=approve_command(paragraph.topic))
        return Refused(message.format(topic=paragraph.topic), way)
    message, on = _("the standard paragraph “{topic}” held until {day}"), paragraph.ends
    if day < paragraph.begins:
        message, on = _("the standard paragraph “{topic}” holds only from {day}"), paragraph.begins
    way = _("when it was approved again: {command}").format(command=approve_command(paragraph.topic))
    return Refused(message.format(topic=paragraph.topic, day=show_date(on, language())), way)


def approve_command(topic: str) -> CommandLine:
    """The command that records that a text was approved (again)."""
    return CommandLine("papers approve {} --by WHO --until DATE", topic)


def of_topic(known: Paragraphs, topic: str) -> list[ParagraphFile]:
    """The texts, of old and now, of the one topic meant, the latest last; raises as :func:`paragraph_on`."""
    found = [one for one in known.kept if one.paragraph.is_of(topic)]
    part = fold(topic)
    found = found or [one for one in known.kept if part and part in fold(one.paragraph.topic)]
    topics = list(dict.fromkeys(one.paragraph.topic for one in found or known.kept))
    if found and len(topics) == 1:
        return found
    if known.problems and not found:
        raise BadFile(known.problems)
    listing = CommandLine("papers paragraphs")
    if found:
        raise NotFound(
            _("several standard paragraphs are called so: {topics}").format(topics=", ".join(topics)), listing
        )
    raise NotFound(*unknown(_("standard paragraph"), topic, topics, listing))


def filled_paragraph(kept: ParagraphFile, context: PaperContext, signer: Signer = NOBODY) -> str:
    """The text of the paragraph filled with the case.

    Raises:
        Refused: a value it prints is not there. BadFile: its text is not one that can be filled.
    """
    source, paragraph = kept
    line = source.line(("text",))
    try:
        rendered = text_template.render(paragraph.text, values_of(context, signer, private=False), source.path.parent)
    except text_template.AbsentError as fault:
        message = _("the standard paragraph “{topic}” needs {path}, which is empty here")
        raise Refused(
            message.format(topic=paragraph.topic, path=fault.path), CommandLine("show {}", context.case.id)
        ) from None
    except text_template.TooLongError:
        refuse(source.path, line, "template", _("the text is longer than any paper"))
    except text_template.WordingError as fault:
        raise BadFile([_template_problem(source, line, fault)]) from None
    return "\n".join(line.text for line in text_template.marked_lines(rendered))


def paragraph_problems(templates: Path) -> Iterator[Problem]:
    """Yield what is wrong with the standard paragraphs: unreadable, no template, two of a topic at once."""
    known = kept_paragraphs(templates)
    yield from known.problems
    for kept in known.kept:
        yield from template_problems(kept)
    yield from _doubles(known.kept)


def template_problems(kept: ParagraphFile) -> Iterator[Problem]:
    """Yield why the text of a paragraph cannot be filled."""
    source, paragraph = kept
    try:
        text_template.validate_template(paragraph.text, source.path.parent)
    except text_template.WordingError as fault:
        yield _template_problem(source, source.line(("text",)), fault)


def _doubles(kept: Sequence[ParagraphFile]) -> Iterator[Problem]:
    """Yield, for each two texts of a topic that hold on the same day, both places."""
    for pair in combinations(kept, 2):
        if pair[0].paragraph.meets(pair[1].paragraph):
            for one, other in (pair, pair[::-1]):
                message = _("{other} is a text on “{topic}” too, on the same days").format(
                    other=f"{other.source.path.name}:{other.source.line(('topic',))}", topic=one.paragraph.topic
                )
                hint = _("one text holds for a topic: end the one before the other begins, or delete it")
                yield Problem(one.source.path, one.source.line(("topic",)), "two-paragraphs", message, hint)


def _template_problem(source: Source, line: int, fault: text_template.WordingError) -> Problem:
    message = _("the wording cannot be filled: {reason}").format(reason=fault.message)
    # The text of a block begins on the line below its key.
    return Problem(source.path, line + fault.line, "template", message, _("docs/papers.md says what may stand there"))
