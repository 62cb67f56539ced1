"""Which of our people sits here."""

from __future__ import annotations

from pathlib import Path

from sopwith.history import user_email
from sopwith.model import Company


def known_to_git(root: Path, company: Company) -> str:
    """The id of the person whose address git would sign with; empty where it is nobody's."""
    address = user_email(root).casefold()
    mine = (p.id for p in company.people.values() if address and p.email.casefold() == address)
    return next(mine, "")
