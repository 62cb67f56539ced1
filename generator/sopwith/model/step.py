"""A step of an SOP: who does it, when, how often, and where its answers lead; and its phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from sopwith.model.values import (
    Condition,
    Count,
    DocumentId,
    EmailId,
    EventId,
    FactId,
    Note,
    RoleId,
    SopId,
    StepId,
    ToolId,
    origin,
)
from sopwith.problem import Spot


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
    situations: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    substeps: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    expect: str = ""
    evidence: str = ""
    critical: bool = False
    client_sees: bool = False
    for_client: str = ""
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
