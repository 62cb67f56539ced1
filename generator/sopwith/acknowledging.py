"""Who is asked to read an SOP and confirm it, by when, and who has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import quote, urlencode

from sopwith import due
from sopwith.model import Library, Moment, Person, Sop

State = Literal["done", "pending", "overdue"]
STATES: tuple[State, ...] = ("done", "pending", "overdue")
FOLDER = "confirmations"
YOUR_ID, YOUR_DAY = "your-id", "YYYY-MM-DD"
"""What stands in a form for a reader whom we do not know; the check refuses both."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One person who is asked to confirm an SOP, in these roles, by a day (None: no day is open).

    `since` is the day from which this person is asked.
    """

    sop: Sop
    person: Person
    roles: tuple[str, ...]
    since: date
    due: date | None
    confirmed: date | None
    state: State


def asked(library: Library, today: date) -> tuple[Asked, ...]:
    """Everyone who is asked to confirm an SOP in use, as things stand on a day.

    A confirmation counts for all versions with the same first number. Whoever joins later is asked
    from the first day here; whoever has left is not asked any more. By SOP and person.
    """
    calendar = due.Calendar.of(library.company.calendar)
    confirmed = _confirmed(library, today)
    return tuple(
        one
        for sop in library.sops.values()
        for one in _asked(library, sop, today, calendar, confirmed)
    )


def counted(found: Iterable[Asked], role: str = "") -> Mapping[State, int]:
    """How many have confirmed, still may, and should have; with a role, of those who hold it."""
    count = Counter(one.state for one in found if not role or role in one.roles)
    return {state: count[state] for state in STATES}


def file_name(sop: str, version: str, person: str) -> str:
    """The name of the file that holds a confirmation."""
    return f"{sop}-{version.replace('.', '-')}-{person}.yml"


def file_text(sop: str, version: str, person: str, day: str) -> str:
    """What stands in it."""
    return f'sop: {sop}\nversion: "{version}"\nby: {person}\nconfirmed: {day}\n'


def form_address(
    library: Library, sop: Sop, person: str = YOUR_ID, day: str = YOUR_DAY, says: str = ""
) -> str:
    """Where GitHub opens a form for that file, filled in as far as we know; `says` stands on top.

    Its form for a new file takes name and text from the address, that for a file which is there
    does not. Empty where there is no repository, or confirmations are kept outside of it.
    """
    repository, version = library.company.repository.rstrip("/"), str(sop.version)
    if not repository or library.private != ".":
        return ""
    query = {
        "filename": f"{FOLDER}/{file_name(sop.id, version, person)}",
        "value": says + file_text(sop.id, version, person, day),
    }
    return f"{repository}/new/main?{urlencode(query, quote_via=quote)}"


_Confirmed = Mapping[tuple[str, int, str], date]


def _confirmed(library: Library, today: date) -> _Confirmed:
    """The first day, up to today, of each person's confirmation of an SOP under a first number."""
    found: dict[tuple[str, int, str], date] = {}
    for one in library.confirmations.values():
        key = (one.sop, one.version.parts[0], one.by)
        if one.confirmed <= today:
            found[key] = min(one.confirmed, found.get(key, date.max))
    return found


def _asked(
    library: Library, sop: Sop, today: date, calendar: due.Calendar, confirmed: _Confirmed
) -> Iterator[Asked]:
    company, since = library.company, sop.asks_since
    if sop.acknowledge is None or sop.status != "active" or since is None:
        return
    roles = [company.roles[role] for role in sop.acknowledge.by if role in company.roles]
    for person in company.people.values():
        mine = tuple(role.id for role in roles if person.id in role.held_by)
        if not mine or (person.left and person.left < today):
            continue
        start = max(since, person.joined or since)
        until = _due(sop.acknowledge.within, start, calendar)
        day = confirmed.get((sop.id, sop.version.parts[0], person.id))
        state: State = "done" if day else "overdue" if until and until < today else "pending"
        yield Asked(sop, person, mine, start, until, day, state)


def _due(within: str, start: date, calendar: due.Calendar) -> date | None:
    try:
        return due.reckon(due.parse_within(within), Moment(start), calendar).moment.day
    except (due.BeyondHorizon, due.NeverOpen):
        return None
