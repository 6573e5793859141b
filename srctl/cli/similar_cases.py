"""The same matter received twice: open cases with nearly the same subject and sender."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from srctl.cli import prompts, view
from srctl.cli.case_glance import glance, subject_at
from srctl.cli.parser import Abort
from srctl.core.i18n import _
from srctl.core.thai import fold

if TYPE_CHECKING:
    from srctl.model.case import Case
    from srctl.office.folder import Folder

ALIKE = 0.85  # share of the text in common from which two subjects are taken for one
MOST = 3  # of them shown: one is enough to look
LATEST = 1000  # matters searched: three months of the busiest year (seed 004)


def warn(folder: "Folder", subject: str, sender: str) -> None:
    """Warn of open matters like this one; a person is asked whether to go on, a script never is.

    Raises:
        Abort: the person declined.
    """
    from srctl.index.workspace import is_interactive

    found = list(islice(alike(folder, subject, sender), MOST))
    for case in found:
        words = _("perhaps the same as {id}: {subject} ({sender})")
        view.show_hint("! ", words.format(id=case.id, subject=case.subject, sender=case.received.from_))
    if found and is_interactive() and not prompts.yes(_("receive it all the same?"), default=False):
        raise Abort


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
