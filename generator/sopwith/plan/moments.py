"""When the events of one client are, and what follows from them by the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ParamSpec

from dateutil.relativedelta import relativedelta

from sopwith import due
from sopwith.model import Case, Client, Company, Count, Item, Moment, Span, WorkCalendar
from sopwith.words import near_day

# Dates stay within ten years of today (semantics, "Dates").
REACH = relativedelta(years=10)

P = ParamSpec("P")

_EVERY_DAY = due.Calendar.of(
    WorkCalendar(working_days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
)

BUILT_IN = {
    "opened": "the case was opened",
    "item-due": "it is due",
    "joined": "the first day here",
    "quarter-start": "the first day of the quarter",
    "quarter-end": "the last day of the quarter",
}
"""Events that no list states, in the words that follow "after"."""


def later(day: date, by: relativedelta) -> date:
    """The day so much later, or earlier, as far as there are any days."""
    try:
        return day + by
    except (OverflowError, ValueError):
        return date.max if day > date(5000, 1, 1) else date.min


class Moments:
    """The client's events, halfway points among them, and dates reckoned from them."""

    def __init__(
        self, company: Company, client: Client, today: date, calendar: due.Calendar
    ) -> None:
        self.today = today
        self._company = company
        self._client = client
        self._calendar = calendar
        self._farthest = later(today, REACH)
        self._paused = client.paused
        # Many steps are due so long after the same few days.
        self._reckoned: dict[object, due.Reckoned | None] = {}

    def event(
        self, event: str, case: Case | None = None, item: Item | None = None
    ) -> Moment | None:
        """When an event is for this client, or None while nobody knows."""
        if event == "opened":
            return case.opened if case else None
        if event == "item-due":
            return Moment(item.due) if item and item.due else None
        stated = self._client.dates.get(event)
        if stated:
            return stated.moment
        known = self._company.event(event)
        if known is None or not known.is_:
            return None
        halfway = due.parse(known.is_)
        if not isinstance(halfway, due.Halfway):
            return None
        first, second = self.event(halfway.first), self.event(halfway.second)
        if first is None or second is None:
            return None
        found = self._safely(due.halfway, first, second, self._calendar, self._company.locale)
        return found.moment if found else None

    def title(self, event: str) -> str:
        """An event as it stands after "2 business days after"."""
        known = self._company.event(event)
        return known.title if known else BUILT_IN.get(event, event)

    def in_words(self, when: Moment | date) -> str:
        """A day as the firm writes it, with the year where it is not this one."""
        return near_day(when, self.today, self._company.locale)

    def reckon(self, offset: due.Offset, anchor: Moment) -> due.Reckoned | None:
        """The date an offset gives, or None beyond the ten years we plan for."""
        key = offset.count, offset.unit, offset.side, anchor
        if key not in self._reckoned:
            more = self._calendar, self._paused, self._company.locale
            self._reckoned[key] = self._safely(due.reckon, offset, anchor, *more)
        return self._reckoned[key]

    def occurrence(self, every: str, number: int, start: Moment) -> due.Reckoned | None:
        """The date of the n-th repeat, counted from 1, or None beyond the ten years."""
        pauses, locale = self._paused, self._company.locale
        count = Count(every)
        return self._safely(due.occurrence, count, number, start, self._calendar, pauses, locale)

    def nominal(self, every: str, number: int, start: Moment) -> date | None:
        """The day of the n-th repeat before any closed day moves it, or None beyond the ten years.

        An interval in business days is never moved: its day is the date itself.
        """
        calendar = self._calendar if "business" in every else _EVERY_DAY
        found = self._safely(due.occurrence, Count(every), number, start, calendar, self._paused)
        return found.moment.day if found else None

    def last_business_day(self, of: Moment) -> due.Reckoned | None:
        """The last open day of the month that a moment lies in."""
        return self._safely(due.last_business_day, of.day, self._calendar, self._company.locale)

    def pause(self, day: date) -> Span | None:
        """The pause of the client's work that a day lies in: lateness does not count then."""
        return next((pause for pause in self._paused if day in pause), None)

    def _safely(
        self, work_out: Callable[P, due.Reckoned], *args: P.args, **named: P.kwargs
    ) -> due.Reckoned | None:
        """A date within reach, or None; a firm that never opens has no dates at all."""
        try:
            found = work_out(*args, **named)
        except (due.BeyondHorizon, due.NeverOpen):
            return None
        return found if found.moment.day <= self._farthest else None
