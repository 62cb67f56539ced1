"""`sopwith review` of a large firm, on more and more observations."""

from __future__ import annotations

from pathlib import Path

from benchmarks import library
from benchmarks.timing import SOPWITH, Command, grow

SOPS, EACH, CLIENTS = 300, 12, 1000
OBSERVATIONS = (1_000, 10_000, 100_000)


def measure(folder: Path) -> None:
    """Print how time and memory grow with the observations."""
    sizes = {n: _library(folder / f"o{n}", n) for n in OBSERVATIONS}
    grow(
        f"Reviewing {SOPS} SOPs, {CLIENTS} clients of {EACH} each, and ever more observations",
        sizes,
        rounds=3,
    )


def _library(root: Path, observations: int) -> Command:
    library.write(root, SOPS, CLIENTS, each=EACH, observations=observations)
    return Command([SOPWITH, "review", "2026-Q4", "--today", "2026-11-20"], root)
