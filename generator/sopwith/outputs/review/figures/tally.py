"""What is counted of all plans: of which days, and what it comes to so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sopwith.model import Library, Quarter
from sopwith.outputs.review.figures.progress import Worked
from sopwith.outputs.review.figures.report import Lack

T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """What the plans of all clients come to. Of `timed`, each quarter has all and those kept."""

    count: Counter[tuple[str, str]] = field(default_factory=Counter)
    done: defaultdict[str, list[Worked]] = field(default_factory=lambda: defaultdict(list))
    late: defaultdict[str, list[Worked]] = field(default_factory=lambda: defaultdict(list))
    timed: Counter[tuple[Quarter, bool]] = field(default_factory=Counter)
    events: defaultdict[str, list[tuple[date, date]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    cover: Counter[str] = field(default_factory=Counter)
    customers: set[int] = field(default_factory=set)
    lacks: list[Lack] = field(default_factory=list)
    blocked_by: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take over what was counted of others."""
        self.count.update(other.count)
        self.timed.update(other.timed)
        self.cover.update(other.cover)
        self.customers |= other.customers
        _extend(self.done, other.done)
        _extend(self.late, other.late)
        _extend(self.events, other.events)
        self.lacks += other.lacks
        self.blocked_by += other.blocked_by


@dataclass(frozen=True, slots=True)
class Span:
    """What is counted: the quarter up to a day, the four it ends, and what readers may see."""

    quarter: Quarter
    until: date
    today: date
    quarters: tuple[Quarter, ...]
    shown: Library


def _extend(lists: Mapping[str, list[T]], more: Mapping[str, list[T]]) -> None:
    for key, found in more.items():
        lists[key].extend(found)
