"""What follows from a change to a client's file, in lines for a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from sopwith.filing.steps import day
from sopwith.plan import Plan, Row
from sopwith.words import long_date

WIDTH = 79
_MOST = 5
_NEXT = 3


def sentence(text: str, width: int = WIDTH) -> str:
    """Break a sentence into lines; what is to be copied from it stays in one piece."""
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def what_follows(before: Plan, after: Plan) -> Iterator[str]:
    """The steps that a change opens or moves; where it does neither, the next that are open."""
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
    return f"{day(row.due, plan)}{' (late)' if row.state == 'overdue' else ''}"
