"""No role of that name is in company.yml.

A step nobody can be found for is a step nobody does. Roles are listed under `roles:` in
company.yml; people hold them there, or in a client's `team:`. A step, an owner or an approval names
the role and not the person, since people change.

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

from sopwith.model import Company, Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-role"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no role; of a person, say which roles are theirs."""
    company = library.company
    people = {id_: _instead(id_, company) for id_ in company.people}
    return unknown(CODE, "role", "role", company.roles, library, people)


def _instead(person: str, company: Company) -> str:
    held = [id_ for id_, role in company.roles.items() if person in role.held_by]
    theirs = f"; {person} holds {', '.join(held)}" if held else ""
    return f"that is a person, and a role belongs here{theirs}"
