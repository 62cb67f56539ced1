"""How far work is: steps done, open and overdue, and the SOPs and clients they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sopwith.model import Sop


class Worked(NamedTuple):
    """A step that was done, or that was late, for one client.

    A tuple, since there are a hundred thousand and they come from other processes.

    `sop` and `step` are their ids, `title` the step's.

    `first` is what was due before any date moved and without pauses. Of the days between `first`
    and `due`, `by_client` come from dates that the client moved, `by_us` from all others that
    moved, `paused` from pauses. `planned` and `actual` are days from the SOP's first planned start
    to `first` and to `done`. `client` is its name and `path` its file, both empty where readers may
    not know them; `number` tells clients apart all the same, whatever they have from us. `early`
    says that it was due before its procedure was in force, so that nobody can have been late.
    """

    sop: str
    step: str
    title: str
    address: str
    number: int
    client: str
    path: str
    due: date | None
    done: date | None = None
    on_time: bool = False
    first: date | None = None
    by_client: int = 0
    by_us: int = 0
    paused: int = 0
    planned: int | None = None
    actual: int | None = None
    early: bool = False


@dataclass(frozen=True)
class Progress:
    """How far the clients are with one SOP.

    `done` holds the quarter's done steps and `late` the overdue ones. `to_do` counts every open
    step known; `passed` those of them that a later step of the same run has overtaken,
    `not_applicable` and `excepted` the steps set aside, and `settled` all steps that were done, set
    aside or overtaken, whenever that was.
    """

    sop: Sop
    clients: int = 0
    done: tuple[Worked, ...] = ()
    late: tuple[Worked, ...] = ()
    to_do: int = 0
    passed: int = 0
    not_applicable: int = 0
    excepted: int = 0
    settled: int = 0

    @cached_property
    def timed(self) -> tuple[Worked, ...]:
        """The done steps that had a due date, and a procedure by then."""
        return tuple(of for of in self.done if of.due and not of.early)

    @cached_property
    def on_time(self) -> int:
        """How many of these kept it."""
        return sum(of.on_time for of in self.timed)

    @cached_property
    def measured(self) -> tuple[Worked, ...]:
        """The done steps of which we know from when to when they ran."""
        return tuple(of for of in self.done if of.actual is not None and not of.early)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A step that is overdue for several clients at once: a bottleneck."""

    sop: Sop
    step: str
    title: str
    late: tuple[Worked, ...]


@dataclass(frozen=True, slots=True)
class Firm:
    """How far the firm is in this quarter with an SOP about itself, audits among them."""

    sop: Sop
    done: int
    to_do: int
    late: tuple[Worked, ...]
    next: date | None
