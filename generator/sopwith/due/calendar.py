"""When the firm is open: working days and hours, public holidays, closures of its own."""

from __future__ import annotations

import calendar
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta

import holidays

from sopwith.model import Span, WorkCalendar

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_CLOSED = 3_660
"""So many closed days in a row, and we take it that the firm never opens."""

_NUMBER = {day[:3].lower(): number for number, day in enumerate(WEEKDAYS)}
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
# What the public calendars add to a name that falls on another day, or hangs on the moon.
_ADDED = re.compile(r" \((observed|estimated|observed, estimated|in lieu|substitute day)\)$")
# Some holidays come only every few years: names are collected over this many, clock or no clock.
_YEARS_OF_NAMES = range(2010, 2041)


class NeverOpen(ValueError):
    """The calendar has no open day within LONGEST_CLOSED days."""


class BeyondHorizon(ValueError):
    """The date lies so far away that no calendar reaches it."""


def countries() -> tuple[str, ...]:
    """Return the codes of the countries whose public holidays are known (ISO 3166-1)."""
    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


def regions(country: str) -> tuple[str, ...]:
    """Return the codes of a country's regions that have holidays of their own (ISO 3166-2)."""
    return tuple(holidays.list_supported_countries(include_aliases=False).get(country, ()))


@dataclass(slots=True, eq=False)
class Calendar:
    """Tells open days from closed ones, and why a day is closed.

    What the firm wrote wrongly is not raised but kept: `unknown_country`, `unknown_region` and
    `unreadable_hours` hold it as written, and the calendar goes on without those holidays, or
    with 09:00-17:00. `opens` and `closes` are times in the company's time zone.
    """

    opens: time
    closes: time
    working: frozenset[int]
    closures: tuple[Span, ...] = ()
    country: str = ""
    region: str = ""
    observed: tuple[str, ...] = ()
    unknown_country: str = ""
    unknown_region: str = ""
    unreadable_hours: str = ""
    _reasons: dict[date, str] = field(default_factory=dict)
    _years: dict[int, dict[date, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, work: WorkCalendar) -> Calendar:
        """Build the calendar that company.yml describes; never raises."""
        hours = _hours(work.working_hours)
        opens, closes = hours or (time(9), time(17))
        made = cls(
            opens,
            closes,
            frozenset(_NUMBER[day] for day in work.working_days if day in _NUMBER),
            work.closures,
            unreadable_hours="" if hours else work.working_hours,
        )
        if public := work.holidays:
            if not _is_country(public.country):
                made.unknown_country = public.country
            elif not _has_region(public.country, public.region):
                made.unknown_region = public.region
            else:
                made.country, made.region = public.country, public.region
                made.observed = public.observed
        return made

    def is_open(self, day: date) -> bool:
        """Say whether anyone works on that day."""
        return not self.why_closed(day)

    def why_closed(self, day: date) -> str:
        """Return the holiday, the closure or the weekday that keeps us closed; "" when open."""
        reason = self._reasons.get(day)
        if reason is None:
            reason = self._reasons[day] = self._reason(day)
        return reason

    def next_open(self, day: date) -> date:
        """Return that day if it is open, else the first open day after it.

        Raises NeverOpen, or BeyondHorizon at the end of all calendars.
        """
        return self._open_from(day, 1)

    def last_open(self, day: date) -> date:
        """Return that day if it is open, else the last open day before it.

        Raises NeverOpen, or BeyondHorizon at the start of all calendars.
        """
        return self._open_from(day, -1)

    def unknown_holidays(self) -> tuple[str, ...]:
        """Return the observed names that the country's calendar does not know, as written."""
        if not self.observed:
            return ()
        known = set(self.holiday_names())
        return tuple(name for name in self.observed if name not in known)

    def holiday_names(self) -> tuple[str, ...]:
        """Return the names that `observed` may hold, in English; none without a country."""
        years = (_public(self.country, self.region, year) for year in _YEARS_OF_NAMES)
        return tuple(sorted({_base(name) for year in years for _, name in year}))

    def _open_from(self, day: date, step: int) -> date:
        try:
            for _ in range(LONGEST_CLOSED + 1):
                if self.is_open(day):
                    return day
                day += timedelta(step)
        except OverflowError:
            raise BeyondHorizon(f"no calendar reaches beyond {day}") from None
        raise NeverOpen(f"there is no working day within {LONGEST_CLOSED} days of {day}")

    def _reason(self, day: date) -> str:
        if self.observed and (holiday := self._observed_in(day.year).get(day)):
            return holiday
        for closure in self.closures:
            if day in closure:
                return closure.why or "closed"
        weekday = day.weekday()
        return "" if weekday in self.working else WEEKDAYS[weekday]

    def _observed_in(self, year: int) -> dict[date, str]:
        if year not in self._years:
            self._years[year] = {
                day: name
                for day, name in _public(self.country, self.region, year)
                if name in self.observed or _base(name) in self.observed
            }
        return self._years[year]


def last_of_month(day: date) -> date:
    """Return the last day of that day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _hours(text: str) -> tuple[time, time] | None:
    found = _HOURS.fullmatch(text)
    if not found:
        return None
    first, second, third, fourth = map(int, found.groups())
    opens, closes = time(first, second), time(third, fourth)
    return (opens, closes) if opens < closes else None


def _is_country(code: str) -> bool:
    # Asked this way, the package need not load its 250 countries.
    return bool(re.fullmatch("[A-Z]{2}", code)) and _has_region(code, "")


def _has_region(country: str, region: str) -> bool:
    try:
        list(_public(country, region, _YEARS_OF_NAMES[0]))
    except NotImplementedError:
        return False
    return True


def _public(country: str, region: str, year: int) -> Iterator[tuple[date, str]]:
    """Yield the public holidays of one year; several may share a day."""
    if not country:
        return
    with warnings.catch_warnings():
        # Some countries' tables end; the package says so on the screen, where it helps nobody.
        warnings.simplefilter("ignore")
        # The language is stated because the package else takes it from the environment.
        found = holidays.country_holidays(
            country, subdiv=region or None, years=year, language="en_US"
        )
    for day in found:
        for name in found.get_list(day):
            yield day, name


def _base(name: str) -> str:
    return _ADDED.sub("", name)
