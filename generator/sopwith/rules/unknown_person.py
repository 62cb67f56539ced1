"""No person of that name is in company.yml.

People are named by the short name they have under `people:`. A role goes where a role is asked
for; this place asks for a person.

Wrong:

```yaml
by: Dana Whitfield
```

Right:

```yaml
by: dana
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-person"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no person."""
    return unknown(CODE, "person", "person", library.company.people, library)
