"""A client's plan needs a date that the client's file does not state.

An event in the future often has no date yet, and that is fine. It is a gap when a later event has
one, or when steps that follow the event are done already: then the plan shows "2 business days
after kickoff" where it could show a day.

Wrong:

```yaml
dates:
  contract-signed: 2026-10-01
  delivery-due: 2027-01-29
```

Right:

```yaml
dates:
  contract-signed: 2026-10-01
  kickoff: 2026-10-12
  delivery-due: 2027-01-29
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plan
from sopwith.problem import Problem

CODE = "client-without-date"


def check(_: Library, plan: Plan) -> Iterator[Problem]:
    """Report the dates that a plan lacks; a warning, shown on the checklist too."""
    return plan.warnings(CODE)
