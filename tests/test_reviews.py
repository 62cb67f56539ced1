"""When an SOP is looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from sopwith.model import Count, ReviewRhythm, Sop, Trigger, Version
from sopwith.reviews import is_overdue, next_review

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
