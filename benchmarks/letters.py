"""The cost of a mail merge: one circular to 1,000 addressees in one run, recorded in one commit.

Run ``python -m benchmarks.letters``. Prints the time, its ratio to starting Python with nothing to do, and the
highest memory the process had; that of 100 letters beside it shows whether memory grows with their number. Then 200
papers submitted, signed, numbered and sent by one command, in one commit; last what 300 letters cost from the draft to
the post, a command each: drafted, checked, submitted, signed, numbered, sent.
The office asks for 60 s at most (nothing is asserted: machines differ).
"""

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from benchmarks.measuring import Cost, run, srctl
from srctl.core.dates import BANGKOK
from srctl.office import starter
from srctl.store.transaction import Author, FileChange, record

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
LETTERS = ("letter", "2569-0008", "circular", "--value", "content=กำหนดปฏิทินแล้ว", "--attach", "สำเนาหนังสือ=2 แผ่น")
PAPERS = ("letter", "2569-0010", "ask-information", "--ask", "จำนวนนักเรียน")
SENT, AT_ONCE = "สมมติสอง", 200
CHAIN, BATCH = "สมมติสาม", 300
NETWORKS = {"สมมติร้อย": 100, "สมมติพัน": 1000, SENT: AT_ONCE, CHAIN: BATCH}
STEPS = (
    ("drafted", ("letter", "2569-0012", "ask-information", "--ask", "จำนวนนักเรียน", "--to", f"@{CHAIN}")),
    ("checked", ("paper", "check", "2569-0012")),
    *((name, (verb, "2569-0012", "--all")) for name, verb in (
        ("submitted", "submit"), ("signed", "sign"), ("numbered", "number"), ("sent", "send"),
    )),
)  # fmt: skip
CONTACT = """format: 1
name: สำนักงานสมมติแห่งที่ {n}
head: ผู้อำนวยการสำนักงานสมมติแห่งที่ {n}
network: {network}
"""


def main() -> None:
    """Print the table."""
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1", SRCTL_AS="malee")
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        make_office(office)
        bare = min(run([sys.executable, "-c", "pass"], office).ms for _ in range(5))
        print("letters in one run        s     ms each    ratio to bare Python    peak MiB")
        for network, count in NETWORKS.items():
            if network in (SENT, CHAIN):
                continue
            cost = srctl(office, *LETTERS, "--to", f"@{network}")
            written = len(list(office.glob("cases/*/*/2569-0008/*-draft.docx")))
            assert written >= count, f"{written} letters written"
            times = f"{cost.ms / bare:20.0f} ×"
            print(f"{count:>18}  {cost.ms / 1000:7.1f}  {cost.ms / count:10.1f}  {times}  {cost.mib:9.0f}")
        cost, label = send_at_once(office), f"{AT_ONCE} sent at once"
        times = f"{cost.ms / bare:20.0f} ×"
        print(f"{label:>18}  {cost.ms / 1000:7.1f}  {cost.ms / AT_ONCE:10.1f}  {times}  {cost.mib:9.0f}")

        steps = [(name, srctl(office, *words)) for name, words in STEPS]
        assert issued(office, "2569-0012") == BATCH
        whole = Cost(sum(cost.ms for _name, cost in steps), max(cost.mib for _name, cost in steps))
        for label, cost in (*steps, (f"{BATCH} to the post", whole)):
            times = f"{cost.ms / bare:20.0f} ×"
            print(f"{label:>18}  {cost.ms / 1000:7.1f}  {cost.ms / BATCH:10.1f}  {times}  {cost.mib:9.0f}")


def send_at_once(office: Path) -> Cost:
    """The cost of ``send --signed --all`` for papers of a number each: submitted, signed, numbered and sent."""
    srctl(office, *PAPERS, "--to", f"@{SENT}")
    cost = srctl(office, "send", "2569-0010", "--signed", "--all")
    assert issued(office, "2569-0010") >= AT_ONCE
    return cost


def issued(office: Path, case_id: str) -> int:
    """The number of papers of a case that were issued."""
    return len([file for file in office.glob(f"cases/*/*/{case_id}/*.docx") if not file.stem.endswith("-draft")])


def make_office(root: Path) -> None:
    """Make the sample office with as many invented organisations as letters are written."""
    starter.make(root, starter.Answers(), sample=True, now=NOW)
    changes = [
        FileChange(f"contacts/n{count}-{n}.yaml", None, CONTACT.format(n=n, network=network).encode())
        for network, count in NETWORKS.items()
        for n in range(1, count + 1)
    ]
    record(root, lambda: (changes, "contacts\n"), Author("bench", "bench@example.go.th"))


if __name__ == "__main__":
    main()
