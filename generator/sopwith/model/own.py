"""What plans of our own are made for: one of our people, or the firm in a quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sopwith.model.client import Case, Client, Contact, EventDate, Progress, Waiver
from sopwith.model.company import Company, Person
from sopwith.model.quarter import Quarter
from sopwith.model.values import About, Address, Moment, PersonId, RoleId, origin
from sopwith.problem import Spot

OWN_EVENTS: Mapping[About, tuple[str, ...]] = {
    "client": (),
    "person": ("joined",),
    "firm": ("quarter-start", "quarter-end"),
}
"""Events that need not be listed: each of our people, and each quarter, has them by itself."""


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """What became of the plan of a person or a quarter: `id` is `people/nell`, say.

    `team` says who holds a role in this plan, where that is not all who hold it.
    """

    id: str
    team: Mapping[RoleId, tuple[PersonId, ...]] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    exceptions: tuple[Waiver, ...] = ()
    progress: Mapping[Address, Progress] = field(default_factory=dict)
    at: Spot = origin()


def subject(company: Company, record: OwnRecord) -> Client | None:
    """One of our people, or a quarter, with what is recorded; None where there is none such."""
    folder, _, name = record.id.partition("/")
    if folder == "people" and name in company.people:
        found = _person(company, company.people[name])
    elif folder == "quarters" and Quarter.is_one(name):
        found = _quarter(Quarter.parse(name))
    else:
        return None
    return replace(
        found,
        id=record.id,
        team={**found.team, **record.team},
        cases=record.cases,
        exceptions=record.exceptions,
        progress=record.progress,
        at=record.at,
    )


def _person(company: Company, person: Person) -> Client:
    joined = person.joined
    roles = company.roles.values()
    return Client(
        id=person.id,
        name=person.name,
        contacts=(Contact(person.name, email=person.email, main=True, at=person.at),),
        # What falls to a role that several hold falls, in the plan of one of them, to that one.
        team={role.id: (person.id,) for role in roles if person.id in role.held_by},
        dates={"joined": EventDate(Moment(joined), at=person.at / "joined")} if joined else {},
    )


def _quarter(quarter: Quarter) -> Client:
    first, last = EventDate(Moment(quarter.first)), EventDate(Moment(quarter.last))
    return Client(
        id=str(quarter), name=quarter.label, dates={"quarter-start": first, "quarter-end": last}
    )
