"""Something is recorded as done, approved, reviewed or ended on a day that is still to come.

What is planned stands in `dates`; `progress`, `cases`, `ended` and `confirmed` say what has
happened, and in an SOP `approved` and the `last` review. A day ahead of today is nearly always a
slip of the keys, and it would move every date that counts from it. In an SOP it is an error for
`sopwith check --since main`, where a change is judged; else a warning, since one may look back.

Wrong, on November 20:

```yaml
progress:
  client-onboarding/welcome: {done: 2026-12-17, by: dana}
```

Right:

```yaml
progress:
  client-onboarding/welcome: {done: 2026-11-17, by: dana}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sopwith.model import Client, Library
from sopwith.plan import REACH, Plans, later
from sopwith.problem import Problem, Spot

CODE = "not-yet-happened"


def check(library: Library, plans: Plans) -> Iterator[Problem]:
    """Report what has happened only later than today; a warning, since a plan may look back."""
    farthest = later(plans.today, REACH)  # beyond, date-out-of-reach has told it already
    for client in library.subjects():
        for day, at, key in _happened(client):
            if plans.today < day <= farthest:
                yield _still_to_come(day, at / key, plans.today)
    for sop in library.sops.values():
        newest, review = sop.changes[0], sop.review
        for said, spot in (
            (newest.approved, newest.at / "approved"),
            (review.last, review.at / "last"),
        ):
            if said and plans.today < said:
                yield _still_to_come(said, spot, plans.today)
    for one in library.confirmations.values():
        if plans.today < one.confirmed:
            yield _still_to_come(one.confirmed, one.at / "confirmed", plans.today)


def _still_to_come(day: date, spot: Spot, today: date) -> Problem:
    message = f"{day} is still to come: today is {today}"
    return Problem(spot, CODE, message, "mend the day, or wait for it", "warning")


def _happened(client: Client) -> Iterator[tuple[date, Spot, str]]:
    for progress in client.progress.values():
        if progress.done:
            yield progress.done.day, progress.at, "done"
    for case in client.cases:
        yield case.opened.day, case.at, "opened"
        if case.closed:
            yield case.closed, case.at, "closed"
    if client.ended:
        yield client.ended.date, client.ended.at, "date"
