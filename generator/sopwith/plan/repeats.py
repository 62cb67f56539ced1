"""A step that comes again and again: each time with its date, and how long it goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from sopwith import due
from sopwith.due.forms import amount
from sopwith.model import Case, Count, Ending, Moment, Repeat, Sop, Step
from sopwith.plan.draft import Draft
from sopwith.plan.moments import Moments, later
from sopwith.plan.record import Record

# Without an end, a repeat is shown this far ahead (semantics, "Repeats").
HORIZON = relativedelta(months=3)
_GOES_ON = "goes on; shown three months ahead"
_TOO_LATE = "it would first fall after the end"


class _Time(NamedTuple):
    """One time that a repeat comes: its date, and what a pause took out since the one before."""

    falls: due.Reckoned
    skipped: tuple[str, ...]


def occurrences(
    base: Draft, repeat: Repeat, every: str, moments: Moments, record: Record, ended: Ending | None
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
    times = list(_times(base, every, start, end, moments, record))
    if not times:
        nominal = moments.nominal(every, 1, start)
        rests = nominal is not None and nominal <= end.day
        out = "work is paused whenever it would fall" if rests else _TOO_LATE
        yield first if goes_on else first._replace(out=out)
    untold: tuple[str, ...] = ()
    for number, (falls, skipped) in enumerate(times, start=1):
        is_last = number == len(times)
        # Two that a closed day moved together are one: the later number is kept.
        merged = not is_last and falls.moment.day == times[number].falls.moment.day
        untold += skipped
        yield base._replace(
            address=f"{base.address}@{number}",
            suffix=str(number),
            which=str(number),
            falls=falls,
            notes=()
            if merged
            else (*base.notes, *untold, *([_GOES_ON] if is_last and goes_on else [])),
            out=f"falls on the same day as number {number + 1}" if merged else base.out,
        )
        untold = (*untold, f"number {number} falls on this day too") if merged else ()


def _times(
    base: Draft, every: str, start: Moment, end: Moment, moments: Moments, record: Record
) -> Iterator[_Time]:
    """Each time of a repeat up to the end, which is included; none lies in a pause.

    The day that the interval gives decides what is still within the end, and which month it is
    whose last business day is asked for: not the day that a closed one moved it to. Each month has
    that day, also one in which work rests. What was done in a pause, or early, stays.
    """
    lead = _lead(base.sop, base.step)
    of_month = isinstance(due.parse(lead.due), due.LastBusinessDay) if lead.due else False
    number, skipped, since = 1, Counter[str](), Counter[str]()
    for interval in count(1):
        nominal = moments.nominal(every, interval, start)
        if nominal is None or nominal > end.day:
            return
        falls = (
            moments.last_business_day(Moment(nominal))
            if of_month
            else moments.occurrence(every, interval, start)
        )
        if falls is None:
            return
        pause = None if of_month else moments.pause(nominal) or moments.pause(falls.moment.day)
        if pause and not _done_by(pause.to, f"{base.scope}/{lead.id}@{number}", record):
            since[pause.why] += 1
            continue
        skipped += since
        because = (*_skipped(every, skipped), *falls.because)
        yield _Time(replace(falls, because=because), _skipped(every, since))
        number, since = number + 1, Counter()


def _lead(sop: Sop, step: Step) -> Step:
    """The step whose days a repeat keeps to: itself, or that of the same rhythm it is due after.

    So each invoice has its payment, whatever the pauses.
    """
    for _ in sop.steps:  # no circle is longer
        rule = due.parse(step.due) if step.due else None
        before = sop.step(rule.step) if isinstance(rule, due.Offset) and rule.step else None
        if before is None or _rhythm(before) != _rhythm(step):
            break
        step = before
    return step


def _done_by(day: date, address: str, record: Record) -> bool:
    progress = record.progress.get(address)
    return bool(progress and progress.done and progress.done.day <= day)


def _rhythm(step: Step) -> object:
    repeat = step.repeat
    return repeat and (repeat.every.count, repeat.every.fact, repeat.from_, repeat.until)


def _skipped(every: str, pauses: Counter[str]) -> tuple[str, ...]:
    """Say how often each pause took a repeat out: `3 weeks skipped while paused (Summer break)`."""
    interval = Count(every)

    def said(times: int) -> str:
        if interval.number == 1:
            return amount(times, f"{interval.unit}s")
        return f"{'one' if times == 1 else times} before it"

    return tuple(
        f"{said(times)} skipped while paused" + (f" ({why})" if why else "")
        for why, times in pauses.items()
    )


def _end(
    repeat: Repeat, case: Case | None, moments: Moments, ended: Ending | None
) -> tuple[Moment, bool]:
    """Until when a repeat is shown, and whether it goes on after that."""
    until = moments.event(repeat.until, case) if repeat.until else None
    if ended and (until is None or ended.date < until.day):
        return Moment(ended.date), False
    return (until, False) if until else (Moment(later(moments.today, HORIZON)), True)
