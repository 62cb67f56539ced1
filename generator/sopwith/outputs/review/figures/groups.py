"""What was noted and what was agreed, grouped as the review shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sopwith.model import Action, Observation, Review
from sopwith.model.observation import Category


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something agreed: by a meeting, by whoever noted something, or by both.

    Where a decision takes up the action of an observation, the two are one. `overdue` is for open
    ones.
    """

    action: Action
    review: Review | None
    observations: tuple[Observation, ...]
    overdue: bool

    @property
    def is_open(self) -> bool:
        """Say whether it is still to be done."""
        return self.action.status == "open"


@dataclass(frozen=True, slots=True)
class Friction:
    """The friction at one step (no step: in the SOP as a whole; no SOP: elsewhere).

    `observations` are the quarter's, `ever` all up to its end, both oldest first; `answers` are the
    actions agreed about any of them. The step stands where it is today.
    """

    sop: str
    step: str
    observations: tuple[Observation, ...]
    ever: tuple[Observation, ...]
    answers: tuple[Action, ...]

    @property
    def asks(self) -> bool:
        """Say whether it asks for a change: it was there twice, and nothing is agreed since."""
        return len(self.observations) > 1 and not _settled(self.observations, self.answers)


@dataclass(frozen=True, slots=True)
class Theme:
    """A tag that was noted twice or more up to the quarter's end, and at least once in it."""

    tag: str
    observations: tuple[Observation, ...]
    ever: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """The quarter's feedback of one category.

    `mean` is the share of the points that could be had, or None where `scores` are too few;
    `out_of` is the scale if all were given on the same one, else 100. `answered` has what was
    done about it.
    """

    category: Category
    observations: tuple[Observation, ...]
    answered: int
    scores: int
    mean: Fraction | None
    out_of: int

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.observations)


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation that no SOP covered: all that was noted of it in a year, oldest first.

    `tag` is what they share; `answers` are the actions agreed about it.
    """

    tag: str
    observations: tuple[Observation, ...]
    answers: tuple[Action, ...]

    @property
    def hurt(self) -> bool:
        """Say whether it did harm."""
        return any(seen.hurt for seen in self.observations)

    @property
    def asks(self) -> bool:
        """Say whether it asks for a procedure: it hurt or came twice, and nothing is agreed."""
        grave = self.hurt or len(self.observations) > 1
        return grave and not _settled(self.observations, self.answers)


def _settled(observations: Sequence[Observation], answers: Iterable[Action]) -> bool:
    """Say whether something is agreed: what was done is an answer until it comes again."""
    last = observations[-1].date
    return any(
        action.status == "open" or (action.status == "done" and action.due >= last)
        for action in answers
    )
