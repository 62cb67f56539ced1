"""Days that a client's file states for events, and that cannot be, as gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from sopwith import due
from sopwith.due.calendar import WEEKDAYS
from sopwith.model import Client, Company, Library, Sop
from sopwith.plan.rows import Gap, Row
from sopwith.words import brief_day, near_day

# One after the other ---------------------------------------------------------------------------


def find_disorder(library: Library, client: Client, today: date) -> tuple[Gap, ...]:
    """Events stated before one that company.yml lists earlier, each with the farthest such.

    Optional events may come at any time. A deadline, on which nothing begins, may be kept early.
    """
    company = library.company
    days = {
        event.id: stated.moment.day
        for event in company.events
        if (stated := client.dates.get(event.id)) and not (event.optional or event.is_)
    }
    swapped = [(first, then) for first, then in combinations(days, 2) if days[then] < days[first]]
    if not swapped:
        return ()
    begins = _beginnings(library.sops_of(client).values())
    wrong = [pair for pair in swapped if pair[0] in begins]
    return tuple(
        _disorder(company, client, today, days, odd, pair) for odd, pair in _by_the_odd(wrong, days)
    )


def _beginnings(sops: Iterable[Sop]) -> frozenset[str]:
    """The events with which something begins: an SOP, or a step due on them or after them."""
    found = set[str]()
    for sop in sops:
        found.add(sop.trigger.event)
        rules = (due.parse(step.due) for step in sop.steps if step.due)
        found |= {r.event for r in rules if isinstance(r, due.Offset) and r.side != "before"}
    return frozenset(found)


def _by_the_odd(
    wrong: Sequence[tuple[str, str]], days: Mapping[str, date]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """The fewest events that all disorder may come from, each with the pair farthest apart."""
    left = list(wrong)
    while left:
        often = Counter(event for pair in left for event in pair)
        odd = max(reversed([*days]), key=lambda event: often[event])
        yield odd, max((p for p in left if odd in p), key=lambda p: days[p[0]] - days[p[1]])
        left = [pair for pair in left if odd not in pair]


def _disorder(
    company: Company,
    client: Client,
    today: date,
    days: Mapping[str, date],
    odd: str,
    pair: tuple[str, str],
) -> Gap:
    titles = {event.id: event.title for event in company.events}
    first, then = (f'"{titles[id_]}"' for id_ in pair)
    on_first, on_then = (brief_day(days[id_], today, company.locale) for id_ in pair)
    message = f"{then} is on {on_then}, but {first}, which comes first, on {on_first}"
    hint = f"look which day under dates is not true: {pair[0]} or {pair[1]}"
    return Gap("dates-out-of-order", message, hint, client.dates[odd].at)


# While we are closed ---------------------------------------------------------------------------


def find_closed(
    company: Company, client: Client, today: date, calendar: due.Calendar, rows: Sequence[Row]
) -> Iterator[Gap]:
    """Events to come on a day we are closed, at a time of it or with something to be done on it."""
    for id_, stated in client.dates.items():
        day = stated.moment.day
        event = company.event(id_)
        why = calendar.why_closed(day) if day >= today else ""
        if not why or event is None or event.optional:
            continue
        on_it = next((row for row in rows if row.due and row.step.due == f"on {id_}"), None)
        if on_it is None and stated.moment.at is None:
            continue
        closed = f" ({why})" if why not in WEEKDAYS else ""
        moved, such = "", ""
        if on_it and on_it.due:
            moved = f'; "{on_it.title}" is due {near_day(on_it.due.day, today, company.locale)}'
            such = f", such as {on_it.due.day},"
        is_on = near_day(day, today, company.locale)
        message = f"{event.title} is on {is_on}, a day we are closed{closed}{moved}"
        hint = f"agree on a day we are open{such} and write it at {id_}"
        yield Gap("on-closed-day", message, hint, stated.at)
