"""No tool of that name is in company.yml.

Tools are listed once, under `tools:`, so that their address and their name are the same
everywhere.

Wrong:

```yaml
tools: [hub-spot]
```

Right:

```yaml
tools: [hubspot]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-tool"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no tool."""
    return unknown(CODE, "tool", "tool", library.company.tools, library)
