"""A client's steps as a calendar to import: all of them, or those of a role or a person."""

from __future__ import annotations

from dataclasses import dataclass

from sopwith import ical
from sopwith.ical import Entry, Sequences
from sopwith.outputs.page import Page
from sopwith.plan import Plan

NAME = "calendar.ics"


@dataclass(frozen=True, slots=True)
class Wish:
    """Events or to-dos; and whose steps, by ids: none stands for everybody's."""

    todos: bool = False
    role: str = ""
    person: str = ""

    def includes(self, entry: Entry) -> bool:
        """Say whether a step is asked for."""
        row = entry.row
        return self.role in ("", row.step.role) and (
            not self.person or any(who.id == self.person for who in row.who)
        )


def render(plan: Plan, folder: str, sequence: Sequences, wish: Wish = Wish()) -> Page:
    """Write a plan's calendar into a folder below build/."""
    company, client = plan.company, plan.client
    whose = [company.roles[wish.role].title] if wish.role else []
    whose += [company.people[wish.person].name] if wish.person else []
    content = ical.calendar(
        (entry for entry in ical.entries([plan]) if wish.includes(entry)),
        company,
        name=f"{client.name} ({', '.join(whose)})" if whose else client.name,
        today=plan.today,
        sequence=sequence,
        todos=wish.todos,
    )
    return Page(f"{folder}/{NAME}", content)
