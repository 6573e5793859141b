"""Long work is told while it lasts, and never gets into what it was done for (srctl/cli/progress.py)."""

import pytest

from srctl.cli import progress
from srctl.store.lock import local_folder
from tests.conftest import Srctl


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have somebody look at stderr, and a few files count as many."""
    monkeypatch.setenv("FORCE_COLOR", "1")  # what makes a terminal of a stream for the library that draws
    monkeypatch.setattr(progress, "_somebody_looks", lambda: True)
    monkeypatch.setattr(progress, "LONG_READING", 2)


@pytest.mark.usefixtures("looked_at")
@pytest.mark.parametrize("words", [("list",), ("due", "--json")], ids=" ".join)
def test_the_bar_of_a_long_reading_stays_out_of_the_result(sample: Srctl, words: tuple[str, ...]) -> None:
    expected = sample.ok(*words).out
    for file in local_folder(sample.root).glob("index.db*"):
        file.unlink()
    ran = sample.ok(*words)
    assert ran.out == expected
    assert "กำลังอ่าน" in ran.err
    assert "2569-" not in ran.err
    assert not progress._bars  # it went before the result was shown


def test_short_work_and_nobody_there_show_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.bar("x") as tell:
        tell(1, 1000)
    progress.reading(1, 1000)
    assert capsys.readouterr() == ("", "")
