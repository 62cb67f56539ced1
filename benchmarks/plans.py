"""`sopwith check` on ever larger libraries: what doubles may not more than double the cost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks import library
from benchmarks.timing import SOPWITH, Command, Runs, in_turns, show

ROUNDS = 3
CLIENTS = (1, 250, 500, 1000)
SOPS = (1, 150, 300, 600)


def measure(folder: Path) -> None:
    """Print how time and memory grow with the clients, and with the SOPs."""
    _grow("clients of twelve SOPs", CLIENTS, lambda n: _library(folder / f"c{n}", 12, n))
    _grow("SOPs of ten steps", SOPS, lambda n: _library(folder / f"s{n}", n, 1))


def _library(root: Path, sops: int, clients: int) -> Command:
    return Command([SOPWITH, "check"], library.write(root, sops, clients))


def _grow(what: str, sizes: tuple[int, ...], command: Callable[[int], Command]) -> None:
    runs = in_turns({f"{size}": command(size) for size in sizes}, ROUNDS)
    show(
        f"Checking more and more {what}",
        ("", "median s", "MiB", "ms each", "KiB each"),
        _rows(runs),
    )


def _rows(runs: Runs) -> list[tuple[str, ...]]:
    """Each size with what one more costs; the first is what it takes to begin at all."""
    medians = {
        int(size): (median(r.processor for r in some), median(r.memory for r in some))
        for size, some in runs.items()
    }
    smallest = min(medians)
    seconds, memory = medians[smallest]
    return [
        (
            f"{size}",
            f"{median(run.clock for run in runs[str(size)]):.2f}",
            f"{held:.0f}",
            *(
                (
                    f"{1000 * (took - seconds) / (size - smallest):.2f}",
                    f"{1024 * (held - memory) / (size - smallest):.0f}",
                )
                if size > smallest
                else ("", "")
            ),
        )
        for size, (took, held) in medians.items()
    ]
