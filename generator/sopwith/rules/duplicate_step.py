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

from collections.abc import Iterable, Iterator

from sopwith.model import Library, Sop, Step
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "duplicate-step"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report the second and every further step of an id."""
    for sop in library.sops.values():
        yield from _repeated(sop.steps)


def since(before: Library, library: Library) -> Iterator[Problem]:
    """The same where it is known what was there before: the step that was not is to be mended."""
    for sop in library.sops.values():
        was = before.sops.get(sop.id)
        yield from _repeated(sorted(sop.steps, key=lambda step: _is_new(was, step)))


def _is_new(was: Sop | None, now: Step) -> bool:
    old = was.step(now.id) if was else None
    return old is None or (old.title, old.details) != (now.title, now.details)


def _repeated(steps: Iterable[Step]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for step in steps:
        if step.id in seen:
            message = f'step id "{step.id}" is taken by "{seen[step.id]}"'
            hint = "give this step an id of its own; ids never change once they are in use"
            yield Problem(step.at / "id", CODE, message, hint)
        seen.setdefault(step.id, step.title)
