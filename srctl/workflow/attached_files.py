"""The files that came in for a case, numbered in the order they were filed. Pure."""

from srctl.core.i18n import _
from srctl.core.records import NamedTuple
from srctl.model.case import Attached, Case, Entry
from srctl.model.labels import action_word

_KEPT_ALONE = ("sign", "reply", "adopt")  # of entries older than the list of all files


class AttachedFile(NamedTuple):
    """A file that came in: its number in the case, which never changes, and the entry it was filed with.

    ``undone`` tells that the entry was taken back: the file itself stays.
    """

    n: int
    entry: Entry
    kept: Attached
    undone: bool = False

    @property
    def what(self) -> str:
        """What it is, as said when it was filed, else what it was filed with."""
        entry = self.entry
        said = entry.text if entry.did == "file" else ""
        word = _("reply received") if entry.did == "reply" and entry.paper else action_word(entry.did)
        word = _("letter received") if entry.did == "reply" and not entry.paper else word
        return said or " ".join(part for part in (entry.paper if entry.did == "sign" else "", word) if part)


def attached_files(case: Case) -> tuple[AttachedFile, ...]:
    """The files that came in for the case, in the order of the log, from number 1."""
    standing = {entry.id for entry in case.happened()}
    found = [(entry, kept) for entry in case.log for kept in _attached(entry)]
    return tuple(AttachedFile(n, entry, kept, entry.id not in standing) for n, (entry, kept) in enumerate(found, 1))


def _attached(entry: Entry) -> tuple[Attached, ...]:
    alone = entry.file and not entry.attached and entry.did in _KEPT_ALONE
    return (Attached(entry.sha256, entry.file),) if alone else entry.attached
