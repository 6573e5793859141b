"""Text templates filled strictly and safely, read back as marked lines. The only door to jinja2.

Templates are the office's; values are anybody's. Values therefore never are template text, carry
invisible fences through the rendering, and can begin no paragraph, number or heading (reliability
§4 rows 12 and 13). A value that is not there is an error that names it (design §8), unless the
template asks ``{% if … %}`` first.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NoReturn

from jinja2 import (
    FileSystemLoader,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    meta,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import printable
from srctl.documents import template_budget
from srctl.documents.template_budget import SpentError, bounded, counted
from srctl.documents.template_filters import CLOSE, FENCES, FILTERS, OPEN, long_date

LIMIT = 200_000
_MARKS: tuple[tuple[str, "Mark"], ...] = (("##", "item"), ("#", "numbered"), ("=", "heading"), ("^", "annex"))
_ROWS: tuple[tuple[str, "Mark"], ...] = (("|=", "columns"), ("|:", "aligned"), ("|", "row"))
_FILTERS = frozenset(
    {
        "default",
        "d",
        "first",
        "last",
        "length",
        "count",
        "join",
        "list",
        "replace",
        "trim",
        "select",
    }
)

_UNCOMPILABLE = (RecursionError, SyntaxError, MemoryError, ValueError)  # of a template, or of one it includes

Mark = Literal["numbered", "item", "plain", "heading", "annex", "row", "columns", "aligned"]


class MarkedLine(NamedTuple):
    """One paragraph of a body; ``continued`` when a line break in a value made it.

    A line of a table (``row``, ``columns`` for its head, ``aligned`` without lines) has ``cells`` in place of text.
    """

    mark: Mark
    text: str
    continued: bool
    cells: tuple[str, ...] = ()


class WordingError(Exception):
    """The template itself is wrong: the line (0 when unknown) and what about it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class AbsentError(Exception):
    """A template prints a value that is not there; ``path`` is where it would stand."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Absent(Undefined):
    """A missing value: false in a condition, an error where it would be used."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_args: Any, **_options: Any) -> NoReturn:
        raise AbsentError(str(self._undefined_name))

    def __str__(self) -> str:
        self._fail_with_undefined_error()


class TemplateNames(NamedTuple):
    """The names a piece of template asks for from outside, and those it gives (loop variables, ``set``, imports)."""

    asked: frozenset[str]
    given: frozenset[str]


class TooLongError(Exception):
    """The text came out longer than any paper."""


class _Record:
    """Named values, read by dot or by key; what is empty is :class:`Absent` and knows its path."""

    __slots__ = ("_path", "_values")

    def __init__(self, values: Mapping[str, object], path: str) -> None:
        self._values = values
        self._path = path

    def __getitem__(self, key: str) -> object:
        return _wrap(self._values[key], f"{self._path}.{key}" if self._path else key)

    def __getattr__(self, key: str) -> object:
        if key.startswith("_") or key not in self._values:
            raise AttributeError(key)
        return self[key]


def _wrap(value: object, path: str) -> object:
    if isinstance(value, Mapping):
        return _Record(value, path)
    if isinstance(value, (list, tuple)):
        return [_wrap(item, f"{path}.{place}") for place, item in enumerate(value)]
    if value is None or value == "":
        return Absent(name=path)
    return value


class _Code(CodeGenerator):
    """Leaves ``~`` to :func:`srctl.documents.template_budget.concatenated`."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - named by the library
        self.write("environment.concatenated((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Environment(SandboxedEnvironment):
    """Jinja with nothing but what a paper needs: no calls but macros, no globals, few filters."""

    code_generator_class = _Code
    intercepted_binops = frozenset({"*", "**", "%", "+"})
    concatenated = staticmethod(template_budget.concatenated)

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        kinds = (int, str) if operator == "+" else (int,)
        if operator == "**" or not any(isinstance(left, kind) and isinstance(right, kind) for kind in kinds):
            raise SecurityError(_("{operator} is not for papers").format(operator=operator))
        return bounded(super().call_binop(context, operator, left, right))

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        return super()._generate(template_budget.limited(source, self), *args, **options)


def _fence(value: object) -> str:
    """Return a value as text between fences; what must not be printed raises."""
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, date):
        value = long_date(value)
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        message = _("only text, numbers and dates can be printed, not {kind}")
        raise TemplateError(message.format(kind=type(value).__name__))
    text = printable(str(bounded(value))).translate(FENCES)
    return f"{OPEN}{text}{CLOSE}" if text else ""


def _fence_markup(value: object) -> Markup:
    """Return a value as text of XML between fences; what a macro made of values is so already."""
    return bounded(value) if isinstance(value, Markup) else Markup(escape(_fence(value)))


class _MarkupCode(_Code):
    """Leaves no printed value to the compiler, which would make markup of it before any fence."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class _MarkupEnvironment(_Environment):
    code_generator_class = _MarkupCode


@cache
def _environment(folder: Path, *, markup: bool = False) -> _Environment:
    made = (_MarkupEnvironment if markup else _Environment)(
        loader=FileSystemLoader(folder, followlinks=False),
        undefined=StrictUndefined,
        finalize=_fence_markup if markup else _fence,
        autoescape=markup,
    )
    made.globals.clear()
    plain = {name: made.filters[name] for name in _FILTERS} | FILTERS
    plain |= {"join": template_budget.joined, "replace": template_budget.replaced}
    made.filters = {name: counted(apply) for name, apply in plain.items()} | {"_step": template_budget.step}
    return made


