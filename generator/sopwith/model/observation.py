"""What we noticed, and what the quarterly meeting decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from sopwith.model.values import (
    Action,
    ClientId,
    Count,
    ObservationId,
    PersonId,
    RoleId,
    SopId,
    StepId,
    Version,
    origin,
)
from sopwith.problem import Spot

Kind = Literal["feedback", "friction", "new-situation", "worked", "red-flag", "audit"]
OBSERVATION_KINDS: tuple[str, ...] = get_args(Kind)
Category = Literal["", "positive", "constructive", "urgent", "suggestion"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that happened and matters to the review. `client` and `reported_by` are private."""

    id: str
    kind: Kind
    date: date
    summary: str
    sop: SopId = ""
    version: Version | None = None
    step: StepId = ""
    client: ClientId = ""
    reported_by: PersonId = ""
    category: Category = ""
    score: Count | None = None
    hurt: bool = False
    tags: tuple[str, ...] = ()
    action: Action | None = None
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and when."""

    by: PersonId
    date: date
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a meeting decided, and which observations it takes up."""

    id: str
    what: str
    owner: RoleId
    due: date
    takes_up: tuple[ObservationId, ...] = ()
    status: Literal["open", "done", "dropped"] = "open"
    helped: bool | None = None
    at: Spot = origin()

    @property
    def action(self) -> Action:
        """The same as what anybody may agree to do."""
        return Action(self.what, self.owner, self.due, self.status, self.helped, self.at)


@dataclass(frozen=True, slots=True)
class Review:
    """What a quarterly meeting decided. `id` is the quarter, as in `2026-Q3`."""

    id: str
    held: date
    present: tuple[PersonId, ...] = ()
    decisions: tuple[Resolution, ...] = ()
    signed: tuple[Signature, ...] = ()
    at: Spot = origin()
