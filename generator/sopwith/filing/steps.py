"""From what somebody typed to a step of a client's plan."""

from __future__ import annotations

from collections.abc import Iterable

from sopwith.finding import meant, unclear
from sopwith.plan import Plan, Row, Unclear, endings
from sopwith.problem import nearest


def find(plan: Plan, typed: str) -> Row:
    """The step with this address, number or title, or the only one whose address ends so.

    Raises Unclear.
    """
    rows = {row.address: row for row in plan.rows()}
    return rows[pick(typed, rows, plan)]


def pick(typed: str, addresses: Iterable[str], plan: Plan) -> str:
    """The address that was typed, or the only one that ends so or has that number or title.

    Raises Unclear.
    """
    known = list(addresses)
    found = meant(typed, known, plan)
    if len(found) == 1:
        return found[0]
    raise unclear(typed, found, plan, {}) if found else Unclear(_why_not(typed, known, plan))


def _why_not(typed: str, known: list[str], plan: Plan) -> str:
    for sop, reason in plan.left_out:
        if typed.split("/")[0] == sop.id or sop.step(typed):
            why = f"{sop.title} is left out ({reason})"
            return f'"{typed}" is not in the plan of {plan.client.name}: {why}'
    message = f'{plan.client.name} has no step "{typed}"'
    tails: dict[str, str] = {}
    for address in known:
        for end in endings(address):
            tails.setdefault(end, address)
    near = nearest(typed, tails)
    return f'{message}; did you mean "{tails[near]}"?' if near else message
