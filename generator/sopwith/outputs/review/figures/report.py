"""What a quarterly review knows: counts and the things they were counted from, not yet in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from sopwith.model import Action, Change, Observation, Review, Sop, Step
from sopwith.model.observation import Category
from sopwith.outputs.review.quarter import Quarter

ENOUGH = 5
"""From how many on a share or a mean says something; fewer are too few to say."""

Size = Literal["new", "major", "minor"]
ReviewState = Literal["never", "overdue", "due", "later", "draft", "retired"]


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something agreed and not yet done, and the observation or the meeting that asked for it."""

    action: Action
    source: Observation | Review
    overdue: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A version of an SOP that took effect in the quarter, and how much it changed."""

    sop: Sop
    change: Change
    size: Size


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an SOP stands with its review.

    `next` is the earlier of what its rhythm and the event in `also_after` ask for; `after_event`
    says that the event asks first. None: due now, or, for a draft or a retired SOP, not at all.
    """

    sop: Sop
    state: ReviewState
    next: date | None = None
    after_event: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """A step that is overdue; `client` is empty where readers may not know it."""

    step: Step
    sop: Sop
    due: date
    client: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the clients are with one SOP.

    `done` counts the quarter's done steps, `timed` those of them that had a due date and `on_time`
    those of these that kept it; `to_do` counts every open step known, `overdue` the late among
    them.
    """

    sop: Sop
    clients: int = 0
    done: int = 0
    timed: int = 0
    on_time: int = 0
    to_do: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Friction:
    """The quarter's friction at one step (no step: in the SOP as a whole; no SOP: elsewhere)."""

    sop: str
    step: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """The quarter's feedback of one category.

    `mean` is the share of the points that could be had, or None where `scores` are too few;
    `out_of` is the scale if all were given on the same one, else 100.
    """

    category: Category
    count: int
    scores: int
    mean: Fraction | None
    out_of: int


@dataclass(frozen=True, slots=True)
class Situation:
    """A new situation that no SOP covered.

    `seen` is how often one like it (sharing a tag) was noted within a year of the quarter's end.
    """

    observation: Observation
    seen: int

    @property
    def asks(self) -> bool:
        """Say whether it asks for a procedure: it hurt, or it was there twice."""
        return self.observation.hurt or self.seen > 1


@dataclass(frozen=True, slots=True)
class Lack:
    """What one client's file lacks, and how to mend it."""

    client: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the numbers rest on, and what they miss.

    `clients` are those whose work touches the quarter; of these, `blocked` have no plan,
    `lacking` a plan with gaps, `silent` no step done in the quarter. `lacks` and `blocked_by`
    hold the details where readers may know them. `unread` counts files that could not be
    understood; `unplaced` done marks for steps that no plan holds; `undated` open steps
    without a date; `loose` observations that name no SOP.
    """

    clients: int
    blocked: int
    lacking: int
    silent: int
    unread: int
    unplaced: int
    undated: int
    loose: int
    lacks: tuple[Lack, ...] = ()
    blocked_by: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One quarter, as of a day. Sequences are in the order in which they are shown.

    `observations` are those of the quarter, oldest first; `earlier` are older ones whose action
    is still open. `actions` holds every open action, the one due first before the others.
    """

    quarter: Quarter
    today: date
    observations: tuple[Observation, ...]
    earlier: tuple[Observation, ...]
    frictions: tuple[Friction, ...]
    feedback: tuple[Feedback, ...]
    situations: tuple[Situation, ...]
    last: Review | None
    this: Review | None
    actions: tuple[OpenAction, ...]
    changes: tuple[Changed, ...]
    reviews: tuple[Standing, ...]
    progress: tuple[Progress, ...]
    late: tuple[Late, ...]
    coverage: Coverage

    @property
    def until(self) -> date:
        """The last day that it can speak of."""
        return min(self.today, self.quarter.last)

    def of(self, *kinds: str) -> tuple[Observation, ...]:
        """The quarter's observations of these kinds."""
        return tuple(seen for seen in self.observations if seen.kind in kinds)

    def standing(self, *states: ReviewState) -> tuple[Standing, ...]:
        """The SOPs whose review stands so, the longest due first."""
        found = (review for review in self.reviews if review.state in states)
        return tuple(sorted(found, key=lambda review: review.next or date.min))
