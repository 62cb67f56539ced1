"""A step repeats by a fact that is no rhythm.

`repeat: {every: {fact: ...}}` gives each client a rhythm of its own. Every value that the fact can
have must then be one: `week`, `2 weeks`, `month`, `quarter`, `year`.

Wrong, where `channels` is `email`, `phone` or `slack`:

```yaml
repeat: {every: {fact: channels}, from: kickoff}
```

Right, where `calls` is `week` or `2 weeks`:

```yaml
repeat: {every: {fact: calls}, from: kickoff}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith import due
from sopwith.model import Count, Library, Moment
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "bad-rhythm"


def check(library: Library, plans: Plans) -> Iterator[Problem]:
    """Report facts that a step repeats by and that have a value which is no interval."""
    calendar = due.Calendar.of(library.company.calendar)
    today = Moment(plans.today)

    def is_interval(text: str) -> bool:
        try:
            due.occurrence(Count(text), 1, today, calendar)
        except due.Unreadable:
            return False
        except (due.BeyondHorizon, due.NeverOpen):
            pass  # an interval all the same
        return Count(text).number > 0

    for sop in library.sops.values():
        for step in sop.steps:
            fact = library.company.facts.get(step.repeat.every.fact) if step.repeat else None
            if fact is None or not step.repeat:
                continue
            wrong = next((v for v in fact.choices or ("an amount",) if not is_interval(v)), None)
            if wrong or fact.some_of:
                says = "may have several values" if fact.some_of else f'may be "{wrong}"'
                message = f'"{fact.id}" {says}, so it cannot say how often'
                hint = "name a fact whose values are as week, 2 weeks or month"
                yield Problem(step.repeat.every.at / "fact", CODE, message, hint)
