"""Who we are: calendar, people, stages, events, facts, roles, tools, service levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sopwith.model.values import PersonId, SopId, Span, Term, origin
from sopwith.problem import Spot

Audience = Literal["public", "internal", "confidential"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
AUDIENCES: tuple[Audience, ...] = ("public", "internal", "confidential")


@dataclass(frozen=True, slots=True)
class Holidays:
    """Which public holidays of a country close the firm."""

    country: str
    observed: tuple[str, ...]
    region: str = ""
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When the firm is open."""

    working_days: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    working_hours: str = "09:00-17:00"
    holidays: Holidays | None = None
    closures: tuple[Span, ...] = ()
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Person:
    """One of our people, with the first and the last day here where they are known."""

    id: str
    name: str
    initials: str = ""
    email: str = ""
    github: str = ""
    joined: date | None = None
    left: date | None = None
    at: Spot = origin()

    @property
    def signs(self) -> str:
        """What this person writes beside a box: the initials stated, else those of the name."""
        return self.initials or "".join(word[0] for word in self.name.split()).upper()


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which someone is away, and who stands in."""

    who: PersonId
    from_: date
    to: date
    stand_in: PersonId
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the client's life with us; its SOPs live in the folder of that name."""

    id: str
    title: str
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Event:
    """A named moment that due dates hang on; `is_` derives it from two others."""

    id: str
    title: str
    is_: str = ""
    optional: bool = False
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something conditions may ask about a client: a choice, several choices, or an amount."""

    id: str
    title: str
    one_of: tuple[str, ...] = ()
    some_of: tuple[str, ...] = ()
    amount: str = ""
    default: str = ""
    optional: bool = False
    at: Spot = origin()

    @property
    def choices(self) -> tuple[str, ...]:
        """The values there are; none for an amount."""
        return self.one_of or self.some_of


@dataclass(frozen=True, slots=True)
class Role:
    """What someone does for a client; people hold roles."""

    id: str
    title: str
    does: str = ""
    held_by: tuple[PersonId, ...] = ()
    outside: bool = False
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Tool:
    """A program or service that steps are done in."""

    id: str
    title: str
    kind: str = ""
    for_: str = ""
    url: str = ""
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """A promise of time, as in answering within 24 business hours."""

    id: str
    title: str
    within: str
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Essential:
    """Something that work for clients cannot do without, and the SOP that covers it, if any."""

    title: str
    sop: SopId = ""
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Company:
    """The firm, as company.yml states it. Order matters in stages and events."""

    name: str
    timezone: str
    people: Mapping[str, Person]
    stages: tuple[Stage, ...]
    roles: Mapping[str, Role]
    locale: str = "en-US"
    paper: Literal["letter", "a4"] = "letter"
    repository: str = ""
    handbook: str = ""
    audience: Audience = "internal"
    publish: Audience = "public"
    today: date | None = None
    private: str = ""
    calendar: WorkCalendar = WorkCalendar()
    maintainers: tuple[PersonId, ...] = ()
    away: tuple[Absence, ...] = ()
    events: tuple[Event, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    tools: Mapping[str, Tool] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    essentials: tuple[Essential, ...] = ()
    service_levels: Mapping[str, ServiceLevel] = field(default_factory=dict)
    at: Spot = origin()

    def stage_order(self, stage: str) -> int:
        """Where a stage stands in the lifecycle; one we do not know comes last."""
        return next((i for i, s in enumerate(self.stages) if s.id == stage), len(self.stages))

    def event_order(self, event: str) -> int:
        """Where an event stands among the events; none, or one we do not know, comes last."""
        return next((i for i, e in enumerate(self.events) if e.id == event), len(self.events))

    def event(self, event: str) -> Event | None:
        """The event of that id, if there is one."""
        return next((e for e in self.events if e.id == event), None)
