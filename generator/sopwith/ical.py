"""The steps of plans as a calendar that other programs read (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sopwith.model import Client, Company, Moment
from sopwith.places import step_address
from sopwith.plan import OPEN, Assignee, Plan, PlannedSop, Row

if TYPE_CHECKING:
    from icalendar import Event, Timezone, Todo

Sequences = Callable[[Client], int]
"""How often what a client's dates hang on has changed: it rises whenever one of them moves."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, and the plan and SOP that it is part of."""

    plan: Plan
    planned: PlannedSop
    row: Row

    @property
    def client(self) -> Client:
        """Whose plan it is."""
        return self.plan.client


def entries(plans: Iterable[Plan]) -> Iterable[Entry]:
    """Every step of these plans, in order; rows that only call an SOP are none."""
    return (
        Entry(plan, planned, row)
        for plan in plans
        for planned in plan.sops
        for row in planned.rows
        if not row.calls
    )


def calendar(
    found: Iterable[Entry],
    company: Company,
    *,
    name: str,
    today: date,
    sequence: Sequences,
    todos: bool = False,
) -> bytes:
    """Write steps as all-day events, or as to-dos; one due at a time stands at that time.

    Imported again, the file mends what an earlier one brought: a step keeps its UID, and SEQUENCE
    is what `sequence` says of its client. A step that is done keeps its day with a tick before its
    name; one that is no longer to be done is CANCELLED, unless the client's facts left it out from
    the start. A step without a date is in the list of to-dos only.
    """
    from icalendar import Calendar  # 50 ms that most commands need not spend

    kept = [entry for entry in found if _is_kept(entry.row, todos)]
    kept.sort(key=lambda e: (e.row.due or Moment(date.max), e.client.id, e.row.address))
    made = Calendar()
    made.add("prodid", "-//Sopwith//Sopwith//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _line(name))
    zone = _zone(kept, company)
    if zone:
        made.add_component(zone)
    for entry in kept:
        part = _todo(entry) if todos else _event(entry)
        part.add("dtstamp", datetime.combine(today, time(), UTC))
        part.add("sequence", sequence(entry.client))
        made.add_component(part)
    return bytes(made.to_ical())


def _is_kept(row: Row, todos: bool) -> bool:
    if row.state == "out" and row.step.when and not row.decided_by:
        return False
    return row.due is not None or (todos and (row.state in OPEN or row.state == "done"))


def _event(entry: Entry) -> Event:
    from icalendar import Event

    row, made = entry.row, Event()
    tick = "✓ " if row.state == "done" else ""
    _tell(made, entry, tick)
    if row.due:
        made.add("dtstart", _when(row.due, entry.plan.company))
        if row.due.at is None:
            made.add("dtend", row.due.day + timedelta(1))
    made.add("transp", "TRANSPARENT")  # a deadline keeps nobody from meeting
    made.add("status", "CONFIRMED" if _stands(row) else "CANCELLED")
    return made


def _todo(entry: Entry) -> Todo:
    from icalendar import Todo

    row, made = entry.row, Todo()
    _tell(made, entry, "")
    if row.due:
        made.add("due", _when(row.due, entry.plan.company))
    done = row.progress.done if row.progress and row.state == "done" else None
    if done:
        zone = ZoneInfo(entry.plan.company.timezone)
        made.add("completed", datetime.combine(done.day, done.at or time(), zone).astimezone(UTC))
        made.add("percent-complete", 100)
    open_or_not = "NEEDS-ACTION" if _stands(row) else "CANCELLED"
    made.add("status", "COMPLETED" if row.state == "done" else open_or_not)
    return made


def _stands(row: Row) -> bool:
    return row.state in OPEN or row.state == "done"


def _tell(made: Event | Todo, entry: Entry, mark: str) -> None:
    """What events and to-dos have in common."""
    row, client, company = entry.row, entry.client, entry.plan.company
    host = urlsplit(company.handbook).hostname
    link = step_address(company.handbook, row.sop.stage, row.sop.id, row.step.id)
    critical = "◆ " if row.step.critical else ""
    made.add("uid", f"{row.address}.{client.id}" + (f"@{host}" if host else ""))
    made.add("summary", f"{mark}{critical}{_line(client.name)}: {_line(row.title)}")
    made.add("description", "\n".join(filter(None, [*_about(entry), link])))
    made.add("categories", [_line(client.name)])
    made.add("priority", 1 if row.step.critical else 5)
    if link:
        made.add("url", link)


def _about(entry: Entry) -> Sequence[str]:
    row, company = entry.row, entry.plan.company
    role = company.roles.get(row.step.role)
    people = ", ".join(_named(who, company) for who in row.who) or "nobody named"
    return (
        f"{_line(row.sop.title)}, {row.number}",
        f"{_line(role.title if role else row.step.role)}: {people}",
        "A critical step." if row.step.critical else "",
        f"Only if {_line(row.only_if)}" if row.only_if else "",
    )


def _named(who: Assignee, company: Company) -> str:
    absent = company.people.get(who.absence.who) if who.absence else None
    return _line(f"{who.name} (for {absent.name})" if absent else who.name)


def _when(moment: Moment, company: Company) -> date | datetime:
    if moment.at is None:
        return moment.day
    return datetime.combine(moment.day, moment.at, ZoneInfo(company.timezone))


def _zone(kept: Sequence[Entry], company: Company) -> Timezone | None:
    """The company's time zone, over the days that are spoken of, where a time is among them."""
    from icalendar import Timezone

    timed = [entry.row.due.day for entry in kept if entry.row.due and entry.row.due.at]
    if not timed:
        return None
    return Timezone.from_tzid(
        company.timezone, first_date=timed[0], last_date=timed[-1] + timedelta(1)
    )


def _line(text: str) -> str:
    """A name on one line."""
    return " ".join(text.split())
