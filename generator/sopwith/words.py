"""Dates, times, money and lists as people of the company's locale write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, parse_date
from babel.lists import format_list
from babel.numbers import format_currency

from sopwith.model import About, Moment

THIS: Mapping[About, str] = {
    "client": "this client",
    "person": "this person",
    "firm": "this quarter",
}
"""Whom a plan is about, within a sentence."""


def locale_exists(locale: str) -> bool:
    """Say whether we can write in a locale such as `en-US`."""
    try:
        _locale(locale)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def language_and_region(locale: str) -> tuple[str, str]:
    """The two halves of a locale, as `en` and `US`; the region may be empty."""
    language, _, region = locale.replace("_", "-").partition("-")
    return language, region


@lru_cache(maxsize=4096)  # many things happen on the same few days
def long_date(day: date, locale: str) -> str:
    """Write a day in full: `November 20, 2026`."""
    return format_date(day, "long", locale=_locale(locale))


def short_day(day: date, locale: str) -> str:
    """Write a day of about now, with its weekday and without the year: `Fri, Nov 20`."""
    return _skeleton("MMMEd", day, locale)


def near_day(when: Moment | date, today: date, locale: str) -> str:
    """Write a day as `short_day` does, with the year where it is not this one, and with a time."""
    day = _day(when)
    written = short_day(day, locale) if day.year == today.year else _skeleton("yMMMEd", day, locale)
    return _timed(written, when, locale)


def brief_day(when: Moment | date, today: date, locale: str) -> str:
    """Write a day and month, for a narrow column; with the year where it is not this one."""
    day = _day(when)
    return _skeleton("MMMd" if day.year == today.year else "yMMMd", day, locale)


def moment(when: Moment | date, locale: str) -> str:
    """Write a day in full, with the time where there is one: `November 20, 2026, 4:50 PM`."""
    return _timed(long_date(_day(when), locale), when, locale)


def month(day: date, locale: str) -> str:
    """Write the month of a day, with its year: `November 2026`."""
    return _skeleton("yMMMM", day, locale)


def typed_day(text: str, locale: str) -> date | None:
    """Read a day as `2026-11-20`, or in numbers as a spreadsheet here saves it: `11/20/2026`."""
    if not _IN_NUMBERS.fullmatch(text):
        return None
    try:
        return parse_date(text, locale=_locale(locale))
    except ValueError:
        return None


_IN_NUMBERS = re.compile(r"\d{4}-\d\d-\d\d|\d\d?([./-])\d\d?\1\d{4}", re.ASCII)


def money(amount: Decimal, currency: str, locale: str) -> str:
    """Write an amount in a currency (ISO 4217): `$4,000.00`."""
    return format_currency(amount, currency, locale=_locale(locale))


def listing(items: Sequence[str], locale: str) -> str:
    """Join words as in a sentence: `email, phone, and Slack`."""
    return format_list(items, locale=_locale(locale))


def letters_of_dates(locale: str) -> frozenset[str]:
    """Every character that a date or time may be written with."""
    days = [date(2024, month, day) for month in range(1, 13) for day in range(1, 8)]
    shown = (long_date(day, locale) + _skeleton("yMMMEd", day, locale) for day in days)
    hours = (format_time(time(hour), "short", locale=_locale(locale)) for hour in (1, 13))
    return frozenset("".join((*shown, *hours)))


@lru_cache(maxsize=16)
def _locale(locale: str) -> Locale:
    return Locale.parse(locale, sep="-")


def _day(when: Moment | date) -> date:
    return when.day if isinstance(when, Moment) else when


@lru_cache(maxsize=4096)
def _skeleton(skeleton: str, day: date, locale: str) -> str:
    return format_skeleton(skeleton, day, locale=_locale(locale))


def _timed(day: str, when: Moment | date, locale: str) -> str:
    if isinstance(when, date) or when.at is None:
        return day
    return f"{day}, {format_time(when.at, 'short', locale=_locale(locale))}"
