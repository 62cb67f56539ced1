"""The plans of all clients, and our own, each made once and only where its files allow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from sopwith import due
from sopwith.model import Client, Ending, Library, Quarter, Sop
from sopwith.plan.addresses import called_sops
from sopwith.plan.applying import is_planned
from sopwith.plan.build import plan
from sopwith.plan.moments import Moments
from sopwith.plan.rows import Plan


class Plans:
    """Plans as of a day, made when first asked for.

    `broken` are the paths of files with errors: a client whose plan reads one of them has none,
    so that one client's mistake does not stand in another's way. A plan takes some 100 KB: of a
    firm that has more clients than `KEPT`, they are made anew when asked for again.
    """

    KEPT = 256

    def __init__(self, library: Library, today: date, broken: Collection[str] = ()) -> None:
        self.today = today
        self._library = library
        self._broken = frozenset(broken)
        self._calendar = due.Calendar.of(library.company.calendar)
        self._made: dict[str, Plan | None] = {}
        self._paths: dict[object, frozenset[str]] = {}
        self._held: dict[str, tuple[tuple[date, date], ...]] = {}

    def of(self, client: str) -> Plan | None:
        """The plan of a client, or None where an error stands in its way.

        `people/nell` and `quarters/2026-Q4` have plans as well.
        """
        if client not in self._made:
            known = self._subject(client)
            self._made[client] = (
                plan(self._library, known, self.today, self._calendar)
                if known and not (self._broken and self._reads(known) & self._broken)
                else None
            )
            if len(self._made) > self.KEPT:
                del self._made[next(iter(self._made))]
        return self._made[client]

    def all(self) -> Iterator[Plan]:
        """Every plan there is, one after the other, by client id."""
        plans = (self.of(client) for client in sorted(self._library.clients))
        return (made for made in plans if made)

    def people(self) -> tuple[Plan, ...]:
        """The plans of those who work here and have something to do that is about themselves."""
        plans = (self.of(f"people/{person}") for person in self._library.company.people)
        return tuple(made for made in plans if made and made.sops and not made.client.ended)

    def quarters(self) -> tuple[Plan, ...]:
        """The plans of this quarter, the next, and all that something is recorded of, in order."""
        now = Quarter.of(self.today)
        ids = {f"quarters/{now}", f"quarters/{now.next}", *self._library.quarters}
        return tuple(made for id_ in sorted(ids) if (made := self.of(id_)) and made.sops)

    def held(self, event: str) -> tuple[tuple[date, date], ...]:
        """When each client has an event, with the last day on which that client is with us."""
        if event not in self._held:
            self._held[event] = tuple(self._dates(event)) if event else ()
        return self._held[event]

    def _dates(self, event: str) -> Iterator[tuple[date, date]]:
        for client in self._library.clients.values():
            moments = Moments(self._library.company, client, self.today, self._calendar)
            found = moments.event(event)
            if found:
                yield found.day, client.ended.date if client.ended else date.max

    def blocked_by(self, client: str) -> tuple[str, ...]:
        """The broken files that keep a client from having a plan."""
        known = self._subject(client)
        return tuple(sorted(self._reads(known) & self._broken)) if known else ()

    def _subject(self, id_: str) -> Client | None:
        """Whom a plan is made for, as of today: whoever has left has nothing to do any more."""
        found = self._library.subject(id_)
        person = self._library.company.people.get(id_.removeprefix("people/"))
        if found and found.about == "person" and person and person.left:
            ended = Ending(person.left, "", person.at / "left")
            return replace(found, ended=ended) if person.left < self.today else found
        return found

    def _reads(self, client: Client) -> frozenset[str]:
        company = self._library.company.at.path
        cases = _with_called(self._library.sops_of(client), (case.sop for case in client.cases))
        return self._paths_of_sops(client) | cases | {company, client.at.path}

    def _paths_of_sops(self, client: Client) -> frozenset[str]:
        """The SOPs that a plan reads. One that cannot be read might apply to anybody.

        The same for all who follow the same versions.
        """
        key = (client.about, frozenset(client.sops.items()))
        if key not in self._paths:
            sops = self._library.sops_of(client)
            known = {sop.at.path for sop in self._library.sops.values()}
            unread = {p for p in self._broken - known if p.startswith("sops/")}
            # Of these, whoever is pinned to an older version reads that.
            pinned = sops.keys() - self._library.sops.keys()
            unread -= {p for p in unread if p.rpartition("/")[2].partition(".")[0] in pinned}
            planned = (sop.id for sop in sops.values() if is_planned(sop, client))
            self._paths[key] = _with_called(sops, planned) | unread
        return self._paths[key]


def _with_called(sops: Mapping[str, Sop], ids: Iterable[str]) -> frozenset[str]:
    """The files of these SOPs, and of all that they lead to."""
    todo, seen = list(ids), set[str]()
    while todo:
        sop = sops.get(todo.pop())
        if sop and sop.at.path not in seen:
            seen.add(sop.at.path)
            todo += [called for step in sop.steps for called in called_sops(step)]
    return frozenset(seen)
