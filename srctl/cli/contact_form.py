"""The form of `srctl contacts add`: what is worth knowing of an organisation or a person; only the name is needed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from srctl.cli import form_screen, kept_answers, names, prompts
from srctl.cli.form import Answers, FormQuestion, Questionnaire
from srctl.core.errors import CommandLine, Refused, UsageError
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.people import is_email
from srctl.model.personal_names import given_name

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace

_IN = "in"  # whose person it is


class NewEntry(NamedTuple):
    """What was typed of a new entry: its organisation ("": it is one itself, or not known yet), its id and name.

    Where no id was typed one is made from the name.
    """

    organisation: str = ""
    id: str = ""
    name: str = ""

    def told(self) -> bool:
        """Whether it is known that it is an organisation, or whose person it is."""
        return bool(self.organisation or self.id)


def typed_entry(workspace: "Workspace", typed: str, organisation: str) -> NewEntry:
    """What is meant by an id (``obec``, ``obec/somsak``), a name, or a name at an organisation (``สพฐ./นายสมมติ``).

    Raises:
        UsageError: a bad id. NotFound: no such organisation. Refused: it is in the directory already.
    """
    from srctl.office import directory

    host, slash, own = typed.partition("/")
    if typed and typed.isascii() and " " not in typed:
        reference = f"{organisation}/{typed}" if organisation and not slash else typed
        directory.refuse_reference(workspace.folder, reference)
        return NewEntry(*(reference.split("/", 1) if "/" in reference else ("", reference)))
    organisation = names.callee_id(host) if slash else organisation
    name = own if slash else typed
    if organisation:
        directory.refuse_reference(workspace.folder, f"{organisation}/x-")
    if name:
        _refuse_known(workspace, name)
    return NewEntry(organisation, "", name)


def _refuse_known(workspace: "Workspace", name: str) -> None:
    """Refuse a name that somebody or something in the directory has already."""
    from srctl.core.name_matching import called_exactly

    for one in called_exactly(name, names.known_callees(workspace)):
        message = _("{id} is in the directory already").format(id=one.shown())
        raise Refused(message, CommandLine("contacts show {}", one.id))


@contextmanager
def asked_contact(
    workspace: "Workspace", entry: NewEntry, typed: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The reference and the values of a new entry of the directory: as typed, or asked for where something is missing.

    Raises:
        UsageError: nobody can be asked for the name, or for whose person it is.
    """
    from srctl.index.workspace import is_interactive
    from srctl.office.directory import new_reference

    def whole(values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
        organisation = values.get(_IN, entry.organisation)
        own = f"{organisation}/{entry.id}" if organisation else entry.id
        named = {key: "true" if key == "inside" else text for key, text in values.items() if text and key != _IN}
        return own if entry.id else new_reference(workspace.folder, organisation, named["name"]), named

    values = {**({"name": entry.name} if entry.name else {}), **typed}
    if values.get("name") and (entry.told() or not is_interactive()):
        if not entry.told() and given_name(values["name"]):
            command = CommandLine("contacts add {} --in ORG", values["name"])
            raise UsageError(_("{name}: of which organisation?").format(name=values["name"]), command)
        yield whole(values)
        return
    if not is_interactive():
        raise prompts.missing(_("name"), CommandLine('contacts add {} --name "…"', entry.id).replace("  ", " "))

    def listed(answers: Answers) -> list[FormQuestion]:
        organisation = answers.get(_IN, entry.organisation)
        asked = () if entry.told() else (_whose(workspace, values.get("name", "")),)
        return [*asked, *(_of_person() if organisation else _of_organisation())]

    which = Questionnaire(lambda answers: answers.get("name", ""), listed)
    folder = kept_answers.folder_of(workspace.folder.root, workspace.me.id)
    about = "/".join(filter(None, (entry.organisation, entry.id)))
    with form_screen.filled(which, f"contacts add {about}".strip(), values, folder) as answers:
        yield whole({**values, **answers})


def _whose(workspace: "Workspace", name: str) -> FormQuestion:
    """Whose person it is; nobody's: an organisation."""
    from srctl.office.directory import OTHERS

    choices = [(one.id, one.short or one.name) for one in workspace.folder.directory.readable().values()]
    if OTHERS not in dict(choices):
        choices.append((OTHERS, _("others spoken with")))
    label = _("the organisation they belong to (Enter: it is an organisation)")
    if given_name(name):
        label = _("the organisation they belong to")
    return FormQuestion(_IN, label, "menu", required=bool(given_name(name)), choices=tuple(choices))


def _of_organisation() -> list[FormQuestion]:
    return [
        FormQuestion("name", _("name")),
        FormQuestion("short", _("short name"), required=False),
        FormQuestion("head", _("letters to"), required=False, note="ผู้อำนวยการ…"),
        FormQuestion("phone", _("phone"), required=False),
        FormQuestion("inside", _("it is a part of our own ministry"), "yes", required=False),
        FormQuestion("email", _("e-mail"), required=False, asked=False, check=_refuse_no_address),
        FormQuestion("fax", _("fax"), required=False, asked=False),
        FormQuestion("address", _("address"), required=False, asked=False),
        FormQuestion("mandate", _("mandate"), "long", required=False, asked=False),
        FormQuestion("network", _("network"), required=False, asked=False),
    ]


def _of_person() -> list[FormQuestion]:
    return [
        FormQuestion("name", _("name")),
        FormQuestion("position", _("position"), required=False),
        FormQuestion("phone", _("phone"), required=False),
        FormQuestion("mobile", _("mobile"), required=False),
        FormQuestion("email", _("e-mail"), required=False, asked=False, check=_refuse_no_address),
        FormQuestion("line", _("LINE"), required=False, asked=False),
        FormQuestion("fax", _("fax"), required=False, asked=False),
        FormQuestion("note", _("note"), "long", required=False, asked=False),
    ]


def _refuse_no_address(typed: str) -> None:
    if typed and not is_email(typed):
        raise UsageError(_("{address} is no e-mail address").format(address=f"“{typed}”"))
