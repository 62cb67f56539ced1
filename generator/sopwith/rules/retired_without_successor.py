"""A retired SOP does not say what replaced it.

Its address stays, since people have it on paper and in links. Whoever comes there must learn
where to go.

Wrong:

```yaml
status: retired
```

Right:

```yaml
status: retired
superseded_by: client-onboarding
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "retired-without-successor"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report retired SOPs without `superseded_by`."""
    for sop in library.sops.values():
        if sop.status == "retired" and not sop.superseded_by:
            message = "this SOP is retired and does not say what replaced it"
            hint = "add superseded_by: and the id of the SOP to follow now"
            yield Problem(sop.at / "status", CODE, message, hint)
