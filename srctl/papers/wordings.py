"""Wordings: the office's own texts of papers, as files. Reads only.

A wording is ``templates/papers/<name>.j2``: front matter in YAML between ``---`` lines, then its text; or a Word
file ``<name>.docx`` of the office with the front matter in ``<name>.yaml`` beside it. The head of a form (number, date,
whom to) is the same for all that are written on it and stands in ``templates/papers/_heads.yaml``; the geometry of
the form is ``templates/layouts/<form>.yaml``. docs/papers.md explains all of it.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NoReturn, TypeVar

from srctl.core.decoding import FORMAT, Text
from srctl.core.errors import BadFile, CommandLine, NotFound, Problem, SrctlError, unknown
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.documents.docx.layout import Layout
from srctl.model.clearances import NO_CLEARANCES, Clearances, time_faults
from srctl.model.egif_codes import EgifCodes, egif_faults
from srctl.model.misspellings import NO_MISSPELLINGS, Misspellings, misspelling_faults
from srctl.model.number_series import Numbering
from srctl.model.number_series import series_faults as numbering_faults
from srctl.model.salutations import Salutations
from srctl.store.yaml.reader import read_text
from srctl.store.yaml.source import Source, located, value_of

T = TypeVar("T")
MAX_BYTES = 1_000_000
MAX_FORM_BYTES = 10_000_000
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}", re.ASCII)
NO_HEAD: Mapping[str, str] = MappingProxyType({})
_LABEL = re.compile(r"""^label: \{th: (?P<th>[^,{}"'#:]+), en: (?P<en>[^,{}"#:]+)\}$""", re.MULTILINE)
_FENCE = "---"
ValueType = Literal["text", "date", "time", "long", "choice", "days", "rows", "persons"]
_TO = re.compile(r"\bto\.[a-z]", re.ASCII)


class Value(NamedTuple):
    """A value that is typed for a draft of the wording; ``sample`` fills it when the wording is shown or checked.

    ``days`` is a day or several on end (``2026-12-17/2026-12-18``). ``event`` is the part of the event of the case that
    stands for it where nothing is typed: ``day``, ``begin``, ``end``, ``place``, ``host``, ``attends``; what is
    typed of its day, hours and place is kept in the case, unless it is not (``kept``). ``field`` is the field of the
    case that stands for it. ``rows`` are lines of cells by the names of ``columns``, ``persons`` such of name,
    position and role (:mod:`srctl.papers.listed_values`). ``each`` is a list of the analysis the value has one item for
    each of, ``instead`` the one whose items it takes when nothing is typed. ``among`` are the heads the first cell of a
    row names. ``cells`` are what each cell of a line is called, parted as a line is. ``steps``: a row with
    ``resolved``, ``who`` and ``by`` becomes a step of the plan. ``attendance``: those who said that they come, or that
    they do not, where nothing is typed. ``takes`` is a wording of which the last draft in the case has the same value:
    each of its rows stands here too, filled by the row that names it.
    """

    label: Text
    type: ValueType = "text"
    optional: bool = False
    sample: str = ""
    event: Literal["", "day", "begin", "end", "place", "host", "attends"] = ""
    kept: bool = True
    field: str = ""
    columns: tuple[str, ...] = ("text",)
    cells: Text = Text("", "")
    each: Literal["", "issues", "facts", "law"] = ""
    instead: Literal["", "issues", "facts", "law"] = ""
    among: tuple[str, ...] = ()
    steps: bool = False
    attendance: Literal["", "present", "absent"] = ""
    takes: str = ""


NO_VALUES: Mapping[str, Value] = MappingProxyType({})


class Starts(NamedTuple):
    """The effects of sending the paper: working days until a reply is awaited, a thank-you owed, rules met.

    ``reply`` 0 awaits none unless a day was asked for (``--by``). ``thanks``: when the reply has come, a letter of
    thanks is owed (seed 003 §3.2.6); ``thanked`` marks the letter that pays it. ``meets`` names deadline rules of
    the kind that are met by sending.
    """

    reply: int = 0
    thanks: bool = False
    thanked: bool = False
    meets: tuple[str, ...] = ()


class Wording(NamedTuple):
    """The front matter of a wording.

    ``form`` is the layout; ``inside`` the one used for an addressee of the office's own ministry; ``also`` further
    ones that may be asked for. ``to`` is the usual addressee (``complainant``, ``minister``, a contact).
    ``replies``: it answers the paper that brought the case, so it goes to the sender when nobody else is named.
    ``private`` papers may name the complainant: they are for the Minister alone, or for the complainant.
    ``for_whom`` is who its sentences speak to: only the ``complainant`` (or who else brought the matter), only
    ``others``, or anybody (""); ``instead`` is the wording for those it is not for. One that names ``otherwise`` is
    only for matters somebody of the public brought (kinds with a complainant), and that one for all others.
    ``urgency: false``: it bears the urgency of its case only when asked to (thanks, orders, letters to citizens).
    ``series`` is where it is numbered ("" for none). ``one_number``: all addressees share one paper (a circular).
    """

    format: int
    form: str
    label: Text
    signer: str
    for_: str = ""
    about: Text = Text("", "")
    inside: str = ""
    also: tuple[str, ...] = ()
    to: str = ""
    replies: bool = False
    head: Mapping[str, str] = NO_HEAD
    needs: tuple[str, ...] = ()
    values: Mapping[str, Value] = NO_VALUES
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    starts: Starts = Starts()
    series: str = "ordinary"
    one_number: bool = False
    private: bool = False
    urgency: bool = True
    order: int = 50
    for_whom: Literal["", "complainant", "others"] = ""
    instead: str = ""
    otherwise: str = ""


class Template(NamedTuple):
    """A wording as read: ``line`` is the one its body begins on; ``word`` the bytes of the office's own Word form."""

    name: str
    path: Path
    source: Source
    form: Wording
    body: str
    line: int
    sha256: str
    word: bytes = b""


class Heads(NamedTuple):
    """``templates/papers/_heads.yaml``: the head of each form, value by value, as wording."""

    format: int
    forms: Mapping[str, Mapping[str, str]]


def wording_names(templates: Path) -> tuple[str, ...]:
    """Return the names of the wordings, sorted."""
    folder = templates / "papers"
    found = (path for path in folder.glob("*") if path.suffix in (".j2", ".docx"))
    return tuple(sorted({path.stem for path in found if NAME.fullmatch(path.stem)}))


def read_template(templates: Path, name: str) -> Template:
    """Return the wording called ``name``.

    Of a text and a Word form of one name the form is used (:func:`not_used`): the office made it.

    Raises:
        NotFound: there is none of that name.
        BadFile: it cannot be read as one.
    """
    folder = templates / "papers"
    text, word = folder / f"{name}.j2", folder / f"{name}.docx"
    if not NAME.fullmatch(name) or not (text.exists() or word.exists()):
        known = wording_names(templates)
        raise NotFound(*unknown(_("paper"), name, known, ", ".join(known)))
    if word.exists():
        return _word_template(name, word)
    return _text_template(name, text)


def paper_forms(templates: Path) -> frozenset[str]:
    """The forms that a paper can be written on; those of a wording that cannot be read are not among them."""
    found: set[str] = set()
    for name in wording_names(templates):
        with suppress(SrctlError):
            form = read_template(templates, name).form
            found |= {form.form, form.inside, *form.also}
    return frozenset(found - {""})


def wording_label(templates: Path, name: str) -> Text | None:
    """What the wording is called, None where it cannot be read; of a text only the line that says so is read."""
    text = templates / "papers" / f"{name}.j2"
    if not NAME.fullmatch(name):
        return None
    try:
        is_text = text.is_file() and not text.with_suffix(".docx").exists()
        if is_text and (said := _LABEL.search(read_wording(text))):
            return Text(said["th"].strip(), said["en"].strip())
        return read_template(templates, name).form.label
    except (BadFile, NotFound):
        return None


def not_used(template: Template) -> Path | None:
    """The file of the same name that is not used: of a text and a Word form only one is the wording."""
    other = template.path.with_suffix(".j2" if template.word else ".docx")
    return other if other.exists() else None


def which_used(template: Template, unused: Path) -> str:
    """One line that says which of two files of one name is used."""
    words = _("{used} is used, {unused} of the same name is not")
    if template.source.path == unused:
        words = _("{used} is used; of {unused} only what it says between the lines of ---")
    return words.format(used=template.path.name, unused=unused.name)


def _text_template(name: str, path: Path) -> Template:
    text = read_wording(path)
    lines = text.split("\n")
    if lines[0] != _FENCE or _FENCE not in lines[1:]:
        refuse(path, 1, "front-matter", _("a paper begins with its form between two lines of ---"))
    end = lines.index(_FENCE, 1)
    # An empty first line in place of --- keeps the line numbers those of the file.
    source, form = _current(Wording, "\n".join(["", *lines[1:end]]), path)
    return Template(name, path, source, form, "\n".join(lines[end + 1 :]), end + 2, sha256_of(text.encode()))


def _word_template(name: str, path: Path) -> Template:
    beside, text_form = path.with_suffix(".yaml"), path.with_suffix(".j2")
    if not beside.is_file() and text_form.is_file():
        shipped, word = _text_template(name, text_form), read_bytes(path, MAX_FORM_BYTES)
        digest = sha256_of(shipped.sha256.encode() + word)
        return shipped._replace(path=path, body="", line=0, sha256=digest, word=word)
    if not beside.is_file():
        message = _("a Word form needs {name} beside it, which says what it is").format(name=beside.name)
        refuse(path, 0, "front-matter", message, _("docs/papers.md says what may stand there"))
    text = read_wording(beside)
    source, form = _current(Wording, text, beside)
    word = read_bytes(path, MAX_FORM_BYTES)
    return Template(name, path, source, form, "", 0, sha256_of(text.encode() + word), word)


def read_layout(templates: Path, template: Template, form: str) -> tuple[Source, Layout]:
    """Return the layout ``form`` that a wording is written on, with the file it came from.

    Raises:
        BadFile: there is none, or it cannot be read as one.
    """
    path = templates / "layouts" / f"{form}.yaml"
    if not NAME.fullmatch(form) or not path.is_file():
        message = _("there is no layout {form}").format(form=form)
        refuse(template.source.path, template.source.line(("form",)), "layout", message)
    return _current(Layout, read_wording(path), path)


def sheet_layout(templates: Path, name: str) -> tuple[Source, Layout]:
    """Return the layout of a sheet that has no wording of its own (a register, an account), and its file.

    Raises:
        BadFile: it is missing, or cannot be read.
    """
    path = templates / "layouts" / f"{name}.yaml"
    if not path.is_file():
        refuse_missing(path)
    return _current(Layout, read_wording(path), path)


def read_heads(templates: Path) -> tuple[Source, Heads]:
    """Return the heads of the forms with the file they came from; none when the office has no such file."""
    path = templates / "papers" / "_heads.yaml"
    if not path.is_file():
        return Source(path, "", None, ()), Heads(FORMAT, {})
    return _current(Heads, read_wording(path), path)


def wants_addressee(templates: Path, template: Template) -> bool:
    """Whether a paper of this wording must have an addressee: its head, or that of its form, names one.

    A text that asks ``{% if to %}`` first does without.
    """
    _source, heads = read_heads(templates)
    texts = {**heads.forms.get(template.form.form, {}), **template.form.head}
    return any(_TO.search(text) and "if to %}" not in text for text in (*texts.values(), template.body))


def read_salutations(templates: Path) -> Salutations:
    """Return the table of salutations (BadFile when it is missing or cannot be read)."""
    return _table(templates / "salutations.yaml", Salutations)[1]


def read_numbering(templates: Path) -> Numbering:
    """Return the series of numbers (BadFile when they are missing, cannot be read, or cannot be numbered by)."""
    source, numbering = _table(templates / "numbering.yaml", Numbering)
    problems = located(source, numbering_faults(numbering))
    if problems:
        raise BadFile(problems)
    return numbering


def read_clearances(templates: Path) -> Clearances:
    """Return the rules of who must pass papers; an office without the file has none (BadFile: they cannot be read)."""
    path = templates / "clearances.yaml"
    if not path.is_file():
        return NO_CLEARANCES
    source, rules = _table(path, Clearances)
    if problems := located(source, time_faults(rules)):
        raise BadFile(problems)
    return rules


def read_misspellings(templates: Path) -> Misspellings:
    """Return the table of misspellings; an office of an earlier version has none (BadFile when it cannot be read)."""
    path = templates / "misspellings.yaml"
    if not path.is_file():
        return NO_MISSPELLINGS
    return _table(path, Misspellings)[1]


def read_egif_codes(templates: Path) -> EgifCodes:
    """Return the codes of messages between e-saraban systems (BadFile when they cannot be read, or do not fit)."""
    source, codes = _table(templates / "egif.yaml", EgifCodes)
    if problems := located(source, egif_faults(codes)):
        raise BadFile(problems)
    return codes


def check_egif_codes(templates: Path) -> None:
    """Raise BadFile when the codes are there and do not fit; an office of an earlier version has none."""
    if (templates / "egif.yaml").is_file():
        read_egif_codes(templates)


def check_misspellings(templates: Path) -> None:
    """Raise BadFile when the table of misspellings cannot be read, or a row of it mends nothing."""
    path = templates / "misspellings.yaml"
    if path.is_file():
        source, table = _table(path, Misspellings)
        if problems := located(source, misspelling_faults(table)):
            raise BadFile(problems)


def _table(path: Path, shape: type[T]) -> tuple[Source, T]:
    if not path.is_file():
        refuse_missing(path)
    return read_typed_file(path, shape)


def read_typed_file(path: Path, shape: type[T]) -> tuple[Source, T]:
    """Return a file of templates as ``shape``, with its source (BadFile when it cannot be read as one)."""
    return _current(shape, read_wording(path), path)


def read_wording(path: Path) -> str:
    """Return the text of a small ordinary file with plain line ends (BadFile otherwise)."""
    raw = read_bytes(path, MAX_BYTES).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        refuse(path, line, "utf-8", _("this is not UTF-8 text"), _("save it as UTF-8"))


def read_bytes(path: Path, most: int) -> bytes:
    """Return the bytes of an ordinary file of at most ``most`` bytes (BadFile otherwise)."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > most:
        size = most // 1_000_000
        refuse(path, 0, "unreadable", _("this is not an ordinary file of at most {size} MB").format(size=size))
    return path.read_bytes()


def sha256_of(raw: bytes) -> str:
    """Return the SHA-256 of ``raw`` in hexadecimal."""
    return sha256(raw).hexdigest()


# A mail merge reads the same few files again and again: they are parsed once for each text.
@lru_cache(maxsize=128)
def _parsed(shape: type[T], text: str, path: Path) -> tuple[Source, T]:
    source = read_text(text.encode(), path)
    return source, value_of(shape, source)


def _current(shape: type[T], text: str, path: Path) -> tuple[Source, T]:
    """Return the text as ``shape``, when it is of the format this version knows."""
    source, value = _parsed(shape, text, path)  # type: ignore[arg-type]
    if value.format != FORMAT:
        message = _("this file is of another format")
        refuse(source.path, source.line(("format",)), "format", message, _("update srctl"))
    return source, value


def refuse(path: Path, line: int, code: str, message: str, hint: str = "") -> NoReturn:
    """Raise BadFile for one problem at one place."""
    raise BadFile([Problem(path, line, code, message, hint)])


def refuse_missing(path: Path) -> NoReturn:
    """Raise BadFile for a file every office folder is made with."""
    hint = _("{command} in another folder makes a fresh one").format(command=CommandLine("init"))
    refuse(path, 0, "missing", _("this file is missing"), hint)
