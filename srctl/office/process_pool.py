"""A process pool: many jobs of one kind on every core, the results in the order of the jobs.

The only door to worker processes. Ctrl-C is handled by the parent process alone: it drops the jobs not begun and ends.
The workers end with it, even when it is killed.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from srctl.core import i18n
from srctl.core.errors import Refused
from srctl.core.i18n import _

Job = TypeVar("Job")
Result = TypeVar("Result")

_work: Callable[[Any], Any]


@contextmanager
def map_in_processes(
    initializer: Callable[[], Callable[[Job], Result]], jobs: Sequence[Job]
) -> Iterator[Iterator[Result]]:
    """Yield an iterator of the results, in the order of the jobs; the processes work while the body runs.

    ``initializer`` is called once in each process and returns the function that does one job. It, the jobs and the
    results are pickled. An error of a job is raised where its result is taken.

    Raises:
        Refused: the system ended one of the processes.
    """
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    pool = ProcessPoolExecutor(initializer=_initialize, initargs=(initializer, i18n.language()))
    try:
        yield pool.map(_do, jobs)
    except BrokenExecutor:
        message = _("the system stopped a part of the work; is there too little memory?")
        raise Refused(message, _("close other programs and run the command again")) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _initialize(initializer: Callable[[], Callable[[Any], Any]], language: str) -> None:
    """Initialise a worker process."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    i18n.use(language)
    _work = initializer()


def _end_with_parent() -> None:
    """End this worker when its parent is gone: nothing else would."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _do(job: Any) -> Any:
    return _work(job)
