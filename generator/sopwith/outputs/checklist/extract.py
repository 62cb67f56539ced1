"""The part of a plan that concerns one role."""

from __future__ import annotations

from dataclasses import replace

from sopwith.plan import Plan, PlannedPhase, PlannedSop, Row


def only(plan: Plan, role: str) -> Plan:
    """The plan with only the steps that a role does, helps with or signs.

    A step that calls an SOP stays as the heading of the steps below it. Numbers stay as they are.
    """
    sops = (_sop(planned, role) for planned in plan.sops)
    kept = (planned for planned in sops if any(row.state != "out" for row in planned.rows))
    return replace(plan, sops=tuple(kept))


def _sop(planned: PlannedSop, role: str) -> PlannedSop:
    mine = {row.address for row in planned.rows if _concerns(row, role)}
    callers = {
        row.address
        for row in planned.rows
        if row.calls and any(address.startswith(f"{row.address}/") for address in mine)
    }
    phases = (_phase(phase, mine | callers) for phase in planned.phases)
    return replace(planned, phases=tuple(phase for phase in phases if phase.rows))


def _concerns(row: Row, role: str) -> bool:
    return role in (row.step.role, *row.step.with_, *row.step.sign)


def _phase(phase: PlannedPhase, kept: set[str]) -> PlannedPhase:
    return replace(phase, rows=tuple(row for row in phase.rows if row.address in kept))