def render(text: str, values: Mapping[str, object], folder: Path, *, markup: bool = False, limit: int = LIMIT) -> str:
    """Return ``text`` filled with ``values`` (plain, by name), each value between fences.

    ``folder`` is the only place an ``{% include %}`` or ``{% import %}`` can reach. With ``markup`` the text is XML
    and every value is escaped in it.

    Raises:
        AbsentError: a value that is not there is printed.
        WordingError: the template is wrong, or asks for a name that does not exist.
        TooLongError: more than ``limit`` characters came out.
    """
    try:
        template = _template(text, folder, markup=markup)
        pieces, size = [], 0
        with template_budget.budget():
            for piece in template.generate({key: _wrap(value, key) for key, value in values.items()}):
                pieces.append(piece)
                size += len(piece)
                if size > limit:
                    raise TooLongError
    except SpentError as fault:
        raise WordingError(_line_of(fault), _("it does more than any paper needs: loops, or text that grows")) from None
    except TemplateNotFound as fault:
        raise WordingError(0, _("no file {name} beside it").format(name=fault.name)) from None
    except (TemplateError, TypeError, ArithmeticError, LookupError, *_UNCOMPILABLE) as fault:
        raise WordingError(_line_of(fault), _reason(fault)) from None
    return "".join(pieces)


# A mail merge fills the same texts again and again, and reading one as a template costs more than filling it.
@lru_cache(maxsize=256)
def _template(text: str, folder: Path, *, markup: bool) -> Template:
    try:
        return _environment(folder, markup=markup).from_string(text.translate(FENCES))
    except TemplateSyntaxError as fault:
        raise WordingError(fault.lineno or 0, fault.message or "") from None
    except _UNCOMPILABLE:
        message = _("it is nested deeper, or has a number higher, than any paper needs")
        raise WordingError(0, message) from None


@lru_cache(maxsize=1024)
def validate_template(text: str, folder: Path) -> None:
    """Raise :class:`WordingError` when ``text`` is not a template that could be filled."""
    _template(text, folder, markup=False)


@lru_cache(maxsize=1024)
def template_names(text: str, folder: Path) -> TemplateNames:
    """Return the names in ``text``, a template or one tag of it; :class:`WordingError` when it is not one."""
    validate_template(text, folder)
    tree = _environment(folder).parse(text)
    given = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    given |= {node.target for node in tree.find_all(nodes.Import)}
    for node in tree.find_all(nodes.FromImport):
        given |= {name if isinstance(name, str) else name[1] for name in node.names}
    return TemplateNames(frozenset(meta.find_undeclared_variables(tree)), frozenset(given))


def _reason(fault: Exception) -> str:
    if isinstance(fault, UndefinedError):
        forms = rf"'{re.escape(__name__)}\._Record object' has no attribute '(.+)'|'(.+)' is undefined"
        absent = re.fullmatch(forms, str(fault))
        if absent:
            return _("there is no {name}").format(name=repr(absent[1] or absent[2]))
    return str(fault).splitlines()[0] if str(fault) else type(fault).__name__


def _line_of(fault: Exception) -> int:
    """Return the line of the template the fault came from; jinja2 puts it in the traceback."""
    line, trace = 0, fault.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


# -- reading the filled text back ----------------------------------------------------------------


def head_line(filled: str) -> str:
    """Return filled text as one line without fences, for the head of a form."""
    return " ".join(filled.translate(FENCES).split())


def marked_lines(filled: str) -> tuple[MarkedLine, ...]:
    """Return the paragraphs of a filled body.

    A line of the template is a paragraph; ``#``, ``##``, ``=`` and ``^`` with a space mark it. A line
    break inside a value only continues the paragraph in a further one of the same mark. A line that
    begins with ``|`` is a row of a table (``|=``: its head, ``|:``: without lines); ``|`` in a value separates nothing.
    """
    return tuple(line for raw in _parted(filled, "\n") for line in _paragraphs(raw))


def _parted(filled: str, sign: str) -> Iterator[str]:
    """Yield the parts of ``filled`` between the signs that stand in the template, not in a value."""
    start, depth = 0, 0
    for place, character in enumerate(filled):
        if character == OPEN:
            depth += 1
        elif character == CLOSE:
            depth -= 1
        elif character == sign and depth == 0:
            yield filled[start:place]
            start = place + 1
    yield filled[start:]


def _row(line: str) -> MarkedLine:
    sign, mark = next(one for one in _ROWS if line.startswith(one[0]))
    cells = [head_line(cell) for cell in _parted(line.removeprefix(sign), "|")]
    # The last sign closes the row, as in the tables people write in mail.
    filled = cells[:-1] if len(cells) > 1 and not cells[-1] else cells
    return MarkedLine(mark, "", False, tuple(filled))


def _paragraphs(line: str) -> Iterator[MarkedLine]:
    line = line.strip(" \t")
    if line.startswith("|"):
        yield _row(line)
        return
    mark: Mark = "plain"
    for sign, meaning in _MARKS:
        if line.startswith(f"{sign} "):
            line, mark = line.removeprefix(sign), meaning
            break
    texts = (" ".join(part.split()) for part in line.translate(FENCES).split("\n"))
    for count, text in enumerate(text for text in texts if text):
        yield MarkedLine(mark, text, continued=count > 0)
