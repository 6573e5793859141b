"""Log entries appended to a file as text: the commonest edit, without the editor's library.

The whole is read back, and used only when it says exactly what was meant. Whatever is not that simple (another place,
other line ends, a log in another style) is left to the editor.
"""

from collections.abc import Sequence
from pathlib import Path

from srctl.core.patches import Edit
from srctl.store.yaml.guards import BOM, ReadingError
from srctl.store.yaml.patch import patched
from srctl.store.yaml.reader import read_text
from srctl.store.yaml.writer import flow_style

_DASH = b"  - {"


def append_lines(raw: bytes, edits: Sequence[Edit], path: Path) -> bytes | None:
    """``raw`` with the items of ``edits`` as its last lines; None when the edits need the editor."""
    last = raw.rstrip(b"\n").rpartition(b"\n")[2]
    if len({(e.op, e.where) for e in edits}) != 1 or edits[0].op != "append":
        return None
    if raw.startswith(BOM) or b"\r" in raw:
        return None
    if not (raw.endswith(b"}\n") and last.startswith(_DASH)):
        return None
    source = read_text(raw, path)
    if source.data is None:
        return None
    try:
        meant = patched(source.data, edits)
    except ReadingError:
        return None
    lines = "".join(f"  - {flow_style(edit.value)}\n" for edit in edits)
    new = raw + lines.encode("utf-8", "surrogatepass")
    return new if read_text(new, path).data == meant else None
