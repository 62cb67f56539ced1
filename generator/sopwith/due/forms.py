"""What a due date can be, and how each is written and said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Unit = Literal["business days", "days", "weeks", "months", "business hours"]
Side = Literal["before", "after", "on"]

_CLAUSES = ("opened", "item-due")
"""Events whose title is a whole clause, as in `the case was opened`: it takes no "on"."""
LAST = "on the last business day of the month"


@dataclass(frozen=True, slots=True)
class Offset:
    """So long before or after an event or a step, or on the day of an event.

    Of `event` and `step` exactly one is an id; both are empty in a bare length of time, which
    `parse_within` reads. `on kickoff` is a count of 0 with the unit "days".
    """

    count: int
    unit: Unit
    side: Side
    event: str = ""
    step: str = ""

    def __str__(self) -> str:
        return _written(self, self.event or f"step {self.step}")


@dataclass(frozen=True, slots=True)
class LastBusinessDay:
    """The last day of a month on which we are open."""

    def __str__(self) -> str:
        return LAST


@dataclass(frozen=True, slots=True)
class Halfway:
    """The middle between two events."""

    first: str
    second: str

    def __str__(self) -> str:
        return f"halfway between {self.first} and {self.second}"


Due = Offset | LastBusinessDay | Halfway


def words(due: Due, title: Callable[[str], str]) -> str:
    """Say a due date to people; `title` turns the id of an event or a step into its title."""
    if isinstance(due, LastBusinessDay):
        return str(due)
    if isinstance(due, Halfway):
        return f"halfway between {title(due.first)} and {title(due.second)}"
    if due.side == "on" and due.event in _CLAUSES:
        return f"when {title(due.event)}"
    return _written(due, f'"{title(due.step)}"' if due.step else due.event and title(due.event))


def amount(count: int, unit: str) -> str:
    """Return `1 business day`, `2 business days`; `unit` is in the plural."""
    return f"{count} {unit.removesuffix('s') if count == 1 else unit}"


def _written(due: Offset, name: str) -> str:
    if due.side == "on":
        return f"on {name}"
    length = amount(due.count, due.unit)
    return f"{length} {due.side} {name}" if due.event or due.step else length
