"""A standard operating procedure: its control data, what it is about, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from sopwith.model.company import Audience
from sopwith.model.step import Phase, Step
from sopwith.model.values import (
    About,
    Condition,
    Count,
    DocumentId,
    EventId,
    PersonId,
    RoleId,
    SopId,
    StepId,
    Term,
    ToolId,
    Version,
    origin,
)
from sopwith.problem import Spot


@dataclass(frozen=True, slots=True)
class ReviewRhythm:
    """How often an SOP is looked at as a whole, and when that last happened (None: never)."""

    every: Count | None = None
    also_after: EventId = ""
    last: date | None = None
    by: PersonId = ""
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The roles that are asked to read an SOP and confirm it, and how long they have."""

    by: tuple[RoleId, ...]
    within: str
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts an SOP: an event in a client's life, or in words only."""

    says: str
    event: EventId = ""
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Record:
    """What an SOP leaves behind: where it is kept, how long, who may see it."""

    name: str
    kept_in: ToolId = ""
    keep: str = ""
    access: tuple[RoleId, ...] = ()
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Reference:
    """Something to read beside the SOP: another SOP, a document, or a titled address."""

    sop: SopId = ""
    document: DocumentId = ""
    title: str = ""
    url: str = ""
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class FormerStep:
    """A step that was removed: known still, so that old progress is history and no error."""

    id: str
    until: Version
    now: StepId = ""
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the revision history."""

    version: Version
    effective: date
    by: PersonId
    summary: str
    approved_by: RoleId = ""
    approved: date | None = None
    why: str = ""
    minor_because: str = ""
    at: Spot = origin()


@dataclass(frozen=True)
class Sop:
    """One procedure. `id` is the file's stem and `stage` its folder; `changes` is newest first.

    Every plan asks for its steps again and again, so it has no slots and remembers them.
    """

    id: str
    stage: str
    title: str
    version: Version
    status: Literal["draft", "active", "retired"]
    owner: RoleId
    approver: RoleId
    review: ReviewRhythm
    trigger: Trigger
    outcome: str
    phases: tuple[Phase, ...]
    changes: tuple[Change, ...]
    classification: Audience = "internal"
    superseded_by: SopId = ""
    acknowledge: Acknowledge | None = None
    about: About = "client"
    applies_to: Condition | None = None
    scope: str = ""
    purpose: str = ""
    timeline: str = ""
    guidelines: tuple[str, ...] = ()
    responsibilities: Mapping[RoleId, str] = field(default_factory=dict)
    prerequisites: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    situations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    references: tuple[Reference, ...] = ()
    former_steps: tuple[FormerStep, ...] = ()
    at: Spot = origin()

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step, in the order in which they are worked."""
        return tuple(step for phase in self.phases for step in phase.steps)

    @cached_property
    def _by_id(self) -> Mapping[str, Step]:
        return {step.id: step for step in reversed(self.steps)}

    def step(self, step: str) -> Step | None:
        """The step of that id, if there is one; the first, if there are several."""
        return self._by_id.get(step)

    @property
    def emails(self) -> tuple[str, ...]:
        """The emails its steps call for, each once, in order."""
        return tuple(dict.fromkeys(step.email for step in self.steps if step.email))

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents its steps call for, each once, in order."""
        return tuple(dict.fromkeys(step.document for step in self.steps if step.document))

    @property
    def tools(self) -> tuple[str, ...]:
        """The tools its steps name, each once, in order."""
        return tuple(dict.fromkeys(tool for step in self.steps for tool in step.tools))

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles its steps name, each once: those responsible first."""
        leads = [step.role for step in self.steps]
        others = [role for step in self.steps for role in (*step.with_, *step.sign)]
        return tuple(dict.fromkeys([*leads, *others]))

    @property
    def asks_since(self) -> date | None:
        """The day on which the first version with its first number took effect.

        Since then it asks to be confirmed, if it asks at all: a new second number asks nobody anew.
        """
        first = self.version.parts[0]
        days = (change.effective for change in self.changes if change.version.parts[0] == first)
        return min(days, default=None)

    @property
    def current(self) -> Change | None:
        """The line of the history that belongs to this version."""
        return next((change for change in self.changes if change.version == self.version), None)
