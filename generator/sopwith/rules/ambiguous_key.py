"""A decision has the same name as a fact.

A condition such as `when: {size: large}` could then mean either. Give the step another id: facts
are written with underscores and steps with hyphens, so a second word is enough.

Wrong, where company.yml has a fact `calls`:

```yaml
- id: calls
  title: Decide how often we talk
  decision: ...
```

Right:

```yaml
- id: decide-calls
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "ambiguous-key"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report decisions named like a fact."""
    for sop in library.sops.values():
        for step in sop.steps:
            if step.decision and step.id in library.company.facts:
                message = f'"{step.id}" is also a fact in company.yml'
                hint = f"give the step another id, such as decide-{step.id}"
                yield Problem(step.at / "id", CODE, message, hint)
