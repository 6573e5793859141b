"""Files handed in, read whole and judged before anything is recorded; one too large to be kept is summed up."""

import io
import os
from collections.abc import Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from srctl.core.errors import Refused, UsageError
from srctl.core.i18n import _
from srctl.documents.docx import word_file
from srctl.documents.docx.content import NotWordError
from srctl.documents.file_kinds import ending_of, judge, kinds
from srctl.office.attachments import Given

if TYPE_CHECKING:
    from srctl.documents.mail import Enclosed

MEGABYTE = 1_000_000
MAX_BYTES = 20 * MEGABYTE  # of a Word file that is read
MAX_MAIL = 100 * MEGABYTE  # of a mail whose files are taken out; none that is larger gets through
WORD, MAIL = ("docx",), ("eml",)
_DEEPEST = 3  # mails within mails


def is_kept(name: str) -> bool:
    """Whether a file of this name is of a kind that is kept with a case."""
    return ending_of(name) in kinds()


def read_scan(path: Path, limit: int = 0) -> Given:
    """The file handed in to be kept with a case; larger than ``limit`` MB (0: as Word files) it stays where it lies.

    Raises:
        UsageError: there is none. Refused: it is not kept (:func:`srctl.office.read_given`), or a Word file
        that is not let in (:mod:`srctl.documents.docx.incoming`).
    """
    size = limit * MEGABYTE or MAX_BYTES
    return let_in(path, read_given(path, (), size, aside=bool(limit)))


def read_handed_in(path: Path, limit: int = 0) -> tuple[Given, ...]:
    """The file as :func:`read_scan` reads it, and behind a mail the files attached to it, judged as any that comes in.

    What is not let in, or is larger than ``limit``, stays in the mail alone, which is kept whole.
    """
    return _with_enclosed(read_scan(path, limit), limit * MEGABYTE or MAX_BYTES, _DEEPEST)


def _with_enclosed(given: Given, limit: int, depth: int) -> tuple[Given, ...]:
    if given.ending not in MAIL or not depth or given.size > MAX_MAIL:
        return (given,)
    from srctl.documents.mail import enclosed_in

    found: dict[str, Given] = {}
    held: list[str] = []
    left: list[str] = []
    for one in enclosed_in(given.raw or Path(given.place).read_bytes()):
        try:
            mine, *inner = _with_enclosed(_taken_out(one, limit), limit, depth - 1)
        except Refused as fault:
            left.append(fault.message)
            continue
        held += [mine.name, *mine.held]
        left += mine.left
        for file in (mine, *inner):
            found.setdefault(file.sha256, file._replace(held=(), left=()))
    found.pop(given.sha256, None)
    return (given._replace(held=tuple(held), left=tuple(left)), *found.values())


def _taken_out(one: "Enclosed", limit: int) -> Given:
    if len(one.raw) > limit:
        raise Refused(_("{file} is larger than {size} MB").format(file=one.name, size=limit // MEGABYTE))
    ending = judge(one.name, io.BytesIO(one.raw))
    return let_in(Path(one.name), Given(ending, one.raw, one.name, len(one.raw), sha256(one.raw).hexdigest()))


def let_in(path: Path, given: Given) -> Given:
    """The file, when it is no Word file, or one that is safe to open; Refused otherwise."""
    if given.ending in WORD and not given.place:
        try:
            word_file.refuse_unsafe(given.raw)
        except NotWordError as reason:
            message = _("{file} is not taken: {reason}").format(file=path.name, reason=reason)
            raise Refused(message, _("save it in Word as a .docx without it")) from None
    return given


def read_given(path: Path, wanted: Sequence[str] = (), limit: int = MAX_BYTES, *, aside: bool = False) -> Given:
    """Read the file at ``path``, of the kinds ``wanted`` (all that are kept, when none are named).

    One larger than ``limit`` bytes is refused or, when it may stay ``aside``, judged and summed up where it lies.

    Raises:
        UsageError: there is none. Refused: it is too large, or not let in (:func:`srctl.documents.file_kinds.judge`).
    """
    if not path.is_file():
        raise UsageError(_("there is no file {file}").format(file=path), _("give the path of the file"))
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > limit and not aside and ending_of(path.name) in (wanted or kinds()):
                message = _("{file} is larger than {size} MB").format(file=path.name, size=limit // MEGABYTE)
                raise Refused(message, _("scan it smaller"))
            ending = judge(path.name, file, wanted)
            if size > limit:
                sum_ = file_digest(file, sha256).hexdigest()
                return Given(ending, b"", path.name, size, sum_, str(path.resolve()))
            raw = file.read()
    except OSError as fault:
        message = _("{file} cannot be read: {reason}").format(file=path.name, reason=fault.strerror or fault)
        raise Refused(message, _("close it where it is open, or copy it elsewhere")) from None
    return Given(ending, raw, path.name, len(raw), sha256(raw).hexdigest())
