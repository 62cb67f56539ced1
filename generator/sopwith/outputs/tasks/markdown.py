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
    "Changed there": "Settle these: somebody gave them another day in the tool",
    "Not recorded": "Mend these: they are ticked in the tool, and not recorded",
    "Moved": "Move these to their new dates",
    "Handed over": "Give these to somebody else, and say so in their description",
    "Done": "Tick these: they are done",
    "Gone": "Take these out: they are not to be done any more",
    "Later": "Leave these: the plan does not reach them yet",
}

AGREED = (
    "If it was agreed with the client, move what it is counted from, in {}; else take the day of "
    "the plan. What has happened stays: for what is counted from it take the day of the plan, or "
    "ask the owner of the procedure for another rule."
)


def moved(news: News, plan: Plan, new: Sequence[str]) -> str:
    """Write what is to be changed by hand in the tool, and which files hold what is `new`."""
    parts = [f"# {plain(plan.client.name)}: what has changed by {plan.today}\n"]
    if new:
        parts.append(f"{plain(to_import(new))}\n")
    for kind, heading in HEADINGS.items():
        found = news.of(kind)
        box = "" if kind == "Later" else "[ ] "
        more = f"{plain(AGREED.format(plan.client.at.path))}\n\n" if kind == "Changed there" else ""
        lines = "".join(f"- {box}{plain(c.name)}: {plain(c.says)}\n" for c in found)
        parts += [f"## {heading}\n\n{more}{lines}"] if found else []
    return "\n".join(parts)


def to_import(files: Sequence[str]) -> str:
    """Say what goes into the tool: whatever it has already would be there twice."""
    return f"Import only {' or '.join(files)}: all other tasks are there already."
