"""No file in clients/ has that name.

Wrong:

```yaml
client: Harbor Lane Dental
```

Right, where there is a file clients/harbor-lane-dental.yml:

```yaml
client: harbor-lane-dental
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-client"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no client."""
    return unknown(CODE, "client", "client", library.clients, library)
