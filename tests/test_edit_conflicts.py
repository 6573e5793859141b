"""An edit that met another's change ends: with mine, with theirs, or dropped; nobody records another's text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srctl.cli import editor
from srctl.cli.editor import folder_name
from tests.conftest import Srctl

CASE = "2569-0010"
Change = Callable[[str], str]


@pytest.fixture
def editing(sample: Srctl, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the next editor opened make ``change``, and let others do ``meanwhile`` while it is open."""

    def prepare(change: Change, *meanwhile: tuple[str, ...]) -> None:
        def opened(file: Path) -> None:
            for words in meanwhile:
                sample.ok(*words, "--as", "prasit")
            text = file.read_text(encoding="utf-8")
            file.write_text(change(text), encoding="utf-8", newline="")

        monkeypatch.setattr(editor, "open_editor", opened)

    return prepare


def urgent(text: str) -> str:
    assert "urgency: none" in text
    return text.replace("urgency: none", "urgency: urgent  # มาลี")


def text(office: Srctl) -> str:
    return office.case_file(CASE).read_text(encoding="utf-8")


def conflict(sample: Srctl, editing: Callable[..., None]) -> None:
    """Leave malee's text in conflict: both changed the urgency, prasit the ref too."""
    editing(urgent, ("set", CASE, "urgency=very-urgent", "received.ref=1/2569"), ("note", CASE, "ก"))
    said = " ".join(sample.refused(6, "edit", CASE).split())
    for way in ("--mine", "--theirs", "--discard"):
        assert f"srctl edit {CASE} {way}" in said


def test_what_others_only_logged_meanwhile_is_kept_and_stops_nobody(
    sample: Srctl, editing: Callable[..., None]
) -> None:
    editing(urgent, ("note", CASE, "โทรแล้ว"))
    sample.ok("edit", CASE)
    assert "urgency: urgent  # มาลี" in text(sample)
    assert [e["did"] for e in sample.ok("show", CASE, "--json").json["log"]][-2:] == ["note", "edit"]
    assert sample.ok("check", CASE).code == 0


def test_mine_stands_where_both_changed_and_theirs_elsewhere(sample: Srctl, editing: Callable[..., None]) -> None:
    conflict(sample, editing)
    sample.ok("edit", CASE, "--mine")
    assert "urgency: urgent  # มาลี" in text(sample)
    shown = sample.ok("show", CASE, "--json").json
    assert shown["received"]["ref"] == "1/2569"
    assert [e["did"] for e in shown["log"]][-3:] == ["set", "note", "edit"]
    sample.refused(5, "edit", CASE, "--mine")


def test_theirs_stands_where_both_changed_and_mine_elsewhere(sample: Srctl, editing: Callable[..., None]) -> None:
    editing(lambda text: urgent(text).replace("owner: suda", "owner: malee"), ("set", CASE, "urgency=very-urgent"))
    sample.refused(6, "edit", CASE)
    sample.ok("edit", CASE, "--theirs")
    assert "urgency: very-urgent" in text(sample)
    assert "owner: malee" in text(sample)


def test_a_text_is_dropped_and_the_next_edit_begins_anew(sample: Srctl, editing: Callable[..., None]) -> None:
    conflict(sample, editing)
    sample.ok("edit", CASE, "--discard")
    sample.refused(5, "edit", CASE, "--discard")
    editing(lambda text: text.replace("urgency: very-urgent", "urgency: none"))
    sample.ok("edit", CASE)
    sample.refused(2, "edit", CASE, "--mine", "--theirs")


def test_nobody_goes_on_with_the_text_of_another(sample: Srctl, editing: Callable[..., None]) -> None:
    conflict(sample, editing)
    editing(lambda text: text.replace("owner: suda", "owner: prasit"))
    sample.ok("edit", CASE, "--as", "prasit")
    assert "owner: prasit" in text(sample)
    assert "มาลี" not in text(sample)
    sample.ok("edit", CASE, "--mine")
    assert "owner: prasit" in text(sample)
    assert "มาลี" in text(sample)


def test_a_text_without_a_name_is_told_and_nobodys(sample: Srctl, editing: Callable[..., None]) -> None:
    nobodys = sample.root / ".git/srctl/edit" / f"{CASE}.yaml"
    nobodys.parent.mkdir(parents=True)
    nobodys.write_text("format: 1\n", encoding="utf-8")
    editing(urgent)
    assert nobodys.name in sample.ok("edit", CASE).err
    assert nobodys.exists()
    assert "urgency: urgent" in text(sample)


def test_each_person_has_a_folder_every_system_can_make() -> None:
    people = ("malee", "Malee", "มาลี", "con", "com1", "a.b", "a b", "a/b", "..", "%41")
    names = [folder_name(person) for person in people]
    assert names[0] == "malee"
    assert len({name.casefold() for name in names}) == len(people)
    assert not [name for name in names if set(name) & set('./\\:*?"<>| ') or name in ("con", "com1")]
