"""Steps wait for one another in a circle.

When a first step waits for a second and the second for the first, neither can ever begin. A due
date such as `1 day after step red-flags` waits too.

Wrong:

```yaml
- {id: quote, title: Write the quote, role: finance, wait_for: [approve]}
- {id: approve, title: Approve the quote, role: management, wait_for: [quote]}
```

Right:

```yaml
- {id: quote, title: Write the quote, role: finance}
- {id: approve, title: Approve the quote, role: management, wait_for: [quote]}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from sopwith import due
from sopwith.circles import circles
from sopwith.model import Library, Step
from sopwith.plan import Plans
from sopwith.problem import Problem, Spot

CODE = "wait-circle"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report each circle once, at the reference that closes it."""
    for sop in library.sops.values():
        graph: dict[str, dict[str, Spot]] = {}
        for step in sop.steps:
            # Of two steps with one id, which is a problem of its own, the first is meant.
            graph.setdefault(step.id, dict(_waits(step)))
        for circle in circles(graph):
            names = " -> ".join([*circle, circle[0]])
            spot = graph[circle[-1]][circle[0]]
            message = f"these steps wait for one another: {names}"
            yield Problem(spot, CODE, message, "let one of them begin without the others")


def _waits(step: Step) -> Iterator[tuple[str, Spot]]:
    if step.due:
        with suppress(due.Unreadable):
            rule = due.parse(step.due)
            if isinstance(rule, due.Offset) and rule.step:
                yield rule.step, (step.at / "due").holding(rule.step)
    for i, other in enumerate(step.wait_for):
        yield other, step.at / "wait_for" / i
