"""Dates of a client that cannot all be kept, as gaps: what the file has still to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sopwith import due
from sopwith.model import Client, Company, Library, Moment, Span
from sopwith.plan.dates import Dates
from sopwith.plan.moments import Moments
from sopwith.plan.rows import Gap, Row
from sopwith.plan.stated import find_closed, find_disorder
from sopwith.problem import Spot
from sopwith.words import brief_day


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A day that the client's file states, which no pause moves, and the open rows due by it."""

    title: str
    on: str
    day: date
    rows: Sequence[Row]
    spot: Spot
    hint: str


def find_strains(
    library: Library,
    client: Client,
    today: date,
    calendar: due.Calendar,
    rows: Sequence[Row],
    early: Sequence[tuple[Row, Row]],
) -> tuple[Gap, ...]:
    """List days that a pause, what is done, what comes first, or who is there forbids."""
    if client.ended or client.about != "client":
        return ()
    company = library.company
    open_rows = [row for row in rows if row.is_open]
    return (
        *_paused(company, client, today, calendar, open_rows),
        *_held(company, client, today, rows),
        *(find_disorder(library, client, today) or _out_of_order(company, client, today, early)),
        *find_closed(company, client, today, calendar, open_rows),
        *_left(company, client, today, open_rows),
    )


# A pause --------------------------------------------------------------------------------------


def _paused(
    company: Company, client: Client, today: date, calendar: due.Calendar, rows: Sequence[Row]
) -> Iterator[Gap]:
    """Fixed days in a pause that is not over, and those whose steps it moves to before itself."""
    pauses = [pause for pause in client.paused if pause.to >= today]
    if not pauses:
        return
    unpaused = Moments(company, replace(client, paused=()), today, calendar)

    def day(when: date) -> str:
        return brief_day(when, today, company.locale)

    for fixed in _fixed(company, client, today, rows):
        for pause in pauses:
            span = f"the pause from {day(pause.from_)} to {day(pause.to)}"
            early = _early(fixed, pause, unpaused)
            if fixed.day in pause:
                message = f"{fixed.title} is {fixed.on} {day(fixed.day)}, in {span}"
            elif early:
                step, when = early
                moved = f'moves "{step.title}" up to {day(when)}'
                message = f"{fixed.title} stays on {day(fixed.day)}, so {span} {moved}"
            else:
                continue
            yield Gap("day-in-pause", message, fixed.hint, fixed.spot)
            break


def _fixed(company: Company, client: Client, today: date, rows: Sequence[Row]) -> Iterator[_Fixed]:
    """The days to come that are stated: of events, and of items something is still to be done of.

    The day of an optional event, such as the end of a contract, may well fall into a pause.
    """
    for id_, stated in client.dates.items():
        event = company.event(id_)
        if event and not event.optional and stated.moment.day >= today:
            due_by = [row for row in rows if _anchor(row) == id_]
            new = f"{{planned: {stated.planned}, now: DAY, why: THE PAUSE, caused_by: client}}"
            hint = f"write its new day: {id_}: {new}"
            yield _Fixed(event.title, "on", stated.moment.day, due_by, stated.at, hint)
    for kind in ("deliverables", "milestones"):
        for item in client.items(kind):
            due_by = [row for row in rows if row.step.for_each == kind and _is_of(row, item.id)]
            if due_by and item.due and item.due >= today:
                hint = "write its new day as due: on its line"
                leading = [row for row in due_by if _anchor(row) == "item-due"]
                yield _Fixed(item.title, "due", item.due, leading, item.at / "due", hint)


def _anchor(row: Row) -> str:
    rule = due.parse(row.step.due) if row.step.due else None
    return rule.event if isinstance(rule, due.Offset) else ""


def _is_of(row: Row, item: str) -> bool:
    return row.address.endswith(f"@{item}")


def _early(fixed: _Fixed, pause: Span, unpaused: Moments) -> tuple[Row, date] | None:
    """The first step that leads up to a fixed day and that a pause moves to before itself or us."""
    if fixed.day < pause.from_:
        return None
    found: list[tuple[date, int]] = []
    for number, row in enumerate(fixed.rows):
        rule = due.parse(row.step.due)
        if row.due and isinstance(rule, due.Offset) and rule.side == "before":
            plain = unpaused.reckon(rule, Moment(fixed.day))
            if plain and any(
                row.due.day < bound <= plain.moment.day for bound in (pause.from_, unpaused.today)
            ):
                found.append((row.due.day, number))
    return (fixed.rows[min(found)[1]], min(found)[0]) if found else None


