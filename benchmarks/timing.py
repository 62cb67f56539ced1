"""Run whole commands in turns, and show how long they took."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

SOPWITH = Path(sys.executable).with_name("sopwith")


@dataclass(frozen=True, slots=True)
class Command:
    """What is typed, and where; `fresh` is taken out of that folder first, off the clock."""

    words: Sequence[str | Path]
    folder: Path = field(default_factory=Path.cwd)
    fresh: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock and of the processor, and the most memory held, in MiB."""

    clock: float
    processor: float
    memory: float


Runs = Mapping[str, Sequence[Run]]


def in_turns(commands: Mapping[str, Command], rounds: int) -> Runs:
    """Run each command once to warm up, then all of them round by round."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    order = list(commands)
    for command in commands.values():
        run(command)
    for _ in range(rounds):
        for name in order:
            runs[name].append(run(commands[name]))
        order.reverse()
    return runs


def run(command: Command) -> Run:
    """Run a command to its end; CalledProcessError if it fails, since that would be no measure."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    # Compiled once, as for everyone who does not forbid it.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for name in command.fresh:
        path = command.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    start = time.perf_counter()
    child = subprocess.Popen(
        [str(word) for word in command.words],
        cwd=command.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    clock = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, child.args)
    return Run(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compare(title: str, runs: Runs) -> None:
    """Show runs made in turns, each beside the first."""
    first = next(iter(runs.values()))
    rows = [
        (
            name,
            f"{median(run.clock for run in some):.2f}",
            f"{min(run.clock for run in some):.2f}",
            f"{median(run.processor for run in some):.2f}",
            f"{ratio(some, first):.2f}",
        )
        for name, some in runs.items()
    ]
    show(title, ("", "median s", "fastest s", "processor s", "times"), rows)


def ratio(some: Sequence[Run], first: Sequence[Run]) -> float:
    """How many times as long the one takes as the other, round by round."""
    return median(one.clock / other.clock for one, other in zip(some, first, strict=True))


def grow(title: str, commands: Mapping[int, Command], rounds: int) -> None:
    """Show how the cost of a command grows with the size of what it is given."""
    runs = in_turns({f"{size}": command for size, command in commands.items()}, rounds)
    show(title, ("", "median s", "processor s", "MiB", "ms each", "KiB each"), _growing(runs))


def _growing(runs: Runs) -> list[tuple[str, ...]]:
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
            f"{took:.2f}",
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


def show(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: the first column is words, the others are numbers."""
    lines = [head, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    print(f"\n{title}\n")
    for name, *numbers in lines:
        cells = (f"{number:>{width}}" for number, width in zip(numbers, widths[1:], strict=True))
        print(f"  {name:<{widths[0]}}  {'  '.join(cells)}", flush=True)
