"""Which of our people is meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sopwith.filing.keep import Refused
from sopwith.history import user_email
from sopwith.making import named
from sopwith.model import Company
from sopwith.words import long_date
from sopwith.workspace import Workspace


def known_to_git(root: Path, company: Company) -> str:
    """The id of the person whose address git would sign with; empty where it is nobody's."""
    address = user_email(root).casefold()
    mine = (p.id for p in company.people.values() if address and p.email.casefold() == address)
    return next(mine, "")


def person_of(work: Workspace, by: str) -> str:
    """The id of whoever was typed, else of whoever sits here; raises NotHere, or Refused."""
    people = work.library.company.people
    person = named(by, people) if by else known_to_git(work.root, work.library.company)
    if not person:
        raise Refused(f"Nobody can tell who you are: say --by with one of {', '.join(people)}.")
    return person


def gone(person: str, on: date, company: Company) -> str:
    """Say that somebody had left before a day, and so did nothing then; empty where not."""
    who = company.people[person]
    if not who.left or who.left >= on:
        return ""
    return f"{who.name} left on {long_date(who.left, company.locale)}"
