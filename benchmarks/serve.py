"""`sopwith serve`: how long after a file is saved its page shows what was written."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import library
from benchmarks.timing import SOPWITH, show

SOPS = (100, 500)
EDITS = 7
_AGAIN = 0.02
_REST = 5
"""Seconds from one look at the page to the next, and from one edit to the next."""

WORDS: dict[str, re.Pattern[str]] = {
    "what a step explains": re.compile(r"(details: >-\n +)\w+"),
    "the title of a step": re.compile(r'(- id: step-2\n +title: ")\w+'),
}
"""A word that is changed; a step's title stands on the pages of its role and its tools too."""


def measure(folder: Path) -> None:
    """Print the table."""
    rows = []
    for sops in SOPS:
        root = library.write(folder / f"s{sops}", sops)
        files = sorted(root.glob("sops/*/*.yml"))
        with _served(root) as server:
            for what, word in WORDS.items():
                # The first is to warm up.
                some = [files[number * len(files) // EDITS] for number in range(EDITS)]
                took = [_edited(file, word, server) for file in (files[-1], *some)][1:]
                clock, processor = zip(*took, strict=True)
                seconds = (median(clock), min(clock), max(clock), median(processor))
                rows.append((f"{sops} SOPs, {what}", *(f"{number:.2f}" for number in seconds)))
    head = ("", "median s", "fastest s", "slowest s", "processor s")
    show("From saving one word to seeing it under `sopwith serve`", head, rows)


@dataclass(frozen=True, slots=True)
class _Server:
    """A server at work: where it answers, and the number of its process."""

    address: str
    process: int

    def processor(self) -> float:
        """Seconds of the processor that it has taken so far, as Linux tells them."""
        told = Path(f"/proc/{self.process}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _served(root: Path) -> Iterator[_Server]:
    """Serve a library for as long as the block takes."""
    environment = {key: value for key, value in os.environ.items() if "BYTECODE" not in key}
    words = [str(SOPWITH), "serve", "--root", str(root), "--port", "0"]
    server = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        said = ""
        for line in server.stdout or ():
            said += line
            if found := re.search(r"http://\S+", line):
                yield _Server(found[0], server.pid)
                return
        raise RuntimeError(f"it does not serve: {said}")
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate()


def _edited(file: Path, word: re.Pattern[str], server: _Server) -> tuple[float, float]:
    """Put a word that is nowhere else into a file; seconds until its page has it.

    On the clock, and of the processor. Waits first until the server is at rest.
    """
    time.sleep(_REST)
    new = f"Word{time.time_ns()}"
    text, count = word.subn(rf"\g<1>{new}", file.read_text("utf-8"), count=1)
    if not count:
        raise ValueError(f"{file} has no {word.pattern}")
    page = f"{server.address}{file.parent.name}/{file.stem}/"
    start, used = time.perf_counter(), server.processor()
    file.write_text(text, "utf-8")
    _wait(lambda: new.encode() in urllib.request.urlopen(page).read())  # noqa: S310  # our own
    return time.perf_counter() - start, server.processor() - used


def _wait(until: Callable[[], bool]) -> None:
    end = time.perf_counter() + 300
    while not until():
        if time.perf_counter() > end:
            raise TimeoutError("never seen")
        time.sleep(_AGAIN)
