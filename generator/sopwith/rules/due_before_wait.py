"""A step is due before a step that it waits for.

Whoever works the list would be late before they can begin. Only what is certain for every client
is reported: both dates hang on the same event. The steps of an SOP that a step runs wait for that
step too: its date is the day on which they begin.

Wrong:

```yaml
- {id: draft, title: Write the plan, role: finance, due: 5 days after kickoff}
- {id: share, title: Share it, role: finance, due: 2 days after kickoff, wait_for: [draft]}
```

Right:

```yaml
- {id: draft, title: Write the plan, role: finance, due: 5 days after kickoff}
- {id: share, title: Share it, role: finance, due: 6 days after kickoff, wait_for: [draft]}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from sopwith import due
from sopwith.model import Library, Sop, Step
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "due-before-wait"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report steps whose latest day is before the earliest of one they wait for."""
    for sop in library.sops.values():
        rules = {step.id: _offset(step) for step in sop.steps}
        for step in sop.steps:
            own = rules[step.id]
            if own and step.run in library.sops:
                yield from _run(step, own, library.sops[step.run])
            for waited in step.wait_for:
                other = rules.get(waited)
                if own and other and _is_before(own, other):
                    message = f'due {own}, before "{waited}", which it waits for ({other})'
                    hint = f'let it be due later, or leave "{waited}" out of wait_for'
                    yield Problem(step.at / "due", CODE, message, hint)


def _run(step: Step, own: due.Offset, called: Sop) -> Iterator[Problem]:
    """The first step of the SOP that a step runs which is due before that can begin."""
    for inner in called.steps if called.status == "active" else ():
        other = _offset(inner)
        if other and _is_before(other, own):
            message = f'due {own}, but "{inner.id}" of {called.id}, which it runs, {other}'
            hint = "let this be due earlier, or that step later"
            yield Problem(step.at / "due", CODE, message, hint)
            return


def _is_before(first: due.Offset, second: due.Offset) -> bool:
    if first.event != second.event:
        return False
    measure, length = _length(first)
    other_measure, other_length = _length(second)
    comparable = measure == other_measure or 0 in (length, other_length)
    return comparable and length < other_length


def _offset(step: Step) -> due.Offset | None:
    with suppress(due.Unreadable):
        rule = due.parse(step.due) if step.due else None
        if isinstance(rule, due.Offset) and rule.event:
            return rule
    return None


def _length(rule: due.Offset) -> tuple[str, float]:
    """How far from the event, in a measure that only compares with itself."""
    measure, each = _MEASURES[rule.unit]
    return measure, rule.count * each * (-1 if rule.side == "before" else 1)


_MEASURES: dict[due.Unit, tuple[str, float]] = {
    "days": ("calendar", 1),
    "weeks": ("calendar", 7),
    "months": ("months", 1),
    "business days": ("business", 1),
    "business hours": ("business", 1 / 24),
}
