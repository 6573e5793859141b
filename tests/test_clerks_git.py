"""Many writers beside a clerk's own git: an acknowledged act is in the record or named, and one command brings it back.

``python -m tests.test_clerks_git 8 60`` lets eight writers note sixty things each and prints what it saw.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from srctl.core import i18n
from srctl.store import damage, taken_back
from srctl.store.git.repository import Repo
from tests.conftest import PROJECT, Srctl, copied

WORKER = Path(__file__).with_name("writing_clerk.py")
WHO = ("-c", "user.name=ประสิทธิ์ ทดลอง", "-c", "user.email=prasit@example.org")
# What a clerk who knows git a little does in the folder, over and over.
ROUND = (
    ("commit", "-q", "-a", "-m", "งานของฉัน"),
    ("stash", "-q"),
    ("status", "--porcelain"),
    ("stash", "pop", "-q"),
    ("worktree", "add", "-q", "--detach", "../beside"),
    ("gc", "-q", "--auto"),
    ("worktree", "remove", "--force", "../beside"),
    ("add", "-A"),
    ("commit", "-q", "-m", "อีกครั้ง"),
)
OLD = (("checkout", "-q", "HEAD~4", "--", "cases"), ("commit", "-q", "-a", "-m", "ของเก่า"))


class Seen(NamedTuple):
    """What writers were told: case, entry and text of each act saved; reasons of refusals; the clerk's rounds."""

    saved: list[tuple[str, str, str]]
    refused: Counter[str]
    rounds: int


def work(root: Path, writers: int, notes: int, cases: list[str]) -> Seen:
    """Let writers and the clerk's git work at once until all writers are done."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    running, said_in = [], root.parent / "said"
    said_in.mkdir()
    for n in range(writers):
        words = [sys.executable, str(WORKER), str(root), f"w{n}", str(notes), *cases[n % 3 :], *cases[: n % 3]]
        # Into a file: a pipe nobody reads until all are done stops a writer that says much.
        told = said_in / f"{n}.txt"
        with told.open("wb") as out:
            running.append(subprocess.Popen(words, stdout=out, env=environment))
    rounds = 0
    (root / "บันทึก.txt").write_text("เริ่ม\n", "utf-8")
    while any(writer.poll() is None for writer in running):
        with (root / "บันทึก.txt").open("a", encoding="utf-8") as file:
            file.write(f"{rounds}\n")
        for words in (*ROUND, *(OLD if rounds % 4 == 3 else ())):
            subprocess.run(["git", "-C", str(root), *WHO, *words], capture_output=True, check=False)
            time.sleep(0.01)
        rounds += 1
    said = [line for told in sorted(said_in.iterdir()) for line in told.read_text("utf-8").splitlines()]
    saved = [tuple(line.split(" ", 3)[1:]) for line in said if line.startswith("ACK")]
    reasons = Counter(re.sub(r"[0-9a-f-]{4,}", "…", line)[:120] for line in said if line.startswith("REFUSED"))
    return Seen(saved, reasons, rounds)  # type: ignore[arg-type]


def lost(root: Path, seen: Seen) -> list[tuple[str, str, str]]:
    """The acts saved that HEAD does not hold."""
    repo = Repo(root)
    texts = {
        case: (repo.read(f"cases/2569/11/{case}.yaml") or b"").decode() for case in {c for c, _e, _t in seen.saved}
    }
    return [each for each in seen.saved if not re.search(rf"text: {each[2]}\b", texts[each[0]])]


def check(root: Path, seen: Seen) -> tuple[int, int]:
    """Hold the rule against what was seen; return how many acts were taken back, and how many after the repair."""
    assert not damage.is_end_broken(root)
    named = {problem.path.stem: problem.message for problem in taken_back.lost_acts(root)}
    gone = lost(root, seen)
    unnamed = [each for each in gone if not re.search(rf"\b{each[1]} ", named.get(each[0], ""))]
    assert unnamed == [], (unnamed, named)
    mended = Srctl(root).ok("repair")
    assert lost(root, seen) == [], mended
    assert taken_back.lost_acts(root) == []
    ids = [re.findall(r"- \{id: (a\d+)", file.read_text("utf-8")) for file in (root / "cases").rglob("*.yaml")]
    assert all(len(each) == len({*each}) for each in ids)
    return len(gone), len(lost(root, seen))


def rehearse(office: Srctl, writers: int, notes: int) -> tuple[Seen, int]:
    for subject in ("หนึ่ง", "สอง", "สาม"):
        office.ok("new", "directive", "--subject", f"ติดตามเรื่อง{subject}", "--order", "ให้ติดตาม")
    seen = work(office.root, writers, notes, ["2569-0001", "2569-0002", "2569-0003"])
    taken, _after = check(office.root, seen)
    return seen, taken


@pytest.mark.slow
@pytest.mark.parametrize(("writers", "notes"), [(3, 6), pytest.param(8, 40, marks=pytest.mark.full)])
def test_every_act_beside_a_clerks_git_is_in_the_record_or_named(office: Srctl, writers: int, notes: int) -> None:
    seen, _taken = rehearse(office, writers, notes)
    assert seen.saved
    assert seen.rounds > 1


def main() -> None:
    from srctl.office import starter
    from tests.conftest import NOW

    with tempfile.TemporaryDirectory() as place:
        i18n.use("th")
        starter.make(Path(place, "made"), starter.Answers(), sample=True, now=NOW, cases=False)
        office = Srctl(copied(Path(place, "made"), Path(place, "office")))
        seen, taken = rehearse(office, int(sys.argv[1]), int(sys.argv[2]))
    print(f"{len(seen.saved)} acts saved in {seen.rounds} rounds of a clerk's git; {taken} taken back, all named")
    print(*(f"{n} × {reason}" for reason, n in seen.refused.most_common(8)), sep="\n")


if __name__ == "__main__":
    main()
