"""The id of one step seems to stand for another.

`sopwith check --since main` compares with the commit from which you set out. Ticks, dates and notes
point at a step by its id. If the id passes to something else, a client's file says that this was
done, and it never was. A step that is reworded, or moves, keeps its id. Another step gets one of
its own, and that of the first goes to `former_steps`. Whether two titles mean one thing, only a
person can tell: then leave it as it is.

Wrong, where `gift` was the step *Send the welcome gift*:

```yaml
- id: gift
  title: Archive the signed agreement
```

Right:

```yaml
- id: archive-agreement
  title: Archive the signed agreement
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sopwith.comparing import likeness, share
from sopwith.model import Library, Sop, Step
from sopwith.problem import Problem

CODE = "reused-id"


def check(before: Library, library: Library) -> Iterator[Problem]:
    """Warn of steps that have nothing in common with what their id was, or that were gone."""
    for id_, was in before.sops.items():
        now = library.sops.get(id_)
        if now is not None and was.status != "draft":
            ids = Counter(step.id for step in now.steps)
            for step in now.steps:
                # Of two steps with one id another rule speaks, and of one that is gone and is not.
                if ids[step.id] == 1 and all(former.id != step.id for former in now.former_steps):
                    yield from _step(was, step)


def _step(was: Sop, step: Step) -> Iterator[Problem]:
    old, spot = was.step(step.id), step.at / "id"
    if old is None and any(former.id == step.id for former in was.former_steps):
        message = f'"{step.id}" was the id of a step that is gone: is this that step again?'
        hint = "if it is another, give it an id of its own and put this one back"
        yield Problem(spot, CODE, message, hint, "warning")
    elif old is not None and _is_another(old, step):
        message = f'"{step.id}" was "{old.title}": is this still the same step?'
        hint = f"if it is another, give it an id of its own and put {step.id} under former_steps"
        yield Problem(spot, CODE, message, hint, "warning")


def _is_another(was: Step, now: Step) -> bool:
    """A title without a word in common, and nothing in the explanation that stayed."""
    if likeness(was.title, now.title)[0] == "same" or share(was.title, now.title) > 0:
        return False
    return not was.details or share(was.details, now.details) == 0
