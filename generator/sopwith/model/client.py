"""One engagement with one customer, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from sopwith.model.values import (
    About,
    Address,
    EventId,
    FactId,
    Moment,
    PersonId,
    RoleId,
    SopId,
    Span,
    Version,
    origin,
)
from sopwith.problem import Spot


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone at the client."""

    name: str
    first_name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    main: bool = False
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an event is planned, and, once it moved, when it is now, why and by whom."""

    planned: Moment
    now: Moment | None = None
    why: str = ""
    caused_by: Literal["", "client", "us", "other"] = ""
    at: Spot = origin()

    short: ClassVar[str] = "planned"

    @property
    def moment(self) -> Moment:
        """The date that counts: where it has moved, the new one."""
        return self.now or self.planned


@dataclass(frozen=True, slots=True)
class Item:
    """A deliverable or a milestone."""

    id: str
    title: str
    due: date | None = None
    fee: Decimal | None = None
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of what the client pays."""

    what: str
    amount: Decimal
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Fees:
    """What the client pays, in which currency and on which terms.

    `lines` are the whole price, and `monthly` what of it is paid each month.
    """

    currency: str
    terms: str = ""
    lines: tuple[FeeLine, ...] = ()
    monthly: tuple[FeeLine, ...] = ()
    at: Spot = origin()

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Case:
    """An SOP run for this client because something came up; its `team` beats the client's.

    `about` is the step that it is about, such as the one that sent the invoice nobody paid.
    """

    sop: SopId
    id: str
    opened: Moment
    title: str = ""
    about: Address = ""
    closed: date | None = None
    team: Mapping[RoleId, tuple[PersonId, ...]] = field(default_factory=dict)
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Waiver:
    """A step that is waived for this client, by whom, why and until when."""

    step: Address
    reason: str
    approved_by: RoleId
    until: date | None = None
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of one step: done, or not applicable and why."""

    by: PersonId
    done: Moment | None = None
    answer: str = ""
    note: str = ""
    not_applicable: bool = False
    reason: str = ""
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Ending:
    """When and how the engagement ended; of a person who has left, only when."""

    date: date
    how: Literal["", "completed", "lost", "declined", "cancelled"]
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Client:
    """One engagement; engagements of one customer share an account (none stated: its own).

    Plans of our own are made for a value of this class too: its id is `people/nell` for one of our
    people, `quarters/2026-Q4` for the firm in a quarter. Deliverables and milestones that nobody
    has listed are None; an empty tuple says that there are none.
    """

    id: str
    name: str
    engagement: str = ""
    account: str = ""
    facts: Mapping[FactId, tuple[str, ...]] = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    team: Mapping[RoleId, tuple[PersonId, ...]] = field(default_factory=dict)
    dates: Mapping[EventId, EventDate] = field(default_factory=dict)
    paused: tuple[Span, ...] = ()
    deliverables: tuple[Item, ...] | None = None
    milestones: tuple[Item, ...] | None = None
    fees: Fees = Fees("")
    cases: tuple[Case, ...] = ()
    sops: Mapping[SopId, Version] = field(default_factory=dict)
    exceptions: tuple[Waiver, ...] = ()
    progress: Mapping[Address, Progress] = field(default_factory=dict)
    ended: Ending | None = None
    at: Spot = origin()

    @property
    def about(self) -> About:
        """Whom a plan of this is about."""
        return _ABOUT.get(self.id.rpartition("/")[0], "client")

    @property
    def folder(self) -> str:
        """Where below build/ stands what is made for it."""
        return f"clients/{self.id}" if self.about == "client" else self.id

    @property
    def main_contact(self) -> Contact | None:
        """The contact marked as main, else the first."""
        return next((c for c in self.contacts if c.main), next(iter(self.contacts), None))

    def items(self, kind: str) -> tuple[Item, ...]:
        """The deliverables or the milestones, as far as they are known."""
        return self._items(kind) or ()

    def lists(self, kind: str) -> bool:
        """Say whether the file lists them, be it that there are none."""
        return self._items(kind) is not None

    def _items(self, kind: str) -> tuple[Item, ...] | None:
        return self.deliverables if kind == "deliverables" else self.milestones


_ABOUT: Mapping[str, About] = {"people": "person", "quarters": "firm"}
