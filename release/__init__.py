"""The release recipe that ``make release VERSION=0.2.0`` runs: checks first, the tag last.

Commit and archives are made in work trees of their own. The branch moves, and the tag is set, when everything is made:
whatever fails on the way leaves the branch, its files and the tags as they were (docs/development.md).
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


class Refused(Exception):
    """The reason why no release is made, in one line."""


def run(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
    """The output of a program; Refused with the last line of its errors when it fails."""
    try:
        done = subprocess.run(
            words, cwd=folder, env={**os.environ, **(env or {})}, capture_output=True, encoding="utf-8", check=False
        )
    except OSError as error:
        raise Refused(f"{words[0]} cannot be started: {error.strerror}") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
        raise Refused(f"{Path(words[0]).name} {words[1]}: {said[-1]}")
    return done.stdout.rstrip("\n")
