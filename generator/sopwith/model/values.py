"""The small values that every kind of file is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache, total_ordering
from typing import Annotated, Literal

from sopwith.problem import Spot

NOWHERE = Spot("")


def origin() -> Spot:
    """Declare where a part came from: it rides along, but is not part of what the thing is."""
    return field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks text that is the id of something else: one of the kinds below."""

    kind: str


About = Literal["client", "person", "firm"]
"""Whom something is done for: each client, each of our people, or the firm in each quarter."""

RoleId = Annotated[str, Refers("role")]
PersonId = Annotated[str, Refers("person")]
ToolId = Annotated[str, Refers("tool")]
EventId = Annotated[str, Refers("event")]
FactId = Annotated[str, Refers("fact")]
EmailId = Annotated[str, Refers("email")]
DocumentId = Annotated[str, Refers("document")]
SopId = Annotated[str, Refers("sop")]
ClientId = Annotated[str, Refers("client")]
ObservationId = Annotated[str, Refers("observation")]
StepId = Annotated[str, Refers("step")]
"""A step of the SOP it stands in, or of the SOP named beside it."""
KeyId = Annotated[str, Refers("key")]
"""A fact, or a decision of the SOP it stands in."""
Address = Annotated[str, Refers("address")]
"""A step of a client's plan."""
Recipient = Annotated[str, Refers("recipient")]
"""A role, or the client's main contact."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A version as written, `major.minor`; 1.20 is later than 1.9, and stays "1.20"."""

    text: str

    @property
    def parts(self) -> tuple[int, int]:
        """Major and minor as numbers."""
        major, minor = self.text.split(".")
        return int(major), int(minor)

    def is_major_after(self, older: Version) -> bool:
        """Say whether someone works differently since `older`: the first number rose."""
        return self.parts[0] > older.parts[0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.parts == other.parts

    def __lt__(self, other: Version) -> bool:
        return self.parts < other.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    def __str__(self) -> str:
        return self.text


@total_ordering
@dataclass(frozen=True, slots=True)
class Moment:
    """A day in the company's time zone, with a time of day where one matters.

    A whole day comes after every time on it: what is due that day is due at its end.
    """

    day: date
    at: time | None = None

    @classmethod
    @lru_cache(maxsize=4096)  # many things happen on the same few days
    def parse(cls, text: str) -> Moment:
        """Read `2026-10-16` or `2026-10-16 16:50`; raise ValueError on anything else."""
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?", text, re.ASCII):
            raise ValueError(f"not a date: {text}")
        if " " not in text:
            return cls(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        return cls(moment.date(), moment.time())

    def __lt__(self, other: Moment) -> bool:
        return (self.day, self.at or time.max) < (other.day, other.at or time.max)

    def __str__(self) -> str:
        return f"{self.day}" + (f" {self.at:%H:%M}" if self.at else "")


@dataclass(frozen=True, slots=True)
class Count:
    """How many, in words: `3 times`, `2 weeks`, `4 of 5`; the number is the first word."""

    text: str

    @property
    def number(self) -> int:
        """The number, which is 1 where the text names only a unit (`week`)."""
        first = self.text.split()[0]
        return int(first) if first.isdecimal() else 1

    @property
    def unit(self) -> str:
        """The last word in the singular: `week`, `month`, `year`, `quarter`, `time`."""
        return self.text.split()[-1].removesuffix("s")

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included, and why."""

    from_: date
    to: date
    why: str = ""
    at: Spot = origin()

    def __contains__(self, day: date) -> bool:
        return self.from_ <= day <= self.to


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to a fact, or to a decision of the same SOP: one of these, or in this range."""

    key: KeyId
    values: tuple[str, ...] = ()
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Condition:
    """Parts combined: `all` of them, `any` of them, or `not` the only one."""

    how: Literal["all", "any", "not"]
    parts: tuple[Ask | Condition, ...]
    at: Spot = origin()

    def asks(self) -> tuple[Ask, ...]:
        """Every question in it, in the order written."""
        return tuple(
            ask
            for part in self.parts
            for ask in ((part,) if isinstance(part, Ask) else part.asks())
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what we mean by it."""

    term: str
    means: str
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Note:
    """A tip, a caution or a warning beside a step."""

    kind: Literal["tip", "caution", "warning"]
    says: str
    at: Spot = origin()


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody agreed to do about something, by when."""

    what: str
    owner: RoleId
    due: date
    status: Literal["open", "done", "dropped"] = "open"
    helped: bool | None = None
    at: Spot = origin()
