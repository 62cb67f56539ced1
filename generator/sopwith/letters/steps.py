"""The steps that a letter tells of: what comes next, and what was done lately.

A client reads of them only what is meant for clients, and in those words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sopwith.letters.invoice import item_of
from sopwith.plan import Plan, Row
from sopwith.template import Names

NAMES: Names = {"title": "text", "due": "date", "who": "text"}
"""What a letter may name of a step."""

# How far back "done" reaches in a letter, and how many steps "next" shows.
_LATELY = timedelta(days=14)
_SHOWN = 5


def coming(plan: Plan, sending: Row | None, is_outside: bool) -> list[dict[str, Any]]:
    """The steps that come up, of one that comes again the next time only.

    The step that sends the letter is done with it. A client is told nothing that hangs on an open
    decision, and not by a list of next steps what we are late with.
    """
    rows: dict[str, Row] = {}
    for row in plan.open_rows():
        if row is sending or not row.due:
            continue
        is_sure = row.due.day >= plan.today and not row.only_if
        if not is_outside or (row.step.client_sees and is_sure):
            step = row.address.rpartition("@")[0] if row.step.repeat else row.address
            rows.setdefault(step, row)
    return _told(list(rows.values())[:_SHOWN], plan, is_outside)


def done(plan: Plan, is_outside: bool) -> list[dict[str, Any]]:
    """The steps that were done lately."""
    rows = [
        row
        for row in plan.rows()
        if row.state == "done"
        and row.progress
        and row.progress.done
        and plan.today - _LATELY <= row.progress.done.day <= plan.today
        and (row.step.client_sees or not is_outside)
    ]
    return _told(rows, plan, is_outside)


def _told(rows: Iterable[Row], plan: Plan, is_outside: bool) -> list[dict[str, Any]]:
    return [
        {
            "title": _called(row, plan, is_outside),
            "due": row.due,
            "who": ", ".join(a.name for a in row.who),
        }
        for row in rows
    ]


def _called(row: Row, plan: Plan, is_outside: bool) -> str:
    """What a step is called: to a client in words that are meant for clients.

    How often it has come is for the checklist: to a reader it is the call, not call 3.
    """
    item = item_of(row, plan.client)
    if is_outside and row.step.for_client:
        return f"{row.step.for_client} ({item.title})" if item else row.step.for_client
    return row.step.title if row.step.repeat else row.title
