"""Papers filed to a case: a log entry with what came in; nothing is kept twice, nothing is lost."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from srctl.core.errors import CommandLine, Refused, UsageError
from srctl.core.i18n import _, ngettext
from srctl.model.case import Case, Entry
from srctl.office.attachments import Given
from srctl.office.folder import Folder
from srctl.papers.issuing import keep_files
from srctl.workflow.actions import Act
from srctl.workflow.attached_files import attached_files


def filing(folder: Folder, case: Case, given: Sequence[Given], what: str = "", *, on: date | None = None) -> Act:
    """Plan the filing of the files handed in; ``what`` says what they are. Also for a closed case.

    A file the case has already is not kept again; who files it is told so.

    Raises:
        UsageError: no file. Refused: the case has all of them already.
    """
    if not given:
        raise UsageError(_("no file is named"), CommandLine("file {} FILE", case.id))
    # A file too large to be kept that lies elsewhere now is filed again: its place is another.
    had = {(one.kept.sha256, one.kept.place): one.n for one in attached_files(case) if not one.undone}
    new = [*{one.sha256: one for one in given if (one.sha256, one.place) not in had}.values()]
    doubled = [(one, had[one.sha256, one.place]) for one in given if (one.sha256, one.place) in had]
    told = tuple(_("{file} is filed already, as no. {n}").format(file=one.name, n=n) for one, n in doubled)
    if not new:
        raise Refused("; ".join(told), CommandLine("open {} {}", case.id, doubled[0][1]))
    kept = keep_files(folder, case, "filed", new)
    entry = partial(Entry, text=what, on=on, file=kept.name, sha256=kept.sha256, attached=kept.attached)
    sentence = ngettext("{n} paper filed", "{n} papers filed", len(new)).format(n=len(new))
    return Act("file", sentence, entry=entry, onward=False, files=kept.files, warnings=told)
