"""People a case spoke with, taken over into the directory: one command, no id to invent."""

from collections.abc import Sequence

from srctl.core.errors import CommandLine, NotFound, Refused
from srctl.core.i18n import _
from srctl.core.patches import Value
from srctl.core.thai import fold
from srctl.model.case import Case, CasePerson
from srctl.office.directory import OTHERS, with_people
from srctl.office.folder import Folder
from srctl.office.writer import Actor, record_files
from srctl.store.transaction import FileChange


def keep_people(folder: Folder, case: Case, wanted: str, organisation_id: str, actor: Actor) -> list[str]:
    """Add the people of the case to an organisation of the directory; return their references.

    ``wanted`` is the id or name of one of them, "" for all whom the directory does not have; without an organisation
    they go to one of their own for all such people, which is made where it is missing.

    Raises:
        NotFound: no such person or organisation. Refused: there is nobody to add.
    """
    people = [person for person in case.people if _is_meant(person, wanted)]
    if not people:
        listed = "\n".join(f"{p.id}  {p.name}" for p in case.people)
        message = _("{id}: nobody {who} is kept in the case").format(id=case.id, who=wanted).replace("  ", " ")
        raise NotFound(message, listed or CommandLine("show {}", case.id))
    had = {fold(p.name) for o in folder.directory.readable().values() for p in o.people}
    new = [person for person in people if fold(person.name) not in had]
    if not new:
        names = ", ".join(person.name for person in people)
        raise Refused(_("{id} is in the directory already").format(id=names), CommandLine("contacts list"))
    organisation_id = organisation_id or OTHERS
    change, references = _with_people(folder, organisation_id, new)
    words = ", ".join(references)
    record_files(folder, [change], lambda: _("added to the directory: {id}").format(id=words), "contacts-add", actor)
    return references


def _is_meant(person: CasePerson, wanted: str) -> bool:
    return not wanted or wanted in (person.id, f"~{person.id}") or fold(wanted) in fold(person.name)


def _with_people(folder: Folder, organisation_id: str, people: Sequence[CasePerson]) -> tuple[FileChange, list[str]]:
    organisation = folder.directory.get(organisation_id)
    if organisation is None:
        folder.refuse_unreadable("contacts", organisation_id)
        if organisation_id != OTHERS:
            message = _("there is no organisation {id}").format(id=organisation_id)
            raise NotFound(message, CommandLine('contacts add {} --name "…"', organisation_id))
    taken = [int(p.id[1:]) for p in (organisation.people if organisation else ()) if p.id[1:].isdecimal()]
    ids = [f"p{number}" for number in range(max(taken, default=0) + 1, max(taken, default=0) + 1 + len(people))]
    items: list[dict[str, Value]] = [
        {"id": key, "name": person.name, **({"phone": person.phone} if person.phone else {})}
        for key, person in zip(ids, people, strict=True)
    ]
    return with_people(folder, organisation_id, items), [f"{organisation_id}/{key}" for key in ids]
