"""Many jobs of one kind, shared out to every core. Floor 2, the door to other processes of our own.

What comes back comes in the order of the jobs, so that the same work on one core reads the same. Ctrl-C is heard by
the process that shares out alone: it drops what is not begun and ends. The others end with it, even when it is killed.
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
def map_in_processes(ready: Callable[[], Callable[[Job], Result]], jobs: Sequence[Job]) -> Iterator[Iterator[Result]]:
    """Give what the work makes of each job, in order; the processes begin at once and work while others do.

    ``ready`` is called once in each process and returns what does one job. It, the jobs and the results are pickled.
    An error of a job is raised where its result is asked for.

    Raises:
        Refused: the system ended one of the processes.
    """
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    pool = ProcessPoolExecutor(initializer=_begin, initargs=(ready, i18n.language()))
    try:
        yield pool.map(_do, jobs)
    except BrokenExecutor:
        message = _("the system stopped a part of the work; is there too little memory?")
        raise Refused(message, _("close other programs and run the command again")) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(ready: Callable[[], Callable[[Any], Any]], language: str) -> None:
    """Make this process ready for jobs."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_other, daemon=True).start()
    i18n.use(language)
    _work = ready()


def _end_with_the_other() -> None:
    """End this process when the one that shares out is gone: nobody would ever tell it to."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    other = parent_process()
    if other:
        wait([other.sentinel])
        os._exit(1)


def _do(job: Any) -> Any:
    return _work(job)
