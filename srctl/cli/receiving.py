"""Receiving a matter: what is missing asked for, what was met before told, the whole recorded."""

from typing import TYPE_CHECKING

from srctl.cli import days, intake, options, prompts
from srctl.core.errors import CommandLine
from srctl.core.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from srctl.cli.intake import Typed
    from srctl.cli.similar_cases import Met
    from srctl.index.workspace import Workspace
    from srctl.office.writer import Done


def receive_matter(
    workspace: "Workspace", typed: "Typed", message: "Path | None" = None
) -> "tuple[Done, tuple[Met, ...]]":
    """Record the new matter; return it with what of it was met before. What is missing is asked for at a terminal.

    ``message`` is the file of an e-saraban system it came in as: it says what was not typed.
    """
    from srctl.index.workspace import is_interactive

    if message:
        typed = intake.with_message(workspace, typed, options.typed_file(message))
    if typed.kind:
        workspace.folder.kind(typed.kind)  # one there is not is refused before anything is asked
    if is_interactive() and not (typed.kind and typed.subject):
        from srctl.cli import intake_form

        with intake_form.asked_matter(workspace, typed) as complete:
            return _recorded(workspace, complete)
    if not typed.kind:
        new = CommandLine('new directive --subject "…"')
        raise prompts.missing(_("the kind of matter"), f"{new}   ({CommandLine('kinds')})")
    kind = workspace.folder.kind(typed.kind)
    if not typed.subject:
        raise prompts.missing(_("the subject"), CommandLine('new {} --subject "…"', typed.kind))
    return _recorded(workspace, intake.as_its_kind_takes_it(typed, kind, workspace.folder))


def _recorded(workspace: "Workspace", typed: "Typed") -> "tuple[Done, tuple[Met, ...]]":
    from srctl.cli import filed_papers, outcome
    from srctl.office.writer import register

    new = intake.matter(workspace, typed)
    met = _met(workspace, typed)
    done = register(workspace.folder, new, workspace.actor, lambda: outcome.load(workspace))
    filed_papers.tell_kept_apart(typed.files, quiet=True)
    return done, met


def _met(workspace: "Workspace", typed: "Typed") -> "tuple[Met, ...]":
    """What of the new matter was met before: the person is warned, and asked."""
    from srctl.cli import similar_cases
    from srctl.model.case import Complainant
    from srctl.model.incoming_paper import IncomingPaper

    found = [*similar_cases.alike_before(workspace.folder, typed.subject, typed.from_)]
    person = Complainant(phone=str(typed.complainant["phone"]))
    if typed.ref or person.phone:
        paper = IncomingPaper.unrecorded(typed.from_, typed.ref, days.day(typed.dated), workspace.now)
        found += similar_cases.met_before(workspace, paper, person)
    return similar_cases.warn(found)
