"""Which clients were with us in a quarter."""

from __future__ import annotations

from datetime import date

from sopwith.model import Client, Quarter


def begun(client: Client) -> date | None:
    """The first day that a client's file knows of."""
    stated = [known.moment.day for known in client.dates.values()]
    worked = [done.done.day for done in client.progress.values() if done.done]
    return min((*stated, *worked), default=None)


def customer(client: Client) -> str:
    """What tells clients apart: engagements of one client share an account."""
    return client.account or client.id


def touches(client: Client, quarter: Quarter) -> bool:
    """Say whether a client was with us in the quarter: begun before its end, not over before it."""
    first = begun(client) or quarter.first
    return first <= quarter.last and (not client.ended or client.ended.date >= quarter.first)
