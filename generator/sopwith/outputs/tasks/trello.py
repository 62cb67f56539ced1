"""Tasks for Trello: lines to paste into a card's checklist, and cards for its CSV importers."""

from __future__ import annotations

from collections.abc import Sequence

from sopwith import tables
from sopwith.outputs.tasks.task import Task
from sopwith.plan import Plan


def to_text(tasks: Sequence[Task], _: Plan) -> bytes:
    """Write one line for each open task; Trello makes an item of each line that is pasted."""
    return "".join(f"{_line(task)}\n" for task in tasks if task.is_open).encode()


def _line(task: Task) -> str:
    about = ", ".join(filter(None, (task.people, task.when)))
    return f"{task.name}{f' ({about})' if about else ''} [{task.id}]"


def to_csv(tasks: Sequence[Task], _: Plan) -> bytes:
    """Write a card for each task, in the form that the importers people have built share."""
    rows = [
        (
            task.name,
            task.text,
            str(task.due.day) if task.due else "",
            "false" if task.is_open else "true",
        )
        for task in tasks
    ]
    return tables.to_csv([("name", "description", "due", "completed"), *rows])
