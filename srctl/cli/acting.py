"""One action on one case, from the id typed to the outcome shown."""

from typing import TYPE_CHECKING

from srctl.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.workflow.actions import Act

UNSAID = "…"  # stands for a reason not asked yet, in a rehearsal


def do(case_id: str, as_: str, json: bool, said: str, make: "Callable[[Case, Kind], Act]") -> "Case":
    """Record the action on the case named, show its outcome, and return the case."""
    from srctl.index.workspace import current_workspace

    options.act_as(as_)
    workspace = current_workspace()
    with workspace.acting():
        from srctl.cli import outcome
        from srctl.office.writer import act

        done = act(workspace.folder, workspace.find(case_id), make, workspace.actor, lambda: outcome.load(workspace))
    outcome.show_outcome(workspace, done, said, json)
    return done.case


def rehearse(case_id: str, make: "Callable[[Case, Kind], Act]") -> None:
    """Raise what the action on the case named would be refused for as things are; nothing is recorded.

    A person who is asked for the reason of an act is not to be told afterwards that there is nothing to act on.
    """
    from srctl.index.workspace import current_workspace
    from srctl.office.folder import readable

    folder = current_workspace().folder
    case = readable(folder.load(current_workspace().find(case_id)))
    make(case, folder.kind(case.kind))
