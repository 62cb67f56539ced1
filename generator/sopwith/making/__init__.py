"""What each command makes: outputs put together, staged, and swapped in whole."""

from sopwith.making.again import Again
from sopwith.making.asking import (
    FAILURES,
    Blocked,
    NotHere,
    named,
    plan_of,
    plans_of,
    reason,
    sop_of,
)
from sopwith.making.calendar import calendar
from sopwith.making.diff import diff
from sopwith.making.earlier import content_before, since
from sopwith.making.letters import Wish, document, email, unanswered
from sopwith.making.parts import Print
from sopwith.making.remind import issues_of, remind
from sopwith.making.secrets import stop_at_secrets
from sopwith.making.signsheet import signsheet
from sopwith.making.single import books, checklists, reviews, why
from sopwith.making.stale import stale
from sopwith.making.tasks import tasks
from sopwith.making.week import week
from sopwith.making.whole import PARTS, everything, handbook_alone

__all__ = [
    "FAILURES",
    "PARTS",
    "Again",
    "Blocked",
    "NotHere",
    "Print",
    "Wish",
    "books",
    "calendar",
    "checklists",
    "content_before",
    "diff",
    "document",
    "email",
    "everything",
    "handbook_alone",
    "issues_of",
    "named",
    "plan_of",
    "plans_of",
    "reason",
    "remind",
    "reviews",
    "signsheet",
    "since",
    "sop_of",
    "stale",
    "stop_at_secrets",
    "tasks",
    "unanswered",
    "week",
    "why",
]
