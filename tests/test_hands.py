"""Many hands: the same results in the same order, whoever did the work, and failures told."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from sopwith.hands import spread

PROCESSORS = len(os.sched_getaffinity(0))


class Sharp(Exception):
    """An exception that no pickle survives."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")
        self.lock = threading.Lock()


def test_results_come_in_order() -> None:
    assert list(spread(lambda n: n * n, range(1000))) == [n * n for n in range(1000)]
    assert list(spread(str, [])) == []


@pytest.mark.skipif(PROCESSORS == 1, reason="there is one processor only")
def test_others_lend_a_hand_and_leave() -> None:
    """In a process of its own: the test runner has threads."""
    code = """
import multiprocessing, os
from sopwith.hands import spread
results = spread(lambda _: os.getpid(), range(100))
assert next(results) != os.getpid()
assert multiprocessing.active_children()
results.close()
assert not multiprocessing.active_children()
"""
    subprocess.run([sys.executable, "-c", code], check=True)  # our own interpreter, no shell


@pytest.mark.skipif(PROCESSORS == 1, reason="there is one processor only")
def test_hands_have_no_hands() -> None:
    """What is spread within what is spread is done by the same hand, and not once more at home."""
    code = """
import os
from sopwith.hands import spread
results = spread(lambda _: {os.getpid(), *spread(lambda _: os.getpid(), range(8))}, range(8))
assert all(len(hands) == 1 and os.getpid() not in hands for hands in results)
"""
    subprocess.run([sys.executable, "-c", code], check=True)  # our own interpreter, no shell


def test_alone_where_it_is_not_worth_it() -> None:
    assert set(spread(lambda _: os.getpid(), range(8), worth_it=False)) == {os.getpid()}


def test_alone_beside_threads() -> None:
    """A copy of a process with threads would wait for their locks for ever."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert set(spread(lambda _: os.getpid(), range(8))) == {os.getpid()}
    finally:
        stop.set()
        thread.join()


def test_what_is_raised_is_raised_here() -> None:
    def work(number: int) -> int:
        if number == 5:
            raise Sharp(number, number + 1)
        return number

    done: list[int] = []
    with pytest.raises(Sharp, match="5 and 6"):
        done.extend(spread(work, range(8)))
