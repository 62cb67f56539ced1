"""No event of that name is in company.yml.

Events are the moments that due dates hang on. They are listed, in order, under `events:` in
company.yml. Two more are always there for due dates: `item-due` inside `for_each`, and `opened`
for a case. An SOP that only runs as a case, or from another SOP, has no event under `trigger:`.

Wrong:

```yaml
due: 2 business days after kickof
```

Right:

```yaml
due: 2 business days after kickoff
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith import due
from sopwith.model import Library
from sopwith.plan import BUILT_IN, Plans
from sopwith.problem import Problem, did_you_mean
from sopwith.references import due_rules, unknown

CODE = "unknown-event"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report events that are named, in due dates too, and not listed."""
    events = [event.id for event in library.company.events]
    known = {*events, *BUILT_IN}
    yield from unknown(CODE, "event", "event", {*events, "opened"}, library)
    for sop in library.sops.values():
        if sop.trigger.event == "opened":
            message = '"opened" starts a case, and no SOP by itself'
            hint = "leave the event out: then it runs for the cases in a client's file"
            yield Problem(sop.trigger.at / "event", CODE, message, hint)
    for rule, spot, _holder in due_rules(library):
        for event in _events(rule):
            if event not in known:
                message = f'no event is called "{event}"'
                yield Problem(spot.holding(event), CODE, message, did_you_mean(event, known))


def _events(rule: due.Due) -> tuple[str, ...]:
    if isinstance(rule, due.Halfway):
        return (rule.first, rule.second)
    return (rule.event,) if isinstance(rule, due.Offset) and rule.event else ()
