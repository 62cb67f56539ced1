"""Many hands: one function put to many things, in as many processes as there are processors."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# So many helpings each: whoever is done early takes one more, since things differ in size.
_HELPINGS = 32
_job: tuple[Callable[[Any], Any], Sequence[Any]]
_is_hand = False


class _Failed:
    """Stands for a result where the function raised."""


def spread(
    work: Callable[[T], R], things: Sequence[T], *, worth_it: bool = True
) -> Generator[R, None, None]:
    """Put a function to each of some things and yield the results in the order of the things.

    The function must hang on nothing but what it is given and what is there already; its results
    are copied. What it raises is raised here. Everything is done right here where it is not
    `worth_it` (to start processes takes some 30 ms), where there is one processor, in what is
    itself spread, and where other threads are at work, whose locks a copy of this process would
    find closed for ever.
    """
    fit = worth_it and not _is_hand and _is_alone()
    processes = min(len(things), len(os.sched_getaffinity(0))) if fit else 1
    if processes <= 1:
        yield from map(work, things)
        return
    import multiprocessing  # 40 ms that most commands need not spend

    helping = max(1, len(things) // (processes * _HELPINGS))
    # A fork inherits the function and the things: only results cross over.
    with multiprocessing.get_context("fork").Pool(processes, _begin, (work, things)) as pool:
        for thing, result in zip(things, pool.imap(_do, range(len(things)), helping), strict=True):
            # An exception may not survive the way here; done once more, it is raised as it was.
            yield work(thing) if isinstance(result, _Failed) else result


def _is_alone() -> bool:
    tasks = Path("/proc/self/task")  # Linux has it; elsewhere nobody can tell
    return tasks.is_dir() and len(list(tasks.iterdir())) == 1


def _begin(work: Callable[[Any], Any], things: Sequence[Any]) -> None:
    global _job, _is_hand  # a process of its own, with one job for life
    _job, _is_hand = (work, things), True
    # One processor each: a library that would take all of them only gets in the others' way.
    os.environ["RAYON_NUM_THREADS"] = "1"
    gc.freeze()  # what is there already is nobody's garbage here
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells the others to stop


def _do(number: int) -> Any:
    work, things = _job
    try:
        return work(things[number])
    except Exception:  # noqa: BLE001  # whatever it is, it is raised where it can be caught
        return _Failed()
