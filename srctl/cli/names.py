"""Thai names typed in place of ids: kind, coordinator, group, stage, agency, person, wording, checklist.

Ids are ASCII, so a word in ASCII is left as it is and costs nothing; what is wrong with it, its command says. A word in
Thai is looked up among the names of the office, and refused here with those nearest to it.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from srctl.core.errors import CommandLine, NotFound
from srctl.core.i18n import _

if TYPE_CHECKING:
    from srctl.core.decoding import Text
    from srctl.core.name_matching import Known
    from srctl.index.workspace import Workspace

_LISTED = CommandLine("contacts list")
_FEW = 8  # names that are all listed
Knowing = Callable[["Workspace"], "Iterable[Known]"]


def kind_id(typed: str) -> str:
    """The id of the kind of matter typed."""
    return _found(typed, _("kind of matter"), known_kinds, CommandLine("kinds"))


def coordinator_id(typed: str) -> str:
    """The id of the coordinator typed."""
    return _found(typed, _("coordinator"), known_coordinators, CommandLine("whoami --list"))


def staff_id(typed: str) -> str:
    """The id of whoever's matters may be asked for: a coordinator, one who has left, a signer, the Minister."""
    return _found(typed, _("coordinator"), _staff, CommandLine("whoami --list"))


def group_id(typed: str) -> str:
    """The id of the group of the office typed."""
    return _found(typed, _("group"), known_groups, CommandLine("whoami --list"))


def stage_code(typed: str) -> str:
    """The code of the stage typed."""
    return _found(typed, _("stage"), _stages, CommandLine("kinds"))


def callee_id(typed: str) -> str:
    """The reference of the agency or person of the directory typed."""
    return _found(typed, _("contact"), known_callees, _LISTED)


def addressee_ids(typed: list[str] | None) -> list[str] | None:
    """The references of the addressees typed: of the directory, the complainant, the Minister, a network."""
    return typed and [one if one.startswith("@") else _found(one, _("contact"), _addressees, _LISTED) for one in typed]


def superior_id(typed: str) -> str:
    """The id of the superior typed who may be asked for a decision."""
    return _found(typed, _("superior"), known_superiors, CommandLine("whoami --list"))


def signer_id(typed: str) -> str:
    """The id of the signer typed."""
    return _found(typed, _("signer"), _signers, CommandLine("whoami --list"))


def wording_name(typed: str) -> str:
    """The name of the wording of papers typed."""
    return _found(typed, _("paper"), known_wordings, CommandLine("papers"))


def sheet_name(typed: str) -> str:
    """The name of the registry's sheet typed."""
    return _found(typed, _("sheet"), known_sheets, CommandLine("sheet"))


def checklist_name(typed: str) -> str:
    """The name of the checklist typed."""
    return _found(typed, _("checklist"), _checklists, CommandLine("kinds"))


def _found(typed: str, what: str, knowing: Knowing, listing: str) -> str:
    """The id of what is called ``typed``.

    Raises:
        NotFound: nothing is called so, or several things are; the hint names them, or the nearest.
    """
    if typed.isascii():
        return typed
    from srctl.core.name_matching import matching, nearest
    from srctl.index.workspace import current_workspace

    known = list(knowing(current_workspace()))
    found = matching(typed, known)
    if len(found) == 1:
        return found[0].id
    if found:
        message = _("{name} can be any of several").format(name=f"“{typed}”")
        raise NotFound(message, " · ".join(one.shown() for one in found[:8]))
    near = " · ".join(one.shown() for one in nearest(typed, known))
    if not near and len(known) <= _FEW:
        listing = " · ".join(one.shown() for one in known)
    hint = _("did you mean {near}?").format(near=near) if near else listing
    raise NotFound(_("there is no {what} {name}").format(what=what, name=f"“{typed}”"), hint)


