"""Progress, or an exception, is recorded for something that the client's plan does not hold.

The step is there, but not this time of it: an occurrence that never comes, or a round that was not
begun. What is recorded shows nowhere, so it may be a slip of the keys; or the plan has changed
since, and somebody should know.

Wrong, where the call repeats fifteen times:

```yaml
progress:
  client-onboarding/check-in@222: {done: 2026-11-16, by: dana}
```

Right:

```yaml
progress:
  client-onboarding/check-in@2: {done: 2026-11-16, by: dana}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library, Step
from sopwith.plan import Plans, resolve
from sopwith.problem import Problem, did_you_mean
from sopwith.references import references

CODE = "progress-not-planned"


def check(library: Library, plans: Plans) -> Iterator[Problem]:
    """Report addresses of known steps that no row of the client's plan has; a warning."""
    planned = {
        client: {row.address for row in plan.rows()}
        for client in library.clients
        if (plan := plans.of(client))
    }
    for ref in references(library, "address"):
        client = library.clients[getattr(ref.holder, "id", "")]
        known = planned.get(client.id, set())
        # An SOP that is not in the plan any more leaves history, not a slip.
        procedures = {address.partition("/")[0] for address in known}
        if ref.id in known or ref.id.partition("/")[0] not in procedures:
            continue
        if isinstance(resolve(ref.id, client, library), Step):
            message = f'"{ref.id}" is not in the plan of {client.name}'
            yield Problem(ref.spot, CODE, message, did_you_mean(ref.id, known), "warning")
