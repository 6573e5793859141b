"""Whom a contact is with: the complainant, somebody of the directory, somebody of the case, or a stranger. Pure.

The words typed decide: an id or a name of the directory in full, or a part that only one name has, is that entry; what
looks like a mistyped id or name is refused with the near ones; any other name is somebody the case did not know.
"""

from collections.abc import Callable, Iterator, Mapping

from srctl.core.errors import CommandLine, NotFound, UsageError, unknown
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.model.case import Case
from srctl.model.case_people import TypedPerson, reference_to, typed_person
from srctl.model.labels import whom_word
from srctl.model.people import COMPLAINANT, Directory, Organisation, find_callee, offered_callees

_COMPLAINANT_WORDS = ("complainant", "ผู้ร้อง", "ผู้ร้องเรียน", "ผู้ร้องทุกข์", "ผู้ขอ")
_ALIKE = 0.8  # from this similarity on a name is taken for a mistyped one
_MOST = 8  # near names told


class Counterpart(NamedTuple):
    """Whom a contact is with: a ``reference``, or somebody the case does not know yet, by name and number."""

    reference: str = ""
    new: TypedPerson | None = None


def counterpart(
    typed: str, case: Case, directory: Directory, everybody: Callable[[], Mapping[str, Organisation]]
) -> Counterpart:  # fmt: skip
    """Whom the words typed mean; ``everybody`` is the directory as far as it can be read.

    Raises:
        NotFound: it looks like a mistyped id or name, or several may be meant; they are told. UsageError: no name.
    """
    typed = " ".join(typed.split())
    if typed in (*_COMPLAINANT_WORDS, whom_word(COMPLAINANT)):
        return Counterpart(COMPLAINANT)
    if find_callee(directory, typed):
        return Counterpart(typed)
    person = typed_person(typed)
    known = reference_to(case, person)
    if known:
        return Counterpart(known)
    if not person.name:
        raise UsageError(_("whose number is that? The name is missing"), _("a name, and a number if there is one"))
    if _is_id(typed):
        raise NotFound(*unknown(_("contact"), typed, _ids(everybody(), typed), CommandLine("contacts list")))
    return _of_directory(person, everybody())


def _is_id(typed: str) -> bool:
    """Whether the words are a reference to the directory and no name: letters of an id, in one word."""
    return typed.isascii() and " " not in typed


def _ids(directory: Mapping[str, Organisation], typed: str) -> list[str]:
    """The ids one of which may be meant: those of the people where the organisation is known, else all."""
    organisation = directory.get(typed.partition("/")[0])
    if organisation is not None:
        return [f"{organisation.id}/{p.id}" for p in organisation.people]
    return [*directory, *(f"{o.id}/{p.id}" for o in directory.values() for p in o.people)]


def _of_directory(person: TypedPerson, directory: Mapping[str, Organisation]) -> Counterpart:
    """The entry of the directory a name means, or a stranger of that name."""
    from srctl.model.personal_names import untitled

    whole, found = fold(person.name), list(_entries(directory))
    exact = [ref for ref, names, _shown in found if whole in names]
    if len(exact) == 1:
        return Counterpart(exact[0])
    if person.phone and not exact:  # a part of a name with a number of its own is somebody else
        return Counterpart(new=person)
    bare = untitled(person.name)
    part = [(ref, shown) for ref, names, shown in found if any(_has(whole, bare, name) for name in names)]
    if len(part) == 1 and not exact:
        return Counterpart(part[0][0])
    near = part or [(ref, shown) for ref, names, shown in found if any(_alike(bare, untitled(name)) for name in names)]
    if near:
        message = _("{name}: is one of these meant?").format(name=person.name)
        listed = [f"{ref}  {shown}" for ref, shown in near[:_MOST]]
        raise NotFound(
            message, "\n".join([*listed, _('if it is somebody else: --name "{name}"').format(name=person.name)])
        )
    return Counterpart(new=person)


def _entries(directory: Mapping[str, Organisation]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield every entry that may be turned to: its reference, what it is called (folded), and how it is shown."""
    for organisation, person in offered_callees(directory.values()):
        key, short = organisation.id, organisation.short or organisation.name
        if person:
            yield f"{key}/{person.id}", (fold(person.name),), f"{person.name} ({short})"
            continue
        called = tuple(fold(name) for name in (organisation.name, organisation.short) if name)
        yield key, called, f"{organisation.name} ({short})"


def _has(whole: str, bare: str, name: str) -> bool:
    """Whether every word typed is in the name; a single letter is in too many to mean one."""
    return len(bare) > 1 and all(word in name for word in whole.split())


def _alike(one: str, other: str) -> bool:
    if not one or not other or abs(len(one) - len(other)) > max(len(one), len(other)) * (1 - _ALIKE) * 2:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def by_name(name: str, phone: str, case: Case) -> Counterpart:
    """Whom ``--name`` and ``--phone`` mean: somebody the case knows by them, else a stranger."""
    person = TypedPerson(" ".join(name.split()), " ".join(phone.split()))
    if not person.phone:
        person = typed_person(name)
    known = reference_to(case, person)
    return Counterpart(known) if known else Counterpart(new=person)
