"""A clerk's program that notes one thing after another in the cases of an office.

Run ``python writing_clerk.py ROOT TAG COUNT CASE…``: it says ACK, case, entry and text of each note that was saved, and
REFUSED with the reason of one that was not.
"""

import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from srctl.core import i18n
from srctl.core.dates import BANGKOK
from srctl.core.errors import SrctlError
from srctl.office.folder import Folder
from srctl.office.writer import Actor, act
from srctl.workflow import actions


def main() -> None:
    root, tag, count, cases = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:]
    i18n.use("en")
    who = Folder(root).office.coordinators[0]
    for number in range(count):
        text, case = f"{tag}-{number}", cases[number % len(cases)]
        for _try in range(20):
            try:
                note = partial(_noted, text)
                done = act(Folder(root), case, note, Actor(who, datetime.now(BANGKOK).replace(microsecond=0)))
            except SrctlError as fault:
                print("REFUSED", f"{fault.message} → {fault.hint}", flush=True)
            else:
                print("ACK", case, done.case.log[-1].id, text, flush=True)
                break


def _noted(text, case, _kind):  # type: ignore[no-untyped-def]
    return actions.note(case, text)


if __name__ == "__main__":
    main()
