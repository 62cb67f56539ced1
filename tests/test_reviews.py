"""When an SOP is looked at again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest

from sopwith.model import Count, ReviewRhythm, Sop, Trigger, Version
from sopwith.reviews import Due, due, is_overdue, next_review

SOP = Sop(
    "a", "b", "A", Version("1.0"), "active", "c", "c", ReviewRhythm(), Trigger("x"), "y", (), ()
)


def reviewed(
    last: str, every: str, status: Literal["draft", "active", "retired"] = "active"
) -> Sop:
    rhythm = ReviewRhythm(
        Count(every) if every else None, last=date.fromisoformat(last) if last else None
    )
    return replace(SOP, review=rhythm, status=status)


@pytest.mark.parametrize(
    ("last", "every", "expected"),
    [
        ("2026-09-30", "quarter", "2026-12-30"),
        ("2026-11-30", "quarter", "2027-02-28"),  # there is no 30 February
        ("2024-02-29", "year", "2025-02-28"),
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2026-09-30", "2 weeks", "2026-10-14"),
        ("2026-09-30", "2 years", "2028-09-30"),
        ("9999-06-01", "year", "9999-12-31"),
        ("", "year", None),
        ("2026-09-30", "", None),
    ],
)
def test_the_next_review_is_the_last_and_the_rhythm(
    last: str, every: str, expected: str | None
) -> None:
    found = next_review(reviewed(last, every))
    assert found == (date.fromisoformat(expected) if expected else None)


def test_a_review_is_overdue_the_day_after() -> None:
    sop = reviewed("2026-08-20", "quarter")
    assert not is_overdue(sop, date(2026, 11, 20))
    assert is_overdue(sop, date(2026, 11, 21))


def test_one_never_reviewed_is_overdue_unless_it_is_not_in_use() -> None:
    today = date(2026, 11, 20)
    assert is_overdue(reviewed("", "year"), today)
    assert not is_overdue(reviewed("", "year", "draft"), today)
    assert not is_overdue(reviewed("", "year", "retired"), today)


# When we ask -----------------------------------------------------------------------------------

RHYTHMS = {
    "week": 0,
    "2 weeks": 1,
    "month": 2,
    "quarter": 6,
    "6 months": 12,
    "year": 13,
    "3 years": 13,
}


@pytest.mark.parametrize(("every", "weeks"), RHYTHMS.items())
def test_what_falls_due_together_is_asked_for_one_after_the_other(every: str, weeks: int) -> None:
    sop = reviewed("2026-09-30", every)
    found = [due(replace(sop, id=f"procedure-{number}")) for number in range(300)]
    assert {one.by for one in found} == {next_review(sop)}
    ahead = Counter((one.by - one.asked).days // 7 for one in found if one.by and one.asked)
    assert sorted(ahead) == [*range(min(1, weeks), weeks + 1)]
    assert max(ahead.values()) <= 2 * 300 / max(1, weeks)


def test_nobody_is_asked_in_the_first_half_of_a_rhythm() -> None:
    for number in range(300):
        found = due(replace(reviewed("2026-09-30", "quarter"), id=f"procedure-{number}"))
        assert found.asked
        assert found.asked >= date(2026, 11, 14)


def test_when_one_is_asked_for_hangs_on_nothing_but_itself() -> None:
    assert due(replace(reviewed("2026-09-30", "quarter"), id="client-onboarding")) == Due(
        date(2026, 12, 30), date(2026, 12, 2)
    )


LAST, RHYTHM = date(2026, 9, 30), date(2026, 12, 30)
HELD = [
    # when the event was, until when that client was with us, and when the review is due by it
    ("2026-09-30", "9999-12-31", None),  # on the day of the review, or before: it is in there
    ("2026-10-01", "9999-12-31", "2026-10-15"),
    ("2026-12-15", "9999-12-31", "2026-12-29"),
    ("2026-12-16", "9999-12-31", None),  # the rhythm asks on the same day
    ("2026-11-20", "2026-11-20", "2026-12-04"),
    ("2026-11-20", "2026-11-19", None),  # the client had left
]


@pytest.mark.parametrize(("held", "over", "expected"), HELD)
def test_an_event_asks_two_weeks_later(held: str, over: str, expected: str | None) -> None:
    day, sop = date.fromisoformat(held), reviewed("2026-09-30", "quarter")
    found = due(sop, [(day, date.fromisoformat(over))])
    if expected:
        assert found == Due(date.fromisoformat(expected), day, after_event=True)
        assert found == due(sop, [(day, date.max), (day + timedelta(days=3), date.max)])
    else:
        assert found == due(sop)
        assert found.by == RHYTHM


def test_one_never_reviewed_is_due_now_whatever_happens() -> None:
    found = due(reviewed("", "year"), [(LAST, date.max)])
    assert found == Due()
    assert found.is_late(LAST)
    assert found.is_asked(LAST)


def test_the_ends_of_the_calendar() -> None:
    assert due(reviewed("9999-12-30", "year")).by == date.max
    assert due(reviewed("0001-01-01", "week")).asked == date(1, 1, 8)
