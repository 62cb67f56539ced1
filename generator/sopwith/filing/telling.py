"""What follows from a change to a client's file, in lines for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from sopwith import due
from sopwith.plan import Plan, Row
from sopwith.words import long_date, short_day

WIDTH = 79
_MOST = 5
_NEXT = 3


def sentence(text: str, width: int = WIDTH) -> str:
    """Break a sentence into lines; what is to be copied from it stays in one piece."""
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def what_follows(before: Plan, after: Plan) -> Iterator[str]:
    """What a change asks for: days of events, and the steps that it opens or moves.

    Where it does neither, the next that are open.
    """
    yield from _undated(before, after)
    old = {row.address: row for row in before.rows()}
    moved = [
        row
        for row in after.open_rows()
        if row.state != "waiting" and _is_news(row, old.get(row.address))
    ]
    if moved:
        yield from _listed("Now to be done:", moved, _MOST, after)
    else:
        yield from coming(after)


def _undated(before: Plan, after: Plan) -> Iterator[str]:
    """The events without a day, although what is to be done on it, or after it, is done now."""
    if after.client.about != "client":
        return
    known = {row.address for row in before.rows() if row.state == "done"}
    lacking: dict[str, str] = {}
    for row in after.rows():
        if row.state != "done" or row.address in known or not row.step.due:
            continue
        rule = due.parse(row.step.due)
        if not isinstance(rule, due.Offset) or rule.side == "before":
            continue
        event = after.company.event(rule.event)
        if event and not event.is_ and event.id not in after.events:
            done = row.progress.done if row.progress and row.step.due == f"on {event.id}" else None
            lacking.setdefault(event.id, str(done.day) if done else "the day it was or is to be")
    for id_, day_ in lacking.items():
        title = next(event.title for event in after.company.events if event.id == id_)
        yield sentence(f"{title} has no day yet. Write under dates, in {after.client.at.path}:")
        yield f"  {id_}: {day_}"


def coming(plan: Plan) -> Iterator[str]:
    """The next open steps of a client."""
    rows = [row for row in plan.open_rows() if row.state != "waiting"]
    if rows:
        yield from _listed(f"Next for {plan.client.name}:", rows[:_NEXT], _NEXT, plan)
    else:
        yield sentence(nothing_open(plan))


def nothing_open(plan: Plan) -> str:
    """Say that nothing is to be done, and since when where the engagement is over."""
    ended = plan.client.ended
    since = f": it ended on {long_date(ended.date, plan.company.locale)}" if ended else ""
    return f"Nothing is open for {plan.client.name}{since}."


def _is_news(row: Row, old: Row | None) -> bool:
    return old is None or not old.is_open or old.state == "waiting" or old.due != row.due


def _listed(heading: str, rows: Sequence[Row], most: int, plan: Plan) -> Iterator[str]:
    yield sentence(heading)
    days = [_day(row, plan) for row in rows[:most]]
    width = max(map(len, days))
    for row, when in zip(rows, days, strict=False):
        who = ", ".join(person.name for person in row.who)
        text = f"{row.title} ({who})" if who else row.title
        indent = " " * (width + 4)
        yield from textwrap.wrap(
            text, WIDTH, initial_indent=f"  {when:{width}}  ", subsequent_indent=indent
        )
        yield f"{indent}{row.address}"
    if len(rows) > most:
        yield f"  and {len(rows) - most} more"


def _day(row: Row, plan: Plan) -> str:
    if row.due is None:
        return "no date yet"
    late = " (late)" if row.state == "overdue" else ""
    return f"{short_day(row.due.day, plan.company.locale)}{late}"
