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

from sopwith.model import Library, Sop
from sopwith.plan import BUILT_IN, Plans
from sopwith.problem import Problem, Spot, did_you_mean
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
    for event, spot, holder in due_events(library):
        if event not in known:
            message = f'no event is called "{event}"'
            hint = _after_step(event, spot, holder) or did_you_mean(event, known)
            yield Problem(spot, CODE, message, hint)


def _after_step(event: str, spot: Spot, sop: Sop | None) -> str:
    """How to write a date that hangs on a step, where the name is that of one."""
    if sop is None or sop.step(event) is None:
        return ""
    written = next((s.due for s in sop.steps if (s.at / "due").route == spot.route), "")
    if f"after {event}" not in written:
        return f'that is a step, and a date can only be after it: "1 day after step {event}"'
    return f"that is a step; write: {written.replace(event, f'step {event}')}"
