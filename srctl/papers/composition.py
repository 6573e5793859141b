"""Composing papers: from case and wording to a Word file, or a refusal naming what is missing.

Wordings, heads and layouts are the office's files (``wordings``); this module fills and composes them. Nothing is
written here and no clock is read: the same case, templates, day and commit give the same bytes.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn

from srctl.core.dates import be_year
from srctl.core.errors import CommandLine, Refused, UsageError
from srctl.core.i18n import _, language
from srctl.core.records import NamedTuple
from srctl.documents import text_template
from srctl.documents.docx import word_file
from srctl.documents.docx.content import Block, EmblemError, Provenance, Sheet, Words
from srctl.documents.docx.layout import Layout, MeasureError
from srctl.documents.template_filters import month_year
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.number_series import number_text, series_of
from srctl.model.people import Directory, Office
from srctl.model.redaction import redactor
from srctl.model.voices import voice_of
from srctl.papers.addressees import Addressee, addressee
from srctl.papers.draft_request import Asked, attached, paper_marks
from srctl.papers.enclosures import printed_lines, refuse_unprinted
from srctl.papers.given_values import given_values
from srctl.papers.intended_readers import refuse_unintended, refuse_unlike
from srctl.papers.paired_items import refuse_unpaired
from srctl.papers.signers import who_signs
from srctl.papers.template_values import PaperContext, values_of
from srctl.papers.wordings import (
    Template,
    Wording,
    read_heads,
    read_layout,
    read_numbering,
    read_salutations,
    read_template,
    refuse,
    sha256_of,
)
from srctl.store.yaml.source import Source
from srctl.workflow.draft_commands import option_of
from srctl.workflow.paper_state import COMPLAINANT
from srctl.workflow.stages import is_met, label, supply

MAX_EMBLEM_BYTES = 5_000_000


class Draft(NamedTuple):
    """A finished paper: its id, its title in the language in use, the Word file, its form, who signs, for whom."""

    paper: str
    title: str
    docx: bytes
    form: str = ""
    wording: str = ""
    signer: str = ""
    acting: str = ""


def draft_paper(
    case: Case,
    kind: Kind,
    office: Office,
    directory: Directory,
    templates: Path,
    paper: str,
    today: date,
    commit: str,
    asked: Asked = Asked(),  # noqa: B008 - a frozen value
    before: tuple[Case, ...] = (),
) -> Draft:
    """Return the wording ``paper`` drafted for ``case``, read from ``commit``; ``before`` are its earlier matters.

    Raises:
        NotFound: there is no such wording, or nobody is called as the addressee is.
        Refused: a value the paper needs is missing; the hint is the command that supplies it.
        BadFile: the wording, its layout or the emblem cannot be used.
    """
    template = read_template(templates, paper)
    form = template.form
    _require(case, kind, form)
    _require_given(template, asked, case)
    whom = _whom(case, kind, office, directory, templates, template, asked)
    on = form_of(template, whom, asked.form)
    signer, acting = who_signs(template, office, asked.signer, asked.acting, today)
    urgency, secrecy = paper_marks(case, asked, urgent=form.urgency)
    about = _about(template, asked, on, urgency, secrecy, voice_of(office, signer).letter_prefix, templates, today)
    private = form.private or asked.named or asked.to == COMPLAINANT
    context = PaperContext(case, kind, office, directory, today, asked.chases, before)
    values = values_of(context, signer, whom, given_values(template, asked, context), about, private=private)
    made = Provenance(case.id, asked.id or paper, commit, template.sha256, "", paper)
    if template.word:
        docx = _fill_word(template, values, case, kind, made, today, asked)
    else:
        words = _fill_all(template, _heads(templates, on), values, case, kind)
        raw = Sheet(words, _title(words, case, kind, form), office.names.th, signer.name, signer.positions, today, made)
        sheet = raw._replace(urgency=urgency, secrecy=secrecy, font=office.fonts.thai, catchword=asked.catchword)
        docx = _on_form(sheet, template, on, templates, office.emblem, asked)
    return Draft(asked.id or paper, form.label.in_(language()), docx, on, paper, signer.id, acting)


def _title(words: Words, case: Case, kind: Kind, form: Wording) -> str:
    """The title the file bears: its subject, without who complains, since properties are read apart from the page."""
    return redactor(case, kind)(words.head.get("subject", "")) or form.label.th


def _on_form(sheet: Sheet, template: Template, on: str, templates: Path, emblem: str, asked: Asked) -> bytes:
    layout_file, layout = read_layout(templates, template, on)
    refuse_unprinted(asked, printed_lines(sheet.words, layout), template.form.label.in_(language()))
    emblem_file, picture = read_emblem(templates.parent, emblem)
    made = sheet.provenance._replace(layout=sha256_of(layout_file.text.encode()))
    return compose_paper(sheet._replace(provenance=made, emblem=picture), layout, layout_file, emblem_file)


def paper_title(templates: Path, paper: str) -> str:
    """The title of ``paper``, in the language in use.

    Raises:
        NotFound: there is no such paper.
        BadFile: its template cannot be read.
    """
    return read_template(templates, paper).form.label.in_(language())


def form_of(template: Template, whom: Addressee | None, wanted: str = "") -> str:
    """Return the layout the paper is written on: the one asked for, the internal one inside the ministry, its own.

    Raises:
        UsageError: the wording is not for the form asked for.
    """
    form = template.form
    known = [f for f in (form.form, form.inside, *form.also) if f]
    if wanted and wanted not in known:
        message = _("{paper} is not written on {form}").format(paper=template.name, form=wanted)
        raise UsageError(message, ", ".join(known))
    return wanted or (form.inside if whom and whom.inside and form.inside else form.form)


def sample_asked(template: Template) -> Asked:
    """The request of a wording that is only shown or checked: the samples it declares."""
    given = {name: value.sample for name, value in template.form.values.items() if value.sample}
    return Asked(to=template.form.to, given=given)


# -- what is asked for ---------------------------------------------------------------------------------


def _require(case: Case, kind: Kind, form: Wording) -> None:
    missing = [need for need in form.needs if not is_met(case, need)]
    if missing:
        _refuse_missing(form, missing, case, kind)


def _refuse_missing(form: Wording, needs: list[str], case: Case, kind: Kind) -> NoReturn:
    words = ", ".join(label(need, kind, language()) for need in needs)
    message = _("{paper}: missing {words}").format(paper=form.label.in_(language()), words=words)
    raise Refused(message, "\n".join(dict.fromkeys(supply(need, case.id) for need in needs)))


def missing_values(template: Template, asked: Asked) -> list[str]:
    """Return the values the wording declares and nobody gave, optional ones left out."""
    return [n for n, value in template.form.values.items() if not value.optional and not asked.given.get(n)]


def _require_given(template: Template, asked: Asked, case: Case) -> None:
    values = template.form.values
    for name in asked.given:
        if name not in values:
            message = _("{paper} has no value {name}").format(paper=template.name, name=name)
            raise UsageError(message, ", ".join(values) or CommandLine("papers show {}", template.name))
    missing = missing_values(template, asked)
    if missing:
        words = ", ".join(values[name].label.in_(language()) for name in missing)
        message = _("{paper}: missing {words}").format(paper=template.form.label.in_(language()), words=words)
        command = CommandLine("letter {} {}", case.id, template.name)
        if asked.to and asked.to != template.form.to:
            command = command.plus("--to {}", asked.to)
        for name in missing:
            command = command.plus(*option_of(name, placeholder(values[name].type)))
        raise Refused(message, command)
    refuse_unpaired(template, asked, case)


def placeholder(type_: str) -> str:
    """The placeholder in a command for a value of that type still to be typed."""
    return "DATE" if type_ in ("date", "days") else '"…"'


def _whom(
    case: Case, kind: Kind, office: Office, directory: Directory, templates: Path, template: Template, asked: Asked
) -> Addressee | None:
    reference = asked.to or template.form.to
    refuse_unlike(template, case, kind, reference)
    if not reference:
        return None
    whom = addressee(reference, case, office, directory, read_salutations(templates))
    refuse_unintended(template, case, directory, whom)
    return whom


def _about(
    template: Template, asked: Asked, on: str, urgency: str, secrecy: str, prefix: str, templates: Path, today: date
) -> dict[str, object]:
    """The values about the paper itself that a wording may name: its open number and date, marks, attachments."""
    numbering = read_numbering(templates)
    series = numbering.series.get(series_of(numbering, template.form.series, secrecy))
    number = number_text(series, prefix, None, be_year(today)) if series else ""
    paper = {
        "id": asked.id or template.name,
        "form": on,
        "number": number,
        "date": month_year(today),
        "urgency": urgency if urgency != "none" else "",
        "secrecy": secrecy if secrecy != "none" else "",
    }
    return {
        "paper": paper,
        "attachments": attached(asked.attachments or template.form.attachments),
        "copies": list(asked.copies or template.form.copies),
    }


# -- filling -------------------------------------------------------------------------------------------


class _Text(NamedTuple):
    """A piece of wording with the file and line it stands on, to report where it is wrong."""

    text: str
    path: Path
    line: int


def _heads(templates: Path, form: str) -> dict[str, _Text]:
    source, heads = read_heads(templates)
    return {
        name: _Text(text, source.path, source.line(("forms", form, name)))
        for name, text in heads.forms.get(form, {}).items()
    }


def _fill_all(
    template: Template, heads: dict[str, _Text], values: Mapping[str, object], case: Case, kind: Kind
) -> Words:
    """Return the rendered wording: the head of its form, its own head values, body and closing."""
    form, source = template.form, template.source
    own = {name: _Text(text, template.path, source.line(("head", name))) for name, text in form.head.items()}

    def fill(piece: _Text) -> str:
        return _fill(template, piece, values, case, kind)

    body = text_template.marked_lines(fill(_Text(template.body, template.path, template.line)))
    closing = fill(_Text(form.for_, template.path, source.line(("for",))))
    copies = [{"text": text} for text in values["copies"]]  # type: ignore[attr-defined]
    return Words(
        {name: text_template.head_line(fill(piece)) for name, piece in {**heads, **own}.items()},
        tuple(Block(*line) for line in body),
        text_template.head_line(closing),
        {"attachments": tuple(values["attachments"]), "copies": tuple(copies)},  # type: ignore[arg-type]
    )


def _fill(template: Template, piece: _Text, values: Mapping[str, object], case: Case, kind: Kind) -> str:
    """Return the text filled; what is missing or wrong is reported in the words of a clerk."""
    try:
        return text_template.render(piece.text, values, template.path.parent)
    except text_template.AbsentError as fault:
        _refuse_absent(template, fault.path, case, kind)
    except text_template.TooLongError:
        message = _("{paper}: the text is longer than any paper").format(paper=template.form.label.in_(language()))
        raise Refused(message, _("shorten the case's texts, or attach them")) from None
    except text_template.WordingError as fault:
        return _refuse_template(piece, fault)


def _refuse_absent(template: Template, path: str, case: Case, kind: Kind) -> NoReturn:
    need = _need_of(path)
    if need:
        _refuse_missing(template.form, [need], case, kind)
    words = template.form.label.in_(language())
    first, _dot, rest = path.partition(".")
    if first == "given" and rest in template.form.values:
        value = template.form.values[rest]
        message = _("{paper}: missing {words}").format(paper=words, words=value.label.in_(language()))
        command = CommandLine("letter {} {}", case.id, template.name)
        raise Refused(message, command.plus(*option_of(rest, placeholder(value.type))))
    message = _("{paper}: {path} is empty").format(paper=words, path=path)
    unknown = {
        "to": _("whom it is to"),
        "earlier_paper": _("an earlier letter sent to this addressee"),
        "answer": _("a reply"),
        "decision": _("a decision"),
    }
    if first in unknown:
        message = _("{paper}: missing {words}").format(paper=words, words=unknown[first])
    show = CommandLine("show {}", case.id)
    hints = {
        "to": CommandLine("letter {} {} --to ORG/PERSON", case.id, template.name),
        "earlier_paper": _("no paper was sent to this addressee yet: {command}").format(command=show),
        "answer": CommandLine("receive {}", case.id),
        "decision": CommandLine('decide {} --by "…" --what "…"', case.id),
    }
    raise Refused(message, hints.get(first, _("fill it in office.yaml"))) from None


def _need_of(path: str) -> str:
    """Return the need that fills the value at ``path`` of a wording, "" when the case cannot."""
    first, _dot, rest = path.partition(".")
    if first == "case" and rest:
        return rest
    return {"owner": "owner", "sender": "received.from"}.get(first, "")


def _refuse_template(piece: _Text, fault: text_template.WordingError) -> NoReturn:
    message = _("the wording cannot be filled: {reason}").format(reason=fault.message)
    at = piece.line + max(fault.line - 1, 0)
    refuse(piece.path, at, "template", message, _("docs/papers.md says what may stand there"))


def _fill_word(
    template: Template,
    values: Mapping[str, object],
    case: Case,
    kind: Kind,
    made: Provenance,
    today: date,
    asked: Asked,
) -> bytes:
    """Return the office's own Word form filled."""
    from srctl.documents.docx_form.filling import fill_form
    from srctl.documents.docx_form.opening import NotWordFormError

    try:
        docx = fill_form(template.word, values, template.path.parent, made, today)
    except text_template.AbsentError as fault:
        _refuse_absent(template, fault.path, case, kind)
    except text_template.WordingError as fault:
        _refuse_template(_Text("", template.path, 0), fault)
    except NotWordFormError as fault:
        refuse(template.path, 0, "word-form", str(fault), _("save it in Word as a plain .docx"))
    refuse_unprinted(asked, word_file.paragraphs(docx), template.form.label.in_(language()))
    return docx


