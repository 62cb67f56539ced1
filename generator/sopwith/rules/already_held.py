"""An event is dated later than the day on which it was held.

All steps that belong on the day of the event are done, and its date is a later one. So either it
was held on another day than planned, or it is to be held again and those steps are not done.
Nothing moves what has happened.

Wrong:

```yaml
dates:
  kickoff: 2026-10-26
progress:
  client-onboarding/kickoff/hold-kickoff: {done: 2026-10-19, by: sam}
```

Right:

```yaml
dates:
  kickoff: 2026-10-19
progress:
  client-onboarding/kickoff/hold-kickoff: {done: 2026-10-19, by: sam}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plan
from sopwith.problem import Problem

CODE = "already-held"


def check(_: Library, plan: Plan) -> Iterator[Problem]:
    """Report events that were held before their date; a warning."""
    return plan.warnings(CODE)
