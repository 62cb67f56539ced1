"""JSON that holds tasks: our own, the checklist page's, a board from Trello."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from sopwith import shape, source
from sopwith.data import schema
from sopwith.exports.record import NOT_APPLICABLE, Export, NotAnExport, Record, problem
from sopwith.exports.trello import is_board, read_board
from sopwith.problem import Place, Spot

_OPEN = frozenset({"to do", "late", "waiting"})


def read_json(path: str, raw: bytes) -> Export:
    """Read a JSON file; raises NotAnExport."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        at = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise NotAnExport([problem(path, f"this is no JSON{at}")]) from None
    if is_board(data):
        return Export("a board from Trello", tuple(read_board(path, data)), "trello")
    kind = data.get("sopwith") if isinstance(data, dict) else None
    if kind not in ("tasks", "ticks"):
        hint = "use the file that the checklist page, `sopwith tasks` or Trello wrote"
        raise NotAnExport([problem(path, "this JSON holds no tasks that we know", hint)])
    # Every JSON of ours is YAML as well, and its parser knows where everything stands.
    places, _ = source.parse(path, raw)
    faults = shape.check(_shape(kind), data, path)
    if faults:
        raise NotAnExport(
            [replace(f, place=places.place(f.spot) if places else Place(path)) for f in faults]
        )

    def place(*route: str | int) -> Place:
        return places.place(Spot(path, route)) if places else Place(path)

    if kind == "tasks":
        return Export("our own list of tasks", tuple(_tasks(data, place)), "json")
    return Export("ticks from a checklist", tuple(_ticks(data, place)))


@cache
def _shape(kind: str) -> shape.Shape:
    return shape.load(schema(kind))


def _tasks(data: Mapping[str, Any], place: Any) -> Iterator[Record]:
    has_planned = any("planned" in task for task in data["tasks"])
    for number, task in enumerate(data["tasks"]):
        not_applicable = task["status"] == NOT_APPLICABLE and "done" not in task
        note = task.get("note", "")
        yield Record(
            place=place("tasks", number),
            id=task["id"],
            name=task["name"],
            due=task.get("due", ""),
            planned=task.get("planned", "") if has_planned else None,
            planned_for=", ".join(person["name"] for person in task.get("who", ())),
            done=task.get("done", ""),
            by=tuple(filter(None, [task.get("by")])),
            answer=task.get("answer", ""),
            note="" if not_applicable else note,
            reason=note if not_applicable else "",
            not_applicable=not_applicable,
            ticked="done" in task or task["status"] == "done" or not_applicable,
            settled="done" in task or task["status"] not in _OPEN,
        )


def _ticks(data: Mapping[str, Any], place: Any) -> Iterator[Record]:
    for number, tick in enumerate(data["ticks"]):
        yield Record(
            place=place("ticks", number),
            id=f"{data['client']}/{tick['address']}",
            name=tick["address"],
            done=tick.get("done", ""),
            by=tuple(filter(None, [tick.get("by")])),
            answer=tick.get("answer", ""),
            note=tick.get("note", ""),
            reason=tick.get("reason", ""),
            not_applicable="reason" in tick,
            ticked=True,
            settled=True,
        )
