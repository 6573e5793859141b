"""Changing the kind of a case: what is kept and lost is shown and asked, and what the new kind needs is asked for."""

from typing import TYPE_CHECKING

from srctl.cli import intake, names, prompts, view
from srctl.core.errors import CommandLine, UsageError
from srctl.core.i18n import _, language
from srctl.core.thai import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from srctl.core.patches import Value
    from srctl.index.workspace import Workspace
    from srctl.model.definitions import Kind
    from srctl.office.writer import Done
    from srctl.workflow.kind_change import KindChange


def kind_in(pairs: "Sequence[str]") -> tuple[str, list[str]]:
    """The kind among ``NAME=VALUE`` words ("": none), and the other words."""
    typed = [pair for pair in pairs if pair.partition("=")[0].strip() == "kind"]
    others = [pair for pair in pairs if pair not in typed]
    return (names.kind_id(typed[-1].partition("=")[2].strip()), others) if typed else ("", others)


def turn_into(workspace: "Workspace", case_id: str, kind_id: str, pairs: "Sequence[str]") -> "Done":
    """Turn the case into another kind, after showing what becomes of it.

    Raises:
        UsageError: values would be lost, and nobody is there to be asked. Abort: the person declined.
    """
    from srctl.office.folder import readable
    from srctl.office.writer import act
    from srctl.workflow import kind_change

    folder = workspace.folder
    case, new = readable(folder.load(case_id)), folder.kind(kind_id)
    old = folder.kinds.get(case.kind)
    found = kind_change.outlook(case, old, new)
    _agree(case_id, old, new, found)
    values = {**intake.values(pairs, new), **_asked(found, new, pairs)}
    return act(folder, case_id, lambda case, _kind: kind_change.change_kind(case, old, new, values), workspace.actor)


def _agree(case_id: str, old: "Kind | None", new: "Kind", found: "KindChange") -> None:
    """Show what is kept and lost; where something is lost, ask, or refuse without ``--sure``."""
    from srctl.index.workspace import is_interactive, settings

    labels = {f.name: f.label.in_(language()) for kind in (old, new) if kind for f in kind.fields}
    if found.kept:
        kept = ", ".join(labels.get(name, name) for name in found.kept)
        view.say("  " + _("kept: {fields}").format(fields=kept))
    if not found.lost:
        return
    lost = [f"{labels.get(name, name)}: {shorten(text, 40)}" for name, text in found.lost.items()]
    words = _("no place in “{kind}” for: {fields}").format(kind=new.label.in_(language()), fields=" · ".join(lost))
    if settings().sure:
        return
    if not is_interactive():
        command = CommandLine("set {} kind={} --sure", case_id, new.id)
        raise UsageError(words, _("they stay in the log; go on: {command}").format(command=command))
    view.say("! " + words)
    if not prompts.yes(_("they stay in the log; change the kind?"), default=True):
        from srctl.cli.parser import Abort

        raise Abort


def _asked(found: "KindChange", new: "Kind", pairs: "Sequence[str]") -> "dict[str, Value]":
    """What the stage of the new kind asks for of the case itself, asked of the person at the terminal."""
    from srctl.index.workspace import is_interactive

    if not is_interactive():
        return {}
    given = {pair.partition("=")[0].strip().removeprefix("fields.") for pair in pairs}
    typed = []
    for need in found.missing:
        name = "complainant.name" if need.need == "complainant" else need.need.removeprefix("fields.")
        asked = need.need == "complainant" or need.need.startswith(("fields.", "order.", "received."))
        if asked and name not in given:
            text = prompts.text(need.label, required=False)
            typed += [f"{name}={text}"] if text else []
    return intake.values(typed, new)
