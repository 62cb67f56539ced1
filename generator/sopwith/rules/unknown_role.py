"""No role of that name is in company.yml.

A step nobody can be found for is a step nobody does. Roles are listed under `roles:` in
company.yml; people hold them there, or in a client's `team:`.

Wrong:

```yaml
role: acount-manager
```

Right:

```yaml
role: account-manager
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-role"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no role."""
    return unknown(CODE, "role", "role", library.company.roles, library)
