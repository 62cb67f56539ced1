"""Tasks for programs: schemas/tasks.schema.json says what every field means."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sopwith.model import Moment
from sopwith.outputs.tasks.task import Task
from sopwith.plan import Plan


def to_json(tasks: Sequence[Task], plan: Plan) -> bytes:
    """Write all that is known; what is not known is left out."""
    client = plan.client
    data = {
        "sopwith": "tasks",
        "version": 1,
        "client": _known(id=client.id, name=client.name, engagement=client.engagement),
        "as_of": str(plan.today),
        "tasks": [_task(task) for task in tasks],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _task(task: Task) -> dict[str, Any]:
    return _known(
        id=task.id,
        name=task.name,
        sop=task.sop,
        phase=task.phase,
        status=task.status,
        critical=task.critical,
        role=task.role,
        who=[
            _known(id=person.id, name=person.name, email=person.email)
            for person in (*task.ours, *task.others)
        ],
        due=task.due,
        planned=str(task.due.day) if task.due else "",
        due_in_words="" if task.due else task.when,
        after=list(task.after),
        question=task.question,
        answers=list(task.answers),
        done=task.done,
        by=task.by,
        answer=task.answer,
        note=task.note,
        remarks=list(task.hints),
        handbook=task.link,
    )


def _known(**fields: Any) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, Moment) else value
        for name, value in fields.items()
        if value not in ("", None, [], False)
    }
