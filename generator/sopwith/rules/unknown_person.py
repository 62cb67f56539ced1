"""No person of that name is in company.yml.

People are named by the short name they have under `people:`. A role goes where a role is asked
for; this place asks for a person. A file in people/ is named so as well.

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
from sopwith.problem import Problem, did_you_mean
from sopwith.references import unknown

CODE = "unknown-person"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no person, and files in people/ that are about none."""
    known = library.company.people
    yield from unknown(CODE, "person", "person", known, library)
    for record in library.people.values():
        name = record.id.removeprefix("people/")
        if name not in known:
            message = f'no person is called "{name}", so this file is about nobody'
            yield Problem(record.at, CODE, message, did_you_mean(name, known))
