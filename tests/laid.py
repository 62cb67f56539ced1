"""A library laid out on disk: the small base, what a case adds to it, and what we say of both."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sopwith import rules
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.read import Reading, read
from sopwith.report import in_order

TODAY = date(2026, 11, 20)
TESTS = Path(__file__).parent


# C reads ten times as fast, where it is there.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(path: Path) -> dict[str, Any]:
    """Read a case file."""
    loaded: dict[str, Any] = yaml.load(path.read_text("utf-8"), _LOADER)  # noqa: S506  # safe
    return loaded


def lay(root: Path, case: Mapping[str, Any]) -> Path:
    """Write the base library with the case's `files` over it, then its `changes` into them.

    A file that is null is taken away; `base: false` begins with nothing. A change maps words that
    a file holds exactly once to the words that take their place.
    """
    if case.get("base", True):
        shutil.copytree(TESTS / "base", root, dirs_exist_ok=True)
    for name, text in case.get("files", {}).items():
        path = root / name
        if text is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")
        else:
            path.unlink()
    for name, changes in case.get("changes", {}).items():
        text = (root / name).read_text("utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        (root / name).write_text(text, "utf-8")
    return root


def look(root: Path, today: date = TODAY) -> tuple[Reading, tuple[Problem, ...], Plans | None]:
    """Read and check a library as every command does: the problems with places, in order."""
    reading = read(root)
    found, plans = list(reading.problems), None
    if reading.library:
        more, plans = rules.check(reading.library, today, found)
        found += more
    return reading, in_order(map(reading.located, found)), plans


def line(problem: Problem) -> str:
    """The first line of a problem, as a person reads it."""
    kind = "" if problem.is_error else " (warning)"
    return f"{problem.place}: {problem.code}{kind}: {problem.message}"
