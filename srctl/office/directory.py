"""Organisations and people added to the directory: one file an organisation, its people in it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from srctl.core.decoding import key_of
from srctl.core.errors import BadFile, CommandLine, NotFound, Refused, UsageError, unknown
from srctl.core.i18n import _
from srctl.core.patches import Edit, Value
from srctl.core.romanisation import romanised
from srctl.model.people import Organisation, Person
from srctl.model.personal_names import given_name
from srctl.office.folder import Folder
from srctl.office.writer import Actor, record_files, worded
from srctl.store.transaction import FileChange
from srctl.store.yaml.editor import apply
from srctl.store.yaml.reader import read_file, read_text
from srctl.store.yaml.source import read_typed
from srctl.store.yaml.writer import dump

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,40}", re.ASCII)
OTHERS = "others"  # the entry of those whose organisation nobody named
_LONGEST = 24  # characters of an id that is made
_UNNAMED = "x"
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.ASCII)  # no file name on Windows


def record_contact(folder: Folder, reference: str, values: Mapping[str, str], actor: Actor) -> None:
    """Add the organisation ``ORG`` or the person ``ORG/PERSON`` and record it.

    Raises:
        UsageError: a bad id, or a value that does not belong there. Refused: it exists already.
    """
    refuse_reference(folder, reference)
    organisation_id, slash, person_id = reference.partition("/")
    change = _person(folder, organisation_id, person_id, values) if slash else _organisation(reference, values)
    record_files(folder, [change], lambda: _added(reference), "contacts-add", actor)


def new_reference(folder: Folder, organisation_id: str, name: str) -> str:
    """The reference of a new entry, with an id made from its name: of a person at ``organisation_id``, else without.

    An id is given once: one that stands in the directory already is numbered (``mali``, ``mali-2``).
    """
    organisation = folder.directory.get(organisation_id) if organisation_id else None
    taken = {person.id for person in organisation.people} if organisation else set()
    if not organisation_id:
        taken = {file.stem for file in (folder.root / "contacts").glob("*.yaml")}
    made = romanised(given_name(name) or name)[:_LONGEST].strip("-") or _UNNAMED
    ids = (made, *(f"{made}-{n}" for n in range(2, len(taken) + 3)))
    found = next(one for one in ids if one not in taken and not _DEVICE.fullmatch(one))
    return f"{organisation_id}/{found}" if organisation_id else found


def refuse_reference(folder: Folder, reference: str) -> None:
    """Refuse what cannot be a new entry of the directory, before anything about it is asked.

    Raises:
        UsageError: a bad id. NotFound: no such organisation. Refused: it exists already.
    """
    organisation_id, slash, person_id = reference.partition("/")
    for part in (organisation_id, *((person_id,) if slash else ())):
        if not _ID.fullmatch(part) or _DEVICE.fullmatch(part):
            raise UsageError(_("{id} cannot be an id").format(id=part or "…"), _("letters a-z, digits, hyphen"))
    if slash:
        _host(folder, organisation_id, person_id)
    elif (folder.root / f"contacts/{organisation_id}.yaml").exists():
        raise Refused(
            _("{id} is in the directory already").format(id=organisation_id),
            CommandLine("contacts show {}", organisation_id),
        )


def record_heads(folder: Folder, heads: Mapping[str, str], actor: Actor) -> None:
    """Record to whom letters to organisations are addressed, by organisation, in one commit."""
    changes = []
    for organisation_id, head in heads.items():
        path = f"contacts/{organisation_id}.yaml"
        before = read_file(folder.root / path).raw
        after = apply(before, [Edit("set", ("head",), head)])
        refuse_invalid(after, path)
        changes.append(FileChange(path, before, after))
    record_files(
        folder, changes, lambda: _("letters addressed: {ids}").format(ids=", ".join(heads)), "contacts-add", actor
    )


def _added(reference: str) -> str:
    return _("added to the directory: {id}").format(id=reference)


def _organisation(organisation_id: str, values: Mapping[str, str]) -> FileChange:
    path = f"contacts/{organisation_id}.yaml"
    refuse_unknown_keys(values, Organisation._fields, organisation_id)
    raw = dump({"format": 1, **values})
    refuse_invalid(raw, path)
    return FileChange(path, None, raw)


def _host(folder: Folder, organisation_id: str, person_id: str) -> Organisation:
    """The organisation a new person belongs to; NotFound without one, Refused where it has the person already."""
    organisation = folder.directory.get(organisation_id)
    if organisation is None:
        folder.refuse_unreadable("contacts", organisation_id)
        if organisation_id == OTHERS:
            return Organisation(1, "", id=OTHERS)
        raise NotFound(
            _("there is no organisation {id}").format(id=organisation_id),
            CommandLine('contacts add {} --name "…"', organisation_id),
        )
    if organisation.person(person_id):
        raise Refused(
            _("{id} is in the directory already").format(id=f"{organisation_id}/{person_id}"),
            CommandLine("contacts show {}/{}", organisation_id, person_id),
        )
    return organisation


def _person(folder: Folder, organisation_id: str, person_id: str, values: Mapping[str, str]) -> FileChange:
    organisation = _host(folder, organisation_id, person_id)
    refuse_unknown_keys(values, Person._fields, f"{organisation_id}/{person_id}")
    chief = values.get("secretary_of", "")
    if chief and organisation.person(chief) is None:
        listing = CommandLine("contacts show {}", organisation_id)
        raise NotFound(*unknown(_("person"), chief, [p.id for p in organisation.people], listing))
    item: dict[str, Value] = {"id": person_id, **values}
    return with_people(folder, organisation_id, [item])


def with_people(folder: Folder, organisation_id: str, items: Sequence[Mapping[str, Value]]) -> FileChange:
    """The change that adds people to an organisation; that of those of none is made where it is missing.

    Letters to those of none go to themselves: there is no head to write to.
    """
    path = f"contacts/{organisation_id}.yaml"
    before = read_file(folder.root / path).raw if organisation_id in folder.directory else None
    start = before or dump({"format": 1, "name": worded(folder, lambda: _("others spoken with"))})
    if organisation_id == OTHERS:
        items = [{**item, "addressed": item.get("addressed") or item["name"]} for item in items]
    after = apply(start, [Edit("append", ("people",), dict(item)) for item in items])
    refuse_invalid(after, path)
    return FileChange(path, before, after)


def refuse_unknown_keys(values: Mapping[str, str], fields: tuple[str, ...], reference: str) -> None:
    """Refuse a value under a key that such an entry has not."""
    for name in values:
        if name not in {key_of(field) for field in fields}:
            raise UsageError(
                _("{name} does not belong to {id}").format(name=name, id=reference),
                _("an organisation has no position, a person no mandate"),
            )


def refuse_invalid(raw: bytes, file: str) -> None:
    """Refuse the bytes of a contact file that cannot be read, or whose keys are not those of one."""
    source = read_text(raw, Path(file))
    if source.data is None:
        raise BadFile(source.problems)
    _value, problems = read_typed(Organisation, source)
    if problems:
        raise UsageError(problems[0].message, problems[0].hint)
