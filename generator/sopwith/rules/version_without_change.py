"""The version of an SOP is not that of its newest change.

Each version has its line under `changes:`, so that a reader learns what is new and why, and who
approved it. And a new line counts once the version above says so: clients' checklists and the
handbook go by that.

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
from sopwith.versions import first_entry

CODE = "version-without-change"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report SOPs whose version no change speaks of, or that stay behind their newest change."""
    for sop in library.sops.values():
        newest = sop.changes[0].version
        if newest > sop.version:
            message = f"the newest change is version {newest}, and this is still {sop.version}"
            hint = f'write version: "{newest}", or take that change out if it is none yet'
            yield Problem(sop.at / "version", CODE, message, hint)
        elif sop.current is None:
            message = f"version {sop.version} is not among the changes"
            hint = f"write {first_entry(sop.version)}; "
            hint += f'if nothing is, write version: "{newest}"'
            yield Problem(sop.at / "version", CODE, message, hint)
