"""No file in emails/ has that name.

A step that calls for an email which is not there leaves whoever works it with nothing to send.

Wrong:

```yaml
email: welcom
```

Right, where there is a file emails/welcome.yml:

```yaml
email: welcome
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import unknown

CODE = "unknown-email"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no email."""
    return unknown(CODE, "email", "email", library.emails, library)
