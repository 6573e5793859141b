"""Entries of a log by the names people read: of papers, of those spoken with, of colleagues."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from srctl.core.i18n import language

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case, Entry


def paper_namer(workspace: "Workspace") -> Callable[[str], str]:
    """The function that names a paper of a case by its id: ``บันทึกข้อความ (memo)``; what is no paper stays as it is."""
    templates = workspace.folder.root / "templates"

    @cache
    def named(paper: str) -> str:
        from srctl.papers.wordings import wording_label

        for wording in dict.fromkeys((paper, paper.rpartition("-")[0])):
            if label := wording_label(templates, wording):
                return f"{label.in_(language())} ({paper})"
        return paper

    return lambda paper: named(paper) if paper else ""


def entry_namer(workspace: "Workspace", case: "Case | None") -> "Callable[[Entry], Entry]":
    """The function that puts names in the place of references and ids in an entry of the case, for reading alone."""
    from srctl.model.case_people import spelled_out
    from srctl.model.people import find_callee, name_of
    from srctl.views.addressee_names import named_reference

    office, directory = workspace.folder.office, workspace.folder.directory
    paper = paper_namer(workspace)

    def named(entry: "Entry") -> "Entry":
        said = spelled_out(case, entry, directory) if case else entry
        callee = find_callee(directory, entry.with_)
        whom = callee.name() if callee and entry.did == "contact" else named_reference(directory, entry.with_)
        return said._replace(
            with_=whom or said.with_, paper=paper(entry.paper), who=name_of(office, entry.who),
            owner=name_of(office, entry.owner), backup=name_of(office, entry.backup),
            by=name_of(office, entry.by), whom=name_of(office, entry.whom),
        )  # fmt: skip

    return named
