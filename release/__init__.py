"""The release recipe, as ``make release VERSION=0.2.0`` runs it: checks first, the tag last (docs/development.md).

Commit and archives are made in work trees of their own. The branch moves, and the tag is set, when everything is whole:
whatever fails on the way leaves the branch, its files and the tags as they were.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


class Refused(Exception):
    """Why there is no release, in one line."""


def run(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
    """What a program prints; Refused with the last line of its complaint when it fails."""
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
