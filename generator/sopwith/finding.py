"""From what somebody typed to the steps of a plan, or the people, that it may mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sopwith.exports import same_name
from sopwith.model import Person
from sopwith.plan import Plan, Row, Unclear, fitting, numbered, on_paper
from sopwith.words import near_day

_MOST = 10


def meant(typed: str, addresses: Collection[str], plan: Plan) -> list[str]:
    """The address that was typed, or all that end so, or have that number on paper or that title.

    `addresses` are those that there are: more than the plan has, where something else is recorded.
    """
    return fitting(typed, addresses) or numbered(typed, plan) or _titled(typed, plan)


def _titled(typed: str, plan: Plan) -> list[str]:
    """The steps called so, as on paper; also without what tells repeats and cases apart."""
    name = same_name(typed)
    found, exact = list[str](), list[str]()
    for planned in plan.sops:
        case = f" ({planned.case.title})" if planned.case else ""
        for row in planned.rows:
            if name in map(same_name, (row.title, row.title + case)):
                exact.append(row.address)
            elif name == same_name(row.step.title):
                found.append(row.address)
    return exact if len(exact) == 1 else [*exact, *found]


def unclear(typed: str, found: Collection[str], plan: Plan, names: Mapping[str, str]) -> Unclear:
    """Say that several steps may be meant, and list them, what is open first.

    Whoever typed a number gets it with the procedure, where it has no other step of that number;
    else each stands under its name.
    """
    rows = {row.address: row for row in plan.rows()}
    order = {row.address: place for place, row in enumerate(plan.open_rows())}
    ranked = sorted(found, key=lambda address: order.get(address, len(order)))
    shown = ranked[:_MOST]
    if numbered(typed, plan):
        on = {address: on_paper(address, plan) for address in shown}
        names = {a: f'"{name}"' for a, name in on.items() if numbered(name, plan) == [a]}
    width = max(len(names.get(address, address)) for address in shown)
    lines = [f"  {names.get(a, a):{width}}  {_state(rows.get(a), plan)}".rstrip() for a in shown]
    more = [f"  and {len(ranked) - _MOST} more"] if len(ranked) > _MOST else []
    message = f'"{typed}" may be any of {len(found)} steps of {plan.client.name}; say which:'
    return Unclear("\n".join([message, *lines, *more]))


def _state(row: Row | None, plan: Plan) -> str:
    if row is None:
        return ""
    if row.is_open and row.due:
        return near_day(row.due, plan.today, plan.company.locale)
    return {"not-applicable": "not applicable", "undated": "no date yet"}.get(row.state, row.state)


def called(name: str, people: Mapping[str, Person]) -> list[str]:
    """Everyone whom a name, initials, an email address or an id may mean."""
    meant = name.strip().casefold()
    return [
        person.id
        for person in people.values()
        for known in [(person.id, person.name, person.email, person.signs)]
        if meant and meant in map(str.casefold, known)
    ]
