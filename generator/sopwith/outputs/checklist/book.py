"""What a checklist names, in words: people, roles, events, SOPs and other rows; and days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sopwith import due
from sopwith.model import Moment, Person
from sopwith.plan import BUILT_IN, Assignee, Plan, Row
from sopwith.words import brief_day, moment, near_day

LATER = timedelta(days=28)
"""What is due after these is weeks away: there will be a newer checklist by then."""

FEW = 3
"""More people than these are counted, not named one by one."""


class Book:
    """What a row refers to, by name: people, roles, events, SOPs, other rows; and days in words."""

    def __init__(self, plan: Plan, locale: str, titles: Mapping[str, str]) -> None:
        self._company = plan.company
        self._today = plan.today
        self._locale = locale
        self._events = plan.events
        self.later = plan.today + LATER
        self._rows = {row.address: row for row in plan.rows()}
        self._sops = {**titles, **{sop.id: sop.title for sop, _ in plan.left_out}}
        self._sops |= {row.sop.id: row.sop.title for row in plan.rows()}
        self._sops |= {planned.sop.id: planned.sop.title for planned in plan.sops}

    def person(self, person: str) -> str:
        """A person's name."""
        return self._person(person).name

    def initials(self, person: str) -> str:
        """A person's initials."""
        return self._person(person).signs

    def _person(self, person: str) -> Person:
        return self._company.people.get(person, Person(person, person))

    def role(self, role: str) -> str:
        """A role's title."""
        known = self._company.roles.get(role)
        return known.title if known else role

    def event(self, event: str) -> str:
        """An event's title."""
        known = self._company.event(event)
        words = BUILT_IN.get(event, event).removeprefix("the ")
        return known.title if known else f"{words[:1].upper()}{words[1:]}"

    def sop(self, sop: str) -> str:
        """An SOP's title: in the version that is planned, where it is."""
        return self._sops.get(sop, sop)

    def row(self, address: str) -> str:
        """Another row's number and title."""
        row = self._rows.get(address)
        return f"{row.number} {row.title}" if row else address

    def people(self, row: Row) -> str:
        """Who is to do a row, and for whom, or who did it; of many only the number."""
        role = self._company.roles.get(row.step.role)
        if row.progress and row.state == "done" and not (role and role.outside):
            return self.person(row.progress.by)
        if len(row.who) > FEW:
            return f"{len(row.who)} people"
        return ", ".join(map(self._present, row.who)) or "nobody named"

    def _present(self, who: Assignee) -> str:
        return f"{who.name} for {self.person(who.absence.who)}" if who.absence else who.name

    def lacks(self, row: Row) -> Iterator[str]:
        """The event for want of which a row has no date: its own, or of the row it hangs on."""
        seen: set[str] = set()
        while row.hangs_on in self._rows and row.hangs_on not in seen:
            seen.add(row.hangs_on)
            row = self._rows[row.hangs_on]
        rule = due.parse(row.step.due) if row.step.due else None
        event = rule.event if isinstance(rule, due.Offset) else ""
        event = event or (row.step.repeat.from_ if row.step.repeat else "")
        if event and event not in BUILT_IN and event not in self._events:
            yield event

    def long(self, when: Moment | date) -> str:
        """A day with its year, and its time where it has one."""
        return moment(when, self._locale)

    def short(self, when: Moment | date) -> str:
        """A weekday, day and month; with the year where it is not this one."""
        return near_day(when, self._today, self._locale)

    def done(self, when: Moment | date) -> str:
        """A day and month; with the year where it is not this one."""
        return brief_day(when, self._today, self._locale)

    def due(self, row: Row) -> str:
        """When a row is due: a day, or, while it has none, in words; nothing where it is not."""
        if row.state in ("not-applicable", "excepted", "ended"):
            return ""
        return self.short(row.due) if row.due else row.due_words or "no date"
