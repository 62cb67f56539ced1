"""From a due date in words and a moment to the day or the time it means, and why.

A paused day does not count, in either direction; a result on a closed day moves off it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from sopwith.due.calendar import (
    LONGEST_CLOSED,
    WEEKDAYS,
    BeyondHorizon,
    Calendar,
    NeverOpen,
    last_of_month,
)
from sopwith.due.language import Offset, Unit, Unreadable, amount
from sopwith.model import Count, Moment, Span
from sopwith.problem import nearest

Direction = Literal[1, -1]

_FARTHEST = timedelta(days=36525)
"""A hundred years: no due date can mean more, and a pause without an end must not be walked."""

_INTERVALS: dict[str, tuple[int, Unit]] = {
    "business day": (1, "business days"),
    "day": (1, "days"),
    "week": (1, "weeks"),
    "month": (1, "months"),
    "quarter": (3, "months"),
    "year": (12, "months"),
}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day, or a time where hours were asked for, and step by step how it came about."""

    moment: Moment
    because: tuple[str, ...] = ()


def reckon(
    due: Offset,
    anchor: Moment,
    calendar: Calendar,
    pauses: Sequence[Span] = (),
    locale: str = "en-US",
) -> Reckoned:
    """Return when something is due that hangs on `anchor`.

    `pauses` are days that do not count. `locale` decides how days are written in `because`.
    Raises NeverOpen and BeyondHorizon.
    """
    walk = _Walk(calendar, pauses, -1 if due.side == "before" else 1, locale)
    try:
        return _UNITS[due.unit](due, anchor, walk)
    except OverflowError:
        raise BeyondHorizon(f"no calendar reaches so far from {anchor}") from None


def occurrence(
    every: Count,
    k: int,
    from_: Moment,
    calendar: Calendar,
    pauses: Sequence[Span] = (),
    locale: str = "en-US",
) -> Reckoned:
    """Return when something is due for the `k`-th time, k intervals after `from_`; k from 1.

    `every` is as `week`, `2 weeks`, `month`, `quarter`, `6 months`, `year`, `10 business days`.
    Raises Unreadable, NeverOpen and BeyondHorizon.
    """
    name = every.text.lstrip("0123456789 ").removesuffix("s")
    if name not in _INTERVALS:
        raise Unreadable(f'"{every}" is no interval', every.text, nearest(name, _INTERVALS) or "")
    times, unit = _INTERVALS[name]
    return reckon(Offset(every.number * times * k, unit, "after"), from_, calendar, pauses, locale)


def last_business_day(month_of: date, calendar: Calendar, locale: str = "en-US") -> Reckoned:
    """Return the last open day of the month that `month_of` lies in.

    In a month without one it is the next open day. Raises NeverOpen and BeyondHorizon.
    """
    last = last_of_month(month_of)
    days = (last - timedelta(before) for before in range(last.day))
    walk = _Walk(calendar, (), -1 if any(map(calendar.is_open, days)) else 1, locale)
    return walk.settled(last)


def halfway(first: Moment, second: Moment, calendar: Calendar, locale: str = "en-US") -> Reckoned:
    """Return the day in the middle, the earlier of two; on a closed day, the next open one.

    Raises NeverOpen and BeyondHorizon.
    """
    start, end = sorted((first.day, second.day))
    return _Walk(calendar, (), 1, locale).settled(start + (end - start) // 2)


def short_day(day: date, locale: str) -> str:
    """Write a day for the reasons, which are in English: `Fri, Nov 27`, or `Fri 27 Nov`."""
    if locale == "en-US":
        return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}"
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


