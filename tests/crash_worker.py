"""A clerk's program that does one action after another until somebody kills it.

Run ``python crash_worker.py ROOT TAG COUNT``: it says TRY before and ACK after each action.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from srctl.core import i18n
from srctl.store import transaction

AUTHOR = transaction.Author("มาลี ตัวอย่าง", "malee@example.org")


def isolate(home: Path, set_variable: Callable[[str, str], None]) -> None:
    """Speak English, and give git a home without anybody's settings, by ``monkeypatch.setenv``."""
    i18n.use("en")
    for name in ("HOME", "XDG_CONFIG_HOME", "USERPROFILE"):
        set_variable(name, str(home))
    set_variable("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    set_variable("GIT_CONFIG_NOSYSTEM", "1")


def append(root: Path, path: str, tag: str) -> transaction.Recorded:
    """Record one action: the line ``tag`` more in ``path``, under a commit of the same name."""

    def plan() -> tuple[list[transaction.FileChange], str]:
        place = root / path
        before = place.read_bytes() if place.exists() else None
        return [transaction.FileChange(path, before, (before or b"log:\n") + f"- {tag}\n".encode())], tag

    return transaction.record(root, plan, AUTHOR, stale=0.5)


def case_of(number: int) -> str:
    """Return the path of one of nine invented cases."""
    return f"cases/2569/11/2569-000{number % 9}.yaml"


def main() -> None:
    root, tag, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    for number in range(count):
        os.write(1, f"TRY {tag}-{number}\n".encode())
        append(root, case_of(number), f"{tag}-{number}")
        os.write(1, f"ACK {tag}-{number}\n".encode())


if __name__ == "__main__":
    main()
