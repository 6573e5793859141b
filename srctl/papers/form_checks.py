"""Which forms the registrar has compared with the regulation, and which were changed since. Reads and records.

A form is a wording or a layout; ``templates/checked.yaml`` keeps the day, who compared it, and its SHA-256 then.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from srctl.core.decoding import Text
from srctl.core.errors import BadFile
from srctl.core.i18n import ngettext
from srctl.core.records import NamedTuple
from srctl.office.folder import Folder
from srctl.office.writer import Actor, record_files
from srctl.papers.wordings import read_wording, sha256_of
from srctl.store.transaction import FileChange, Recorded
from srctl.store.yaml.reader import read_file
from srctl.store.yaml.source import read_typed
from srctl.store.yaml.writer import Tall, dump

CHECKED, LIST = "templates/checked.yaml", "templates/proof.yaml"
T = TypeVar("T")
_HEAD = "แบบที่นายทะเบียนตรวจแล้ว: วันที่ตรวจ ผู้ตรวจ และรหัสของไฟล์ในวันนั้น"


class FormCheck(NamedTuple):
    """A form as it was compared: the day, who did, and the SHA-256 of its file."""

    on: date
    by: str
    sha256: str


class CheckedForms(NamedTuple):
    """The forms that were compared, by the path of their file under ``templates``."""

    format: int
    forms: Mapping[str, FormCheck]


class ProofList(NamedTuple):
    """What a registrar compares before first use."""

    format: int
    label: Text
    source: str
    items: tuple[Text, ...]


class FormState(NamedTuple):
    """A form and how it stands: ``check`` is None while nobody compared it; ``changed`` since then."""

    name: str
    check: FormCheck | None
    changed: bool = False


def form_states(root: Path) -> tuple[FormState, ...]:
    """Every form of an office, in the order of their names.

    Raises:
        BadFile: ``checked.yaml`` cannot be read.
    """
    known = _read(CheckedForms, root, CHECKED).forms if (root / CHECKED).is_file() else {}
    return tuple(
        FormState(name, known.get(name), name in known and known[name].sha256 != sha)
        for name, sha in _forms(root).items()
    )


def proof_list(root: Path) -> ProofList:
    """The registrar's checklist of the office; an empty one where it has none (BadFile when it cannot be read)."""
    if not (root / LIST).is_file():
        return ProofList(1, Text("", ""), "", ())
    return _read(ProofList, root, LIST)


def record_check(folder: Folder, on: date, by: str, actor: Actor) -> Recorded:
    """Record that all forms as they are now were compared on that day."""
    forms = {name: FormCheck(on, by, sha) for name, sha in _forms(folder.root).items()}
    lines = {name: {"on": on.isoformat(), "by": by, "sha256": check.sha256} for name, check in forms.items()}
    path = folder.root / CHECKED
    old = path.read_bytes() if path.is_file() else None
    change = FileChange(CHECKED, old, dump({"format": 1, "forms": Tall(lines)}, _HEAD))

    def sentence() -> str:
        return ngettext("{n} form compared by {who}", "{n} forms compared by {who}", len(forms)).format(
            n=len(forms), who=by
        )

    return record_files(folder, [change], sentence, "papers", actor)


def _forms(root: Path) -> dict[str, str]:
    """The SHA-256 of each form, line ends as git keeps them, by its path under ``templates``."""
    templates = root / "templates"
    paths = sorted((*(templates / "layouts").glob("*.yaml"), *(templates / "papers").glob("*.*")))
    return {path.relative_to(templates).as_posix(): _digest(path) for path in paths if path.suffix in _ENDINGS}


_ENDINGS = (".yaml", ".j2", ".docx")


def _digest(path: Path) -> str:
    return sha256_of(path.read_bytes() if path.suffix == ".docx" else read_wording(path).encode())


def _read(shape: type[T], root: Path, name: str) -> T:
    value, problems = read_typed(shape, read_file(root / name, Path(name)))
    if value is None:
        raise BadFile(problems)
    return value
