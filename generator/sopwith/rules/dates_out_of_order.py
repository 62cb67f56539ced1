"""A client's dates cannot all be true.

Events happen in the order in which company.yml lists them: nobody signs before anybody has asked.
Where a later one is stated before an earlier one, both are named. Optional events may come at any
time, and so may what was done early: a deadline, an event with which nothing begins, may be passed
over.

Each day may also be right by itself and let a step come up before one that it waits for: a
contract cannot be signed in November if the agreement goes out in January. Only the steps farthest
apart are named, since one wrong day is mostly behind all of them. A single working day apart is
not told, nor is a step that may never come, since a decision on it is open.

With `--since`, the dates may be true, and the change to a step is what brings them out of order.
That is told once, at this step, with how many clients have such dates and without their names.

Wrong:

```yaml
dates:
  go-ahead: 2027-01-15
  contract-signed: 2026-11-30
```

Right:

```yaml
dates:
  go-ahead: 2026-11-16
  contract-signed: 2026-11-30
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plan
from sopwith.problem import Problem

CODE = "dates-out-of-order"


def check(_: Library, plan: Plan) -> Iterator[Problem]:
    """Report events, or else steps, that come before what they follow; a warning."""
    return plan.warnings(CODE)
