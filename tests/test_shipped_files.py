"""Bytes are sacred: no edit of a shipped file changes anything but the line it concerns (design §3, bold)."""

from pathlib import Path

import pytest

from srctl.edits import Edit
from srctl.yamlfile import apply, lint, read_text
from tests.conftest import PROJECT

FILES = sorted(
    [
        PROJECT / "office.yaml",
        *(p for part in ("cases", "contacts", "templates") for p in (PROJECT / part).rglob("*.yaml")),
    ]
)
CASES = sorted((PROJECT / "cases").rglob("*.yaml"))


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def changed_lines(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    assert len(old) == len(new)
    return [(a, b) for a, b in zip(old, new, strict=True) if a != b]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_nobody_edits_stays_byte_for_byte(path: Path) -> None:
    raw = path.read_bytes()
    assert apply(raw, []) == raw
    assert not lint(raw, path)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_an_edit_of_one_field_changes_one_line(path: Path) -> None:
    raw = path.read_bytes()
    data = read_text(raw, path).data or {}
    texts = [key for key, value in data.items() if isinstance(value, str)]
    assert texts
    for key in texts:
        after = apply(raw, [Edit("set", (key,), "แก้ไขแล้ว")])
        assert len(changed_lines(raw, after)) == 1, key
        assert (read_text(after, path).data or {})[key] == "แก้ไขแล้ว"


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_log_entry_more_is_a_line_more_at_the_end(path: Path) -> None:
    raw = path.read_bytes()
    entry = {"id": "a99", "at": "2026-11-20T09:12:00+07:00", "who": "malee", "did": "note", "text": "ทดสอบ: #1"}
    after = apply(raw, [Edit("append", ("log",), entry)])
    assert after.startswith(raw)
    assert after.count(b"\n") == raw.count(b"\n") + 1
    assert (read_text(after, path).data or {})["log"][-1] == entry
