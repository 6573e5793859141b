"""What a printed page does not show taken out of a Word file: changes decided, comments, colours and names dropped.

Accepting and rejecting follow what Word does (ECMA-376 part 1, 17.13.5); every other element stays as it is.
"""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy

from srctl.documents.docx.content import Resolution
from srctl.documents.docx.incoming import W
from srctl.documents.docx.markup import (
    DELETED,
    INSERTED,
    PARAGRAPH,
    PROPERTIES,
    REFORMATTED,
    ROW,
    RUN,
    hidden_runs,
    highlights,
)
from srctl.documents.docx.package import packed_parts
from srctl.documents.docx.reading import Node, Package, open_package, parsed, serialized, targets_of

_WORD_PARTS = ("document", "header", "footer", "footnotes", "endnotes", "styles", "numbering", "comments", "settings")
_COMMENT_PARTS = frozenset({"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"})
_RANGES = tuple(
    f"{W}{name}{end}"
    for name in ("moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange", "customXmlMoveFromRange",
                 "customXmlMoveToRange")
    for end in ("Start", "End")
)  # fmt: skip
_HELD = frozenset({f"{W}{name}" for name in ("rPr", "trPr", "tcPr", "numPr")})
_WAS_DELETED = {f"{W}delText": f"{W}t", f"{W}delInstrText": f"{W}instrText"}
_STAYS = frozenset(
    {
        f"{W}{name}"
        for name in ("headerReference", "footerReference", "rPr", "sectPr", "ins", "del", "moveFrom", "moveTo")
    }
)


def resolved(docx: bytes, how: Resolution) -> bytes:
    """Deal with the marks of a file (:func:`srctl.documents.docx.word_file.resolve`)."""
    package = open_package(docx)
    names = [package.document, *(n for kind in _WORD_PARTS for n in targets_of(package.parts, package.document, kind))]
    roots = {name: parsed(package.parts[name]) for name in dict.fromkeys(names)}
    styles = next(iter(targets_of(package.parts, package.document, "styles")), "")
    changed: dict[str, bytes] = {}
    for name, root in roots.items():
        done = [
            bool(how.changes) and _decide(root, accept=how.changes == "accept"),
            bool(how.hidden) and _decide_hidden(root, roots.get(styles), drop=how.hidden == "drop"),
            how.comments and _take(_comment_marks(root)),
            how.highlight and _take(highlights(root)),
        ]
        if any(done):
            changed[name] = serialized(root)
    parts = {**package.parts, **changed}
    if how.comments:
        parts = _without(parts, _COMMENT_PARTS)
    if how.office:
        parts = _renamed(package, _without(parts, frozenset({"thumbnail", "custom-properties", "people"})), how.office)
    return docx if parts == package.parts else packed_parts(parts)


def _take(nodes: Iterable[Node]) -> bool:
    """Take elements out, with what is in them; whether there were any."""
    found = list(nodes)
    for node in found:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)  # no text of ours follows an element of Word
    return bool(found)


# -- tracked changes -------------------------------------------------------------------------------


def _decide(root: Node, *, accept: bool) -> bool:
    """Accept or reject every tracked change under ``root``; whether there was one."""
    kept, gone = ("ins", "moveTo"), ("del", "moveFrom")
    if not accept:
        kept, gone = gone, kept
    tracked = list(root.iter(*INSERTED, *DELETED, f"{W}moveFrom", f"{W}moveTo", *REFORMATTED))
    ranges = _take([*root.iter(*_RANGES), *root.iter(f"{W}trackRevisions", f"{W}trackChanges")])
    for node in tracked:
        if node.getparent() is None:
            continue
        if node.tag in REFORMATTED:
            _settle_format(node, accept=accept)
        elif node.getparent().tag in _HELD or node.tag in (f"{W}cellIns", f"{W}cellDel"):
            _settle_marker(node, goes=node.tag.rpartition("}")[2].replace("cellIns", "ins").replace("cellDel", "del")
                           in gone)  # fmt: skip
        elif node.tag in {f"{W}{name}" for name in gone}:
            node.getparent().remove(node)
        else:
            _unwrap(node)
    if not accept:
        for node in list(root.iter(*_WAS_DELETED)):
            node.tag = _WAS_DELETED[node.tag]
    return bool(tracked) or ranges


def _unwrap(node: Node) -> None:
    """Put what is in an element in its place."""
    parent, at = node.getparent(), node.getparent().index(node)
    parent[at : at + 1] = list(node)


def _settle_format(node: Node, *, accept: bool) -> None:
    """Keep the new formatting, or put back the one that was there before."""
    properties = node.getparent()
    old = node[0] if len(node) else None
    properties.remove(node)
    if accept or node.tag in (f"{W}numberingChange", f"{W}cellMerge"):
        return
    for child in list(properties):
        if child.tag not in _STAYS:
            properties.remove(child)
    before = [deepcopy(child) for child in old] if old is not None else []
    # References to headers stand first, a paragraph's own run properties and section last (the order of the schema).
    at = 0 if properties.tag == f"{W}pPr" else len(properties)
    properties[at:at] = before


