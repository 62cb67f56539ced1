"""A decision is to be taken several times, or a way back leads over repeated steps.

A decision has one answer, which the steps after it ask for. Repeated, or taken for each
deliverable, it would have many, and `when` could not tell which is meant. For the same reason a
way back may not lead over a step that repeats.

Wrong:

```yaml
- id: approve
  title: Get the deliverable approved
  for_each: deliverables
  decision: ...
```

Right: the decision in an SOP of its own, or a step without one:

```yaml
- id: approve
  title: Get the deliverable approved
  for_each: deliverables
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library, Step
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import ways_back

CODE = "repeated-decision"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report decisions that repeat, and ways back over steps that do."""
    hint = "take the decision once, or leave the repetition out"
    for sop in library.sops.values():
        for step in sop.steps:
            if step.decision and _repeats(step):
                message = f'"{step.id}" is a decision and is done several times'
                yield Problem((step.at / "decision").name(), CODE, message, hint)
        order = {step.id: i for i, step in enumerate(sop.steps)}
        for step, go in ways_back(library, sop):
            between = sop.steps[order.get(go.step, len(order)) : order[step.id]]
            for inner in between:
                if _repeats(inner):
                    message = f'the way back to "{go.step}" leads over "{inner.id}", which repeats'
                    yield Problem(go.at / "step", CODE, message, hint)


def _repeats(step: Step) -> bool:
    return bool(step.repeat or step.for_each)
