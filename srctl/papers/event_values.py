"""What a paper says of the event of its case: known of the case, or typed once and kept in it. Pure.

A day that is only asked for (``kept: false`` of a value) is no event yet; who goes is decided, not typed in a letter.
"""

from collections.abc import Iterator, Mapping

from srctl.core.i18n import _
from srctl.core.patches import Edit
from srctl.model.case import Case
from srctl.model.definitions import Kind
from srctl.model.engagement import event_fields
from srctl.papers.wordings import Value
from srctl.workflow.actions import Act
from srctl.workflow.field_changes import field_label

_KEPT = ("day", "begin", "end", "place")


def with_event(case: Case, kind: Kind, act: Act, values: Mapping[str, Value], given: Mapping[str, str]) -> Act:
    """The act that records a draft, with what was typed of the event, where the case has nothing there yet."""
    known = {field.name for field in kind.fields}
    fresh = {
        name: text
        for name, text in _typed(kind, values, given)
        if name in known and text and not case.fields.get(name, "").strip(" -")
    }
    if not fresh:
        return act
    edits = [Edit("set", ("fields", name), text) for name, text in fresh.items()]
    words = ", ".join(field_label(f"fields.{name}", kind) for name in fresh)
    kept = _("kept in the case: {fields}").format(fields=words)
    return act._replace(edits=(*act.edits, *edits), sentence=f"{act.sentence}, {kept}", warnings=(*act.warnings, kept))


def _typed(kind: Kind, values: Mapping[str, Value], given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fields of the event and what was typed for them; of several days the first and the last."""
    fields = event_fields(kind)
    if fields is None:
        return
    for name, value in values.items():
        if value.event in _KEPT and value.kept:
            first, _slash, last = given.get(name, "").partition("/")
            yield getattr(fields, value.event), first
            if last and value.event == "day":
                yield fields.until, last
