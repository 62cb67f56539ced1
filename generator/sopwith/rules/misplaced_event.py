"""An SOP hangs on an event that those it is about do not have.

Events listed in company.yml are moments in a client's life. `joined`, the first day of each of our
people, is there only for an SOP with `about: person`; `quarter-start` and `quarter-end` are only
for one with `about: firm`. What hangs on another event would never have a date.

Wrong, in an SOP about each client:

```yaml
due: 2 business days after joined
```

Right, in an SOP that says `about: person`:

```yaml
due: 2 business days after joined
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import OWN_EVENTS, About, Client, Library, Sop
from sopwith.plan import Plans
from sopwith.problem import Problem, Spot
from sopwith.references import due_events, references

CODE = "misplaced-event"

_WHOSE = {event: about for about, events in OWN_EVENTS.items() for event in events}
_ABOUT: dict[About, str] = {
    "client": "a client",
    "person": "one of our people",
    "firm": "the firm in a quarter",
}


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report events of clients, people and quarters that are named where there are none."""
    listed = {event.id for event in library.company.events}
    for event, spot, holder in _named(library):
        whose = "client" if event in listed else _WHOSE.get(event)
        about = holder.about if holder else "client"
        # What only runs as a case or from another SOP may hang on the events of whoever runs it.
        is_run = isinstance(holder, Sop) and not holder.trigger.event
        if whose and whose != about and not (is_run and whose == "client"):
            message = f'"{event}" is a day of {_ABOUT[whose]}, and this is about {_ABOUT[about]}'
            yield Problem(spot, CODE, message, _hint(whose, about))


def _named(library: Library) -> Iterator[tuple[str, Spot, Sop | Client | None]]:
    for ref in references(library, "event"):
        # A review comes after an event of any client, whatever the SOP is about.
        if isinstance(ref.holder, Sop | Client) and ref.field != "review":
            yield ref.id, ref.spot, ref.holder
    yield from due_events(library)


def _hint(whose: About, about: About) -> str:
    instead = " or ".join(OWN_EVENTS[about]) or "an event from company.yml"
    if about == "client":
        return f"name {instead}, or say about: {whose} if it is no client's procedure"
    return f"name {instead}, or leave the event out of the trigger: then it runs as a case"
