"""The version of an SOP is not in its history.

Each version has its line under `changes:`, so that a reader learns what is new and why, and who
approved it.

Wrong:

```yaml
version: "1.3"
changes:
  - {version: "1.2", effective: 2026-10-05, by: dana, summary: Clearer wording}
```

Right:

```yaml
version: "1.3"
changes:
  - {version: "1.3", effective: 2026-11-02, by: dana, summary: The form is sent a day earlier}
  - {version: "1.2", effective: 2026-10-05, by: dana, summary: Clearer wording}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "version-without-change"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report SOPs whose version no change speaks of."""
    for sop in library.sops.values():
        if sop.current is None:
            newest = max((change.version for change in sop.changes), default=None)
            message = f"version {sop.version} is not among the changes"
            hint = f"add a change for {sop.version} at the top of changes"
            if newest:
                hint += f", or write version {newest}"
            yield Problem(sop.at / "version", CODE, message, hint)
