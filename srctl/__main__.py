"""The entry point: UTF-8 on every console, the language chosen, then the commands."""

import atexit
import gc
import os
import sys
from pathlib import Path


def main() -> None:
    """Run srctl with the words of the command line and exit."""
    _speak_utf8()
    # A command is over soon, and nearly all it makes is given back by count: looking for rings every few hundred
    # values, as Python does, is a fifth of the time of a long list.
    gc.set_threshold(500_000, 20, 20)
    if sys.stdout is None or sys.stderr is None:  # closed by whoever started us
        nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it lives as long as the process
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            # A Windows console speaks cp874 by default; a Thai letter it lacks must not stop a command.
            reconfigure(encoding="utf-8", errors="replace")
    from srctl.core import i18n
    from srctl.index.workspace import office_language

    i18n.use(office_language(_start()))
    from srctl.cli.app import run

    run(sys.argv[1:])


def start() -> None:
    """Run srctl as a program of its own."""
    try:
        main()
    except SystemExit as end:
        _leave(end.code)
    except KeyboardInterrupt:  # before there were words for it
        _leave(130)


def _leave(code: object) -> None:
    """End at once: what is registered for the end is done, and the system takes the memory back as a whole.

    Python would give back value by value first, which takes as long as reading the answer did.
    """
    atexit._run_exitfuncs()
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except OSError:
        pass  # nobody reads any more: run() has seen to that
    os._exit(code if isinstance(code, int) else 0)


def _speak_utf8() -> None:
    """Start again in UTF-8 where a bare locale would tear Thai words on the command line (LC_ALL=C)."""
    if sys.getfilesystemencoding() != "utf-8" and os.environ.get("PYTHONUTF8") != "1" and sys.executable:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONUTF8": "1"})


def _start() -> Path:
    """Return the folder whose office decides the language: that of -C, else the present one."""
    words = sys.argv[1:]
    if "-C" in words[:-1]:
        return Path(words[words.index("-C") + 1]).absolute()
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path(os.path.expanduser("~"))  # noqa: PTH111 - pathlib has no quiet form of this


if __name__ == "__main__":
    start()
