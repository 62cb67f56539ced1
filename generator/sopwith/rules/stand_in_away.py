"""Whoever stands in for a colleague is away on some of those days too.

The plan gives the work to the stand-in and looks no further. On days when both are away, nobody
would do it, although a name stands beside the box.

Wrong:

```yaml
away:
  - {who: sam, from: 2026-12-07, to: 2026-12-18, stand_in: dana}
  - {who: dana, from: 2026-12-14, to: 2026-12-16, stand_in: nell}
```

Right:

```yaml
away:
  - {who: sam, from: 2026-12-07, to: 2026-12-13, stand_in: dana}
  - {who: sam, from: 2026-12-14, to: 2026-12-18, stand_in: nell}
  - {who: dana, from: 2026-12-14, to: 2026-12-16, stand_in: nell}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "stand-in-away"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report absences during which the stand-in is away too; a warning."""
    company = library.company
    for absence in company.away:
        both = [
            (max(absence.from_, other.from_), min(absence.to, other.to))
            for other in company.away
            if other.who == absence.stand_in
            and other.from_ <= absence.to
            and absence.from_ <= other.to
        ]
        for first, last in both[:1]:
            who = company.people.get(absence.stand_in)
            message = f"{who.name if who else absence.stand_in} is away too, {first} to {last}"
            hint = "name another stand-in for those days"
            yield Problem(absence.at / "stand_in", CODE, message, hint, "warning")
