"""What a printed checklist does not know yet: what changed in a plan since an earlier commit."""

from __future__ import annotations

from sopwith.comparing import TICKED, changes_in_plan
from sopwith.plan import Plan
from sopwith.words import long_date


def render(then: Plan, now: Plan, commit: str) -> str:
    """Tell, step by step, in what a plan differs from what was printed; both are of one day."""
    name = now.client.name
    parts = {title: found for title, found in changes_in_plan(then, now) if found}
    ended = now.client.ended
    if ended and not then.client.ended:
        day = long_date(ended.date, now.company.locale)
        how = f" ({ended.how})" if ended.how else ""
        parts = {"Ended": [f"  On {day}{how}: nothing is due any more"], **parts}
    if not parts:
        return f"{name}: nothing changed since {commit}. The paper is good."
    count = sum(map(len, parts.values()))
    changes = "1 change" if count == 1 else f"{count} changes"
    verdict = "It lacks only ticks." if [*parts] == [TICKED] else "The paper is out of date."
    lines = [line for title, found in parts.items() for line in ("", title, *found)]
    return "\n".join([f"{name}: {changes} since the paper of {commit}. {verdict}", *lines])
