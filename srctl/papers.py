"""Papers: from a case and a template to a Word file, or a refusal saying what is missing. Floor 3.

A paper is ``templates/papers/<name>.j2``: what it is in YAML between ``---`` lines, then its
wording; the form it is written on is ``templates/layouts/<form>.yaml`` (both explained in
docs/papers.md). Nothing is written here and nothing asks the clock: the same case, templates, day
and commit give the same bytes.
"""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, NoReturn, TypeVar

from srctl import textfile, wordfile
from srctl.errors import BadFile, NotFound, Problem, Refused
from srctl.i18n import _, language
from srctl.kinds import Kind
from srctl.model import Case
from srctl.paperdata import values_of
from srctl.people import Directory, Office, Signer
from srctl.shape import Fault, Text, build
from srctl.wordfile import Layout
from srctl.workflow import is_met, label, supply
from srctl.yamlfile import Source, read_text

T = TypeVar("T")
MAX_BYTES = 1_000_000
MAX_EMBLEM_BYTES = 5_000_000
FORMAT = 1
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}", re.ASCII)
_FENCE = "---"


class Form(NamedTuple):
    """What stands between the ``---`` lines of a paper: form, signer, needs, head, closing.

    ``private`` papers may name the complainant: they are for the Minister alone.
    """

    format: int
    form: str
    label: Text
    signer: str
    head: Mapping[str, str]
    for_: str
    needs: tuple[str, ...] = ()
    private: bool = False


class Template(NamedTuple):
    """A paper's template as read: ``line`` is the one its body begins on."""

    path: Path
    source: Source
    form: Form
    body: str
    line: int
    sha256: str


class Draft(NamedTuple):
    """A finished paper: its name, its title in the language in use, and the Word file."""

    paper: str
    title: str
    docx: bytes


def draft(
    case: Case,
    kind: Kind,
    office: Office,
    directory: Directory,
    templates: Path,
    paper: str,
    today: date,
    commit: str,
) -> Draft:
    """Return ``paper`` drafted for ``case``; ``commit`` is the one the case was read from.

    Raises:
        NotFound: there is no such paper.
        Refused: a value the paper needs is missing; the hint is the command that supplies it.
        BadFile: the template, its layout or the emblem cannot be used.
    """
    template = read_template(templates, paper)
    _require(case, kind, template.form)
    signer = _signer(template, office)
    values = values_of(case, kind, office, directory, signer, today, private=template.form.private)
    words = _fill_all(template, values, case, kind)
    layout_file, layout = read_layout(templates, template)
    emblem_file, emblem = _read_emblem(templates.parent, office.emblem)
    made = (case.id, paper, commit, template.sha256, _digest(layout_file.text))
    sheet = wordfile.Sheet(
        words=words,
        title=template.form.label.th,
        office=office.names.th,
        signer=signer.name,
        positions=signer.positions,
        today=today,
        provenance=wordfile.Provenance(*made),
        urgency=case.urgency,
        secrecy=case.secrecy,
        font=office.fonts.thai,
        emblem=emblem,
    )
    docx = _compose(sheet, layout, layout_file, emblem_file)
    return Draft(paper, template.form.label.in_(language()), docx)


def names(templates: Path) -> tuple[str, ...]:
    """Return the names of the papers that have a template, sorted."""
    folder = templates / "papers"
    return tuple(sorted(path.stem for path in folder.glob("*.j2") if _NAME.fullmatch(path.stem)))


def title(templates: Path, paper: str) -> str:
    """Return what ``paper`` is called, in the language in use.

    Raises:
        NotFound: there is no such paper.
        BadFile: its template cannot be read.
    """
    return read_template(templates, paper).form.label.in_(language())


def check(templates: Path, office: Office) -> tuple[Problem, ...]:
    """Return the faults of every paper and its layout: form, wording, signer, measures."""
    problems: list[Problem] = []
    for paper in names(templates):
        try:
            template = read_template(templates, paper)
            _signer(template, office)
            _check_wording(template)
            layout_file, layout = read_layout(templates, template)
            _compose(_blank_sheet(template), layout, layout_file, templates)
        except BadFile as fault:
            problems.extend(fault.problems)
    return tuple(dict.fromkeys(problems))


