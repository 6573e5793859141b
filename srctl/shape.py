"""From plain text data to typed, frozen values: the fast reading of what model, kinds and people declare. Floor 1.

Shapes are declared once, as ``NamedTuple`` classes whose annotations say what each text means. :func:`build`
follows the annotations and is on the path of every command; ``schema.py`` makes pydantic models from the same
declarations for the full account of faults. A field whose name is a Python keyword carries a trailing
underscore (``from_``); in files it has none.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from srctl.dates import BE_OFFSET, BE_YEARS, CE_YEARS, parse_iso, parse_iso_datetime
from srctl.i18n import _
from srctl.thai import printable, shorten

T = TypeVar("T")
Where = tuple[str | int, ...]
Reader = Callable[[Any, Where, list["Fault"]], Any]
YEARS = range(BE_YEARS.start - BE_OFFSET, CE_YEARS.stop)


class Fault(NamedTuple):
    """One thing wrong at ``where`` (keys and positions from the top of the file)."""

    where: Where
    code: str
    message: str
    hint: str = ""


class Text(NamedTuple):
    """Words that exist in both languages, as definitions carry them."""

    th: str
    en: str

    def in_(self, language: str) -> str:
        """Return the words in ``language`` (``th`` or ``en``)."""
        return self.th if language == "th" else self.en


def build(cls: type[T], data: Any) -> tuple[T | None, list[Fault]]:
    """Return ``data`` as a ``cls`` and the faults found; the value is None when there is any fault."""
    faults: list[Fault] = []
    shape: Any = cls
    value = reader_of(shape)(data, (), faults)
    return (None if faults else value), faults


def key_of(field: str) -> str:
    """Return the key a field has in files: ``from_`` is ``from``."""
    return field.removesuffix("_")


def is_shape(kind: Any) -> bool:
    """Tell whether ``kind`` is a NamedTuple class, i.e. a mapping in the file."""
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def fault_of(code: str, where: Where, given: object = "", allowed: tuple[str, ...] = ()) -> Fault:
    """Return the fault ``code`` at ``where`` in the words a clerk reads (the one place that words it)."""
    key = _quoted(where[-1]) if where else _("the file")
    choices = ", ".join(filter(None, allowed))
    message, hint = {
        "missing": (_("{key} is missing"), _("add {key}: …")),
        "unknown-key": (_("{key} is not known here"), ""),
        "choice": (_("{key}: {given} is not one of {choices}"), ""),
        "date": (_("{key}: {given} is not a date"), _("write year-month-day of the Christian Era: 2026-11-20")),
        "datetime": (_("{key}: {given} is not a date and time"), _("write 2026-11-20T09:12:00+07:00")),
        "int": (_("{key}: {given} is not a whole number"), _("write it in figures 0-9")),
        "bool": (_("{key}: {given} is neither true nor false"), _("write true or false")),
        "text": (_("{key}: one text is expected here"), _("write key: value on one line")),
        "list": (_("{key}: a list is expected here"), _("start each item with '- '")),
        "mapping": (_("{key}: keys and values are expected here"), _("write key: value")),
    }[code]
    if code in ("unknown-key", "choice"):
        hint = _did_you_mean(key if code == "unknown-key" else str(given), allowed)
    words = {"key": key, "given": _quoted(given), "choices": choices}
    return Fault(where, code, message.format(**words), hint.format(**words) if "{key}" in hint else hint)


def _quoted(given: object) -> str:
    """Return what stands in a file as a message may repeat it: short, on one line, harmless."""
    return shorten(" ".join(printable(str(given)).split()), 60)


def _did_you_mean(given: str, allowed: tuple[str, ...]) -> str:
    """Return a hint naming the nearest of ``allowed``, else all of them."""
    from difflib import get_close_matches

    names = [name for name in allowed if name]
    near = get_close_matches(given, names, n=1, cutoff=0.6)
    if near:
        return _("did you mean {near}?").format(near=near[0])
    return _("known here: {names}").format(names=", ".join(names))


def is_list(kind: Any) -> bool:
    """Tell whether ``kind`` is a list in the file."""
    return get_origin(kind) is tuple


@cache
def reader_of(kind: Any) -> Reader:
    """Return the function that reads one value declared as ``kind``."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        (inner,) = (k for k in get_args(kind) if k is not type(None))
        return _optional(reader_of(inner))
    if origin is Literal:
        return _choice(get_args(kind))
    if origin is tuple:
        return _sequence(reader_of(get_args(kind)[0]))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(reader_of(get_args(kind)[1]))
    if is_shape(kind):
        return _record(kind)
    return _SCALARS[kind]


