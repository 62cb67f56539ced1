"""From a number on paper to the steps that have it."""

from __future__ import annotations

import re

from sopwith.plan.rows import Plan, PlannedSop

_NUMBER = re.compile(r"(?:(?P<sop>.+?)\s*[\s/,:]\s*)?(?P<number>\d+(?:\.\d+)+)", re.ASCII)


def numbered(typed: str, plan: Plan) -> list[str]:
    """The addresses of the steps that have a number, as `3.7`: each SOP counts its own.

    Before it may stand an SOP, by its id, its title, or its case: `Client onboarding 3.7`.
    """
    found = _NUMBER.fullmatch(typed.strip())
    if found is None:
        return []
    return [
        row.address
        for planned in plan.sops
        if not found["sop"] or found["sop"].casefold() in _names(planned)
        for row in planned.rows
        if row.number == found["number"] and row.state != "out"
    ]


def on_paper(address: str, plan: Plan) -> str:
    """A step as `numbered` finds it again: `Client onboarding 3.7`; its address if it has none."""
    for planned in plan.sops:
        case, title = planned.case, planned.sop.title
        name = f"{title}: {case.title}" if case and case.title else planned.address
        for row in planned.rows:
            if row.address == address:
                return f"{name if case else title} {row.number}"
    return address


def _names(planned: PlannedSop) -> set[str]:
    case = planned.case.title if planned.case else ""
    title = planned.sop.title
    return {
        name.casefold()
        for name in (planned.address, planned.sop.id, title, case, f"{title}: {case}")
    }
