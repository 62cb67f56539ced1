"""From a due date in words and a moment to the day or the time it means, and why.

A paused day does not count, in either direction; a result on a closed day moves off it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

from dateutil.relativedelta import relativedelta

from sopwith.due.calendar import BeyondHorizon, Calendar, last_of_month
from sopwith.due.forms import Offset, Unit
from sopwith.due.meant import Unreadable
from sopwith.due.walk import Reckoned, Walk
from sopwith.model import Count, Moment, Span
from sopwith.problem import nearest

_INTERVALS: dict[str, tuple[int, Unit]] = {
    "business day": (1, "business days"),
    "day": (1, "days"),
    "week": (1, "weeks"),
    "month": (1, "months"),
    "quarter": (3, "months"),
    "year": (12, "months"),
}


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
    walk = Walk(calendar, pauses, -1 if due.side == "before" else 1, locale)
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
    """Return the day k intervals after `from_`; k from 1.

    `every` is as `week`, `2 weeks`, `month`, `quarter`, `6 months`, `year`, `10 business days`.
    Only an interval in business days is lengthened by pauses: the others keep their rhythm.
    Raises Unreadable, NeverOpen and BeyondHorizon.
    """
    name = every.text.lstrip("0123456789 ").removesuffix("s")
    if name not in _INTERVALS:
        raise Unreadable(f'"{every}" is no interval', every.text, nearest(name, _INTERVALS) or "")
    times, unit = _INTERVALS[name]
    counted = pauses if unit == "business days" else ()
    return reckon(Offset(every.number * times * k, unit, "after"), from_, calendar, counted, locale)


def last_business_day(month_of: date, calendar: Calendar, locale: str = "en-US") -> Reckoned:
    """Return the last open day of the month that `month_of` lies in.

    In a month without one it is the next open day. Raises NeverOpen and BeyondHorizon.
    """
    last = last_of_month(month_of)
    days = (last - timedelta(before) for before in range(last.day))
    walk = Walk(calendar, (), -1 if any(map(calendar.is_open, days)) else 1, locale)
    return walk.settled(last)


def halfway(first: Moment, second: Moment, calendar: Calendar, locale: str = "en-US") -> Reckoned:
    """Return the day in the middle, the earlier of two; on a closed day, the next open one.

    Raises NeverOpen and BeyondHorizon.
    """
    start, end = sorted((first.day, second.day))
    return Walk(calendar, (), 1, locale).settled(start + (end - start) // 2)


def _calendar_unit(due: Offset, anchor: Moment, walk: Walk) -> Reckoned:
    count = due.count * walk.direction
    if due.unit != "months":
        end = anchor.day + timedelta(count * (7 if due.unit == "weeks" else 1))
    else:
        try:
            end = anchor.day + relativedelta(months=count)
        except ValueError as error:  # a year that is none, as in year 10000
            raise OverflowError(str(error)) from None
    return walk.settled(walk.over_pauses(anchor.day, end))


def _business_days(due: Offset, anchor: Moment, walk: Walk) -> Reckoned:
    # From a closed day the open day before it is counted from: nothing between the two counts.
    day = walk.business_days(anchor.day, due.count)
    return Reckoned(Moment(day), walk.because("business days"))


def _business_hours(due: Offset, anchor: Moment, walk: Walk) -> Reckoned:
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


_UNITS: dict[Unit, Callable[[Offset, Moment, Walk], Reckoned]] = {
    "business days": _business_days,
    "business hours": _business_hours,
    "days": _calendar_unit,
    "weeks": _calendar_unit,
    "months": _calendar_unit,
}
