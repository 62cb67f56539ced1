"""Somebody has confirmed a version of an SOP that never was.

A confirmation says which version was read. The versions there have been stand under `changes` in
the SOP's file; a slip here would leave the person asked for ever.

Wrong, where the newest version is 3.0:

```yaml
sop: confidentiality
version: "4.0"
by: nell
confirmed: 2026-11-20
```

Right:

```yaml
sop: confidentiality
version: "3.0"
by: nell
confirmed: 2026-11-20
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "version-never-was"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report confirmations of versions that the history of their SOP does not know."""
    for one in library.confirmations.values():
        sop = library.sops.get(one.sop)
        if sop and all(change.version != one.version for change in sop.changes):
            known = ", ".join(str(change.version) for change in sop.changes)
            message = f"there has been no version {one.version} of {sop.title}"
            yield Problem(one.at / "version", CODE, message, f"known: {known}")
