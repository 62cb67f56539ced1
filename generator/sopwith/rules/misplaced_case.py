"""A case runs a procedure about the firm or about one of us for somebody else.

What is about the firm or about one of our people has a checklist of its own, and never prints on a
client's. So its cases stand in the firm's files, in `quarters/`, or in a person's, in `people/`.

Wrong, in `clients/harbor-lane-dental.yml`:

```yaml
cases:
  - {sop: changing-an-sop, id: new-form, opened: 2026-11-16}
```

Right, in `quarters/2026-Q4.yml`:

```yaml
cases:
  - {sop: changing-an-sop, id: new-form, opened: 2026-11-16}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import About, Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "misplaced-case"

# Whom it is about, and where its cases stand.
_ABOUT: dict[About, tuple[str, str]] = {
    "person": ("one of our people", "people/nell.yml"),
    "firm": ("the firm", "quarters/2026-Q4.yml"),
}


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report cases of SOPs about the firm or a person in a file about somebody else."""
    for subject in library.subjects():
        sops = library.sops_of(subject)
        for case in subject.cases:
            sop = sops.get(case.sop)
            if sop and sop.about not in ("client", subject.about):
                whom, file = _ABOUT[sop.about]
                message = f'"{sop.title}" is about {whom}, and not about {subject.name}'
                hint = f"put this case into a file such as {file}"
                yield Problem(case.at / "sop", CODE, message, hint)
