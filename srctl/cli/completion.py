"""Completion with the Tab key: cases with their subjects, people, contacts, kinds, papers.

Outside an office, or in a broken one, nothing is offered and no error is shown. A shell reads the offers: a value is
a plain word and its description keeps no character special to a shell, because subjects and names come from outside.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srctl.cli import names

if TYPE_CHECKING:
    from srctl.cli.names import Knowing
    from srctl.index.workspace import Workspace

Offer = tuple[str, str]
Completion = Callable[[Any, str], list[Offer]]
MOST_CASES = 200  # the latest; who wants an older one types more of its id
DESCRIBED = 60  # cells of a description
_PLAIN = r"[\w./\u0e01-\u0e3a\u0e40-\u0e4e-]+"  # no shell gives a letter or mark of Thai a meaning


def _offered(found: "Callable[[Workspace], Iterable[Offer]]", ctx: Any) -> list[Offer]:
    """The offers of ``found`` in the office that was typed or is here, safe for every shell; none on a fault."""
    from srctl.core.errors import SrctlError
    from srctl.index.workspace import current_workspace, set_settings

    place = ctx.find_root().params.get("place")
    if place:
        set_settings(cwd=Path(place).absolute())
    try:
        offers = list(found(current_workspace()))
    except (SrctlError, OSError):
        return []
    return [(value, described(words)) for value, words in offers if re.fullmatch(_PLAIN, value, re.ASCII)]


def _called(incomplete: str, knowing: "Knowing", ctx: Any) -> list[Offer]:
    """The Thai words that begin so by which somebody or something is called, with the id and the whole name.

    Of a name with spaces a word is enough on the command line, a person's without the title.
    """
    from srctl.model.personal_names import untitled

    def found(workspace: "Workspace") -> Iterable[Offer]:
        words = {
            word: f"{one.id} {name}"
            for one in knowing(workspace)
            for name in one.names
            for word in (*name.split(), untitled(name.split()[0]) if name.split() else "")
            if word.startswith(incomplete)
        }
        return words.items()

    return _offered(found, ctx)


def described(text: str) -> str:
    """The text shortened to a description, without the characters special to a shell."""
    from srctl.core.thai import printable, shorten

    plain = re.sub(r"[^\w\u0e01-\u0e5b ./,-]+", " ", printable(text))
    return shorten(" ".join(plain.split()), DESCRIBED)


def complete_ids(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the open case ids that begin so, latest first, with their subjects."""
    from srctl.index.queries import offered

    def found(workspace: "Workspace") -> Iterable[Offer]:
        return offered(workspace.folder, workspace.today, incomplete)[:MOST_CASES]

    return _offered(found, ctx)


def complete_people(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the coordinators whose id begins so."""
    if not incomplete.isascii():
        return _called(incomplete, names.known_coordinators, ctx)

    def found(workspace: "Workspace") -> Iterable[Offer]:
        people = [c for c in workspace.folder.office.coordinators if c.active]
        return [(c.id, c.name) for c in people if c.id.startswith(incomplete)]

    return _offered(found, ctx)


def complete_superiors(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the superiors who may be asked for a decision, whose id begins so."""
    if not incomplete.isascii():
        return _called(incomplete, names.known_superiors, ctx)
    from srctl.model.people import name_of, superiors

    def found(workspace: "Workspace") -> Iterable[Offer]:
        office = workspace.folder.office
        return [(i, name_of(office, i)) for i in superiors(office) if i.startswith(incomplete)]

    return _offered(found, ctx)


def complete_contacts(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the organisations and people whose reference begins so."""
    if not incomplete.isascii():
        return _called(incomplete, names.known_callees, ctx)

    def found(workspace: "Workspace") -> Iterable[Offer]:
        from srctl.model.people import offered_callees

        everyone = [
            (f"{o.id}/{p.id}", p.name) if p else (o.id, o.name)
            for o, p in offered_callees(workspace.folder.directory.readable().values())
        ]
        return [(ref, name) for ref, name in everyone if ref.startswith(incomplete)]

    return _offered(found, ctx)


def complete_kinds(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the kinds of matter that begin so."""
    if not incomplete.isascii():
        return _called(incomplete, names.known_kinds, ctx)
    from srctl.core.i18n import language

    def found(workspace: "Workspace") -> Iterable[Offer]:
        kinds = workspace.folder.kinds.readable()
        return [(key, kind.label.in_(language())) for key, kind in kinds.items() if key.startswith(incomplete)]

    return _offered(found, ctx)


def complete_groups(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the groups of the office that begin so."""
    if not incomplete.isascii():
        return _called(incomplete, names.known_groups, ctx)
    from srctl.core.i18n import language

    def found(workspace: "Workspace") -> Iterable[Offer]:
        return [(g.id, g.label.in_(language())) for g in workspace.folder.office.groups if g.id.startswith(incomplete)]

    return _offered(found, ctx)


def complete_papers(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the wordings that begin so, with their labels."""
    if not incomplete.isascii():
        return _called(incomplete, names.known_wordings, ctx)
    from srctl.core.i18n import language
    from srctl.papers.wordings import read_template, wording_names

    def found(workspace: "Workspace") -> Iterable[Offer]:
        templates = workspace.folder.root / "templates"
        wanted = [name for name in wording_names(templates) if name.startswith(incomplete)]
        return [(name, read_template(templates, name).form.label.in_(language())) for name in wanted]

    return _offered(found, ctx)


def complete_sheets(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the registry's sheets that begin so, with their labels."""
    if not incomplete.isascii():
        return _called(incomplete, names.known_sheets, ctx)

    def found(workspace: "Workspace") -> Iterable[Offer]:
        return [(k.id, k.names[0]) for k in names.known_sheets(workspace) if k.id.startswith(incomplete)]

    return _offered(found, ctx)


def complete_papers_of_case(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the papers of the case already typed whose id begins so, with the state of each."""
    from srctl.model.labels import state_word
    from srctl.office.folder import readable
    from srctl.workflow.paper_state import papers_of

    def found(workspace: "Workspace") -> Iterable[Offer]:
        typed = str(ctx.params.get("case_id") or "")
        case = readable(workspace.folder.load(workspace.find(typed))) if typed else None
        papers = papers_of(case) if case else ()
        return [(p.id, state_word(p.standing)) for p in papers if p.id.startswith(incomplete)]

    return _offered(found, ctx)


def complete_case_and_papers(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the cases that begin so; behind a case already typed, its papers."""
    typed = ctx.params.get("words") or ()
    if not typed:
        return complete_ids(ctx, incomplete)
    ctx.params["case_id"] = typed[0]
    return complete_papers_of_case(ctx, incomplete)


def complete_case_then_people(ctx: Any, incomplete: str) -> list[Offer]:
    """Return the cases that begin so; behind a case already typed, coordinators unless a number begins."""
    people = ctx.params.get("words") and not incomplete[:1].isdecimal()
    return complete_people(ctx, incomplete) if people else complete_ids(ctx, incomplete)
