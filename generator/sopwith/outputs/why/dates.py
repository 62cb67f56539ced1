"""How the date of a step came about, from what is certain to the step, link by link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sopwith import due
from sopwith.outputs.why.book import Book
from sopwith.outputs.why.facts import values
from sopwith.outputs.why.lines import capital, sentence
from sopwith.plan import Row, State

_BY = {"client": " by the client", "us": " by us"}
_PASSED: frozenset[State] = frozenset({"out", "excepted", "not-applicable", "ended"})
_VERBS: dict[State, str] = dict.fromkeys(_PASSED, "would be due") | dict.fromkeys(
    ("done", "overdue"), "was due"
)


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that follows from the one before it, and what stood in its way."""

    says: str
    because: tuple[str, ...] = ()


def chain(book: Book, row: Row) -> Iterator[Link]:
    """Tell the date of a row: first the event or the step that is done, last the row itself."""
    trail = _trail(book, row)
    settled = trail[-1].progress
    if len(trail) > 1 and settled and settled.done:
        yield Link(f"{book.name(trail.pop())} was done {book.done(settled)}.")
    else:
        yield from _beginning(book, trail[-1])
    for this in reversed(trail):
        yield from _detour(book, this)
        yield _counted(book, this, "This step" if this is row else book.name(this))


def lacking(book: Book, row: Row) -> str:
    """For want of what a row has no date."""
    undated = (r for r in reversed(_trail(book, row)) if not (r.due or r.state == "done"))
    first = next(undated, row)
    event = _event_of(first)
    if event == "item-due":
        return f'as long as "{first.which}" has no due date'
    if event == "opened":
        return "as long as no case is opened"
    if event and event not in book.plan.events:
        titles = [book.event(lacked) for lacked in dict.fromkeys(_lacked(book, event))]
        return f"as long as {' and '.join(titles)} {'has' if len(titles) == 1 else 'have'} no date"
    return _not_planned(first) or "without a due date of its own"


def _lacked(book: Book, event: str) -> Iterator[str]:
    """The events without a date that a halfway point hangs on, or the event itself."""
    known = book.company.event(event)
    rule = due.parse(known.is_) if known and known.is_ else None
    if not isinstance(rule, due.Halfway):
        yield event
        return
    for end in (rule.first, rule.second):
        if end not in book.plan.events:
            yield from _lacked(book, end)


def _not_planned(row: Row) -> str:
    """Why a row has no date although what it hangs on has one."""
    if row.because:
        return row.because[-1]
    return "its first day lies beyond those planned ahead" if row.step.repeat else ""


def _trail(book: Book, row: Row) -> list[Row]:
    """The row, what it counts from, and so on back to what is done or hangs on no other."""
    trail = {row.address: row}
    while (before := book.rows.get(row.hangs_on)) and before.address not in trail:
        trail[before.address] = row = before
        if before.progress and before.progress.done:
            break
    return list(trail.values())


def _event_of(row: Row) -> str:
    rule = due.parse(row.step.due) if row.step.due else None
    if isinstance(rule, due.Offset):
        return rule.event
    return row.step.repeat.from_ if row.step.repeat else ""


# Where it begins ------------------------------------------------------------------------------


def _beginning(book: Book, row: Row) -> Iterator[Link]:
    """The event that a row hangs on; nothing where it hangs on none."""
    event = _event_of(row)
    if event in _BUILT_IN:
        yield Link(_BUILT_IN[event](book, row))
    elif event:
        yield from _event(book, event)


def _event(book: Book, event: str) -> Iterator[Link]:
    title, stated = book.event(event), book.client.dates.get(event)
    known = book.company.event(event)
    if stated:
        moved = ""
        if stated.moment != stated.planned:
            by = _BY.get(stated.caused_by, "")
            why = f": {stated.why}" if stated.why else ""
            moved = f", moved from {book.day(stated.planned)}{by}{why}"
        at = book.note(stated.at)
        yield Link(capital(sentence(f"{title} is on {book.day(stated.moment)}{at}{moved}")))
        return
    halfway = due.parse(known.is_) if known and known.is_ else None
    if not isinstance(halfway, due.Halfway):
        yield Link(f"{capital(title)} has no date in {book.unstated()} yet.")
        return
    yield from _event(book, halfway.first)
    yield from _event(book, halfway.second)
    yield _halfway(book, event, halfway)


def _halfway(book: Book, event: str, rule: due.Halfway) -> Link:
    known = book.company.event(event)
    at = book.note(known.at / "is") if known else ""
    says = f"{book.event(event)} is halfway between these two{at}"
    first, second = (book.plan.events.get(end) for end in (rule.first, rule.second))
    middle = book.plan.events.get(event)
    if first is None or second is None or middle is None:
        return Link(f"{says}.")
    calendar = due.Calendar.of(book.company.calendar)
    found = due.halfway(first, second, calendar, book.company.locale)
    return Link(f"{says}: {book.day(middle)}.", found.because)


