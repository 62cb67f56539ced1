"""The history of an SOP is not newest first.

Readers look at the top for what is new. Versions fall from line to line, and so do the days on
which they came into effect.

Wrong:

```yaml
changes:
  - {version: "1.0", effective: 2024-09-18, by: dana, summary: First version}
  - {version: "1.1", effective: 2026-10-05, by: dana, summary: Clearer wording}
```

Right:

```yaml
changes:
  - {version: "1.1", effective: 2026-10-05, by: dana, summary: Clearer wording}
  - {version: "1.0", effective: 2024-09-18, by: dana, summary: First version}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "changes-out-of-order"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report changes that are newer than the one above them, or of the same version."""
    for sop in library.sops.values():
        for above, below in pairwise(sop.changes):
            if below.version >= above.version:
                message = f"version {below.version} stands below {above.version}"
                hint = "write the newest change first, and each version once"
                yield Problem(below.at / "version", CODE, message, hint)
            elif below.effective > above.effective:
                message = (
                    f"version {below.version} came into effect on {below.effective}, "
                    f"after {above.version} on {above.effective}"
                )
                yield Problem(below.at / "effective", CODE, message, "mend one of the two dates")
