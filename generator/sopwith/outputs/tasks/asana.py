"""Tasks for Asana's CSV importer.

The importer takes the first column for the name, days as mm/dd/yyyy, people by their email, and
dependencies by the names of rows above. It adds and never changes, and knows of nothing done: so
only open tasks go in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sopwith import tables
from sopwith.exports import ID
from sopwith.outputs.tasks.task import Task
from sopwith.plan import Plan

HEADINGS = (
    "Name",
    "Description",
    "Section",
    "Assignee",
    "Collaborators",
    "Start Date",
    "Due Date",
    "Dependencies",
    ID,
)


def to_csv(tasks: Sequence[Task], _: Plan) -> bytes:
    """Write the file to import."""
    return tables.to_csv([HEADINGS, *_rows(list(_in_order(tasks)))])


def _rows(tasks: Sequence[Task]) -> Iterator[tuple[str, ...]]:
    above: dict[str, str] = {}
    for task in tasks:
        emails = [person.email for person in task.ours if person.email]
        # A cell of names is split at every comma.
        name = tables.neutral(task.name.replace(",", ";"))
        yield (
            name,
            task.text,
            task.section,
            *(emails[:1] or [""]),
            ",".join(emails[1:]),
            "",
            f"{task.due.day:%m/%d/%Y}" if task.due else "",
            ",".join(above[id_] for id_ in task.after if id_ in above),
            task.id,
        )
        above[task.id] = name


def _in_order(tasks: Sequence[Task]) -> Iterator[Task]:
    """Section by section, which Asana makes anew when they are torn; within it what comes first."""
    for _, group in groupby(tasks, key=lambda task: task.section):
        yield from _first_things_first({task.id: task for task in group})


def _first_things_first(tasks: Mapping[str, Task]) -> Iterator[Task]:
    begun: set[str] = set()
    for task in tasks.values():
        todo = [] if task.id in begun else [task]
        while todo:
            begun.add(todo[-1].id)
            before = (id_ for id_ in todo[-1].after if id_ in tasks and id_ not in begun)
            id_ = next(before, "")
            if id_:
                todo.append(tasks[id_])
            else:
                yield todo.pop()
