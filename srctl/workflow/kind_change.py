"""A case turned into another kind of matter: what is kept, what has no place any more, where it stands then. Pure."""

from collections.abc import Mapping
from functools import partial

from srctl.core.errors import CommandLine, Refused
from srctl.core.i18n import _, language
from srctl.core.patches import Edit, Value
from srctl.core.records import NamedTuple
from srctl.core.thai import shorten
from srctl.model.case import Case, Entry
from srctl.model.definitions import CLOSED, Field, Kind
from srctl.workflow.actions import Act, change, require_open
from srctl.workflow.stages import Missing, missing_for, stage_of

MOST = 200  # cells of a value that has no place any more, as the log keeps it


class KindChange(NamedTuple):
    """What becomes of a case in the new kind: fields kept and lost (with their texts), the stage, what that asks for.

    Of the lost ``private`` ones the log keeps nothing: they come back with an undo.
    """

    kept: Mapping[str, str]
    lost: Mapping[str, str]
    private: tuple[str, ...]
    stage: str
    missing: tuple[Missing, ...]


def outlook(case: Case, old: Kind | None, new: Kind) -> KindChange:
    """What a change of the case to the ``new`` kind brings.

    The stage is the first whose gate is not met, and never beyond the one the case is in now.
    """
    own, was = _fields(new), _fields(old)
    kept = {name: text for name, text in case.fields.items() if name in own and _fits(own[name], was.get(name), text)}
    lost = {name: text for name, text in case.fields.items() if name not in kept}
    private = tuple(name for name in lost if name in was and was[name].private)
    draft = case._replace(kind=new.id, fields=kept)
    names, now = [stage.name for stage in new.stages], stage_of(case)
    reached = names[: names.index(now) + 1] if now in names else names
    stage = next((name for name in reached if missing_for(draft, new, name)), reached[-1])
    return KindChange(kept, lost, private, stage, missing_for(draft, new, stage, language()))


def _fields(kind: Kind | None) -> dict[str, Field]:
    return {field.name: field for field in kind.fields} if kind else {}


def _fits(field: Field, was: Field | None, text: str) -> bool:
    """Whether a value of a field of that name in the old kind may stand in the new one."""
    if field.type == "choice":
        return text in field.choices()
    return field.type == "text" or (was is not None and was.type == field.type)


def change_kind(case: Case, old: Kind | None, new: Kind, values: Mapping[str, Value]) -> Act:
    """Turn the case into the ``new`` kind and set the ``values`` given with it; what it lost stands in the log.

    Raises:
        Refused: it is of that kind, or closed. NotFound: no such field in the new kind.
    """
    require_open(case)
    if case.kind == new.id:
        message = _("{id} is of that kind already").format(id=case.id)
        raise Refused(message, CommandLine("show {}", case.id))
    found = outlook(case, old, new)
    edits = [Edit("set", ("kind",), new.id), *(Edit("remove", ("fields", name)) for name in found.lost)]
    edits += change(case._replace(kind=new.id, fields=found.kept), new, values).edits
    names = {name: field.label.in_(language()) for name, field in _fields(old).items()}
    texts = [
        f"{names.get(name, name)}: {shorten(' '.join(text.split()), MOST)}"
        for name, text in found.lost.items() if name not in found.private
    ]  # fmt: skip
    was = old.label.in_(language()) if old else case.kind
    sentence = _("kind changed from “{old}” to “{new}”").format(old=was, new=new.label.in_(language()))
    text = _("not in the new kind: {fields}").format(fields=" · ".join(texts)) if texts else ""
    assert found.stage != CLOSED
    entry = partial(Entry, kind=new.id, text=text, to=found.stage)
    return Act("set", sentence, tuple(edits), entry)
