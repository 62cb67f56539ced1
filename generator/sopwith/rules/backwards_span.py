"""A span of days ends before it begins.

Closures, leave and pauses name their first and their last day, both included. For a single day
both are the same.

Wrong:

```yaml
paused: [{from: 2026-11-13, to: 2026-11-02}]
```

Right:

```yaml
paused: [{from: 2026-11-02, to: 2026-11-13}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Absence, Library, Span
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "backwards-span"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report spans whose last day is before the first."""
    company = library.company
    spans: list[Span | Absence] = [*company.calendar.closures, *company.away]
    spans += [pause for client in library.clients.values() for pause in client.paused]
    for span in spans:
        if span.to < span.from_:
            message = f"this ends on {span.to}, before it begins on {span.from_}"
            yield Problem(span.at / "to", CODE, message, "exchange the two days, or mend one")
