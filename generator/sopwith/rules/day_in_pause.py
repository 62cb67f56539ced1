"""A pause stands in the way of a day that the client's file states.

Work that pauses moves what is counted, never a day that is written down: of a deliverable, a
milestone, or an event to come. Such a day may then lie in the pause, or the steps that lead up to
it are counted back over the pause and come up before it. Agree on a new day with the client.

Wrong:

```yaml
paused:
  - {from: 2026-11-23, to: 2026-12-04, why: The practice moves}
deliverables:
  - {id: homepage, title: Homepage, due: 2026-12-01}
```

Right:

```yaml
paused:
  - {from: 2026-11-23, to: 2026-12-04, why: The practice moves}
deliverables:
  - {id: homepage, title: Homepage, due: 2026-12-15}
```

An event keeps the day that was planned beside the new one, so that the review can tell why:

```yaml
dates:
  delivery-due: {planned: 2026-12-04, now: 2026-12-18, why: The practice moves, caused_by: client}
```

No warning comes for the day of an optional event, such as the end of a contract, nor for what has
nothing left to do.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plan
from sopwith.problem import Problem

CODE = "day-in-pause"


def check(_: Library, plan: Plan) -> Iterator[Problem]:
    """Report the stated days that a pause stands in the way of; a warning."""
    return plan.warnings(CODE)
