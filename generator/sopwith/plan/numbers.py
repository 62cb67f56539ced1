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


def _names(planned: PlannedSop) -> set[str]:
    case = planned.case.title if planned.case else ""
    title = planned.sop.title
    return {
        name.casefold()
        for name in (planned.address, planned.sop.id, title, case, f"{title}: {case}")
    }
