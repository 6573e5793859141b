"""What a reader does not see and what was left to be filled in, as findings. Pure.

Tracked changes, comments, hidden text and open fields never leave the office: who gets the file reads all of them.
Colour behind words and dotted lines may be meant, and stop a paper until somebody says so. Names in the properties are
told: the file that is numbered names the office in their place.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from srctl.core.errors import CommandLine
from srctl.core.i18n import _, mark
from srctl.core.records import NamedTuple
from srctl.core.thai import excerpt
from srctl.documents.docx.content import Inventory, Story, Unseen, UnseenSort
from srctl.papers.proofing.rules import Finding, Severity

_LONGEST = 60

_PLACES: dict[Story, str] = {
    "table": mark("in a table"), "textbox": mark("in a text box"), "header": mark("header"), "footer": mark("footer"),
    "footnote": mark("footnote"), "endnote": mark("endnote"), "file": mark("the file itself"),
}  # fmt: skip
_NAMELESS: dict[UnseenSort, str] = {
    "inserted": mark("text inserted as a tracked change"),
    "deleted": mark("text deleted as a tracked change: it is still in the file"),
    "moved": mark("text moved as a tracked change"),
    "formatted": mark("a change of form that is tracked"),
    "comment": mark("a comment"),
    "hidden": mark("hidden text"),
    "highlighted": mark("highlighted text"),
    "field": mark("a field of a mail merge, not filled in"),
    "prompt": mark("a place to be filled in still shows what to type"),
    "embedded": mark("a file embedded in the paper"),
    "author": mark("a name in the properties of the file"),
}
_BY: dict[UnseenSort, str] = {
    "inserted": mark("text inserted as a tracked change, by {name}"),
    "deleted": mark("text deleted as a tracked change, by {name}: it is still in the file"),
    "moved": mark("text moved as a tracked change, by {name}"),
    "formatted": mark("a change of form that is tracked, by {name}"),
    "comment": mark("a comment by {name}"),
}
_DECIDE = mark("accept or reject it in Word, or: --fix --changes accept or reject")
_HINTS: dict[UnseenSort, str] = {
    "inserted": _DECIDE, "deleted": _DECIDE, "moved": _DECIDE, "formatted": _DECIDE,
    "comment": mark("answer it, then take it out: --fix"),
    "hidden": mark("take it out or let it be seen: --fix --hidden drop or show"),
    "highlighted": mark("take the colour away: --fix"),
    "field": mark("type the words in its place"),
    "prompt": mark("type what belongs there, or delete it"),
    "embedded": mark("delete it, and enclose it as a paper of its own"),
    "author": mark("the numbered file names the office in its place; --fix does it now"),
}  # fmt: skip
_SEVERITY: dict[UnseenSort, Severity] = {"highlighted": "stops", "embedded": "stops", "author": "told"}
CHANGES: frozenset[str] = frozenset({"inserted", "deleted", "moved", "formatted"})
_UNFIXABLE = frozenset({"field", "prompt", "embedded"})


class Leftover(NamedTuple):
    """One kind of place that was to be filled in: what it looks like, what it is, and how heavy it weighs."""

    pattern: str
    message: str
    severity: Severity


_TO_FILL = "ระบุ|ใส่|กรอก|เติม|โปรดระบุ|โปรดใส่|โปรดกรอก"
_NAMED = (
    f"{_TO_FILL}|ชื่อ|นามสกุล|วันที่|วัน เดือน ปี|เดือน|เลขที่|ที่อยู่|ตำแหน่ง|หน่วยงาน|ส่วนราชการ|เรื่อง|จำนวน|เบอร์|โทร|"
    "สถานที่|เวลา|ข้อความ|ผู้รับ|ผู้ลงนาม|ลงนาม|ลายมือชื่อ|หมายเลข|ปี พ|โรงเรียน|จังหวัด|[Nn]ame|[Dd]ate|[Ii]nsert|TBD|TODO"
)
_LETTERS = mark("letters that stand for words to come")
_OPEN = mark("a place of a template that was not filled in")
# Masked numbers (x-xxxx-xxxxx-xx-x, 08x-xxx-xxxx) are meant, as is the dotted line of a reply form to sign on.
_LEFTOVERS = (
    Leftover(r"\{\{.{0,60}?\}\}|\{[%#].{0,60}?[%#]\}|\{\{|\}\}|\{%|%\}", _OPEN, "never"),
    Leftover(r"«[^»\n]{0,60}»|<<[^<>\n]{1,60}>>|‹‹[^›\n]{1,60}››", _OPEN, "never"),
    Leftover(rf"\[\s?(?:{_NAMED})[^\[\]\n]{{0,60}}\]|\[\s?(?:…|\.{{2,}})\s?\]", _OPEN, "never"),
    Leftover(r"(?<![{])\{[^{}%#\n]{1,60}\}(?!\})", _OPEN, "stops"),
    Leftover(rf"(?<!อื่น ๆ )(?<!อื่นๆ )(?<!อื่น )\((?:{_TO_FILL})[^()\n]{{0,60}}\)", _OPEN, "stops"),
    Leftover(r"(?<![A-Za-z0-9๐-๙xX-])[Xx]{4,}(?![A-Za-z0-9๐-๙-])", _LETTERS, "never"),
    Leftover(r"(?<![A-Za-z0-9๐-๙-])[Xx]{2,3}(?![A-Za-z0-9๐-๙-])", _LETTERS, "stops"),
    Leftover(r"(?:\.\s?){5,}|…(?:\s?…)+|…\.{2,}|_{4,}", mark("a dotted line that was not filled in"), "stops"),
)  # fmt: skip
_SIGNED_ON = re.compile(r"\s*\(?\s*(?:\(?ลงชื่อ|ลายมือชื่อ|[.…_\s()]*$)")
_DOTS = _LEFTOVERS[-1]


def unseen_findings(found: Inventory, office: Iterable[str]) -> tuple[Finding, ...]:
    """The findings of what a Word file holds beside its text, and of places left open in it, by place.

    ``office`` are the names an office bears: in the properties they are no person's.
    """
    known = {name.strip() for name in office}
    seen = [_finding(one) for one in found.unseen if not (one.sort == "author" and one.text.strip() in known)]
    open_ = [*_leftovers(enumerate(found.paragraphs, 1), ""),
             *_leftovers(((0, text.replace("{PAGE}", "")) for text in found.margins), _("above or below the page")),
             *_leftovers(((0, text) for text in found.notes), _("in a note"))]  # fmt: skip
    return tuple(sorted((*seen, *open_), key=lambda finding: finding.place))


def _finding(one: Unseen) -> Finding:
    name = _BY.get(one.sort, "")
    message = _(name).format(name=one.who) if one.who and name else _(_NAMELESS[one.sort])
    words = one.text if len(one.text) <= _LONGEST else excerpt(one.text, 0, 0, _LONGEST)
    around = one.around.replace(one.text, "", 1).strip() if one.sort in ("comment", "formatted", "deleted") else ""
    if around:
        words = _("{words} (in: {around})").format(words=words, around=excerpt(around, 0, 0, _LONGEST // 2)).strip()
    where = _(_PLACES[one.story]) if one.story in _PLACES else ""
    return Finding(
        one.sort, one.place, words, message, _(_HINTS[one.sort]), one.sort not in _UNFIXABLE,
        _SEVERITY.get(one.sort, "never"), where,
    )  # fmt: skip


def _leftovers(texts: Iterable[tuple[int, str]], where: str) -> Iterator[Finding]:
    for place, text in texts:
        for kind in _LEFTOVERS:
            spans = [found.span() for found in re.finditer(kind.pattern, text)]
            if not spans or (kind is _DOTS and _SIGNED_ON.match(text)):
                continue
            hint = _("type what belongs there, or delete it")
            yield Finding(
                "placeholder", place, excerpt(text, *spans[0]), _(kind.message), hint, fixable=False,
                severity=kind.severity, where=where,
            )  # fmt: skip


def place_of(finding: Finding) -> str:
    """Where a finding stands: its paragraph, and in what; the whole paper where it has none."""
    place = _("paragraph {n}").format(n=finding.place) if finding.place else ""
    return ", ".join(filter(None, (place, finding.where))) or _("whole paper")


def fix_command(file: str, codes: Collection[str]) -> CommandLine:
    """The command that mends the findings of these codes in a file."""
    command = CommandLine("paper check {} --fix", file) if file else CommandLine("paper check FILE --fix")
    if CHANGES.intersection(codes):
        command = command.plus("--changes accept")
    return command.plus("--hidden show") if "hidden" in codes else command


def heaviest(findings: Sequence[Finding], severity: Severity) -> list[Finding]:
    """The findings of that severity."""
    return [finding for finding in findings if finding.severity == severity]
