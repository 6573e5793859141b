"""Steps of a plan before they are recorded: as typed, or taken from a checklist. Pure."""

from collections.abc import Callable
from datetime import date

from srctl.core.named_days import NamedDay
from srctl.core.records import NamedTuple
from srctl.model.definitions import Checklist


class PlannedStep(NamedTuple):
    """A step as typed on the command line."""

    do: str
    with_: str = ""
    by: str = ""
    due: date | None = None
    counted: str = ""


def checklist_steps(
    checklist: Checklist, spoken: str, event: date | None, workdays_after: Callable[[date, int], NamedDay]
) -> list[PlannedStep]:
    """The checklist as steps in the language ``spoken``; those tied to the event get their dates when it is known."""
    return [
        PlannedStep(
            item.do.in_(spoken), "", item.by,
            *(workdays_after(event, item.days) if event and item.days is not None else NamedDay()),
        )
        for item in checklist.items
    ]  # fmt: skip
