"""An answer leads back without saying how often.

A way back that may be taken for ever is how a negotiation eats a month. Say how often at most,
and what happens then.

Wrong:

```yaml
- {answer: "No", go: {step: revise}}
```

Right:

```yaml
- {answer: "No", go: {step: revise, at_most: 3 times, then: {escalate: management}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import ways_back

CODE = "endless-loop"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report ways back without `at_most`."""
    for step, go in ways_back(library):
        if go.at_most is None:
            message = f'the way back from "{step.id}" to "{go.step}" has no limit'
            hint = "add at_most: 3 times, then: {escalate: management}"
            yield Problem(go.at, CODE, message, hint)
