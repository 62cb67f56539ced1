"""What each command makes: outputs put together, staged, and swapped in whole."""

from sopwith.making.asking import FAILURES, Blocked, NotHere, plan_of, reason
from sopwith.making.single import checklists, email, reviews, why
from sopwith.making.whole import PARTS, everything, handbook_alone

__all__ = [
    "FAILURES",
    "PARTS",
    "Blocked",
    "NotHere",
    "checklists",
    "email",
    "everything",
    "handbook_alone",
    "plan_of",
    "reason",
    "reviews",
    "why",
]
