"""What comes in a second time: nearly the same subject and sender, the same paper, the same person."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from srctl.cli import prompts, view
from srctl.cli.parser import Abort
from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.core.thai import fold
from srctl.office.case_glance import glance, subject_at

if TYPE_CHECKING:
    from srctl.index.workspace import Workspace
    from srctl.model.case import Case, Complainant
    from srctl.model.incoming_paper import IncomingPaper
    from srctl.office.folder import Folder

ALIKE = 0.85  # share of the text in common from which two subjects are taken for one
MOST = 3  # of them shown: one is enough to look
LOOKED_INTO = 30  # cases read to see whether a paper is the same: a number like 1/2569 is borne by many
LATEST = 1000  # matters searched: three months of the busiest year (seed 004)


class Met(NamedTuple):
    """What was met before: ``what`` (subject, paper, phone, id_no), where (``2569-0042/a9``), and who has the case."""

    what: str
    place: str
    owner: str
    subject: str
    sender: str

    def words(self) -> str:
        """One line for the person who receives it."""
        message = {
            "subject": _("perhaps the same as {id}: {subject} ({sender})"),
            "paper": _("the same paper was received before: {id}, {owner}: {subject}"),
            "phone": _("the same telephone number as in {id}, {owner}: {subject}"),
            "id_no": _("the same identity number as in {id}, {owner}: {subject}"),
        }[self.what]
        return message.format(id=self.place, owner=self.owner, subject=self.subject, sender=self.sender)

    def plain(self) -> dict[str, str]:
        """What was met, as plain data for programs (JSON)."""
        case_id, _slash, entry = self.place.partition("/")
        return {"what": self.what, "id": case_id, "entry": entry, "owner": self.owner}


def warn(found: "Iterable[Met]") -> tuple[Met, ...]:
    """Warn of what was met before, and return it; a person is asked whether to go on, a script never is.

    Raises:
        Abort: the person declined.
    """
    from srctl.index.workspace import is_interactive

    met = tuple(found)
    for one in met:
        view.show_hint("! ", one.words())
    if met and is_interactive() and not prompts.yes(_("receive it all the same?"), default=False):
        raise Abort
    return met


def met_before(
    workspace: "Workspace", paper: "IncomingPaper", person: "Complainant | None" = None
) -> "Iterator[Met]":  # fmt: skip
    """Yield where the paper, and the telephone and identity number of the person, were met, the latest first.

    The index tells which cases to look into, closed ones too; of those :data:`LOOKED_INTO` are read.
    """
    from srctl.index.queries import recognised
    from srctl.index.traces import person_marks, ref_mark
    from srctl.model.incoming_paper import incoming_papers, is_same

    marks = person_marks(person) if person else {}
    for path in recognised(workspace.folder, workspace.today, [ref_mark(paper.ref), *marks])[:LOOKED_INTO]:
        case = workspace.folder.read_case(path).case
        if case is None:
            continue
        happened = {entry.id for entry in case.happened()}
        for other in incoming_papers(case):
            there = other.entry is None or other.entry.id in happened
            if there and is_same(paper, other, workspace.folder.directory):
                yield Met("paper", other.place, case.owner, case.subject, other.sender)
        shared = marks.keys() & (person_marks(case.complainant) if case.complainant else {})
        for what in sorted({marks[mark] for mark in shared}):
            yield Met(what, case.id, case.owner, case.subject, case.received.from_)


def alike_before(folder: "Folder", subject: str, sender: str) -> "Iterator[Met]":
    """Yield the open matters like this one, a few at most."""
    for case in islice(alike(folder, subject, sender), MOST):
        yield Met("subject", case.id, case.owner, case.subject, case.received.from_)


def alike(folder: "Folder", subject: str, sender: str) -> "Iterator[Case]":
    """Yield the open cases, latest first, whose subject and sender are nearly these.

    A file is only parsed when the line of its subject is similar: of most the beginning is enough.
    """
    from srctl.workflow.stages import is_closed

    near, from_near = Likeness(subject), Likeness(sender)
    for _name, path in folder.latest_places(LATEST):
        if not (near.to(subject_at(path)) and glance(path).open):
            continue
        case = folder.read_case(Path(path)).case
        if case and not is_closed(case) and from_near.to(case.received.from_):
            yield case


class Likeness:
    """The similarity of other texts to one text after Thai folding; that one is analysed once."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._matcher = SequenceMatcher(None, "", fold(text), autojunk=False)

    def to(self, other: str) -> bool:
        """Whether ``other`` is nearly the same."""
        shorter, longer = sorted((self._length, len(other)))
        if shorter < longer / 2:  # too far apart for any folding to bring together
            return False
        self._matcher.set_seq1(fold(other))
        ratios = (self._matcher.real_quick_ratio, self._matcher.quick_ratio, self._matcher.ratio)
        return all(ratio() >= ALIKE for ratio in ratios)
