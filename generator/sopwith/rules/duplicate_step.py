"""Two steps of an SOP have the same id.

Progress, dates and links point at a step by its id, for ever. With two of one name nobody can
tell which was done.

Wrong:

```yaml
- {id: welcome, title: Send the welcome email, role: account-manager}
- {id: welcome, title: Call to say welcome, role: account-manager}
```

Right:

```yaml
- {id: welcome, title: Send the welcome email, role: account-manager}
- {id: welcome-call, title: Call to say welcome, role: account-manager}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "duplicate-step"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report the second and every further step of an id."""
    for sop in library.sops.values():
        seen: dict[str, str] = {}
        for step in sop.steps:
            if step.id in seen:
                message = f'step id "{step.id}" is taken by "{seen[step.id]}"'
                hint = "give this step an id of its own; ids never change once they are in use"
                yield Problem(step.at / "id", CODE, message, hint)
            seen.setdefault(step.id, step.title)
