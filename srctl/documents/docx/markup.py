"""What a Word file holds beside its printed text: tracked changes, comments, hidden and marked text, names. Reads only.

Every story is looked at: the body with its tables, text boxes and content controls, headers, footers, foot- and
endnotes. Names of elements: ECMA-376 part 1, 17.13 (annotations), 17.3.2 (run properties), 15.2.12 (properties).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from srctl.core.records import NamedTuple
from srctl.documents.docx.content import Inventory, Story, Unseen, UnseenSort
from srctl.documents.docx.fonts import fonts_of
from srctl.documents.docx.incoming import Incoming, W, judged
from srctl.documents.docx.reading import (
    Node,
    atoms_of,
    margin_texts,
    margins_of,
    paragraphs_of,
    provenance_of,
    targets_of,
    text_of,
)

# The changes Word tracks: what holds text or marks a paragraph or a row, and the formatting that was there before.
INSERTED, DELETED = frozenset({f"{W}ins", f"{W}cellIns"}), frozenset({f"{W}del", f"{W}cellDel"})
MOVED = frozenset({f"{W}moveFrom", f"{W}moveTo"})
REFORMATTED = frozenset(
    f"{W}{name}" for name in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange",
                              "tcPrChange", "tblGridChange", "numberingChange", "cellMerge")
)  # fmt: skip
_TRACKED: Mapping[str, UnseenSort] = {
    **dict.fromkeys(INSERTED, "inserted"), **dict.fromkeys(DELETED, "deleted"), **dict.fromkeys(MOVED, "moved"),
    **dict.fromkeys(REFORMATTED, "formatted"),
}  # fmt: skip
PARAGRAPH, RUN, ROW, BOX = f"{W}p", f"{W}r", f"{W}tr", f"{W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORDS = frozenset({f"{W}t", f"{W}delText"})
_VAL = f"{W}val"
OFF = frozenset({"0", "false", "off", "none"})
_PLAIN = frozenset({"auto", "ffffff", ""})
# Half points: nobody reads two points and less.
_TINY = 4
_THAI = re.compile("[\u0e00-\u0e7f]")
_MERGED = re.compile(
    r"\s*(?:MERGEFIELD|ASK|FILLIN|MACROBUTTON|ADDRESSBLOCK|GREETINGLINE|MERGEREC|MERGESEQ|NEXTIF|NEXT|SKIPIF)\b",
    re.IGNORECASE,
)
_NOTES: Mapping[str, Story] = {"footnotes": "footnote", "endnotes": "endnote"}


class _Spot(NamedTuple):
    """Where a mark stands: the story, the paragraph of the body, the text of that paragraph."""

    story: Story
    place: int
    around: str


class _Places:
    """The paragraphs of one story; elements are placed by the paragraph they stand in."""

    def __init__(self, story: Story, root: Node) -> None:
        self.root = root
        self._story = story
        self._paragraphs = list(paragraphs_of(root))
        self._numbers = {node: n for n, node in enumerate(self._paragraphs, 1)}

    def of(self, node: Node) -> _Spot | None:
        """The place of an element; None in what Word keeps for older programs only, and shows nobody."""
        above = [node, *node.iterancestors()]
        if any(one.tag == _FALLBACK for one in above):
            return None
        paragraph = next((one for one in above if one.tag == PARAGRAPH), None)
        if paragraph is None:  # a row, a cell, a section: its first paragraph
            holder = next((one for one in above if one.tag in (ROW, f"{W}tc", f"{W}tbl", f"{W}sdt")), self.root)
            paragraph = next(holder.iter(PARAGRAPH), None)
        if paragraph is None or self._story != "body":
            return _Spot(self._story, 0, text_of(paragraph) if paragraph is not None else "")
        tags = {one.tag for one in paragraph.iterancestors()}
        story: Story = "textbox" if BOX in tags else "table" if f"{W}tbl" in tags else "body"
        return _Spot(story, self._numbers.get(paragraph, 0), text_of(paragraph))


def take_inventory(docx: bytes) -> Inventory:
    """All of a Word file that is judged (:func:`srctl.documents.docx.word_file.inventory`)."""
    incoming = judged(docx)
    package, roots = incoming
    body = roots[package.document]
    margins = [roots[name] for name in margins_of(package) if name in roots]
    stories = list(_stories(incoming))
    notes = [text for story, root in stories if story in _NOTES.values() for text in map(text_of, paragraphs_of(root))]
    marks = [mark for story, root in stories for mark in _marks(_Places(story, root), incoming)]
    return Inventory(
        tuple(text_of(node) for node in paragraphs_of(body)),
        margin_texts(margins),
        tuple(text for text in notes if text.strip()),
        provenance_of(package),
        (*_joined(marks), *_unplaced_comments(incoming, marks), *_embedded(incoming), *_names(incoming)),
        fonts_of(incoming),
    )


def _stories(incoming: Incoming) -> Iterator[tuple[Story, Node]]:
    package, roots = incoming
    yield "body", roots[package.document]
    kinds: Mapping[str, Story] = {"header": "header", "footer": "footer", **_NOTES}
    for kind, story in kinds.items():
        for name in dict.fromkeys(sorted(targets_of(package.parts, package.document, kind))):
            if name in roots:
                yield story, roots[name]


def _joined(marks: Iterable[Unseen]) -> Iterator[Unseen]:
    """Yield the marks of one sort, author and paragraph as one, in order; a comment stays by itself."""
    found: dict[Unseen, list[str]] = {}
    for mark in marks:
        key = mark if mark.sort == "comment" else mark._replace(text="")
        found.setdefault(key, []).append(mark.text)
    for key, texts in found.items():
        yield key if key.sort == "comment" else key._replace(text=" … ".join(filter(None, dict.fromkeys(texts))))


def _marks(places: _Places, incoming: Incoming) -> Iterator[Unseen]:
    for sort, node, text, who in (
        *_tracked(places.root), *_commented(places.root, incoming), *_unseen_text(places.root, incoming),
        *_coloured(places.root), *_open_fields(places.root), *_prompts(places.root),
    ):  # fmt: skip
        if place := places.of(node):
            yield Unseen(sort, place.story, place.place, text, place.around, who)


_Hit = tuple[UnseenSort, Node, str, str]


def marked_words(node: Node) -> str:
    """The text within an element, deleted text included."""
    return "".join(part.text or "" for part in node.iter(*_WORDS))


def _tracked(root: Node) -> Iterator[_Hit]:
    for node in root.iter(*_TRACKED):
        parent = node.getparent()
        holder = node
        if parent is not None and parent.tag == f"{W}trPr":
            holder = parent.getparent()
        elif node.tag in REFORMATTED and parent is not None and parent.tag == f"{W}rPr":
            holder = parent.getparent() if parent.getparent() is not None else node
        yield _TRACKED[node.tag], node, marked_words(holder).strip(), node.get(f"{W}author", "")


def _commented(root: Node, incoming: Incoming) -> Iterator[_Hit]:
    references = list(root.iter(f"{W}commentReference"))
    known = _comments(incoming) if references else {}
    for node in references:
        who, text = known.get(node.get(f"{W}id", ""), ("", ""))
        yield "comment", node, text, who


def _comments(incoming: Incoming) -> dict[str, tuple[str, str]]:
    """The author and text of each comment by its id."""
    names = targets_of(incoming.package.parts, incoming.package.document, "comments")
    return {
        node.get(f"{W}id", ""): (node.get(f"{W}author", ""), marked_words(node).strip())
        for name in names if name in incoming.roots
        for node in incoming.roots[name].iter(f"{W}comment")
    }  # fmt: skip


def _unplaced_comments(incoming: Incoming, marks: Iterable[Unseen]) -> Iterator[Unseen]:
    """Yield the comments that hang nowhere in the text: they are in the file all the same."""
    placed = {(mark.who, mark.text) for mark in marks if mark.sort == "comment"}
    for who, text in _comments(incoming).values():
        if (who, text) not in placed:
            yield Unseen("comment", "file", 0, text, who=who)


def is_on(node: Node) -> bool:
    """Whether an on-off property is on: it is, unless it says otherwise (ECMA-376 part 1, 17.17.4)."""
    return str(node.get(_VAL, "1")).lower() not in OFF


def run_of(node: Node) -> Node | None:
    """The run a property formats; None for that of a paragraph mark or a style."""
    parent = node.getparent()
    run = parent.getparent() if parent is not None and parent.tag == f"{W}rPr" else None
    return run if run is not None and run.tag == RUN else None


def hidden_styles(styles: Node | None) -> frozenset[str]:
    """The ids of the styles whose text is hidden, by themselves or by what they are based on."""
    if styles is None or next(styles.iter(f"{W}vanish"), None) is None:
        return frozenset()
    based: dict[str, str] = {}
    hidden: set[str] = set()
    for style in styles.iter(f"{W}style"):
        named = style.get(f"{W}styleId", "")
        above, vanish = style.find(f"{W}basedOn"), style.find(f"{W}rPr/{W}vanish")
        if vanish is not None and is_on(vanish):
            hidden.add(named)
        elif vanish is None and above is not None:
            based[named] = above.get(_VAL, "")
    while more := {name for name, above in based.items() if above in hidden} - hidden:
        hidden |= more
    return frozenset(hidden)


def hidden_runs(root: Node, styles: Node | None) -> list[Node]:
    """The runs with text that nobody sees: hidden, by a style or in a hidden row, white on white, two points and less.

    Each run once, in no order.
    """
    found = {run: None for node in root.iter(f"{W}vanish") if is_on(node) and (run := run_of(node)) is not None}
    hidden = hidden_styles(styles)
    for node in root.iter(f"{W}rStyle", f"{W}pStyle") if hidden else ():
        if node.get(_VAL) in hidden:
            above = node.getparent().getparent()
            found |= dict.fromkeys([above] if above.tag == RUN else above.iter(RUN))
    for node in root.iter(f"{W}hidden"):
        if is_on(node) and node.getparent().tag == f"{W}trPr":
            found |= dict.fromkeys(node.getparent().getparent().iter(RUN))
    for node in root.iter(f"{W}color"):
        if node.get(_VAL, "").lower() == "ffffff" and (run := run_of(node)) is not None and not _is_on_dark(run):
            found[run] = None
    for node in root.iter(f"{W}sz", f"{W}szCs"):
        if (run := run_of(node)) is not None and _is_tiny(node, run):
            found[run] = None
    return [run for run in found if marked_words(run).strip() and not _is_shown(run)]


def _is_shown(run: Node) -> bool:
    """Whether the run itself says that it is not hidden, whatever its style."""
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and not is_on(vanish)


def _is_on_dark(run: Node) -> bool:
    """Whether something else than white lies behind the run: of itself, its paragraph, its cell."""
    behind = [run.find(f"{W}rPr"), *(above.find(f"{above.tag}Pr") for above in run.iterancestors(PARAGRAPH, f"{W}tc"))]
    shades = (one.find(f"{W}shd") for one in behind if one is not None)
    return any(shade is not None and is_coloured(shade) for shade in shades)


def _is_tiny(size: Node, run: Node) -> bool:
    """Whether this size is the one of the run's letters, and too small to be read; Thai has a size of its own."""
    is_thai = bool(_THAI.search(marked_words(run)))
    value = size.get(_VAL, "")
    return is_thai == (size.tag == f"{W}szCs") and value.isdigit() and int(value) <= _TINY


