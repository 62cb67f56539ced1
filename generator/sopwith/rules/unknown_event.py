"""No event of that name is in company.yml.

Events are the moments that due dates hang on. They are listed, in order, under `events:` in
company.yml. Two more are always there for due dates: `item-due` inside `for_each`, and `opened`
for a case. Others come of themselves: `joined` in an SOP about each person, `quarter-start` and
`quarter-end` in one about the firm. An SOP that only runs as a case, or from another SOP, has no
event under `trigger:`.

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

from sopwith.model import Library
from sopwith.plan import BUILT_IN, Plans
from sopwith.problem import Problem, did_you_mean
from sopwith.references import due_events, unknown

CODE = "unknown-event"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report events that are named, in due dates too, and not listed."""
    events = [event.id for event in library.company.events]
    known = {*events, *BUILT_IN}
    yield from unknown(CODE, "event", "event", known - {"item-due"}, library)
    for sop in library.sops.values():
        if sop.trigger.event == "opened":
            message = '"opened" starts a case, and no SOP by itself'
            hint = "leave the event out: then it runs for the cases in a client's file"
            yield Problem(sop.trigger.at / "event", CODE, message, hint)
    for event, spot, _holder in due_events(library):
        if event not in known:
            message = f'no event is called "{event}"'
            yield Problem(spot, CODE, message, did_you_mean(event, known))
