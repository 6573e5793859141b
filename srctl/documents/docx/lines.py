"""The lines of a form above and below its body: labels, values, tab stops.

A number or date that stays open until the paper is signed stands in a bookmark, where
:func:`srctl.documents.docx.word_file.fill_places` finds it again in whatever file comes back from Word.
"""

from collections.abc import Iterator, Mapping, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from srctl.core.records import NamedTuple
from srctl.core.thai import to_arabic_digits
from srctl.documents.docx.content import OPEN_PLACES, Sheet
from srctl.documents.docx.layout import Layout, LayoutLine, LinePart, Style, named_style, text_width, twips
from srctl.documents.docx.ooxml import HEADINGS, Stop, bookmark, paragraph, text_run
from srctl.documents.docx.typography import NBSP, official

BOOKMARK = "srctl_{name}"
AGAIN = "srctl_{name}_again"  # the same number or date where it stands a second time, as above an annex
TITLES = ("title", "first_title")  # styles of the line that names the form


class FilledRow(NamedTuple):
    """The values of one printed line; ``number`` is "" where rows are not counted."""

    values: Mapping[str, str]
    number: str = ""
    first: bool = True


def line_paragraphs(given: Sequence[LayoutLine], sheet: Sheet, layout: Layout) -> list[BaseOxmlElement]:
    """Return the paragraphs of ``given`` filled from ``sheet``; lines whose values are not given are left out."""
    made = []
    for line in given:
        if line.when and not any(sheet.words.head.get(name) for name in line.when):
            continue
        rows = _rows(line, sheet)
        alone = named_style(layout, line.style)
        style = named_style(layout, line.many) if line.many and len(rows) > 1 else alone
        for row in rows:
            label = style._replace(before=alone.before) if row.first else style
            made.append(_paragraph(line, label, row, sheet, layout))
    return made


def _rows(line: LayoutLine, sheet: Sheet) -> list[FilledRow]:
    head = sheet.words.head
    if not line.each:
        return [FilledRow(head)]
    rows = sheet.words.lists.get(line.each, ())
    several = len(rows) > 1
    return [FilledRow({**head, **row}, f"{n}." if several else "", n == 1) for n, row in enumerate(rows, 1)]


def _paragraph(line: LayoutLine, label: Style, row: FilledRow, sheet: Sheet, layout: Layout) -> BaseOxmlElement:
    text = named_style(layout, f"{line.style}_value")
    runs: list[BaseOxmlElement] = []
    stops: list[Stop] = []
    for part in line.parts:
        runs += _part(part, row, label, text, sheet, layout, stops)
    return paragraph(label, runs, stops=stops, named=_heading(line, layout))


def _heading(line: LayoutLine, layout: Layout) -> str:
    """The Word style of the line of the head that names the form, or the subject below that; "" of any other."""
    title = next((one for one in layout.head if one.style in TITLES), None)
    if line is title:
        return HEADINGS[0]
    subject = line in layout.head and any(part.value == "subject" for part in line.parts)
    return HEADINGS[1 if title else 0] if subject else ""


def _part(
    part: LinePart, row: FilledRow, label: Style, text: Style, sheet: Sheet, layout: Layout, stops: list[Stop]
) -> Iterator[BaseOxmlElement]:
    if part.at:
        stops.append(Stop(twips(part.at), "center" if part.center else "right" if part.right else "left"))
        yield text_run("\t", text)
    if part.urgency and sheet.urgency in layout.marks.urgency:
        yield text_run(layout.marks.urgency[sheet.urgency], named_style(layout, "urgency"))
    printed = _label(part, row)
    if printed:
        yield text_run(printed, label)
    value = official(row.values.get(part.value, "")) if part.value else ""
    value = to_arabic_digits(value) if part.arabic else value
    if part.value_at:
        stops.extend(Stop(twips(at)) for at in (part.value_at, part.else_at) if at)
        yield text_run("\t", text)
    elif printed and (value or _is_open(part)):
        yield text_run(" " * part.spaces, text)
    if part.number and row.number:
        stops.append(Stop(twips(label.left)))
        yield text_run(f"{official(row.number)}\t", text)
    yield from _value(part, value, text)
    if part.until:
        at = twips(part.until)
        stops.append(Stop(at, "right" if at >= text_width(layout) else "left", dots=True))
        yield text_run("\t", text)


def _label(part: LinePart, row: FilledRow) -> str:
    if not row.first:
        return ""
    return official(row.values.get(part.label_of, "")) or part.label


def _value(part: LinePart, value: str, style: Style) -> list[BaseOxmlElement]:
    if _is_open(part):
        value = value if value[:1].isdigit() else NBSP * part.blank + value  # room to write by hand
        name, place = AGAIN if part.again else BOOKMARK, OPEN_PLACES.index(part.value)
        number = place + len(OPEN_PLACES) if part.again else place
        return bookmark(number, name.format(name=part.value), text_run(value, style))
    return [text_run(value, style)] if value else []


def _is_open(part: LinePart) -> bool:
    return part.value in OPEN_PLACES and not part.fixed
