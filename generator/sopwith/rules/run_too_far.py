"""SOPs run one another so far that nobody could work the checklist.

A step with `run:` brings all steps of that SOP with it, and their `run:` theirs. A few in each
other are plenty; where each runs the next twice, ten of them make a thousand.

Wrong, where `second` runs a third SOP twice, that a fourth twice, and so on for ten more:

```yaml
- {id: now, title: Do it now, role: account-manager, run: second}
- {id: again, title: Do it again, role: account-manager, run: second}
```

Right:

```yaml
- {id: now, title: Do it, role: account-manager, run: second}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "run-too-far"

MOST_STEPS = 1000
DEEPEST = 20


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report SOPs that with all they run have too many steps, or too many levels."""
    runs = {
        sop.id: [step.run for step in sop.steps if step.run in library.sops]
        for sop in library.sops.values()
    }
    try:
        order = list(TopologicalSorter(runs).static_order())
    except CycleError:
        return  # run-circle tells of it
    steps: dict[str, int] = {}
    levels: dict[str, int] = {}
    for name in order:
        sop = library.sops[name]
        steps[name] = len(sop.steps) + sum(steps[called] for called in runs[name])
        levels[name] = 1 + max((levels[called] for called in runs[name]), default=0)
        if not runs[name] or (steps[name] <= MOST_STEPS and levels[name] <= DEEPEST):
            continue
        message = (
            f"with all it runs this SOP has {steps[name]:,} steps, {levels[name]} SOPs deep; "
            f"{MOST_STEPS:,} steps and {DEEPEST} levels are the most"
        )
        at = next(step.at / "run" for step in sop.steps if step.run in library.sops)
        yield Problem(at, CODE, message, "run fewer SOPs, or each of them from one place")
        return  # those that run this one are too large for the same reason
