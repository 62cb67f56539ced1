"""Library x client -> plan: every step with person, date, state, and the reason it is in or out."""

from sopwith.plan.addresses import (
    Unclear,
    Unknown,
    called_sops,
    carried,
    endings,
    fitting,
    no_step,
    resolve,
    which_step,
)
from sopwith.plan.applying import is_planned
from sopwith.plan.build import dues, plan
from sopwith.plan.moments import BUILT_IN, REACH, later
from sopwith.plan.numbers import numbered, on_paper
from sopwith.plan.people import assignees, falls_to_oneself
from sopwith.plan.plans import Plans
from sopwith.plan.rows import (
    OPEN,
    Assignee,
    Gap,
    Plan,
    PlannedPhase,
    PlannedSop,
    Row,
    State,
    unlisted,
)

__all__ = [
    "BUILT_IN",
    "OPEN",
    "REACH",
    "Assignee",
    "Gap",
    "Plan",
    "PlannedPhase",
    "PlannedSop",
    "Plans",
    "Row",
    "State",
    "Unclear",
    "Unknown",
    "assignees",
    "called_sops",
    "carried",
    "dues",
    "endings",
    "falls_to_oneself",
    "fitting",
    "is_planned",
    "later",
    "no_step",
    "numbered",
    "on_paper",
    "plan",
    "resolve",
    "unlisted",
    "which_step",
]
