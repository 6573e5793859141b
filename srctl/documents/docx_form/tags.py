"""The tags of a Word form: joined from the runs Word split them over, validated by paragraph.

An error of jinja2 has no place in a .docx. So every tag is parsed alone, and the pairs (``if`` … ``endif``) are matched
here: that both stand on one level is also what keeps the filled XML whole.
"""

import re
from collections.abc import Collection, Iterator
from itertools import takewhile
from pathlib import Path

from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import shorten, to_arabic_digits
from srctl.documents import text_template
from srctl.documents.docx.incoming import W
from srctl.documents.docx.reading import Node, atoms_of, paragraphs_of, text_of
from srctl.documents.docx_form.opening import opened_form
from srctl.documents.text_template import WordingError

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HALF = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_BLOCK = re.compile(r"\{%\s*(?:(p|tr|tc|r)\s+)?(\w+)(.*?)\s*%\}", re.DOTALL)
_PARTED = re.compile(r"""("[^"]*"|'[^']*')""")
_STRAIGHT = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")
# What Word's autocorrection makes of a hyphen and a space, outside quotes.
_TYPED = str.maketrans({"–": "-", "—": "-", "\u2011": "-", "\u2212": "-", "\u00a0": " ", "\t": " ", "\n": " ",
                        "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None})  # fmt: skip
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WIDTH = 40


class FormFault(NamedTuple):
    """One thing wrong in a form: the paragraph it stands in (number and words) and what it is."""

    place: str
    message: str


class Scan(NamedTuple):
    """The result of scanning one part: faults in reading order, and the names asked for with their places."""

    faults: list[FormFault]
    asked: list[tuple[str, str]]


class _Open(NamedTuple):
    """A block that still waits for its end: where it may end, and the names it gives."""

    word: str
    level: str
    within: list[object]
    place: int
    given: set[str]


class _Tag(NamedTuple):
    """A tag of a block: its word, what follows, the level it is for (p, tr or none), all of it."""

    word: str
    rest: str
    level: str
    text: str


# -- gathering -------------------------------------------------------------------------------------------


def gather(root: Node) -> None:
    """Make every tag under ``root`` whole and plain: in one run, straight quotes, hyphens, Arabic digits.

    Deleted text that Word still tracks goes, and so does the copy of a text box for Word 2007.
    """
    for node in list(root.iter(f"{W}del", f"{W}moveFrom", _FALLBACK)):
        kept = node.tag == _FALLBACK and "{" not in "".join(node.itertext())
        parent = node.getparent()
        # In the properties of a paragraph or row these are marks without text.
        if not kept and parent is not None and parent.tag not in (f"{W}rPr", f"{W}trPr"):
            parent.remove(node)
    for paragraph in root.iter(f"{W}p"):
        _gather(paragraph)


def _gather(paragraph: Node) -> None:
    atoms = atoms_of(paragraph)
    text = "".join(atom.text for atom in atoms)
    inside = {place: found for found in TAG.finditer(text) for place in range(*found.span())}
    written, place = [""] * len(atoms), 0
    for number, atom in enumerate(atoms):
        for letter in atom.text:
            found = inside.get(place)
            if found is None:
                written[number] += letter
            elif place == found.start():
                written[number] += plain_tag(found[0])
            place += 1
    for atom, words in zip(atoms, written, strict=True):
        if words == atom.text and not TAG.search(words):
            continue
        if atom.node.tag == f"{W}t":
            atom.node.text = words
            atom.node.set(SPACE, "preserve")
        elif not words:
            atom.node.getparent().remove(atom.node)


def plain_tag(tag: str) -> str:
    """Return a tag as it was before Word corrected it, of a comment nothing; what is quoted keeps its dashes."""
    pieces = _PARTED.split(tag.translate(_STRAIGHT))
    pieces[::2] = (to_arabic_digits(piece.translate(_TYPED)) for piece in pieces[::2])
    tag = "".join(pieces)
    # Trimming signs would draw paragraphs together; in Word they have no other use.
    inner = re.sub(r"^[-+]|[-+]$", "", tag[2:-2]).strip()
    if tag.startswith("{%"):
        level = re.match(r"(?:p|tr)(?=\s+\w)", inner)
        return f"{{%{level[0]} {inner[level.end() :].strip()} %}}" if level else f"{{% {inner} %}}"
    return f"{{{{ {inner} }}}}" if tag.startswith("{{") else ""


# -- validating ------------------------------------------------------------------------------------------


def validate_form(template: bytes, folder: Path, known: Collection[str]) -> list[FormFault]:
    """The faults of a form: broken tags, unpaired ones, and top-level names that are not ``known``.

    Raises:
        NotWordFormError: these bytes are no Word form, or none that is safe to open.
    """
    faults: list[FormFault] = []
    for root in opened_form(template).texts.values():
        gather(root)
        found = scan(root, folder)
        faults += found.faults
        faults += [
            FormFault(at, _("there is no {name}").format(name=repr(n))) for at, n in found.asked if n not in known
        ]
    return faults


def scan(root: Node, folder: Path) -> Scan:
    """The faults of the gathered tags of one part, and the names they ask for."""
    return _Scanner(root, folder).scan()


class _Scanner:
    """Reads one part from top to bottom with the blocks that are open."""

    def __init__(self, root: Node, folder: Path) -> None:
        self._paragraphs = list(paragraphs_of(root))
        self._part = root.tag.removeprefix(W)
        self._folder = folder
        self._open: list[_Open] = []
        self._given: set[str] = set()
        self._faults: list[tuple[int, str]] = []
        self._asked: list[tuple[int, str]] = []

    def scan(self) -> Scan:
        for place, paragraph in enumerate(self._paragraphs):
            for node, tag in _tags_of(paragraph):
                try:
                    self._take(place, node, tag)
                except WordingError as fault:
                    self._faults.append((place, f"{shorten(tag, _WIDTH)}: {fault.message}"))
            half = _HALF.search(TAG.sub("", text_of(paragraph)))
            if half:
                self._faults.append((place, _("{sign} has no other half in this paragraph").format(sign=half[0])))
        for left in self._open:
            message = _("{opened} has no {closing}")
            words = message.format(opened=_shown(left.level, left.word), closing=_shown(left.level, f"end{left.word}"))
            self._faults.append((left.place, words))
        faults = [FormFault(self._place(at), message) for at, message in sorted(self._faults, key=lambda f: f[0])]
        return Scan(faults, [(self._place(at), name) for at, name in self._asked])

    def _place(self, place: int) -> str:
        """Describe a paragraph: its part, number and first words."""
        words = shorten(" ".join(text_of(self._paragraphs[place]).split()), _WIDTH)
        described = _("paragraph {number} “{words}”").format(number=place + 1, words=words)
        part = {
            "hdr": _("header"), "ftr": _("footer"), "footnotes": _("footnotes"), "endnotes": _("endnotes"),
        }.get(self._part)  # fmt: skip
        return f"{part}, {described}" if part else described

    def _take(self, place: int, node: Node, tag: str) -> None:
        if tag.startswith("{{"):
            self._ask(place, tag)
            return
        block = _BLOCK.fullmatch(tag)
        if block is None:
            raise WordingError(0, _("this tag is empty"))
        level, word, rest = block[1] or "", block[2], block[3]
        paragraph = self._paragraphs[place]
        if word in ("else", "elif", "endif", "endfor"):
            self._continue(place, _Tag(word, rest, level, tag), node)
        elif word in ("if", "for"):
            # Open whatever is wrong with it: its end is not to blame.
            opened = _Open(word, level, [], place, {"loop"} if word == "for" else set())
            names = self._names(f"{{% {word}{rest} %}}{{% end{word} %}}", place, opened)
            opened.given.update(names)
            opened.within.extend(_within(level, node, paragraph, tag))
        elif level or word not in ("set", "include", "import", "from"):
            raise WordingError(0, _("{tag} is not for forms").format(tag=_shown(level, word)))
        else:
            given = self._ask(place, f"{{% {word}{rest} %}}")
            loops = [block.given for block in self._open if block.word == "for"]
            (loops[-1] if loops else self._given).update(given)

    def _names(self, text: str, place: int, opened: _Open) -> set[str]:
        try:
            return self._ask(place, text)
        finally:
            self._open.append(opened)

    def _ask(self, place: int, text: str) -> set[str]:
        """Note the names a tag asks for and return those it gives."""
        names = text_template.template_names(text, self._folder)
        here = self._given.union(*(block.given for block in self._open))
        self._asked += [(place, name) for name in sorted(names.asked - here)]
        return set(names.given)

    def _continue(self, place: int, tag: _Tag, node: Node) -> None:
        """Take a tag that stands in an open block: its next branch or its end."""
        last = self._open[-1] if self._open else None
        wanted = {"elif": ("if",), "endif": ("if",), "endfor": ("for",)}.get(tag.word, ("if", "for"))
        if last is None or last.word not in wanted:
            opening = _shown(tag.level, wanted[0])
            raise WordingError(0, _("there is no {opening} before it that is still open").format(opening=opening))
        if tag.word.startswith("end"):
            self._open.pop()
        within = _within(tag.level, node, self._paragraphs[place], tag.text)
        if last.within and (tag.level, within) != (last.level, last.within):
            opening = _shown(last.level, last.word)
            message = _("it belongs to {opening} of paragraph {number} and must stand as that does: {rule}")
            raise WordingError(0, message.format(opening=opening, number=last.place + 1, rule=_rule(last.level)))
        if tag.word == "elif":
            self._ask(place, f"{{% if true %}}{{% elif{tag.rest} %}}{{% endif %}}")
        elif tag.rest.strip():
            raise WordingError(0, _("nothing may follow {word}").format(word=tag.word))


def _tags_of(paragraph: Node) -> Iterator[tuple[Node, str]]:
    for atom in atoms_of(paragraph):
        for found in TAG.finditer(atom.text):
            yield atom.node, found[0]


def _shown(level: str, word: str) -> str:
    return f"{{%{level} {word} %}}"


def _rule(level: str) -> str:
    return {
        "p": _("each in a paragraph of its own, in the same cell"),
        "tr": _("each in a row of its own, in the same table"),
    }.get(level, _("both in one paragraph"))


def _within(level: str, node: Node, paragraph: Node, tag: str) -> list[object]:
    """Return the surroundings both ends of a pair must share, else the filled XML would not be well-formed."""
    if not level:
        above = takewhile(lambda ancestor: ancestor is not paragraph, node.iterancestors())
        return [paragraph, *(ancestor.tag for ancestor in above)]
    if level not in ("p", "tr"):
        raise WordingError(0, _("only {%p … %} and {%tr … %} are for forms"))
    holder = paragraph if level == "p" else next(paragraph.iterancestors(f"{W}tr"), None)
    if holder is None:
        raise WordingError(0, _("it stands in no row of a table"))
    if re.search(r"[%}]", tag[2:-2]):
        raise WordingError(0, _("no % or } may stand in it"))
    text = "".join(text_of(part) for part in holder.iter(f"{W}p"))
    crowded = next(holder.iter(*_PICTURES), None) is not None or len(list(holder.iter(holder.tag))) > 1
    section = next(holder.iter(f"{W}sectPr"), None) is not None
    if text.strip() != tag or crowded or section:
        message = _("it must stand alone in its paragraph") if level == "p" else _("it must stand alone in its row")
        raise WordingError(0, message)
    return [holder.getparent()]
