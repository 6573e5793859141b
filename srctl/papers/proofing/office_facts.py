"""What an office and a form say about every paper: names to be spelt right, misspellings, font, the form's places."""

from collections.abc import Iterator, Mapping
from itertools import islice

from srctl.core.errors import SrctlError
from srctl.model.misspellings import NO_MISSPELLINGS, Misspellings
from srctl.model.people import Office
from srctl.office.folder import Folder
from srctl.papers.proofing.finding import Paperfacts
from srctl.papers.wordings import Template, read_layout, read_misspellings
from srctl.workflow.paper_state import Paper

# A directory is read whole for its names: beyond this many organisations, only the first are.
_MOST_ORGANISATIONS = 300


def office_facts(folder: Folder) -> Paperfacts:
    """The facts that are the same for every paper of an office."""
    names = tuple(dict.fromkeys(name for name in _names(folder) if name))
    office, table = folder.office, misspellings_of(folder)
    return Paperfacts(names=names, staff=staff_names(office), font=office.fonts.thai, misspellings=table)


def staff_names(office: Office) -> tuple[str, ...]:
    """The names of those who work or sign in the office: they stand in its papers."""
    names = (*(one.name for one in office.coordinators), *(one.name for one in office.signers))
    return tuple(filter(None, dict.fromkeys(names)))


def misspellings_of(folder: Folder) -> Misspellings:
    """The office's table of misspellings; without one that can be read no word is judged (`srctl check` says why)."""
    try:
        return read_misspellings(folder.root / "templates")
    except SrctlError:
        return NO_MISSPELLINGS


def _names(folder: Folder) -> Iterator[str]:
    office = folder.office
    yield from (office.names.ministry, office.names.th, office.minister.title)
    for signer in office.signers:
        yield from signer.positions
    for organisation_id in islice(folder.directory, _MOST_ORGANISATIONS):
        if organisation := folder.directory.get(organisation_id):
            yield from (organisation.name, organisation.head)


def with_form(
    facts: Paperfacts, folder: Folder, template: Template, on: str, heads: Mapping[str, str], paper: Paper | None
) -> Paperfacts:  # fmt: skip
    """``facts`` with the places of the form ``on`` a wording is written on, and the number the paper has."""
    numbered = bool(template.form.series) and "number" in heads
    facts = facts._replace(spoken="number" not in heads)
    if numbered and paper is not None:
        facts = facts._replace(number=paper.numbered.number if paper.numbered else "")
    if template.word:  # the office's own Word form has places of its own
        return facts
    try:
        _source, layout = read_layout(folder.root / "templates", template, on)
    except SrctlError:
        return facts
    parts = [part for line in layout.head for part in line.parts]
    return facts._replace(
        has_subject=any(part.value == "subject" and part.label == "เรื่อง" for part in parts),
        has_signature=layout.signature is not None,
    )
