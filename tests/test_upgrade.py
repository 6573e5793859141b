"""What is new in the starter set comes into an older office, and what the office changed stays byte for byte."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from srctl.core import i18n
from srctl.office import starter
from tests.conftest import NOW, PROJECT, Srctl

QUESTION, STANDING = "templates/kinds/question.yaml", "templates/deadlines.yaml"
MEMO, NEWS, LEGAL = "templates/papers/memo.j2", "templates/kinds/news.yaml", "templates/kinds/legal.yaml"
VALUES = re.compile(r"    type: choice\n    values:\n(?:      - .*\n)+")
Old = Callable[[], Srctl]


def older_starter(root: Path) -> Path:
    """The starter set as an older srctl had it: no choices, one standing rule and one kind less, another memo."""
    shutil.copytree(PROJECT / "templates", root / "templates")
    shutil.copy(PROJECT / "office.yaml", root)
    for kind in (root / "templates/kinds").glob("*.yaml"):
        rewrite(kind, lambda text: VALUES.sub("", text))
    rewrite(root / QUESTION, lambda text: text.replace("amount: 30", "amount: 15"))
    rewrite(root / STANDING, lambda text: re.sub(r"  - name: decision\n(?:    .*\n)+", "", text, count=1))
    rewrite(root / MEMO, lambda text: text + "\n")
    (root / LEGAL).unlink()
    return root


def rewrite(file: Path, change: Callable[[str], str]) -> None:
    before = file.read_text(encoding="utf-8")
    assert change(before) != before or "kinds" in file.parts
    file.write_text(change(before), encoding="utf-8", newline="")


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Srctl:
    """An office made by the older srctl, seen by the present one."""
    root = tmp_path / "office"
    i18n.use("th")
    with monkeypatch.context() as patch:
        source = older_starter(tmp_path / "older")
        patch.setattr(starter, "source", lambda: source)
        (source / "contacts").mkdir()
        starter.make(root, starter.Answers(), sample=True, now=NOW, cases=False)
    return Srctl(root)


def own(office: Srctl, file: str, before: str, after: str) -> None:
    """Change a file as the office would: by hand, and adopted."""
    path = office.root / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8", newline="")
    office.ok("adopt", file)


def text(office: Srctl, file: str) -> str:
    return (office.root / file).read_text(encoding="utf-8")


def test_an_office_of_the_present_srctl_has_nothing_to_take_in(office: Srctl) -> None:
    assert "ไม่มีสิ่งใหม่" in office.ok("upgrade").out
    assert office.ok("upgrade", "--json").json["items"] == []
    assert "upgrade" not in office.ok("doctor").out
    office.refused(5, "upgrade", "--do")
    office.refused(5, "upgrade", "--undo")


def test_files_an_office_never_touched_are_taken_whole_and_nothing_happens_before_it_is_said(old: Srctl) -> None:
    head = old.git("rev-parse", "HEAD")
    items = {item["file"]: item for item in old.ok("upgrade", "--json").json["items"]}
    assert items[QUESTION]["how"] == items[MEMO]["how"] == items[STANDING]["how"] == "replaced"
    assert items[LEGAL]["how"] == "new"
    assert old.git("rev-parse", "HEAD") == head
    assert "srctl upgrade" in old.ok("doctor").out
    old.ok("upgrade", "--do")
    assert old.git("rev-parse", "HEAD~1") == head
    assert text(old, QUESTION) == (PROJECT / QUESTION).read_text(encoding="utf-8")
    assert old.ok("check").code == 0
    assert "ไม่มีสิ่งใหม่" in old.ok("upgrade").out


def test_what_the_office_changed_stays_byte_for_byte(old: Srctl) -> None:
    own(old, QUESTION, "    amount: -3\n", "    amount: -5   # มติที่ประชุมสำนักงาน\n")
    own(old, STANDING, "name: signature", "name: signature  # ของเรา")
    own(old, MEMO, "\n{%", "\nของสำนักงานเอง\n{%")
    before = {file: text(old, file).splitlines() for file in (QUESTION, STANDING, MEMO)}
    items = {item["file"]: item for item in old.ok("upgrade", "--json", "--do").json["items"]}
    assert items[QUESTION]["how"] == items[STANDING]["how"] == "merged"
    assert items[MEMO]["how"] == "left"
    assert "fields.answer_in.values" in items[QUESTION]["added"]
    assert items[STANDING]["added"] == ["deadlines.decision"]
    for file, lines in before.items():
        now = text(old, file).splitlines()
        assert [line for line in lines if line not in now] == (["    amount: 15"] if file == QUESTION else []), file
    assert "ราชกิจจานุเบกษา, en: Royal Gazette" in text(old, QUESTION)
    assert old.ok("check").code == 0
    again = old.ok("upgrade", "--json").json["items"]
    assert [(item["file"], item["how"]) for item in again] == [(MEMO, "left")]
    assert "+" in old.ok("upgrade", MEMO).out


def test_what_both_changed_is_named_and_left(old: Srctl) -> None:
    own(old, QUESTION, "    amount: 15\n", "    amount: 20\n")
    items = {item["file"]: item for item in old.ok("upgrade", "--json", "--do").json["items"]}
    assert items[QUESTION]["left"] == ["deadlines.gazette.amount"]
    assert "    amount: 20\n" in text(old, QUESTION)
    assert "deadlines.gazette.amount" in old.ok("upgrade").out
    assert "+    amount: 30" in old.ok("upgrade", QUESTION).out


def test_what_the_office_took_out_stays_out_and_is_told(old: Srctl) -> None:
    (old.root / QUESTION).unlink()
    old.ok("adopt", QUESTION)
    old.ok("upgrade", "--do")
    assert not (old.root / QUESTION).exists()
    assert f"! {QUESTION}" in old.ok("upgrade").out


def test_an_upgrade_is_taken_back_whole(old: Srctl) -> None:
    own(old, QUESTION, "    amount: 15\n", "    amount: 20\n")
    tree = old.git("rev-parse", "HEAD^{tree}")
    first = old.ok("upgrade", "--json").json["items"]
    old.ok("upgrade", "--do")
    old.ok("upgrade", "--undo")
    assert old.git("rev-parse", "HEAD^{tree}") == tree
    assert old.ok("upgrade", "--json").json["items"] == first
    old.ok("upgrade", "--do")
    own(old, QUESTION, "amount: 20", "amount: 25")
    assert QUESTION in old.refused(5, "upgrade", "--undo")


def test_a_file_changed_by_hand_and_not_recorded_is_not_overwritten(old: Srctl) -> None:
    path = old.root / NEWS
    path.write_text(text(old, NEWS) + "# ของเรา\n", encoding="utf-8")
    (old.root / LEGAL).write_text("format: 1\n", encoding="utf-8")
    items = {item["file"]: item["how"] for item in old.ok("upgrade", "--json").json["items"]}
    assert items[LEGAL] == "left"
    old.ok("upgrade", "--do")
    assert text(old, NEWS).endswith("# ของเรา\n")
    assert text(old, LEGAL) == "format: 1\n"
