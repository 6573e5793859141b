"""Files written where somebody asked for them (srctl/store/outputfile.py): one rule for all."""

from pathlib import Path

import pytest

from srctl.core import i18n
from srctl.core.errors import NotFound, Refused, UsageError
from srctl.store.outputfile import in_folder, output_path, save
from tests.conftest import Srctl

NAMED = (
    ("explain", "10", "--docx"), ("due", "--ics"), ("register", "out", "--docx"), ("register", "in", "--xlsx"),
    ("digest", "--all", "--docx"), ("digest", "--all", "--html"),
    ("digest", "--all", "--to", "a@example.go.th", "--eml"),
)  # fmt: skip


@pytest.mark.parametrize("words", NAMED, ids=" ".join)
def test_every_command_refuses_another_ending_and_a_place_that_cannot_be_written(
    sample: Srctl, words: tuple[str, ...]
) -> None:
    i18n.use("en")
    ending = words[-1].replace("--", ".")
    said = sample.refused(2, "--as", "malee", *words, str(sample.root / "office.yaml"))
    assert f"office.yaml does not end in {ending}" in said
    assert f"{words[-1]} office{ending}" in said
    taken = sample.root.parent / f"taken{ending}"
    taken.mkdir()
    said = sample.refused(5, "--as", "malee", *words, str(taken))
    assert f"cannot write {taken}: " in said
    assert "close it where it is open, or give another name" in said


def test_a_name_is_proposed_where_there_is_none() -> None:
    i18n.use("en")
    for file, name in (("notes.txt", "notes"), (".docx", "docx"), ("", "usual")):
        with pytest.raises(UsageError) as refused:
            output_path(Path(file), ".docx", "usual")
        assert refused.value.hint == f"--docx {name}.docx"
    assert output_path(Path("x.DOCX"), ".docx", "usual") == Path.cwd() / "x.DOCX"


def test_a_folder_mistyped_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        in_folder(tmp_path / "none" / "x.docx")
    assert in_folder(tmp_path / "x.docx") == tmp_path / "x.docx"


def test_what_is_saved_is_whole_and_a_hint_of_its_own_is_told(tmp_path: Path) -> None:
    save(tmp_path / "x.pdf", b"pages")
    assert (tmp_path / "x.pdf").read_bytes() == b"pages"
    with pytest.raises(Refused) as refused:
        save(tmp_path, b"pages", "elsewhere")
    assert refused.value.hint == "elsewhere"


def test_thai_is_spoken_inside_and_the_language_comes_back_whatever_happens() -> None:
    i18n.use("en")
    with pytest.raises(ValueError, match="th"), i18n.speaking("th"):
        raise ValueError(i18n.language())
    assert i18n.language() == "en"