def _opened(book: Book, row: Row) -> str:
    case = book.homes[row.address].case
    if case is None:
        return "No case was opened, so there is no day to count from."
    which = f'The case "{case.title}"' if case.title else "The case"
    return f"{which} was opened on {book.day(case.opened)}{book.note(case.at)}."


def _item_due(book: Book, row: Row) -> str:
    items = book.client.items(row.step.for_each) if row.step.for_each else ()
    item = next((item for item in items if row.address.endswith(f"@{item.id}")), None)
    if item is None:
        return "There is no deliverable or milestone to count from."
    on = f"is due on {book.day(item.due)}" if item.due else "has no due date yet"
    return f'"{item.title}" {on}{book.note(item.at)}.'


_BUILT_IN = {"opened": _opened, "item-due": _item_due}


# Where it goes on -----------------------------------------------------------------------------


def _detour(book: Book, row: Row) -> Iterator[Link]:
    """Why a row does not count from the step it names, or from which day it counts otherwise."""
    rule = due.parse(row.step.due) if row.step.due else None
    if not isinstance(rule, due.Offset) or row.hangs_on not in book.rows:
        return
    if row.hangs_on == row.led_back:
        yield Link("A new round counts from the answer that led back.")
    elif rule.event == "opened":
        yield Link(f"With it {row.sop.title} begins.")
    elif rule.step:
        yield from _instead(book, row, rule.step)


def _instead(book: Book, row: Row, step: str) -> Iterator[Link]:
    scope, _, suffix = row.address.rpartition("/")
    suffix = suffix.partition("@")[2]
    named = book.rows.get(f"{scope}/{step}@{suffix}") or book.rows.get(f"{scope}/{step}")
    if named is None or named.address == row.hangs_on:
        return
    if f"{row.hangs_on}/".startswith(f"{named.address}/"):
        yield Link(f"It is the last step of what {book.name(named)} runs.")
    elif named.state in _PASSED:
        yield Link(f"{book.name(named)} is not to be done, so the step before it counts.")


def _counted(book: Book, row: Row, subject: str) -> Link:
    verb = _VERBS.get(row.state, "is due")
    on = f": {book.day(row.due)}" if row.due else ""
    rule = due.parse(row.step.due) if row.step.due else None
    if rule is None and row.step.repeat is None:
        return Link(f"{subject} has no due date of its own{book.note(row.step.at)}.")
    at = book.note(row.step.at / ("due" if rule else "repeat"))
    if isinstance(rule, due.Offset):
        return Link(f"{subject} {verb} {_from_there(rule)}{at}{on}.", _noted(book, row))
    often = f"{_every(book, row)} from that day"
    if rule:
        often = f"{rule}, {often}"
    # Else nobody knows why the month in which it begins has none.
    interval = _one(_interval(book, row)) if rule and row.which == "1" else ""
    since = f"the first comes {interval} later, so " if interval else ""
    number = f"; {since}number {row.which} falls on {book.day(row.due)}" if row.due else ""
    if row.due is None and _event_of(row) in book.plan.events:
        number = f"; {_not_planned(row)}"
    return Link(f"{subject} {verb} {often}{at}{number}.", _noted(book, row))


def _every(book: Book, row: Row) -> str:
    if row.step.repeat is None:
        return ""
    interval = _interval(book, row)
    return f"every {interval}" if interval else "as often as agreed"


def _interval(book: Book, row: Row) -> str:
    every = row.step.repeat.every if row.step.repeat else None
    if every is None:
        return ""
    return every.count.text if every.count else next(iter(values(book, every.fact)), "")


def _one(interval: str) -> str:
    return f"one {interval}" if interval[:1].isalpha() else interval


def _from_there(rule: due.Offset) -> str:
    there = "that day" if rule.side == "on" else "that"
    return due.words(replace(rule, event="there", step=""), lambda _: there)


def _noted(book: Book, row: Row) -> tuple[str, ...]:
    """The reasons, each with a mark to the pause, the closure or the holidays it speaks of."""
    company, client = book.company, book.client
    known = [(span.why or "while paused", span.at) for span in client.paused]
    known += [(span.why, span.at) for span in company.calendar.closures]
    if company.calendar.holidays:
        at = company.calendar.holidays.at / "observed"
        known += [(name, at / n) for n, name in enumerate(company.calendar.holidays.observed)]
    return tuple(
        line + "".join(book.note(spot) for why, spot in known if why and why in line)
        for line in row.because
    )
