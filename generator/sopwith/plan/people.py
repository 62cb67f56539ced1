"""Who does a step: the client's team, else who holds the role, else the stand-in."""

from __future__ import annotations

from datetime import date

from sopwith.model import Absence, Case, Client, Company, Role
from sopwith.plan.rows import Assignee


def assignees(
    role: Role, client: Client, company: Company, day: date, case: Case | None = None
) -> tuple[Assignee, ...]:
    """Who acts in a role for a client on a day; nobody where nobody holds it.

    The team of the case, if it is a step of one, beats that of the client, and that what the
    company says.
    A role outside the company is the client's main contact. In a plan about one of our people
    nobody stands in for that person: it is the person who is to know, or to sign, something.
    """
    if role.outside:
        contact = client.main_contact if client.about == "client" else None
        if contact is None:
            return ()
        return (Assignee("", contact.name, email=contact.email, why="the client's main contact"),)
    of_case = case.team.get(role.id) if case else None
    if not of_case and falls_to_oneself(role, client):
        return tuple(
            _assignee(person, company, "holds the role") for person in client.team[role.id]
        )
    named = of_case or client.team.get(role.id)
    why = f"named in {'the case' if of_case else 'the team'}" if named else "holds the role"
    found: dict[str, Assignee] = {}
    for person in named or role.held_by:
        present = _present(person, company, day, why)
        # Who stands in for a colleague in the same role is there once.
        found.setdefault(present.id, present)
    return tuple(found.values())


def falls_to_oneself(role: Role, client: Client) -> bool:
    """Say whether a plan is about one of our people, who holds that role in it."""
    if client.about != "person":
        return False
    return client.team.get(role.id) == (client.id.removeprefix("people/"),)


def _present(person: str, company: Company, day: date, why: str) -> Assignee:
    for absence in company.away:
        if absence.who == person and absence.from_ <= day <= absence.to:
            return _assignee(absence.stand_in, company, why, absence)
    return _assignee(person, company, why)


def _assignee(person: str, company: Company, why: str, absence: Absence | None = None) -> Assignee:
    known = company.people[person]
    return Assignee(person, known.name, known.signs, known.email, why, absence)
