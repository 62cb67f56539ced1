"""What the client's file, and those of its other engagements, say has become of steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sopwith.model import Client, Library, Progress, Step, Waiver
from sopwith.plan.addresses import resolve


@dataclass(frozen=True, slots=True)
class Record:
    """Progress and the exceptions in force, by address."""

    progress: Mapping[str, Progress]
    waivers: Mapping[str, Waiver]

    @classmethod
    def of(cls, client: Client, library: Library, today: date) -> Record:
        """Collect what is recorded for a client as of a day."""
        waivers = {
            waiver.step: waiver
            for waiver in client.exceptions
            if waiver.until is None or waiver.until >= today
        }
        return cls({**dict(_shared(client, library)), **client.progress}, waivers)

    def tells_of(self, address: str) -> bool:
        """Say whether anything is recorded of a step, or of those of an SOP that it runs."""
        recorded = (*self.progress, *self.waivers)
        return any(f"{known}/".startswith(f"{address}/") for known in recorded)

    def passed_over(self, address: str) -> str:
        """Why a step that is in the plan need not be done; empty where it is done or to be done."""
        progress, waiver = self.progress.get(address), self.waivers.get(address)
        if progress:
            return progress.reason if progress.not_applicable else ""
        return waiver.reason if waiver else ""


def _shared(client: Client, library: Library) -> Iterator[tuple[str, Progress]]:
    """What another engagement of the account has done for all of them."""
    shared = _shared_steps(library)
    for other in library.account(client) if shared else ():
        for address, progress in other.progress.items() if other.id != client.id else ():
            if _last_step(address) not in shared:
                continue
            step = resolve(address, other, library)
            if isinstance(step, Step) and step.once_per and progress.done:
                note = f"Done for {other.engagement or other.name}"
                yield address, replace(progress, note=note)


@lru_cache(maxsize=1)
def _shared_steps(library: Library) -> frozenset[str]:
    """The ids of steps that may be done once for all engagements of an account; few, if any."""
    sops = (*library.sops.values(), *library.pinned.values())
    return frozenset(step.id for sop in sops for step in sop.steps if step.once_per)


def _last_step(address: str) -> str:
    return address.rpartition("/")[2].partition("@")[0]
