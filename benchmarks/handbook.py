"""`sopwith build --only handbook`, beside the site engine alone on the same Markdown."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import library
from benchmarks.timing import SOPWITH, Command, compare, in_turns, run

ROUNDS = 7
SOPS = 300


def measure(folder: Path) -> None:
    """Print the table."""
    root = library.write(folder / "sopwith", SOPS)
    # Without what it remembers of the build before, which would be all it has to look at.
    build = Command([SOPWITH, "build", "--only", "handbook"], root, fresh=(".build.made.json",))
    run(build)
    settings = root / "build" / "mkdocs.yml"
    site = folder / "site"
    plain = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    commands = {
        "mkdocs build": Command([*plain, "-f", settings, "-d", site], root),
        "sopwith build --only handbook": build,
    }
    compare(f"A handbook of {SOPS} procedures of ten steps", in_turns(commands, ROUNDS))
