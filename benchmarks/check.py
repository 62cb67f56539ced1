"""`sopwith check` on this repository, and on 300 SOPs beside the peers."""

from __future__ import annotations

from pathlib import Path

from benchmarks import library, peers
from benchmarks.timing import SOPWITH, Command, compare, in_turns

ROUNDS = 7
SOPS = 300


def measure(folder: Path) -> None:
    """Print both tables."""
    here = Command([SOPWITH, "check"], library.HOME)
    compare("Checking this repository", in_turns({"sopwith check": here}, ROUNDS))
    procedures = list(library.procedures(SOPS))
    doorstop = peers.doorstop(folder / "doorstop", procedures)
    trestle = peers.trestle(folder / "trestle", procedures)
    validate: list[str | Path] = [
        peers.command("trestle"),
        "author",
        "docs",
        "--task-name",
        "sops",
        "validate",
    ]
    commands = {
        "sopwith check": Command([SOPWITH, "check"], library.write(folder / "sopwith", SOPS)),
        "doorstop": Command([peers.command("doorstop")], doorstop),
        "doorstop --no-reformat": Command([peers.command("doorstop"), "--no-reformat"], doorstop),
        "trestle author docs validate": Command(validate, trestle),
    }
    compare(f"Checking {SOPS} procedures of ten steps", in_turns(commands, ROUNDS))
