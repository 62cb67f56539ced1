"""What has changed since tasks were put into a tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sopwith.exports import Record
from sopwith.outputs.tasks.days import in_words, is_changed_there, is_other_day, origin
from sopwith.outputs.tasks.hands import handed_over
from sopwith.outputs.tasks.task import Task, tasks
from sopwith.plan import Plan, Row

Kind = Literal["Changed there", "Moved", "Handed over", "Not recorded", "Done", "Gone", "Later"]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed in the tool by hand: in which task, and what about it, in words.

    `Changed there` is what somebody gave another day in the tool. With what comes `Later` nothing
    is to be done: the plan does not reach so far yet.
    """

    kind: Kind
    name: str
    address: str
    says: str


@dataclass(frozen=True, slots=True)
class News:
    """The tasks that the tool does not have yet, and the changes to those it has."""

    new: tuple[Task, ...]
    changes: tuple[Change, ...]

    def of(self, kind: str) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)


def news(plan: Plan, before: Sequence[Record], refused: Mapping[str, str]) -> News:
    """Compare what was sent with what is so now; records without an id are passed over.

    `refused` says of tasks that are ticked in the tool, by id, why they cannot be recorded.
    """
    known = {record.id: record for record in before if record.id.startswith(f"{plan.client.id}/")}
    now = {task.id: task for task in tasks(plan)}
    out = {f"{plan.client.id}/{row.address}": row.out for row in plan.rows() if row.out}
    new = tuple(task for id_, task in now.items() if task.is_open and id_ not in known)
    return News(new, tuple(_changes(plan, known, now, out, refused)))


def _changes(
    plan: Plan,
    known: dict[str, Record],
    now: dict[str, Task],
    out: dict[str, str],
    refused: Mapping[str, str],
) -> Iterator[Change]:
    in_order = [id_ for id_ in now if id_ in known] + [id_ for id_ in known if id_ not in now]
    for id_ in in_order:
        record, task = known[id_], now.get(id_)
        address = id_.removeprefix(f"{plan.client.id}/")
        if record.settled:
            if id_ in refused and task and task.is_open:
                yield Change("Not recorded", task.name, address, f"ticked there: {refused[id_]}")
            continue
        if task is None:
            last = None if id_ in out else _last_planned(address, plan)
            if last:
                says = f"planned through {in_words(last.due, plan)} so far"
                yield Change("Later", record.name, address, says)
            else:
                yield Change("Gone", record.name, address, out.get(id_, "no longer in the plan"))
        elif not task.is_open:
            done = task.done and f"on {in_words(task.done, plan)}"
            yield Change("Done" if done else "Gone", task.name, address, done or task.status)
        else:
            yield from _open(record, task, plan)


def _open(record: Record, task: Task, plan: Plan) -> Iterator[Change]:
    """What is another in an open task: its day, and whose it is."""
    if is_other_day(record, task.due, plan):
        says = f"{in_words(record.due, plan)} -> {in_words(task.due, plan)}"
        if is_changed_there(record, plan):
            yield Change("Changed there", task.name, task.address, says + _stays(task, plan))
        else:
            yield Change("Moved", task.name, task.address, says)
    if hands := handed_over(record, task, plan):
        yield Change("Handed over", task.name, task.address, hands)


def _stays(task: Task, plan: Plan) -> str:
    """From what a day is counted, where that has happened and so moves no more."""
    rows = {row.address: row for row in plan.rows()}
    since = origin(rows[task.address], rows, plan)
    return f" ({since.says}, stays)" if since.has_happened else ""


def _last_planned(address: str, plan: Plan) -> Row | None:
    """The last time of a step that comes again without an end yet, where this one comes later.

    A repeat is planned some months ahead, so what moves back may leave the plan and return to it.
    """
    for found in re.finditer("@([0-9]+)(?![^/])", address):
        step = address[: found.start()]
        times = [row for row in plan.rows() if row.address.rpartition("@")[0] == step]
        repeat = times[-1].step.repeat if times and not times[-1].out else None
        if repeat is None or repeat.until in plan.events or plan.client.ended:
            continue
        if int(found[1]) > int(times[-1].address.rpartition("@")[2]):
            return times[-1]
    return None