# -- composing -----------------------------------------------------------------------------------------


def read_emblem(office_folder: Path, name: str) -> tuple[Path, bytes]:
    """Return the emblem the office supplies; without one its place stays blank."""
    path = office_folder / name
    if not name or not path.is_file():
        return path, b""
    inside = path.resolve().is_relative_to(office_folder.resolve())
    if not inside or path.stat().st_size > MAX_EMBLEM_BYTES:
        message = _("the emblem is a picture of at most 5 MB inside the office folder")
        refuse(path, 0, "emblem", message)
    return path, path.read_bytes()


def compose_paper(sheet: Sheet, layout: Layout, layout_file: Source, emblem: Path) -> bytes:
    """Return the Word file of a sheet; BadFile names the measure or the emblem that cannot be used."""
    try:
        return word_file.compose_docx(sheet, layout)
    except MeasureError as fault:
        wrong = str(fault)
        before = layout_file.text.partition(wrong)[0]
        message = _("{given} is not a length").format(given=wrong or '""')
        hint = _("write a number with cm, mm or pt: 2.5cm")
        refuse(layout_file.path, before.count("\n") + 1, "length", message, hint)
    except EmblemError:
        refuse(emblem, 0, "emblem", _("this is not a picture Word can show"), _("use a PNG"))
