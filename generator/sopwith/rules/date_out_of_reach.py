"""A client's date is more than ten years away.

Plans reach ten years back and ten years ahead. A date beyond is nearly always a slip of the keys.

Wrong:

```yaml
dates:
  kickoff: 2062-10-12
```

Right:

```yaml
dates:
  kickoff: 2026-10-12
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sopwith.model import Client, Library
from sopwith.plan import REACH, Plans, later
from sopwith.problem import Problem, Spot

CODE = "date-out-of-reach"


def check(library: Library, plans: Plans) -> Iterator[Problem]:
    """Report dates of clients more than ten years from today."""
    first, last = later(plans.today, -REACH), later(plans.today, REACH)
    for client in library.subjects():
        for day, at, key in _dates(client):
            if not first <= day <= last:
                message = f"{day} is more than ten years from today, {plans.today}"
                yield Problem(at / key, CODE, message, "mend the year")


def _dates(client: Client) -> Iterator[tuple[date, Spot, str]]:
    # Of our own people somebody may well have been here for twenty years.
    for stated in client.dates.values() if client.about == "client" else ():
        yield stated.planned.day, stated.at, "planned"
        if stated.now:
            yield stated.now.day, stated.at, "now"
    for pause in client.paused:
        yield from ((pause.from_, pause.at, "from"), (pause.to, pause.at, "to"))
    for item in (*client.items("deliverables"), *client.items("milestones")):
        if item.due:
            yield item.due, item.at, "due"
    for case in client.cases:
        yield case.opened.day, case.at, "opened"
    for progress in client.progress.values():
        if progress.done:
            yield progress.done.day, progress.at, "done"
    if client.ended:
        yield client.ended.date, client.ended.at, "date"
