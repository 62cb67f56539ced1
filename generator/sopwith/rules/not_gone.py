"""A step stands under `former_steps`, and is still there.

`former_steps` lists the ids of steps that were taken out. While one stands there, what clients'
files say of it counts as history, and a slip in such a line is never found. So an id is either that
of a step or that of a former one.

Wrong:

```yaml
phases:
  - id: start
    title: Start
    steps:
      - {id: intake-form, title: Send the intake form, role: account-manager}
former_steps: [{id: intake-form, until: "1.0"}]
```

Right:

```yaml
phases:
  - id: start
    title: Start
    steps:
      - {id: intake-form, title: Send the intake form, role: account-manager}
former_steps: [{id: fax-form, until: "1.0"}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "not-gone"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report former steps that are steps of their SOP."""
    for sop in library.sops.values():
        for former in sop.former_steps:
            if step := sop.step(former.id):
                message = f'"{former.id}" is no former step: "{step.title}" has that id'
                hint = "take this entry out; if the step is another than the one that is gone, "
                hint += "give the step an id of its own instead"
                yield Problem(former.at / "id", CODE, message, hint)
