"""Answers of a form that was not recorded: kept for whoever typed them, offered when the same command comes again.

They lie in ``.git/srctl/drafts``, a folder a person, never tracked and for nobody else to read; those of an office
that is only being made lie in the person's own home. Nothing depends on them: where they cannot be kept or read,
work goes on.
"""

import json
import os
import socket
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from srctl import LOCAL
from srctl.cli.form import State
from srctl.core.records import NamedTuple

FORMAT = 1


class KeptDraft(NamedTuple):
    """Answers kept in ``file``: of which form (``new``, ``letter 2569-0005``), since when, in short, and how far."""

    file: Path
    form: str
    at: datetime
    about: str
    state: State


def folder_of(root: Path, person: str) -> Path:
    """Where the answers of a coordinator are kept."""
    from srctl.cli.editor import folder_name

    return root / LOCAL / "drafts" / folder_name(person)


def folder_at_home() -> Path:
    """Where answers are kept that belong to no office yet."""
    if sys.platform == "win32":
        place = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        place = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(place) / "srctl" / "drafts"


def new_file(folder: Path, at: datetime) -> Path:
    """A file that nobody has yet."""
    return folder / f"{at:%Y%m%d-%H%M%S}-{os.getpid()}.json"


def keep(kept: KeptDraft, *, writing: bool) -> bool:
    """Write the answers, whole and for the person alone; False where they cannot be. ``writing``: more will come."""
    from srctl.store import atomicfile

    state = kept.state
    data = {
        "format": FORMAT, "form": kept.form, "at": kept.at.isoformat(), "about": kept.about,
        "answers": dict(state.answers), "done": sorted(state.done), "trail": list(state.trail),
        "writer": _me() if writing else "",
    }  # fmt: skip
    try:
        if not kept.file.parent.is_dir():
            atomicfile.make_folder(kept.file.parent)
            kept.file.parent.chmod(0o700)
        atomicfile.write(kept.file, json.dumps(data, ensure_ascii=False, indent=1).encode(), mode=0o600)
    except OSError:
        return False
    return True


def forget(kept: KeptDraft) -> None:
    """Delete the answers: they are recorded, or not wanted."""
    with suppress(OSError):
        kept.file.unlink()


def found(folder: Path, form: str) -> list[KeptDraft]:
    """The answers kept of that form which nobody is typing now, the latest first."""
    kept = [one for file in sorted(folder.glob("*.json"), reverse=True) if (one := _read(file)) and one.form == form]
    return sorted(kept, key=lambda one: one.at, reverse=True)


def _read(file: Path) -> KeptDraft | None:
    """The answers of a file; None where it is none of ours, or somebody types them at this moment."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["format"] != FORMAT or _is_typing(data["writer"]):
            return None
        answers = {str(key): str(text) for key, text in data["answers"].items()}
        state = State(answers, frozenset(data["done"]), tuple(data["trail"]))
        return KeptDraft(file, data["form"], datetime.fromisoformat(data["at"]), data["about"], state)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _me() -> str:
    return f"{os.getpid()}@{socket.gethostname()}"


def _is_typing(writer: str) -> bool:
    """Whether the process that writes the answers still runs; one of another computer is thought to have ended."""
    process, _at, host = writer.partition("@")
    if (
        not process.isdecimal()
        or host != socket.gethostname()
        or int(process) == os.getpid()
        or sys.platform == "win32"
    ):
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
