"""What a mail merge costs: one circular to 1,000 addressees in one ``--to`` run, recorded in one commit.

Run ``python -m benchmarks.letters``. Prints the time, its ratio to starting Python with nothing to do, and the
highest memory the process had; that of 100 letters beside it shows whether memory grows with their number.
The office asks for 60 s at most (nothing is asserted: machines differ).
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from srctl import starter
from srctl.dates import BANGKOK
from srctl.ledger import Author, Change, record

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=BANGKOK)
LETTERS = ("letter", "2569-0008", "circular", "--value", "content=กำหนดปฏิทินแล้ว", "--attach", "สำเนาหนังสือ=2 แผ่น")
NETWORKS = {"สมมติร้อย": 100, "สมมติพัน": 1000}
CONTACT = """format: 1
name: สำนักงานสมมติแห่งที่ {n}
head: ผู้อำนวยการสำนักงานสมมติแห่งที่ {n}
network: {network}
"""


class Cost(NamedTuple):
    """What one run took: wall time in seconds, highest resident memory in MB (0 where it cannot be told)."""

    seconds: float
    megabytes: float


def main() -> None:
    """Print the table."""
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1", SRCTL_AS="malee")
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        make_office(office)
        bare = min(run(["-c", "pass"], office).seconds for _ in range(5))
        print("letters in one run        s     ms each    ratio to bare Python    peak MB")
        for network, count in NETWORKS.items():
            cost = run(["-m", "srctl", *LETTERS, "--to", f"@{network}"], office)
            written = len(list(office.glob("cases/*/*/2569-0008/*-draft.docx")))
            assert written >= count, f"{written} letters written"
            each = cost.seconds * 1000 / count
            print(
                f"{count:>18}  {cost.seconds:7.1f}  {each:10.1f}  {cost.seconds / bare:20.0f} ×  {cost.megabytes:9.0f}"
            )


def make_office(root: Path) -> None:
    """Make the sample office with as many invented organisations as letters are written."""
    starter.make(root, starter.Answers(), sample=True, now=NOW)
    changes = [
        Change(f"contacts/n{count}-{n}.yaml", None, CONTACT.format(n=n, network=network).encode())
        for network, count in NETWORKS.items()
        for n in range(1, count + 1)
    ]
    record(root, lambda: (changes, "contacts\n"), Author("bench", "bench@example.go.th"))


def run(words: list[str], office: Path) -> Cost:
    """Run Python with ``words`` in the office; it must succeed."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=office, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        megabytes = wait(process)
        seconds = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            sys.exit(said.read().decode("utf-8", "replace"))
    return Cost(seconds, megabytes)


def wait(process: "subprocess.Popen[bytes]") -> float:
    """Wait for the process and return the highest memory it had, in MB."""
    if sys.platform == "win32":
        process.wait()
        return 0.0
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
