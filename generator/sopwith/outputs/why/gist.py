"""How a client's plan stands, in a few sentences: what is open, what is late and with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sopwith.outputs.why.book import Book, count
from sopwith.plan import Row
from sopwith.words import listing


def gist(book: Book) -> str:
    """Tell how many steps are open and late, whose they are, and what comes next."""
    rows = book.plan.open_rows()
    return " ".join((*_late(book, rows), *_next(book, rows)))


def holder(book: Book, row: Row) -> str:
    """Who has a step, by name, with the role in which they do."""
    names = listing([who.name for who in row.who], "en-US") or "nobody yet"
    return f"{names} ({book.role(row.step.role)})"


def _late(book: Book, rows: Sequence[Row]) -> Iterator[str]:
    late = [row for row in rows if row.state == "overdue"]
    if not late:
        yield f"{count(len(rows), 'step')} open, none late." if rows else "No step is open."
        return
    whose = Counter(holder(book, row) for row in late).most_common()
    alone = f", with {whose[0][0]}"
    shared = ": " + listing([f"{number} with {who}" for who, number in whose], "en-US")
    with_whom = alone if len(whose) == 1 else shared
    yield f"{count(len(rows), 'step')} open, {len(late)} late{with_whom}."
    held_up = sum(_is_with_client(book, row) for row in late)
    if held_up:
        yield f"{held_up} of them {'is' if held_up == 1 else 'are'} late because of the client."


def _is_with_client(book: Book, row: Row) -> bool:
    """Say whether a step is the client's own, or waits, however far off, for one that is."""
    seen, ahead = {row.address}, [row]
    for one in ahead:
        role = book.company.roles.get(one.step.role)
        if role and role.outside:
            return True
        new = [waited for waited in one.waits_for if waited not in seen]
        seen.update(new)
        ahead += [book.rows[waited] for waited in new]
    return False


def _next(book: Book, rows: Sequence[Row]) -> Iterator[str]:
    """What can be done next, of what is not late yet."""
    row = next((row for row in rows if row.state == "due" and row.due), None)
    if row and row.due:
        yield f'Next: "{book.listed(row)}", {book.day(row.due)}, {holder(book, row)}.'
