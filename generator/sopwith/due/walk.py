"""A way through the calendar, day by day, and what stood in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from sopwith.due.calendar import LONGEST_CLOSED, WEEKDAYS, BeyondHorizon, Calendar, NeverOpen
from sopwith.due.forms import amount
from sopwith.model import Moment, Span

Direction = Literal[1, -1]

_FARTHEST = timedelta(days=36525)
"""A hundred years: no due date can mean more, and a pause without an end must not be walked."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day, or a time where hours were asked for, and step by step how it came about."""

    moment: Moment
    because: tuple[str, ...] = ()


@dataclass(slots=True)
class Walk:
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
        for pause in self.pauses:
            if day in pause:
                return pause
        return None

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


def short_day(day: date, locale: str) -> str:
    """Write a day for the reasons, which are in English: `Fri, Nov 27`, or `Fri 27 Nov`."""
    if locale == "en-US":
        return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}"
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


# Not strftime: what it writes depends on where it runs.
_DAYS = tuple(day[:3] for day in WEEKDAYS)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
