"""Tasks as a table for people: CSV, and a spreadsheet with real dates.

Whoever fills in the columns Done, By, Answer and Note can have them read back, and may write "not
applicable" under Status with the reason under Note.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sopwith import tables
from sopwith.exports import DUE, UNDATED
from sopwith.model import Moment
from sopwith.outputs.tasks.task import Task
from sopwith.plan import Plan
from sopwith.tables import Cell, Column

COLUMNS: dict[Column, Callable[[Task], Cell | Moment | None]] = {
    Column("Task", 44): lambda task: task.name,
    Column("Status", 14): lambda task: task.status,
    Column("Due", 17): lambda task: task.due,
    Column("Due in words", 30): lambda task: "" if task.due else task.when,
    Column("Who", 24): lambda task: task.people,
    Column("Email", 30): lambda task: ", ".join(p.email for p in task.ours if p.email),
    Column("Role", 24): lambda task: task.role,
    Column("Done", 17, shaded=True): lambda task: task.done,
    Column("By", 10, shaded=True): lambda task: task.by,
    Column("Question", 34): lambda task: task.question,
    Column("Answer", 12, shaded=True): lambda task: task.answer,
    Column("Note", 30, shaded=True): lambda task: task.note,
    Column("SOP", 30): lambda task: task.sop,
    Column("Phase", 26): lambda task: task.phase,
    Column("Critical", 9): lambda task: "yes" if task.critical else "",
    Column("After", 40): lambda task: "; ".join(task.before_it),
    Column("Remarks", 44): lambda task: "\n".join(task.hints),
    Column("Handbook", 40): lambda task: task.link,
    Column(DUE, 17): lambda task: str(task.due.day) if task.due else UNDATED,
    Column("ID", 44): lambda task: task.id,
}


def to_csv(tasks: Sequence[Task], _: Plan) -> bytes:
    """Write a CSV file that Excel opens as it is meant."""
    rows = [[_as_text(get(task)) for get in COLUMNS.values()] for task in tasks]
    return tables.to_csv([[column.title for column in COLUMNS], *rows], for_excel=True)


def to_xlsx(tasks: Sequence[Task], plan: Plan) -> bytes:
    """Write a spreadsheet."""
    rows = [[_as_cell(get(task)) for get in COLUMNS.values()] for task in tasks]
    return tables.to_xlsx("Tasks", list(COLUMNS), rows, plan.today)


def _as_text(value: Cell | Moment | None) -> str:
    return "" if value is None else str(value)


def _as_cell(value: Cell | Moment | None) -> Cell:
    if isinstance(value, Moment):
        return datetime.combine(value.day, value.at) if value.at else value.day
    return value or ""
