"""Who does a step: the client's team, else who holds the role, else the stand-in."""

from __future__ import annotations

from datetime import date

from sopwith.model import Absence, Client, Company, Role
from sopwith.plan.rows import Assignee


def assignees(role: Role, client: Client, company: Company, day: date) -> tuple[Assignee, ...]:
    """Who acts in a role for a client on a day; nobody where nobody holds it.

    A role outside the company is the client's main contact.
    """
    if role.outside:
        contact = client.main_contact
        if contact is None:
            return ()
        return (Assignee("", contact.name, email=contact.email, why="the client's main contact"),)
    named = client.team.get(role.id)
    why = "named in the client's team" if named else "holds the role"
    found: dict[str, Assignee] = {}
    for person in named or role.held_by:
        present = _present(person, company, day, why)
        # Who stands in for a colleague in the same role is there once.
        found.setdefault(present.id, present)
    return tuple(found.values())


def _present(person: str, company: Company, day: date, why: str) -> Assignee:
    for absence in company.away:
        if absence.who == person and absence.from_ <= day <= absence.to:
            return _assignee(absence.stand_in, company, why, absence)
    return _assignee(person, company, why)


def _assignee(person: str, company: Company, why: str, absence: Absence | None = None) -> Assignee:
    known = company.people[person]
    initials = known.initials or "".join(word[0] for word in known.name.split()).upper()
    return Assignee(person, known.name, initials, known.email, why, absence)
