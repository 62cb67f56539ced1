"""A client's plan depends on a fact that the client's file does not state.

Steps that hang on it stay in the checklist, marked "only if", and somebody has to decide by hand
each time. Say it once in the client's file, or give the fact a default in company.yml. The same
goes for deliverables and milestones, once a procedure has begun in which something is done for
each of them: list them, or write `deliverables: []` where there are none.

Wrong:

```yaml
facts: {service_model: service}
```

Right:

```yaml
facts: {service_model: service, channels: [email, slack]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plan
from sopwith.problem import Problem

CODE = "client-without-fact"


def check(_: Library, plan: Plan) -> Iterator[Problem]:
    """Report the facts and lists that a plan lacks; a warning, shown on the checklist too."""
    return plan.warnings(CODE)
