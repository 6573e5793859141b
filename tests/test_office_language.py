"""What the office keeps is in its own language, whatever the screen of whoever acts speaks (clerk §13, reports 63)."""

import re
from pathlib import Path

import pytest

from srctl.core import i18n
from tests.conftest import Srctl, copied

ME = ("--as", "malee")
THAI = re.compile("[ก-๙]")
# Each leaves words of srctl's own behind: in the case, in a commit, in a file of the office.
ACTS = (
    ("new", "directive", "-s", "ศธ", "--from", "ศธ", "-c", "letter", "--by", "ศธ", "--order", "ศธ"),
    ("analyse", "1", "--issue", "ศธ", "--fact", "ศธ", "--proposal", "ศธ", "--override", "ศธ"),
    ("plan", "1", "--result", "ศธ", "--checklist", "study-visit", "--override", "ศธ"),
    ("contact", "1", "obec/somsak", "--by", "phone", "--said", "ศธ", "--we-promise", "ศธ", "--until", "+3wd"),
    ("step", "done", "1", "s1"),
    ("letter", "1", "support", "--to", "province", "--ask", "ศธ"),
    ("submit", "1"), ("sign", "1"), ("number", "1"), ("send", "1", "--until", "+5wd"),
    ("receive", "1", "--from", "province", "--ref", "1"),
    ("promise", "broken", "1", "a4", "--until", "+9wd"),
    ("pause", "1", "agency", "--why", "ศธ"), ("resume", "1", "--why", "ศธ"),
    ("escalate", "1", "--to", "head", "--ask", "ศธ", "--why", "ศธ"), ("undo", "1", "--why", "ศธ"),
    ("assign", "1", "prasit"), ("handover", "prasit", "--to", "malee"),
    ("away", "suda", "+1", "+2"), ("away", "suda", "--cancel"),
    ("contacts", "add", "x", "--name", "ศธ"), ("papers", "new", "mine", "--from", "support"),
    ("calendar", "add", "2026-12-15", "ศธ", "--source", "ศธ"),
    ("replan", "--do", "--why", "ศธ"), ("calendar", "remove", "2026-12-15", "--source", "ศธ"),
    ("register", "out", "--xlsx", "{root}/out.xlsx"), ("digest", "--all", "--html", "{root}/digest.html"),
)  # fmt: skip


def worked(pristine: Path, root: Path, office: str, screen: str) -> tuple[dict[str, bytes], str]:
    """The files of the office after the acts, and its commit messages."""
    at = Srctl(copied(pristine, root))
    settings = at.root / "office.yaml"
    settings.write_text(settings.read_text("utf-8").replace("language: th", f"language: {office}"), "utf-8")
    i18n.use(screen)
    at.run(*ME, "adopt", "office.yaml")
    for words in ACTS:
        ran = at.run(*ME, *(word.replace("{root}", str(at.root)) for word in words))
        assert ran.code == 0 or words[0] == "replan", (words, ran)
    files = {p.relative_to(at.root).as_posix(): p.read_bytes() for p in at.root.rglob("*") if p.is_file()}
    kept = {name: raw for name, raw in files.items() if not name.startswith(".git/")}
    return kept, at.git("log", "--format=%B")


@pytest.mark.parametrize("office", ["th", "en"])
def test_the_same_acts_leave_the_same_files_and_commits_whatever_the_screen_speaks(
    office: str, pristine_empty: Path, tmp_path: Path
) -> None:
    kept, commits = worked(pristine_empty, tmp_path / "th", office, "th")
    other, same = worked(pristine_empty, tmp_path / "en", office, "en")
    assert [name for name in kept if kept[name] != other.get(name)] == []
    assert commits == same
    of_ours = [line for line in commits.splitlines() if line and not line.startswith("Srctl-")]
    ours = "\n".join(of_ours[:-2]).replace("ศธ", "")  # the office was made before it was an English one
    assert bool(THAI.search(ours)) == (office == "th")


def test_what_is_refused_is_refused_in_the_words_of_the_screen(office: Srctl) -> None:
    i18n.use("en")
    office.ok(*ME, "new", "directive", "--subject", "ก", "--order", "ก", "--by", "ก", "--from", "ก", "-c", "voice")
    assert "no open promise" in office.refused(3, *ME, "promise", "kept", "1", "a9")
    said = office.ok(*ME, "note", "1", "ก").out
    assert "note added" in said
    assert THAI.search(office.git("log", "-1", "--format=%s"))