def _unseen_text(root: Node, incoming: Incoming) -> Iterator[_Hit]:
    styles = next(iter(targets_of(incoming.package.parts, incoming.package.document, "styles")), "")
    for run in hidden_runs(root, incoming.roots.get(styles)):
        yield "hidden", run, marked_words(run).strip(), ""


def is_coloured(shade: Node) -> bool:
    """Whether a shading lays a colour behind the text."""
    return str(shade.get(f"{W}fill", "")).lower() not in _PLAIN


def highlights(root: Node) -> list[Node]:
    """The properties that mark text as with a pen: highlighting, and colour behind a run or a paragraph."""
    pens = [node for node in root.iter(f"{W}highlight") if is_on(node)]
    shades = [node for node in root.iter(f"{W}shd") if is_coloured(node) and node.getparent().tag != f"{W}tcPr"]
    return [node for node in (*pens, *shades) if node.getparent().tag in (f"{W}rPr", f"{W}pPr")]


def _coloured(root: Node) -> Iterator[_Hit]:
    for node in highlights(root):
        holder = node.getparent().getparent()
        words = marked_words(holder).strip() if holder is not None and holder.tag in (RUN, PARAGRAPH) else ""
        if words:
            yield "highlighted", node, words, ""


def _open_fields(root: Node) -> Iterator[_Hit]:
    """Yield the fields that a mail merge or a question was to fill; their code may be split over runs."""
    code, begun = "", None
    for node in root.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"):
        if node.tag == f"{W}instrText":
            code += node.text or ""
            continue
        simple = node.tag == f"{W}fldSimple"
        whole = node.get(f"{W}instr", "") if simple else code
        if _MERGED.match(whole) and (simple or begun is not None):
            yield "field", node if simple else begun, whole.strip(), ""
        if not simple:
            code, begun = "", node if node.get(f"{W}fldCharType") == "begin" else None


