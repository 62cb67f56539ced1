"""From what somebody typed to a step of a client's plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sopwith.exports import same_name
from sopwith.model import Moment
from sopwith.plan import OPEN, Plan, Row, Unclear, endings, fitting, numbered
from sopwith.problem import nearest
from sopwith.words import short_day

_MOST = 6


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
    name = plan.client.name
    found = fitting(typed, known) or numbered(typed, plan) or _titled(typed, plan)
    if len(found) == 1:
        return found[0]
    if found:
        message = f'"{typed}" may be any of {len(found)} steps of {name}; say which:'
        raise Unclear("\n".join([message, *_listed(found, plan)]))
    raise Unclear(_why_not(typed, known, plan))


def _titled(typed: str, plan: Plan) -> list[str]:
    """The steps that are called so, as on paper; with or without what tells repeats apart."""
    name = same_name(typed)
    rows = [row for row in plan.rows() if name in map(same_name, (row.title, row.step.title))]
    exact = [row.address for row in rows if same_name(row.title) == name]
    return exact if len(exact) == 1 else [row.address for row in rows]


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
    meant = nearest(typed, tails)
    return f'{message}; did you mean "{tails[meant]}"?' if meant else message


def _listed(addresses: list[str], plan: Plan) -> list[str]:
    """The candidates, what is open first; only some, where there are many."""
    rows: Mapping[str, Row] = {row.address: row for row in plan.rows()}
    order = [row.address for row in plan.open_rows()]
    ranked = sorted(addresses, key=lambda a: order.index(a) if a in order else len(order))
    shown = ranked[:_MOST]
    width = max(map(len, shown))
    lines = [f"  {a:{width}}  {_state(rows.get(a), plan)}".rstrip() for a in shown]
    more = len(ranked) - len(shown)
    return [*lines, f"  and {more} more"] if more else lines


def _state(row: Row | None, plan: Plan) -> str:
    if row is None:
        return ""
    if row.state in OPEN and row.due:
        return day(row.due, plan)
    return {"not-applicable": "not applicable", "undated": "no date yet"}.get(row.state, row.state)


def day(due: Moment, plan: Plan) -> str:
    """A day of about now: `Fri, Nov 20`."""
    return short_day(due.day, plan.company.locale)
