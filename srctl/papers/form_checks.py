"""Which forms the registrar has compared with the regulation, and which were changed since. Reads and records.

A form is a wording or a layout; ``templates/checked.yaml`` keeps the day, who compared it, and its SHA-256 then.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TypeVar

from srctl.core.decoding import Text
from srctl.core.errors import BadFile, CommandLine, NotFound, unknown
from srctl.core.i18n import _, ngettext
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
    sha256: str = ""


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

    @property
    def holds(self) -> bool:
        """Whether it is as somebody compared it."""
        return bool(self.check) and not self.changed


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


def chosen_forms(states: Iterable[FormState], typed: Sequence[str]) -> tuple[FormState, ...]:
    """The forms called so: by their path under ``templates``, or by a name that wording and layout may share.

    Raises:
        NotFound: no form is called so.
    """
    known = {state.name: state for state in states}
    found: dict[str, FormState] = {}
    for name in typed:
        named = {path: state for path, state in known.items() if name in (path, _stem(path))}
        if not named:
            raise NotFound(*unknown(_("form"), name, map(_stem, known), CommandLine("papers proof --list")))
        found |= named
    return tuple(found.values())


def record_check(folder: Folder, forms: Sequence[FormState], check: FormCheck, actor: Actor) -> Recorded:
    """Record that these forms as they are now were compared, on the day and by whom ``check`` says."""
    now = _forms(folder.root)
    known = {state.name: state.check for state in form_states(folder.root) if state.check}
    known |= {form.name: check._replace(sha256=now[form.name]) for form in forms}
    lines = {
        name: {"on": one.on.isoformat(), "by": one.by, "sha256": one.sha256} for name, one in sorted(known.items())
    }
    path = folder.root / CHECKED
    old = path.read_bytes() if path.is_file() else None
    change = FileChange(CHECKED, old, dump({"format": 1, "forms": Tall(lines)}, _HEAD))

    def sentence() -> str:
        return ngettext("{n} form compared by {who}", "{n} forms compared by {who}", len(forms)).format(
            n=len(forms), who=check.by
        )

    return record_files(folder, [change], sentence, "papers", actor)


def _forms(root: Path) -> dict[str, str]:
    """The SHA-256 of each form, line ends as git keeps them, by its path under ``templates``."""
    templates = root / "templates"
    paths = sorted((*(templates / "layouts").glob("*.yaml"), *(templates / "papers").glob("*.*")))
    return {path.relative_to(templates).as_posix(): _digest(path) for path in paths if path.suffix in _ENDINGS}


_ENDINGS = (".yaml", ".j2", ".docx")


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _digest(path: Path) -> str:
    return sha256_of(path.read_bytes() if path.suffix == ".docx" else read_wording(path).encode())


def _read(shape: type[T], root: Path, name: str) -> T:
    value, problems = read_typed(shape, read_file(root / name, Path(name)))
    if value is None:
        raise BadFile(problems)
    return value
