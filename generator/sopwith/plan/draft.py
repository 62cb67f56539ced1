"""A row in the making."""

from __future__ import annotations

from typing import NamedTuple

from sopwith import due
from sopwith.conditions import CERTAIN, Verdict
from sopwith.model import Case, Item, Moment, Sop, Step


class Draft(NamedTuple):
    """A row in the making: what the step is, before who and when.

    A tuple, since there are a hundred for each client and most live for a moment.

    `falls` is the date of an occurrence, `every` its interval; `caller` the address of the step
    that runs this SOP; `reopened` when the answer was given that led back to this round, and
    `led_back` the address of the step that asked; `decided_by` those of the decisions that the
    condition asks about.
    """

    address: str
    scope: str
    sop: Sop
    step: Step
    phase: int
    number: str
    depth: int
    suffix: str = ""
    which: str = ""
    calls: str = ""
    caller: str = ""
    every: str = ""
    reopened: Moment | None = None
    led_back: str = ""
    decided_by: tuple[str, ...] = ()
    verdict: Verdict = CERTAIN
    out: str = ""
    falls: due.Reckoned | None = None
    item: Item | None = None
    case: Case | None = None
    notes: tuple[str, ...] = ()
