"""Somebody has confirmed a version of an SOP that never was, or noticed something about one.

A confirmation says which version was read, an observation by which version one worked. The versions
there have been stand under `changes` in the SOP's file. A slip in a confirmation would leave the
person asked for ever, and one in an observation would blame the wrong text.

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

from sopwith.model import Confirmation, Library, Observation, Sop
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "version-never-was"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report confirmations and observations of versions that the history of their SOP lacks."""
    said: list[Confirmation | Observation] = [*library.confirmations.values()]
    for one in (*said, *library.observations.values()):
        sop = library.sops.get(one.sop)
        if sop and one.version and (wrong := never_was(sop, str(one.version))):
            yield Problem(one.at / "version", CODE, *wrong)


def never_was(sop: Sop, version: str) -> tuple[str, str] | None:
    """Say so, and which versions there have been, of one that the history of an SOP lacks."""
    known = [str(change.version) for change in sop.changes]
    if version in known:
        return None
    return f"there has been no version {version} of {sop.title}", f"known: {', '.join(known)}"
