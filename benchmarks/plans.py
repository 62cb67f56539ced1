"""`sopwith check` on ever larger libraries: what doubles may not more than double the cost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks import library
from benchmarks.timing import SOPWITH, Command, grow

ROUNDS = 3
CLIENTS = (1, 250, 500, 1000)
MANY_CLIENTS = (1, 2500, 5000, 10_000)
SOPS = (1, 150, 300, 600)


def measure(folder: Path) -> None:
    """Print how time and memory grow with the clients, and with the SOPs."""
    _grow("clients of twelve SOPs", CLIENTS, lambda n: _library(folder / f"c{n}", 12, n))
    _grow("SOPs of ten steps", SOPS, lambda n: _library(folder / f"s{n}", n, 1))
    # Minutes each: once is enough to see that nothing bends.
    many = "clients of twelve SOPs, as no firm has"
    _grow(many, MANY_CLIENTS, lambda n: _library(folder / f"m{n}", 12, n), rounds=1)


def _library(root: Path, sops: int, clients: int) -> Command:
    return Command([SOPWITH, "check"], library.write(root, sops, clients))


def _grow(
    what: str, sizes: tuple[int, ...], command: Callable[[int], Command], rounds: int = ROUNDS
) -> None:
    grow(f"Checking more and more {what}", {size: command(size) for size in sizes}, rounds)
