"""Validation of the office's own papers: every wording, head, layout and table. Reads only.

`srctl check` and `srctl papers check` report it; the second also fills every wording with the cases of the office.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from srctl.core.decoding import is_shape
from srctl.core.errors import BadFile, NotFound, Problem, Refused, UsageError, unknown
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents import text_template
from srctl.documents.docx import word_file
from srctl.documents.docx.content import MARKS, Block, Provenance, Sheet, Words
from srctl.documents.docx.layout import LinePart
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.people import Directory, Office, find_callee
from srctl.papers.composition import compose_paper, draft_paper, sample_asked
from srctl.papers.draft_request import Asked
from srctl.papers.signers import signer_of
from srctl.papers.standard_paragraphs import paragraph_problems
from srctl.papers.template_values import NAMES, PaperContext
from srctl.papers.wordings import (
    Template,
    check_egif_codes,
    check_misspellings,
    not_used,
    read_heads,
    read_layout,
    read_numbering,
    read_salutations,
    read_template,
    wants_addressee,
    which_used,
    wording_names,
)
from srctl.workflow.paper_state import COMPLAINANT, MINISTER
from srctl.workflow.stages import known_needs

_GIVEN = re.compile(r"\bgiven\.([a-z_]+)", re.ASCII)
Kinds = Mapping[str, Kind]


def validate_wordings(
    templates: Path, office: Office, kinds: Kinds | None = None, only: Sequence[str] | None = None
) -> tuple[Problem, ...]:
    """Return the faults of every wording (or of ``only`` these) and of the files it uses.

    The names of deadline rules are checked when ``kinds`` are given.
    """
    problems: list[Problem] = []
    for table in (read_heads, read_salutations, read_numbering, check_misspellings, check_egif_codes):
        problems += _problems_of(partial(table, templates))
    for paper in wording_names(templates) if only is None else only:
        problems += _problems_of(partial(_check_paper, templates, office, kinds, paper))
    problems += paragraph_problems(templates) if only is None else ()
    return tuple(dict.fromkeys(problems))


def _problems_of(step: Callable[[], object]) -> list[Problem]:
    """Return the problems a step raised or returned."""
    try:
        found = step()
    except BadFile as fault:
        return list(fault.problems)
    return found if isinstance(found, list) else []


def _check_paper(templates: Path, office: Office, kinds: Kinds | None, paper: str) -> list[Problem]:
    template = read_template(templates, paper)
    signer_of(template, office)
    form = template.form
    problems = [*_doubles(template), *_names(template, templates, kinds)]
    if template.word:
        return problems + _check_word(template)
    _check_wording(template)
    asked_for: set[str] = set()
    source, heads = read_heads(templates)
    for on in dict.fromkeys(f for f in (form.form, form.inside, *form.also) if f):
        layout_file, layout = read_layout(templates, template, on)
        asked_for |= _asked_by(layout)
        compose_paper(_blank_sheet(template), layout, layout_file, templates)
        for name, text in heads.forms.get(on, {}).items():
            _check_text(text, source.path, source.line(("forms", on, name)), templates / "papers")
    return problems + list(_unused(template, asked_for))


def _doubles(template: Template) -> Iterator[Problem]:
    """Yield the file of the same name that is not used."""
    if unused := not_used(template):
        hint = _("delete it, or give it another name")
        if template.source.path == unused:
            hint = _("write what it says there into {yaml}, then delete it").format(
                yaml=template.path.with_suffix(".yaml").name
            )
        yield Problem(unused, 0, "two-forms", which_used(template, unused), hint)


def _names(template: Template, templates: Path, kinds: Kinds | None) -> Iterator[Problem]:
    """Yield what the front matter names that does not exist: a series, a need, a rule."""
    form, at = template.form, partial(_at, template)
    series = read_numbering(templates).series
    for key, name in (("instead", form.instead), ("otherwise", form.otherwise)):
        if name and name not in (known := wording_names(templates)):
            yield at((key,), "wording", *unknown(_("paper"), name, known, ", ".join(known)))
    if form.series and form.series not in series:
        message = _("there is no series {name}").format(name=form.series)
        yield at(("series",), "series", message, ", ".join(series))
    for i, need in enumerate(form.needs):
        if need not in known_needs() and not need.startswith("fields."):
            message = _("there is no need called {name}").format(name=need)
            yield at(("needs", i), "need", message, ", ".join(sorted(known_needs())))
    if kinds is None:
        return
    rules = {rule.name for kind in kinds.values() for rule in kind.deadlines}
    for i, rule in enumerate(form.starts.meets):
        if rule not in rules:
            message = _("no kind has a deadline called {name}").format(name=rule)
            yield at(("starts", "meets", i), "rule", message, ", ".join(sorted(rules)))


def _unused(template: Template, asked_for: set[str]) -> Iterator[Problem]:
    """Yield front matter that nothing uses: head values no form asks for, values the text never names."""
    form, at = template.form, partial(_at, template)
    for name in form.head:
        if name not in asked_for:
            message = _("no form of this paper has a place for {name}").format(name=name)
            yield at(("head", name), "unused", message, ", ".join(sorted(asked_for)))
    texts = "\n".join((template.body, form.for_, *form.head.values()))
    shared = (path for path in sorted(template.path.parent.glob("_*.j2")) if path.is_file())
    beside = "\n".join(path.read_text(encoding="utf-8") for path in shared)
    used = set(_GIVEN.findall(texts))
    for name in form.values:
        if name not in used | set(_GIVEN.findall(beside)):
            yield at(("values", name), "unused", _("the text never uses given.{name}").format(name=name))
    for name in sorted(used - set(form.values)):
        body = template.body.split("\n")
        line = next((template.line + n for n, text in enumerate(body) if f"given.{name}" in text), 1)
        message = _("given.{name} is used, but values: does not declare it").format(name=name)
        yield Problem(template.path, line, "undeclared", message, _("declare it under values"))


def _at(template: Template, where: tuple[str | int, ...], code: str, message: str, hint: str = "") -> Problem:
    return Problem(template.source.path, template.source.line(where), code, message, hint)


def _asked_by(value: object) -> set[str]:
    """Return the names of the head values that the lines of a layout print."""
    if isinstance(value, LinePart):
        return {value.value} - {""}
    if is_shape(type(value)) or isinstance(value, tuple):
        return set().union(*map(_asked_by, value), set())  # type: ignore[call-overload]
    return set()


def _check_wording(template: Template) -> None:
    form, source = template.form, template.source
    for name, text in form.head.items():
        _check_text(text, template.path, source.line(("head", name)), template.path.parent)
    _check_text(form.for_, template.path, source.line(("for",)), template.path.parent)
    _check_text(template.body, template.path, template.line, template.path.parent)


def _check_text(text: str, path: Path, line: int, folder: Path) -> None:
    try:
        text_template.validate_template(text, folder)
    except text_template.WordingError as fault:
        message = _("the wording cannot be filled: {reason}").format(reason=fault.message)
        hint = _("docs/papers.md says what may stand there")
        raise BadFile([Problem(path, line + max(fault.line - 1, 0), "template", message, hint)]) from None


def _check_word(template: Template) -> list[Problem]:
    from srctl.documents.docx_form.opening import NotWordFormError
    from srctl.documents.docx_form.tags import validate_form

    try:
        faults = validate_form(template.word, template.path.parent, NAMES)
    except NotWordFormError as fault:
        return [Problem(template.path, 0, "word-form", str(fault), _("save it in Word as a plain .docx"))]
    return [Problem(template.path, 0, "template", f"{f.place}: {f.message}") for f in faults]


def _blank_sheet(template: Template) -> Sheet:
    form = template.form
    blocks = tuple(Block(mark, form.form, cells=("",)) for mark in MARKS)
    return Sheet(
        words=Words({}, blocks, form.for_),
        title=form.label.th,
        office="",
        signer=form.signer,
        positions=(),
        today=date(2026, 11, 20),
        provenance=Provenance("", "", "", "", ""),
    )


# -- filled with the cases of the office -----------------------------------------------------------------


class Tried(NamedTuple):
    """One wording filled with the cases of the office: papers drafted, reasons of refusals, faults found."""

    paper: str
    drafted: int
    refused: tuple[str, ...]
    problems: tuple[Problem, ...]


def try_all(
    templates: Path, context: PaperContext, cases: Sequence[Case], kinds: Kinds, only: Sequence[str] | None = None
) -> Iterator[Tried]:
    """Yield every wording tried with every case, with the samples it declares, to each addressee it may have."""
    for paper in wording_names(templates) if only is None else only:
        try:
            template = read_template(templates, paper)
        except BadFile as fault:
            yield Tried(paper, 0, (), fault.problems)
            continue
        drafted = 0
        refused: list[str] = []
        problems: list[Problem] = []
        for case in cases:
            if case.kind not in kinds:
                continue
            for asked in _to_whom(templates, template, context.directory):
                try:
                    _drafted(templates, context._replace(case=case, kind=kinds[case.kind]), template, asked)
                    drafted += 1
                except BadFile as fault:
                    problems += fault.problems
                except (Refused, NotFound, UsageError) as fault:
                    refused.append(fault.message)
        yield Tried(paper, drafted, tuple(dict.fromkeys(refused)), tuple(dict.fromkeys(problems)))


def sample_lines(templates: Path, context: PaperContext, template: Template) -> tuple[str, ...]:
    """Return the text of the paper filled with the case and the wording's samples; nothing when it cannot be."""
    for asked in _to_whom(templates, template, context.directory):
        try:
            return word_file.paragraphs(_drafted(templates, context, template, asked))
        except (Refused, NotFound, UsageError):
            continue
    return ()


def _drafted(templates: Path, context: PaperContext, template: Template, asked: Asked) -> bytes:
    case, kind, office, directory, today = context[:5]
    return draft_paper(case, kind, office, directory, templates, template.name, today, "", asked).docx


def _to_whom(templates: Path, template: Template, directory: Directory) -> list[Asked]:
    """The requests to try: the wording's samples, to its usual addressee or one inside and one outside the ministry."""
    asked = sample_asked(template)
    to = template.form.to
    if to or not wants_addressee(templates, template):
        known = to in (COMPLAINANT, MINISTER, "") or find_callee(directory, to)
        return [asked] if known else []
    places = {o.inside: key for key, o in directory.items() if o.head}
    return [asked._replace(to=key) for key in places.values()]
