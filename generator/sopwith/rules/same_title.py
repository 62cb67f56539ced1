"""Two SOPs have the same title.

In lists, menus and the search a procedure is known by its title alone. Mostly the second is a copy
that somebody began from, and its title was left as it was.

Wrong, where `sops/close/project-closure.yml` is called so:

```yaml
title: Closing a project
```

Right:

```yaml
title: Closing a project early
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sopwith.model import Library, Sop
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "same-title"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Warn of SOPs in use with the title of another: of the one whose history is the shorter."""
    yield from _repeated(sorted(library.sops.values(), key=_first_day))


def since(before: Library, library: Library) -> Iterator[Problem]:
    """The same where it is known what was there before: the SOP that was not is to be mended."""
    known = {sop.id: sop.title for sop in before.sops.values()}
    yield from _repeated(
        sorted(
            library.sops.values(), key=lambda sop: (known.get(sop.id) != sop.title, _first_day(sop))
        )
    )


def _first_day(sop: Sop) -> date:
    return sop.changes[-1].effective


def _repeated(sops: Iterable[Sop]) -> Iterator[Problem]:
    seen: dict[str, Sop] = {}
    for sop in sops:
        if sop.status == "retired":
            continue
        first = seen.setdefault(" ".join(sop.title.lower().split()), sop)
        if first is not sop:
            message = f'"{sop.title}" is the title of {first.at.path} already'
            hint = "give this one a title of its own"
            yield Problem(sop.at / "title", CODE, message, hint, "warning")
