"""A client's name stands in text that others will read.

The handbook, its emails and its reviews are read by people who need not know whom we work for.
Names of clients and of their contacts, and how to reach them, belong in clients/, and in the
`client:` of an observation. What people make of a long name counts too: its first two words (Harbor
Lane), or the first of several partners (Moss, where the client is Moss & O'Dell). Such a part is
let be where the handbook writes it in small letters too, since then it is a word like others.

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
from collections.abc import Iterator, Sequence
from itertools import chain
from unicodedata import normalize

from sopwith.model import Client, Library, Observation, OwnRecord
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.references import Reference, texts

CODE = "client-name-published"

# What the handbook shows of an observation; who reported it, and of whom, is private.
_SHOWN = ("summary", "tags", "action")
# What may stand between two words of a name: line ends, hyphens, the marks of bold and italics, and
# what one cannot see. An apostrophe may be any of two.
_BETWEEN = r"[\s*_\u00ad\u200b-]+"
_APOSTROPHE = re.compile("['\u2019]")
_WORD = re.compile(r"[^\W_]+")


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report names of clients and contacts, and their addresses, in whatever may be published."""
    # A letter and its accent may be one character or two; both look the same.
    published = [(normalize("NFC", text.id), text) for text in _published(library)]
    # Of a thousand names only those are looked for whose words all stand somewhere.
    everywhere = {word for said, _ in published for word in _words(said)}
    names = {
        name: _anyhow(name)
        for name in (normalize("NFC", n) for n in _names(library))
        if everywhere.issuperset(_words(name))
    }
    shorts = {normalize("NFC", short) for short in _shorts(library)}
    for short in sorted(shorts - names.keys()):
        if everywhere.issuperset(_words(short)) and not _is_ordinary(short, published):
            names[short] = _exactly(short)
    if not names:
        return
    # Longest first, so that the whole name is shown where one name begins another.
    patterns = (names[name] for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(r"(?<![^\W_])(?:" + "|".join(patterns) + r")(?![^\W_])")
    for said, text in published:
        found = pattern.search(said)
        if found:
            name = " ".join(found.group().split())
            message = f'"{name}" gives away a client or a contact'
            hint = 'say "a client" or "the contact": names stay in clients/'
            yield Problem(text.spot.holding(found.group()), CODE, message, hint)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _anyhow(name: str) -> str:
    """A name however its words are parted, and in capitals or not where it has several of them.

    A name of one word may be a word of the language too, so there capitals count.
    """
    exact = _between(name)
    return exact if len(name.split()) == 1 else f"(?i:{exact})"


def _exactly(short: str) -> str:
    """A part of a name, in capitals as the name has it, and in no longer name (Moss Street)."""
    behind = "" if " " in short or "-" in short else r"(?!\s+[A-Z])"
    return _between(short) + behind


def _between(name: str) -> str:
    return _BETWEEN.join(_APOSTROPHE.sub("['\u2019]", re.escape(word)) for word in name.split())


def _shorts(library: Library) -> Iterator[str]:
    """What people make of the names of clients: a part by which they are known all the same."""
    company = library.company
    ours = [company.name, *(one.name for one in company.people.values())]
    ours += [tool.title for tool in company.tools.values()]
    for client in library.clients.values():
        for short in _short(client.name):
            if not any(short in own for own in ours):
                yield short
                if " " in short:
                    yield "-".join(_words(short))


# What joins the words of a name, and the ones of them that stand between partners.
_JOINING = frozenset(("&", "+", "and", "of", "the", "for", "in", "at", "de", "la", "und"))
_PARTNERS = frozenset(("&", "+", "and", "und"))


def _short(name: str) -> Iterator[str]:
    words = name.split()
    telling = [at for at, word in enumerate(words) if _words(word) and word.lower() not in _JOINING]
    if len(telling) > 2:
        yield " ".join(words[: telling[1] + 1])
    if len(words) > 2 and words[1] in _PARTNERS and len("".join(_words(words[0]))) > 2:
        yield words[0]


def _is_ordinary(short: str, published: Sequence[tuple[str, Reference]]) -> bool:
    """Whether the handbook writes it in small letters too, in a text that is no name of a file."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(short.lower())}(?![\w-])")
    return short != short.lower() and any(
        pattern.search(said) for said, text in published if text.spot.route or " " in said
    )


def _names(library: Library) -> Iterator[str]:
    # Our own people and tools may be named, even where a contact has the same name.
    ours = {person.name for person in library.company.people.values()}
    for client in library.clients.values():
        contacts = ((contact.name, contact.email, contact.phone) for contact in client.contacts)
        for name in (client.name, *chain.from_iterable(contacts)):
            if len(name) > 2 and name not in ours:
                yield name
        # An id of several words is a name in other letters; one word may mean something else.
        yield from (id_ for id_ in (client.id, client.account) if "-" in id_)


def _published(library: Library) -> Iterator[Reference]:
    for text in texts(library):
        of_observation = isinstance(text.holder, Observation)
        if not (
            isinstance(text.holder, Client | OwnRecord)
            or (of_observation and text.field not in _SHOWN)
        ):
            yield text
    for page in library.pages.values():
        yield Reference(f"{page.title}\n{page.body}", page, page.at)
    # The name of a file becomes an address, and others write it down.
    for folder in (library.sops, library.emails, library.documents, library.observations):
        yield from (Reference(id_, one, one.at) for id_, one in folder.items())
    yield from (Reference(id_, page, page.at) for id_, page in library.pages.items())