# -- reading -------------------------------------------------------------------------------------


def read_template(templates: Path, paper: str) -> Template:
    """Return the template of ``paper``.

    Raises:
        NotFound: there is none of that name.
        BadFile: it cannot be read as one.
    """
    path = templates / "papers" / f"{paper}.j2"
    if not _NAME.fullmatch(paper) or not path.is_file():
        known = ", ".join(names(templates))
        raise NotFound(
            _("there is no paper {paper}").format(paper=paper),
            _("papers here: {names}").format(names=known),
        )
    text = _read(path)
    lines = text.split("\n")
    if lines[0] != _FENCE or _FENCE not in lines[1:]:
        _refuse(path, 1, "front-matter", _("a paper begins with its form between two lines of ---"))
    end = lines.index(_FENCE, 1)
    # An empty first line in place of --- keeps the line numbers those of the file.
    source = read_text("\n".join(["", *lines[1:end]]).encode(), path)
    form = _built(Form, source)
    if form.format != FORMAT:
        _refuse(path, source.line(("format",)), "format", _("this paper is of another format"), _("update srctl"))
    return Template(path, source, form, "\n".join(lines[end + 1 :]), end + 2, _digest(text))


def read_layout(templates: Path, template: Template) -> tuple[Source, Layout]:
    """Return the layout a paper is written on, with the file it came from.

    Raises:
        BadFile: there is none, or it cannot be read as one.
    """
    form = template.form.form
    path = templates / "layouts" / f"{form}.yaml"
    if not _NAME.fullmatch(form) or not path.is_file():
        message = _("there is no layout {form}").format(form=form)
        _refuse(template.path, template.source.line(("form",)), "layout", message)
    source = read_text(_read(path).encode(), path)
    layout = _built(Layout, source)
    if layout.format != FORMAT:
        _refuse(path, source.line(("format",)), "format", _("this layout is of another format"), _("update srctl"))
    return source, layout


def _read(path: Path) -> str:
    if path.is_symlink() or path.stat().st_size > MAX_BYTES:
        _refuse(path, 0, "unreadable", _("this is not an ordinary file of at most 1 MB"))
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        _refuse(path, line, "utf-8", _("this is not UTF-8 text"), _("save it as UTF-8"))


def _built(shape: type[T], source: Source) -> T:
    if source.data is None:
        raise BadFile(source.problems)
    value, faults = build(shape, source.data)
    if value is None:
        raise BadFile([_located(source, fault) for fault in faults])
    return value


def _located(source: Source, fault: Fault) -> Problem:
    return Problem(source.path, source.line(fault.where), fault.code, fault.message, fault.hint)


def _read_emblem(office_folder: Path, name: str) -> tuple[Path, bytes]:
    """Return the emblem the office supplies; without one its place stays blank."""
    path = office_folder / name
    if not name or not path.is_file():
        return path, b""
    inside = path.resolve().is_relative_to(office_folder.resolve())
    if not inside or path.stat().st_size > MAX_EMBLEM_BYTES:
        message = _("the emblem is a picture of at most 5 MB inside the office folder")
        _refuse(path, 0, "emblem", message)
    return path, path.read_bytes()


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


# -- filling -------------------------------------------------------------------------------------


def _require(case: Case, kind: Kind, form: Form) -> None:
    missing = [need for need in form.needs if not is_met(case, need)]
    if missing:
        _refuse_missing(form, missing, case, kind)


def _refuse_missing(form: Form, needs: list[str], case: Case, kind: Kind) -> NoReturn:
    words = ", ".join(label(need, kind, language()) for need in needs)
    message = _("{paper}: missing {words}").format(paper=form.label.in_(language()), words=words)
    raise Refused(message, "\n".join(dict.fromkeys(supply(need, case.id) for need in needs)))


