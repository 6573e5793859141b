"""Progress bars for long work, drawn by rich for a person at a terminal."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from srctl.core.i18n import _

LONG_READING = 500  # files; fewer are read before anybody wonders
SHORT_WORK = 10  # papers; no more are written before a bar could be read

OnProgress = Callable[[int, int], None]
_reading = ExitStack()
_bars: list[OnProgress] = []


@contextmanager
def bar(label: str) -> Iterator[OnProgress]:
    """Yield a callback for (done, total); long work shows a bar to a person at a terminal.

    The thread that draws it starts with the first call: by then other processes are under way.
    """
    with ExitStack() as drawn:
        shown: list[OnProgress] = []

        def report(done: int, total: int) -> None:
            if total > SHORT_WORK and _somebody_looks():
                if not shown:
                    shown.append(drawn.enter_context(_drawn(label)))
                shown[0](done, total)

        yield report


def reading(done: int, total: int) -> None:
    """Report how many of all files are read; where that takes long, a person at a terminal sees a bar."""
    if total < LONG_READING or not _somebody_looks():
        return
    if not _bars:
        import atexit

        _bars.append(_reading.enter_context(_drawn(_("reading"))))
        atexit.register(_reading.close)
    if done == total:  # taken away before anything is shown
        _reading.close()
        _bars.clear()
    elif done % 50 == 0:
        _bars[0](done, total)


def _somebody_looks() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def _drawn(label: str) -> Iterator[OnProgress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # What is written meanwhile goes where it belongs: a result into a file or a pipe stays out of the terminal.
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    ) as drawing:
        task = drawing.add_task(label, total=None)

        def report(done: int, total: int) -> None:
            drawing.update(task, completed=done, total=total)

        yield report
