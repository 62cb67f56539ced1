"""No SOP has that name.

An SOP is named by its file, without the folder and without `.yml`.

Wrong:

```yaml
run: onboard/client-onboarding
```

Right:

```yaml
run: client-onboarding
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Client, Library
from sopwith.plan import Plans
from sopwith.problem import Problem, did_you_mean
from sopwith.references import references

CODE = "unknown-sop"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report references to no SOP; one that is no more may be named by a client pinned to it."""
    unread = library.unread.get("sop", frozenset())
    for ref in references(library, "sop"):
        if ref.id in library.sops or ref.id in unread:
            continue
        if isinstance(ref.holder, Client) and ref.id in library.sops_of(ref.holder):
            continue
        message = f'no SOP is called "{ref.id}"'
        yield Problem(ref.spot, CODE, message, did_you_mean(ref.id, library.sops))
