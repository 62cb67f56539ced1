"""A made-up client, so that a letter can be read as a client would get it.

Made of what `company.yml` says, not written in a file: so every firm has one, none is a client,
and no edition shows of it what its readers may not see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sopwith import due
from sopwith.model import (
    OWN_EVENTS,
    About,
    Case,
    Client,
    Company,
    Contact,
    EventDate,
    FeeLine,
    Fees,
    Item,
    Library,
    Moment,
)
from sopwith.outputs.handbook.edition import Edition, Use
from sopwith.plan import Plan, Row, plan

_IDS: Mapping[About, str] = {
    "client": "example",
    "person": "people/example",
    "firm": "quarters/example",
}
_APART = timedelta(days=14)


def example(edition: Edition, calendar: due.Calendar, use: Use | None) -> tuple[Plan, Row | None]:
    """Plan one SOP for the example client, and find the step of it that calls for a letter.

    `use` is that step; without one nothing is planned but who everybody is.
    """
    company, today = _company(edition), edition.context.today
    sop = use.sop if use else None
    client = _client(company, today, sop.about if sop else "client")
    if sop and not sop.trigger.event:
        case = Case(sop.id, "example", Moment(today), title="An example")
        client = replace(client, cases=(case,))
    alone = Library(company, sops={sop.id: replace(sop, applies_to=None)} if sop else {})
    made = plan(alone, client, today, calendar)
    rows = (row for row in made.rows() if use and row.step.id == use.step.id)
    return made, next(rows, None)


def _company(edition: Edition) -> Company:
    """The firm; where readers may not know who works here, its people have no names."""
    if edition.names_people:
        return edition.company
    people = {
        id_: replace(person, name="Example Colleague", email="colleague@firm.example")
        for id_, person in edition.company.people.items()
    }
    return replace(edition.company, people=people)


def _client(company: Company, today: date, about: About) -> Client:
    """Someone in the middle of everything: half of the events are behind, half are to come."""
    events = (*(event.id for event in company.events if not event.is_), *OWN_EVENTS[about])
    first = today - _APART * (len(events) // 2)
    return Client(
        id=_IDS[about],
        name="Example Client",
        engagement="Example project",
        facts={
            fact.id: fact.some_of
            or ((fact.default or fact.one_of[0],) if fact.one_of else ("10000",))
            for fact in company.facts.values()
        },
        contacts=(
            Contact("Robin Example", title="Owner", email="robin@client.example", main=True),
        ),
        dates={
            event: EventDate(Moment(first + _APART * number)) for number, event in enumerate(events)
        },
        deliverables=(
            Item("first", "First example deliverable", today + _APART),
            Item("second", "Second example deliverable", today + 2 * _APART),
        ),
        milestones=(Item("milestone", "Example milestone", today + _APART, Decimal(4000)),),
        fees=Fees("USD", "30 days", (FeeLine("Example service", Decimal(10000)),)),
    )
