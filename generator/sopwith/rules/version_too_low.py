"""The version says that nobody works differently, and it looks as if someone does.

`sopwith check --since main` compares with the commit from which you set out. A new first number
tells everyone concerned to read again; a new second number tells them that they need not. What
fields mean decides which one we expect: another role, date, condition, answer or order of steps is
a new first number. Of prose we can only guess. You decide: where ours is the wrong guess, say under
`minor_because` what makes you sure, and the second number is enough. `why` is something else: what
made you change it.

Wrong, where the due date was changed:

```yaml
version: "1.3"
changes:
  - {version: "1.3", effective: 2026-12-01, by: dana, summary: The channel is open a day earlier}
```

Right:

```yaml
version: "1.3"
changes:
  - version: "1.3"
    effective: 2026-12-01
    by: dana
    summary: The channel is open a day earlier
    minor_because: We have done it a day earlier since the summer, so nobody has to change a habit.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.comparing import libraries as compared
from sopwith.comparing import opinion
from sopwith.model import Library
from sopwith.problem import Problem
from sopwith.versions import first_entry

CODE = "version-too-low"


def check(before: Library, library: Library) -> Iterator[Problem]:
    """Report SOPs whose new version looks too small and gives no reason for that."""
    for pair in compared(before, library):
        if pair.kind != "sop" or pair.was is None or pair.now is None:
            continue
        was, now, taken_for = pair.was, pair.now, opinion(pair)
        is_minor = was.version < now.version and not now.version.is_major_after(was.version)
        has_reason = any(
            change.minor_because for change in now.changes if change.version > was.version
        )
        if is_minor and taken_for.weight == "major" and not has_reason:
            message = f"version {now.version} says that nobody works differently: {taken_for.why}"
            major = f"{was.version.parts[0] + 1}.0"
            there = "in its change" if now.current else f"in {first_entry(major)}"
            hint = f'write "{major}" here and {there}, or, if nobody does, add to the change '
            hint += "minor_because: with what makes you sure"
            yield Problem(now.at / "version", CODE, message, hint)
