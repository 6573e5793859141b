"""A pipe in the place of a file of the office: told as no ordinary file, waited for by no command."""

import os
from pathlib import Path

import pytest

from tests.conftest import Srctl, sampled

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")

NEW = (
    "new",
    "visit",
    "-s",
    "ศึกษาดูงาน",
    "--from",
    "เทศบาลตัวอย่าง",
    "-c",
    "voice",
    "--by",
    "รมว.ศธ.",
    "--order",
    "ให้ดำเนินการ",
)
PLACES = {
    "contacts/zz.yaml": ("check", ("papers", "check"), ("contacts", "list")),
    "templates/kinds/zz.yaml": ("check", NEW, ("kinds", "list")),
    "cases/2569/11/2569-0099.yaml": ("check", NEW, "list", ("paper", "where", "FILE")),
    "templates/layouts/letter.yaml": ("check", "doctor"),
    "templates/deadlines.yaml": ("check", "due"),
    "templates/papers/_parts.j2": ("check", ("memo", "12")),
    "templates/papers/memo.j2": ("check", ("memo", "12")),
    "templates/calendar/2571.yaml": ("check", "due"),
}  # fmt: skip


@pytest.mark.parametrize("place", sampled(PLACES, 2))
def test_a_pipe_in_the_place_of_a_file_is_told_and_not_waited_for(sample: Srctl, place: str, tmp_path: Path) -> None:
    file = sample.root / place
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7")
    for command in PLACES[place]:
        words = (command,) if isinstance(command, str) else command
        ran = sample.run(*(str(scan) if word == "FILE" else word for word in words))
        assert ran.code != 70, ran
        if command == "check":
            assert (ran.code, place in ran.out) == (1, True)
