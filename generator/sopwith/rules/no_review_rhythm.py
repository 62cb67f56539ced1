"""An SOP does not say how often it is reviewed.

A procedure that nobody looks at again goes stale without anyone noticing. Say how often the owner
reads it from start to end: `quarter`, `6 months` or `year`.

Wrong:

```yaml
review: {last: 2026-09-30, by: dana}
```

Right:

```yaml
review: {every: 6 months, last: 2026-09-30, by: dana}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "no-review-rhythm"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report SOPs without `review.every`, unless they are retired."""
    for sop in library.sops.values():
        if sop.review.every is None and sop.status != "retired":
            message = "this SOP does not say how often it is reviewed"
            hint = "add it under review: every: quarter, 6 months or year"
            yield Problem((sop.at / "review").name(), CODE, message, hint)
