"""Dates, times, money and lists as people of the company's locale write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency

from sopwith.model import Moment


def locale_exists(locale: str) -> bool:
    """Say whether we can write in a locale such as `en-US`."""
    try:
        _locale(locale)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)  # many things happen on the same few days
def long_date(day: date, locale: str) -> str:
    """Write a day in full: `November 20, 2026`."""
    return format_date(day, "long", locale=_locale(locale))


def short_day(day: date, locale: str) -> str:
    """Write a day of about now, with its weekday and without the year: `Fri, Nov 20`."""
    return format_skeleton("MMMEd", datetime(day.year, day.month, day.day), locale=_locale(locale))  # noqa: DTZ001  # a day has no zone


def moment(moment: Moment, locale: str) -> str:
    """Write a day in full, with the time where there is one: `November 20, 2026, 4:50 PM`."""
    day = long_date(moment.day, locale)
    return f"{day}, {format_time(moment.at, 'short', locale=_locale(locale))}" if moment.at else day


def money(amount: Decimal, currency: str, locale: str) -> str:
    """Write an amount in a currency (ISO 4217): `$4,000.00`."""
    return format_currency(amount, currency, locale=_locale(locale))


def listing(items: Sequence[str], locale: str) -> str:
    """Join words as in a sentence: `email, phone, and Slack`."""
    return format_list(items, locale=_locale(locale))


@lru_cache(maxsize=16)
def _locale(locale: str) -> Locale:
    return Locale.parse(locale, sep="-")
