"""Two pauses of a client have days in common.

Each of those days is left out once, so the dates are right. But nobody can tell which pause a day
belongs to, and one of the two is mostly a slip of the keys, or an old plan that was left in.

Wrong:

```yaml
paused:
  - {from: 2026-11-02, to: 2026-11-13, why: The practice moves}
  - {from: 2026-11-11, to: 2026-11-20, why: The new rooms are not ready}
```

Right:

```yaml
paused:
  - {from: 2026-11-02, to: 2026-11-10, why: The practice moves}
  - {from: 2026-11-11, to: 2026-11-20, why: The new rooms are not ready}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "overlapping-pauses"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report each pause that begins within one told before it; a warning."""
    for client in library.clients.values():
        for number, pause in enumerate(client.paused):
            shared = (
                (max(pause.from_, other.from_), min(pause.to, other.to))
                for other in client.paused[:number]
            )
            for first, last in [days for days in shared if days[0] <= days[1]][:1]:
                days = f"{first} to {last}" if first < last else str(first)
                message = f"{client.name} is paused already, {days}"
                hint = "let one pause end before the other begins, or make one of both"
                yield Problem(pause.at, CODE, message, hint, "warning")
