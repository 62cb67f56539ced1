"""One step of a client's plan, explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from sopwith.model import About, Case, Moment, Role
from sopwith.outputs.why.book import Book, count
from sopwith.outputs.why.dates import chain
from sopwith.outputs.why.lines import capital, flow, points, section, sentence, steps
from sopwith.outputs.why.reasons import ONLY_IF, row_because
from sopwith.plan import OPEN, Assignee, Row, State, assignees, falls_to_oneself
from sopwith.words import THIS, listing

_NOT_TO_BE_DONE = frozenset({"out", "not-applicable", "ended"})


def explain(book: Book, row: Row) -> Iterator[str]:
    """Tell a step: how it stands, why it is in or out, who does it, its date, what holds it up."""
    planned = book.homes[row.address]
    case = f' for the case "{planned.case.title}"' if planned.case and planned.case.title else ""
    yield from flow(row.title)
    yield from flow(f"{row.number} of {planned.sop.title}{case}, for {book.client.name}")
    yield f"{row.address}{book.note(row.step.at)}"
    yield ""
    yield from flow(" ".join([_STATES[row.state](book, row), *_beside(book, row)]))
    heading = "What is missing" if row.is_unlisted else _IN_OR_OUT.get(row.state, _IN)
    yield from section(heading, points(row_because(book, row)))
    if row.state not in _NOT_TO_BE_DONE:
        yield from section("Who does it", points(_who(book, row)))
    if row.state not in _NOT_TO_BE_DONE or _has_merged(row):
        links = [(link.says, link.because) for link in chain(book, row)]
        rests = any("while paused" in line for _, because in links for line in because)
        about = [*steps(links), *(flow(_PAUSES, "  ") if rests else ())]
        yield from section("How its date came about", about)
    yield from section("What it waits for", points(_waits(book, row)))


def _has_merged(row: Row) -> bool:
    """Say whether it is the date of a row that put it out, since another falls on the same day."""
    return bool(row.step.repeat and row.due and row.out and not row.out.startswith(ONLY_IF))


_PAUSES = (
    "A pause moves what is counted, and skips what comes again. It moves no day that the client's "
    "file or an invoice states."
)
_IN = "Why it is in"
_IN_OR_OUT: dict[State, str] = {"out": "Why it is out"}


# How it stands --------------------------------------------------------------------------------


def _done(book: Book, row: Row) -> str:
    progress = row.progress
    if progress is None or progress.done is None:
        return f"Done: every step of {book.sop(row.calls)} is."
    said = f"Done {book.done(progress)}."
    if row.due is None:
        return said
    late = book.days_late(row.due, progress.done.day)
    behind = f", so it was {count(late, 'day')} late" if late else ""
    return f"{said} It was due on {book.day(row.due)}{behind}."


def _not_applicable(book: Book, row: Row) -> str:
    progress = row.progress
    if progress is None:
        return f"Not applicable: no step of {book.sop(row.calls)} is."
    by = f"{book.person(progress.by)}{book.note(progress.at)}"
    return sentence(f"Not applicable to {THIS[book.client.about]}, says {by}: {progress.reason}")


def _excepted(book: Book, row: Row) -> str:
    waiver = row.waiver
    if waiver is None:
        return f"Waived: every step of {book.sop(row.calls)} is."
    until = f" until {book.day(waiver.until)}, and back after that" if waiver.until else ""
    by = f"{book.role(waiver.approved_by)} approved it{book.note(waiver.at)}"
    return f"Waived for {THIS[book.client.about]}{until}. {by}: {sentence(waiver.reason)}"


def _waiting(book: Book, row: Row) -> str:
    held = f"Waiting for {count(len(row.waits_for), 'other step')}"
    if row.due and row.due.day < book.plan.today:
        return f"{held}. Its day was {book.day(row.due)}; as long as it waits it is not late."
    due = f"and due {_when(book, row.due)}" if row.due else "without a date so far"
    return f"{held}, {due}."


def _undated(book: Book, row: Row) -> str:
    del book, row
    return "Open, without a date so far."


def _due(book: Book, row: Row) -> str:
    if row.due is None:
        return "Open."
    if row.due.day < book.plan.today:
        return f"Open. Its day was {book.day(row.due)}; while work is paused that is not late."
    return f"Open, and due {_when(book, row.due)}."


def _when(book: Book, due: Moment) -> str:
    left = (due.day - book.plan.today).days
    words = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
    return f"{words}, on {book.day(due)}"


def _overdue(book: Book, row: Row) -> str:
    if row.due is None:
        return "Late."
    late = book.days_late(row.due, book.plan.today)
    return f"Late by {count(late, 'day')}: it was due on {book.day(row.due)}."


def _out(book: Book, row: Row) -> str:
    if row.is_unlisted:
        return f"Not in the plan yet: it is done once for each of the {row.step.for_each}."
    return f"Not to be done for {book.client.name}."


def _ended(book: Book, row: Row) -> str:
    del row
    ended = book.client.ended
    if ended is None:
        return "Nothing is due any more."
    how = f" ({ended.how})" if ended.how else ""
    on = f"on {book.day(ended.date)}{how}{book.note(ended.at)}"
    return f"Open when {book.end} {on}; nothing is due any more."


_STATES: dict[State, Callable[[Book, Row], str]] = {
    "done": _done,
    "not-applicable": _not_applicable,
    "excepted": _excepted,
    "waiting": _waiting,
    "undated": _undated,
    "due": _due,
    "overdue": _overdue,
    "out": _out,
    "ended": _ended,
}


def _beside(book: Book, row: Row) -> Iterator[str]:
    """What else there is to say of how a step stands."""
    if row.progress and row.progress.note:
        yield f"Note: {sentence(row.progress.note)}"
    for waiver in book.client.exceptions:
        if waiver.step == row.address and waiver != row.waiver and waiver.until:
            by = f"{book.role(waiver.approved_by)}{book.note(waiver.at)}"
            until = f"until {book.day(waiver.until)}, approved by {by}"
            yield f"It was waived {until}: {sentence(waiver.reason)}"
    if row.calls and row.state in OPEN:
        inner = (r for r in book.rows.values() if r.address.startswith(f"{row.address}/"))
        states = Counter("open" if r.is_open else r.state for r in inner if not r.calls)
        tally = ", ".join(f"{number} {state.replace('-', ' ')}" for state, number in states.items())
        yield f"It is as far as the steps of {book.sop(row.calls)} are: {tally}."
    for note in row.notes:
        if note not in row.because:  # told where its date is
            yield capital(sentence(note))


# Who, and what it waits for -------------------------------------------------------------------


def _who(book: Book, row: Row) -> Iterator[str]:
    role, case = book.company.roles[row.step.role], book.homes[row.address].case
    yield from (_person(book, role, who, case) for who in row.who)
    if not row.who:
        of_client = role.outside and book.client.about == "client"
        at = book.note(book.client.at / "contacts" if of_client else role.at)
        whose = "the client's file names no contact" if of_client else "nobody holds the role"
        yield f"{role.title}, but {whose}{at}."
    day = row.due.day if row.due else book.plan.today
    others: list[str] = []
    for role in (book.company.roles[id_] for id_ in row.step.with_):
        people = assignees(role, book.client, book.company, day, case)
        names = ", ".join(who.name for who in people) or "nobody so far"
        others.append(f"{names} ({role.title})")
    if others:
        yield f"Together with {listing(others, 'en-US')}."


_IN_TEAM: Mapping[About, str] = {
    "client": "in the client's team",
    "person": "in this plan",
    "firm": "in this quarter",
}


def _person(book: Book, role: Role, who: Assignee, case: Case | None) -> str:
    if role.outside:
        return f"{who.name}, the client's main contact{book.note(book.client.at / 'contacts')}."
    client = book.client
    if case and role.id in case.team:
        why = f"is {role.title} in this case{book.note(case.at / 'team' / role.id)}"
    elif role.id in client.team and not falls_to_oneself(role, client):
        at = book.note(client.at / "team" / role.id)
        why = f"is {role.title} {_IN_TEAM[client.about]}{at}"
    else:
        why = f"holds the role {role.title}{book.note(role.at / 'held_by')}"
    if who.absence is None:
        return f"{who.name}, who {why}."
    away = who.absence
    days = f"from {book.day(away.from_)} to {book.day(away.to)}{book.note(away.at)}"
    return f"{who.name} stands in for {book.person(away.who)}, who {why} and is away {days}."


def _waits(book: Book, row: Row) -> Iterator[str]:
    if row.state not in OPEN:
        return
    held = [book.rows[address] for address in row.waits_for]
    for other in held:
        due = f", due on {book.day(other.due)}" if other.due else ", without a date so far"
        late = " and late" if other.state == "overdue" else ""
        yield f"{book.name(other)}{due}{late}: {book.tails[other.address]}."
    for step in row.step.wait_for:
        known = row.sop.step(step)
        if known and step not in {other.step.id for other in held}:
            yield f'"{known.title}" holds it up no longer.'