def _settle_marker(node: Node, *, goes: bool) -> None:
    """Settle the mark of a paragraph, a row or a cell that was inserted or deleted: it ``goes``, or only its mark."""
    properties = node.getparent()
    holder = properties.getparent()
    properties.remove(node)
    if not goes or holder is None:
        return
    if properties.tag == f"{W}trPr":
        table = holder.getparent()
        table.remove(holder)
        if next(table.iterchildren(ROW), None) is None and table.getparent() is not None:
            _remove_block(table)
    elif properties.tag == f"{W}tcPr":
        row = holder.getparent()
        if len(row.findall(f"{W}tc")) > 1:
            row.remove(holder)
    elif holder.tag == f"{W}pPr" and holder.getparent() is not None:
        _join_next(holder.getparent())


def _join_next(paragraph: Node) -> None:
    """Join a paragraph with the next, which keeps its own properties, as Word does where a paragraph mark goes."""
    following = paragraph.getnext()
    while following is not None and following.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr"):
        following = following.getnext()
    if following is None or following.tag != PARAGRAPH:
        return
    moved = [child for child in paragraph if child.tag != f"{W}pPr"]
    at = 1 if len(following) and following[0].tag == f"{W}pPr" else 0
    following[at:at] = moved
    paragraph.getparent().remove(paragraph)


def _remove_block(block: Node) -> None:
    """Remove a table; a cell or a text box needs a paragraph to be left."""
    parent = block.getparent()
    parent.remove(block)
    if parent.tag in (f"{W}tc", f"{W}txbxContent") and parent.find(PARAGRAPH) is None:
        parent.append(parent.makeelement(PARAGRAPH))


# -- text nobody sees ------------------------------------------------------------------------------


def _decide_hidden(root: Node, styles: Node | None, *, drop: bool) -> bool:
    runs = hidden_runs(root, styles)
    for run in runs:
        if drop:
            run.getparent().remove(run)
        else:
            _show(run)
    return bool(runs)


def _show(run: Node) -> None:
    """Make the text of a run visible: what hides it goes, and its style is told that it does not."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = run.makeelement(f"{W}rPr")
        run.insert(0, properties)
    hiding = {f"{W}{name}" for name in ("vanish", "specVanish", "color", "sz", "szCs")}
    _take(child for child in list(properties) if child.tag in hiding)
    _take(node for above in run.iterancestors(ROW) for node in above.iterfind(f"{W}trPr/{W}hidden"))
    styled = properties.find(f"{W}rStyle") is not None or any(
        above.find(f"{W}pPr/{W}pStyle") is not None for above in run.iterancestors(PARAGRAPH)
    )
    if styled:
        off = properties.makeelement(f"{W}vanish", {f"{W}val": "0"})
        before = {f"{W}{name}" for name in _BEFORE_VANISH}
        properties.insert(sum(child.tag in before for child in properties), off)


# The elements that stand before w:vanish in run properties (ECMA-376 part 1, CT_RPr).
_BEFORE_VANISH = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
    "emboss", "imprint", "noProof", "snapToGrid",
)  # fmt: skip


# -- comments, names -------------------------------------------------------------------------------


def _comment_marks(root: Node) -> list[Node]:
    """The ends of what is commented on, and the runs that hold nothing but the sign of a comment."""
    found = list(root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd"))
    for sign in root.iter(f"{W}commentReference"):
        run = sign.getparent()
        alone = run.tag == RUN and all(child is sign or child.tag == f"{W}rPr" for child in run)
        found.append(run if alone else sign)
    return found


def _without(parts: Mapping[str, bytes], kinds: frozenset[str]) -> dict[str, bytes]:
    """The package without the parts of these kinds: they, what leads to them, and their types."""
    left, gone = dict(parts), set[str]()
    for name in [name for name in parts if name.endswith(".rels")]:
        root = parsed(parts[name])
        folder = posixpath.dirname(posixpath.dirname(name))
        wanted = [one for one in root.iter("{*}Relationship") if _kind(one) in kinds]
        if wanted:
            gone |= {posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))) for one in wanted}
            _take(wanted)
            left[name] = serialized(root)
    if not gone:
        return left
    types = parsed(parts["[Content_Types].xml"])
    _take([one for one in types.iter("{*}Override") if one.get("PartName") in gone])
    left["[Content_Types].xml"] = serialized(types)
    rels = {posixpath.join(posixpath.dirname(n), "_rels", f"{posixpath.basename(n)}.rels") for n in gone}
    return {name: part for name, part in left.items() if f"/{name}" not in gone | rels}


def _kind(relation: Node) -> str:
    return str(relation.get("Type", "")).rstrip("/").rpartition("/")[2]


def _renamed(package: Package, parts: dict[str, bytes], office: str) -> dict[str, bytes]:
    """The package with the office's name where its properties name who wrote it, and nobody for whom."""
    name_of: Mapping[str, Callable[[str], str]] = {
        "core-properties": lambda _tag: office, "extended-properties": lambda _tag: "",
    }  # fmt: skip
    for kind, named in name_of.items():
        for name in targets_of(package.parts, "", kind):
            root, changed = parsed(parts[name]), False
            for node in root.iter():
                tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
                if tag in PROPERTIES[kind] and (node.text or "") not in ("", named(tag)):
                    node.text, changed = named(tag), True
            if changed:
                parts[name] = serialized(root)
    return parts
