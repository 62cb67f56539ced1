"""Whom GitHub asks: what CODEOWNERS should say, and whether it says so."""

from __future__ import annotations

from itertools import zip_longest

from sopwith.making.asking import plans_of
from sopwith.outputs import codeowners as output
from sopwith.problem import Place, Problem, Spot
from sopwith.workspace import Workspace


def codeowners(work: Workspace) -> str:
    """What the file should hold; nothing where no maintainer has an account. Raises Blocked."""
    plans_of(work)
    return output.render(work.library, work.today)


def stale_owners(work: Workspace) -> tuple[Problem, ...]:
    """A warning where a file is there, is ours to write, and says something else."""
    file = work.root / output.PATH
    if work.plans is None or work.errors or not file.is_file():
        return ()
    meant, found = codeowners(work), file.read_text("utf-8", "replace")
    if not meant or found == meant:
        return ()
    pairs = enumerate(zip_longest(found.splitlines(), meant.splitlines()), 1)
    line = next((number for number, (one, other) in pairs if one != other), 1)
    message = "GitHub would ask others than those who own the procedures now"
    hint = "run sopwith codeowners, or ask a maintainer to"
    place = Place(output.PATH, line)
    return (Problem(Spot(output.PATH), "owners-changed", message, hint, "warning", place),)
