"""Full validation of a file's shape, by pydantic: every fault at once.

The only door to pydantic. Shapes are declared once (``srctl.model``); here they become strict models that report every
fault of a file. ``core.decoding.decode`` reads the same declarations fast and refuses the same files.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from pydantic_core import ErrorDetails, PydanticUseDefault

from srctl.core.decoding import (
    Fault,
    Items,
    Serial,
    Size,
    Where,
    fault_of,
    is_list,
    is_mapping,
    is_shape,
    key_of,
    read_bool,
    read_date,
    read_datetime,
    read_int,
    read_serial,
    read_size,
)

_CONFIG = ConfigDict(extra="forbid", frozen=True, strict=True)


def shape_faults(cls: Any, data: Any) -> list[Fault]:
    """Every fault of shape in ``data`` (plain text data) as a ``cls``, in the order of the file."""
    try:
        model_of(cls).model_validate(data)
    except ValidationError as error:
        found = [_fault(cls, details) for details in error.errors(include_url=False)]
        return sorted(found, key=lambda fault: _place(data, fault.where))
    return []


def _place(data: Any, where: Where) -> list[int]:
    """The position of ``where`` in the file, as a sort key; a missing key comes after those present."""
    place = []
    for key in where:
        keys: list[Any] = list(data) if isinstance(data, dict) else [*range(len(data))]
        place.append(keys.index(key) if key in keys else len(keys))
        data = data[key] if key in keys else ()
    return place


@cache
def model_of(cls: Any) -> type[BaseModel]:
    """The pydantic model of a shape."""
    hints = get_type_hints(cls)
    defaults: Mapping[str, Any] = cls._field_defaults
    fields: dict[str, Any] = {}
    for name in cls._fields:
        # pydantic reserves some names and a leading underscore; keys travel as aliases.
        default = defaults.get(name, ...)
        annotation = _translated(hints[name])
        if default is not ...:
            annotation = Annotated[annotation, BeforeValidator(_empty_is_default(hints[name]))]
        elif is_list(hints[name]):
            annotation = Annotated[annotation, Field(min_length=1), BeforeValidator(_empty_is_none)]
        # Defaults are filled in by the decoder: the model only validates.
        field: Any = Field(alias=key_of(name))
        if default is not ...:
            field = Field(alias=key_of(name), default_factory=lambda: None)
        fields[f"f_{name}"] = (annotation, field)
    doc = (cls.__doc__ or "").partition("\n")[0]
    made = create_model(cls.__name__, __config__=_CONFIG, __doc__=doc, **fields)
    return cast("type[BaseModel]", made)


def _empty_is_default(kind: Any) -> Any:
    """A validator that takes an empty value as absent where the decoder does."""
    empties = get_origin(kind) in (tuple, Union, UnionType, Mapping) or is_mapping(kind)
    whole = is_shape(kind) and all(name in kind._field_defaults for name in kind._fields)

    def check(value: Any) -> Any:
        if value == "" and (empties or whole):
            raise PydanticUseDefault
        return value

    return check


def _empty_is_none(value: Any) -> Any:
    """Take an empty value of a required list as a list without items."""
    return [] if value == "" else value


def _translated(kind: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        (inner,) = (k for k in get_args(kind) if k is not type(None))
        return _translated(inner) | None
    if origin is Literal:
        return kind
    if origin is tuple:
        return list[_translated(get_args(kind)[0])]  # type: ignore[misc]
    if is_mapping(kind):
        inner = get_args(kind)[1]
        value = _translated(inner)
        # A list under a name that is left empty is one without items, as for the decoder.
        return dict[str, Annotated[value, BeforeValidator(_empty_is_none)] if is_list(inner) else value]  # type: ignore[misc]
    if is_shape(kind):
        return model_of(kind)
    return _SCALARS[kind]


def _text_to(convert: Any) -> BeforeValidator:
    def check(value: Any) -> Any:
        if not isinstance(value, str):
            raise ValueError("text")
        return convert(value)

    return BeforeValidator(check)


_SCALARS: dict[Any, Any] = {
    str: str,
    int: Annotated[int, _text_to(read_int)],
    Serial: Annotated[int, _text_to(read_serial)],
    Size: Annotated[int, _text_to(read_size)],
    Items: str | list[str],
    bool: Annotated[bool, _text_to(read_bool)],
    date: Annotated[date, _text_to(read_date)],
    datetime: Annotated[datetime, _text_to(read_datetime)],
}
_CODES = {
    "missing": "missing",
    "too_short": "missing",
    "extra_forbidden": "unknown-key",
    "literal_error": "choice",
    "string_type": "text",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}


def _fault(cls: Any, details: ErrorDetails) -> Fault:
    """A pydantic error as a fault in our words, with the keys of the file."""
    where = tuple(details["loc"])
    declared = _declared(cls, where[:-1] if details["type"] in ("missing", "extra_forbidden") else where)
    code = _CODES.get(details["type"]) or _scalar_code(declared, details["input"])
    allowed: tuple[str, ...] = ()
    if code == "choice":
        allowed = tuple(str(choice) for choice in get_args(declared))
        if not isinstance(details["input"], str):
            code = "text"
    elif code == "unknown-key":
        allowed = tuple(key_of(name) for name in getattr(declared, "_fields", ()))
    return fault_of(code, where, details["input"], allowed)


def _scalar_code(declared: Any, given: Any) -> str:
    if not isinstance(given, str):
        return "text"
    words = {int: "int", Serial: "serial", Size: "size", bool: "bool", date: "date", datetime: "datetime"}
    return words.get(declared, "text")


def _declared(cls: Any, where: tuple[str | int, ...]) -> Any:
    """The annotation of the value at ``where`` below a ``cls``, without Optional."""
    kind: Any = cls
    for key in where:
        if is_shape(kind):
            hints = get_type_hints(kind)
            kind = next((hints[name] for name in kind._fields if key_of(name) == key), None)
        elif get_origin(kind) is tuple:
            kind = get_args(kind)[0]
        elif is_mapping(kind):
            kind = get_args(kind)[1]
        if get_origin(kind) in (Union, UnionType):
            kind = next(k for k in get_args(kind) if k is not type(None))
    return kind
