"""Dates, money and lists as people of each locale write them (expected by the CLDR)."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopwith.model import Moment
from sopwith.words import listing, locale_exists, long_date, moment, money, short_day

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("locale", "full", "short", "at", "amount", "several"),
    [
        ("en-US", "November 20, 2026", "Fri, Nov 20", "4:50\u202fPM", "$4,000.50", "a, b, and c"),
        ("en-GB", "20 November 2026", "Fri 20 Nov", "16:50", "US$4,000.50", "a, b and c"),
        ("de-DE", "20. November 2026", "Fr., 20. Nov.", "16:50", "4.000,50\u00a0$", "a, b und c"),
    ],
)
def test_as_people_write(
    locale: str, full: str, short: str, at: str, amount: str, several: str
) -> None:
    assert long_date(DAY, locale) == full
    assert short_day(DAY, locale) == short
    assert moment(Moment(DAY), locale) == full
    assert moment(Moment(DAY, time(16, 50)), locale) == f"{full}, {at}"
    assert money(Decimal("4000.50"), "USD", locale) == amount
    assert listing(["a", "b", "c"], locale) == several
    assert listing(["a"], locale) == "a"


@pytest.mark.parametrize(
    ("locale", "exists"),
    [
        ("en-US", True),
        ("de", True),
        ("zh-Hant-TW", True),
        ("xx-YY", False),
        ("", False),
        ("en_US", False),
        ("../../etc", False),
    ],
)
def test_locale_exists(locale: str, exists: bool) -> None:
    assert locale_exists(locale) is exists


@given(st.text())
def test_any_text_may_be_asked_for(text: str) -> None:
    assert locale_exists(text) in (True, False)
