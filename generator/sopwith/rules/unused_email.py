"""No step calls for an email.

An email that no step names is one that nobody sends, and that nobody keeps right. Name it at the
step that sends it, or take the file away.

Wrong: a file emails/welcome.yml, and no step with `email: welcome`.

Right:

```yaml
- id: welcome
  title: Send the welcome email
  role: account-manager
  email: welcome
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem, nearest
from sopwith.references import references

CODE = "unused-email"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report emails that no step names; a warning."""
    if library.unread.get("sop"):
        return
    # A misspelled name is a problem of its own, and the email that it means is called for.
    called = {ref.id for ref in references(library, "email")}
    called |= {email for sop in library.pinned.values() for email in sop.emails}
    used = {nearest(name, library.emails) for name in called}
    for email in library.emails.values():
        if email.id not in used:
            message = "no step calls for this email"
            hint = f"add email: {email.id} to the step that sends it, or take the file away"
            yield Problem(email.at, CODE, message, hint, "warning")