def _signer(template: Template, office: Office) -> Signer:
    signer = office.signer(template.form.signer)
    if signer is None:
        message = _("nobody signs as {signer}").format(signer=template.form.signer)
        hint = _("signers in office.yaml: {names}").format(names=", ".join(s.id for s in office.signers))
        _refuse(template.path, template.source.line(("signer",)), "signer", message, hint)
    return signer


def _fill_all(template: Template, values: Mapping[str, object], case: Case, kind: Kind) -> wordfile.Words:
    """Return everything the template says, filled with ``values``."""
    form, source = template.form, template.source

    def fill(text: str, line: int) -> str:
        return _fill(template, text, line, values, case, kind)

    head = {key: fill(text, source.line(("head", key))) for key, text in form.head.items()}
    body = textfile.marked_lines(fill(template.body, template.line))
    closing = fill(form.for_, source.line(("for",)))
    return wordfile.Words(
        {key: textfile.one_line(text) for key, text in head.items()},
        tuple(wordfile.Block(*line) for line in body),
        textfile.one_line(closing),
    )


def _fill(template: Template, text: str, line: int, values: Mapping[str, object], case: Case, kind: Kind) -> str:
    """Return ``text`` filled; what is missing or wrong is told in the words of a clerk."""
    try:
        return textfile.render(text, values, template.path.parent)
    except textfile.AbsentError as fault:
        need = _need_of(fault.path)
        if need:
            _refuse_missing(template.form, [need], case, kind)
        message = _("{paper}: {path} is empty").format(paper=template.form.label.in_(language()), path=fault.path)
        raise Refused(message, _("fill it in office.yaml")) from None
    except textfile.TooLongError:
        message = _("{paper}: the text is longer than any paper").format(paper=template.form.label.in_(language()))
        raise Refused(message, _("shorten the case's texts, or attach them")) from None
    except textfile.WordingError as fault:
        _refuse_template(template, fault, line)


def _need_of(path: str) -> str:
    """Return the need that would fill the value a template missed ("" when no command does)."""
    first, _dot, rest = path.partition(".")
    if first == "case" and rest:
        return rest
    return {"owner": "owner", "sender": "received.from"}.get(first, "")


def _check_wording(template: Template) -> None:
    form = template.form
    texts = [(text, template.source.line(("head", key))) for key, text in form.head.items()]
    texts += [(form.for_, template.source.line(("for",))), (template.body, template.line)]
    for text, line in texts:
        try:
            textfile.check(text, template.path.parent)
        except textfile.WordingError as fault:
            _refuse_template(template, fault, line)


def _refuse_template(template: Template, fault: textfile.WordingError, line: int) -> NoReturn:
    message = _("the wording cannot be filled: {reason}").format(reason=fault.message)
    at = line + max(fault.line - 1, 0)
    _refuse(template.path, at, "template", message, _("docs/papers.md says what may stand there"))


def _refuse(path: Path, line: int, code: str, message: str, hint: str = "") -> NoReturn:
    raise BadFile([Problem(path, line, code, message, hint)])


def _compose(sheet: wordfile.Sheet, layout: Layout, layout_file: Source, emblem: Path) -> bytes:
    try:
        return wordfile.compose(sheet, layout)
    except wordfile.MeasureError as fault:
        wrong = str(fault)
        before = layout_file.text.partition(wrong)[0]
        message = _("{given} is not a length").format(given=wrong or '""')
        hint = _("write a number with cm, mm or pt: 2.5cm")
        _refuse(layout_file.path, before.count("\n") + 1, "length", message, hint)
    except wordfile.EmblemError:
        _refuse(emblem, 0, "emblem", _("this is not a picture Word can show"), _("use a PNG"))


def _blank_sheet(template: Template) -> wordfile.Sheet:
    form = template.form
    blocks = tuple(wordfile.Block(mark, form.form) for mark in wordfile.MARKS)
    return wordfile.Sheet(
        words=wordfile.Words({}, blocks, form.for_),
        title=form.label.th,
        office="",
        signer=form.signer,
        positions=(),
        today=date(2026, 11, 20),
        provenance=wordfile.Provenance("", "", "", "", ""),
    )
