"""Checklists of twenty steps for 300 clients: beside ChecklistFabrik, and a second time."""

from __future__ import annotations

from pathlib import Path

from benchmarks import library, peers
from benchmarks.timing import SOPWITH, Command, compare, in_turns

ROUNDS = 5
CLIENTS = 300
SOPS = 2


def measure(folder: Path) -> None:
    """Print a table for each form, and one for a build of which nothing has changed."""
    procedures = list(library.procedures(SOPS))
    root = library.write(folder / "sopwith", SOPS, CLIENTS)
    names = sorted(path.stem for path in (root / "clients").glob("*.yml"))
    theirs = peers.checklists(folder / "checklistfabrik", procedures, names)
    for form in ("html", "pdf"):
        export: list[str | Path] = [peers.command("clf-export"), "--format", form]
        export += ["--output-dir", "out", "reports"]
        commands = {
            f"clf-export --format {form}": Command(export, theirs),
            f"sopwith checklist --format {form}": Command(
                [SOPWITH, "checklist", "--format", form, *names], root
            ),
        }
        steps = SOPS * library.STEPS
        title = f"{CLIENTS} checklists of {steps} steps, as {form.upper()}"
        compare(title, in_turns(commands, ROUNDS))
    build: list[str | Path] = [SOPWITH, "build", "--only", "clients"]
    commands = {
        "sopwith build --only clients": Command(build, root, fresh=("build", ".build.made.json")),
        "the same once more": Command(build, root),
    }
    compare(f"All that {CLIENTS} clients get, and again", in_turns(commands, ROUNDS))
