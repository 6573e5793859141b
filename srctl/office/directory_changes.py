"""The directory set right: entries corrected, retired, merged, moved to another post, taken out where never used.

What is in a log stays in it by the id it was logged with: whoever is retired keeps the id, what was merged is found
under the other, and somebody who moved keeps the posts held before.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date

from srctl.core.errors import CommandLine, NotFound, Refused, UsageError, unknown
from srctl.core.i18n import _
from srctl.core.patches import Edit, Value, Where
from srctl.core.records import NamedTuple
from srctl.model.people import Organisation, Person
from srctl.office.course import Actor
from srctl.office.directory import refuse_invalid, refuse_unknown_keys
from srctl.office.folder import Folder
from srctl.office.writer import record_files
from srctl.store.transaction import FileChange
from srctl.store.yaml.editor import apply
from srctl.store.yaml.reader import read_file

_KEPT = ("id", "retired", "merged_into", "moved_to", "since", "posts", "secretary_of", "addressed")


class _Listed(NamedTuple):
    """An entry of the directory: its organisation and person, where it stands in which file, the bytes of that file."""

    organisation: Organisation
    person: Person | None
    path: str
    where: Where
    raw: bytes

    @property
    def reference(self) -> str:
        """The id of the entry: ``obec`` or ``obec/somsak``."""
        return f"{self.organisation.id}/{self.person.id}" if self.person else self.organisation.id

    def changed(self, *edits: Edit) -> FileChange:
        """The change of the file by the edits, whose places are those within the entry."""
        after = apply(self.raw, [edit._replace(where=(*self.where, *edit.where)) for edit in edits])
        refuse_invalid(after, self.path)
        return FileChange(self.path, self.raw, after)


def _place(folder: Folder, reference: str) -> _Listed:
    """The entry of that id; NotFound when there is none."""
    organisation_id, slash, person_id = reference.partition("/")
    organisation = folder.directory.get(organisation_id)
    if organisation is None:
        folder.refuse_unreadable("contacts", organisation_id)
        raise NotFound(
            *unknown(_("organisation"), organisation_id, list(folder.directory), CommandLine("contacts list"))
        )
    ids = [person.id for person in organisation.people]
    if slash and person_id not in ids:
        raise NotFound(*unknown(_("person"), person_id, ids, CommandLine("contacts show {}", organisation_id)))
    path = f"contacts/{organisation_id}.yaml"
    where: Where = ("people", ids.index(person_id)) if slash else ()
    return _Listed(
        organisation, organisation.person(person_id) if slash else None, path, where, read_file(folder.root / path).raw
    )


def edit_contact(folder: Folder, reference: str, values: Mapping[str, str], actor: Actor) -> None:
    """Set fields of an entry; an empty text takes one out. Comments and all other lines stay as they are.

    Raises:
        NotFound: no such entry. UsageError: no such field, or a value that does not belong there.
    """
    place = _place(folder, reference)
    refuse_unknown_keys(values, (Person if place.person else Organisation)._fields, reference)
    if "id" in values:
        raise UsageError(_("the id stands in old logs and stays"), CommandLine("contacts merge {} OTHER", reference))
    value = place.person or place.organisation
    edits = []
    for name, text in values.items():
        if text:
            edits.append(_mark(place, name, text))
        elif getattr(value, name, None) or getattr(value, f"{name}_", None):
            edits.append(Edit("remove", (name,)))
    chief = values.get("secretary_of", "")
    if chief and place.organisation.person(chief) is None:
        listing = CommandLine("contacts show {}", place.organisation.id)
        raise NotFound(*unknown(_("person"), chief, [p.id for p in place.organisation.people], listing))
    _record(
        folder, [place.changed(*edits)], lambda: _("changed in the directory: {id}"), reference, "contacts-edit", actor
    )


def retire_contact(folder: Folder, reference: str, actor: Actor, *, back: bool = False) -> None:
    """Offer an entry no more (or again, ``back``); old logs go on naming it."""
    place = _place(folder, reference)
    edit = Edit("remove", ("retired",)) if back else _mark(place, "retired", True)
    if bool((place.person or place.organisation).retired) != back:
        message = _("{id} is not retired") if back else _("{id} is retired already")
        raise Refused(message.format(id=reference), CommandLine("contacts show {}", reference))
    words = (lambda: _("offered again: {id}")) if back else (lambda: _("retired from the directory: {id}"))
    _record(folder, [place.changed(edit)], words, reference, "contacts-retire", actor)


def merge_contacts(folder: Folder, gone: str, kept: str, actor: Actor) -> None:
    """Find the entry ``gone`` under ``kept`` from now on: its id goes on to work, and logs stay as they are.

    Raises:
        UsageError: an organisation and a person, or the same one twice. Refused: ``kept`` is merged itself.
    """
    first, second = _place(folder, gone), _place(folder, kept)
    if first.reference == second.reference or bool(first.person) != bool(second.person):
        message = _("two people, or two organisations, are merged")
        raise UsageError(message, CommandLine("contacts merge {} OTHER", gone))
    if (second.person or second.organisation).merged_into:
        message = _("{id} is merged into another itself").format(id=kept)
        raise Refused(message, CommandLine("contacts show {}", kept))
    change = first.changed(_mark(first, "merged_into", second.reference))
    _record(folder, [change], lambda: _("merged in the directory: {id}"), f"{gone} → {kept}", "contacts-merge", actor)


def move_person(folder: Folder, reference: str, to: str, post: str, since: date, actor: Actor) -> str:
    """Move a person to a post at the organisation ``to``; the posts held before are kept. The new id is returned.

    Raises:
        UsageError: ``reference`` is no person, or no post is named. Refused: that id is taken there.
    """
    place = _place(folder, reference)
    person = place.person
    if person is None or not post:
        command = CommandLine('contacts move {} --to ORG --post "…"', reference)
        raise UsageError(_("a person moves, to a post at an organisation"), command)
    held: dict[str, Value] = {"organisation": place.organisation.id, "position": person.position}
    held |= {"from": person.since, "to": since}
    posts = [*(_plain(p._asdict()) for p in person.posts), _plain(held)]
    if to == place.organisation.id:
        edits = (Edit("set", ("position",), post), Edit("set", ("since",), since), Edit("set", ("posts",), posts))
        changes, new = [place.changed(*edits)], reference
    else:
        target = _place(folder, to)
        new = f"{target.organisation.id}/{person.id}"
        if target.person or target.organisation.person(person.id):
            raise Refused(_("{id} is in the directory already").format(id=new), CommandLine("contacts show {}", new))
        own = {key: text for key, text in _plain(person._asdict()).items() if key not in _KEPT}
        item: dict[str, Value] = {"id": person.id, **own, "position": post, "since": since, "posts": posts}
        item.pop("phone", None)  # the desk stays where it is
        changes = [place.changed(_mark(place, "moved_to", new)), target.changed(Edit("append", ("people",), item))]
    _record(folder, changes, lambda: _("moved in the directory: {id}"), f"{reference} → {new}", "contacts-move", actor)
    return new


def remove_contact(folder: Folder, reference: str, actor: Actor) -> None:
    """Take out an entry that nothing ever named.

    Raises:
        Refused: a case or another entry names it, which is told; or it is an organisation with people.
    """
    place = _place(folder, reference)
    used = _use_of(folder, reference)
    if used or (place.person is None and place.organisation.people):
        message = _("{id} is in use: {where}").format(id=reference, where=used or place.organisation.people[0].name)
        raise Refused(message, CommandLine("contacts retire {}", reference))
    if place.person is None:
        change = FileChange(place.path, place.raw, None)
    else:
        after = apply(place.raw, [Edit("remove", place.where)])
        refuse_invalid(after, place.path)
        change = FileChange(place.path, place.raw, after)
    _record(folder, [change], lambda: _("taken out of the directory: {id}"), reference, "contacts-remove", actor)


def _use_of(folder: Folder, reference: str) -> str:
    """The first file that names the entry, "" for none."""
    own = f"contacts/{reference.partition('/')[0]}.yaml"
    word = re.compile(rf"(?<![\w/-]){re.escape(reference)}(?![\w/-])".encode())
    for path in sorted([*folder.root.glob("cases/*/*/*.yaml"), *folder.root.glob("contacts/*.yaml")]):
        shown = path.relative_to(folder.root).as_posix()
        if shown != own and word.search(path.read_bytes()):
            return path.stem if shown.startswith("cases") else shown
    organisation, _slash, person = reference.partition("/")
    keeper = next((p for p in folder.directory[organisation].people if person and p.secretary_of == person), None)
    return f"{organisation}/{keeper.id}" if keeper else ""


def _mark(place: _Listed, name: str, value: Value) -> Edit:
    """The edit that sets a mark; in the file of an organisation it stands before the people."""
    before = "people" if place.person is None and place.organisation.people else ""
    return Edit("set", (name,), value, before=before)


def _plain(values: Mapping[str, object]) -> dict[str, Value]:
    """The values that are there, under the keys of the file."""
    return {key.removesuffix("_"): value for key, value in values.items() if value not in ("", None, (), False)}  # type: ignore[misc]


def _record(
    folder: Folder, changes: list[FileChange], words: Callable[[], str], reference: str, action: str, actor: Actor
) -> None:  # fmt: skip
    record_files(folder, changes, lambda: words().format(id=reference), action, actor)


__all__ = ["edit_contact", "merge_contacts", "move_person", "remove_contact", "retire_contact"]
