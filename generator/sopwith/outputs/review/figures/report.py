"""What a quarterly review knows: counts and the things they were counted from, not yet in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from sopwith.acknowledging import State
from sopwith.model import Change, Client, Observation, Person, Quarter, Review, Sop
from sopwith.outputs.review.figures.groups import Agreed, Feedback, Friction, Situation, Theme
from sopwith.outputs.review.figures.progress import Firm, Progress, Stuck, Worked

ENOUGH = 5
"""From how many on a share, a mean or a median says something; fewer are too few to say."""

Size = Literal["new", "major", "minor"]
ReviewState = Literal["never", "overdue", "due", "later", "since", "draft", "retired"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A version of an SOP that took effect, and how much it changed."""

    sop: Sop
    change: Change
    size: Size


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an SOP stands with its review, as of the last day that the report speaks of.

    `next` is the earlier of what its rhythm and the event in `also_after` ask for; `after_event`
    says that the event asks first; `rhythm` is the day that the rhythm alone gives, as the handbook
    has it, and `asked` the day from which on we ask. None: now, or, for a draft or a retired SOP,
    not at all.
    `since`: it was reviewed after that day, and how it stood before is no longer known.
    """

    sop: Sop
    state: ReviewState
    next: date | None = None
    after_event: bool = False
    rhythm: date | None = None
    asked: date | None = None


@dataclass(frozen=True, slots=True)
class Confirming:
    """How many have confirmed an SOP that asks for it: each person once, and by role.

    `late` and `waiting` name those who have not, where readers may know them.
    """

    sop: Sop
    total: Mapping[State, int]
    roles: Mapping[str, Mapping[State, int]]
    late: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What changed around us: clients that came and went, and staff.

    `began` are engagements, and `again` those of them whose client had one from us before.
    `services` counts, for each fact with one choice, the engagements of the quarter before and of
    this one.
    """

    began: tuple[Client, ...]
    again: tuple[Client, ...]
    ended: tuple[Client, ...]
    services: tuple[tuple[str, str, int, int], ...]
    joined: tuple[Person, ...]
    left: tuple[Person, ...]
    moves: Mapping[str, int]
    pauses: int


@dataclass(frozen=True, slots=True)
class Lack:
    """What one client's file lacks, and how to mend it."""

    client: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the numbers rest on, and what they miss.

    `engagements` are those whose work touches the quarter, of `clients` different ones; `blocked`
    of the engagements have no plan,
    `lacking` a plan with gaps, `silent` no step done in the quarter. `lacks` and `blocked_by`
    hold the details where readers may know them. `unread` counts files that could not be
    understood; `unplaced` done marks for steps that no plan holds; `undated` open steps
    without a date; `early` steps that were due before there was a procedure; `loose` observations
    that name no SOP.
    """

    engagements: int
    clients: int
    blocked: int
    lacking: int
    silent: int
    unread: int
    unplaced: int
    undated: int
    early: int
    loose: int
    lacks: tuple[Lack, ...] = ()
    blocked_by: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """One quarter in a row of four: what of it can be counted the same way in each."""

    quarter: Quarter
    timed: int = 0
    on_time: int = 0
    feedback: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    changes: Mapping[str, int] = field(default_factory=dict)
    agreed: int = 0
    done: int = 0
    helped: int = 0
    not_helped: int = 0


@dataclass(frozen=True)
class Report:
    """One quarter, as of a day. Sequences are in the order in which they are shown.

    `observations` are those of the quarter, oldest first. `agreed` holds every action up to the
    quarter, the one due first before the others; `last_agreed` those of the quarter before.
    `unused` are SOPs that no client is on; `essential` names the processes that client work
    cannot do without, each with its SOP, if there is one.
    """

    quarter: Quarter
    today: date
    observations: tuple[Observation, ...]
    frictions: tuple[Friction, ...]
    themes: tuple[Theme, ...]
    feedback: tuple[Feedback, ...]
    situations: tuple[Situation, ...]
    last: Review | None
    this: Review | None
    agreed: tuple[Agreed, ...]
    last_agreed: tuple[Agreed, ...]
    changes: tuple[Changed, ...]
    reviews: tuple[Standing, ...]
    confirming: tuple[Confirming, ...]
    progress: tuple[Progress, ...]
    stuck: tuple[Stuck, ...]
    around: Around
    firm: tuple[Firm, ...]
    unused: tuple[Sop, ...]
    essential: tuple[tuple[str, Sop | None], ...]
    trend: tuple[Period, ...]
    coverage: Coverage

    @property
    def until(self) -> date:
        """The last day that it can speak of."""
        return min(self.today, self.quarter.last)

    @property
    def open_actions(self) -> tuple[Agreed, ...]:
        """What was agreed and is still to be done."""
        return tuple(agreed for agreed in self.agreed if agreed.is_open)

    @cached_property
    def late(self) -> tuple[Worked, ...]:
        """The overdue steps, the longest first."""
        return tuple(sorted((s for of in self.progress for s in of.late), key=_by_due))

    @cached_property
    def own_late(self) -> tuple[Worked, ...]:
        """The overdue steps of what the firm does for itself, the longest first."""
        return tuple(sorted((s for of in self.firm for s in of.late), key=_by_due))

    def of(self, *kinds: str) -> tuple[Observation, ...]:
        """The quarter's observations of these kinds."""
        return tuple(seen for seen in self.observations if seen.kind in kinds)

    def standing(self, *states: ReviewState) -> tuple[Standing, ...]:
        """The SOPs whose review stands so, the longest due first."""
        found = (review for review in self.reviews if review.state in states)
        return tuple(sorted(found, key=lambda review: review.next or date.min))


def _by_due(of: Worked) -> tuple[date, str, str]:
    return of.due or date.max, of.address, of.client
