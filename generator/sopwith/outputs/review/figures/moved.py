"""What a plan would be had no date moved and no work been paused, and what moved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sopwith import due
from sopwith.model import Client, Library
from sopwith.plan import Plan, dues

Cause = Literal["client", "us", "paused"]
CAUSES: tuple[Cause, ...] = ("client", "us", "paused")


@dataclass(frozen=True, slots=True)
class Shift:
    """The first due date of a step, and the days that each cause added to it."""

    first: date
    days: Mapping[Cause, int]


class Moved:
    """The first dates of one client's plan. Where nothing moved, they are those of the plan."""

    def __init__(self, made: Plan, library: Library, calendar: due.Calendar) -> None:
        causes = [cause for cause in CAUSES if cause in set(_causes(made.client))]
        stages = [
            dues(library, made, _client(made.client, causes[:number]), calendar)
            for number in range(len(causes))
        ]
        self._causes = causes
        self._due = [due for due, _ in stages]
        self._events = stages[0][1] if stages else made.events

    def event(self, event: str) -> date | None:
        """When an event was first planned."""
        moment = self._events.get(event)
        return moment.day if moment else None

    def first(self, address: str, now: date) -> date:
        """When a step was first due; `now` is the date that counts."""
        before = self._before(address)
        return before[0] if before else now

    def shift(self, address: str, now: date) -> Shift:
        """What became of a due date; `now` is the one that counts."""
        days = [*self._before(address), now]
        steps = zip(self._causes, days, days[1:], strict=False)
        return Shift(days[0], {cause: (after - before).days for cause, before, after in steps})

    def _before(self, address: str) -> list[date]:
        """The due date before each cause; none where it has not moved, or had no date before."""
        known = [moment.day for due in self._due if (moment := due.get(address))]
        return known if len(known) == len(self._due) else []


def _causes(client: Client) -> Iterator[Cause]:
    for known in client.dates.values():
        if known.now and known.now != known.planned:
            yield "client" if known.caused_by == "client" else "us"
    if client.paused:
        yield "paused"


def _client(client: Client, kept: Sequence[Cause]) -> Client:
    """The client's file with the moves of these causes, and without all others."""
    dates = {
        event: known
        if ("client" if known.caused_by == "client" else "us") in kept
        else replace(known, now=None)
        for event, known in client.dates.items()
    }
    return replace(client, dates=dates, paused=client.paused if "paused" in kept else ())
