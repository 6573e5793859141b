"""Fast decoding of the plain data of a file into the typed, frozen values that the model declares.

Shapes are declared once, as ``NamedTuple`` classes whose annotations give the type of each text. :func:`decode`
follows the annotations and is on the path of every command: it reads as if all data were valid, and reports only
that they are not. :mod:`srctl.store.schema` makes pydantic models from the same declarations, to report what is
wrong, and where.

A field whose name is a Python keyword carries a trailing underscore (``from_``); in files it has none.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, NewType, TypeVar, Union, cast, get_args, get_origin

from srctl.core.dates import TYPED_YEARS, parse_iso, parse_iso_datetime
from srctl.core.errors import did_you_mean
from srctl.core.i18n import _
from srctl.core.numbered_items import numbered_text
from srctl.core.records import NamedTuple
from srctl.core.thai import printable, shorten

T = TypeVar("T")
Where = tuple[str | int, ...]
Reader = Callable[[Any], Any]
FORMAT = 1  # of every file; a newer one is not read
Serial = NewType("Serial", int)  # a number given out in turn: of a letter, of a series
Size = NewType("Size", int)  # of a file, in bytes
if TYPE_CHECKING:
    Items = str  # whoever makes a case writes plain text
else:
    Items = NewType("Items", str)  # a text of one or several items; in a file it may be a list of them
# The highest whole number, serial number and size in a file.
MOST, MOST_SERIAL, MOST_SIZE = 9999, 9_999_999, 9_999_999_999_999


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


def decode(cls: type[T], data: Any) -> T | None:
    """``data`` as a ``cls``; None when it is invalid: ``schema.shape_faults`` reports what is wrong with it."""
    shape: Any = cls
    try:
        return cast("T", reader_of(shape)(data))
    except _INVALID:
        return None


def plain(value: Any, *, iso: bool = False) -> Any:
    """A frozen value as plain mappings and lists under the keys files have; with ``iso`` its days are text."""
    if is_shape(type(value)):
        return {key_of(name): plain(item, iso=iso) for name, item in zip(value._fields, value, strict=True)}
    if isinstance(value, Mapping):
        return {key: plain(item, iso=iso) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item, iso=iso) for item in value]
    return value.isoformat() if iso and isinstance(value, date) else value


def key_of(field: str) -> str:
    """Return the key a field has in files: ``from_`` is ``from``."""
    return field.removesuffix("_")


def is_shape(kind: Any) -> bool:
    """Whether ``kind`` is a NamedTuple class, i.e. a mapping in the file."""
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
        "int": (_("{key}: {given} is not a whole number up to {most}"), _("write it in figures 0-9")),
        "serial": (_("{key}: {given} is not a whole number up to {most}"), _("write it in figures 0-9")),
        "size": (_("{key}: {given} is not a whole number up to {most}"), _("write it in figures 0-9")),
        "bool": (_("{key}: {given} is neither true nor false"), _("write true or false")),
        "text": (_("{key}: one text is expected here"), _("write key: value on one line")),
        "list": (_("{key}: a list is expected here"), _("start each item with '- '")),
        "mapping": (_("{key}: keys and values are expected here"), _("write key: value")),
    }[code]
    if code in ("unknown-key", "choice"):
        named = key if code == "unknown-key" else str(given)
        hint = did_you_mean(named, filter(None, allowed), _("known here: {names}").format(names=choices))
    most = {"serial": MOST_SERIAL, "size": MOST_SIZE}.get(code, MOST)
    words = {"key": key, "given": _quoted(given), "choices": choices, "most": most}
    return Fault(where, code, message.format(**words), hint.format(**words) if "{key}" in hint else hint)


def _quoted(given: object) -> str:
    """A value of a file as a message may repeat it: short, on one line, printable."""
    return shorten(" ".join(printable(str(given)).split()), 60)


def is_list(kind: Any) -> bool:
    """Whether ``kind`` is a list in the file."""
    return get_origin(kind) is tuple


def is_mapping(kind: Any) -> bool:
    """Whether ``kind`` is a mapping of free keys in the file."""
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def read_int(text: str) -> int:
    """Return ``text``, in ASCII digits, as a whole number up to :data:`MOST`; ValueError otherwise.

    It is a year, an amount of days or a percentage: a larger one would run off the calendar.
    """
    return _whole(text, MOST)


def read_serial(text: str) -> Serial:
    """Return ``text``, in ASCII digits, as a number given out in turn, up to :data:`MOST_SERIAL`; else ValueError.

    The busiest office gives some ten thousand a year: the limit only keeps a slip of the hand out of the register.
    """
    return Serial(_whole(text, MOST_SERIAL))


def read_size(text: str) -> Size:
    """Return ``text``, in ASCII digits, as the size of a file in bytes, up to :data:`MOST_SIZE`; else ValueError."""
    return Size(_whole(text, MOST_SIZE))


def read_items(data: str | list[str]) -> Items:
    """Return a text as it is, a list of texts as the one text its items make; TypeError for anything else."""
    if isinstance(data, list):
        return numbered_text([item.strip() for item in map(str.__str__, data) if item.strip()])
    return str.__str__(data)


def _whole(text: str, most: int) -> int:
    figures = text.removeprefix("-")
    if not (figures.isascii() and figures.isdecimal() and len(figures) <= len(str(most))):
        raise ValueError(text)
    return int(text)


def read_date(text: str) -> date:
    """Return the date of a file (:func:`parse_iso`); ValueError also for a year no case has (2569-11-20)."""
    day = parse_iso(text)
    if day.year not in TYPED_YEARS:
        raise ValueError(text)
    return day


def read_datetime(text: str) -> datetime:
    """Return the moment of a file (:func:`parse_iso_datetime`), within the years of :func:`read_date`."""
    moment = parse_iso_datetime(text)
    if moment.year not in TYPED_YEARS:
        raise ValueError(text)
    return moment


def read_bool(text: str) -> bool:
    """Return true or false; ValueError for every other word (``no`` and ``off`` are text here)."""
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


@cache
def reader_of(kind: Any) -> Reader:
    """Return the function that reads one value declared as ``kind``.

    It raises one of ``_INVALID`` for any sort of invalid data.
    """
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(reader_of(_inner(kind)))
    if origin is Literal:
        return {choice: choice for choice in get_args(kind)}.__getitem__
    if origin is tuple:
        return _sequence(reader_of(get_args(kind)[0]))
    if is_mapping(kind):
        return _mapping(reader_of(get_args(kind)[1]))
    if is_shape(kind):
        return _record(kind)
    return _SCALARS[kind]


def _inner(kind: Any) -> Any:
    """The type of an optional value when it is there."""
    return next(inner for inner in get_args(kind) if inner is not type(None))


_INVALID = (AttributeError, LookupError, TypeError, ValueError)
# Each is called for every value of every case: where it can be, it is a function of C, which refuses what is no
# text with a TypeError.
_SCALARS: dict[Any, Reader] = {
    str: str.__str__,
    int: lru_cache(read_int),
    Serial: lru_cache(read_serial),
    Size: read_size,
    Items: read_items,
    bool: read_bool,
    date: lru_cache(maxsize=4096)(read_date),
    datetime: read_datetime,
}


def _optional(inner: Reader) -> Reader:
    return lambda data: None if data in ("", None) else inner(data)


def _sequence(item: Reader) -> Reader:
    def read(data: Any) -> Any:
        if not isinstance(data, list):
            return _empty(data, ())
        return tuple(map(item, data))

    return read


def _filled(kind: Any) -> Reader:
    inner = reader_of(kind)

    def read(data: Any) -> Any:
        if data in ("", []):
            raise ValueError(data)
        return inner(data)

    return read


def _mapping(value: Reader) -> Reader:
    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            return _empty(data, {})
        return {key: value(raw) for key, raw in data.items()}

    return read


def _empty(data: Any, empty: Any) -> Any:
    """``empty`` for a key without a value; TypeError when it has a value of another type."""
    if data == "":
        return empty
    raise TypeError(data)


def _record(cls: Any) -> Reader:
    blank = [cls._field_defaults.get(name) for name in cls._fields]
    kinds = _kinds(cls)
    needed, lists = _needed(cls)
    places = {
        key: (place, (_filled if key in lists else reader_of)(kind)) for place, (key, kind) in enumerate(kinds.items())
    }
    create = tuple.__new__

    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            if needed or data != "":
                raise TypeError(data)
            return cls()
        if not needed <= data.keys():
            raise KeyError(needed)
        values = blank.copy()
        for key, raw in data.items():
            place, reader = places[key]
            values[place] = reader(raw)
        return create(cls, values)

    return read


def _kinds(cls: Any) -> dict[str, Any]:
    """The declared type of each key of the file; the annotations are types, not texts that name types."""
    return {key_of(name): cls.__annotations__[name] for name in cls._fields}


def _needed(cls: Any) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the keys that must be there, and those of them that are lists.

    A list that must be there must not be empty either: a kind has stages, an office coordinators.
    """
    names = [name for name in cls._fields if name not in cls._field_defaults]
    lists = tuple(key_of(name) for name in names if is_list(cls.__annotations__[name]))
    return frozenset(map(key_of, names)), lists
