"""A template fills in something that is not there.

An email that begins "Hi ," is worse than none. Every name in a template, in every branch, must be
one that can be filled in: of the company, the client, the contact, the sender, the people, dates,
facts, prompts (`asks`), the step, the deliverable or milestone it is done for (`item`), the case it
belongs to, the plan, the fees, and the invoice that the step sends. Hyphens are written as
underscores.

Wrong:

```yaml
body: |
  Hi {{ contact.frist_name }},
```

Right:

```yaml
body: |
  Hi {{ contact.first_name }},
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith import letters, template
from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "unknown-name"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report what emails and documents cannot fill in, or may not do."""
    for email in library.emails.values():
        known = letters.names(library.company, email)
        yield from template.check(email.subject, email.at / "subject", known)
        yield from template.check(email.body, email.at / "body", known)
    for document in library.documents.values():
        known = letters.names(library.company, document)
        yield from template.check(document.body, document.at / "body", known)
        yield from template.check(document.for_us, document.at / "for_us", known)
