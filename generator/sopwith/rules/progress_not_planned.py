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

from sopwith.model import Client, Library, Step
from sopwith.plan import Plan, resolve
from sopwith.problem import Problem, Spot, did_you_mean

CODE = "progress-not-planned"


def check(library: Library, plan: Plan) -> Iterator[Problem]:
    """Report addresses of known steps that no row of the plan has; a warning."""
    known = {row.address for row in plan.rows()}
    # An SOP that is not in the plan any more leaves history, not a slip.
    procedures = {address.partition("/")[0] for address in known}
    for address, spot in _named(plan.client):
        if address in known or address.partition("/")[0] not in procedures:
            continue
        if isinstance(resolve(address, plan.client, library), Step):
            message = f'"{address}" is not in the plan of {plan.client.name}'
            yield Problem(spot, CODE, message, did_you_mean(address, known), "warning")


def _named(client: Client) -> Iterator[tuple[str, Spot]]:
    yield from ((waiver.step, waiver.at / "step") for waiver in client.exceptions)
    yield from ((address, (client.at / "progress" / address).name()) for address in client.progress)