def _optional(inner: Reader) -> Reader:
    def read(data: Any, where: Where, faults: list[Fault]) -> Any:
        return None if data in ("", None) else inner(data, where, faults)

    return read


def _scalar(code: str, convert: Callable[[str], Any]) -> Reader:
    def read(data: Any, where: Where, faults: list[Fault]) -> Any:
        if not isinstance(data, str):
            faults.append(fault_of("text", where))
            return None
        try:
            return convert(data)
        except ValueError:
            faults.append(fault_of(code, where, data))
            return None

    return read


def read_int(text: str) -> int:
    """Return ``text`` as a whole number of at most four ASCII digits; ValueError otherwise.

    Every number of a file is a year, an amount of days or a percentage; a longer one would run off the calendar.
    """
    if not re.fullmatch(r"-?[0-9]{1,4}", text):
        raise ValueError(text)
    return int(text)


def read_date(text: str) -> date:
    """Return the date of a file (:func:`parse_iso`); ValueError also for a year no case has (2569-11-20)."""
    day = parse_iso(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def read_datetime(text: str) -> datetime:
    """Return the moment of a file (:func:`parse_iso_datetime`), within the years of :func:`read_date`."""
    moment = parse_iso_datetime(text)
    if moment.year not in YEARS:
        raise ValueError(text)
    return moment


def read_bool(text: str) -> bool:
    """Return true or false; ValueError for every other word (``no`` and ``off`` are text here)."""
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


_SCALARS: dict[Any, Reader] = {
    str: _scalar("text", str),
    int: _scalar("int", read_int),
    bool: _scalar("bool", read_bool),
    date: _scalar("date", read_date),
    datetime: _scalar("datetime", read_datetime),
}


def _choice(allowed: tuple[str, ...]) -> Reader:
    def read(data: Any, where: Where, faults: list[Fault]) -> Any:
        if data not in allowed:
            faults.append(
                fault_of("choice", where, data, allowed) if isinstance(data, str) else fault_of("text", where)
            )
        return data

    return read


def _sequence(item: Reader) -> Reader:
    def read(data: Any, where: Where, faults: list[Fault]) -> Any:
        if data == "":
            return ()
        if not isinstance(data, list):
            faults.append(fault_of("list", where))
            return ()
        return tuple(item(value, (*where, i), faults) for i, value in enumerate(data))

    return read


def _mapping(value_reader: Reader) -> Reader:
    def read(data: Any, where: Where, faults: list[Fault]) -> Any:
        if data == "":
            return {}
        if not isinstance(data, dict):
            faults.append(fault_of("mapping", where))
            return {}
        return {key: value_reader(value, (*where, key), faults) for key, value in data.items()}

    return read


def _record(cls: Any) -> Reader:
    hints = get_type_hints(cls)
    fields = {key_of(name): (name, reader_of(hints[name])) for name in cls._fields}
    required = {key_of(name) for name in cls._fields if name not in cls._field_defaults}
    # A list that must be there must not be empty either: a kind has stages, an office coordinators.
    lists = {key for key in required if is_list(hints[fields[key][0]])}
    keys = tuple(fields)

    def read(data: Any, where: Where, faults: list[Fault]) -> Any:
        if data == "" and not required:
            data = {}
        if not isinstance(data, dict):
            faults.append(fault_of("mapping", where))
            return None
        before = len(faults)
        values = {}
        for key, raw in data.items():
            if key in fields:
                name, field_reader = fields[key]
                values[name] = field_reader(raw, (*where, key), faults)
            else:
                faults.append(fault_of("unknown-key", (*where, key), allowed=keys))
        gone = {key for key in required if key not in data or (key in lists and data[key] in ("", []))}
        faults.extend(fault_of("missing", (*where, key)) for key in keys if key in gone)
        return cls(**values) if len(faults) == before else None

    return read
