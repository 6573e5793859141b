"""One action on one case, from the id typed to the outcome shown."""

from typing import TYPE_CHECKING

from srctl.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from srctl.model.case import Case
    from srctl.model.definitions import Kind
    from srctl.workflow.actions import Act


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
