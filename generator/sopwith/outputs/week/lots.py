"""What lies before whom this week and next: rows of all plans, picked out and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from sopwith.ical import Entry
from sopwith.model import Client, Company, Moment
from sopwith.plan import Plan, PlannedSop, Row, assignees

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Days:
    """The week that a day is in, from its first day to its last; `until` is the next one's last."""

    first: date
    last: date
    until: date

    @classmethod
    def around(cls, today: date, company: Company) -> Days:
        """The week of a day. It begins after the longest run of days on which nobody works."""
        first = today - timedelta((today.weekday() - _begins(company)) % 7)
        return cls(first, first + timedelta(6), first + timedelta(13))


def _begins(company: Company) -> int:
    """The number of the weekday that a week begins on: Monday, unless that is a day off."""
    works = [day in company.calendar.working_days for day in _DAYS]

    def days_off_before(day: int) -> int:
        return len(list(takewhile(lambda back: not works[day - back], range(1, 7))))

    return max((day for day in range(7) if works[day]), key=days_off_before, default=0)


@dataclass(frozen=True, slots=True)
class Task:
    """A row that is open, and whose it is: those who do it, or see that the client does.

    `held_up` says that nothing can be done before the client has done something; `near`, that it
    belongs on the page of these two weeks.
    """

    entry: Entry
    people: frozenset[str]
    held_up: bool
    near: bool

    @property
    def row(self) -> Row:
        """The row itself."""
        return self.entry.row


@dataclass(frozen=True, slots=True)
class Lot:
    """What lies before one person, or what nobody holds; `later` and `undated` only counted.

    `resting` was due before this week, and nobody is late with it: the work is paused, or nobody
    has decided yet that it is to be done.
    """

    overdue: tuple[Task, ...]
    resting: tuple[Task, ...]
    this_week: tuple[Task, ...]
    next_week: tuple[Task, ...]
    waiting: tuple[Task, ...]
    later: int
    undated: int

    @property
    def near(self) -> tuple[Task, ...]:
        """All that is on the page."""
        return (*self.overdue, *self.resting, *self.this_week, *self.next_week, *self.waiting)


def lot(tasks: Iterable[Task], days: Days) -> Lot:
    """Sort tasks by when they are to be done."""
    found = list(tasks)
    near = sorted((task for task in found if task.near), key=_rank)
    free = [task for task in near if not task.held_up]
    overdue = [task for task in free if task.row.state == "overdue"]
    overdue.sort(key=lambda task: not task.row.step.critical)
    on_time = [task for task in free if task.row.due and task.row.state != "overdue"]
    far = [task for task in found if not task.near and not _is_outside(task.entry)]
    return Lot(
        tuple(overdue),
        tuple(t for t in on_time if t.row.due and t.row.due.day < days.first),
        tuple(t for t in on_time if t.row.due and days.first <= t.row.due.day <= days.last),
        tuple(t for t in on_time if t.row.due and t.row.due.day > days.last),
        tuple(task for task in near if task.held_up),
        sum(task.row.due is not None for task in far),
        sum(task.row.due is None for task in far),
    )


def _rank(task: Task) -> tuple[object, ...]:
    """By day, critical steps first; those of one client stay in the order of its plan."""
    due = task.row.due or Moment(date.max)
    return (due.day, not task.row.step.critical, due, task.entry.client.name)


def tasks(plans: Iterable[Plan], days: Days) -> Iterator[Task]:
    """Every open row of these plans, with whose it is."""
    for plan in plans:
        asked = _asked_of_the_client(plan, days)
        for planned in plan.sops:
            for row in planned.rows:
                if row.is_open:
                    yield _task(Entry(plan, planned, row), asked, days)


def _task(entry: Entry, asked: frozenset[str], days: Days) -> Task:
    row = entry.row
    soon = row.due is not None and row.due.day <= days.until
    if _is_outside(entry):
        return Task(entry, _who_asks(entry), True, row.address in asked)
    held_up = _waits_for_the_client(entry)
    near = soon or not asked.isdisjoint(row.waits_for)
    return Task(entry, frozenset(who.id for who in row.who), held_up, near)


def managed(tasks: Iterable[Task], person: str) -> Iterator[tuple[Client, tuple[Row, ...]]]:
    """The clients whose project manager someone is today, each with its open rows in order."""
    plans = {task.entry.client.id: task.entry.plan for task in tasks}
    for plan in plans.values():
        role = plan.company.roles.get("project-manager")
        if role and plan.client.about == "client":
            holders = assignees(role, plan.client, plan.company, plan.today)
            if person in {who.id for who in holders}:
                yield plan.client, plan.open_rows()


def _is_outside(entry: Entry) -> bool:
    return entry.plan.company.roles[entry.row.step.role].outside


def _waits_for_the_client(entry: Entry) -> bool:
    rows = {row.address: row for row in entry.plan.rows()} if entry.row.waits_for else {}
    waited = (rows[address] for address in entry.row.waits_for)
    return any(entry.plan.company.roles[row.step.role].outside for row in waited)


def _asked_of_the_client(plan: Plan, days: Days) -> frozenset[str]:
    """The steps that the client could do now, or is to do within these two weeks."""
    return frozenset(
        row.address
        for planned in plan.sops
        for row in planned.rows
        if row.is_open
        and plan.company.roles[row.step.role].outside
        and not row.waits_for
        and (row.due.day <= days.until if row.due else _is_next(planned, row))
    )


def _is_next(planned: PlannedSop, row: Row) -> bool:
    """Say whether all before a row of its SOP is settled."""
    before = takewhile(lambda other: other.address != row.address, planned.rows)
    return not any(other.is_open for other in before)


def _who_asks(entry: Entry) -> frozenset[str]:
    """Whoever of us waits for what the client is to do, or goes on when it is done.

    Those who do the steps that wait for it and those who take part in it; else who does the next
    step of that SOP; else the SOP's owner.
    """
    plan, row = entry.plan, entry.row
    waiting = [other for other in plan.rows() if row.address in other.waits_for]
    people = _people(waiting) | _holders(entry, row.step.with_)
    if people:
        return people
    after = [other for other in _after(entry) if other.is_open and _people([other])]
    return _people(after[:1]) or _holders(entry, [row.sop.owner])


def _after(entry: Entry) -> Sequence[Row]:
    rows = entry.planned.rows
    return rows[rows.index(entry.row) + 1 :]


def _people(rows: Iterable[Row]) -> frozenset[str]:
    """Those of us who do these rows; whoever is at the client has no id."""
    return frozenset(who.id for row in rows for who in row.who if who.id)


def _holders(entry: Entry, roles: Iterable[str]) -> frozenset[str]:
    plan, row = entry.plan, entry.row
    day = max(row.due.day, plan.today) if row.due else plan.today
    case = entry.planned.case
    found = (assignees(plan.company.roles[r], plan.client, plan.company, day, case) for r in roles)
    return frozenset(who.id for each in found for who in each if who.id)
