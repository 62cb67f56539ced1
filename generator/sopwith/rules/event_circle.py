"""Halfway points hang on one another.

An event that lies halfway between two others needs dates for both; if one of them hangs on it in
turn, none ever has a date.

Wrong:

```yaml
- {id: midpoint, title: Halfway, is: halfway between kickoff and quarter}
- {id: quarter, title: A quarter done, is: halfway between kickoff and midpoint}
```

Right:

```yaml
- {id: midpoint, title: Halfway, is: halfway between kickoff and delivery-due}
- {id: quarter, title: A quarter done, is: halfway between kickoff and midpoint}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from sopwith import due
from sopwith.circles import circles
from sopwith.model import Event, Library
from sopwith.plan import Plans
from sopwith.problem import Problem, Spot

CODE = "event-circle"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report each circle once, at the event that closes it."""
    graph = {event.id: dict(_hangs_on(event)) for event in library.company.events}
    for circle in circles(graph):
        message = f"these events hang on one another: {' -> '.join([*circle, circle[0]])}"
        hint = "let one of them be a date that a client states"
        yield Problem(graph[circle[-1]][circle[0]], CODE, message, hint)


def _hangs_on(event: Event) -> Iterator[tuple[str, Spot]]:
    with suppress(due.Unreadable):
        rule = due.parse(event.is_) if event.is_ else None
        if isinstance(rule, due.Halfway):
            for other in (rule.first, rule.second):
                yield other, (event.at / "is").holding(other)
