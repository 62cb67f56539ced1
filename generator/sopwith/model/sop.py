"""A standard operating procedure: its control data, its phases and its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal

from sopwith.model.company import Audience
from sopwith.model.values import (
    About,
    Condition,
    Count,
    DocumentId,
    EmailId,
    EventId,
    FactId,
    Note,
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
class Every:
    """The interval of a repeat: stated (`2 weeks`), or whatever a fact of the client says."""

    count: Count | None = None
    fact: FactId = ""
    at: Spot = origin()

    short: ClassVar[str] = "count"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A step that comes again from one event until another."""

    every: Every
    from_: EventId
    until: EventId = ""
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Then:
    """What happens once a way back has been taken as often as allowed: someone decides, or this."""

    escalate: RoleId = ""
    end: Literal["", "end", "go on"] = ""
    at: Spot = origin()

    short: ClassVar[str] = "end"


@dataclass(frozen=True, slots=True)
class Go:
    """Where an answer leads: the end of this SOP, another SOP, or back to a step."""

    end: Literal["", "end"] = ""
    sop: SopId = ""
    step: StepId = ""
    at_most: Count | None = None
    then: Then | None = None
    at: Spot = origin()

    short: ClassVar[str] = "end"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a decision; without `go` the next step that holds follows."""

    answer: str
    go: Go | None = None
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Decision:
    """A question that a step puts, and the answers there are."""

    question: str
    answers: tuple[Answer, ...]
    at: Spot = origin()

    def answer(self, text: str) -> Answer | None:
        """The answer of that wording, if it is one of them."""
        return next((answer for answer in self.answers if answer.answer == text), None)

    def meant(self, typed: str) -> str:
        """The wording of the answer that somebody typed in letters of any size; empty if none."""
        wordings = (answer.answer for answer in self.answers)
        return next((text for text in wordings if text.casefold() == typed.casefold()), "")


@dataclass(frozen=True, slots=True)
class Escalation:
    """Whom a step goes to when it is still open some time after it was due."""

    to: RoleId
    after: str
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that one role is responsible for."""

    id: str
    title: str
    role: RoleId
    details: str = ""
    with_: tuple[RoleId, ...] = ()
    sign: tuple[RoleId, ...] = ()
    when: Condition | None = None
    due: str = ""
    repeat: Repeat | None = None
    for_each: Literal["", "deliverables", "milestones"] = ""
    once_per: Literal["", "account"] = ""
    wait_for: tuple[StepId, ...] = ()
    decision: Decision | None = None
    run: SopId = ""
    escalate: Escalation | None = None
    email: EmailId = ""
    document: DocumentId = ""
    tools: tuple[ToolId, ...] = ()
    tags: tuple[str, ...] = ()
    substeps: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    expect: str = ""
    evidence: str = ""
    critical: bool = False
    client_sees: bool = False
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Phase:
    """A titled part of an SOP, with the objective its steps serve."""

    id: str
    title: str
    steps: tuple[Step, ...]
    objective: str = ""
    work: Literal["do-confirm", "read-do"] = "do-confirm"
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
