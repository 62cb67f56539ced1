"""What has changed since tasks were put into a tool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sopwith.exports import Record
from sopwith.model import Moment
from sopwith.outputs.tasks.task import Task, tasks
from sopwith.plan import Plan
from sopwith.words import near_day


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed in the tool by hand: in which task, and what about it, in words."""

    kind: Literal["Moved", "Done", "Gone"]
    name: str
    address: str
    says: str


@dataclass(frozen=True, slots=True)
class News:
    """The ids of tasks that the tool does not have yet, and the changes to those it has."""

    new: frozenset[str]
    changes: tuple[Change, ...]


def news(plan: Plan, before: Sequence[Record]) -> News:
    """Compare what was sent with what is so now; records without an id are passed over."""
    known = {record.id: record for record in before if record.id.startswith(f"{plan.client.id}/")}
    now = {task.id: task for task in tasks(plan)}
    out = {f"{plan.client.id}/{row.address}": row.out for row in plan.rows() if row.out}
    new = frozenset(id_ for id_, task in now.items() if task.is_open and id_ not in known)
    return News(new, tuple(_changes(plan, known, now, out)))


def _changes(
    plan: Plan, known: dict[str, Record], now: dict[str, Task], out: dict[str, str]
) -> Iterator[Change]:
    in_order = [id_ for id_ in now if id_ in known] + [id_ for id_ in known if id_ not in now]
    for id_ in in_order:
        record, task = known[id_], now.get(id_)
        address = id_.removeprefix(f"{plan.client.id}/")
        if task and task.is_open and not record.settled:
            was, is_ = record.due[:10], str(task.due.day) if task.due else ""
            if was != is_:
                says = f"{_day(was, plan)} -> {_day(is_, plan)}"
                yield Change("Moved", task.name, address, says)
        elif task and not task.is_open and not record.settled:
            done = f"on {_day(str(task.done.day), plan)}" if task.done else task.status
            yield Change("Done" if task.done else "Gone", task.name, address, done)
        elif task is None and not record.settled:
            why = out.get(id_, "no longer in the plan")
            yield Change("Gone", record.name, address, why)


def _day(written: str, plan: Plan) -> str:
    try:
        return near_day(Moment.parse(written), plan.today, plan.company.locale)
    except ValueError:
        return written or "no date"
