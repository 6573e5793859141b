"""The cost of `due --all` and `today` in an office of 5,000 open cases, and their ratios to `list`.

Run ``python -m benchmarks.morning [cases] [rounds]``. One case in five has something late. The commands take turns, so
that a busy moment of the machine strikes all of them. Medians are printed, JSON beside the list as JSON. What is due
is to take at most 1.5 times as long as the list (nothing is asserted: machines differ).
"""

import os
import re
import statistics
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.measuring import srctl
from srctl.cli.app import NOUNS
from srctl.core.dates import BANGKOK
from srctl.core.patches import Edit, Value
from srctl.office import starter
from srctl.office.folder import Folder
from srctl.store.transaction import Author, FileChange, record
from srctl.store.yaml.editor import apply
from srctl.workflow.stages import is_closed

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
COMMANDS = ("list", "list --json", "due", "due --all", "due --all --json", "today", "today --all", "today --all --json")
PEOPLE = ("wipa", "theera", "aree", "preecha", "kanda", "malee", "prasit", "suda")
AT = datetime(2026, 11, 20, 8, 30, tzinfo=BANGKOK)
# What a case may have behind it: nothing more, a promise awaited, a decision asked for, a pause, an extension.
HAPPENED: tuple[dict[str, Value], ...] = (
    {"did": "note", "text": "บันทึก"},
    {"did": "contact", "with": "obec/somsak", "by": "phone", "said": "ทวงถาม",
     "promise": {"of": "them", "what": "ส่งรายงาน", "due": date(2026, 11, 24)}},
    {"did": "escalate", "whom": "head", "why": "ไม่ตอบ", "promise": {"of": "them", "what": "ขอให้วินิจฉัย"}},
    {"did": "pause", "category": "agency", "why": "รอหน่วยงาน", "on": date(2026, 11, 19)},
    {"did": "extend", "deadline": "opinion", "amount": 3, "unit": "workday", "why": "รอผล"},
)  # fmt: skip


def main() -> None:
    """Print the table."""
    cases, rounds = (int(word) for word in [*sys.argv[1:], "5000", "7"][:2])
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1", SRCTL_AS="malee")
    known = {name for names in NOUNS.values() for name in names}
    there = [words for words in COMMANDS if words.split()[0] in known]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        make_open(root, cases)
        spent = taken(root, there, rounds)
    print(f"{cases} open cases                                median ms   to list")
    for words in COMMANDS:
        if words in spent:
            listed = spent["list --json" if "--json" in words else "list"]
            median = statistics.median(spent[words])
            print(f"{words:<46}  {median:9.0f}  {median / statistics.median(listed):6.2f} ×")
        else:
            print(f"{words:<46}  there is no such command")


def taken(root: Path, commands: list[str], rounds: int) -> dict[str, list[float]]:
    """The time of each command in each round, in milliseconds, after a round to warm up."""
    spent: dict[str, list[float]] = {words: [] for words in commands}
    for number in range(rounds + 1):
        for words in commands:
            cost = srctl(root, *words.split())
            if number:
                spent[words].append(cost.ms)
    return spent


def make_open(root: Path, n: int) -> None:
    """Make an office of ``n`` open cases like those of the sample, each with something behind it, in one commit."""
    starter.make(root, starter.Answers(), sample=True, now=NOW)
    sources = [
        (file.id, apply(file.source.raw, [Edit("append", ("log",), {"id": "a90", "at": AT, "who": "malee", **more})]))
        for file in Folder(root).cases() if file.case and not is_closed(file.case)
        for more in HAPPENED
    ]  # fmt: skip
    changes = []
    for number in range(n):
        was, raw = sources[number % len(sources)]
        case_id = f"2569-{number + 100:04d}"
        text = raw.decode("utf-8").replace(was, case_id)
        text = re.sub(r"(?m)^owner: \w+", f"owner: {PEOPLE[number % len(PEOPLE)]}", text)
        if number // len(sources) % 5:
            text = re.sub(r"\b2026-\d\d-\d\d", _later, text)
        changes.append(FileChange(f"cases/2569/{number % 12 + 1:02d}/{case_id}.yaml", None, text.encode("utf-8")))
    record(root, lambda: (changes, f"{n} cases\n"), Author("bench", "bench@example.go.th"))


def _later(found: re.Match[str]) -> str:
    """The day three weeks later, for the four cases in five that are not late."""
    return (date.fromisoformat(found[0]) + timedelta(weeks=3)).isoformat()


if __name__ == "__main__":
    main()
