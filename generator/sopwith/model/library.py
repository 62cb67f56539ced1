"""Everything there is, by kind and id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sopwith.model.client import Client
from sopwith.model.company import Company
from sopwith.model.letter import Document, Email
from sopwith.model.observation import Observation, Review
from sopwith.model.sop import Sop
from sopwith.problem import Spot


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the firm's own for the handbook, in the plain part of Markdown."""

    id: str
    title: str
    body: str
    at: Spot


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """All that was read. `unread` are the ids, by kind, whose files could not be understood.

    A reference to an unread file is no problem of its own: the file already is one. Each reading
    is a library of its own, even of the same files, so that what follows from it can be kept.
    """

    company: Company
    sops: Mapping[str, Sop] = field(default_factory=dict)
    emails: Mapping[str, Email] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    clients: Mapping[str, Client] = field(default_factory=dict)
    observations: Mapping[str, Observation] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    unread: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def account(self, client: Client) -> tuple[Client, ...]:
        """Every engagement of this client's customer, itself included, by id."""
        if not client.account:
            return (client,)
        return tuple(_by_account(self)[client.account])


@lru_cache(maxsize=1)
def _by_account(library: Library) -> defaultdict[str, list[Client]]:
    found: defaultdict[str, list[Client]] = defaultdict(list)
    for client in library.clients.values():
        found[client.account].append(client)
    return found
