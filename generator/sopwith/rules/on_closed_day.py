"""An event is stated for a day on which we are closed.

What is due on that event moves to the next day we are open, and so does its place in everybody's
week, while page one of the checklist and the letters name the day that is written down. Agree on
a day on which somebody is there.

Wrong, where we are closed from December 24 to December 31:

```yaml
dates:
  kickoff: 2026-12-28
```

Right:

```yaml
dates:
  kickoff: 2027-01-04
```

Only events to come are told: those on whose day something is still to be done, and those that have
a time. A day by which something ends, such as that of a contract, may well be a Saturday.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plan
from sopwith.problem import Problem

CODE = "on-closed-day"


def check(_: Library, plan: Plan) -> Iterator[Problem]:
    """Report the events to come that are stated for a day we are closed; a warning."""
    return plan.warnings(CODE)
