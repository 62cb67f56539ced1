"""Tasks that are for somebody else in the plan than when they went into a tool."""

from __future__ import annotations

from sopwith.exports import NOBODY, Record
from sopwith.outputs.tasks.task import Task
from sopwith.plan import Plan


def handed_over(record: Record, task: Task, plan: Plan) -> str:
    """From whom to whom a task goes, in words; empty where it stays, or is there already.

    Where somebody gave it to a colleague in the tool alone, it is theirs: the plan has not moved.
    """
    if record.planned_for is None and not (record.assigned and task.ours):
        return ""
    if record.planned_for is not None and _apart(record.planned_for) == _apart(task.people):
        return ""
    now = {word.casefold() for p in task.ours for word in (p.id, p.name, p.email) if word}
    if any(name.casefold() in now for name in record.assigned):
        return ""
    before = _holder(record, plan) or record.planned_for or NOBODY
    return f"{before} -> {task.people or NOBODY}"


def _apart(names: str) -> set[str]:
    return {name.casefold() for name in names.split(", ")}


def _holder(record: Record, plan: Plan) -> str:
    """Who has a task in the tool, by name where it is one of us."""
    said = {name.casefold() for name in record.assigned}
    ours = (p.name for p in plan.company.people.values() if {p.email.casefold(), p.id} & said)
    return next(ours, record.assigned[-1] if record.assigned else "")
