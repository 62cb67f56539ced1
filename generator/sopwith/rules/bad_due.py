"""A due date cannot be read.

Due dates are written in a few fixed forms: `2 business days after kickoff`, `3 weeks before
delivery-due`, `on kickoff`, `1 day after step welcome`, `24 business hours after
inquiry-received`, and, for a step that repeats monthly, `on the last business day of the month`.
The number is 1 to 999; the units are business days, days, weeks, months and business hours.

Wrong:

```yaml
due: 3 bussiness days after kickoff
```

Right:

```yaml
due: 3 business days after kickoff
```
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sopwith import due
from sopwith.model import Event, Library, Sop, Step
from sopwith.plan import BUILT_IN, Plans
from sopwith.problem import Problem, nearest

CODE = "bad-due"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report due dates and halfway points that are none."""
    events = [*(event.id for event in library.company.events), *BUILT_IN]
    for event in library.company.events:
        if event.is_:
            yield from _halfway(event, events)
    for sop in library.sops.values():
        for step in sop.steps:
            if step.due:
                yield from _due(step, sop, events)


def _halfway(event: Event, events: Collection[str]) -> Iterator[Problem]:
    spot = event.at / "is"
    example = 'write it as in "halfway between kickoff and delivery-due"'
    try:
        rule = due.parse(event.is_, events)
    except due.Unreadable as error:
        hint = error.hint if error.suggestion else example
        yield Problem(spot.holding(error.part), CODE, error.message, hint)
    else:
        if not isinstance(rule, due.Halfway):
            message = f'"{event.is_}" does not say where an event lies between two others'
            yield Problem(spot, CODE, message, example)


def _due(step: Step, sop: Sop, events: Collection[str]) -> Iterator[Problem]:
    spot = step.at / "due"
    try:
        rule = due.parse(step.due, events)
    except due.Unreadable as error:
        hint = _by_title(step.due, sop, error.suggestion) or error.hint
        yield Problem(spot.holding(error.part), CODE, error.message, hint)
        return
    if isinstance(rule, due.Halfway):
        message = "a step is not due halfway between two events"
        hint = "make the halfway point an event in company.yml, and let the step hang on that"
        yield Problem(spot, CODE, message, hint)
    elif isinstance(rule, due.LastBusinessDay) and not step.repeat:
        message = "the last business day of which month?"
        yield Problem(spot, CODE, message, "add repeat: {every: month, from: kickoff}")
    elif isinstance(rule, due.Offset) and rule.event == "item-due" and not step.for_each:
        message = '"item-due" is the date of a deliverable or a milestone, and there is none here'
        yield Problem(spot, CODE, message, "add for_each: deliverables, or name another event")


_BEHIND = re.compile(
    r"(?P<when>.*?\b(?:after|before|from|following|on))\s+(?:step\s+)?(?P<what>.+)"
)


def _by_title(text: str, sop: Sop, suggestion: str) -> str:
    """How to write a date that hangs on a step, where a step is named by its title.

    A title that is only alike counts for less than an event that may be meant.
    """
    found = _BEHIND.fullmatch(" ".join(text.split()))
    if found is None:
        return ""
    named = found["what"].strip("\"'\u201c\u201d")
    ids = {step.title: step.id for step in sop.steps}
    title = nearest(named, ids)
    is_event = bool(suggestion) and " step " not in suggestion
    if title is None or (is_event and title.lower() != named.lower()):
        return ""
    right = f"{found['when']} step {ids[title]}"
    try:
        due.parse(right)
    except due.Unreadable as error:
        right = error.suggestion
    if not right:
        return f'that is a step, and a date can only be after it: "1 day after step {ids[title]}"'
    return f'a step is named by its id: write "{right}"'
