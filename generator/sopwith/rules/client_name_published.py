"""A client's name stands in text that others will read.

The handbook, its emails and its reviews are read by people who need not know whom we work for.
Names of clients and of their contacts belong in clients/, and in the `client:` of an observation.

Wrong:

```yaml
summary: Harbor Lane Dental returned the form half empty.
```

Right:

```yaml
summary: A client returned the form half empty.
client: harbor-lane-dental
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem, Spot
from sopwith.references import texts

CODE = "client-name-published"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report names of clients, accounts and contacts in whatever may be published."""
    names = sorted(_names(library), key=len, reverse=True)
    if not names:
        return
    # Longest first, so that the whole name is shown where one name begins another.
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
    for text, spot in _published(library):
        found = pattern.search(text)
        if found:
            message = f'"{found.group()}" is the name of a client or of a contact'
            hint = 'say "a client" or "the contact": names stay in clients/'
            yield Problem(spot.holding(found.group()), CODE, message, hint)


def _names(library: Library) -> Iterator[str]:
    # Our own people and tools may be named, even where a contact has the same name.
    ours = {person.name for person in library.company.people.values()}
    for client in library.clients.values():
        for name in (client.name, *(contact.name for contact in client.contacts)):
            if len(name) > 2 and name not in ours:
                yield name


def _published(library: Library) -> Iterator[tuple[str, Spot]]:
    yield from texts(library.company)
    for kind in (library.sops, library.emails, library.documents, library.reviews):
        for item in kind.values():
            yield from texts(item)
    for observation in library.observations.values():
        yield observation.summary, observation.at / "summary"
        for i, tag in enumerate(observation.tags):
            yield tag, observation.at / "tags" / i
        if observation.action:
            yield from texts(observation.action)
    for page in library.pages.values():
        yield f"{page.title}\n{page.body}", page.at
