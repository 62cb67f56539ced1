"""An SOP asks somebody outside the firm to confirm it.

Only our own people read our procedures. A role such as the client is held by nobody here, so that
nobody could ever confirm.

Wrong:

```yaml
acknowledge: {by: [account-manager, client], within: 10 business days}
```

Right:

```yaml
acknowledge: {by: [account-manager], within: 10 business days}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "asked-outside"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report roles outside the firm that are asked to confirm an SOP."""
    roles = library.company.roles
    for sop in library.sops.values():
        for i, role in enumerate(sop.acknowledge.by if sop.acknowledge else ()):
            if role in roles and roles[role].outside:
                message = f'nobody here is "{role}", so nobody could confirm this'
                spot = sop.at / "acknowledge" / "by"
                hint = "name a role that one of us holds"
                yield Problem((spot / i).holding(role), CODE, message, hint)
