"""Who sent the matter and stands in no directory: entered there while an answer to them is drafted."""

from typing import TYPE_CHECKING

from srctl.cli.form import YES, Answers, FormQuestion
from srctl.core.i18n import _
from srctl.index.workspace import Workspace, renew
from srctl.model.people import Directory, Organisation

if TYPE_CHECKING:
    from srctl.model.case import Case
    from srctl.papers.wordings import Template

_ID, _HEAD, _INSIDE = "sender.id", "sender.head", "sender.inside"


def unlisted_sender(case: "Case", template: "Template", directory: Directory) -> str:
    """The name of whom an answer goes to, as the matter has it, where the directory has not; never of who complains."""
    from srctl.papers.addressees import sender_reference

    if not template.form.replies or case.complainant or sender_reference(case, directory):
        return ""
    return case.received.from_


def asked_of_sender(workspace: Workspace, sender: str) -> list[FormQuestion]:
    """What an entry of the directory needs for a letter to them."""
    from srctl.office.directory import new_reference

    made = new_reference(workspace.folder, "", sender)
    kept = _("kept in the directory")
    return [
        FormQuestion(_ID, "", asked=False, hidden=True, default=made),
        FormQuestion(
            _HEAD, _("to whom letters to {name} are addressed").format(name=sender), note=kept,
            means=lambda _typed: {_ID: made},
        ),
        FormQuestion(_INSIDE, _("it is a part of our own ministry"), "yes", required=False),
    ]  # fmt: skip


def sender_id(answers: Answers) -> str:
    """The id they are entered by."""
    return answers.get(_ID, "")


def with_sender(directory: Directory, sender: str, answers: Answers) -> Directory:
    """The directory as it will be with them in it."""
    id_, head = sender_id(answers), answers.get(_HEAD, "")
    if not id_ or not head:
        return directory
    return {**directory, id_: Organisation(1, sender, id=id_, head=head, inside=answers.get(_INSIDE) == YES)}


def keep_sender(workspace: Workspace, sender: str, answers: Answers) -> None:
    """Enter them in the directory."""
    from srctl.office.directory import record_contact

    values = {"name": sender, "head": answers[_HEAD]}
    if answers.get(_INSIDE) == YES:
        values["inside"] = "true"
    record_contact(workspace.folder, sender_id(answers), values, workspace.actor)
    renew()
