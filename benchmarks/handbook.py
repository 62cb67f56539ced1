"""`sopwith build --only handbook`: beside the site engine alone, and on ever larger libraries."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import library
from benchmarks.timing import SOPWITH, Command, compare, grow, in_turns, run

ROUNDS = 7
SOPS = 500
SIZES = (100, 500, 2000)


def measure(folder: Path) -> None:
    """Print the table."""
    root = library.write(folder / "sopwith", SOPS)
    build = _build(root)
    run(build)
    settings = root / "build" / "mkdocs.yml"
    site = folder / "site"
    plain = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    commands = {
        "mkdocs build": Command([*plain, "-f", settings, "-d", site], root),
        "sopwith build --only handbook": build,
    }
    compare(f"A handbook of {SOPS} procedures of ten steps", in_turns(commands, ROUNDS))


def measure_growth(folder: Path) -> None:
    """Print how time and memory grow with the procedures."""
    commands = {sops: _build(library.write(folder / f"s{sops}", sops)) for sops in SIZES}
    grow("Building handbooks of ever more procedures of ten steps", commands, rounds=3)


def _build(root: Path) -> Command:
    # Without what it remembers of the build before, which would be all it has to look at.
    return Command([SOPWITH, "build", "--only", "handbook"], root, fresh=(".build.made.json",))
