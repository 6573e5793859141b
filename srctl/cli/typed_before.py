"""What a person typed at a prompt before, for Up: own and local, never tracked, never anybody's personal data."""

import json
from contextlib import suppress
from pathlib import Path

from srctl import LOCAL
from srctl.core.errors import SrctlError

MOST = 50  # answers kept for a field
LONGEST = 2000  # characters of an answer that is kept
NAME = "typed"


def recalled(field: str) -> list[str]:
    """The answers the person gave in ``field`` before, the latest last; none for no field."""
    file = _file(field)
    try:
        found = json.loads(file.read_text(encoding="utf-8")) if file else []
    except (OSError, ValueError):  # none yet, or torn: it is a convenience, nothing depends on it
        return []
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def remember(field: str, text: str) -> None:
    """Keep an answer, the same one once; where nothing can be written nothing is."""
    file = _file(field) if text.strip() and len(text) <= LONGEST else None
    if file is None:
        return
    from srctl.store.atomicfile import write

    kept = [*(known for known in recalled(field) if known != text), text][-MOST:]
    with suppress(OSError):
        write(file, json.dumps(kept, ensure_ascii=False).encode(), mode=0o600)


def _file(field: str) -> Path | None:
    """Where the answers of whoever acts are kept; None outside an office, and for somebody who is not of it."""
    if not field:
        return None
    from srctl.cli.editor import folder_name
    from srctl.index.workspace import current_workspace

    with suppress(SrctlError):
        workspace = current_workspace()
        return workspace.here.root / LOCAL / NAME / folder_name(workspace.me.id) / f"{folder_name(field)}.json"
    return None
