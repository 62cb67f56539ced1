"""A condition asks for something that nobody knows.

Conditions may ask for the facts listed under `facts:` in company.yml, and for the decisions of
the same SOP, by the id of the step that decides.

Wrong:

```yaml
when: {channel: slack}
```

Right:

```yaml
when: {channels: slack}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem, did_you_mean
from sopwith.references import references, unknown

CODE = "unknown-fact"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report keys of conditions, and facts of clients, that are neither fact nor decision."""
    facts = library.company.facts
    yield from unknown(CODE, "fact", "fact", facts, library)
    for ref in references(library, "key"):
        sop = library.sops.get(ref.sop)
        decisions = [step.id for step in sop.steps if step.decision] if sop else []
        if ref.id not in facts and ref.id not in decisions:
            hint = did_you_mean(ref.id, [*facts, *decisions])
            if sop and any(former.id == ref.id for former in sop.former_steps):
                hint = "that step is gone, as former_steps says: take this condition out"
            yield Problem(ref.spot, CODE, neither(ref.id), hint)


def neither(id_: str) -> str:
    """What is said where a condition asks for something that is not there."""
    return f'"{id_}" is neither a fact nor a decision of this SOP'
