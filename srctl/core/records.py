"""Frozen values: ``NamedTuple`` as typing has it, made in a tenth of the time.

typing writes, compiles and runs a program for each class, and a command declares some fifty classes before it has
done anything: a tenth of its time. Here a class is only declared; what can be done with its values is written once.
Declarations, types and values are the same as ever. Fields are read from the class, as every Python can; from 3.14 on
the body of a class keeps its annotations elsewhere (tests/test_pythons.py).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    try:
        from collections import _tuplegetter as getter
    except ImportError:  # a name of collections' own: what it does is promised nowhere
        from operator import itemgetter

        def getter(place, doc):
            """Return the property that reads a field by its place."""
            return property(itemgetter(place), doc=doc)

    # A property that reads by place is the same for every class, and making one costs more than a class of its own.
    _GETTERS = [getter(place, f"Field {place}") for place in range(16)]

    def _getter(place):
        """Return the property of that place."""
        while len(_GETTERS) <= place:
            _GETTERS.append(getter(len(_GETTERS), f"Field {len(_GETTERS)}"))
        return _GETTERS[place]

    class _Declared(type):
        """Makes a class of its declaration: each annotation is a field, the value assigned to it its default."""

        def __new__(meta, name, bases, body):
            made = super().__new__(meta, name, bases, {**body, "__slots__": ()})
            fields = tuple(made.__annotations__)
            defaults = {field: body[field] for field in fields if field in body}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without default follows one with a default")
            for place, field in enumerate(fields):
                setattr(made, field, _getter(place))
            made._fields = made.__match_args__ = fields
            made._field_defaults = defaults
            return made

        @property
        def __signature__(cls):
            from inspect import Parameter, Signature

            def parameter(field):
                default = cls._field_defaults.get(field, Parameter.empty)
                kind = Parameter.POSITIONAL_OR_KEYWORD
                return Parameter(field, kind, default=default, annotation=cls.__annotations__[field])

            return Signature(map(parameter, cls._fields))

    class NamedTuple(tuple, metaclass=_Declared):
        """The base of all frozen values."""

        def __new__(cls, /, *given, **named):
            """Return the value with these fields, by place or by name; TypeError when they are not those declared."""
            if named or len(given) != len(cls._fields):
                others = cls._fields[len(given) :]
                known = cls._field_defaults | named
                given += tuple([known[field] for field in others if field in known])
                if len(given) != len(cls._fields) or named.keys() - others:
                    raise TypeError(f"{cls.__name__} has the fields {', '.join(cls._fields)}")
            return tuple.__new__(cls, given)

        # As typing has it, but nothing is counted: for what is made by the thousand, from all its fields in order.
        _make = classmethod(tuple.__new__)

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in self._asdict().items())})"

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, /, **named):
            changed = tuple.__new__(type(self), map(named.pop, self._fields, self))
            if named:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(named)}")
            return changed
