"""The form of `srctl contacts add`: what is worth knowing of an organisation or a person; only the name is needed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from srctl.cli import form_screen, kept_answers, prompts
from srctl.cli.form import Answers, FormQuestion, Questionnaire
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _
from srctl.model.people import is_email

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace


@contextmanager
def asked_contact(workspace: "Workspace", reference: str, typed: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The values of a new entry of the directory: as typed, or asked for where the name is missing."""
    from srctl.index.workspace import is_interactive

    if typed.get("name"):
        yield dict(typed)
        return
    if not is_interactive():
        raise prompts.missing(_("name"), CommandLine('contacts add {} --name "…"', reference))
    questions = _of_person() if "/" in reference else _of_organisation()

    def listed(_answers: Answers) -> list[FormQuestion]:
        return questions

    which = Questionnaire(lambda answers: f"{reference}  {answers.get('name', '')}", listed)
    folder = kept_answers.folder_of(workspace.folder.root, workspace.me.id)
    with form_screen.filled(which, f"contacts add {reference}", typed, folder) as answers:
        found = {**typed, **answers}
        yield {key: "true" if key == "inside" else text for key, text in found.items() if text}


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