def _prompts(root: Node) -> Iterator[_Hit]:
    """Yield the content controls that still show what is to be typed into them."""
    for node in root.iter(f"{W}showingPlcHdr"):
        control = node.getparent().getparent()
        content = control.find(f"{W}sdtContent") if control is not None else None
        if is_on(node) and content is not None and "".join(
            atom.text for one in content.iter(PARAGRAPH, RUN) for atom in atoms_of(one)
        ).strip():  # fmt: skip
            yield "prompt", content, marked_words(content).strip(), ""


# -- the file beside its text ----------------------------------------------------------------------


def _embedded(incoming: Incoming) -> Iterator[Unseen]:
    """Yield the files that lie within this one; pictures and fonts are no files of somebody's."""
    for name in sorted(incoming.package.parts):
        if "/embeddings/" in f"/{name}":
            yield Unseen("embedded", "file", 0, name.rpartition("/")[2])


def _names(incoming: Incoming) -> Iterator[Unseen]:
    """Yield each name in the properties and in Word's list of who wrote in the file, once."""
    found: dict[str, None] = {}
    for kind, wanted in PROPERTIES.items():
        for name in targets_of(incoming.package.parts, "", kind):
            for node in incoming.roots[name].iter() if name in incoming.roots else ():
                if isinstance(node.tag, str) and node.tag.rpartition("}")[2] in wanted and (node.text or "").strip():
                    found[node.text.strip()] = None
    for name in targets_of(incoming.package.parts, incoming.package.document, "people"):
        for node in incoming.roots[name].iter() if name in incoming.roots else ():
            found |= dict.fromkeys(value for key, value in node.attrib.items() if key.endswith("}author") and value)
    for text in found:
        yield Unseen("author", "file", 0, text)


# The elements that name persons, by the kind of properties; what an office added by itself is not known to be harmless.
PROPERTIES: Mapping[str, frozenset[str]] = {
    "core-properties": frozenset({"creator", "lastModifiedBy"}),
    "extended-properties": frozenset({"Manager", "Company"}),
    "custom-properties": frozenset({"lpwstr", "lpstr", "bstr"}),
}