# Not strftime: what it writes depends on where it runs.
_DAYS = tuple(day[:3] for day in WEEKDAYS)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(slots=True)
class _Walk:
    """Goes through the calendar day by day, and remembers what stood in the way."""

    calendar: Calendar
    pauses: Sequence[Span]
    direction: Direction
    locale: str
    paused: Counter[str] = field(default_factory=Counter)
    closed: dict[str, list[date]] = field(default_factory=dict)
    shift: str = ""

    def business_days(self, start: date, count: int) -> date:
        """Return the `count`-th open day that is not paused, seen from `start`."""
        day, left, closed = start, count, 0
        while left:
            day = self.next(day, start)
            reason = self.calendar.why_closed(day)
            if reason:
                closed += 1
                self.note(day, reason)
            elif pause := self.pause(day):
                self.paused[pause.why] += 1
                closed = 0
            else:
                left, closed = left - 1, 0
            if closed > LONGEST_CLOSED:
                raise NeverOpen(f"there is no working day within {closed - 1} days of {day}")
        return day

    def over_pauses(self, start: date, end: date) -> date:
        """Move `end` on by each paused day between, also by those it is moved over.

        Since that may move it to another day of the week, remember from where.
        """
        day, before = start, end
        while self.pauses and day != end:
            day = self.next(day, start)
            if pause := self.pause(day):
                self.paused[pause.why] += 1
                end = self.next(end, start)
        if end != before:
            self.shift = f"so {self.short(before)} becomes {self.short(end)}"
        return end

    def next(self, day: date, start: date) -> date:
        """Take one step, unless the way has become too long."""
        if abs(day - start) > _FARTHEST:
            raise BeyondHorizon(f"{day} is too far from {start}")
        return day + timedelta(self.direction)

    def pause(self, day: date) -> Span | None:
        """Return the pause that day lies in."""
        return next((pause for pause in self.pauses if day in pause), None)

    def is_working(self, day: date) -> bool:
        """Say whether that day counts: open, and not paused."""
        return self.calendar.is_open(day) and not self.pause(day)

    def note(self, day: date, reason: str) -> None:
        """Remember a closed day, unless we never work on that day of the week."""
        if day.weekday() in self.calendar.working:
            self.closed.setdefault(reason, []).append(day)

    def settled(self, day: date, unit: str = "days") -> Reckoned:
        """Move off a closed day, the way we are going, and say so."""
        if self.calendar.is_open(day):
            return Reckoned(Moment(day), self.because(unit))
        to = self.calendar.next_open(day) if self.direction > 0 else self.calendar.last_open(day)
        between = [day + timedelta(n * self.direction) for n in range(abs((to - day).days))]
        first, *rest = dict.fromkeys(map(self.calendar.why_closed, between))
        state = "not a working day" if first in WEEKDAYS else first
        more = ", ".join(reason for reason in rest if reason not in WEEKDAYS)
        then = f", then {more}" if more else ""
        move = f"{self.short(day)} is {state}{then}: moved to {self.short(to)}"
        return Reckoned(Moment(to), (*self.because(unit), move))

    def because(self, unit: str) -> tuple[str, ...]:
        """Say what lengthened the way: first what is not counted, then the pauses."""
        sign = "+" if self.direction > 0 else "-"
        held = [
            f"{sign}{amount(count, unit)} while paused" + (f" ({why})" if why else "")
            for why, count in self.paused.items()
        ]
        closed = (f"not counted: {self.days(*item)}" for item in self.closed.items())
        return (*closed, *held, *([self.shift] if self.shift else []))

    def days(self, reason: str, days: list[date]) -> str:
        """Write closed days and why: `Winter closing (6 days from Thu, Dec 24)`."""
        many = f"{len(days)} days from " if len(days) > 1 else ""
        return f"{reason} ({many}{self.short(min(days))})"

    def short(self, day: date) -> str:
        """Write a day as the locale does."""
        return short_day(day, self.locale)


def _calendar_unit(due: Offset, anchor: Moment, walk: _Walk) -> Reckoned:
    count = due.count * walk.direction
    if due.unit != "months":
        end = anchor.day + timedelta(count * (7 if due.unit == "weeks" else 1))
    else:
        try:
            end = anchor.day + relativedelta(months=count)
        except ValueError as error:  # a year that is none, as in year 10000
            raise OverflowError(str(error)) from None
    return walk.settled(walk.over_pauses(anchor.day, end))


def _business_days(due: Offset, anchor: Moment, walk: _Walk) -> Reckoned:
    # From a closed day the open day before it is counted from: nothing between the two counts.
    day = walk.business_days(anchor.day, due.count)
    return Reckoned(Moment(day), walk.because("business days"))


def _business_hours(due: Offset, anchor: Moment, walk: _Walk) -> Reckoned:
    """Count in minutes that have passed of a working day, the way we are going.

    So "after" and "before" are one: outside working hours is the end of the working day behind us.
    """
    opens, closes = _minutes(walk.calendar.opens), _minutes(walk.calendar.closes)
    at = _minutes(anchor.at) if anchor.at else opens
    length = closes - opens
    passed = at - opens if walk.direction > 0 else closes - at
    day = anchor.day
    outside: tuple[str, ...] = ()
    if not walk.is_working(day) or not 0 <= passed <= length:
        if passed < 0 and walk.is_working(day):
            day -= timedelta(walk.direction)
        passed = length
        outside = (f"{walk.short(anchor.day)} {at // 60:02}:{at % 60:02} is outside working hours",)
    if due.count % 24 == 0:
        days = due.count // 24
    else:
        # The end of one day and the start of the next are the same: we stay at the end.
        days, passed = divmod(passed + due.count * 60 - 1, length)
        passed += 1
    day = walk.business_days(day, days)
    at = opens + passed if walk.direction > 0 else closes - passed
    moment = Moment(day, time(at // 60, at % 60))
    return Reckoned(moment, (*outside, *walk.because("business days")))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


_UNITS: dict[Unit, Callable[[Offset, Moment, _Walk], Reckoned]] = {
    "business days": _business_days,
    "business hours": _business_hours,
    "days": _calendar_unit,
    "weeks": _calendar_unit,
    "months": _calendar_unit,
}
