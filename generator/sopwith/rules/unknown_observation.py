"""No file in observations/ has that name.

A decision of a meeting says which observations it takes up, so that the next report can tell what
became of them.

Wrong:

```yaml
takes_up: [late-intake-form]
```

Right, where there is a file observations/2026-10-14-late-intake-form.yml:

```yaml
takes_up: [2026-10-14-late-intake-form]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-observation"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no observation."""
    return unknown(CODE, "observation", "observation", library.observations, library)
