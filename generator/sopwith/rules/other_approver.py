"""The newest change of an SOP was approved by somebody who does not approve it.

`approver` says whose word it takes. What another role waves through has not been approved: an
auditor who compares the two lines will ask. Of older changes nothing is said, since another may
have been the approver then.

Wrong, where the file says `approver: management`:

```yaml
- version: "2.0"
  effective: 2026-12-01
  by: dana
  summary: The numbers are gathered a day earlier.
  approved_by: project-manager
  approved: 2026-11-19
```

Right:

```yaml
- version: "2.0"
  effective: 2026-12-01
  by: dana
  summary: The numbers are gathered a day earlier.
  approved_by: management
  approved: 2026-11-19
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "other-approver"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report SOPs whose newest change another role than their approver has approved."""
    for sop in library.sops.values():
        newest = sop.changes[0]
        by = newest.approved_by
        # A role that does not exist is told of as such.
        if by in library.company.roles and by != sop.approver:
            message = f'"{by}" approved this, and the approver here is "{sop.approver}"'
            hint = f"write: approved_by: {sop.approver}; if {by} approves this from now on, "
            hint += "write that as approver, near the top"
            yield Problem(newest.at / "approved_by", CODE, message, hint)
