"""Steps fall to a colleague who has left by then.

A last day is written down once, at the person, and a client's team or a role in company.yml may
still name that person. The checklist would put a name beside the box that nobody answers to.

Wrong:

```yaml
people:
  nell: {name: Nell Ito, email: nell@alder.example, left: 2026-11-13}
roles:
  finance: {title: Finance, held_by: nell}
```

Right:

```yaml
people:
  nell: {name: Nell Ito, email: nell@alder.example, left: 2026-11-13}
roles:
  finance: {title: Finance, held_by: ada}
```

The warning stands at the client's team, where one client alone may be given to somebody else. What
was done before the last day stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plan
from sopwith.problem import Problem

CODE = "has-left"


def check(_: Library, plan: Plan) -> Iterator[Problem]:
    """Report those who are gone before what falls to them is due; a warning."""
    return plan.warnings(CODE)
