"""How an event stands: decided or not, who was invited and who comes. Folds over the log. Pure."""

from typing import Literal

from srctl.core.i18n import _
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.engagement import NOBODY, event_fields, event_of, postponed_open
from srctl.workflow.stages import is_closed, set_aside

EventState = Literal["confirmed", "waiting", "declined", "postponed", "closed"]


def event_state(case: Case, kind: Kind) -> EventState | None:
    """How the event of the case stands; None where it has none.

    ``waiting``: a stage of its kind needs a superior's decision and nobody has given one. ``postponed``: put off
    without a new day.
    """
    if set_aside(case):
        return None
    event, fields = event_of(case, kind), event_fields(kind)
    if event is None:
        return "postponed" if fields and postponed_open(case) and not is_closed(case) else None
    if event.attends == NOBODY:
        return "declined"
    if is_closed(case):
        return "closed"
    asked = any("decision" in stage.needs for stage in kind.stages)
    return "waiting" if asked and not any(e.did == "decide" for e in case.happened()) else "confirmed"


def event_state_word(state: str) -> str:
    """The word for how an event stands."""
    return {
        "confirmed": _("confirmed"),
        "waiting": _("waiting for a decision"),
        "declined": _("declined"),
        "postponed": _("postponed, no day yet"),
        "closed": _("matter closed"),
    }.get(state, state)
