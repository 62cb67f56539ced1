"""An email goes to nobody we know.

`to:` and `cc:` take a role, or `main_contact` for the client's main contact.

Wrong:

```yaml
to: customer
```

Right:

```yaml
to: main_contact
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import MAIN_CONTACT, Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-recipient"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report recipients that are neither a role nor the main contact."""
    known = {*library.company.roles, MAIN_CONTACT}
    return unknown(CODE, "recipient", "recipient", known, library)
