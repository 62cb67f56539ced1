"""When an SOP is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from dateutil.relativedelta import relativedelta

from sopwith.model import Change, Count, Sop

AFTER_EVENT = timedelta(weeks=2)
"""How long after the event in `also_after` the review is due (semantics, "Reviews")."""

_LENGTH = {
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}
_WEEKS = {"week": 1, "month": 4, "quarter": 13, "year": 52}
_QUARTER = _WEEKS["quarter"]


@dataclass(frozen=True, slots=True)
class Due:
    """The day by which a review is due, and the day from which on we ask for it.

    None stands for now: it was never reviewed. `after_event` says that the event in `also_after`
    asks earlier than the rhythm does.
    """

    by: date | None = None
    asked: date | None = None
    after_event: bool = False

    def is_late(self, today: date) -> bool:
        """Say whether it should have happened before today."""
        return self.by is None or self.by < today

    def is_asked(self, today: date) -> bool:
        """Say whether it is time to look at it."""
        return self.asked is None or self.asked <= today


def due(sop: Sop, held: Iterable[tuple[date, date]] = ()) -> Due:
    """When the next review is due, by the rhythm or by the event that comes before.

    `held` has the dates of the event in `also_after`, each with the last day on which that
    client was with us.
    """
    rhythm, every, last = next_review(sop), sop.review.every, sop.review.last
    if rhythm is None or every is None or last is None:
        return Due()
    first = min((day for day, over in held if last < day <= over), default=rhythm)
    if rhythm - first > AFTER_EVENT:
        return Due(first + AFTER_EVENT, first, after_event=True)
    return Due(rhythm, max(last, rhythm - _ahead(sop.id, every)))


def _ahead(sop: str, every: Count) -> timedelta:
    """How long before its due date an SOP is asked for: its own number of weeks, read off its id.

    So SOPs that fall due together are asked for one after the other, over a quarter or over the
    second half of a shorter rhythm, and one that is added moves no other.
    """
    weeks = min(_QUARTER, every.number * _WEEKS[every.unit] // 2)
    return timedelta(weeks=1 + crc32(sop.encode()) % weeks if weeks else 0)


def next_review(sop: Sop) -> date | None:
    """The last review and the rhythm added to it; None for one never reviewed: that is due now.

    A review is also due two weeks after the event in `also_after`, which only a client's file
    can date and which is therefore not in here.
    """
    every, last = sop.review.every, sop.review.last
    if every is None or last is None:
        return None
    try:
        return last + every.number * _LENGTH[every.unit]
    except (OverflowError, ValueError):  # the last year that Python knows
        return date.max


def is_overdue(sop: Sop, today: date) -> bool:
    """Say whether the review of an SOP that is in use should have happened before today.

    Drafts and retired SOPs are not in use. One never reviewed is overdue from its first day.
    """
    return sop.status == "active" and Due(next_review(sop)).is_late(today)


def changed_since_review(sop: Sop, today: date) -> Change | None:
    """The newest change that took effect after the last review; None for one never reviewed."""
    last = sop.review.last
    if last is None:
        return None
    return next((change for change in sop.changes if last < change.effective <= today), None)
