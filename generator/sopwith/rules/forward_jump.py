"""An answer jumps forward.

An answer may go back to an earlier step, or to its own. To leave steps out, say so at those
steps, with `when`: whoever reads a step then sees at once when it is done.

Wrong:

```yaml
- {answer: "No", go: {step: book-call}}
```

Right, at the steps between:

```yaml
when: {red-flags: "Yes"}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import ways_back

CODE = "forward-jump"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report ways to a step that comes later."""
    for sop in library.sops.values():
        order = {step.id: i for i, step in enumerate(sop.steps)}
        for step, go in ways_back(library, sop):
            if order.get(go.step, -1) > order[step.id]:
                message = f'"{go.step}" comes later: an answer leads only back'
                hint = f'write "when: {{{step.id}: ...}}" at the steps in between'
                yield Problem(go.at / "step", CODE, message, hint)
