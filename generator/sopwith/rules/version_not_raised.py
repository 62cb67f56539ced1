"""A procedure says something else, and is still called by the same version.

`sopwith check --since main` compares with the commit from which you set out. Whoever holds a paper
or is pinned to version 1.2 relies on 1.2 being one text. So what changes gets a new version: the
second number rises when nobody works differently, the first when someone does. Emails and
documents have versions too. What keeps the books needs none: the day of a review, the revision
history, the list of former steps; nor does a draft, by which nobody works yet.

Wrong, where the due date was changed:

```yaml
version: "1.2"
```

Right:

```yaml
version: "2.0"
changes:
  - {version: "2.0", effective: 2026-12-01, by: dana, summary: The channel is open a day earlier}
```

`sopwith bump client-onboarding major -m "The channel is open a day earlier"` writes these lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.comparing import KINDS, Pair, opinion
from sopwith.comparing import libraries as compared
from sopwith.model import Library
from sopwith.problem import Problem
from sopwith.versions import first_entry

CODE = "version-not-raised"


def check(before: Library, library: Library) -> Iterator[Problem]:
    """Report what changed since an earlier reading and did not get a later version."""
    for pair in compared(before, library):
        if pair.kind not in KINDS or pair.was is None or pair.now is None:
            continue
        taken_for = opinion(pair)
        if taken_for.weight == "none" or pair.was.version < pair.now.version:
            continue
        message = f"this has changed, and is still version {pair.now.version}"
        if pair.now.version < pair.was.version:
            message = f"this was version {pair.was.version} already, and has changed since"
        major, minor = pair.was.version.parts
        later = f"{major + 1}.0" if taken_for.weight == "major" else f"{major}.{minor + 1}"
        hint = f"we think it is {taken_for.weight}: {taken_for.why}; "
        hint += _written(pair, later, taken_for.weight == "major")
        yield Problem(pair.now.at / "version", CODE, message, hint)


def _written(pair: Pair, later: str, is_major: bool) -> str:
    """What to write, of which the newest change may have a part already."""
    was = pair.was.version
    newest = max((one.version for one in getattr(pair.now, "changes", ())), default=was)
    if newest.is_major_after(was) or (newest > was and not is_major):
        return f'write version: "{newest}", as its newest change has it'
    if newest > was:
        return f'write version: "{later}" here and in its newest change, which has {newest}'
    if pair.kind != "sop":
        return f'write version: "{later}"'
    command = f'sopwith bump {pair.id} {"major" if is_major else "minor"} -m "what is new"'
    return f'write version: "{later}" and {first_entry(later)}, or type: {command}'
