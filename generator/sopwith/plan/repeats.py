"""A step that comes again and again: each time with its date, and how long it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from dateutil.relativedelta import relativedelta

from sopwith import due
from sopwith.model import Case, Ending, Moment, Repeat, Step
from sopwith.plan.draft import Draft
from sopwith.plan.moments import Moments, later

# Without an end, a repeat is shown this far ahead (semantics, "Repeats").
HORIZON = relativedelta(months=3)


def occurrences(
    base: Draft, repeat: Repeat, every: str, moments: Moments, ended: Ending | None
) -> Iterator[Draft]:
    """Each time of a step that repeats; the first alone while nobody knows when or how often.

    `every` is the interval, empty while it is not agreed; `ended` the end of the engagement.
    """
    start = moments.event(repeat.from_, base.case)
    base = base._replace(every=every or "so often as agreed")
    first = base._replace(address=f"{base.address}@1", suffix="1")
    if start is None or not every:
        yield first
        return
    end, goes_on = _end(repeat, base.case, moments, ended)
    dates = list(_falls(base.step, every, start, end, moments))
    if not dates:
        yield first if goes_on else first._replace(out="it would first fall after the end")
    for number, falls in enumerate(dates, start=1):
        is_last = number == len(dates)
        goes = f"goes on; shown through {moments.in_words(end)}"
        notes = (*base.notes, goes) if is_last and goes_on else ()
        # Two that a closed day moved together are one: the later number is kept.
        merged = not is_last and falls.moment.day == dates[number].moment.day
        yield base._replace(
            address=f"{base.address}@{number}",
            suffix=str(number),
            which=str(number),
            falls=falls,
            notes=notes,
            out=f"falls on the same day as number {number + 1}" if merged else base.out,
        )


def _falls(
    step: Step, every: str, start: Moment, end: Moment, moments: Moments
) -> Iterator[due.Reckoned]:
    """Each date of a repeat up to the end, which is included.

    The day that the interval gives decides what is still within the end, and which month it is
    whose last business day is asked for: not the day that a closed one moved it to.
    """
    of_month = isinstance(due.parse(step.due), due.LastBusinessDay) if step.due else False
    for number in count(1):
        # A pause moves no month: each has its last business day, none has two.
        nominal = moments.nominal(every, number, start, rests=not of_month)
        if nominal is None or nominal > end.day:
            return
        falls = (
            moments.last_business_day(Moment(nominal))
            if of_month
            else moments.occurrence(every, number, start)
        )
        if falls is None:
            return
        yield falls


def _end(
    repeat: Repeat, case: Case | None, moments: Moments, ended: Ending | None
) -> tuple[Moment, bool]:
    """Until when a repeat is shown, and whether it goes on after that."""
    until = moments.event(repeat.until, case) if repeat.until else None
    if ended and (until is None or ended.date < until.day):
        return Moment(ended.date), False
    return (until, False) if until else (Moment(later(moments.today, HORIZON)), True)
