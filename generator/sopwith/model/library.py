"""Everything there is, by kind and id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from posixpath import join, normpath

from sopwith.model.client import Client
from sopwith.model.company import Company
from sopwith.model.confirmation import Confirmation
from sopwith.model.letter import Document, Email
from sopwith.model.observation import Observation, Review
from sopwith.model.own import OwnRecord, subject
from sopwith.model.sop import Sop
from sopwith.model.values import Version
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

    `pinned` are the versions from the history that clients stay on; `former` are all older ones
    that git has, None where today's schema does not know the file: only the handbook reads them.
    `private` is the folder of what is private, as seen from the root.

    A reference to an unread file is no problem of its own: the file already is one. Each reading
    is a library of its own, even of the same files, so that what follows from it can be kept.
    """

    company: Company
    sops: Mapping[str, Sop] = field(default_factory=dict)
    emails: Mapping[str, Email] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    clients: Mapping[str, Client] = field(default_factory=dict)
    people: Mapping[str, OwnRecord] = field(default_factory=dict)
    quarters: Mapping[str, OwnRecord] = field(default_factory=dict)
    confirmations: Mapping[str, Confirmation] = field(default_factory=dict)
    observations: Mapping[str, Observation] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    unread: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pinned: Mapping[tuple[str, Version], Sop] = field(default_factory=dict)
    former: Mapping[tuple[str, Version], Sop | None] = field(default_factory=dict)
    private: str = "."

    def sops_of(self, client: Client) -> Mapping[str, Sop]:
        """The SOPs as a client follows them: each in the version its file pins, else the current.

        One whose pinned version could not be read is not among them: its pin is a problem.
        """
        if not client.sops:
            return self.sops
        pins = {id_: v for id_, v in client.sops.items() if not self._is_current(id_, v)}
        if not pins:
            return self.sops
        others = {id_: sop for id_, sop in self.sops.items() if id_ not in pins}
        return others | {pin[0]: self.pinned[pin] for pin in pins.items() if pin in self.pinned}

    def _is_current(self, sop: str, version: Version) -> bool:
        return sop in self.sops and self.sops[sop].version == version

    def subject(self, id_: str) -> Client | None:
        """Whom a plan is made for: a client, `people/nell` or `quarters/2026-Q4`.

        None for what there is not, and for what is recorded in a file that could not be read.
        """
        if id_ in self.unread.get(id_.partition("/")[0], ()):
            return None
        if id_ in self.clients:
            return self.clients[id_]
        record = self.people.get(id_) or self.quarters.get(id_)
        nothing_yet = OwnRecord(id_, at=Spot(normpath(join(self.private, f"{id_}.yml"))))
        return subject(self.company, record or nothing_yet)

    def subjects(self) -> tuple[Client, ...]:
        """All that have a file of their own and may have a plan: clients, people, quarters."""
        ids = (*self.clients, *self.people, *self.quarters)
        return tuple(found for id_ in ids if (found := self.subject(id_)))

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
