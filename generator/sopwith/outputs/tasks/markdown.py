"""Tasks as Markdown: boxes by section, and the list of what has moved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sopwith.outputs.tasks.news import News
from sopwith.outputs.tasks.task import Task
from sopwith.plan import Plan
from sopwith.text.readable import plain
from sopwith.words import near_day


def to_markdown(tasks: Sequence[Task], plan: Plan) -> bytes:
    """Write a list with a box for each task; its id is a comment, which nobody sees."""
    parts = [f"# {plain(plan.client.name)}\n"]
    for section, group in groupby(tasks, key=lambda task: task.section):
        lines = "\n".join(_line(task, plan) for task in group)
        parts.append(f"## {plain(section)}\n\n{lines}\n")
    return "\n".join(parts).encode()


def _line(task: Task, plan: Plan) -> str:
    if task.done:
        about = f"done {near_day(task.done, plan.today, plan.company.locale)}"
    else:
        about = ", ".join(filter(None, (task.people, task.when if task.is_open else task.status)))
    box = " " if task.is_open else "x"
    shown = f" ({plain(about)})" if about else ""
    return f"- [{box}] {plain(task.name)}{shown} <!-- {task.id} -->"


HEADINGS = {
    "Moved": "Move these to their new dates",
    "Done": "Tick these: they are done",
    "Gone": "Take these out: they are not to be done any more",
}


def moved(news: News, plan: Plan) -> str:
    """Write what is to be changed by hand in the tool."""
    parts = [f"# {plain(plan.client.name)}: what has changed by {plan.today}\n"]
    for kind, heading in HEADINGS.items():
        found = [change for change in news.changes if change.kind == kind]
        lines = "".join(f"- [ ] {plain(c.name)}: {plain(c.says)}\n" for c in found)
        parts += [f"## {heading}\n\n{lines}"] if found else []
    return "\n".join(parts)
