"""No file in documents/ has that name.

Wrong:

```yaml
document: welcome-pack
```

Right, where there is a file documents/welcome-packet.yml:

```yaml
document: welcome-packet
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-document"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no document."""
    return unknown(CODE, "document", "document", library.documents, library)
