"""An order carried out at once: what its one entry in the register holds, from receipt to closing. Pure."""

from functools import partial

from srctl.core.patches import Value
from srctl.core.records import NamedTuple
from srctl.model.case import CasePerson, Entry
from srctl.model.labels import Channel
from srctl.model.people import OF_CASE
from srctl.workflow.counterparts import Counterpart

KIND = "small"  # the kind of matter such orders are registered under


class SmallOrder(NamedTuple):
    """An order as typed: what was ordered, by whom, how it came, whom it was done with, what came of it."""

    text: str
    by: str
    channel: Channel
    owner: str
    backup: str
    result: str
    whom: Counterpart | None = None
    contact_by: Channel = "phone"
    said: str = ""


def data_of(order: SmallOrder, received_on: Value, at: str) -> dict[str, Value]:
    """The data of the case: what is known of it when it is done."""
    data: dict[str, Value] = {
        "subject": " ".join(order.text.split()),
        "received": {"on": received_on, "at": at, "channel": order.channel, "from": order.by},
        "order": {"by": order.by, "text": order.text},
        "urgency": "none",
        "secrecy": "none",
        "owner": order.owner,
        **({"backup": order.backup} if order.backup else {}),
        "report": {"result": order.result},
    }
    person = _stranger(order)
    if person:
        data["people"] = [{key: value for key, value in person._asdict().items() if value}]
    return data


def _stranger(order: SmallOrder) -> CasePerson | None:
    new = order.whom.new if order.whom else None
    return CasePerson("p1", new.name, new.phone) if new else None


def entries_after(order: SmallOrder) -> tuple[partial[Entry], ...]:
    """What happened after the receipt: the contact, if there was one, the report, the closing."""
    person, whom = _stranger(order), order.whom
    with_ = OF_CASE + person.id if person else whom.reference if whom else ""
    contact = partial(Entry, did="contact", with_=with_, by=order.contact_by, said=order.said)
    return (
        *((contact,) if with_ else ()),
        partial(Entry, did="report"),
        partial(Entry, did="close"),
    )
