"""No SOP has that name.

An SOP is named by its file, without the folder and without `.yml`.

Wrong:

```yaml
run: onboard/client-onboarding
```

Right:

```yaml
run: client-onboarding
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-sop"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no SOP."""
    return unknown(CODE, "sop", "SOP", library.sops, library)
