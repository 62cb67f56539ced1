"""A step is gone, and nothing says that it ever was.

`sopwith check --since main` compares with the commit from which you set out. Clients' files and
observations speak of steps by their ids. A step that was taken out stays under `former_steps`, with
the last version that had it, so that what they say stays history and is no mistake. `now` names the
step that does its work today, where there is one.

Wrong, where the step `fax-form` was taken out:

```yaml
changes:
  - {version: "2.0", effective: 2026-12-01, by: dana, summary: Nobody faxes a form any more}
```

Right:

```yaml
former_steps: [{id: fax-form, until: "1.2", now: intake-form}]
changes:
  - {version: "2.0", effective: 2026-12-01, by: dana, summary: Nobody faxes a form any more}
```

`sopwith bump` adds the entry; only you know whether another step does its work `now`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.problem import Problem

CODE = "lost-step"


def check(before: Library, library: Library) -> Iterator[Problem]:
    """Report steps that an SOP in force has lost without a word."""
    for id_, was in before.sops.items():
        now = library.sops.get(id_)
        if now is None or was.status == "draft":
            continue
        known = {step.id for step in now.steps} | {former.id for former in now.former_steps}
        gone = {step.id: str(was.version) for step in was.steps}
        gone = {former.id: str(former.until) for former in was.former_steps} | gone
        for step, until in gone.items():
            if step not in known:
                message = f'the step "{step}" is gone, and former_steps does not know it'
                hint = f'add to former_steps: {{id: {step}, until: "{until}"}}'
                spot = now.at / "former_steps" if now.former_steps else now.at / "phases"
                yield Problem(spot.name(), CODE, message, hint)
