"""Two SOPs have the same title.

In lists, menus and the search a procedure is known by its title alone. Mostly the second is a copy
that somebody began from, and its title was left as it was.

Wrong, where `sops/close/project-closure.yml` is called so:

```yaml
title: Closing a project
```

Right:

```yaml
title: Closing a project early
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library, Sop
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "same-title"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Warn of SOPs in use with the title of another: of the one whose history is the shorter."""
    seen: dict[str, Sop] = {}
    in_use = (sop for sop in library.sops.values() if sop.status != "retired")
    for sop in sorted(in_use, key=lambda one: one.changes[-1].effective):
        first = seen.setdefault(" ".join(sop.title.lower().split()), sop)
        if first is not sop:
            message = f'"{sop.title}" is the title of {first.at.path} already'
            hint = "give this one a title of its own"
            yield Problem(sop.at / "title", CODE, message, hint, "warning")
