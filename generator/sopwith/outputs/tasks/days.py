"""Tasks that are on another day in a tool than in the plan, by what the plan counts them from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sopwith import due
from sopwith.exports import Record, read_moment
from sopwith.model import Moment
from sopwith.plan import Plan, Row
from sopwith.words import brief_day, near_day, typed_day

Write = Callable[[date, date, str], str]
_BUILT_IN = {
    "opened": "the day on which the case was opened",
    "joined": "the first day here",
    "quarter-start": "the first day of the quarter",
    "quarter-end": "the last day of the quarter",
}


@dataclass(frozen=True, slots=True)
class OtherDay:
    """An open step, the day that a file has for it, and the plan's, both in words."""

    row: Row
    says: str
    planned: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What a day is counted from in the end, in words; what `has_happened` moves no more."""

    says: str
    has_happened: bool = False


@dataclass(frozen=True, slots=True)
class OtherDays:
    """The open steps that a file has on another day than the plan.

    `there` are those of which somebody may have changed the day in the tool, by what the plan
    counts them from; `here` how many have moved in the plan alone.
    """

    there: Mapping[Origin, Sequence[OtherDay]]
    here: int


def is_other_day(record: Record, planned: Moment | None, plan: Plan) -> bool:
    """Say whether a file has a task on another day; never where it has no place for days."""
    return record.due is not None and _day(record.due, plan) != (planned and planned.day)


def is_changed_there(record: Record, plan: Plan) -> bool | None:
    """Say whether a task has another day than it went into the tool with; None: nobody can tell."""
    if record.planned is None or record.due is None:
        return None
    return _day(record.due, plan) != _day(record.planned, plan)


def _day(said: str, plan: Plan) -> date | str | None:
    """A day that a file has; what is none as it stands there, and so unlike any day.

    In numbers it may stand as the spreadsheets of the company's locale save it: nothing is
    recorded of it.
    """
    read = read_moment(said, plan.company.timezone)
    return (
        read.day if read else typed_day(said.partition(" ")[0], plan.company.locale) or said or None
    )


def in_words(day: Moment | str | None, plan: Plan, write: Write = near_day) -> str:
    """A day of the plan, or of a file, in words; what is no day stays as it stands there."""
    read = _day(day, plan) if isinstance(day, str) else day and day.day
    if isinstance(read, date):
        return write(read, plan.today, plan.company.locale)
    return read or "no date"


def other_days(plan: Plan, had: Sequence[Record]) -> OtherDays:
    """Hold the days of a file against the plan's.

    What the plan will never have a day for may have any in the tool.
    """
    rows = {row.address: row for row in plan.rows()}
    known = {r.id: r for r in had if r.id.startswith(f"{plan.client.id}/") and not r.settled}
    there: dict[Origin, list[OtherDay]] = {}
    here = 0
    for row in rows.values():
        record = known.get(f"{plan.client.id}/{row.address}")
        if record is None or not row.is_open or not (row.due or row.due_words):
            continue
        if not is_other_day(record, row.due, plan):
            continue
        if is_changed_there(record, plan) is False:
            here += 1
        else:
            says, planned = (in_words(day, plan, brief_day) for day in (record.due, row.due))
            other = OtherDay(row, says, planned)
            there.setdefault(origin(row, rows, plan), []).append(other)
    return OtherDays(there, here)


def origin(row: Row, rows: Mapping[str, Row], plan: Plan) -> Origin:
    """What the date of a row is counted from in the end: an event, or a step that is done."""
    seen = {row.address}
    while (before := rows.get(row.hangs_on)) and before.address not in seen:
        seen.add(before.address)
        row = before
        if row.progress and row.progress.done:
            done = in_words(row.progress.done, plan, brief_day)
            return Origin(f'"{row.title}", done on {done}', has_happened=True)
    rule = due.parse(row.step.due) if row.step.due else None
    event = rule.event if isinstance(rule, due.Offset) else ""
    event = event or (row.step.repeat.from_ if row.step.repeat else "")
    return _event(event, row, plan) if event else Origin(f'"{row.title}"')


def _event(event: str, row: Row, plan: Plan) -> Origin:
    """An event, and where the client's file says when it is."""
    if event == "item-due":
        return Origin(_item(row, plan))
    if event in _BUILT_IN:
        return Origin(_BUILT_IN[event], has_happened=True)
    known = plan.company.event(event)
    if known and known.is_ and event not in plan.client.dates:
        return Origin(f"{event}, {known.is_}")
    when = plan.events.get(event)
    if when and (when.day < plan.today or _is_held(event, plan)):
        return Origin(f"{event}, on {in_words(when, plan, brief_day)}", has_happened=True)
    return Origin(f'{event}, under "dates"')


def _is_held(event: str, plan: Plan) -> bool:
    """Whether all that is to be done on an event's own day is done."""
    rows = [r for r in plan.rows() if r.step.due == f"on {event}" and r.state != "out"]
    return bool(rows) and all(row.state == "done" for row in rows)


def _item(row: Row, plan: Plan) -> str:
    """The deliverable or milestone that a row is for, by the end of its address."""
    names = re.split("[@/]", row.address)
    for kind in ("deliverables", "milestones"):
        for item in plan.client.items(kind):
            if item.id in names[1:]:
                return f'{item.id}, under "{kind}"'
    return f'"{row.title}"'
