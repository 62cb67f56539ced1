"""How far the clients are: one way through all plans, each looked at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sopwith import due
from sopwith.hands import spread
from sopwith.model import Library, Moment, Quarter
from sopwith.outputs.review.figures.clients import customer, touches
from sopwith.outputs.review.figures.moved import Moved
from sopwith.outputs.review.figures.progress import Worked
from sopwith.outputs.review.figures.report import Lack
from sopwith.outputs.review.figures.tally import Span, Tally
from sopwith.plan import Plan, PlannedSop, Plans, Row, State


def tally(library: Library, plans: Plans, span: Span) -> Tally:
    """Go through the plan of every client that the quarters touch, once; many in many hands."""
    calendar = due.Calendar.of(library.company.calendar)
    after = {sop.review.also_after for sop in library.sops.values()} - {""}

    def of_client(numbered: tuple[int, str]) -> Tally:
        number, id_ = numbered
        client, found = library.clients[id_], Tally()
        with_us = frozenset(q for q in span.quarters if touches(client, q))
        here = span.quarter in with_us
        name = client.name if id_ in span.shown.clients else ""
        if not with_us and not after:
            return found
        made = plans.of(id_)
        found.cover["engagements"] += here
        if here:
            found.customers.add(number)
        if made is None:
            found.cover["blocked"] += here
            if here and name:
                found.blocked_by.append((name, plans.blocked_by(id_)))
            return found
        if name:
            over = client.ended.date if client.ended else date.max
            for event in after & made.events.keys():
                found.events[event].append((made.events[event].day, over))
        moved = Moved(made, library, calendar)
        _count(found, made, _Client(made, number, name, here, with_us, moved), span)
        return found

    ids = sorted(library.clients)
    names = [customer(library.clients[id_]) for id_ in ids]
    first = {name: number for number, name in reversed([*enumerate(names)])}
    clients = [(first[name], id_) for name, id_ in zip(names, ids, strict=True)]
    together = Tally()
    for found in spread(of_client, clients, worth_it=len(clients) > plans.KEPT):
        together.add(found)
    return together


@dataclass(frozen=True, slots=True)
class _Client:
    plan: Plan
    number: int
    name: str
    here: bool
    with_us: frozenset[Quarter]
    moved: Moved


def _count(found: Tally, made: Plan, of: _Client, span: Span) -> None:
    used: set[str] = set()
    for planned in made.sops:
        starts: dict[str, date | None] = {planned.sop.id: _start(planned, of.moved)}
        for row in planned.rows:
            if row.calls:
                day = row.due.day if row.due else None
                starts[row.calls] = of.moved.first(row.address, day) if day else None
            elif row.state != "out" and row.sop.id in span.shown.sops:
                done = _done(made, row)
                _finished(found, row, of, done, starts.get(row.sop.id), span)
                used.add(row.sop.id)
                _open(found, row, of, done, span)
        if of.here:
            _passed(found.count, planned.rows, span)
    if of.here:
        found.count.update((id_, "clients") for id_ in used)
        _cover(found, made, of, span)


def _finished(
    found: Tally,
    row: Row,
    of: _Client,
    done: Moment | None,
    start: date | None,
    span: Span,
) -> None:
    """Count a step that was done in one of the quarters."""
    if done is None or done.day > span.until:
        return
    quarter = Quarter.of(done.day)
    early = _is_early(row)
    if row.due and not early and quarter in of.with_us:
        found.timed[quarter, _kept(done, row.due)] += 1
    if of.here and quarter == span.quarter:
        found.cover["early"] += early
        found.done[row.sop.id].append(_worked(row, of, done, start))


def _cover(found: Tally, made: Plan, of: _Client, span: Span) -> None:
    """Count what the numbers miss of this client."""
    addresses = {row.address for row in made.rows()}
    progress = made.client.progress.items()
    marks = [a for a, mark in progress if mark.done and mark.done.day in span.quarter]
    found.cover["unplaced"] += sum(address not in addresses for address in marks)
    found.cover["silent"] += not any(address in addresses for address in marks)
    found.cover["lacking"] += bool(made.gaps)
    if of.name:
        found.lacks += [Lack(of.name, gap.message, gap.hint) for gap in made.gaps]


def _start(planned: PlannedSop, moved: Moved) -> date | None:
    """When it was first planned to begin; some steps are due before the event that starts it."""
    if planned.case:
        return planned.case.opened.day
    event = moved.event(planned.sop.trigger.event)
    if event is None:
        return None
    dues = [
        moved.first(row.address, row.due.day)
        for row in planned.rows
        if row.due and row.sop.id == planned.sop.id
    ]
    return min((event, *dues))


def _is_early(row: Row) -> bool:
    """Say whether it was due before there was a procedure: nobody could go by it then."""
    changes = row.sop.changes
    return bool(row.due and changes and row.due.day < changes[-1].effective)


def _done(plan: Plan, row: Row) -> Moment | None:
    """When the step was done here: what another engagement of the customer did counts there."""
    own: Mapping[str, object] = plan.client.progress
    return row.progress.done if row.progress and row.address in own else None


def _kept(done: Moment, due_: Moment) -> bool:
    """Say whether a step was done by its due date; by the hour only where both state one."""
    if done.at is None or due_.at is None:
        return done.day <= due_.day
    return done <= due_


def _worked(row: Row, of: _Client, mark: Moment | None, start: date | None) -> Worked:
    path = of.plan.client.at.path if of.name else ""
    what = row.sop.id, row.step.id, row.step.title, row.address
    done = mark.day if mark else None
    if row.due is None:
        return Worked(*what, of.number, of.name, path, None, done)
    now = row.due.day
    shift = of.moved.shift(row.address, now)
    days = shift.days
    return Worked(
        *what,
        of.number,
        of.name,
        path,
        now,
        done,
        on_time=mark is not None and _kept(mark, row.due),
        first=shift.first,
        by_client=days.get("client", 0),
        by_us=days.get("us", 0),
        paused=days.get("paused", 0),
        planned=(shift.first - start).days if start else None,
        actual=(done - start).days if start and done else None,
        early=_is_early(row),
    )


def _open(found: Tally, row: Row, of: _Client, done: Moment | None, span: Span) -> None:
    """Count what was still to do on the last day of the span, and what was set aside."""
    if not of.here:
        return
    id_, ended = row.sop.id, of.plan.client.ended
    later = done is not None and done.day > span.until
    over = ended is not None and ended.date <= span.until
    is_open, was_open = row.is_open, not over and (later or row.state == "ended")
    if span.until == span.today:
        is_late = row.state == "overdue"
    else:
        is_late = (is_open or was_open) and row.due is not None and row.due.day < span.until
    if is_open or was_open:
        found.count[id_, "to do"] += 1
    if row.state in _SETTLED and not later:
        found.count[id_, _SETTLED[row.state]] += 1
    if is_open and row.due is None:
        found.cover["undated"] += 1
    if is_late and _is_early(row):
        found.cover["early"] += 1
    elif is_late:
        found.late[id_].append(_worked(row, of, None, None))


_SETTLED: Mapping[State, str] = {
    "not-applicable": "not applicable",
    "excepted": "excepted",
    "done": "done ever",
}


def _passed(count: Counter[tuple[str, str]], rows: Sequence[Row], span: Span) -> None:
    """Count the open steps that a later step of the same SOP has overtaken."""
    overtaken: set[str] = set()
    for row in reversed(rows):
        if row.sop.id not in span.shown.sops:
            continue
        if row.state == "done":
            overtaken.add(row.sop.id)
        elif row.is_open and not row.only_if and row.sop.id in overtaken:
            count[row.sop.id, "passed"] += row.due is None or row.due.day <= span.until