# What has happened ----------------------------------------------------------------------------


def _held(company: Company, client: Client, today: date, rows: Sequence[Row]) -> Iterator[Gap]:
    """Events that are dated later than all was done that is done on their day."""
    for id_, stated in client.dates.items():
        on_day = [row for row in rows if row.step.due == f"on {id_}" and row.state != "out"]
        done = [
            (row.progress.done.day, row) for row in on_day if row.progress and row.progress.done
        ]
        event = company.event(id_)
        if not done or event is None or any(row.is_open for row in on_day):
            continue
        held, row = max(done, key=lambda pair: pair[0])
        if held < stated.moment.day:
            day, dated = (brief_day(d, today, company.locale) for d in (held, stated.moment.day))
            message = f'"{row.title}" was done on {day}, so {event.title} cannot be on {dated}'
            hint = f"write {held} there, or take back that the step is done"
            yield Gap("already-held", message, hint, stated.at)


# What comes first -----------------------------------------------------------------------------


def too_early(
    calendar: due.Calendar, rows: Sequence[Row], dates: Dates
) -> tuple[tuple[Row, Row], ...]:
    """Open steps that are due before one they wait for, each with that one, the longest first.

    A working day is no matter: what is due on one day is often ready by the next morning. Nor is
    a step that may never come, since nobody has decided so.
    """
    found: list[tuple[timedelta, Row, Row]] = []
    for row, waited in _before_what_they_wait_for([row for row in rows if row.is_open]):
        if row.due and waited.due and row.due < waited.due:
            first, last = row.due.day, waited.due.day
            passed_by = dates.may_pass_by(waited.address, row.address)
            if not passed_by and calendar.next_open(first + timedelta(days=1)) < last:
                found.append((last - first, row, waited))
    return tuple((row, waited) for _, row, waited in sorted(found, key=lambda one: -one[0]))


def _out_of_order(
    company: Company, client: Client, today: date, early: Sequence[tuple[Row, Row]]
) -> Iterator[Gap]:
    """The open step that is due the longest before one it waits for, and how many more are."""
    for row, waited in early[:1]:
        more = len(early) - 1
        others = f"; {more} more {'is' if more == 1 else 'are'} so" if more else ""
        day, then = (brief_day(r.due.day, today, company.locale) for r in (row, waited) if r.due)
        message = (
            f'"{row.title}" is due {day}, but "{waited.title}", which it waits for, {then}{others}'
        )
        hint = f"look which day under dates is not true: sopwith why {client.id} {row.address}"
        yield Gap("dates-out-of-order", message, hint, client.at / "dates")


def _before_what_they_wait_for(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    by_address = {row.address: row for row in rows}
    for row in rows:
        waited = (by_address[address] for address in row.waits_for if address in by_address)
        yield from ((row, other) for other in waited if other.step.id in row.step.wait_for)


# Who is gone by then ---------------------------------------------------------------------------


def _left(company: Company, client: Client, today: date, rows: Sequence[Row]) -> Iterator[Gap]:
    """Each of our people whose last day comes before that of steps which fall to them."""
    theirs: dict[str, list[Row]] = {}
    for row in rows:
        when = max(today, row.due.day if row.due else today)
        ours = [company.people[one.id] for one in row.who if one.id]
        # A step of several is still done where one of them is here.
        if all(person.left and person.left < when for person in ours):
            for person in ours:
                theirs.setdefault(person.id, []).append(row)
    for id_, late in theirs.items():
        who = company.people[id_]
        leaves = "left" if who.left and who.left < today else "leaves"
        day = brief_day(who.left, today, company.locale) if who.left else ""
        steps = "a step falls" if len(late) == 1 else f"{len(late)} steps fall"
        message = f'{who.name} {leaves} on {day}; {steps} to that name after it: "{late[0].title}"'
        hint = f"name somebody else under team: {late[0].step.role}: NAME, or in company.yml"
        yield Gap("has-left", message + (" first" if late[1:] else ""), hint, client.at / "team")