def _named(id_: str, label: "Text") -> "Known":
    from srctl.core.i18n import language
    from srctl.core.name_matching import Known

    return Known(id_, tuple(dict.fromkeys((label.in_(language()), label.th, label.en))))


def known_kinds(workspace: "Workspace") -> "Iterable[Known]":
    """The kinds of matter by their labels."""
    return [_named(key, kind.label) for key, kind in workspace.folder.kinds.readable().items()]


def known_coordinators(workspace: "Workspace") -> "Iterable[Known]":
    """The coordinators who work here, by what they are called."""
    office = workspace.folder.office
    return [one for one in _staff(workspace) if (found := office.coordinator(one.id)) and found.active]


def _staff(workspace: "Workspace") -> "list[Known]":
    from srctl.model.people import known_staff

    return known_staff(workspace.folder.office)


def known_superiors(workspace: "Workspace") -> "Iterable[Known]":
    """Those who may be asked for a decision, by what they are called."""
    from srctl.core.name_matching import Known
    from srctl.model.people import GROUP_HEAD, superiors

    asked = superiors(workspace.folder.office)
    return [Known(GROUP_HEAD, (_("head of the group"),)), *(one for one in _staff(workspace) if one.id in asked)]


def _signers(workspace: "Workspace") -> "Iterable[Known]":
    office = workspace.folder.office
    acting = {row.by for row in office.acting}
    return [one for one in _staff(workspace) if one.id in acting or office.signer(one.id)]


def known_groups(workspace: "Workspace") -> "Iterable[Known]":
    """The groups of the office by their labels."""
    return [_named(g.id, g.label) for g in workspace.folder.office.groups]


def _stages(workspace: "Workspace") -> "Iterable[Known]":
    """Every stage once, by all the names its kinds give it."""
    from srctl.core.name_matching import Known
    from srctl.model.definitions import CLOSED

    names: dict[str, list[str]] = {CLOSED: [_("closed")]}
    for kind in workspace.folder.kinds.readable().values():
        for one in kind.stages:
            names.setdefault(one.name, []).extend((one.label.th, one.label.en))
    return [Known(name, tuple(dict.fromkeys(words))) for name, words in names.items()]


def known_callees(workspace: "Workspace") -> "Iterable[Known]":
    """The organisations and people of the directory by what they are called."""
    from srctl.core.name_matching import Known
    from srctl.model.people import offered_callees

    found = []
    for one, person in offered_callees(workspace.folder.directory.readable().values()):
        if person:
            found.append(Known(f"{one.id}/{person.id}", tuple(filter(None, (person.name, person.position)))))
        else:
            found.append(Known(one.id, (one.name, *filter(None, (one.short, one.head)))))
    return found


def _addressees(workspace: "Workspace") -> "Iterable[Known]":
    from srctl.core.name_matching import Known
    from srctl.model.labels import whom_word
    from srctl.model.people import COMPLAINANT, MINISTER

    minister = next(one for one in _staff(workspace) if one.id == MINISTER)
    return [*known_callees(workspace), Known(COMPLAINANT, (whom_word(COMPLAINANT),)), minister]


def known_wordings(workspace: "Workspace") -> "Iterable[Known]":
    """The wordings that can be read, by their labels."""
    from srctl.core.errors import SrctlError
    from srctl.papers.wordings import read_template, wording_names

    templates, found = workspace.folder.root / "templates", []
    for name in wording_names(templates):
        try:
            found.append(_named(name, read_template(templates, name).form.label))
        except SrctlError:  # a wording that cannot be read is told where it is used, and by check
            continue
    return found


def _checklists(workspace: "Workspace") -> "Iterable[Known]":
    return [_named(key, one.label) for key, one in workspace.folder.checklists.readable().items()]


def known_sheets(_workspace: "Workspace") -> "Iterable[Known]":
    """The registry's sheets by their labels."""
    from srctl.reports.sheets.catalogue import sheet_kinds

    return [_named(kind.name, kind.label) for kind in sheet_kinds()]
