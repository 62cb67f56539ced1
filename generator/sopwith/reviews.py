"""When an SOP is to be looked at again."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from sopwith.model import Change, Sop

_LENGTH = {
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}


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
    due = next_review(sop)
    return sop.status == "active" and (due is None or due < today)


def changed_since_review(sop: Sop, today: date) -> Change | None:
    """The newest change that took effect after the last review; None for one never reviewed."""
    last = sop.review.last
    if last is None:
        return None
    return next((change for change in sop.changes if last < change.effective <= today), None)
