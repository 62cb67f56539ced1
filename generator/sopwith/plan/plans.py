"""The plans of all clients, each made once and only where its files allow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sopwith import due
from sopwith.model import Client, Library
from sopwith.plan.addresses import called_sops
from sopwith.plan.build import is_planned, plan
from sopwith.plan.rows import Plan


class Plans:
    """Plans as of a day, made when first asked for.

    `broken` are the paths of files with errors: a client whose plan reads one of them has none,
    so that one client's mistake does not stand in another's way.
    """

    def __init__(self, library: Library, today: date, broken: Collection[str] = ()) -> None:
        self.today = today
        self._library = library
        self._broken = frozenset(broken)
        self._calendar = due.Calendar.of(library.company.calendar)
        self._made: dict[str, Plan | None] = {}
        self._sops = self._paths_of_sops()

    def of(self, client: str) -> Plan | None:
        """The plan of a client, or None where an error stands in its way."""
        if client not in self._made:
            known = self._library.clients.get(client)
            self._made[client] = (
                plan(self._library, known, self.today, self._calendar)
                if known and not self._reads(known) & self._broken
                else None
            )
        return self._made[client]

    def all(self) -> tuple[Plan, ...]:
        """Every plan there is, by client id."""
        plans = (self.of(client) for client in sorted(self._library.clients))
        return tuple(made for made in plans if made)

    def blocked_by(self, client: str) -> tuple[str, ...]:
        """The broken files that keep a client from having a plan."""
        known = self._library.clients.get(client)
        return tuple(sorted(self._reads(known) & self._broken)) if known else ()

    def _reads(self, client: Client) -> frozenset[str]:
        company = self._library.company.at.path
        cases = self._with_called(case.sop for case in client.cases)
        return self._sops | cases | {company, client.at.path}

    def _paths_of_sops(self) -> frozenset[str]:
        """The SOPs that plans read. One that cannot be read might apply to anybody."""
        sops = self._library.sops.values()
        unread = {path for path in self._broken if path.startswith("sops/")}
        known = {sop.at.path for sop in sops}
        return self._with_called(sop.id for sop in sops if is_planned(sop)) | (unread - known)

    def _with_called(self, sops: Iterable[str]) -> frozenset[str]:
        """The files of these SOPs, and of all that they lead to."""
        todo, seen = list(sops), set[str]()
        while todo:
            sop = self._library.sops.get(todo.pop())
            if sop and sop.at.path not in seen:
                seen.add(sop.at.path)
                todo += [called for step in sop.steps for called in called_sops(step)]
        return frozenset(seen)
