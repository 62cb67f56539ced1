"""One run of one SOP, as far as it has been walked."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopwith.conditions import Known
from sopwith.model import Case, Moment, Sop


@dataclass(slots=True)
class Scope:
    """One run of one SOP: what its decisions have said so far, and how often we went back.

    `ended` says why no step is to be done from here on; `closed`, that the case was closed, so
    that none is but those of which something is recorded.
    """

    sop: Sop
    address: str
    case: Case | None
    depth: int
    phase: int = 0
    number: str = ""
    answers: dict[str, Known] = field(default_factory=dict)
    deciders: dict[str, str] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    backs: dict[str, int] = field(default_factory=dict)
    ended: str = ""
    closed: str = ""
    caller: str = ""
    reopened: Moment | None = None
    led_back: str = ""
