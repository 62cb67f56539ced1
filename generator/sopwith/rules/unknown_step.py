"""No step of that name is in the SOP.

Steps are named by their `id`. In a client's `progress:` and `exceptions:` the SOP stands before
it, and what tells repeats and items apart behind it. A step that was removed stays known when it
is listed under `former_steps:`.

Wrong:

```yaml
wait_for: [send-proposal]
```

Right, where a step of the same SOP has `id: proposal-sent`:

```yaml
wait_for: [proposal-sent]
```

Right, in a client's file:

```yaml
progress:
  client-onboarding/check-in@1: {done: 2026-10-27, by: sam}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith import due
from sopwith.model import Library, Observation, Sop, Step
from sopwith.plan import Plans, Unknown, no_step, resolve, which_step
from sopwith.problem import Problem, Spot
from sopwith.references import Reference, due_rules, references

CODE = "unknown-step"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report steps named in the same SOP, in observations and in addresses, that are not there."""
    for ref in references(library, "step"):
        sop = library.sops.get(ref.sop)
        # What an observation or a removed step names may be history; steps name steps there are.
        if sop and not (_is_former(sop, ref.id) and _speaks_of_the_past(ref)):
            recorded = isinstance(ref.holder, Observation)
            yield from _in_sop(sop, ref.id, ref.spot, recorded=recorded)
    for rule, spot, sop in due_rules(library):
        if isinstance(rule, due.Offset) and rule.step and sop:
            yield from _in_sop(sop, rule.step, spot.holding(rule.step))
    for ref in references(library, "address"):
        subject = library.subject(getattr(ref.holder, "id", ""))
        found = resolve(ref.id, subject, library) if subject else None
        if isinstance(found, Unknown):
            spot = ref.spot if ref.spot.key else ref.spot.holding(found.part)
            yield Problem(spot, CODE, found.message, found.hint)


def _is_former(sop: Sop, step: str) -> bool:
    return any(former.id == step for former in sop.former_steps)


def _speaks_of_the_past(ref: Reference) -> bool:
    return isinstance(ref.holder, Observation) or "former_steps" in ref.spot.route


def _in_sop(sop: Sop, step: str, spot: Spot, *, recorded: bool = False) -> Iterator[Problem]:
    if sop.step(step) is None:
        inside, out = _inside(sop, spot), without(sop, spot)
        hint = which_step(sop, step, recorded=recorded, inside=inside, out=out)
        yield Problem(spot, CODE, no_step(sop.id, step), hint)


def without(sop: Sop, spot: Spot) -> str:
    """How to do without the step that is named at this spot of its SOP."""
    inside = _inside(sop, spot)
    if "wait_for" in spot.route and inside and len(inside.wait_for) == 1:
        return "take the whole wait_for out"
    return next((out for key, out in _WITHOUT.items() if key in spot.route), "take it out")


_WITHOUT = {
    "due": "give this another due date, or take the line out",
    "go": "let this answer lead somewhere else",
    "when": "take this condition out",
    "applies_to": "take this condition out",
}


def _inside(sop: Sop, spot: Spot) -> Step | None:
    """The step of its SOP that a spot is in."""
    route = spot.route[:4]
    steps = (step for step in sop.steps if step.at.path == spot.path)
    return next((step for step in steps if step.at.route[:4] == route), None)
