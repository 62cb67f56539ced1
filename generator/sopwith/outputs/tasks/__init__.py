"""A client's steps as tasks for the team's tool: a file for each tool, in its exact form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sopwith.outputs.page import Page
from sopwith.outputs.tasks import as_json, asana, markdown, sheets, trello
from sopwith.outputs.tasks.days import Origin, OtherDay, other_days
from sopwith.outputs.tasks.markdown import to_import
from sopwith.outputs.tasks.news import Change, News, news
from sopwith.outputs.tasks.task import Task, tasks
from sopwith.plan import Plan

__all__ = [
    "FORMS",
    "Change",
    "Form",
    "News",
    "Origin",
    "OtherDay",
    "Task",
    "moved",
    "news",
    "other_days",
    "render",
    "tasks",
    "to_import",
]

Write = Callable[[tuple[Task, ...], Plan], bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """What a tool takes: its files by their endings. A tool may know only of what is open."""

    files: Mapping[str, Write]
    only_open: bool = False


FORMS: Mapping[str, Form] = {
    "asana": Form({"asana.csv": asana.to_csv}, only_open=True),
    "trello": Form({"trello.txt": trello.to_text, "trello.csv": trello.to_csv}),
    "csv": Form({"csv": sheets.to_csv}),
    "xlsx": Form({"xlsx": sheets.to_xlsx}),
    "json": Form({"json": as_json.to_json}),
    "markdown": Form({"md": markdown.to_markdown}),
}


def render(
    plan: Plan, form: str, only: Collection[str] | None = None, part: str = ""
) -> Iterator[Page]:
    """Write `tasks/<client>.<ending>` for each file of a form; `only` these tasks, by id.

    `part` goes before the ending, as in `harbor-lane-dental.new.asana.csv`.
    """
    kind = FORMS[form]
    chosen = tuple(
        task
        for task in tasks(plan)
        if (task.is_open or not kind.only_open) and (only is None or task.id in only)
    )
    for ending, write in kind.files.items():
        yield Page(f"tasks/{plan.client.id}{part}.{ending}", write(chosen, plan))


def moved(plan: Plan, changes: News, new: Sequence[str]) -> Page:
    """Write what has become of tasks that a tool has already, to be changed there by hand.

    `new` are the names of the files with the tasks that it does not have.
    """
    return Page(f"tasks/{plan.client.id}.moved.md", markdown.moved(changes, plan, new).encode())
