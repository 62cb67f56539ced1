"""Two things in one list have the same id.

Stages, events, phases, deliverables, milestones, cases and decisions are named by their id, each
once in its list.

Wrong:

```yaml
milestones:
  - {id: design, title: Design approved}
  - {id: design, title: Design handed over}
```

Right:

```yaml
milestones:
  - {id: design-approved, title: Design approved}
  - {id: design-handed-over, title: Design handed over}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "duplicate-id"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report the second of two equal ids in one list."""
    for items in _lists(library):
        seen: set[str] = set()
        for item in items:
            if item.id and item.id in seen:
                message = f'the id "{item.id}" is taken already'
                yield Problem(item.at / "id", CODE, message, "give this one an id of its own")
            seen.add(item.id)


def _lists(library: Library) -> Iterator[Sequence[Any]]:
    yield library.company.stages
    yield library.company.events
    for sop in library.sops.values():
        yield sop.phases
    for client in library.subjects():
        # A deliverable and a milestone may share a name: no address asks for both.
        yield from (client.items("deliverables"), client.items("milestones"), client.cases)
    for review in library.reviews.values():
        yield review.decisions
