"""Whom GitHub asks to read a change: the owners of what is changed, from what the files say.

GitHub goes by the last line that fits, takes only people who may write, and takes the file on the
branch that is to be changed (docs.github.com, "About code owners").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest

from sopwith.model import Company, Library
from sopwith.problem import Place, Problem, Spot

PATH = ".github/CODEOWNERS"
# Whoever owns a file alone would have to approve a change of their own.
_ENOUGH = 2
_HEAD = """\
# Whom GitHub asks to read a change. `sopwith codeowners` writes this file from company.yml and from
# the owner and the approver of each procedure; what is changed here by hand is lost.
"""


def render(library: Library, today: date) -> str:
    """Write CODEOWNERS: a line for each procedure, email and document.

    Owners are the people who hold its role and, for a procedure, that of its approver, if they have
    an account on GitHub and work here still; the maintainers fill up to two. Nothing where no
    maintainer has an account.
    """
    company = library.company
    maintainers = _accounts(company, company.maintainers, today)
    if not maintainers:
        return ""
    lines = [("*", maintainers)]
    for path, roles in _owned(library):
        people = [person for role in roles for person in _holders(company, role)]
        mine = _accounts(company, people, today)
        more = [one for one in maintainers if one not in mine] if len(mine) < _ENOUGH else []
        lines.append((f"/{path}", [*mine, *more[: _ENOUGH - len(mine)]]))
    lines.append(("/.github/", maintainers))
    width = max(len(path) for path, _ in lines)
    return _HEAD + "".join(f"{path:{width}} {' '.join(owners)}\n" for path, owners in lines)


def stale(library: Library, today: date, found: str) -> tuple[Problem, ...]:
    """Warn where the file is ours to write and `found` in it is something else."""
    meant = render(library, today)
    if not meant or found == meant:
        return ()
    pairs = enumerate(zip_longest(found.splitlines(), meant.splitlines()), 1)
    line = next((number for number, (one, other) in pairs if one != other), 1)
    message = "GitHub would ask others than those who own the procedures now"
    hint = "run sopwith codeowners, or ask a maintainer to"
    return (Problem(Spot(PATH), "owners-changed", message, hint, "warning", Place(PATH, line)),)


def _owned(library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What has an owner, in the order of the paths, with the roles that answer for it."""
    found = [(sop.at.path, (sop.owner, sop.approver)) for sop in library.sops.values()]
    emails = ((email.at.path, (email.owner,)) for email in library.emails.values())
    documents = ((one.at.path, (one.owner,)) for one in library.documents.values())
    yield from sorted([*found, *emails, *documents])


def _holders(company: Company, role: str) -> Iterable[str]:
    return company.roles[role].held_by if role in company.roles else ()


def _accounts(company: Company, people: Iterable[str], today: date) -> list[str]:
    """The accounts of people who have one and have not left, each once."""
    known = (company.people[id_] for id_ in people if id_ in company.people)
    here = (one for one in known if one.github and not (one.left and one.left < today))
    return [*dict.fromkeys(f"@{one.github}" for one in here)]
