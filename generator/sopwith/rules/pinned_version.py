"""A client is pinned to a version of an SOP.

Keeping a client on the version it began with is not known yet: the plan would show today's steps
under yesterday's number. Until then every client follows the current version.

Wrong:

```yaml
sops: {client-onboarding: "1.0"}
```

Right: leave `sops:` out.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "pinned-version"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report every pin."""
    for client in library.clients.values():
        for sop in client.sops:
            message = f'this client is pinned to a version of "{sop}", which is not known yet'
            spot = (client.at / "sops" / sop).name()
            yield Problem(spot, CODE, message, "leave it out: the current version is used")
