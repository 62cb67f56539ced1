"""SOPs run one another in a circle.

A step with `run:` is worked by the steps of that SOP. If those lead back to the first SOP, the
checklist would never end.

Wrong: `proposal` has a step with `run: negotiation`, and `negotiation` one with `run: proposal`.

Right: `proposal` runs `negotiation`, and `negotiation` ends, or goes back to a step of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.circles import circles
from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "run-circle"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report each circle once, at the step that closes it."""
    graph = {
        sop.id: {step.run: step.at / "run" for step in sop.steps if step.run}
        for sop in library.sops.values()
    }
    for circle in circles(graph):
        names = " -> ".join([*circle, circle[0]])
        message = f"these SOPs run one another without end: {names}"
        hint = "take one `run` out, or go back to a step of the same SOP"
        yield Problem(graph[circle[-1]][circle[0]], CODE, message, hint)
