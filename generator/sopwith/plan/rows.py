"""What a plan is made of: the SOPs of one client, resolved to steps with people and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sopwith.model import (
    Absence,
    Case,
    Client,
    Company,
    Moment,
    Phase,
    Progress,
    Sop,
    Step,
    Waiver,
)
from sopwith.plan.draft import Draft
from sopwith.problem import Problem, Spot

State = Literal[
    "done",
    "not-applicable",
    "excepted",
    "waiting",
    "undated",
    "due",
    "overdue",
    "out",
    "ended",
]
OPEN: frozenset[State] = frozenset({"waiting", "undated", "due", "overdue"})
"""States in which something is still to be done."""


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who does a step: one of our people, or someone at the client, and whence we know.

    Where the one who would do it is away, `absence` says who and until when.
    """

    id: str
    name: str
    initials: str = ""
    email: str = ""
    why: str = ""
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One step of the plan: a line of the checklist.

    `address` names it for ever (semantics, "Addresses"). `number` is its place on paper, as in
    `2.3`. `which` tells repeats, rounds and items apart (`2`, `round 2`, `Homepage`). A row with
    `calls` is the heading of the rows of that SOP, which follow one level deeper. `due` is a day
    or a time in the company's time zone; `due_words` says it in words; `hangs_on` is the address
    of the step that it counts from, where it does; `because` tells what stood in its way from
    there. `only_if` says on what an unanswered condition hangs, `out` why the step is not to be
    done. `waits_for` are the addresses of open steps it waits for, among them the decisions that
    say whether it is to be done at all; `decided_by` those of all decisions that its condition
    asks about; `led_back` is that of the answer that led to this round. `notes` are what the plan
    adds: more occurrences follow, an answer called for escalation.
    """

    address: str
    sop: Sop
    step: Step
    number: str
    state: State
    which: str = ""
    calls: str = ""
    depth: int = 0
    who: tuple[Assignee, ...] = ()
    due: Moment | None = None
    due_words: str = ""
    hangs_on: str = ""
    because: tuple[str, ...] = ()
    only_if: str = ""
    out: str = ""
    waits_for: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
    led_back: str = ""
    notes: tuple[str, ...] = ()
    progress: Progress | None = None
    waiver: Waiver | None = None

    @property
    def is_open(self) -> bool:
        """Say whether something is still to be done here."""
        return self.state in OPEN and not self.calls

    @property
    def is_unlisted(self) -> bool:
        """Say whether it is out only as long as nobody has listed what it is done for each of."""
        return bool(self.step.for_each) and self.out.startswith(unlisted(self.step.for_each))

    @property
    def title(self) -> str:
        """The step's title, with what tells this row from its siblings."""
        return f"{self.step.title} ({self.which})" if self.which else self.step.title


def unlisted(kind: str) -> str:
    """Say that the client's file does not list its deliverables, or milestones, so far."""
    return f"no {kind} yet"


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """A phase of an SOP and its rows."""

    phase: Phase
    number: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PlannedSop:
    """An SOP in the plan: `address` is its id, or `id@case`; `only_if` as for a row."""

    sop: Sop
    address: str
    phases: tuple[PlannedPhase, ...]
    case: Case | None = None
    only_if: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All its rows, in order."""
        return tuple(row for phase in self.phases for row in phase.rows)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the client's file does not say and the plan needs; a warning everywhere."""

    code: str
    message: str
    hint: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Plan:
    """All SOPs resolved for one client on one day.

    `left_out` are the SOPs that do not apply, each with the reason; `events` the events that have
    a date for this client, halfway points among them; `early` the open steps that are due before
    one they wait for, each with that one, the longest first. `drafts` are the rows as they were
    unfolded.
    """

    client: Client
    company: Company
    today: date
    sops: tuple[PlannedSop, ...]
    left_out: tuple[tuple[Sop, str], ...] = ()
    gaps: tuple[Gap, ...] = ()
    events: Mapping[str, Moment] = field(default_factory=dict)
    early: tuple[tuple[Row, Row], ...] = ()
    drafts: tuple[Draft, ...] = field(default=(), compare=False, repr=False)

    def warnings(self, code: str) -> Iterator[Problem]:
        """Its gaps of one kind, as problems."""
        for gap in self.gaps:
            if gap.code == code:
                yield Problem(gap.spot, code, gap.message, gap.hint, "warning")

    def rows(self) -> Iterator[Row]:
        """Every row of every SOP, in order."""
        for planned in self.sops:
            yield from planned.rows

    def open_rows(self) -> tuple[Row, ...]:
        """What is still to be done: dated rows by date, then the undated in order."""
        rows = [row for row in self.rows() if row.is_open]
        dated = sorted((r for r in rows if r.due), key=lambda r: r.due or Moment(date.max))
        return (*dated, *(r for r in rows if not r.due))
