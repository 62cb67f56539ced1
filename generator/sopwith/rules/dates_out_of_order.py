"""A client's dates let a step come up before one that it waits for.

Each date may be right by itself, and yet not all can be true: a contract cannot be signed in
November if the agreement goes out in January. Only the steps farthest apart are named, since one
wrong day is mostly behind all of them. A single working day apart is not told.

With `--since`, the dates may be true, and the change to a step is what brings them out of order.
That is told once, at this step, with how many clients have such dates and without their names.

Wrong, where the proposal goes out two business days after the go-ahead:

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
    """Report the open step that comes up the longest before one it waits for; a warning."""
    return plan.warnings(CODE)
